"""The sheets of a PDF one under the other: where each one is, how large, which one is in view."""

from bisect import bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from o2r_desktop.evaluation.reponses import Zone
from ui.widgets.pdf_marques import place_of
from ui.widgets.pdf_pages import PdfPages

LARGEUR, PAGE = "largeur", "page"
PALIERS = (50, 75, 100, 125, 150, 200, 300)
"""Sizes of the paper in percent; 100 is that of the printed sheet."""
_POINT = 96 / 72
MARGE = 12
_DEFILEMENT_MAX = 2**30
"""What a scroll bar can count; a document with thousands of endless pages would go beyond."""


class PdfSheets(QAbstractScrollArea):
    """Places the pages and asks for those in view. ``zoom`` is LARGEUR, PAGE or a percentage as text."""

    page_changed = Signal(int)

    def __init__(self, pages: PdfPages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages = pages
        self._zoom = LARGEUR
        self._places: list[QRectF] = []
        self._page = 0
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().setAccessibleName("Défilement vertical")
        self.horizontalScrollBar().setAccessibleName("Défilement horizontal")

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
        hauteur = self._places[-1].bottom() + MARGE if self._places else 0.0
        largeur = max((p.right() for p in self._places), default=0.0) + MARGE
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

    def go_to(self, page: int) -> None:
        """Bring the top of a page into view."""
        if self._places:
            page = max(0, min(page, len(self._places) - 1))
            self.verticalScrollBar().setValue(round(self._places[page].top() - MARGE))

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
        en_largeur = max(0.05, (place.width() - 2 * MARGE) / max(t[0] for t in tailles))
        if self._zoom == LARGEUR:
            return en_largeur
        if self._zoom == PAGE:
            return min(en_largeur, max(0.05, (place.height() - 2 * MARGE) / max(t[1] for t in tailles)))
        return int(self._zoom) / 100 * _POINT

    def _sheets(self) -> list[QRectF]:
        echelle = self._scale()
        large = max((t[0] for t in self._pages.sizes), default=0.0) * echelle
        milieu = max(float(self.viewport().width()), large + 2 * MARGE) / 2
        haut = float(MARGE)
        feuilles = []
        for largeur, hauteur in self._pages.sizes:
            taille = (round(largeur * echelle), round(hauteur * echelle))
            feuilles.append(QRectF(round(milieu - taille[0] / 2), haut, *taille))
            haut += taille[1] + MARGE
        return feuilles

    def _place(self) -> tuple[int, float]:
        """Return the page at the top of the view, and which part of it is above."""
        if not self._places:
            return 0, -1.0
        haut = self.verticalScrollBar().value()
        page = max(0, bisect_right([p.top() for p in self._places], haut + MARGE) - 1)
        return page, (haut - self._places[page].top()) / self._places[page].height()

    def in_view(self) -> list[int]:
        """Return the pages of which something is in view, from 0."""
        haut, bas = self.verticalScrollBar().value(), self.verticalScrollBar().value() + self.viewport().height()
        return [i for i, p in enumerate(self._places) if p.bottom() >= haut and p.top() <= bas]

    def seen(self) -> list[int]:
        """Return the pages, from 0, of which half, or half the view, can be seen."""
        haut, long = self.verticalScrollBar().value(), self.viewport().height()
        vues = []
        for page in self.in_view():
            feuille = self._places[page]
            visible = min(feuille.bottom(), haut + long) - max(feuille.top(), haut)
            if visible >= min(feuille.height(), long) / 2:
                vues.append(page)
        return vues

    def bring(self, page: int, zones: Sequence[Zone]) -> None:
        """Bring rectangles of a page, from 0, into view: the first one when all of them do not fit."""
        if not 0 <= page < len(self._places) or not zones:
            return
        premiere, tout = place_of(zones[0], self._places[page]), QRectF()
        for zone in zones:
            tout = tout.united(place_of(zone, self._places[page]))
        for barre, debut, fin, loin in (
            (self.verticalScrollBar(), premiere.top(), premiere.bottom(), tout.bottom()),
            (self.horizontalScrollBar(), premiere.left(), premiere.right(), tout.right()),
        ):
            bout = loin if loin - debut < barre.pageStep() - 2 * MARGE else fin
            if debut < barre.value() + MARGE or bout > barre.value() + barre.pageStep() - MARGE:
                barre.setValue(round((debut + bout - barre.pageStep()) / 2))

    def locate(self, point: QPointF, page: int = -1) -> tuple[int, float, float] | None:
        """Return the page under a point and where on it; on *page*, kept within it, when one is named."""
        ici = point + self._offset()
        if page < 0:
            page = next((i for i in self.in_view() if self._places[i].contains(ici)), -1)
        if not 0 <= page < len(self._places):
            return None
        feuille = self._places[page]
        x, y = (ici.x() - feuille.left()) / feuille.width(), (ici.y() - feuille.top()) / feuille.height()
        return page, min(1.0, max(0.0, x)), min(1.0, max(0.0, y))

    def top_of(self, page: int) -> float:
        """Return which part of a page is above the view."""
        feuille = self._places[page]
        return (self.verticalScrollBar().value() - feuille.top()) / feuille.height()

    def _offset(self) -> QPointF:
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _pixels(self, page: int) -> int:
        return max(1, round(self._places[page].width() * self.devicePixelRatioF()))

    def _moved(self) -> None:
        """Ask for the pages in view, then for their neighbours; tell the page."""
        vues = self.in_view()
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

    # --- Qt -----------------------------------------------------------------------------------------------

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: ARG002, N802 Qt
        """Follow the bars."""
        self._moved()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 Qt
        """Place the sheets for the new size."""
        super().resizeEvent(event)
        self.lay_out()
