"""The one place that opens a message box; tests put a recorder in its place."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from o2r_desktop.errors import CancelledError, O2rError


class Alerts:
    """Tells and asks, over the window that is in front."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.parent = parent

    def inform(self, titre: str, texte: str) -> None:
        """Tell something that went well."""
        self._boite(QMessageBox.Icon.Information, titre, texte).exec()

    def warn(self, titre: str, texte: str) -> None:
        """Tell something to be careful about."""
        self._boite(QMessageBox.Icon.Warning, titre, texte).exec()

    def ask(self, titre: str, texte: str, *, oui: str, non: str = "Annuler", danger: bool = False) -> bool:
        """Ask for a decision between two named acts; Escape is *non*, which is the default when in danger."""
        boite = self._boite(QMessageBox.Icon.Question, titre, texte)
        accepter = QPushButton(oui, boite)
        refuser = QPushButton(non, boite)
        boite.addButton(accepter, QMessageBox.ButtonRole.AcceptRole)
        boite.addButton(refuser, QMessageBox.ButtonRole.RejectRole)
        boite.setDefaultButton(refuser if danger else accepter)
        boite.setEscapeButton(refuser)
        boite.exec()
        return boite.clickedButton() is accepter

    def show_error(self, erreur: O2rError) -> None:
        """Tell a failure the user can act on; a cancel says nothing."""
        if not isinstance(erreur, CancelledError):
            self._boite(QMessageBox.Icon.Warning, "O2R Desktop", str(erreur)).exec()

    def _boite(self, icone: QMessageBox.Icon, titre: str, texte: str) -> QMessageBox:
        boite = QMessageBox(icone, titre, texte, QMessageBox.StandardButton.NoButton, self.parent)
        boite.setTextFormat(Qt.TextFormat.PlainText)
        boite.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        return boite
