"""What surrounds the answer to a critere: its preuves, the foot of the pane."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from o2r_desktop.evaluation.reponses import Preuve
from o2r_desktop.text import NBSP
from ui.theme import Theme
from ui.widgets.base import button, fill, key_text, label
from ui.widgets.flux import Flow

MARGE = 16
VALIDER = ("Ctrl+Return", "Ctrl+Enter")
PRECEDENT, SUIVANT = "\u2039", "\u203a"
_COUPE = "\u200b"


class _Puce(QLabel):
    """A place in the dossier, in a frame of the colour of evidence."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setContentsMargins(8, 3, 8, 3)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 Qt
        """Paint the frame under the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(self._theme.couleurs.carte))
        painter.setPen(QPen(QColor(self._theme.couleurs.preuve_bord), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.end()
        super().paintEvent(event)


class PreuvesView(QWidget):
    """Places that support the answer, to be read only."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._puces: list[_Puce] = []
        self._flux = Flow(espace=6, ligne=4)
        fill(QVBoxLayout(self), label("Preuves", "gras"), self._flux, espace=4)

    def show_preuves(self, preuves: tuple[Preuve, ...]) -> None:
        """Show these, nothing when there is none."""
        while len(self._puces) < len(preuves):
            puce = _Puce(self._theme)
            self._puces.append(puce)
            self._flux.addWidget(puce)
        for rang, puce in enumerate(self._puces):
            puce.setVisible(rang < len(preuves))
            puce.setText(preuve_dite(preuves[rang]) if rang < len(preuves) else "")
        self.setVisible(bool(preuves))


def preuve_dite(preuve: Preuve) -> str:
    """Return «▣ Comptes 2024, p. 4»; a long name of file may be cut after its signs."""
    ou = preuve.ou.replace("_", f"_{_COUPE}").replace("-", f"-{_COUPE}")
    return f"▣ {ou}" + (f", p.{NBSP}{preuve.page}" if preuve.page else "")


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
