"""The database file itself: its place, how it is opened, how it is copied. Knows nothing of its tables."""

import os
import sqlite3
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from o2r_desktop.errors import NotAStoreError, StoreCorruptError

FICHIER = "o2r.db"
PIECES, NOTES, SAUVEGARDES = "pieces", "notes", "sauvegardes"
APPLICATION_ID = int.from_bytes(b"O2RD", "big")
"""Written in the header of every campagne: «file» and our own code know them by it."""

ATTENTE_S = 5.0
"""How long a statement waits for a colleague's reading, or our own job's writing, to end."""


def connect(fichier: Path, *, lecture_seule: bool = False) -> Database:
    """Open a database for the calling thread only.

    Read-only is ``query_only`` and not ``mode=ro``: after a crash, SQLite must roll the journal back even for
    somebody who only wants to read.
    """
    with ExitStack() as si_echec:
        conn = sqlite3.connect(fichier, timeout=ATTENTE_S)
        si_echec.callback(conn.close)
        db = Database(conn, execute_plugins=False, strict=True)
        for pragma in ("foreign_keys = ON", "synchronous = FULL", "trusted_schema = OFF", "cache_size = -32768"):
            db.execute(f"PRAGMA {pragma}")
        if lecture_seule:
            db.execute("PRAGMA query_only = ON")
        si_echec.pop_all()
    return db


def pragma(db: Database, nom: str) -> int:
    """Return the value of an integer pragma."""
    return int(db.execute(f"PRAGMA {nom}").fetchone()[0])


def exiger_campagne(db: Database, dossier: Path) -> None:
    """Refuse a database that is not ours (NotAStoreError)."""
    if pragma(db, "application_id") != APPLICATION_ID:
        raise NotAStoreError(
            f"Le fichier « {FICHIER} » du dossier « {dossier} » n’est pas une campagne : "
            "choisissez un autre dossier."
        )


def copier(source: Path, cible: Path) -> None:
    """Write a checked copy of a database to *cible*, which appears whole or not at all.

    Only what is committed is copied, even while a transaction is open elsewhere. The copy is refused
    (StoreCorruptError) unless it is sound and each table has as many rows as the source.
    """
    partiel = cible.with_name(cible.name + ".partiel")
    partiel.unlink(missing_ok=True)
    depart = connect(source, lecture_seule=True)
    try:
        with depart.atomic():  # a shared lock: nobody commits between the copy and the count
            comptes = _comptes(depart)
            arrivee = connect(partiel)
            try:
                depart.conn.backup(arrivee.conn)
                if _diagnostic(arrivee) or _comptes(arrivee) != comptes:
                    raise StoreCorruptError(
                        f"La base « {source} » ne peut pas être copiée sans perte : elle est endommagée. "
                        "Restaurez la dernière sauvegarde."
                    )
            finally:
                arrivee.close()
        remplacer(partiel, cible)
    finally:
        depart.close()
        partiel.unlink(missing_ok=True)


def remplacer(source: Path, cible: Path) -> None:
    """Rename *source* as *cible*, atomically and durably."""
    source.replace(cible)
    if os.name == "posix":  # Windows cannot open a folder, and NTFS journals the rename
        fd = os.open(cible.parent, os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)


def horodatage(now: datetime) -> str:
    """Return a UTC time for a file name: it sorts, and no system refuses it."""
    return f"{now.astimezone(UTC):%Y%m%dT%H%M%S%fZ}"


def chemin_sauvegarde(dossier: Path, motif: str, now: datetime) -> Path:
    """Return where the backup made *now* for *motif* (lower-case letters, digits, hyphens) goes."""
    (dossier / SAUVEGARDES).mkdir(exist_ok=True)
    return dossier / SAUVEGARDES / f"{horodatage(now)}_{motif}.db"


def _diagnostic(db: Database) -> list[str]:
    lignes = [str(ligne[0]) for ligne in db.execute("PRAGMA quick_check").fetchall()]
    return [] if lignes == ["ok"] else lignes


def _comptes(db: Database) -> dict[str, int]:
    return {nom: db.table(nom).count for nom in db.table_names()}
