"""Imports in the store: what each did and of which file; whether the same file would do anything again."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from o2r_desktop.dossiers.enregistrement import colonnes_de_json, colonnes_en_json
from o2r_desktop.dossiers.importation import ImportPlan, Refus
from o2r_desktop.dossiers.model import Anomalie, Colonne, Gravite, Origine
from o2r_desktop.errors import StoreError
from o2r_desktop.store.base import Base
from o2r_desktop.store.connection import Campagne, lecture
from o2r_desktop.store.journal import Action
from o2r_desktop.store.valeurs import en_json, instant_ou_rien, iso, iso_ou_rien, propre, sha256

_DONNEES = (Action.IMPORT, Action.DOSSIER_MODIFIE, Action.IMPORT_ANNULE, Action.CORRESPONDANCE)
"""Acts that change the dossiers, their files, or how they read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RapportImport:
    """What an import did; ``date_fichier`` is that of the file name, ``origine`` the format of the export.

    ``lot`` is the first of the imports made together, itself when it was alone; ``lecture`` the fingerprint of what
    read the file; ``numeros`` the dossiers that it holds; the first ``lues`` of ``anomalies`` come from its reading
    alone; ``pieces`` counts what an archive brought («recues», «remplacees», «inchangees», «orphelines»,
    «en_erreur»). ``annule_le`` is set once the import is undone.
    """

    id: int
    fichier: str
    empreinte: str
    origine: Origine
    le: datetime
    auteur: str
    date_fichier: datetime | None
    demarche: str
    nouveaux: int
    modifies: int
    inchanges: int
    refuses: tuple[Refus, ...]
    anomalies: tuple[Anomalie, ...]
    absents: tuple[int, ...]
    lot: int = 0
    lecture: str = ""
    numeros: tuple[int, ...] = ()
    lues: int = 0
    pieces: Mapping[str, int] = field(default_factory=dict)
    annule_le: datetime | None = None
    annule_par: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concurrent:
    """An import that stands, of a file dated later than another; ``numeros`` are the dossiers that it holds."""

    fichier: str
    date_fichier: datetime
    numeros: frozenset[int]


def jalon(campagne: Campagne) -> str:
    """Return what tells the present state of the dossiers, of their files and of the correspondence.

    It is the seal of the last line of the journal that changed them, «» when none did: answers leave it as it is.
    """
    with lecture(campagne) as db:
        ligne = db.execute(
            "SELECT empreinte FROM journal WHERE action IN (SELECT value FROM json_each(?)) "
            "ORDER BY id DESC LIMIT 1",
            [en_json(_DONNEES)],
        ).fetchone()
    return str(ligne[0]) if ligne else ""


def exiger_jalon(campagne: Campagne, jalons: Iterable[str]) -> None:
    """Raise StoreError unless plans rest on the campagne as it is; call it inside the transaction that writes."""
    if not {jalon(campagne)}.issuperset(jalons):
        raise perime(campagne)


def perime(campagne: Campagne) -> StoreError:
    """Return the failure of an import planned on a campagne that is no longer the same."""
    return StoreError(
        f"La campagne « {campagne.dossier} » a changé depuis que cet import a été préparé : "
        "rien n’a été écrit, relancez l’import."
    )


def imports(campagne: Campagne) -> list[RapportImport]:
    """Return the reports of the imports, oldest first, those that were undone included."""
    with lecture(campagne) as db:
        return [_rapport(ligne) for ligne in db.query("SELECT * FROM import_ ORDER BY id")]


def insert(db: Base, plan: ImportPlan, *, lot: int, lecture: str, auteur: str, now: datetime) -> int:
    """Write the report of a plan inside the caller's transaction and return its number.

    *lot* is the first import made together with this one, 0 when this is the first.
    """
    lu = plan.read
    lues = dict.fromkeys(lu.anomalies)
    ligne = {
        "fichier": propre(lu.fichier),
        "empreinte": lu.empreinte,
        "origine": lu.origine.value,
        "le": iso(now),
        "auteur": propre(auteur),
        "date_fichier": iso_ou_rien(lu.date_fichier),
        "demarche": propre(lu.demarche),
        "nouveaux": len(plan.nouveaux),
        "modifies": len(plan.modifies),
        "inchanges": len(plan.inchanges),
        "refuses": propre(en_json([asdict(r) for r in lu.refuses])),
        "anomalies": propre(en_json([asdict(a) for a in {**lues, **dict.fromkeys(plan.anomalies)}])),
        "absents": en_json(plan.absents),
        "lot": lot,
        "lecture": lecture,
        "numeros": en_json(sorted({d.numero for d in lu.dossiers} or plan.inchanges)),
        "lues": len(lues),
    }
    db.table("import_").insert(ligne)
    import_id = int(db.execute("SELECT last_insert_rowid()").fetchone()[0])
    db.execute("UPDATE import_ SET lot = id WHERE id = ? AND lot = 0", [import_id])
    ids = insert_columns(db, _jeux_du_fichier(plan))
    db.conn.executemany(
        "INSERT INTO import_colonnes (import_id, rang, colonnes) VALUES (?, ?, ?)",
        [(import_id, rang, id_) for rang, id_ in enumerate(ids)],
    )
    return import_id


def insert_columns(db: Base, jeux: Iterable[tuple[Colonne, ...]]) -> list[str]:
    """Keep sets of columns inside the caller's transaction; return the identifier of each."""
    textes = [colonnes_en_json(jeu) for jeu in jeux]
    ids = [sha256(texte) for texte in textes]
    db.conn.executemany(
        "INSERT OR IGNORE INTO colonnes (id, json) VALUES (?, ?)", list(zip(ids, textes, strict=True))
    )
    return ids


