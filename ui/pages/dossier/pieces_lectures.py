"""What was read of the pieces of the dossier in view, kept in the campagne while one reads."""

from collections.abc import Collection
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from o2r_desktop.errors import O2rError
from o2r_desktop.evaluation.lectures import Lecture
from o2r_desktop.operations.lectures import load_lectures, save_lecture
from ui.services import Services
from ui.widgets.visionneuse import Visionneuse

_VUE_MS = 1000
"""How long a page is in view before it counts as seen."""
_ECRIRE_MS = 2000


class Carnet(QObject):
    """Follows the viewer; writes at most every two seconds, and never what is open for reading only."""

    changed = Signal(object)
    """A Lecture."""
    failed = Signal(str)
    """Why what was read could not be kept; said once for each dossier."""

    def __init__(self, services: Services, vue: Visionneuse, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._vue = vue
        self._numero: int | None = None
        self._lectures: dict[str, Lecture] = {}
        self._a_ecrire: set[str] = set()
        self._empreinte = ""
        self._dit = False
        self._regard = self._timer(_VUE_MS, self._looked)
        self._plume = self._timer(_ECRIRE_MS, self.flush)
        vue.page_changed.connect(self._moved)

    def open(self, numero: int | None) -> None:
        """Follow another dossier; raises StoreError when what was read of it cannot be known."""
        self.flush()
        self._numero, self._empreinte, self._dit = numero, "", False
        self._lectures = {}
        if numero is not None and self._services.campagne.is_open:
            self._lectures = load_lectures(self._services.campagne.session, numero)
        for lecture in self._lectures.values():
            self._vue.set_place(lecture.empreinte, lecture.page, lecture.zoom)

    def lecture(self, empreinte: str) -> Lecture:
        """Return what was read of a piece."""
        return self._lectures.get(empreinte) or Lecture(empreinte=empreinte)

    def follow(self, empreinte: str) -> None:
        """Say which piece is in view, «» when none is."""
        self._leave()
        self._empreinte = empreinte
        self._regard.stop()
        if empreinte:
            self._regard.start()

    def set_lue(self, *, lue: bool) -> None:
        """Say that the piece in view was read, or that it was not: its pages are to be seen again then."""
        if self._empreinte:
            avant = self.lecture(self._empreinte)
            self._keep(replace(avant, lue=lue, vues=avant.vues if lue else frozenset()))

    def flush(self) -> None:
        """Write now what is not written yet."""
        self._leave()
        self._plume.stop()
        campagne = self._services.campagne
        if self._numero is None or not campagne.is_open or campagne.read_only:
            self._a_ecrire.clear()
            return
        for empreinte in list(self._a_ecrire):
            try:
                save_lecture(campagne.session, self._numero, self._lectures[empreinte])
            except O2rError as erreur:
                if not self._dit:
                    self._dit = True
                    self.failed.emit(f"Les pages lues n’ont pas pu être notées. {erreur}")
                return
            self._a_ecrire.discard(empreinte)

    def forget(self) -> None:
        """Let go of everything: the campagne is closed."""
        self._regard.stop()
        self._plume.stop()
        self._a_ecrire.clear()
        self._lectures = {}
        self._numero, self._empreinte = None, ""

    # --- what is looked at --------------------------------------------------------------------------------

    def _timer(self, duree: int, faire: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(duree)
        timer.timeout.connect(faire)
        return timer

    def _moved(self, _page: int) -> None:
        if self._empreinte:
            self._regard.start()

    def _looked(self) -> None:
        """Count the pages in view as seen, and keep the place."""
        if not self._empreinte or not self._vue.isVisible():
            return
        if self._vue.cle != self._empreinte:
            return
        avant = self.lecture(self._empreinte)
        vues = avant.vues | frozenset(self._vue.pages_vues())
        total = self._vue.total
        self._keep(self._placed(replace(avant, vues=vues, lue=avant.lue or _tout_vu(vues, total))))

    def _leave(self) -> None:
        """Keep the place of a piece that was looked at."""
        if self._empreinte in self._lectures and self._vue.cle == self._empreinte:
            self._keep(self._placed(self._lectures[self._empreinte]))

    def _placed(self, lecture: Lecture) -> Lecture:
        page = self._vue.page
        return replace(lecture, page=page, zoom=self._vue.taille) if page else lecture

    def _keep(self, lecture: Lecture) -> None:
        if lecture == self.lecture(lecture.empreinte):
            return
        self._lectures[lecture.empreinte] = lecture
        self._a_ecrire.add(lecture.empreinte)
        if not self._plume.isActive():
            self._plume.start()
        self.changed.emit(lecture)


def _tout_vu(vues: Collection[int], total: int) -> bool:
    return total > 0 and all(page in vues for page in range(1, total + 1))
