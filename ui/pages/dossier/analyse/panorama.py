"""The other dossiers, read in the background the first time a face of the analysis compares with them."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from o2r_desktop import operations
from o2r_desktop.operations import DossierComplet, Session
from o2r_desktop.progress import Reporter
from ui.services import Services
from ui.tasks import TaskRunner

if TYPE_CHECKING:
    from o2r_desktop.analyse.panorama import Panorama

TITRE = "Lecture des autres dossiers"


class PanoramaLoader(QObject):
    """Gives a dossier what the others say, and has them read when nobody did yet. One for all the faces."""

    loaded = Signal()
    """The other dossiers are read: ``complete`` gives them from now on."""
    failed = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__(services.campagne)
        self._campagne = services.campagne
        self._taches: TaskRunner = services.taches
        self._attendue: Session | None = None
        """The session for which they are being read."""

    @property
    def pending(self) -> bool:
        """Whether the other dossiers of the open campagne are being read."""
        return self._campagne.is_open and self._attendue is self._campagne.session

    def complete(self, complet: DossierComplet) -> DossierComplet:
        """Return *complet* with what the other dossiers say, as it is while they are being read."""
        panorama = self._campagne.session.panorama
        if panorama is None:
            self._start()
            return complet
        if complet.analyse.panorama is panorama:
            return complet
        return replace(complet, analyse=replace(complet.analyse, panorama=panorama))

    def _start(self) -> None:
        if self.pending:
            return
        session = self._attendue = self._campagne.session
        tache = self._taches.start(TITRE, partial(_read, session))
        tache.succeeded.connect(partial(self._read, session))
        tache.failed.connect(partial(self._failed, session))

    def _read(self, session: Session, panorama: "Panorama") -> None:
        if session is not self._attendue:
            return
        a_jour = self.pending
        self._attendue = None
        if a_jour:
            session.panorama = panorama
            self.loaded.emit()

    def _failed(self, session: Session, _erreur: object) -> None:
        if session is self._attendue:
            self._attendue = None
            self.failed.emit()


def panorama_loader(services: Services) -> PanoramaLoader:
    """Return the loader that all the faces share."""
    present = next((c for c in services.campagne.children() if isinstance(c, PanoramaLoader)), None)
    return present if present is not None else PanoramaLoader(services)


def _read(session: Session, reporter: Reporter) -> "Panorama":
    from o2r_desktop.operations.analyse import load_panorama

    with operations.twin_session(session) as jumelle:
        return load_panorama(jumelle, reporter)
