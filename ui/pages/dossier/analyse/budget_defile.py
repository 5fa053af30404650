"""Cards under one another that scroll: as high as their words need in the width there is."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget

from ui.widgets.base import fill


class _Corps(QWidget):
    """Qt would make it as high as its words need in the narrowest width, most of it blank."""

    def minimumSizeHint(self) -> QSize:  # noqa: N802 Qt
        """Return the least width; the height follows the width."""
        return QSize(super().minimumSizeHint().width(), 0)


class Defile(QScrollArea):
    """Scrolls up and down only."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_parts(self, *parties: QWidget | QLayout | int) -> QVBoxLayout:
        """Put parts under one another, a number is a stretch; return what holds them."""
        corps = _Corps()
        colonne = QVBoxLayout(corps)
        fill(colonne, *parties, marge=12, espace=12)
        self.setWidget(corps)
        return colonne
