"""The bar over a piece: which one, where it stands, then what it is beside what can be done with it."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.pages.dossier.entete import ElidedLabel
from ui.pages.dossier.pieces_choix import ChoixPiece
from ui.widgets.base import Pastille, fill
from ui.widgets.flux import Flow

_LETTRES = 26
"""Letters of the details that are worth a place beside the buttons; with less room they have their own line."""


class BarrePieces(QWidget):
    """Two lines, three once the text is large or the window narrow."""

    def __init__(self, choix: ChoixPiece, etat: Pastille, *gestes: QWidget) -> None:
        super().__init__()
        self.details = ElidedLabel("secondaire")
        self._gestes = QFrame()
        self._gestes.setProperty("role", "outils")
        flux, tete = Flow(self._gestes, espace=4), QHBoxLayout()
        for geste in gestes:
            flux.addWidget(geste)
        fill(tete, choix, etat, espace=12)
        tete.setStretch(0, 1)
        self._bas = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._bas.setSpacing(4)
        self._bas.addWidget(self.details, 1)
        self._bas.addWidget(self._gestes)
        fill(QVBoxLayout(self), tete, self._bas, espace=4)
        self.layout().setContentsMargins(12, 8, 12, 4)  # type: ignore[union-attr]

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 Qt
        """Put the details beside the buttons, or over them."""
        super().resizeEvent(event)
        self._turn()

    def event(self, event: QEvent) -> bool:
        """Look again once a button says something else."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._turn()
        return super().event(event)

    def _turn(self) -> None:
        besoin = self._gestes.sizeHint().width() + _LETTRES * self.fontMetrics().averageCharWidth()
        sens = QBoxLayout.Direction
        voulu = sens.LeftToRight if besoin <= self.contentsRect().width() else sens.TopToBottom
        if self._bas.direction() is not voulu:
            self._bas.setDirection(voulu)