def columns(campagne: Campagne, import_id: int) -> tuple[tuple[Colonne, ...], ...]:
    """Return the headers of the file of an import, as they came; none when it is older than this memory."""
    with lecture(campagne) as db:
        lignes = db.execute(
            "SELECT c.json FROM import_colonnes AS i JOIN colonnes AS c ON c.id = i.colonnes "
            "WHERE i.import_id = ? ORDER BY i.rang",
            [import_id],
        ).fetchall()
    return tuple(colonnes_de_json(ligne[0]) for ligne in lignes)


def identical(campagne: Campagne, empreintes: Sequence[str], *, lecture_: str) -> list[RapportImport] | None:
    """Return the reports of the imports that these files, read again together, would repeat without any change.

    *empreintes* are the SHA-256 of the files, *lecture_* that of what would read them. None unless the files are
    exactly those of one lot that stands, read the same way, all their dossiers taken then, and unless the record of
    each is still the one that this lot left.
    """
    with lecture(campagne) as db:
        candidats = db.execute(
            "SELECT DISTINCT lot FROM import_ WHERE empreinte = ? AND lecture = ? AND lot > 0 ORDER BY lot DESC",
            [empreintes[0] if empreintes else "", lecture_],
        ).fetchall()
        for (lot,) in candidats:
            rapports = [_rapport(x) for x in db.query("SELECT * FROM import_ WHERE lot = ? ORDER BY id", [lot])]
            tables = [r for r in rapports if r.origine is not Origine.ZIP_PIECES]
            if Counter(r.empreinte for r in tables) == Counter(empreintes) and _tient(db, tables, lecture_):
                return [_prendre(tables, empreinte) for empreinte in empreintes]
    return None


def newer(campagne: Campagne, moment: datetime | None) -> list[Concurrent]:
    """Return the imports of dossiers that stand and whose file is dated later than *moment*, latest first."""
    if moment is None:
        return []
    with lecture(campagne) as db:
        lignes = db.execute(
            "SELECT id, fichier, date_fichier, numeros FROM import_ "
            "WHERE date_fichier > ? AND annule_le IS NULL AND origine <> ? ORDER BY date_fichier DESC",
            [iso(moment), Origine.ZIP_PIECES.value],
        ).fetchall()
        return [
            Concurrent(
                fichier=fichier,
                date_fichier=datetime.fromisoformat(le),
                numeros=frozenset(json.loads(numeros) or _apportes(db, import_id)),
            )
            for import_id, fichier, le, numeros in lignes
        ]


def fingerprint(fichier: Path, taille_max: int) -> str:
    """Return the SHA-256 of a file, «» when it is no ordinary one, is above *taille_max* or cannot be read."""
    try:
        if not fichier.is_file() or fichier.stat().st_size > taille_max:
            return ""
        with fichier.open("rb") as flux:
            return hashlib.file_digest(flux, "sha256").hexdigest()
    except OSError:  # the reader of exports says why
        return ""


def _jeux_du_fichier(plan: ImportPlan) -> list[tuple[Colonne, ...]]:
    """Return the sets of columns as the file has them: the plan adds those of the records that it completes."""
    return list(plan.read.jeux[: plan.read.jeux_lus or None])


def _apportes(db: Base, import_id: int) -> list[int]:
    """Return the dossiers whose record an import brought, for one that does not say which it held."""
    return [ligne[0] for ligne in db.execute("SELECT numero FROM dossier WHERE import_id = ?", [import_id])]


def _tient(db: Base, rapports: Sequence[RapportImport], lecture_: str) -> bool:
    """Say whether the campagne still holds what this lot left, nothing of it having been left out."""
    if any(
        r.annule_le or r.lecture != lecture_ or r.nouveaux + r.modifies + r.inchanges != len(r.numeros)
        for r in rapports
    ):
        return False
    numeros = sorted({n for r in rapports for n in r.numeros})
    intacts = db.execute(
        "SELECT count(*) FROM json_each(?) AS n JOIN dossier AS d ON d.numero = n.value WHERE d.import_id <= ?",
        [en_json(numeros), max(r.id for r in rapports)],
    ).fetchone()[0]
    return bool(intacts == len(numeros))


def _prendre(rapports: list[RapportImport], empreinte: str) -> RapportImport:
    return rapports.pop(next(rang for rang, r in enumerate(rapports) if r.empreinte == empreinte))


def _rapport(ligne: dict[str, Any]) -> RapportImport:
    refuses = tuple(Refus(**r) for r in json.loads(ligne["refuses"]))
    anomalies = tuple(Anomalie(**{**a, "gravite": Gravite(a["gravite"])}) for a in json.loads(ligne["anomalies"]))
    rapport = RapportImport(
        **{
            **ligne,
            "origine": Origine(ligne["origine"]),
            "le": datetime.fromisoformat(ligne["le"]),
            "date_fichier": instant_ou_rien(ligne["date_fichier"]),
            "refuses": refuses,
            "anomalies": anomalies,
            "absents": tuple(json.loads(ligne["absents"])),
            "numeros": tuple(json.loads(ligne["numeros"])),
            "pieces": json.loads(ligne["pieces"]),
            "annule_le": instant_ou_rien(ligne["annule_le"]),
        }
    )
    return rapport if rapport.lot else replace(rapport, lot=rapport.id)
