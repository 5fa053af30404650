"""The index of the full text: a file of its own, made from the campagne, that may be thrown away at any time.

A «source» is the form of a dossier, under the number of the dossier, or the bytes of a piece whatever dossiers it
belongs to, under a number beyond those of dossiers. It is cut in sheets («feuillet»): the form is one, each page of
a piece is one or more. The words of a sheet stand in the FTS5 table ``mots`` under the same rowid, which begins
with the number of the source: to know which dossiers hold a word, SQLite reads little but the list of that word.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from o2r_desktop.errors import StoreCorruptError, StoreError
from o2r_desktop.store import base
from o2r_desktop.store.connection import Campagne, lecture
from o2r_desktop.store.erreurs import erreur_store, traduire
from o2r_desktop.store.valeurs import en_json

FICHIER = "recherche.db"
APPLICATION_ID = int.from_bytes(b"O2RI", "big")
VERSION = 2
"""Of the tables and of what is put in them: an index of another version is made again."""

_BITS = 16
FEUILLETS_MAX = 2**_BITS - 1
"""Sheets of one source."""
NUMERO_MAX = 2**46 - 1
"""Largest number of a dossier whose form is indexed; those of the platform have eight digits."""
_PIECES = NUMERO_MAX + 1 << _BITS
"""Where the rowids of pieces begin."""
_COMPARES = 2_000
_CACHE = -65536
_FIN = " \ue000 "
"""Between two answers of a form: a word of its own, that no phrase can step over."""
_LIGATURES = (("œ", "oe"), ("Œ", "OE"), ("æ", "ae"), ("Æ", "AE"), ("ß", "ss"))
_TABLES = (
    "CREATE TABLE etat (id INTEGER PRIMARY KEY CHECK (id = 1), jeton TEXT NOT NULL) STRICT",
    "CREATE TABLE source (id INTEGER PRIMARY KEY, empreinte TEXT NOT NULL, etat TEXT NOT NULL, "
    "pages INTEGER NOT NULL) STRICT",
    "CREATE TABLE lien (source INTEGER NOT NULL, numero INTEGER NOT NULL, nom TEXT NOT NULL, "
    "PRIMARY KEY (source, numero)) STRICT, WITHOUT ROWID",
    "CREATE INDEX lien_numero ON lien (numero)",
    "CREATE TABLE feuillet (id INTEGER PRIMARY KEY, page INTEGER NOT NULL, contenu TEXT NOT NULL) STRICT",
    "CREATE VIRTUAL TABLE mots USING fts5(texte, content='', prefix='2 3', "
    "tokenize='unicode61 remove_diacritics 2')",
)
_NOMS = frozenset({"etat", "source", "lien", "feuillet", "mots"})
_PERDU = frozenset({"CORRUPT", "NOTADB", "FORMAT"})

Lignes = Sequence[tuple[str, str]]
"""Texts of a sheet, each after the name of the place where it stands."""


class IndexAbsentError(StoreError):
    """There is no index, or that of another version: it is to be made."""


class IndexPerduError(StoreCorruptError):
    """The index is damaged: it must be thrown away and made again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feuillet:
    """A sheet that was found, in the dossiers that hold it: number → name of the piece, «» for a form.

    ``empreinte`` is that of the piece, «» for a form; ``page`` counts from one, 0 for a form.
    """

    empreinte: str
    page: int
    lignes: Lignes
    dossiers: Mapping[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceIndexee:
    """A piece of a dossier as the index knows it; ``pages`` is 0 when it is no PDF."""

    source: int
    empreinte: str
    nom: str
    etat: str
    pages: int


class Index:
    """The index of a campagne, open; of the calling thread only. Use it in a ``with``."""

    def __init__(self, dossier: Path, db: base.Base) -> None:
        self._dossier = dossier
        self._db = db

    def __enter__(self) -> Self:
        """Return the index itself."""
        return self

    def __exit__(
        self, genre: type[BaseException] | None, erreur: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self._db.close()

    @contextmanager
    def ecriture(self) -> Iterator[None]:
        """Make the block one transaction."""
        with _traduire(self._dossier), self._db.atomic():
            yield

    # --- what is indexed ------------------------------------------------------------------------------------

    def jeton(self) -> str:
        """Return the state of the campagne that the index holds, «» while it is being made."""
        with _traduire(self._dossier):
            ligne = self._db.execute("SELECT jeton FROM etat").fetchone()
        return str(ligne[0]) if ligne else ""

    def marquer(self, jeton: str) -> None:
        """Say that the index holds this state of the campagne."""
        self._db.execute("INSERT INTO etat VALUES (1, ?) ON CONFLICT DO UPDATE SET jeton = excluded.jeton", [jeton])

    def formulaires(self) -> dict[int, str]:
        """Return the fingerprint of each form that is indexed, by dossier."""
        with _traduire(self._dossier):
            lignes = self._db.execute("SELECT id, empreinte FROM source WHERE id <= ?", [NUMERO_MAX])
            return dict(lignes.fetchall())

    def pieces(self) -> dict[str, int]:
        """Return the source of each piece that is indexed, even without text, by fingerprint."""
        with _traduire(self._dossier):
            lignes = self._db.execute("SELECT empreinte, id FROM source WHERE id > ?", [NUMERO_MAX])
            return dict(lignes.fetchall())

    def liens(self) -> set[tuple[int, int, str]]:
        """Return (source, dossier, name) of every piece that a dossier holds."""
        with _traduire(self._dossier):
            return set(self._db.execute("SELECT source, numero, nom FROM lien").fetchall())

    def poser_formulaire(self, numero: int, empreinte: str, lignes: Lignes) -> None:
        """Index the form of a dossier, instead of what it was; inside ecriture()."""
        self.retirer(numero)
        if 0 <= numero <= NUMERO_MAX:
            self._poser(numero, empreinte, "", 0, [(0, lignes)])

    def poser_piece(self, empreinte: str, etat: str, pages: int, textes: Iterable[tuple[int, str]]) -> int:
        """Index the pages of a piece and return its source; inside ecriture()."""
        derniere = self._db.execute("SELECT max(id) FROM source").fetchone()[0] or 0
        source = max(derniere, NUMERO_MAX) + 1
        self._poser(source, empreinte, etat, pages, ((page, [("", texte)]) for page, texte in textes))
        return source

    def retirer(self, source: int) -> None:
        """Forget a form or a piece, if it is there; inside ecriture(). FTS5 must be told the words that it had."""
        if not 0 <= source < 2 * _PIECES >> _BITS:
            return
        bornes = [source << _BITS, (source << _BITS) + FEUILLETS_MAX]
        lues = self._db.execute("SELECT id, contenu FROM feuillet WHERE id BETWEEN ? AND ?", bornes).fetchall()
        self._db.conn.executemany(
            "INSERT INTO mots (mots, rowid, texte) VALUES ('delete', ?, ?)",
            [(place, _mots(json.loads(contenu))) for place, contenu in lues],
        )
        self._db.execute("DELETE FROM feuillet WHERE id BETWEEN ? AND ?", bornes)
        self._db.execute("DELETE FROM lien WHERE source = ?", [source])
        self._db.execute("DELETE FROM source WHERE id = ?", [source])

    def relier(self, ajoutes: Iterable[tuple[int, int, str]], retires: Iterable[tuple[int, int, str]]) -> None:
        """Change which dossiers hold which pieces; inside ecriture()."""
        self._db.conn.executemany("DELETE FROM lien WHERE source = ? AND numero = ? AND nom = ?", retires)
        self._db.conn.executemany("INSERT OR REPLACE INTO lien VALUES (?, ?, ?)", ajoutes)

    def retirer_seules(self) -> None:
        """Forget the pieces that no dossier holds any more; inside ecriture()."""
        seules = "SELECT id FROM source WHERE id > ? AND id NOT IN (SELECT source FROM lien)"
        for (source,) in self._db.execute(seules, [NUMERO_MAX]).fetchall():
            self.retirer(source)

    def resserrer(self, pages: int) -> bool:
        """Merge some *pages* of the lists of words; return whether there was something left to merge."""
        with self.ecriture():
            avant = self._db.conn.total_changes
            self._db.execute("INSERT INTO mots (mots, rank) VALUES ('merge', ?)", [pages])
            return self._db.conn.total_changes - avant >= 2  # as the manual of FTS5 says it

    def _poser(
        self, source: int, empreinte: str, etat: str, pages: int, feuillets: Iterable[tuple[int, Lignes]]
    ) -> None:
        self._db.execute("INSERT INTO source VALUES (?, ?, ?, ?)", [source, empreinte, etat, pages])
        for rang, (page, lignes) in enumerate(feuillets):
            if rang > FEUILLETS_MAX:
                return
            place = (source << _BITS) + rang
            contenu = json.dumps(list(lignes), ensure_ascii=False, separators=(",", ":"))
            self._db.execute("INSERT INTO feuillet VALUES (?, ?, ?)", [place, page, contenu])
            self._db.execute("INSERT INTO mots (rowid, texte) VALUES (?, ?)", [place, _mots(lignes)])

    def pieces_de(self, numero: int) -> list[PieceIndexee]:
        """Return the pieces of a dossier that are indexed, even without text, by name."""
        with _traduire(self._dossier):
            lus = self._db.execute(
                "SELECT s.id, s.empreinte, l.nom, s.etat, s.pages FROM lien AS l "
                "JOIN source AS s ON s.id = l.source WHERE l.numero = ? ORDER BY l.nom, s.id", [numero]
            ).fetchall()  # fmt: skip
        return [PieceIndexee(source=s, empreinte=e, nom=n, etat=etat, pages=p) for s, e, n, etat, p in lus]

    def feuillets_de(self, source: int, expression: str, limite: int) -> list[tuple[int, str]]:
        """Return the pages of one piece that hold *expression*, in order, each with its text."""
        with _traduire(self._dossier):
            lus = self._db.execute(
                "SELECT f.page, f.contenu FROM mots JOIN feuillet AS f ON f.id = mots.rowid "
                "WHERE mots MATCH ? AND mots.rowid BETWEEN ? AND ? ORDER BY mots.rowid LIMIT ?",
                [expression, source << _BITS, (source << _BITS) + FEUILLETS_MAX, limite],
            ).fetchall()
        return [(page, _FIN.join(texte for _ou, texte in json.loads(contenu))) for page, contenu in lus]

    def textes_de(self, source: int, limite: int) -> list[tuple[int, str]]:
        """Return the first *limite* pages of one piece, in order, each with its text."""
        ordre = "SELECT page, contenu FROM feuillet WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?"
        with _traduire(self._dossier):
            lus = self._db.execute(ordre, [source << _BITS, (source << _BITS) + FEUILLETS_MAX, limite]).fetchall()
        return [(page, "\n".join(texte for _, texte in json.loads(contenu))) for page, contenu in lus]

    # --- what is found --------------------------------------------------------------------------------------

    def numeros(self, expression: str) -> set[int]:
        """Return the dossiers whose form or one of whose pieces holds *expression*, which expression() made."""
        with _traduire(self._dossier):
            formulaires = _entiers(
                self._db,
                "SELECT group_concat(rowid >> ?) FROM mots WHERE mots MATCH ? AND rowid < ?",
                [_BITS, expression, _PIECES],
            )
            pieces = _entiers(
                self._db,
                "SELECT group_concat(DISTINCT numero) FROM lien WHERE source IN "
                "(SELECT DISTINCT rowid >> ? FROM mots WHERE mots MATCH ? AND rowid >= ?)",
                [_BITS, expression, _PIECES],
            )
        return formulaires | pieces

    def meilleurs(self, expression: str, limite: int, parmi: Collection[int] | None) -> list[int]:
        """Return the sheets that hold *expression* best (bm25), of these dossiers only when they are given.

        When thousands of sheets hold it, the first of them are compared: the words then tell them hardly apart.
        """
        valeurs: list[Any] = [expression, _COMPARES, limite]
        condition = ""
        if parmi is not None:
            condition = (
                "AND rowid >> ?5 IN (SELECT value FROM json_each(?4) UNION ALL "
                "SELECT source FROM lien WHERE numero IN (SELECT value FROM json_each(?4))) "
            )
            valeurs += [json.dumps(sorted(parmi)), _BITS]
        ordre = (
            "SELECT place FROM (SELECT rowid AS place, rank AS rang FROM mots WHERE mots MATCH ?1 "  # noqa: S608 constants
            f"{condition}LIMIT ?2) ORDER BY rang LIMIT ?3"
        )
        with _traduire(self._dossier):
            return [ligne[0] for ligne in self._db.execute(ordre, valeurs).fetchall()]

    def feuillets(self, places: Sequence[int]) -> list[Feuillet]:
        """Return sheets that meilleurs() found, in the order given."""
        choisies = json.dumps(list(places))
        with _traduire(self._dossier):
            lus = self._db.execute(
                "SELECT f.id, f.page, f.contenu, s.empreinte, (SELECT json_group_object(l.numero, l.nom) "
                "FROM lien AS l WHERE l.source = s.id) FROM feuillet AS f JOIN source AS s ON s.id = f.id >> ? "
                "WHERE f.id IN (SELECT value FROM json_each(?))",
                [_BITS, choisies],
            ).fetchall()
        par_place = {place: _feuillet(place, *reste) for place, *reste in lus}
        return [par_place[place] for place in places]


def expression(texte: str, *, debut: bool) -> str:
    """Return the question of FTS5 for a word or a phrase, whatever its characters; *debut* takes longer words."""
    sans_guillemet = _separer(texte).replace('"', " ").replace("\0", " ")
    return f'"{sans_guillemet}"{"*" if debut else ""}'


def consulter(campagne: Campagne) -> Index:
    """Open the index to read it; raises IndexAbsentError, or IndexPerduError when it is damaged."""
    return _ouvrir(campagne.dossier, lecture_seule=True)


def ouvrir(campagne: Campagne) -> Index:
    """Open the index to write in it; one that is absent, damaged or of another version is made again."""
    try:
        return _ouvrir(campagne.dossier, lecture_seule=False)
    except (IndexAbsentError, IndexPerduError):
        supprimer(campagne)
    with _traduire(campagne.dossier), closing(base.connect(campagne.dossier / FICHIER)) as db, db.atomic():
        for ordre in _TABLES:
            db.execute(ordre)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {VERSION}")
    return _ouvrir(campagne.dossier, lecture_seule=False)


def supprimer(campagne: Campagne) -> None:
    """Throw the index away."""
    with traduire(campagne.dossier):
        for suffixe in ("", "-journal"):
            (campagne.dossier / f"{FICHIER}{suffixe}").unlink(missing_ok=True)


def jeton(campagne: Campagne) -> str:
    """Return what changes when dossiers or pieces come, change or go: an index made then is complete."""
    with lecture(campagne) as db:
        valeurs = db.execute(
            "SELECT (SELECT count(*) FROM dossier), (SELECT max(numero) FROM dossier), i.dernier, i.annules, "
            "(SELECT le FROM import_ WHERE id = i.dernier), p.derniere, p.nombre, p.vives "
            "FROM (SELECT max(id) AS dernier, count(annule_le) AS annules FROM import_) AS i, "
            "(SELECT max(id) AS derniere, count(*) AS nombre, count(remplacee_par) AS vives FROM piece) AS p"
        ).fetchone()
    return en_json(list(valeurs))


def numeros(campagne: Campagne) -> set[int]:
    """Return the numbers of all the dossiers."""
    with lecture(campagne) as db:
        return _entiers(db, "SELECT group_concat(numero) FROM dossier", [])


def contenant(campagne: Campagne, texte: str) -> set[int]:
    """Return the dossiers whose row of the list holds a text already normalised: number, names, SIRET, places."""
    with lecture(campagne) as db:
        return _entiers(db, "SELECT group_concat(numero) FROM dossier WHERE instr(recherche, ?) > 0", [texte])


def _entiers(db: base.Base, ordre: str, valeurs: Sequence[Any]) -> set[int]:
    """Return the integers of one long text: thousands of rows would each wait for Python's lock again."""
    texte = db.execute(ordre, valeurs).fetchone()[0]
    return set(map(int, texte.split(","))) if texte else set()


def _feuillet(place: int, page: int, contenu: str, empreinte: str, noms: str) -> Feuillet:
    lignes = [(ou, texte) for ou, texte in json.loads(contenu)]
    if place < _PIECES:
        return Feuillet(empreinte="", page=0, lignes=lignes, dossiers={place >> _BITS: ""})
    dossiers = {int(numero): nom for numero, nom in json.loads(noms).items()}
    return Feuillet(empreinte=empreinte, page=page, lignes=lignes, dossiers=dict(sorted(dossiers.items())))


def _mots(lignes: Iterable[Sequence[str]]) -> str:
    """Return the text whose words are indexed."""
    return _separer(_FIN.join(texte for _ou, texte in lignes))


def _separer(texte: str) -> str:
    """Return a text without ligatures; str.translate takes thirty times longer."""
    for ligature, lettres in _LIGATURES:
        texte = texte.replace(ligature, lettres)
    return texte


def _absent(dossier: Path) -> IndexAbsentError:
    return IndexAbsentError(
        f"La campagne « {dossier} » n’a pas encore d’index de recherche : ouvrez-la en écriture, il sera fait."
    )


def _perdu(dossier: Path) -> IndexPerduError:
    return IndexPerduError(
        f"L’index de recherche de la campagne « {dossier} » est endommagé : ouvrez-la en écriture, il sera refait."
    )


def _ouvrir(dossier: Path, *, lecture_seule: bool) -> Index:
    if not (dossier / FICHIER).is_file():
        raise _absent(dossier)
    with _traduire(dossier), ExitStack() as si_echec:
        db = base.connect(dossier / FICHIER, lecture_seule=lecture_seule)
        si_echec.callback(db.close)
        db.execute("PRAGMA synchronous = OFF")  # what a power cut spoils is made again
        db.execute(f"PRAGMA cache_size = {_CACHE}")
        connu = (base.pragma(db, "application_id"), base.pragma(db, "user_version"))
        noms = {ligne[0] for ligne in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if connu != (APPLICATION_ID, VERSION) or not noms >= _NOMS:
            raise _absent(dossier)
        si_echec.pop_all()
    return Index(dossier, db)


@contextmanager
def _traduire(dossier: Path) -> Iterator[None]:
    """Turn failures of SQLite met inside the block into a StoreError; a damaged index into an IndexPerduError."""
    try:
        yield
    except sqlite3.Error as erreur:
        nom = getattr(erreur, "sqlite_errorname", "") or ""
        if nom.removeprefix("SQLITE_").partition("_")[0] in _PERDU:
            raise _perdu(dossier) from erreur
        connue = erreur_store(erreur, dossier)
        if connue is None:
            raise
        raise connue from erreur
