"""The sheets of a PDF drawn: hits, marks and what is chosen are shown over the paper, which stays white."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QToolTip, QWidget

from o2r_desktop.evaluation.reponses import Zone
from o2r_desktop.imports.pages_pdf import Hit
from ui.theme import CLAIR, Theme
from ui.widgets.base import bulle
from ui.widgets.pdf_marques import Marques, paint_passage
from ui.widgets.pdf_pages import PdfPages
from ui.widgets.pdf_selection import Selecteur
from ui.widgets.pdf_sheets import LARGEUR, MARGE, PdfSheets
from ui.widgets.selection import Marque, Selection

_ECLAIR_MS = 1600
_FAUTIVE = "Cette page est abîmée, ou demande trop de temps : elle ne peut pas être montrée."


class PdfCanvas(PdfSheets):
    """Draws the pages in view. ``zoom`` is LARGEUR, PAGE or a percentage as text."""

    zoom_asked = Signal(str)
    search_asked = Signal()
    selection_changed = Signal()
    mark_activated = Signal(int)
    """Rank of a mark that was clicked, from 0."""

    def __init__(self, theme: Theme, pages: PdfPages, parent: QWidget | None = None) -> None:
        super().__init__(pages, parent)
        self._theme = theme
        self._hits: dict[int, list[Hit]] = {}
        self._hit: Hit | None = None
        self._marques = Marques()
        self._montre: tuple[int, tuple[Zone, ...]] = (-1, ())
        self._eclair = QTimer(self)
        self._eclair.setSingleShot(True)
        self._eclair.setInterval(_ECLAIR_MS)
        self._eclair.timeout.connect(self._end_flash)
        self.selecteur = Selecteur(self, pages, self)
        self.selecteur.changed.connect(self._selection_changed)
        self.selecteur.clicked.connect(self._clicked)
        self.viewport().setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Pages du document")
        pages.drawn.connect(self._drawn)
        theme.changed.connect(self.viewport().update)

    # --- what is shown ------------------------------------------------------------------------------------

    def set_hits(self, hits: Sequence[Hit], current: Hit | None) -> None:
        """Show where a text was found; *current* has an edge and comes into view."""
        self._hits = {}
        for hit in hits:
            self._hits.setdefault(hit.page, []).append(hit)
        if current is not None and current != self._hit:
            self.bring(current.page, current.zones)
        self._hit = current
        self.viewport().update()

    # --- what is chosen and marked ------------------------------------------------------------------------

    @property
    def selection(self) -> Selection | None:
        """The passage that is chosen."""
        return self.selecteur.selection

    def clear_selection(self) -> None:
        """Choose nothing."""
        self.selecteur.clear()

    def show_marks(self, marques: Sequence[Marque]) -> None:
        """Mark passages on the pages, in place of those of now."""
        self._marques.set(marques)
        self.viewport().update()

    def marks_on(self, page: int) -> Sequence[str]:
        """Return the names of the marks of a page, from 0."""
        return self._marques.names_on(page)

    def go_to_zones(self, page: int, zones: Sequence[Zone]) -> None:
        """Bring a passage into view, page from 1, and show it for a moment."""
        if not zones:
            self.go_to(page - 1)
            return
        self.bring(page - 1, tuple(zones))
        self._montre = (page - 1, tuple(zones))
        self._eclair.start()
        self.viewport().update()

    def hit_zones(self) -> tuple[int, tuple[Zone, ...]] | None:
        """Return the page and the rectangles of the current hit of a search."""
        return (self._hit.page, self._hit.zones) if self._hit is not None and self._hit.zones else None

    def _end_flash(self) -> None:
        self._montre = (-1, ())
        self.viewport().update()

    def _selection_changed(self) -> None:
        self.viewport().update()
        self.selection_changed.emit()

    def _clicked(self, page: int, x: float, y: float) -> None:
        rang = self._marques.at(page, x, y)
        if rang >= 0:
            self.mark_activated.emit(rang)

    def _drawn(self, page: int) -> None:
        if page in self.in_view():
            self.viewport().update()

    # --- Qt -----------------------------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 Qt
        """Show the ring."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 Qt
        """Hide the ring."""
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt
        """Scroll, zoom with + - 0, go to the first page, the last one, look for a text, or choose a passage."""
        if self.selecteur.key(event):
            return
        barre = self.verticalScrollBar()
        gestes = {
            Qt.Key.Key_PageDown: lambda: barre.setValue(barre.value() + barre.pageStep() - barre.singleStep()),
            Qt.Key.Key_PageUp: lambda: barre.setValue(barre.value() - barre.pageStep() + barre.singleStep()),
            Qt.Key.Key_Home: lambda: barre.setValue(0),
            Qt.Key.Key_End: lambda: barre.setValue(barre.maximum()),
        }
        zooms = {"+": self.step_zoom(1), "=": self.step_zoom(1), "-": self.step_zoom(-1), "0": LARGEUR}
        touche = Qt.Key(event.key())
        simple = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if simple and touche in gestes:
            gestes[touche]()
        elif simple and event.text() in zooms:
            self.zoom_asked.emit(zooms[event.text()])
        elif event.modifiers() == Qt.KeyboardModifier.ControlModifier and touche == Qt.Key.Key_F:
            self.search_asked.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 Qt
        """Begin to choose a passage."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.selecteur.press(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 Qt
        """Choose a word."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.selecteur.double_click(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 Qt
        """Go on choosing; the sheets follow a pointer that leaves the view."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._follow(event.position())
            self.selecteur.move(event)
        else:
            self._show_pointer(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 Qt
        """Have chosen."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.selecteur.release()

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802 Qt
        """Name the marks under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            lieu = self.locate(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), bulle(self._marques.names_at(*lieu)) if lieu else "", self)
            return True
        return super().viewportEvent(event)

    def _follow(self, point: QPointF) -> None:
        if not self.selecteur.drawing:
            return
        for barre, ou, long in (
            (self.verticalScrollBar(), point.y(), self.viewport().height()),
            (self.horizontalScrollBar(), point.x(), self.viewport().width()),
        ):
            barre.setValue(barre.value() + round(min(0.0, ou) + max(0.0, ou - long)))

    def _show_pointer(self, event: QMouseEvent) -> None:
        lieu = self.locate(event.position())
        forme = Qt.CursorShape.ArrowCursor
        if lieu is not None:
            page, x, y = lieu
            texte = self._pages.letters(page)
            self._pages.want_letters(page)
            if self._marques.at(page, x, y) >= 0:
                forme = Qt.CursorShape.PointingHandCursor
            elif self.selecteur.draws_zone(page) or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                forme = Qt.CursorShape.CrossCursor
            elif texte is not None and texte.on_text(x, y):
                forme = Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(forme)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 Qt
        """Paint the sheets in view."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(self._theme.couleurs.piste))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        decalage = self._offset()
        for page in self.in_view():
            self._paint_sheet(painter, page, self._places[page].translated(-decalage))
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._theme.couleurs.action), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_sheet(self, painter: QPainter, page: int, feuille: QRectF) -> None:
        painter.fillRect(feuille, Qt.GlobalColor.white)
        image = self._pages.image(page, self._pixels(page))
        if image is not None and not image.isNull():
            painter.drawImage(feuille, image)
        elif image is not None:
            painter.setPen(QColor(CLAIR.mauvais))
            cadre = feuille.intersected(QRectF(self.viewport().rect())).adjusted(MARGE, MARGE, -MARGE, -MARGE)
            painter.drawText(cadre, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, _FAUTIVE)
        self._paint_passages(painter, page, feuille)
        painter.setPen(QPen(QColor(self._theme.couleurs.ligne), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(feuille.adjusted(-0.5, -0.5, 0.5, 0.5))

    def _paint_passages(self, painter: QPainter, page: int, feuille: QRectF) -> None:
        for hit in self._hits.get(page, ()):
            paint_passage(painter, hit.zones, feuille, bord=2 if hit == self._hit else 0)
        self._marques.paint(painter, page, feuille)
        choisie = self.selection
        if choisie is not None and choisie.page == page + 1:
            paint_passage(painter, choisie.zones, feuille, bord=1.5)
        if self._montre[0] == page:
            paint_passage(painter, self._montre[1], feuille, bord=4)
