"""What is marked over the sheets: passages kept, the one that is chosen, the one that was just shown.

The colours are those of the light theme whatever the window's, as the paper is white.
"""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from o2r_desktop.evaluation.reponses import Zone
from ui.theme import CLAIR
from ui.widgets.selection import Marque

_PRISE = 0.004
"""How far from a passage, in parts of the page, a pointer is still on it."""


class Marques:
    """The passages kept of one document."""

    def __init__(self) -> None:
        self._marques: tuple[Marque, ...] = ()

    def set(self, marques: Sequence[Marque]) -> None:
        """Take other passages in place of those of now."""
        self._marques = tuple(marques)

    def at(self, page: int, x: float, y: float) -> int:
        """Return the rank of the passage under a point of a page, from 0; -1 when none is."""
        ici = [i for i, m in enumerate(self._marques) if m.page == page + 1 and _touche(m.zones, x, y)]
        return next((i for i in ici if self._marques[i].courante), ici[0] if ici else -1)

    def names_at(self, page: int, x: float, y: float) -> str:
        """Return the names of the passages under a point, one a line."""
        ici = (m.nom for m in self._marques if m.page == page + 1 and _touche(m.zones, x, y))
        return "\n".join(dict.fromkeys(ici))

    def names_on(self, page: int) -> Sequence[str]:
        """Return the names of the passages of a page, for screen readers."""
        return list(dict.fromkeys(m.nom for m in self._marques if m.page == page + 1))

    def paint(self, painter: QPainter, page: int, feuille: QRectF) -> None:
        """Mark the passages of a page; the current ones have a thick edge."""
        for marque in self._marques:
            if marque.page == page + 1:
                paint_passage(painter, marque.zones, feuille, bord=2.5 if marque.courante else 1)


def paint_passage(painter: QPainter, zones: Sequence[Zone], feuille: QRectF, *, bord: float = 0) -> None:
    """Mark rectangles of a page as a felt pen does, with an edge of so many pixels."""
    for zone in zones:
        rect = place_of(zone, feuille).adjusted(-1, -1, 1, 1)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.fillRect(rect, QColor(CLAIR.preuve))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        if bord:
            painter.setPen(QPen(QColor(CLAIR.preuve_bord), bord))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(-1, -1, 1, 1))


def place_of(zone: Zone, feuille: QRectF) -> QRectF:
    """Return where a rectangle of a page is on its sheet."""
    gauche, haut, droite, bas = zone
    return QRectF(
        feuille.left() + gauche * feuille.width(),
        feuille.top() + haut * feuille.height(),
        (droite - gauche) * feuille.width(),
        (bas - haut) * feuille.height(),
    )


def _touche(zones: Sequence[Zone], x: float, y: float) -> bool:
    return any(
        gauche - _PRISE <= x <= droite + _PRISE and haut - _PRISE <= y <= bas + _PRISE
        for gauche, haut, droite, bas in zones
    )
