"""The database file itself: its place, how it is opened, how it is copied. Knows nothing of its tables."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from o2r_desktop.errors import NotAStoreError, StoreCorruptError

if TYPE_CHECKING:
    from sqlite_utils import Database
    from sqlite_utils.db import Table

FICHIER = "o2r.db"
PIECES, NOTES, SAUVEGARDES = "pieces", "notes", "sauvegardes"
APPLICATION_ID = int.from_bytes(b"O2RD", "big")
"""Written in the header of every campagne: «file» and our own code know them by it."""

_PARTIEL = ".partiel"
ATTENTE_S = 5.0
"""How long a statement waits for a colleague's reading, or our own job's writing, to end."""

_PRAGMAS = (
    "recursive_triggers = ON",
    "foreign_keys = ON",
    "synchronous = FULL",
    "trusted_schema = OFF",
    "cache_size = -32768",
)


class Base:
    """A connection to one database, of the calling thread only; what sqlite-utils does is made at its first use.

    The import of sqlite-utils costs as much as reading ten thousand rows, and reading needs nothing of it. The
    connection opens no transaction by itself: a statement outside of one is a transaction of its own.
    """

    def __init__(self, conn: sqlite3.Connection) -> None:
        self.conn = conn

    @cached_property
    def utils(self) -> Database:
        """The same connection in the hands of sqlite-utils."""
        from sqlite_utils import Database

        return Database(self.conn, execute_plugins=False, strict=True)

    def execute(self, sql: str, valeurs: Sequence[Any] | Mapping[str, Any] = ()) -> sqlite3.Cursor:
        """Run one statement."""
        return self.conn.execute(sql, valeurs)

    def query(self, sql: str, valeurs: Sequence[Any] | Mapping[str, Any] = ()) -> Iterator[dict[str, Any]]:
        """Run a query and return its rows by name of column, read as they are asked for."""
        curseur = self.conn.execute(sql, valeurs)
        noms = [colonne[0] for colonne in curseur.description]
        return (dict(zip(noms, ligne, strict=True)) for ligne in curseur)

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """Make the block one transaction, or a savepoint of the one that is open."""
        imbrique = self.conn.in_transaction
        debut, fin = ("SAVEPOINT o2r", "RELEASE o2r") if imbrique else ("BEGIN", "COMMIT")
        echec = ("ROLLBACK TO o2r", "RELEASE o2r") if imbrique else ("ROLLBACK",)
        with ExitStack() as si_echec:
            self.conn.execute(debut)
            si_echec.callback(self._undo, echec)
            yield
            self.conn.execute(fin)
            si_echec.pop_all()

    def rollback(self) -> None:
        """Undo the transaction that is open, if any."""
        self._undo(("ROLLBACK",))

    def table(self, nom: str) -> Table:
        """Return a table as sqlite-utils sees it."""
        return self.utils.table(nom)

    def table_names(self) -> list[str]:
        """Return the names of the tables."""
        return self.utils.table_names()

    def close(self) -> None:
        """Close the connection."""
        self.conn.close()

    def _undo(self, ordres: Sequence[str]) -> None:
        if self.conn.in_transaction:  # a full disk or a trigger may have undone everything already
            for ordre in ordres:
                self.conn.execute(ordre)


def connect(fichier: Path, *, lecture_seule: bool = False) -> Base:
    """Open a database for the calling thread only.

    Read-only is ``query_only`` and not ``mode=ro``: after a crash, SQLite must roll the journal back even for
    somebody who only wants to read.
    """
    with ExitStack() as si_echec:
        db = Base(sqlite3.connect(fichier, timeout=ATTENTE_S, isolation_level=None))
        si_echec.callback(db.close)
        for pragma in _PRAGMAS:
            db.execute(f"PRAGMA {pragma}")
        if lecture_seule:
            db.execute("PRAGMA query_only = ON")
        si_echec.pop_all()
    return db


def pragma(db: Base, nom: str) -> int:
    """Return the value of an integer pragma."""
    return int(db.execute(f"PRAGMA {nom}").fetchone()[0])


def exiger_campagne(db: Base, dossier: Path) -> None:
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
    partiel = cible.with_name(cible.name + _PARTIEL)
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


def oublier_copies(dossier: Path) -> None:
    """Sweep the copies that a killed process left half-made; for who holds the lock of the campagne."""
    for reste in (dossier / SAUVEGARDES).glob(f"*{_PARTIEL}*"):
        with suppress(OSError):  # a folder that cannot be written is said when something is written there
            reste.unlink()


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


def _diagnostic(db: Base) -> list[str]:
    lignes = [str(ligne[0]) for ligne in db.execute("PRAGMA quick_check").fetchall()]
    return [] if lignes == ["ok"] else lignes


def _comptes(db: Base) -> dict[str, int]:
    return {nom: db.table(nom).count for nom in db.table_names()}
