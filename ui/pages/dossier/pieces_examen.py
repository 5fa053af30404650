"""Pieces looked at in the background: the one that is asked, then the one that will be asked next."""

from collections import OrderedDict
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from o2r_desktop import operations
from o2r_desktop.dossiers.model import Piece
from o2r_desktop.errors import O2rError
from o2r_desktop.imports.natures import Examen, examiner
from o2r_desktop.operations import Session
from o2r_desktop.progress import Reporter
from ui.services import Services
from ui.tasks import Task

_GARDES = 6
"""Pieces of which what was found is kept: a text weighs up to 800 KB."""
_AVANCE_MS = 400
"""How long a piece is in view before the next one is looked at."""


class Examens(QObject):
    """Tells what each piece is; one that was looked at ahead is told at once."""

    found = Signal(object, object)
    """Piece, Examen."""
    failed = Signal(object)

    def __init__(self, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._vus: OrderedDict[str, Examen] = OrderedDict()
        self._piece: Piece | None = None
        self._suivante: Piece | None = None
        self._tache: Task[Examen] | None = None
        self._avance = QTimer(self)
        self._avance.setSingleShot(True)
        self._avance.setInterval(_AVANCE_MS)
        self._avance.timeout.connect(self._look_ahead)

    @property
    def busy(self) -> bool:
        """Whether the piece that was asked is being looked at."""
        return self._tache is not None

    def ask(self, piece: Piece, suivante: Piece | None) -> None:
        """Look at a piece, then at the one that comes after it."""
        self.drop()
        self._piece, self._suivante = piece, suivante
        connu = self._vus.get(piece.empreinte)
        if connu is not None and _still_there(connu):
            self._told(connu)
            return
        self._tache = self._services.taches.start("", partial(_examine, self._services.campagne.session, piece))
        self._tache.succeeded.connect(self._found)
        self._tache.failed.connect(self._failed)

    def drop(self) -> None:
        """Want nothing more."""
        self._avance.stop()
        self._piece = None
        if self._tache is not None:
            self._tache.succeeded.disconnect(self._found)
            self._tache.failed.disconnect(self._failed)
            self._tache.cancel()
            self._tache = None

    def forget(self) -> None:
        """Let go of what was found: the campagne is closed."""
        self.drop()
        self._vus.clear()

    def _found(self, examen: Examen) -> None:
        self._tache = None
        self._told(examen)

    def _told(self, examen: Examen) -> None:
        assert self._piece is not None
        self._keep(self._piece.empreinte, examen)
        self.found.emit(self._piece, examen)
        if self._suivante is not None and self._suivante.empreinte not in self._vus:
            self._avance.start()

    def _failed(self, erreur: O2rError) -> None:
        self._tache = None
        self.failed.emit(erreur)

    def _look_ahead(self) -> None:
        suivante, campagne = self._suivante, self._services.campagne
        if suivante is None or not campagne.is_open:
            return
        if self._services.taches.busy:
            self._avance.start()
        else:
            tache = self._services.taches.start("", partial(_examine, campagne.session, suivante))
            tache.succeeded.connect(partial(self._keep, suivante.empreinte))

    def _keep(self, empreinte: str, examen: Examen) -> None:
        self._vus[empreinte] = examen
        self._vus.move_to_end(empreinte)
        while len(self._vus) > _GARDES:
            self._vus.popitem(last=False)


def piece_path(session: Session, empreinte: str) -> Path:
    """Return where the bytes of a piece are; raises StoreError when they are gone or damaged."""
    from o2r_desktop.store import pieces as store_pieces

    return store_pieces.path_of(session.campagne, empreinte)


def _still_there(examen: Examen) -> bool:
    return examen.chemin.is_file() and examen.chemin.stat().st_size == examen.taille


def _examine(session: Session, piece: Piece, reporter: Reporter) -> Examen:
    """Look at a piece in the background; *session* is that of the window."""
    reporter.step(0, 1, "Lecture de la pièce")
    with operations.twin_session(session) as jumelle:
        return examiner(piece_path(jumelle, piece.empreinte), piece.nom)
