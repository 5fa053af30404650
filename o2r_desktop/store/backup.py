"""Backups of the database: true copies made by SQLite itself, and the way back."""

import re
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from o2r_desktop.errors import NotAStoreError, StoreCorruptError, StoreError
from o2r_desktop.store import base, lock
from o2r_desktop.store.connection import PIECES_EN_COURS, Campagne
from o2r_desktop.store.erreurs import traduire
from o2r_desktop.store.migrations import Scripts
from o2r_desktop.text import normalise

_MISES_DE_COTE = ("avant-restauration", "base-endommagee")
_NOM = re.compile(r"(\d{8}T\d{12}Z)_([a-z0-9-]+)\.db")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sauvegarde:
    """A backup of a campagne; ``taille`` is in bytes."""

    chemin: Path
    le: datetime
    motif: str
    taille: int


def back_up(campagne: Campagne, *, motif: str, now: datetime) -> Path:
    """Copy the database into «sauvegardes», check the copy and return its path.

    What a transaction has not committed yet is not in the copy.
    """
    with traduire(campagne.dossier):
        cible = base.chemin_sauvegarde(campagne.dossier, _en_nom(motif), now)
        base.copier(campagne.dossier / base.FICHIER, cible)
    return cible


def list_backups(dossier: Path) -> list[Sauvegarde]:
    """Return the backups of a campagne, newest first; files that are none of ours are left out."""
    with traduire(dossier):
        fichiers = sorted((dossier / base.SAUVEGARDES).glob("*.db"), reverse=True)
        return [_sauvegarde(f, trouve) for f in fichiers if (trouve := _NOM.fullmatch(f.name))]


def latest(dossier: Path) -> Path:
    """Return the newest backup to come back to; raises StoreError when there is none.

    What a former restore set aside does not count: restoring twice would only go to and fro.
    """
    sauvegardes = [s for s in list_backups(dossier) if s.motif not in _MISES_DE_COTE]
    if not sauvegardes:
        raise StoreError(f"Le dossier « {dossier} » n’a aucune sauvegarde : indiquez le fichier à restaurer.")
    return sauvegardes[0].chemin


def restore(dossier: Path, sauvegarde: Path, now: datetime) -> Path | None:
    """Put a backup in the place of the database of a closed campagne.

    The present is kept first, among the backups, as it is when it is damaged; its path is returned, None when
    there was none. Raises StoreLockedError when the campagne is open.
    """
    dossier = dossier.absolute()
    if not sauvegarde.is_file() and sauvegarde.name == str(sauvegarde):
        sauvegarde = dossier / base.SAUVEGARDES / sauvegarde
    with traduire(dossier):
        verrou = lock.prendre(dossier, now)
        neuf = dossier / (base.FICHIER + ".restauration")
        try:
            _copier_sauvegarde(sauvegarde, neuf)
            present = _garder_present(dossier, now)
            # what it lists may be named by the present, kept as a backup: the restored base would have it swept
            (dossier / base.PIECES / PIECES_EN_COURS).unlink(missing_ok=True)
            # a journal left by a crash would be played into the restored database
            (dossier / (base.FICHIER + "-journal")).unlink(missing_ok=True)
            base.remplacer(neuf, dossier / base.FICHIER)
        finally:
            neuf.unlink(missing_ok=True)
            verrou.liberer()
    return present


def _copier_sauvegarde(sauvegarde: Path, cible: Path) -> None:
    if not sauvegarde.is_file():
        raise StoreError(f"La sauvegarde « {sauvegarde} » n’existe pas : choisissez-en une autre.")
    try:
        with traduire(sauvegarde):
            _verifier_sauvegarde(sauvegarde)
            base.copier(sauvegarde, cible)
    except (StoreCorruptError, NotAStoreError) as erreur:
        raise StoreCorruptError(
            f"La sauvegarde « {sauvegarde} » est endommagée ou n’est pas celle d’une campagne : "
            "choisissez-en une autre."
        ) from erreur


def _verifier_sauvegarde(sauvegarde: Path) -> None:
    db = base.connect(sauvegarde, lecture_seule=True)
    try:
        base.exiger_campagne(db, sauvegarde)
        Scripts().en_attente(db, sauvegarde)  # one made by a newer version is refused
    finally:
        db.close()


def _garder_present(dossier: Path, now: datetime) -> Path | None:
    fichier = dossier / base.FICHIER
    if not fichier.is_file():
        return None
    cible = base.chemin_sauvegarde(dossier, "avant-restauration", now)
    try:
        with traduire(dossier):
            base.copier(fichier, cible)
    except (StoreCorruptError, NotAStoreError):
        cible = base.chemin_sauvegarde(dossier, "base-endommagee", now)
        shutil.copy2(fichier, cible)  # no live copy here: the lock is ours, and SQLite cannot read it
    return cible


def _en_nom(motif: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", normalise(motif)).strip("-")[:40] or "manuelle"


def _sauvegarde(fichier: Path, trouve: re.Match[str]) -> Sauvegarde:
    le = datetime.strptime(trouve[1], "%Y%m%dT%H%M%S%fZ").replace(tzinfo=UTC)
    return Sauvegarde(chemin=fichier, le=le, motif=trouve[2], taille=fichier.stat().st_size)
