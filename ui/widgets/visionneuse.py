"""A piece in a page of the window: PDF and pictures by pages, texts as text, tables, a card for the rest.

Knows nothing of dossiers: it is given files that were looked at (see ``imports.natures``).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from o2r_desktop.evaluation.reponses import Zone
from o2r_desktop.imports.natures import Examen, Nature
from o2r_desktop.text import NBSP
from ui.settings import Settings
from ui.theme import Theme, Ton
from ui.widgets.base import Banner, EmptyState, fill
from ui.widgets.pdf import PdfView
from ui.widgets.pdf_pages import PdfWorker
from ui.widgets.piece_fiche import FichePiece
from ui.widgets.selection import Marque, Selection
from ui.widgets.vue_autre import AutreVue, Start

PAGE = "Ctrl+G"
"""Key that goes to the field of the page."""
_LIGNES = 6
"""Lines of text that a view keeps in the lowest window; its parts would ask for more, and make the window grow."""
_COUPE = f"Seul le début de ce texte est montré{NBSP}: ouvrez la pièce pour la lire en entier."


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document was left: its page, from 1, and its size."""

    page: int
    zoom: str


class Visionneuse(QWidget):
    """Shows one piece at a time, at the page and the size where it was left since the program began."""

    page_changed = Signal(int)
    """Page in view, from 1."""
    failed = Signal(str)
    selection_changed = Signal()
    mark_activated = Signal(int)
    """Rank of a mark that was clicked, from 0."""

    def __init__(self, theme: Theme, reglages: Settings, start: Start) -> None:
        super().__init__()
        self._cle = ""
        self._places: dict[str, Place] = {}
        self.pdf = PdfView(theme, reglages, PdfWorker.shared(foreign=True))
        self.autre = AutreVue(theme, start)
        self.texte = QPlainTextEdit()
        self.fiche = FichePiece()
        self.message = EmptyState("", "")
        self.avis = Banner("", Ton.ALERTE)
        self._pile = QStackedWidget()
        self._pile.setMinimumHeight(self.fontMetrics().height() * _LIGNES)
        self._make_text()
        for partie in (self.pdf, self.texte, self.autre, self.fiche, self.message):
            self._pile.addWidget(partie)
        fill(QVBoxLayout(self), self.avis, self._pile, espace=0)
        self.layout().setStretch(1, 1)  # type: ignore[union-attr]
        self.pdf.page_changed.connect(self._moved)
        self.pdf.opened.connect(self._opened)
        self.pdf.failed.connect(self.failed)
        self.pdf.mark_activated.connect(self.mark_activated)
        self.autre.page_changed.connect(self._moved)
        self.autre.opened.connect(self._other_opened)
        self.autre.failed.connect(self.failed)
        for vue in (self.pdf, self.autre):
            vue.selection_changed.connect(self.selection_changed)
        self.texte.selectionChanged.connect(self.selection_changed)
        aller = QShortcut(QKeySequence(PAGE), self)
        aller.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        aller.activated.connect(self.focus_page)
        self.clear()

    # --- what pages call ----------------------------------------------------------------------------------

    @property
    def cle(self) -> str:
        """The key of the piece in view, «» when there is none."""
        return self._cle

    @property
    def page(self) -> int:
        """The page in view, from 1; 0 when the piece has no pages or is not open yet."""
        partie = self._pile.currentWidget()
        return self.pdf.page if partie is self.pdf else self.autre.page if partie is self.autre else 0

    @property
    def ready(self) -> bool:
        """Whether the piece in view can be read: its pages are there, or it has none."""
        return bool(self.page) or self._pile.currentWidget() not in (self.pdf, self.autre)

    @property
    def total(self) -> int:
        """How many pages the piece in view has; 0 when it has none or they are not known."""
        return self.pdf.pages.total if self.paginee else 0

    @property
    def taille(self) -> str:
        """The size of the pages, «» without any."""
        return self.pdf.taille if self.paginee else ""

    def pages_vues(self) -> Sequence[int]:
        """Return the pages that can be read now, from 1."""
        if self.paginee:
            return [page + 1 for page in self.pdf.canvas.seen()]
        return [self.page] if self.page else []

    @property
    def paginee(self) -> bool:
        """Whether sheets are in view: a PDF or a picture."""
        return self._pile.currentWidget() is self.pdf and bool(self.pdf.page)

    @property
    def selection(self) -> Selection | None:
        """The passage that is chosen; that of a text has no rectangles."""
        partie = self._pile.currentWidget()
        if partie is self.pdf:
            return self.pdf.selection
        if partie is self.autre:
            return self.autre.selection
        mots = self.texte.textCursor().selectedText().replace("\u2029", "\n") if partie is self.texte else ""
        return Selection(page=1, zones=(), texte=mots) if mots.strip() else None

    def clear_selection(self) -> None:
        """Choose nothing."""
        self.pdf.clear_selection()
        curseur = self.texte.textCursor()
        curseur.clearSelection()
        self.texte.setTextCursor(curseur)

    def show_marks(self, marques: Sequence[Marque]) -> None:
        """Mark passages on the pages, in place of those of now."""
        self.pdf.show_marks(marques)

    def go_to_zones(self, page: int, zones: Sequence[Zone]) -> None:
        """Bring a passage of a page into view, now or once the document is open."""
        if zones and self._pile.currentWidget() is self.pdf:
            self.pdf.go_to_zones(page, zones)
        else:
            self.go_to(page)

    def set_place(self, cle: str, page: int, zoom: str) -> None:
        """Say where a piece was left the last time; what was seen since the program began goes first."""
        self._places.setdefault(cle, Place(page, zoom))

    def show_piece(
        self,
        cle: str,
        nom: str,
        examen: Examen,
        *,
        page: int = 0,
        zones: Sequence[Zone] = (),
        mots: str = "",
    ) -> None:
        """Show a file under its key, the same for the same bytes; from *page*, or from where it was left (0).

        A passage is brought into view, or *mots* are looked for.
        """
        self._leave()
        self._cle = cle
        place = self._places.get(cle, Place(1, ""))
        self.avis.dire(examen.avertissement, Ton.ALERTE)
        if examen.nature in (Nature.PDF, Nature.IMAGE):
            image = examen.nature is Nature.IMAGE
            self.pdf.canvas.setAccessibleName(f"{'Image' if image else 'Pages'} de {nom}")
            self.autre.clear()
            ou = page or place.page
            self.pdf.set_file(
                examen.chemin, picture=image, page=ou, zoom=place.zoom, zones=zones, mots="" if image else mots
            )
            self._pile.setCurrentWidget(self.pdf)
            return
        self.pdf.set_document(None)
        if examen.nature in (Nature.TABLEAU, Nature.DOCUMENT):
            self._pile.setCurrentWidget(self.autre)
            self.autre.show_file(examen.chemin, examen, nom, page=page or place.page, mots=mots)
            return
        self.autre.clear()
        if examen.nature is Nature.TEXTE:
            self.texte.setPlainText(examen.texte)
            self.texte.setAccessibleName(f"Texte de {nom}")
            if examen.coupe and not examen.avertissement:
                self.avis.dire(_COUPE, Ton.NEUTRE)
            self._pile.setCurrentWidget(self.texte)
            if mots:
                self.texte.find(mots)
        else:
            self._pile.setCurrentWidget(self.fiche)

    def hold(self, partie: QWidget) -> None:
        """Make room for what ``show_instead`` will show; early, or Tab would come to it after the whole window."""
        self._pile.addWidget(partie)

    def show_instead(self, partie: QWidget) -> None:
        """Show something else, which is held, in the place of a piece."""
        self._forget()
        self._pile.setCurrentWidget(partie)

    def clear(self) -> None:
        """Show nothing, and let go of the file."""
        self._forget()
        self.message.dire("", "")
        self._pile.setCurrentWidget(self.message)

    def go_to(self, page: int) -> None:
        """Bring a page, from 1, into view, now or once the document is open."""
        if self._pile.currentWidget() is self.autre:
            self.autre.go_to(page)
        else:
            self.pdf.go_to_page(page)

    def search_words(self, mots: str) -> None:
        """Look for words in the piece in view, from the page in view."""
        partie = self._pile.currentWidget()
        if partie is self.pdf:
            self.pdf.search_words(mots)
        elif partie is self.autre:
            self.autre.focus_search(mots)
        elif partie is self.texte:
            self.texte.find(mots)

    def focus_first(self) -> None:
        """Put the focus where the piece is read."""
        partie = self._pile.currentWidget()
        if partie is self.autre:
            self.autre.focus_first()
        else:
            (self.pdf.canvas if partie is self.pdf else partie or self).setFocus()

    def focus_page(self) -> None:
        """Put the focus in the field of the page, when there are pages."""
        if self._pile.currentWidget() is self.pdf:
            self.pdf.focus_page()

    def focus_search(self) -> None:
        """Look for a text in the piece, when it has pages, sheets or slides."""
        partie = self._pile.currentWidget()
        if partie is self.pdf:
            self.pdf.focus_search()
        elif partie is self.autre:
            self.autre.focus_search()

    # --- reactions ----------------------------------------------------------------------------------------

    def _make_text(self) -> None:
        selection = Qt.TextInteractionFlag
        self.texte.setReadOnly(True)
        self.texte.setTextInteractionFlags(selection.TextSelectableByMouse | selection.TextSelectableByKeyboard)
        self.texte.setTabChangesFocus(True)
        self.texte.setProperty("role", "lecture")

    def _forget(self) -> None:
        self._leave()
        self._cle = ""
        self.avis.dire("")
        self.texte.clear()
        self.autre.clear()
        self.pdf.set_document(None)

    def _leave(self) -> None:
        if self._cle and self.page:
            self._places[self._cle] = Place(self.page, self.taille)

    def _opened(self) -> None:
        self.page_changed.emit(self.pdf.page)

    def _moved(self, page: int) -> None:
        if self._cle and self.page:
            self.page_changed.emit(page)

    def _other_opened(self) -> None:
        self.page_changed.emit(self.page)
