"""The bars over the sheets of a PDF: small buttons, the field of the search."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.widgets.base import button, fill
from ui.widgets.flux import Flow


class SearchField(QLineEdit):
    """Entrée and Maj+Entrée go from hit to hit, Échap leaves."""

    next_asked = Signal(int)
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt
        """Take the three keys, leave the others."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.next_asked.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def tool(signe: str, nom: str, faire: Callable[[], object]) -> QPushButton:
    """Return a button that is a sign; its name is its tooltip."""
    bouton = button(signe, faire, role="discret", nom=nom)
    bouton.setToolTip(nom)
    return bouton


def group(*parties: QWidget) -> QWidget:
    """Return parts that stay side by side."""
    groupe = QWidget()
    fill(QHBoxLayout(groupe), *parties, espace=2)
    return groupe


def bar(*parties: QWidget) -> QFrame:
    """Return a line of parts that goes on below when there is no room."""
    barre = QFrame()
    barre.setProperty("role", "outils")
    ligne = Flow(espace=8)
    for partie in parties:
        ligne.addWidget(partie)
    tour = QVBoxLayout(barre)
    tour.setContentsMargins(12, 4, 12, 4)
    tour.addLayout(ligne)
    return barre
