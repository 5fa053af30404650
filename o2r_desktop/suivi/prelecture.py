"""The list read ahead by a thread, while a window is being made."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from threading import Thread

from o2r_desktop.errors import O2rError
from o2r_desktop.store import connection, liste
from o2r_desktop.suivi.regles import empreinte


class Prelecture:
    """Reads the list of the campagne of a folder from the moment it is made; charger() takes what it read.

    What cannot be read is not said here: opening the campagne says it.
    """

    def __init__(self, dossier: Path) -> None:
        self.dossier = dossier.absolute()
        self._lue: liste.ListeAvancee | None = None
        self._fil = Thread(target=self._lire, name="prelecture", daemon=True)
        self._fil.start()

    def prendre(self) -> liste.ListeAvancee | None:
        """Return what was read, once it is; None when it could not be."""
        self._fil.join()
        return self._lue

    def _lire(self) -> None:
        try:
            with connection.look(self.dossier) as campagne:
                regles = empreinte(connection.parametres(campagne), connection.correspondance_toml(campagne))
                self._lue = liste.load_ahead(campagne, regles=regles)
        except (O2rError, sqlite3.Error, LookupError, TypeError, ValueError):
            self._lue = None
