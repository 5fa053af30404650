"""A PDF in a page of the window: its sheets, page field, zoom, search. Knows nothing of dossiers."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QIntValidator, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from o2r_desktop.evaluation.reponses import Zone
from o2r_desktop.text import NBSP, NNBSP, nombre
from ui.settings import Settings
from ui.theme import Theme
from ui.widgets.base import EmptyState, button, fill, label
from ui.widgets.pdf_canvas import PdfCanvas
from ui.widgets.pdf_outils import SearchField, bar, group, tool
from ui.widgets.pdf_pages import PdfPages, PdfWorker
from ui.widgets.pdf_sheets import LARGEUR, PAGE, PALIERS
from ui.widgets.pdf_vignettes import Vignettes
from ui.widgets.selection import Marque, Selection

_REGLAGE = "pdf/zoom"
_REGLAGE_VIGNETTES = "pdf/vignettes"
_AIDE_ZONE = (
    f"Dessiner un rectangle sur la page (ou Maj et glisser). Au clavier{NBSP}: Maj et les flèches l’agrandissent, "
    "Ctrl et les flèches le déplacent."
)
VIGNETTES = "F4"
"""Key that shows the small pictures of the pages."""


class PdfView(QWidget):
    """Shows one PDF at a time, drawn away from the window's thread."""

    page_changed = Signal(int)
    """Page in view, from 1."""
    opened = Signal()
    failed = Signal(str)
    selection_changed = Signal()
    mark_activated = Signal(int)
    """Rank of a mark that was clicked, from 0."""

    def __init__(self, theme: Theme, reglages: Settings, worker: PdfWorker | None = None) -> None:
        super().__init__()
        self._reglages = reglages
        self._garder = False
        self._attendue = 1
        self._zones: tuple[Zone, ...] = ()
        self._hit = -1
        self.pages = PdfPages(worker or PdfWorker.shared(), self)
        self.canvas = PdfCanvas(theme, self.pages)
        self.vignettes = Vignettes(theme, self.pages)
        self.message = EmptyState("Document illisible", "")
        self.champ_page = QLineEdit()
        self.total = label("")
        self.zoom = QComboBox()
        self.search_field = SearchField()
        self.compte = label("", "secondaire")
        self._outils = self._make_tools()
        self._recherche = self._make_search()
        self._pile = QStackedWidget()
        self._feuilles = QWidget()
        fill(QHBoxLayout(self._feuilles), self.vignettes, self.canvas, espace=0)
        self._pile.addWidget(self._feuilles)
        self._pile.addWidget(self.message)
        fill(QVBoxLayout(self), self._outils, self._recherche, self._pile, espace=0)
        self._connect()
        self._show_zoom(reglages.texte(_REGLAGE, LARGEUR))
        self._show_vignettes()
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
        else:
            self.pages.open(octets, keep=self._garder)
        self._begin(1)

    def set_file(
        self,
        chemin: Path,
        *,
        picture: bool = False,
        page: int = 1,
        zoom: str = "",
        zones: Sequence[Zone] = (),
        mots: str = "",
    ) -> None:
        """Show a PDF that came from outside, or a picture, from a page and at a size; no zoom is that of always.

        A passage of the page is brought into view; *mots* are looked for from there.
        """
        self._garder = False
        (self.pages.open_picture if picture else self.pages.open_foreign)(chemin)
        self.canvas.show_marks(())
        self._begin(page, zones)
        if mots:
            self.search_words(mots)
        self._chercher.setVisible(not picture)
        self._vignettes.setVisible(not picture)
        self._show_vignettes()
        self._show_zoom(zoom or self._reglages.texte(_REGLAGE, LARGEUR))

    def _begin(self, page: int, zones: Sequence[Zone] = ()) -> None:
        self._attendue, self._zones = page, tuple(zones)
        self.canvas.clear_selection()
        if not self._garder:
            self._hit = -1
            self.canvas.restart()  # nothing may be chosen on the sheets of the document before
            self.vignettes.restart()
        self._pile.setCurrentWidget(self._feuilles)
        self._enable()

    @property
    def instead(self) -> QWidget | None:
        """What stands in the place of the sheets, None when they are in view."""
        partie = self._pile.currentWidget()
        return None if partie is self._feuilles else partie

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

    def search_words(self, mots: str) -> None:
        """Open the search with these words, or close it without words; the focus stays where it is."""
        self._recherche.setVisible(bool(mots))
        if self.search_field.text() != mots:
            self.search_field.setText(mots)

    def go_to_page(self, page: int) -> None:
        """Bring a page, from 1, into view, now or once the document is open."""
        self._attendue, self._zones = page, ()
        self.canvas.go_to(page - 1)

    def go_to_zones(self, page: int, zones: Sequence[Zone]) -> None:
        """Bring a passage into view and show it for a moment, now or once the document is open."""
        self._attendue, self._zones = page, tuple(zones)
        if self.pages.total:
            self.canvas.go_to_zones(page, zones)

    @property
    def selection(self) -> Selection | None:
        """The passage that is chosen."""
        return self.canvas.selection

    def clear_selection(self) -> None:
        """Choose nothing."""
        self.canvas.clear_selection()

    def show_marks(self, marques: Sequence[Marque]) -> None:
        """Mark passages on the pages, in place of those of now."""
        self.canvas.show_marks(marques)

    def toggle_vignettes(self) -> None:
        """Show the small pictures of the pages, or hide them."""
        self._vignettes.click()

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
        self._precedente = tool("‹", "Page précédente", lambda: self.go_to_page(self.page - 1))  # noqa: RUF001
        self._suivante = tool("›", "Page suivante", lambda: self.go_to_page(self.page + 1))  # noqa: RUF001
        self._moins = tool("−", "Réduire les pages (touche -)", lambda: self.set_zoom(self.canvas.step_zoom(-1)))
        self._plus = tool("+", "Agrandir les pages (touche +)", lambda: self.set_zoom(self.canvas.step_zoom(1)))
        self._chercher = button("Chercher", self.focus_search, role="discret", nom="Chercher dans le document")
        self._vignettes = button("Vignettes", None, role="discret", touche=VIGNETTES, nom="Vignettes des pages")
        self._vignettes.setCheckable(True)
        self._vignettes.setChecked(self._reglages.texte(_REGLAGE_VIGNETTES) == "1")
        self._zone = button("Zone", None, role="discret", nom="Choisir une zone de la page")
        self._zone.setCheckable(True)
        self._zone.setToolTip(_AIDE_ZONE)
        return bar(
            group(self._precedente, mots, self.champ_page, self.total, self._suivante),
            group(self._moins, self.zoom, self._plus),
            group(self._vignettes, self._zone, self._chercher),
        )

    def _make_search(self) -> QFrame:
        self.search_field.setPlaceholderText("Chercher dans le document")
        self.search_field.setAccessibleName("Chercher dans le document")
        self.search_field.setClearButtonEnabled(True)
        self.search_field.setMinimumWidth(self.fontMetrics().averageCharWidth() * 26)
        self._avant = tool("↑", "Résultat précédent (Maj+Entrée)", lambda: self._step(-1))
        self._apres = tool("↓", "Résultat suivant (Entrée)", lambda: self._step(1))
        self._fermer = button(
            "Fermer", self._close_search, role="discret", touche="Échap", nom="Fermer la recherche"
        )
        barre = bar(self.search_field, group(self.compte, self._avant, self._apres), self._fermer)
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
        self.canvas.selection_changed.connect(self._selection_changed)
        self.canvas.mark_activated.connect(self.mark_activated)
        self.vignettes.page_chosen.connect(self.go_to_page)
        self.vignettes.left.connect(self.canvas.setFocus)
        self._vignettes.clicked.connect(self._vignettes_toggled)
        self._zone.toggled.connect(self._zone_toggled)
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
            if self._zones:
                self.canvas.go_to_zones(self._attendue, self._zones)
        self.vignettes.restart()
        self.vignettes.show_page(self.page)
        self._pile.setCurrentWidget(self._feuilles)
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
        self.vignettes.show_page(page + 1)
        self.pages.want_text(page)
        self.page_changed.emit(page + 1)

    def _page_typed(self) -> None:
        with suppress(ValueError):
            self.go_to_page(min(int(self.champ_page.text()), len(self.pages.sizes)))
        self.canvas.setFocus()

    def _say_text(self, page: int, texte: str) -> None:
        if page == self.canvas.page:
            marques = f"Preuves{NBSP}: {' ; '.join(noms)}. " if (noms := self.canvas.marks_on(page)) else ""
            self.canvas.setAccessibleDescription(f"Page {page + 1} sur {len(self.pages.sizes)}. {marques}{texte}")

    def _selection_changed(self) -> None:
        choisie = self.selection
        if choisie is not None and not self.canvas.selecteur.drawing:
            quoi = choisie.texte or "zone de la page"
            self.canvas.setAccessibleDescription(f"Page {choisie.page}, choisi{NBSP}: {quoi}")
        self.selection_changed.emit()

    def _zone_toggled(self, coche: bool) -> None:
        self.canvas.selecteur.zone = coche

    def _vignettes_toggled(self, coche: bool) -> None:
        self._reglages.set_texte(_REGLAGE_VIGNETTES, "1" if coche else "")
        self._show_vignettes()
        (self.vignettes if coche else self.canvas).setFocus()

    def _show_vignettes(self) -> None:
        self.vignettes.setVisible(self._vignettes.isChecked() and not self._vignettes.isHidden())

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
        """Be done with the search; what it was on is chosen."""
        self.canvas.selecteur.select_hit()
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
