"""The rail at the left: where the user can be, one word and one icon each."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QFrame, QToolButton, QVBoxLayout

from ui.actions import Actions, plain
from ui.theme import Theme
from ui.widgets.base import restyle

_ENTREES = (
    ("accueil", "house"), ("dossiers", "list-checks"), ("comparer", "scale"), ("comite", "clipboard-list"),
    ("campagne", "settings"),
)  # fmt: skip
_BORD = 10
"""Pixels at each side of the words, with the frame of the button."""


class Rail(QFrame):
    """One button a page, that of the page in view marked; each is reached by Tab.

    They are not checkable: a screen reader would say «case à cocher».
    """

    page_chosen = Signal(str)

    def __init__(self, theme: Theme, actions: Actions) -> None:
        super().__init__()
        self.setProperty("role", "rail")
        self.setAccessibleName("Navigation")
        self._theme = theme
        self._boutons: dict[str, QToolButton] = {}
        self._courante = ""
        pile = QVBoxLayout(self)
        pile.setContentsMargins(4, 8, 4, 8)
        pile.setSpacing(4)
        for nom, _ in _ENTREES:
            self._boutons[nom] = self._bouton(nom, actions)
            pile.addWidget(self._boutons[nom])
        pile.addStretch(1)
        self._dress()
        theme.changed.connect(self._dress)

    @property
    def current(self) -> str:
        """The page that is in view, «» before the first."""
        return self._courante

    def set_current(self, nom: str) -> None:
        """Mark the page that is in view."""
        if nom == self._courante:
            return
        self._courante = nom
        for autre, bouton in self._boutons.items():
            bouton.setProperty("courante", autre == nom)
            bouton.setAccessibleName(f"{bouton.text()}, page affichée" if autre == nom else bouton.text())
            restyle(bouton)
        self._dress()

    def set_reachable(self, nom: str, possible: bool) -> None:
        """Say whether a page can be gone to."""
        self._boutons[nom].setEnabled(possible)

    def bouton(self, nom: str) -> QToolButton:
        """Return the button of a page."""
        return self._boutons[nom]

    def _bouton(self, nom: str, actions: Actions) -> QToolButton:
        bouton = QToolButton()
        action = actions[f"page.{nom}"]
        bouton.setText(plain(action))
        bouton.setAccessibleName(plain(action))
        bouton.setToolTip(actions.infobulle(f"page.{nom}"))
        bouton.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        bouton.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        bouton.setProperty("role", "rail")
        bouton.setSizePolicy(bouton.sizePolicy().Policy.Expanding, bouton.sizePolicy().Policy.Fixed)
        bouton.clicked.connect(lambda *_: self.page_chosen.emit(nom))
        return bouton

    def _dress(self) -> None:
        cote = round(self.fontMetrics().height() * 1.1)
        for nom, icone in _ENTREES:
            bouton = self._boutons[nom]
            bouton.setMinimumWidth(_largeur_en_gras(bouton))  # the rail is as wide whatever the page
            couleurs = self._theme.couleurs
            bouton.setIconSize(QSize(cote, cote))
            bouton.setIcon(
                self._theme.icone(icone, couleurs.action if nom == self._courante else couleurs.secondaire)
            )


def _largeur_en_gras(bouton: QToolButton) -> int:
    bouton.ensurePolished()
    gras = QFont(bouton.font())
    gras.setWeight(QFont.Weight.DemiBold)
    return QFontMetrics(gras).horizontalAdvance(bouton.text()) + 2 * _BORD
