"""What is made ready in silence once the window is at rest: pieces of the dossiers, index of the search."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer

from o2r_desktop import operations, suivi
from o2r_desktop.operations import Session
from o2r_desktop.progress import Reporter
from ui.services import Services
from ui.tasks import Task

CALME_MS = 1000
"""How long nothing must run before this work begins, or begins again."""
INDEXATION = "indexation"
"""Object name of the task that makes the index: the status bar shows how far it is."""

Etats = tuple[set[int], set[int]]


class ApresLecture(QObject):
    """Does one thing after the other when nothing else runs, and gives way at once to any other work.

    Who answers or goes from dossier to dossier is not made to wait for it either: it would take turns with the
    window's thread.
    """

    def __init__(self, parent: QObject, services: Services) -> None:
        super().__init__(parent)
        self._services = services
        self._reste: list[Callable[[], Task[object]]] = []
        self._tache: Task[object] | None = None
        self._calme = QTimer(self, singleShot=True, interval=CALME_MS)
        self._calme.timeout.connect(self._start)
        services.campagne.suivi_loaded.connect(self._suivi_loaded)
        services.campagne.closed.connect(self._forget)
        services.taches.started.connect(self._other_started)
        services.campagne.saved.connect(self._give_way)
        services.navigation.dossier_requested.connect(self._give_way)

    def go_on(self) -> None:
        """Start the next work after a while, unless something runs then."""
        if self._reste:
            self._calme.start()

    def _suivi_loaded(self) -> None:
        self._reste = [self._read_pieces]
        if not self._services.campagne.read_only:
            self._reste.append(self._index)
        self.go_on()

    def _start(self) -> None:
        if self._reste and self._services.campagne.is_open and not self._services.taches.busy:
            self._tache = self._reste[0]()
            self._tache.finished.connect(partial(self._finished, self._tache, self._reste))

    def _read_pieces(self) -> Task[object]:
        campagne = self._services.campagne
        tache = self._services.taches.start("", partial(_read_pieces, campagne.session))
        tache.succeeded.connect(partial(self._pieces_read, campagne.suivi))
        return tache  # type: ignore[return-value]  # of any result

    def _pieces_read(self, pour: suivi.Suivi | None, etats: Etats) -> None:
        campagne = self._services.campagne
        if pour is not None and campagne.suivi is pour:  # else the list was read again meanwhile
            pour.avec_pieces(recues=etats[0], manquantes=etats[1])
            campagne.add_resumes({})

    def _index(self) -> Task[object]:
        tache = self._services.taches.start("", partial(_index, self._services.campagne.session))
        tache.setObjectName(INDEXATION)
        return tache  # type: ignore[return-value]

    def _finished(self, tache: Task[object], reste: list[Callable[[], Task[object]]]) -> None:
        """Go to the next work, unless this one was stopped: tried again at once, a failure would last for ever."""
        self._tache = None
        if reste and not tache.arret.is_set():
            reste.pop(0)

    def _other_started(self, tache: Task[object]) -> None:
        if self._tache is not None and tache is not self._tache:
            self._tache.cancel()

    def _give_way(self) -> None:
        """Stop for a while: somebody works."""
        if self._tache is not None:
            self._tache.cancel()
        self.go_on()

    def _forget(self) -> None:
        self._calme.stop()
        self._reste = []


def _read_pieces(session: Session, reporter: Reporter) -> Etats:
    from ui.pages.importation.fluidite import fluid

    with fluid(), operations.twin_session(session) as jumelle:
        return suivi.etats_des_pieces(jumelle, reporter)


def _index(session: Session, reporter: Reporter) -> int:
    from o2r_desktop.recherche import indexer
    from ui.pages.importation.fluidite import fluid

    with fluid(), operations.twin_session(session) as jumelle:
        return indexer(jumelle, reporter)
