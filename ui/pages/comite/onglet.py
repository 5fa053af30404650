"""What the page of the committee expects of a tab."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ui.pages.comite.donnees import Donnees
from ui.services import Services
from ui.widgets.base import fill


class Onglet(QWidget):
    """One tab; ``show_donnees`` is called when it comes into view and each time something changes under it."""

    titre = ""

    def __init__(self, services: Services, donnees: Donnees) -> None:
        super().__init__()
        self.services = services
        self.donnees = donnees

    def show_donnees(self) -> None:
        """Show what is known now."""

    def leave(self) -> bool:
        """Write what is being typed; return False when it could not."""
        return True

    def focus_first(self) -> None:
        """Put the focus where work starts."""


def defilante(contenu: QWidget) -> QScrollArea:
    """Return an area that scrolls *contenu*, itself no stop of Tab."""
    zone = QScrollArea()
    zone.setWidgetResizable(True)
    zone.setFrameShape(QFrame.Shape.NoFrame)
    zone.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    zone.setWidget(contenu)
    return zone


def remplir_defilant(onglet: QWidget, construire: Callable[[QVBoxLayout], None]) -> None:
    """Fill a tab with an area that scrolls what *construire* puts in its column."""
    contenu = QWidget()
    construire(QVBoxLayout(contenu))
    fill(QVBoxLayout(onglet), defilante(contenu))
