"""The foot of the pane of a critere: what it says, the way to the others."""

from collections.abc import Callable

from PySide6.QtGui import QAccessible, QAccessibleEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from o2r_desktop.text import NBSP
from ui.widgets.base import button, fill, key_text, label
from ui.widgets.flux import Flow

MARGE = 16
VALIDER = ("Ctrl+Return", "Ctrl+Enter")
PRECEDENT, SUIVANT = "\u2039", "\u203a"


class BarreCritere(QWidget):
    """What stays at the foot of the pane: a message, previous, next, validate."""

    def __init__(self, aller: Callable[[str], object], valider: Callable[[], object]) -> None:
        super().__init__()
        self._avant = self._apres = ""
        self.message = label("", wrap=True)
        self.message.hide()
        self.precedent = button(PRECEDENT, lambda: aller(self._avant))
        self.suivant = button(SUIVANT, lambda: aller(self._apres))
        self.valider = QPushButton()
        self.valider.setProperty("role", "principal")
        self.valider.setAccessibleName("Valider et suivant")
        self.valider.clicked.connect(lambda *_: valider())
        corps = QVBoxLayout(self)
        boutons = Flow(espace=8, ligne=8, dernier_a_droite=True)
        for bouton in (self.precedent, self.suivant, self.valider):
            boutons.addWidget(bouton)
        fill(corps, self.message, boutons, espace=8)
        corps.setContentsMargins(MARGE, 10, MARGE, 10)

    def show_place(self, avant: str, apres: str, *, modifiable: bool) -> None:
        """Name the neighbours of the critere in view."""
        self._avant, self._apres = avant, apres
        for bouton, critere_id, mots, nom in (
            (self.precedent, avant, f"{PRECEDENT} {avant}", "Critère précédent"),
            (self.suivant, apres, f"{apres} {SUIVANT}", "Critère suivant"),
        ):
            bouton.setText(mots.strip())
            bouton.setEnabled(bool(critere_id))
            bouton.setAccessibleName(f"{nom}{NBSP}: {critere_id}" if critere_id else nom)
        self._fit()
        self.say("")
        self.set_modifiable(modifiable)

    def set_modifiable(self, modifiable: bool) -> None:
        """Let the answer be validated, or not."""
        self.valider.setEnabled(modifiable)

    def say(self, texte: str) -> None:
        """Show a message, aloud for a screen reader; an empty one goes away."""
        self.message.setText(texte)
        self.message.setVisible(bool(texte))
        if texte:
            QAccessible.updateAccessibility(QAccessibleEvent(self.message, QAccessible.Event.Alert))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 Qt
        """Put the key under the words when they do not fit on one line."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Write the words and the key; the bar may become as narrow as the words alone."""
        touche = key_text(VALIDER[0])
        self.valider.setMinimumWidth(0)
        self.valider.setText(f"Valider et suivant\n{touche}")
        mini = self.valider.sizeHint().width()
        self.valider.setText(f"Valider et suivant  {touche}")
        if self.valider.sizeHint().width() > self.contentsRect().width() - 2 * MARGE:
            self.valider.setText(f"Valider et suivant\n{touche}")
        self.valider.setMinimumWidth(mini)
