"""From any older store to this version: numbered SQL scripts, frozen once shipped, run by sqlite-utils."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from o2r_desktop.errors import StoreCorruptError, StoreTooRecentError
from o2r_desktop.resources import resource
from o2r_desktop.store.base import Base, pragma

if TYPE_CHECKING:
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

_JEU = "o2r"
_TABLE = "_sqlite_migrations"
"""Where sqlite-utils writes what was run; read here without it, at each opening."""


class Scripts:
    """The numbered scripts of a folder, in order; the store's version is how many of them it has had."""

    def __init__(self, dossier: Path | None = None) -> None:
        self._fichiers = sorted((dossier or resource("migrations")).glob("[0-9][0-9][0-9][0-9]_*.sql"))

    @property
    def version(self) -> int:
        """The version that a migrated store has."""
        return len(self._fichiers)

    def en_attente(self, db: Base, dossier: Path) -> int:
        """Return how many scripts *db* still needs; raises StoreTooRecentError when it has had unknown ones."""
        appliques = _appliques(db)
        inconnus = appliques - {f.stem for f in self._fichiers}
        if inconnus or pragma(db, "user_version") > self.version:
            raise StoreTooRecentError(
                f"La campagne « {dossier} » a été enregistrée par une version plus récente d’O2R Desktop : "
                "mettez le programme à jour pour l’ouvrir."
            )
        return len(self._fichiers) - len(appliques)

    def appliquer(self, db: Base) -> None:
        """Run the scripts that *db* still needs, all of them or none, and check every foreign key."""
        db.execute("PRAGMA foreign_keys = OFF")  # no effect inside a transaction; needed to rebuild a table
        try:
            with db.atomic():
                self._migrations().apply(db.utils)
                db.execute(f"PRAGMA user_version = {self.version}")
                orphelins = db.execute("PRAGMA foreign_key_check").fetchall()
                if orphelins:
                    raise StoreCorruptError(
                        "La mise à jour de la campagne laisserait des lignes sans lien "
                        f"(table « {orphelins[0][0]} ») : rien n’a été changé, restaurez une sauvegarde."
                    )
        finally:
            db.execute("PRAGMA foreign_keys = ON")

    def _migrations(self) -> Migrations:
        from sqlite_utils.migrations import Migrations

        jeu = Migrations(_JEU)
        for fichier in self._fichiers:
            jeu(name=fichier.stem)(_Script(fichier))
        return jeu


def _appliques(db: Base) -> set[str]:
    if not db.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", [_TABLE]).fetchone():
        return set()
    lignes = db.execute(f"SELECT name FROM {_TABLE} WHERE migration_set = ?", [_JEU])  # noqa: S608 a constant
    return {str(ligne[0]) for ligne in lignes}


class _Script:
    """One script, as sqlite-utils wants it: something with a name, called with the database."""

    def __init__(self, fichier: Path) -> None:
        self.__name__ = fichier.stem
        self._fichier = fichier

    def __call__(self, db: Database, /) -> None:
        _executer(self._fichier, db)


def _executer(fichier: Path, db: Database) -> None:
    """Run one script; Connection.executescript() would commit the transaction that protects us."""
    ordre = ""
    for ligne in fichier.read_text(encoding="utf-8").splitlines(keepends=True):
        ordre += ligne
        if sqlite3.complete_statement(ordre):
            db.execute(ordre)
            ordre = ""
