"""The outlines of a map as painter's paths: in the unit of the map, then at the size of the widget."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPolygonF, QTransform

from o2r_desktop.analyse.territoire.carte import Anneau, Contour

DIRECTIONS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_MARGE_PX = 6


@dataclass(frozen=True, slots=True)
class Forme:
    """A place as it is painted; ``centre`` lies in the middle of its largest ring."""

    code: str
    nom: str
    trace: QPainterPath
    centre: QPointF

    def placed(self, transformation: QTransform) -> "Forme":
        """Return the place elsewhere, at another size."""
        return Forme(self.code, self.nom, transformation.map(self.trace), transformation.map(self.centre))


def shapes(contours: Iterable[Contour]) -> dict[str, Forme]:
    """Return the places by code; those without any ring are left out."""
    return {c.code: _shape(c) for c in contours if any(len(a) > 2 for a in c.anneaux)}


def _shape(contour: Contour) -> Forme:
    trace = QPainterPath()
    trace.setFillRule(Qt.FillRule.OddEvenFill)
    for anneau in contour.anneaux:
        trace.addPolygon(QPolygonF([QPointF(x, y) for x, y in anneau]))
        trace.closeSubpath()
    plus_grand = max(contour.anneaux, key=lambda a: abs(_area(a)))
    return Forme(contour.code, contour.nom, trace, _centre(plus_grand))


def _area(anneau: Anneau) -> float:
    return sum(_crosses(anneau)) / 2


def _crosses(anneau: Anneau) -> list[float]:
    suite = (*anneau[1:], anneau[0])
    return [x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(anneau, suite, strict=True)]


def _centre(anneau: Anneau) -> QPointF:
    croix = _crosses(anneau)
    total = sum(croix) * 3
    if not total:
        return QPointF(*anneau[0])
    suite = (*anneau[1:], anneau[0])
    couples = list(zip(anneau, suite, croix, strict=True))
    x = sum((a[0] + b[0]) * c for a, b, c in couples) / total
    y = sum((a[1] + b[1]) * c for a, b, c in couples) / total
    return QPointF(x, y)


def fitted(boite: QRectF, largeur: float, hauteur: float) -> QTransform:
    """Return what puts *boite*, in the unit of the map, in the middle of a widget of that size."""
    large, haut = max(1.0, largeur - 2 * _MARGE_PX), max(1.0, hauteur - 2 * _MARGE_PX)
    echelle = min(large / max(boite.width(), 1e-6), haut / max(boite.height(), 1e-6))
    transformation = QTransform()
    transformation.translate(largeur / 2, hauteur / 2)
    transformation.scale(echelle, echelle)
    transformation.translate(-boite.center().x(), -boite.center().y())
    return transformation


def neighbour(formes: Mapping[str, Forme], depuis: str, vers: tuple[int, int]) -> str:
    """Return the nearest place in a direction (one step right, left, down or up), *depuis* when there is none."""
    ici = formes[depuis].centre
    trouvees: list[tuple[float, str]] = []
    for code, forme in formes.items():
        dx, dy = forme.centre.x() - ici.x(), forme.centre.y() - ici.y()
        devant, cote = dx * vers[0] + dy * vers[1], abs(dx * vers[1]) + abs(dy * vers[0])
        if code != depuis and devant > 0:
            oblique = cote > devant  # what lies mostly aside comes after what lies ahead
            trouvees.append((devant + 2 * cote + (1e6 if oblique else 0), code))
    return min(trouvees)[1] if trouvees else depuis


def at(formes: Sequence[Forme], point: QPointF) -> Forme | None:
    """Return the place under a point, None outside."""
    return next((f for f in formes if f.trace.contains(point)), None)
