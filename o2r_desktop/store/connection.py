"""The campagne: made, opened, closed; what it says of itself; the two ways into its database."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from o2r_desktop.errors import NotAStoreError, StoreError, StoreUnavailableError
from o2r_desktop.evaluation.parametres import Parametres, parametres_de
from o2r_desktop.store import base, lock
from o2r_desktop.store.erreurs import traduire
from o2r_desktop.store.migrations import Scripts
from o2r_desktop.store.valeurs import en_json, iso, propre

NOM_BASE = base.FICHIER
"""The file that makes a folder a campagne."""

PIECES_EN_COURS = "en-cours"
"""What pieces/ holds while an archive is imported: bytes that nothing names yet may be there."""

_SOUS_DOSSIERS = (base.PIECES, base.NOTES, base.SAUVEGARDES)
_EN_CREATION = base.FICHIER + ".creation"
_A_NOUS = frozenset({_EN_CREATION, _EN_CREATION + "-journal", lock.VERROU})
"""What a creation that was killed may leave: it does not stand in the way of the next one."""


class Campagne:
    """An open campagne; belongs to the thread that opened it. Close it, or use it in a ``with``."""

    def __init__(self, dossier: Path, db: base.Base, verrou: lock.Verrou | None, *, lecture_seule: bool) -> None:
        self.dossier = dossier
        self.db = db
        self.lecture_seule = lecture_seule
        self._verrou = verrou

    @property
    def interrompue(self) -> datetime | None:
        """Since when the last one who wrote here had it open, when his program was killed; None otherwise."""
        return None if self._verrou is None else self._verrou.interrompue

    def jumelle(self) -> "Campagne":
        """Open the same campagne for another thread, under this one's lock; close it before this one."""
        with traduire(self.dossier):
            db = base.connect(self.dossier / base.FICHIER, lecture_seule=self.lecture_seule)
        return Campagne(self.dossier, db, None, lecture_seule=self.lecture_seule)

    def close(self) -> None:
        """Close the database, then give the lock back."""
        try:
            self.db.close()
        finally:
            if self._verrou is not None:
                self._verrou.liberer()

    def __enter__(self) -> Self:
        """Return the campagne itself."""
        return self

    def __exit__(
        self, genre: type[BaseException] | None, erreur: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()


@contextmanager
def lecture(campagne: Campagne) -> Iterator[base.Base]:
    """Read inside one transaction, so that several queries see the same moment; failures are translated."""
    with traduire(campagne.dossier), campagne.db.atomic():
        yield campagne.db


@contextmanager
def ecriture(campagne: Campagne) -> Iterator[base.Base]:
    """Write inside one transaction, all or nothing; failures are translated.

    The write lock is taken at once: a transaction that starts by reading can be refused midway, without
    waiting, when another connection writes. Inside a transaction already open this is a savepoint of it.
    """
    db = campagne.db
    with traduire(campagne.dossier):
        if db.conn.in_transaction:
            with db.atomic():
                yield db
            return
        with ExitStack() as si_echec:
            db.execute("BEGIN IMMEDIATE")
            si_echec.callback(db.rollback)
            yield db
            db.execute("COMMIT")
            si_echec.pop_all()


@dataclass(frozen=True, slots=True, kw_only=True)
class Identite:
    """What a campagne is called, when it was made, and the grille that its evaluations follow."""

    nom: str
    cree_le: datetime
    grille: str
    version: int


def check_free(dossier: Path) -> None:
    """Raise StoreError unless a campagne can be made in *dossier*: new, or empty."""
    dossier = dossier.absolute()
    with traduire(dossier):
        _check_free(dossier)


def create_campagne(
    dossier: Path,
    *,
    nom: str,
    parametres: Parametres,
    grille_toml: str,
    grille_id: str,
    grille_version: int,
    correspondance_toml: str,
    now: datetime,
    auteur: str = "",
) -> Campagne:
    """Make a campagne in *dossier*, new or empty, and open it.

    A failure leaves nothing behind. Raises StoreError when the folder already holds something.
    """
    dossier = dossier.absolute()
    lignes = {
        "grille": {"id": grille_id, "version": grille_version, "toml": grille_toml},
        "campagne": {
            "id": 1,
            "nom": propre(nom),
            "cree_le": iso(now),
            "parametres": en_json(parametres.en_json()),
            "correspondance": correspondance_toml,
            "grille": grille_id,
            "version": grille_version,
        },
    }
    with traduire(dossier):
        _check_free(dossier)
        existants = {p for p in (dossier, *dossier.parents) if p.exists()}
        dossier.mkdir(parents=True, exist_ok=True)
        with ExitStack() as si_echec:
            verrou = lock.prendre(dossier, now)
            si_echec.callback(verrou.liberer)
            _check_free(dossier)  # again: somebody may have been quicker
            si_echec.pop_all()
            si_echec.callback(_effacer, dossier, existants)
            si_echec.callback(verrou.liberer)  # before the removal: the file of the lock goes with the rest
            _ecrire(dossier, lignes, auteur, now)
            campagne = _ouvrir(dossier, verrou, now, lecture_seule=False, scripts=Scripts())
            si_echec.pop_all()
            return campagne


def open_campagne(
    dossier: Path, *, lecture_seule: bool = False, now: datetime | None = None, scripts: Scripts | None = None
) -> Campagne:
    """Open a campagne, bringing an older one up to date after a backup.

    Writing takes the lock (StoreLockedError names who has it); reading does not, and is how a colleague looks
    at a campagne that is open elsewhere. *now* is written in the lock; *scripts* are the shipped migrations.
    """
    dossier = dossier.absolute()
    now = now or datetime.now(UTC)
    with traduire(dossier):
        if not (dossier / base.FICHIER).is_file():
            raise NotAStoreError(
                f"Le dossier « {dossier} » ne contient pas de campagne (fichier « {base.FICHIER} ») : "
                "vérifiez le chemin, ou créez une campagne à cet endroit."
            )
        with ExitStack() as si_echec:
            verrou = None if lecture_seule else lock.prendre(dossier, now)
            if verrou is not None:
                si_echec.callback(verrou.liberer)
                base.oublier_copies(dossier)
            campagne = _ouvrir(dossier, verrou, now, lecture_seule=lecture_seule, scripts=scripts or Scripts())
            si_echec.callback(campagne.db.close)
            if not lecture_seule and (dossier / base.PIECES / PIECES_EN_COURS).exists():
                _balayer(campagne)
            si_echec.pop_all()
            return campagne


def look(dossier: Path) -> Campagne:
    """Open the database as it stands, for reading only: no lock, no update; raises StoreError."""
    with traduire(dossier), ExitStack() as si_echec:
        if not (dossier / base.FICHIER).is_file():
            raise NotAStoreError(f"Le dossier « {dossier} » ne contient pas de campagne : vérifiez le chemin.")
        db = base.connect(dossier / base.FICHIER, lecture_seule=True)
        si_echec.callback(db.close)
        base.exiger_campagne(db, dossier)
        si_echec.pop_all()
        return Campagne(dossier, db, None, lecture_seule=True)


def identite(campagne: Campagne) -> Identite:
    """Return the name, the day of birth and the grille of the campagne."""
    with lecture(campagne) as db:
        ligne = db.execute("SELECT nom, cree_le, grille, version FROM campagne").fetchone()
    return Identite(nom=ligne[0], cree_le=datetime.fromisoformat(ligne[1]), grille=ligne[2], version=ligne[3])


def parametres(campagne: Campagne) -> Parametres:
    """Return what the rules of this campagne compare with."""
    with lecture(campagne) as db:
        return parametres_de(json.loads(db.execute("SELECT parametres FROM campagne").fetchone()[0]))


def set_parametres(campagne: Campagne, nouveaux: Parametres, *, auteur: str, now: datetime) -> None:
    """Replace the parameters; the journal keeps the old ones."""
    from o2r_desktop.store import journal

    apres = en_json(nouveaux.en_json())
    with ecriture(campagne) as db:
        avant = db.execute("SELECT parametres FROM campagne").fetchone()[0]
        if avant == apres:
            return
        db.execute("UPDATE campagne SET parametres = ?", [apres])
        acte = journal.Acte(action=journal.Action.PARAMETRES, avant=avant, apres=apres)
        journal.append(db, [acte], auteur=auteur, now=now)


def grille_toml(campagne: Campagne, grille: str | None = None, version: int | None = None) -> str:
    """Return the text of the grille of the campagne, or of an older one that an evaluation names."""
    with lecture(campagne) as db:
        ligne = db.execute(
            "SELECT g.toml FROM campagne AS c JOIN grille AS g "
            "ON g.id = coalesce(?, c.grille) AND g.version = coalesce(?, c.version)",
            [grille, version],
        ).fetchone()
    if ligne is None:
        raise StoreError(
            f"La campagne « {campagne.dossier} » n’a pas la grille « {grille} » version {version} : "
            "restaurez une sauvegarde qui la contient."
        )
    return str(ligne[0])


def correspondance_toml(campagne: Campagne) -> str:
    """Return the text that binds the fields of the form to our attributes."""
    with lecture(campagne) as db:
        return str(db.execute("SELECT correspondance FROM campagne").fetchone()[0])


def set_correspondance(campagne: Campagne, texte: str, *, auteur: str, now: datetime) -> bool:
    """Replace the text that binds the fields, the journal keeps the old one; return whether it was another."""
    from o2r_desktop.store import journal

    with ecriture(campagne) as db:
        avant = db.execute("SELECT correspondance FROM campagne").fetchone()[0]
        if avant == texte:
            return False
        db.execute("UPDATE campagne SET correspondance = ?", [texte])
        acte = journal.Acte(action=journal.Action.CORRESPONDANCE, avant=avant, apres=texte)
        journal.append(db, [acte], auteur=auteur, now=now)
    return True


def _balayer(campagne: Campagne) -> None:
    """Remove what an import that was killed left in pieces/."""
    from o2r_desktop.store.octets import sweep

    with suppress(StoreError):  # it only costs room: the campagne opens all the same, and the marker stays
        sweep(campagne)


def _check_free(dossier: Path) -> None:
    if (dossier / base.FICHIER).exists():
        raise StoreError(
            f"Le dossier « {dossier} » contient déjà une campagne : ouvrez-la, ou choisissez un autre dossier."
        )
    if not dossier.exists():
        return
    if any(p.name not in _A_NOUS and not (_vide(p) and p.name in _SOUS_DOSSIERS) for p in dossier.iterdir()):
        raise StoreError(
            f"Le dossier « {dossier} » n’est pas vide et n’est pas une campagne : "
            "choisissez un dossier vide ou nouveau."
        )


def _vide(chemin: Path) -> bool:
    return chemin.is_dir() and not any(chemin.iterdir())


def _ecrire(dossier: Path, lignes: dict[str, dict[str, object]], auteur: str, now: datetime) -> None:
    """Write the whole database under another name; its last act is to take its own."""
    from o2r_desktop.store import journal

    for sous_dossier in _SOUS_DOSSIERS:
        (dossier / sous_dossier).mkdir(exist_ok=True)
    fichier = dossier / _EN_CREATION
    fichier.unlink(missing_ok=True)
    db = base.connect(fichier)
    try:
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute(f"PRAGMA application_id = {base.APPLICATION_ID}")
        Scripts().appliquer(db)
        with db.atomic():
            for table, ligne in lignes.items():
                db.table(table).insert(ligne)
            acte = journal.Acte(action=journal.Action.CREATION, apres=str(lignes["campagne"]["nom"]))
            journal.append(db, [acte], auteur=auteur, now=now)
    finally:
        db.close()
    base.remplacer(fichier, dossier / base.FICHIER)


def _effacer(dossier: Path, existants: set[Path]) -> None:
    """Remove what a failed creation made, and nothing else."""
    for nom in (*_A_NOUS, base.FICHIER):
        (dossier / nom).unlink(missing_ok=True)
    nouveaux = [p for p in (dossier, *dossier.parents) if p not in existants]
    for vide in (*(dossier / nom for nom in _SOUS_DOSSIERS), *nouveaux):
        with suppress(OSError):  # somebody put a file there meanwhile: it stays
            vide.rmdir()


def _ouvrir(
    dossier: Path, verrou: lock.Verrou | None, now: datetime, *, lecture_seule: bool, scripts: Scripts
) -> Campagne:
    with ExitStack() as si_echec:
        db = base.connect(dossier / base.FICHIER, lecture_seule=lecture_seule)
        si_echec.callback(db.close)
        base.exiger_campagne(db, dossier)
        if scripts.en_attente(db, dossier):
            if lecture_seule:
                raise StoreUnavailableError(
                    f"La campagne « {dossier} » vient d’une version plus ancienne d’O2R Desktop : "
                    "ouvrez-la une fois en écriture pour la mettre à jour."
                )
            base.copier(dossier / base.FICHIER, base.chemin_sauvegarde(dossier, "avant-mise-a-jour", now))
            scripts.appliquer(db)
        si_echec.pop_all()
    return Campagne(dossier, db, verrou, lecture_seule=lecture_seule)
