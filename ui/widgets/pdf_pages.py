"""Pages of a PDF drawn away from the window's thread: what is in view first, what is no longer wanted never.

pdfium is not thread-safe: one worker with one thread serves every view of our own documents; another serves those
that came from outside, so that the slow ones of them hold nothing else up.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import QCoreApplication, QObject, QRunnable, QThreadPool, Signal, Slot
from PySide6.QtGui import QImage
from shiboken6 import isValid

from o2r_desktop.imports.pages_pdf import Hit, PdfUnreadableError, Size
from o2r_desktop.imports.rendu import Rendeur
from o2r_desktop.text import normalise
from ui.widgets.pdf_cache import ImageCache
from ui.widgets.pdf_lettres import TextePage
from ui.widgets.pdf_reading import ForeignPdfReading, PdfReading, PictureReading, Reading

VIGNETTES_MAX = 12 * 2**20
"""Bytes of small pictures that a view keeps."""
_LETTRES_MAX = 12
"""Pages whose characters a view keeps."""
_NOTRES, _ETRANGERS = "pdf", "pdf étrangers"


@dataclass(frozen=True, slots=True)
class _Job:
    """What the thread does for *client*, and what the window's thread does with its result or its fault."""

    client: "PdfPages | None"
    work: Callable[[], object]
    done: Callable[[object], None]


class _Run(QRunnable):
    def __init__(self, worker: "PdfWorker", job: _Job) -> None:
        super().__init__()
        self._worker = worker
        self._job = job

    def run(self) -> None:
        """Do the job in the thread; a fault is raised again in the window's."""
        resultat: object = RuntimeError("the thread of PDF pages stopped")
        try:
            resultat = self._job.work()
        except (PdfUnreadableError, RuntimeError, ValueError, OSError, MemoryError) as erreur:
            resultat = erreur
        finally:
            self._worker.answered.emit(resultat)


class PdfWorker(QObject):
    """The one thread that calls pdfium; asks its clients what is most wanted each time it is free."""

    answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._pool.setExpiryTimeout(-1)
        self._clients: list[PdfPages] = []
        self._job: _Job | None = None
        self._closing: list[Reading] = []
        self.rendeur = Rendeur()
        self.answered.connect(self._deliver)

    @staticmethod
    def shared(*, foreign: bool = False) -> "PdfWorker":
        """Return the worker of the application: pdfium has one state for the whole process.

        That of *foreign* documents never calls it: a child process does.
        """
        app = QCoreApplication.instance()
        assert app is not None
        nom = _ETRANGERS if foreign else _NOTRES
        worker = cast("PdfWorker | None", app.findChild(PdfWorker, nom))
        if worker is None:
            worker = PdfWorker(app)
            worker.setObjectName(nom)
            app.aboutToQuit.connect(worker.stop)
        return worker

    def add(self, client: "PdfPages") -> None:
        """Serve a client for as long as it lives."""
        self._clients.append(client)

    def forget(self, lecture: Reading) -> None:
        """Have a document closed, in the thread where it was opened."""
        self._closing.append(lecture)
        self.wake()

    def wake(self) -> None:
        """Start what is most wanted, unless something runs: the next one is chosen when it is over."""
        if self._job is None and (job := self._next()) is not None:
            self._job = job
            self._pool.start(_Run(self, job))

    @Slot()
    def stop(self) -> None:
        """Close every document, once the thread is idle; for the end of the program."""
        self._pool.waitForDone(5000)
        self._closing += [lecture for client in self._clients for lecture in client.documents]
        self._clients.clear()
        while self._closing:
            self._closing.pop().close()
        self.rendeur.close()

    def _next(self) -> _Job | None:
        for parti in [c for c in self._clients if not isValid(c)]:
            self._clients.remove(parti)
            self._closing += parti.documents
        if self._closing:
            return _Job(None, self._closing.pop().close, _nothing)
        return next((job for client in self._clients if (job := client.take_job())), None)

    @Slot(object)
    def _deliver(self, resultat: object) -> None:
        job, self._job = self._job, None
        try:
            if job is not None and (job.client is None or isValid(job.client)):
                job.done(resultat)
            elif isinstance(resultat, Reading):
                self._closing.append(resultat)
        finally:
            self.wake()


