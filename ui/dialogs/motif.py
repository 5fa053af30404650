"""A reason, asked before an act that the journal keeps."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from o2r_desktop.text import printable
from ui.widgets.base import button, fill, key_text, label, restyle, row

_VALIDER = "Ctrl+Return"


class MotifDialog(QDialog):
    """Asks for a motif; an empty one is refused where it is typed. Show it with ``open``."""

    given = Signal(str)

    def __init__(self, titre: str, phrase: str, *, oui: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(titre)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.champ = QPlainTextEdit()
        self.champ.setAccessibleName("Motif")
        self.champ.setTabChangesFocus(True)
        self.champ.textChanged.connect(self._typed)
        nom = label("&Motif")
        nom.setBuddy(self.champ)
        self.refus = label("Écrivez le motif : il est gardé au journal.", "faute", wrap=True)
        self.refus.hide()
        self.valider = button(oui, self.accept, role="principal", touche=key_text(_VALIDER))
        self.valider.setDefault(True)
        annuler = button("Annuler", self.reject, touche="Échap")
        for touche in (_VALIDER, "Ctrl+Enter"):
            QShortcut(QKeySequence(touche), self, self.accept)
        phrase_dite = label(phrase, wrap=True)
        fill(QVBoxLayout(self), phrase_dite, nom, self.champ, self.refus, row(1, annuler, self.valider), marge=16)
        mesures = self.fontMetrics()
        self.setMinimumWidth(mesures.averageCharWidth() * 56)
        self.champ.setMinimumHeight(mesures.lineSpacing() * 4)
        self.champ.setFocus()

    def accept(self) -> None:
        """Give the motif; stay open while it is empty."""
        motif = printable(self.champ.document().toRawText().replace("\u2029", "\n")).strip()
        if not motif:
            self._mark(faute=True)
            self.champ.setFocus()
            return
        self.given.emit(motif)
        super().accept()

    def _typed(self) -> None:
        if self.refus.isVisible():
            self._mark(faute=False)

    def _mark(self, *, faute: bool) -> None:
        self.refus.setVisible(faute)
        self.champ.setAccessibleDescription(self.refus.text() if faute else "")
        self.champ.setProperty("faute", faute)
        restyle(self.champ)
