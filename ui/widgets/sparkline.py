"""A small line of values from the oldest to the last: what goes up, what goes down, without an axis."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF

from o2r_desktop.text import NBSP, NNBSP, nombre
from ui.theme import Theme
from ui.widgets.delegates import CellDelegate, Role

Valeurs = Sequence[Decimal | None]
ROLE_SERIE = int(Role.SUITE) + 10
"""Role of a model that gives the values of a line."""
_POINT = 2.5


def points(valeurs: Valeurs, rect: QRectF) -> list[QPointF | None]:
    """Return where each value stands in *rect*, None where it is unknown; a flat line is in the middle."""
    connues = [float(v) for v in valeurs if v is not None]
    if not connues:
        return [None] * len(valeurs)
    bas, haut = min(connues), max(connues)
    pas = rect.width() / max(1, len(valeurs) - 1)
    ecart = haut - bas

    def y(valeur: Decimal) -> float:
        return rect.center().y() if not ecart else rect.bottom() - (float(valeur) - bas) / ecart * rect.height()

    return [None if v is None else QPointF(rect.left() + rang * pas, y(v)) for rang, v in enumerate(valeurs)]


def paint_sparkline(painter: QPainter, rect: QRectF, valeurs: Valeurs, theme: Theme) -> None:
    """Paint the line, broken where a value is unknown, a thin line at zero when it is crossed, the last point."""
    zone = rect.adjusted(_POINT + 1, _POINT + 2, -_POINT - 1, -_POINT - 2)
    places = points(valeurs, zone)
    connues = [v for v in valeurs if v is not None]
    if not connues:
        return
    c = theme.couleurs
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if min(connues) < 0 < max(connues):
        etendue = float(max(connues) - min(connues))
        zero = zone.bottom() + float(min(connues)) / etendue * zone.height()
        painter.setPen(QPen(QColor(c.ligne), 1))
        painter.drawLine(QPointF(zone.left(), zero), QPointF(zone.right(), zero))
    painter.setPen(QPen(QColor(c.secondaire), 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    for un, deux in pairwise(places):
        if un is not None and deux is not None:
            painter.drawPolyline(QPolygonF([un, deux]))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(c.action))
    dernier = places[-1]
    for place in places:
        if place is not None and (place is dernier or connues == [connues[0]]):
            painter.drawEllipse(place, _POINT, _POINT)
    painter.restore()


def sparkline_dite(annees: Sequence[int], valeurs: Valeurs, unite: str) -> str:
    """Return the line in words: «2022 : 12,5 % ; 2023 : inconnu ; 2024 : 14 %»."""
    suite = f"{NNBSP}%" if unite == "%" else f"{NBSP}{unite}" if unite else ""
    return f"{NNBSP}; ".join(
        f"{annee}{NBSP}: " + ("inconnu" if v is None else f"{nombre(v, 0 if unite == '€' else 1)}{suite}")
        for annee, v in zip(annees, valeurs, strict=True)
    )


class SparklineDelegate(CellDelegate):
    """Paints the values that the model gives under ``ROLE_SERIE``; its words are those of the cell."""

    def _paint_content(
        self, painter: QPainter, zone: QRect, police: QFont, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        valeurs = index.data(ROLE_SERIE)
        if isinstance(valeurs, (list, tuple)) and sum(v is not None for v in valeurs) > 1:
            paint_sparkline(painter, QRectF(zone), valeurs, self.theme)
        else:
            self._paint_words(painter, zone, police, "—", droite=False)