def _nothing(resultat: object) -> None:
    if isinstance(resultat, BaseException):
        raise resultat


class PdfPages(QObject):
    """The document of one view: its pages as pictures, its text, and what is searched in it."""

    opened = Signal()
    failed = Signal(str)
    drawn = Signal(int)
    text_read = Signal(int, str)
    letters_read = Signal(int)
    vignette_drawn = Signal(int)
    searched = Signal()
    """Some hits more, or the search is over."""

    def __init__(self, worker: PdfWorker, parent: QObject) -> None:
        super().__init__(parent)
        self.cache = ImageCache()
        self.vignettes = ImageCache(VIGNETTES_MAX)
        self.sizes: tuple[Size, ...] = ()
        self.hits: list[Hit] = []
        self._worker = worker
        self._document = 0
        self._lecture: Reading | None = None
        self._a_ouvrir: Callable[[], Reading] | None = None
        self._voulues: list[tuple[int, int]] = []
        self._vignettes_voulues: list[tuple[int, int]] = []
        self._lettres: dict[int, TextePage] = {}
        self._lettres_voulues: list[int] = []
        self._texte_voulu: int | None = None
        self._cherche = ""
        self._reste = 0
        worker.add(self)

    @property
    def documents(self) -> tuple[Reading, ...]:
        """What is open and must be closed by the worker."""
        return () if self._lecture is None else (self._lecture,)

    @property
    def searching(self) -> bool:
        """Whether pages are still to be searched."""
        return bool(self._cherche) and self._reste < len(self.sizes)

    @property
    def total(self) -> int:
        """How many pages the document has; ``sizes`` may hold fewer."""
        return 0 if self._lecture is None else self._lecture.total

    def open(self, octets: bytes, *, keep: bool = False) -> None:
        """Open a document of ours; *keep* shows the pictures of the one before until the new ones are drawn."""
        self._open(partial(PdfReading, octets), keep=keep)

    def open_foreign(self, chemin: Path) -> None:
        """Open a PDF that came from outside, in the child process."""
        self._open(partial(ForeignPdfReading, self._worker.rendeur, chemin), keep=False)

    def open_picture(self, chemin: Path) -> None:
        """Open a picture as a document of one page."""
        self._open(partial(PictureReading, chemin), keep=False)

    def _open(self, ouvrir: Callable[[], Reading], *, keep: bool) -> None:
        self._drop()
        self._document += 1
        if not keep:
            self.sizes = ()  # until the new one is open, nobody may take its pages for those of the one before
        self.cache.keep_only({self._document - 1} if keep else ())
        self.vignettes.keep_only(())
        self._a_ouvrir = ouvrir
        self._worker.wake()

    def close(self) -> None:
        """Have no document any more."""
        self._drop()
        self._document += 1
        self._a_ouvrir = None
        self.sizes = ()
        self.cache.keep_only(())
        self.vignettes.keep_only(())

    def image(self, page: int, largeur: int) -> QImage | None:
        """Return the picture of a page at hand, exactly as wide or not; None when there is none yet."""
        return self.cache.get((self._document, page, largeur)) or self.cache.nearest(self._document, page)

    def want(self, pages: Sequence[tuple[int, int]]) -> None:
        """Say which (page, width) to draw, the most wanted first; what was wanted before no longer is."""
        self._voulues = [p for p in pages if self.cache.get((self._document, *p)) is None]
        self._worker.wake()

    def vignette(self, page: int, largeur: int) -> QImage | None:
        """Return the small picture of a page, None when there is none yet."""
        return self.vignettes.get((self._document, page, largeur))

    def want_vignettes(self, pages: Sequence[tuple[int, int]]) -> None:
        """Say which small pictures (page, width) to draw once nothing else is wanted; like ``want``."""
        self._vignettes_voulues = [p for p in pages if self.vignettes.get((self._document, *p)) is None]
        self._worker.wake()

    def letters(self, page: int) -> TextePage | None:
        """Return the characters of a page, None when they were not read yet: ``want_letters`` then."""
        return self._lettres.get(page)

    def want_letters(self, page: int) -> None:
        """Ask for the characters of a page: ``letters_read`` tells that they are at hand."""
        if page not in self._lettres and page not in self._lettres_voulues and 0 <= page < len(self.sizes):
            self._lettres_voulues = [page]
            self._worker.wake()

    def want_text(self, page: int) -> None:
        """Ask for the text of a page: ``text_read`` brings it."""
        self._texte_voulu = page
        self._worker.wake()

    def search(self, texte: str) -> None:
        """Look for a text, case and accents aside; empty to look for nothing."""
        self._cherche = normalise(texte)
        self._reste = 0
        self.hits = []
        self.searched.emit()
        self._worker.wake()

    def take_job(self) -> _Job | None:
        """Return what is most wanted, for the worker."""
        document = self._document
        if self._a_ouvrir is not None:
            ouvrir, self._a_ouvrir = self._a_ouvrir, None
            return _Job(self, ouvrir, lambda r: self._opened(document, r))
        lecture = self._lecture
        if lecture is None:
            return None
        if self._lettres_voulues:
            page = self._lettres_voulues.pop()
            return _Job(self, lambda: TextePage(lecture.letters(page)), lambda r: self._lettered(document, page, r))
        if self._voulues:
            page, largeur = self._voulues.pop(0)
            return _Job(
                self, lambda: lecture.render(page, largeur), lambda r: self._drawn(document, page, largeur, r)
            )
        return self._take_words(document, lecture) or self._take_vignette(document, lecture)

    def _take_words(self, document: int, lecture: Reading) -> _Job | None:
        if self.searching:
            rang, cherche = self._reste, self._cherche
            self._reste += 1
            return _Job(self, lambda: lecture.search(rang, cherche), lambda r: self._found(document, cherche, r))
        if self._texte_voulu is not None:
            rang, self._texte_voulu = self._texte_voulu, None
            return _Job(self, lambda: lecture.text(rang), lambda r: self._read(document, rang, r))
        return None

    def _take_vignette(self, document: int, lecture: Reading) -> _Job | None:
        if not self._vignettes_voulues:
            return None
        page, largeur = self._vignettes_voulues.pop(0)
        return _Job(
            self, lambda: lecture.render(page, largeur), lambda r: self._small_drawn(document, page, largeur, r)
        )

    def _drop(self) -> None:
        self._voulues, self._texte_voulu, self.hits = [], None, []
        self._lettres, self._lettres_voulues, self._vignettes_voulues = {}, [], []
        self._reste = 0
        if self._lecture is not None:
            self._worker.forget(self._lecture)
            self._lecture = None

    def _opened(self, document: int, resultat: object) -> None:
        if isinstance(resultat, Reading) and document != self._document:
            self._worker.forget(resultat)
        elif isinstance(resultat, Reading):
            self._lecture, self.sizes = resultat, resultat.sizes
            self.opened.emit()
        elif isinstance(resultat, PdfUnreadableError):
            if document == self._document:
                self.sizes = ()
                self.failed.emit(str(resultat))
        else:
            _nothing(resultat)

    def _drawn(self, document: int, page: int, largeur: int, resultat: object) -> None:
        _nothing(resultat)
        if document == self._document:
            self.cache.put((document, page, largeur), cast("QImage", resultat))
            self.drawn.emit(page)

    def _small_drawn(self, document: int, page: int, largeur: int, resultat: object) -> None:
        _nothing(resultat)
        if document == self._document:
            self.vignettes.put((document, page, largeur), cast("QImage", resultat))
            self.vignette_drawn.emit(page)

    def _lettered(self, document: int, page: int, resultat: object) -> None:
        _nothing(resultat)
        if document == self._document:
            while len(self._lettres) >= _LETTRES_MAX:
                del self._lettres[next(iter(self._lettres))]
            self._lettres[page] = cast("TextePage", resultat)
            self.letters_read.emit(page)

    def _found(self, document: int, cherche: str, resultat: object) -> None:
        _nothing(resultat)
        if (document, cherche) == (self._document, self._cherche):
            self.hits += cast("tuple[Hit, ...]", resultat)
            self.searched.emit()

    def _read(self, document: int, page: int, resultat: object) -> None:
        _nothing(resultat)
        if document == self._document:
            self.text_read.emit(page, " ".join(cast("str", resultat).split()))
