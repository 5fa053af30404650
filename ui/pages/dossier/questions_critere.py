"""The questions of one critere, in its pane: ask one, see what became of the others."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from o2r_desktop.operations import DossierComplet
from ui.services import Services


class QuestionsCritere(QWidget):
    """Asks at once: each change is written as it is made. Hidden while there is nothing to show."""

    questions_requested = Signal()
    """The tab of the questions is wanted."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services
        self.hide()

    def show_critere(self, complet: DossierComplet, critere_id: str, *, modifiable: bool) -> None:
        """Show the questions asked about a critere."""

    def ask(self) -> None:
        """Open the field where a question is written, and put the focus there (?)."""

    @property
    def dirty(self) -> bool:
        """Whether something typed is not written."""
        return False

    def flush(self) -> None:
        """Write what is typed."""
