"""What the dossier page expects of each tab of its centre."""

from PySide6.QtWidgets import QWidget

from o2r_desktop.operations import DossierComplet
from ui.services import Services


class Volet(QWidget):
    """One tab of the centre: given a dossier, told when its evaluation changes."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services

    def show_dossier(self, complet: DossierComplet) -> None:
        """Show another dossier, from its beginning."""
        raise NotImplementedError

    def update_dossier(self, complet: DossierComplet) -> None:
        """Show the same dossier, whose evaluation changed; what is being typed stays."""

    def leave(self) -> bool:
        """Write what is being typed; return False when it did not reach the disk."""
        return True

    def focus_first(self) -> None:
        """Put the focus where work starts (F6)."""
        self.setFocus()
