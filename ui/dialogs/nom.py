"""A name, asked in one line: of a view, of an instructeur, of a label."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from ui.widgets.base import button, fill, label, restyle, row


class NomDialog(QDialog):
    """Asks for a name; one that *refuser* has something to say about is refused where it is typed."""

    given = Signal(str)

    def __init__(
        self,
        titre: str,
        nom: str,
        *,
        oui: str,
        refuser: Callable[[str], str],
        valeur: str = "",
        aide: str = "",
        longueur: int = 60,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(titre)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._refuser = refuser
        self.champ = QLineEdit(valeur)
        self.champ.setMaxLength(longueur)
        self.champ.setAccessibleName(nom.replace("&", ""))
        self.champ.textEdited.connect(lambda *_: self._mark(""))
        intitule = label(nom)
        intitule.setBuddy(self.champ)
        self.refus = label("", "faute", wrap=True)
        self.refus.hide()
        phrase = label(aide, "secondaire", wrap=True)
        phrase.setVisible(bool(aide))
        self.valider = button(oui, self.accept, role="principal", touche="Entrée")
        self.valider.setDefault(True)
        annuler = button("Annuler", self.reject, touche="Échap")
        boutons = row(1, annuler, self.valider)
        fill(QVBoxLayout(self), intitule, self.champ, self.refus, phrase, boutons, marge=16)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 56)
        self.champ.selectAll()
        self.champ.setFocus()

    def accept(self) -> None:
        """Give the name; stay open while it is refused."""
        nom = " ".join(self.champ.text().split())
        if refus := self._refuser(nom):
            self._mark(refus)
            self.champ.setFocus()
            return
        self.given.emit(nom)
        super().accept()

    def _mark(self, refus: str) -> None:
        self.refus.setText(f"⚠ {refus}" if refus else "")
        self.refus.setVisible(bool(refus))
        self.champ.setAccessibleDescription(refus)
        self.champ.setProperty("faute", bool(refus))
        restyle(self.champ)
