"""What the strokes and the tints of the map mean, each beside a sample painted as on the map."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets.base import fill, label, row
from ui.widgets.carte import Marque, ground, hatching, shade, stake_pen
from ui.widgets.flux import Flow


class Echantillon(QWidget):
    """A small square painted as a place that bears a mark, None for a place with other dossiers."""

    def __init__(self, theme: Theme, marque: Marque | None) -> None:
        super().__init__()
        self._theme, self._marque = theme, marque
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802 Qt
        """Return the height of a line."""
        cote = self.fontMetrics().height()
        return QSize(round(cote * 1.5), cote)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 Qt
        """Paint what the map paints."""
        painter, couleurs = QPainter(self), self._theme.couleurs
        cadre = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        painter.fillRect(cadre, shade(couleurs, 1.0) if self._marque is None else ground(couleurs, self._marque))
        traits = hatching(couleurs, self._marque) if self._marque is not None else None
        if traits is not None:
            painter.fillRect(cadre, traits)
        enjeux = self._marque is Marque.ENJEUX
        painter.setPen(stake_pen(couleurs) if enjeux else QPen(QColor(couleurs.secondaire), 1))
        painter.drawRect(cadre)


class Legende(QWidget):
    """The samples with their words; that of other dossiers is there when their number is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        flux = Flow(self, espace=14)
        for marque in Marque:
            flux.addWidget(_entry(Echantillon(theme, marque), marque.value))
        self.nombre = _entry(Echantillon(theme, None), "(n) autres dossiers")
        flux.addWidget(self.nombre)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_counts(self, *, montres: bool) -> None:
        """Explain the counts or not."""
        self.nombre.setVisible(montres)


def _entry(echantillon: Echantillon, mots: str) -> QWidget:
    entree = QWidget()
    ligne = row(echantillon, label(mots, "secondaire"), espace=6)
    fill(ligne)
    entree.setLayout(ligne)
    return entree
