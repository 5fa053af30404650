"""Icons: one open set of SVG (resources/icons), tinted when they are painted, sharp at any size."""

from functools import cached_property

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from o2r_desktop.resources import resource


class _Moteur(QIconEngine):
    """Paints one SVG in one colour; a disabled icon is paler."""

    def __init__(self, nom: str, couleur: QColor) -> None:
        super().__init__()
        self._nom = nom
        self._couleur = couleur
        self._fichier = resource("icons", f"{nom}.svg")

    @cached_property
    def _dessin(self) -> QSvgRenderer:
        """The drawing, read when it is first painted: most icons are in menus that nobody has opened yet."""
        svg = self._fichier.read_text("utf-8").replace("currentColor", self._couleur.name())
        return QSvgRenderer(QByteArray(svg.encode()))

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:  # noqa: ARG002 Qt
        """Paint the icon inside *rect*."""
        cote = min(rect.width(), rect.height())
        carre = QRectF(0, 0, cote, cote)
        carre.moveCenter(QRectF(rect).center())
        painter.setOpacity(0.45 if mode == QIcon.Mode.Disabled else 1.0)
        self._dessin.render(painter, carre)
        painter.setOpacity(1.0)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the icon as a picture."""
        image = QPixmap(size)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return image

    def clone(self) -> QIconEngine:
        """Return another engine for the same icon."""
        return _Moteur(self._nom, self._couleur)


def icone(nom: str, couleur: QColor) -> QIcon:
    """Return the icon *nom* in *couleur*; raises FileNotFoundError when there is none of that name."""
    if not resource("icons", f"{nom}.svg").is_file():
        raise FileNotFoundError(nom)
    return QIcon(_Moteur(nom, couleur))
