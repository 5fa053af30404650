"""A PDF in a page of the window: its sheets, page field, zoom, search. Knows nothing of dossiers."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QIntValidator, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from o2r_desktop.text import NBSP, NNBSP, nombre
from ui.settings import Settings
from ui.theme import Theme
from ui.widgets.base import EmptyState, button, fill, label
from ui.widgets.flux import Flow
from ui.widgets.pdf_canvas import LARGEUR, PAGE, PALIERS, PdfCanvas
from ui.widgets.pdf_pages import PdfPages, PdfWorker

_REGLAGE = "pdf/zoom"


class PdfView(QWidget):
    """Shows one PDF at a time, drawn away from the window's thread."""

    page_changed = Signal(int)
    """Page in view, from 1."""
    opened = Signal()
    failed = Signal(str)

    def __init__(self, theme: Theme, reglages: Settings, worker: PdfWorker | None = None) -> None:
        super().__init__()
        self._reglages = reglages
        self._garder = False
        self._attendue = 1
        self._hit = -1
        self.pages = PdfPages(worker or PdfWorker.shared(), self)
        self.canvas = PdfCanvas(theme, self.pages)
        self.message = EmptyState("Document illisible", "")
        self.champ_page = QLineEdit()
        self.total = label("")
        self.zoom = QComboBox()
        self.search_field = _SearchField()
        self.compte = label("", "secondaire")
        self._outils = self._make_tools()
        self._recherche = self._make_search()
        self._pile = QStackedWidget()
        self._pile.addWidget(self.canvas)
        self._pile.addWidget(self.message)
        fill(QVBoxLayout(self), self._outils, self._recherche, self._pile, espace=0)
        self._connect()
        self._show_zoom(reglages.texte(_REGLAGE, LARGEUR))
        self.set_document(None)

    # --- what pages call ----------------------------------------------------------------------------------

    @property
    def page(self) -> int:
        """The page in view, from 1; 0 when there is none."""
        return self.canvas.page + 1 if self.pages.sizes else 0

    @property
    def taille(self) -> str:
        """The size of the pages: «largeur», «page» or a percentage."""
        return self.canvas.zoom

    def set_document(self, octets: bytes | None, *, keep_place: bool = False) -> None:
        """Show a PDF; *keep_place* when it is another state of the one in view, which then does not move."""
        self._garder = keep_place and bool(self.pages.sizes)
        if octets is None:
            self.pages.close()
            self.canvas.restart()
        else:
            self.pages.open(octets, keep=self._garder)
        self._begin(1)

    def set_file(self, chemin: Path, *, picture: bool = False, page: int = 1, zoom: str = "") -> None:
        """Show a PDF that came from outside, or a picture, from a page and at a size; no zoom is that of always."""
        self._garder = False
        (self.pages.open_picture if picture else self.pages.open_foreign)(chemin)
        self._begin(page)
        self._chercher.setVisible(not picture)
        self._show_zoom(zoom or self._reglages.texte(_REGLAGE, LARGEUR))

    def _begin(self, page: int) -> None:
        self._attendue = page
        if not self._garder:
            self._hit = -1
        self._pile.setCurrentWidget(self.canvas)
        self._enable()

    @property
    def instead(self) -> QWidget | None:
        """What stands in the place of the sheets, None when they are in view."""
        partie = self._pile.currentWidget()
        return None if partie is self.canvas else partie

    def show_instead(self, partie: QWidget) -> None:
        """Show something else in the place of the sheets, until the next document."""
        if self._pile.indexOf(partie) < 0:
            self._pile.addWidget(partie)
        self._pile.setCurrentWidget(partie)

    def focus_search(self) -> None:
        """Open the search field and put the focus there."""
        self._recherche.show()
        self.search_field.setFocus()
        self.search_field.selectAll()

    def go_to_page(self, page: int) -> None:
        """Bring a page, from 1, into view, now or once the document is open."""
        self._attendue = page
        self.canvas.go_to(page - 1)

    def focus_page(self) -> None:
        """Put the focus in the field of the page."""
        self.champ_page.setFocus()
        self.champ_page.selectAll()

    def set_zoom(self, zoom: str) -> None:
        """Choose «largeur», «page» or a percentage, and remember it."""
        self._reglages.set_texte(_REGLAGE, zoom)
        self._show_zoom(zoom)

    # --- parts --------------------------------------------------------------------------------------------

    def _make_tools(self) -> QFrame:
        self.champ_page.setValidator(QIntValidator(1, 99_999, self))
        self.champ_page.setAccessibleName("Aller à la page")
        self.champ_page.setAlignment(Qt.AlignmentFlag.AlignRight)
        mots = label("p.")
        mots.setBuddy(self.champ_page)
        self.zoom.setAccessibleName("Taille des pages")
        for code, nom in ((LARGEUR, "Largeur"), (PAGE, "Page")):
            self.zoom.addItem(nom, code)
        for palier in PALIERS:
            self.zoom.addItem(f"{palier}{NNBSP}%", str(palier))
        self._precedente = _tool("‹", "Page précédente", lambda: self.go_to_page(self.page - 1))  # noqa: RUF001
        self._suivante = _tool("›", "Page suivante", lambda: self.go_to_page(self.page + 1))  # noqa: RUF001
        self._moins = _tool("−", "Réduire les pages (touche -)", lambda: self.set_zoom(self.canvas.step_zoom(-1)))
        self._plus = _tool("+", "Agrandir les pages (touche +)", lambda: self.set_zoom(self.canvas.step_zoom(1)))
        self._chercher = button("Chercher", self.focus_search, role="discret", nom="Chercher dans le document")
        return _bar(
            _group(self._precedente, mots, self.champ_page, self.total, self._suivante),
            _group(self._moins, self.zoom, self._plus),
            self._chercher,
        )

    def _make_search(self) -> QFrame:
        self.search_field.setPlaceholderText("Chercher dans le document")
        self.search_field.setAccessibleName("Chercher dans le document")
        self.search_field.setClearButtonEnabled(True)
        self.search_field.setMinimumWidth(self.fontMetrics().averageCharWidth() * 26)
        self._avant = _tool("↑", "Résultat précédent (Maj+Entrée)", lambda: self._step(-1))
        self._apres = _tool("↓", "Résultat suivant (Entrée)", lambda: self._step(1))
        self._fermer = button(
            "Fermer", self._close_search, role="discret", touche="Échap", nom="Fermer la recherche"
        )
        barre = _bar(self.search_field, _group(self.compte, self._avant, self._apres), self._fermer)
        barre.hide()
        return barre

    def _connect(self) -> None:
        self.pages.opened.connect(self._opened)
        self.pages.failed.connect(self._failed)
        self.pages.text_read.connect(self._say_text)
        self.pages.searched.connect(self._searched)
        self.canvas.page_changed.connect(self._moved)
        self.canvas.zoom_asked.connect(self.set_zoom)
        self.canvas.search_asked.connect(self.focus_search)
        self.champ_page.returnPressed.connect(self._page_typed)
        self.champ_page.editingFinished.connect(self._say_page)
        self.zoom.activated.connect(self._zoom_chosen)
        self.search_field.textChanged.connect(self._search)
        self.search_field.next_asked.connect(self._step)
        self.search_field.left.connect(self._close_search)

    # --- reactions ----------------------------------------------------------------------------------------

    def _opened(self) -> None:
        if self._garder:
            self.canvas.lay_out()
        else:
            self.canvas.restart()
            self.canvas.go_to(self._attendue - 1)
        self._pile.setCurrentWidget(self.canvas)
        self._enable()
        self.pages.want_text(self.canvas.page)
        self.opened.emit()

    def _failed(self, phrase: str) -> None:
        self.message.dire("Document illisible", phrase)
        self.message.setAccessibleName(phrase)
        self._pile.setCurrentWidget(self.message)
        self._enable()
        self.failed.emit(phrase)

    def _enable(self) -> None:
        ouvert = bool(self.pages.sizes)
        self._outils.setEnabled(ouvert)
        self._recherche.setEnabled(ouvert)
        vues, total = len(self.pages.sizes), self.pages.total
        reste = f" (sur {nombre(total)}{NBSP}: les suivantes ne sont pas montrées)" if total > vues else ""
        self.total.setText(f"/ {vues}{reste}" if ouvert else "")
        self._say_page()

    def _say_page(self) -> None:
        self.champ_page.setFixedWidth(self.champ_page.fontMetrics().horizontalAdvance("0000") + 20)
        self.champ_page.setText(str(self.page) if self.page else "")
        self._precedente.setEnabled(self.page > 1)
        self._suivante.setEnabled(self.page < len(self.pages.sizes))

    def _moved(self, page: int) -> None:
        self._say_page()
        self.pages.want_text(page)
        self.page_changed.emit(page + 1)

    def _page_typed(self) -> None:
        with suppress(ValueError):
            self.go_to_page(min(int(self.champ_page.text()), len(self.pages.sizes)))
        self.canvas.setFocus()

    def _say_text(self, page: int, texte: str) -> None:
        if page == self.canvas.page:
            self.canvas.setAccessibleDescription(f"Page {page + 1} sur {len(self.pages.sizes)}. {texte}")

    def _zoom_chosen(self, rang: int) -> None:
        self.set_zoom(str(self.zoom.itemData(rang)))

    def _show_zoom(self, zoom: str) -> None:
        rang = self.zoom.findData(zoom)
        self.zoom.setCurrentIndex(max(0, rang))
        self.canvas.set_zoom(zoom if rang >= 0 else LARGEUR)

    # --- search -------------------------------------------------------------------------------------------

    def _search(self, texte: str) -> None:
        self._hit = -1
        self.pages.search(texte)

    def _searched(self) -> None:
        """Take the first hit from the page in view on, or keep the one that was current."""
        hits = self.pages.hits
        if self._hit < 0 and hits:
            suite = next((i for i, h in enumerate(hits) if h.page >= self.canvas.page), None)
            if suite is None and not self.pages.searching:
                suite = 0
            self._hit = -1 if suite is None else suite
        if not self.pages.searching:
            self._hit = min(self._hit, len(hits) - 1)
        self._show_hits()

    def _step(self, sens: int) -> None:
        if self.pages.hits:
            self._hit = (self._hit + sens) % len(self.pages.hits)
            self._show_hits()

    def _show_hits(self) -> None:
        hits = self.pages.hits
        courant = hits[self._hit] if 0 <= self._hit < len(hits) else None
        self.canvas.set_hits(hits, courant)
        if not self.search_field.text().strip():
            mots = ""
        elif courant:
            mots = f"{self._hit + 1} sur {len(hits)}{'…' if self.pages.searching else ''}"
        else:
            mots = "recherche…" if self.pages.searching else "aucun résultat"
        self.compte.setText(mots)
        self._avant.setEnabled(bool(hits))
        self._apres.setEnabled(bool(hits))

    def _close_search(self) -> None:
        self.search_field.clear()
        self._recherche.hide()
        self.canvas.setFocus()

    # --- Qt -----------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 Qt
        """Ask for the pages in view."""
        super().showEvent(event)
        self.canvas.lay_out()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 Qt
        """Ask for nothing more."""
        super().hideEvent(event)
        self.pages.want(())


class _SearchField(QLineEdit):
    """Entrée and Maj+Entrée go from hit to hit, Échap leaves."""

    next_asked = Signal(int)
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt
        """Take the three keys, leave the others."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.next_asked.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _tool(signe: str, nom: str, faire: Callable[[], object]) -> QPushButton:
    bouton = button(signe, faire, role="discret", nom=nom)
    bouton.setToolTip(nom)
    return bouton


def _group(*parties: QWidget | QLabel) -> QWidget:
    groupe = QWidget()
    fill(QHBoxLayout(groupe), *parties, espace=4)
    return groupe


def _bar(*parties: QWidget) -> QFrame:
    barre = QFrame()
    ligne = Flow(espace=12)
    for partie in parties:
        ligne.addWidget(partie)
    tour = QVBoxLayout(barre)
    tour.setContentsMargins(12, 4, 12, 4)
    tour.addLayout(ligne)
    return barre
