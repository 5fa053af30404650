"""The sheets of a PDF one under the other: scrolling, zoom, hits shown over the paper, which stays white."""

from bisect import bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from o2r_desktop.imports.pages_pdf import Hit
from ui.theme import CLAIR, Theme
from ui.widgets.pdf_pages import PdfPages

LARGEUR, PAGE = "largeur", "page"
PALIERS = (50, 75, 100, 125, 150, 200, 300)
"""Sizes of the paper in percent; 100 is that of the printed sheet."""
_POINT = 96 / 72
_MARGE = 12
_DEFILEMENT_MAX = 2**30
"""What a scroll bar can count; a document with thousands of endless pages would go beyond."""
_FAUTIVE = "Cette page est abîmée, ou demande trop de temps : elle ne peut pas être montrée."


class PdfCanvas(QAbstractScrollArea):
    """Draws the pages in view. ``zoom`` is LARGEUR, PAGE or a percentage as text."""

    page_changed = Signal(int)
    zoom_asked = Signal(str)
    search_asked = Signal()

    def __init__(self, theme: Theme, pages: PdfPages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pages = pages
        self._zoom = LARGEUR
        self._places: list[QRectF] = []
        self._hits: dict[int, list[Hit]] = {}
        self._hit: Hit | None = None
        self._page = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName("Pages du document")
        self.verticalScrollBar().setAccessibleName("Défilement vertical")
        self.horizontalScrollBar().setAccessibleName("Défilement horizontal")
        pages.drawn.connect(self._drawn)
        theme.changed.connect(self.viewport().update)

    # --- what is shown ------------------------------------------------------------------------------------

    @property
    def page(self) -> int:
        """The page in view, from 0."""
        return self._page

    @property
    def zoom(self) -> str:
        """LARGEUR, PAGE or a percentage."""
        return self._zoom

    def set_zoom(self, zoom: str) -> None:
        """Change the size of the paper; what was in view stays there."""
        self._zoom = zoom
        self.lay_out()

    def restart(self) -> None:
        """Show another document from its beginning."""
        self._places = []
        self._page = 0
        self.lay_out()
        self.verticalScrollBar().setValue(0)
        self.horizontalScrollBar().setValue(0)
        self.page_changed.emit(0)

    def lay_out(self) -> None:
        """Place the sheets again; what was in view stays there."""
        page, part = self._place()
        gauche = self.horizontalScrollBar().value() / max(1, self.horizontalScrollBar().maximum())
        self._places = self._sheets()
        hauteur = self._places[-1].bottom() + _MARGE if self._places else 0.0
        largeur = max((p.right() for p in self._places), default=0.0) + _MARGE
        vue = self.viewport().size()
        for barre, long, pas in (
            (self.verticalScrollBar(), hauteur, vue.height()),
            (self.horizontalScrollBar(), largeur, vue.width()),
        ):
            barre.setPageStep(pas)
            barre.setSingleStep(3 * self.fontMetrics().height())
            barre.setRange(0, max(0, min(_DEFILEMENT_MAX, round(long - pas))))
        self.horizontalScrollBar().setValue(round(gauche * self.horizontalScrollBar().maximum()))
        if page < len(self._places):
            cible = self._places[page]
            self.verticalScrollBar().setValue(round(cible.top() + part * cible.height()))
        self._moved()

    def set_hits(self, hits: Sequence[Hit], current: Hit | None) -> None:
        """Show where a text was found; *current* has an edge and comes into view."""
        self._hits = {}
        for hit in hits:
            self._hits.setdefault(hit.page, []).append(hit)
        if current is not None and current != self._hit:
            self._bring(current)
        self._hit = current
        self.viewport().update()

    def go_to(self, page: int) -> None:
        """Bring the top of a page into view."""
        if self._places:
            page = max(0, min(page, len(self._places) - 1))
            self.verticalScrollBar().setValue(round(self._places[page].top() - _MARGE))

    def step_zoom(self, sens: int) -> str:
        """Return the size after (1) or before (-1) that of now."""
        actuel = round(self._scale() / _POINT * 100)
        suivants = [p for p in PALIERS if (p - actuel) * sens > 0]
        if not suivants:
            return str(PALIERS[-1] if sens > 0 else PALIERS[0])
        return str(suivants[0] if sens > 0 else suivants[-1])

    # --- geometry -----------------------------------------------------------------------------------------

    def _scale(self) -> float:
        tailles = self._pages.sizes
        if not tailles:
            return _POINT
        place = self.viewport().size()
        en_largeur = max(0.05, (place.width() - 2 * _MARGE) / max(t[0] for t in tailles))
        if self._zoom == LARGEUR:
            return en_largeur
        if self._zoom == PAGE:
            return min(en_largeur, max(0.05, (place.height() - 2 * _MARGE) / max(t[1] for t in tailles)))
        return int(self._zoom) / 100 * _POINT

    def _sheets(self) -> list[QRectF]:
        echelle = self._scale()
        large = max((t[0] for t in self._pages.sizes), default=0.0) * echelle
        milieu = max(float(self.viewport().width()), large + 2 * _MARGE) / 2
        haut = float(_MARGE)
        feuilles = []
        for largeur, hauteur in self._pages.sizes:
            taille = (round(largeur * echelle), round(hauteur * echelle))
            feuilles.append(QRectF(round(milieu - taille[0] / 2), haut, *taille))
            haut += taille[1] + _MARGE
        return feuilles

    def _place(self) -> tuple[int, float]:
        """Return the page at the top of the view, and which part of it is above."""
        if not self._places:
            return 0, -1.0
        haut = self.verticalScrollBar().value()
        page = max(0, bisect_right([p.top() for p in self._places], haut + _MARGE) - 1)
        return page, (haut - self._places[page].top()) / self._places[page].height()

    def _in_view(self) -> list[int]:
        haut, bas = self.verticalScrollBar().value(), self.verticalScrollBar().value() + self.viewport().height()
        return [i for i, p in enumerate(self._places) if p.bottom() >= haut and p.top() <= bas]

    def _bring(self, hit: Hit) -> None:
        if hit.page >= len(self._places) or not hit.zones:
            return
        feuille = self._places[hit.page]
        gauche, haut, droite, bas = hit.zones[0]
        for barre, debut, fin in (
            (
                self.verticalScrollBar(),
                feuille.top() + haut * feuille.height(),
                feuille.top() + bas * feuille.height(),
            ),
            (
                self.horizontalScrollBar(),
                feuille.left() + gauche * feuille.width(),
                feuille.left() + droite * feuille.width(),
            ),
        ):
            if debut < barre.value() + _MARGE or fin > barre.value() + barre.pageStep() - _MARGE:
                barre.setValue(round((debut + fin - barre.pageStep()) / 2))

    def _pixels(self, page: int) -> int:
        return max(1, round(self._places[page].width() * self.devicePixelRatioF()))

    def _moved(self) -> None:
        """Ask for the pages in view, then for their neighbours; tell the page."""
        vues = self._in_view()
        milieu = self.verticalScrollBar().value() + self.viewport().height() / 3
        page = max(0, bisect_right([p.top() for p in self._places], milieu) - 1)
        vues.sort(key=lambda i: abs(i - page))
        voisines = [i for i in (page + 1, page - 1) if 0 <= i < len(self._places) and i not in vues]
        if self.isVisible():
            self._pages.want([(i, self._pixels(i)) for i in [*vues, *voisines]])
        self.viewport().update()
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)

    def _drawn(self, page: int) -> None:
        if page in self._in_view():
            self.viewport().update()

    # --- Qt -----------------------------------------------------------------------------------------------

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: ARG002, N802 Qt
        """Follow the bars."""
        self._moved()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 Qt
        """Place the sheets for the new size."""
        super().resizeEvent(event)
        self.lay_out()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 Qt
        """Show the ring."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 Qt
        """Hide the ring."""
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt
        """Scroll, zoom with + - 0, go to the first page, the last one, or look for a text."""
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

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 Qt
        """Paint the sheets in view."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(self._theme.couleurs.piste))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        decalage = QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        for page in self._in_view():
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
            cadre = feuille.intersected(QRectF(self.viewport().rect())).adjusted(_MARGE, _MARGE, -_MARGE, -_MARGE)
            painter.drawText(cadre, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, _FAUTIVE)
        for hit in self._hits.get(page, ()):
            self._paint_hit(painter, hit, feuille)
        painter.setPen(QPen(QColor(self._theme.couleurs.ligne), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(feuille.adjusted(-0.5, -0.5, 0.5, 0.5))

    def _paint_hit(self, painter: QPainter, hit: Hit, feuille: QRectF) -> None:
        """Mark a hit as a felt pen does; the colours are those of the light theme, as the paper is white."""
        for gauche, haut, droite, bas in hit.zones:
            zone = QRectF(
                feuille.left() + gauche * feuille.width(),
                feuille.top() + haut * feuille.height(),
                (droite - gauche) * feuille.width(),
                (bas - haut) * feuille.height(),
            ).adjusted(-1, -1, 1, 1)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
            painter.fillRect(zone, QColor(CLAIR.preuve))
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            if hit == self._hit:
                painter.setPen(QPen(QColor(CLAIR.preuve_bord), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(zone.adjusted(-1, -1, 1, 1))
