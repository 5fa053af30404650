"""How the window looks: colours by role, light and dark, text size, tinted icons (design: apparence)."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from string import Template

from PySide6.QtCore import QDir, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from o2r_desktop.resources import resource
from ui.icons import icone
from ui.settings import Mode, Settings

TAILLES = (90, 100, 110, 125, 150, 175, 200)
"""Text sizes that the window offers, in percent of the system's."""


class Ton(StrEnum):
    """What a colour says; a word and a sign always say it too."""

    BON = "bon"
    ALERTE = "alerte"
    MAUVAIS = "mauvais"
    NEUTRE = "neutre"
    ACTION = "action"


@dataclass(frozen=True, slots=True, kw_only=True)
class Couleurs:
    """Colours by role; ``x_fond`` is the ground on which ``x`` has a contrast of 4.5 or more."""

    texte: str
    secondaire: str
    fond: str
    carte: str
    ligne: str
    action: str
    action_fond: str
    bouton: str
    bouton_texte: str
    bouton_survol: str
    survol: str
    bon: str
    bon_fond: str
    alerte: str
    alerte_fond: str
    mauvais: str
    mauvais_fond: str
    neutre: str
    neutre_fond: str
    preuve: str
    preuve_bord: str
    piste: str

    def ton(self, ton: Ton) -> tuple[str, str]:
        """Return the colour of a tone and of its ground."""
        return getattr(self, ton.value), getattr(self, f"{ton.value}_fond")


CLAIR = Couleurs(
    texte="#161616", secondaire="#5a5a66", fond="#f6f6f9", carte="#ffffff", ligne="#dcdde5",
    action="#1d3c8f", action_fond="#e8edfb", bouton="#1d3c8f", bouton_texte="#ffffff", bouton_survol="#162e70",
    survol="#eef0f6", bon="#18753c", bon_fond="#dff3e5", alerte="#8a5300", alerte_fond="#fdeccf",
    mauvais="#b3172b", mauvais_fond="#fde4e6", neutre="#44444f", neutre_fond="#ececf1",
    preuve="#ffe9a8", preuve_bord="#d9a400", piste="#e4e5ec",
)  # fmt: skip

SOMBRE = Couleurs(
    texte="#e6e6ea", secondaire="#a9a9b8", fond="#1c1c22", carte="#25252d", ligne="#34343d",
    action="#9db4ff", action_fond="#232a44", bouton="#3c5fd0", bouton_texte="#ffffff", bouton_survol="#4a6ce0",
    survol="#2d2d37", bon="#7fd69b", bon_fond="#1f3327", alerte="#f0b95b", alerte_fond="#3a2f1b",
    mauvais="#ff9aa5", mauvais_fond="#43222a", neutre="#c9c9d4", neutre_fond="#2b2b33",
    preuve="#5a4a14", preuve_bord="#d9a400", piste="#3a3a45",
)  # fmt: skip


class Theme(QObject):
    """Dresses the application and tells when its look changes."""

    changed = Signal()

    def __init__(self, app: QApplication, reglages: Settings) -> None:
        super().__init__(app)
        self._app = app
        self._reglages = reglages
        self._police = QFont(app.font())
        self._points = self._police.pointSizeF() if self._police.pointSizeF() > 0 else 10.0
        self.couleurs = CLAIR
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._systeme_changed)

    @property
    def sombre(self) -> bool:
        """Whether the window is dark."""
        mode = self._reglages.mode
        if mode is not Mode.SYSTEME:
            return mode is Mode.SOMBRE
        return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark

    @property
    def taille(self) -> int:
        """The text size, in percent of the system's."""
        return self._reglages.taille_texte

    def apply(self) -> None:
        """Dress every window with the settings of now."""
        _tell_system(self._reglages.mode)
        self.couleurs = SOMBRE if self.sombre else CLAIR
        police = QFont(self._police)
        police.setPointSizeF(self._points * self.taille / 100)
        self._app.setFont(police)
        self._app.setPalette(_palette(self.couleurs))
        modele = Template(resource("style", "fenetre.qss").read_text("utf-8"))
        points = police.pointSizeF()
        tailles = {f"pt{n}": f"{points * n / 100:.1f}pt" for n in (80, 88, 100, 110, 140)}
        cote = max(14, round(QFontMetrics(police).height() * 0.85))
        QDir.setSearchPaths("style", [str(resource("style"))])
        feuille = modele.substitute(asdict(self.couleurs), cote=f"{cote}px", demi=f"{cote // 2 + 1}px", **tailles)
        if feuille != self._app.styleSheet():  # Qt would dress every widget again, half a second for nothing
            self._app.setStyleSheet(feuille)
        self.changed.emit()

    def set_mode(self, mode: Mode) -> None:
        """Choose light, dark, or what the system says."""
        self._reglages.mode = mode
        self.apply()

    def set_taille(self, pourcent: int) -> None:
        """Choose the text size, kept within TAILLES."""
        self._reglages.taille_texte = max(TAILLES[0], min(TAILLES[-1], pourcent))
        self.apply()

    def icone(self, nom: str, couleur: str | None = None) -> QIcon:
        """Return an icon of resources/icons in a colour of the theme, that of text by default.

        Ask again when ``changed`` is emitted: an icon keeps the colour it was made with.
        """
        return icone(nom, QColor(couleur or self.couleurs.texte))

    def _systeme_changed(self) -> None:
        if self._reglages.mode is Mode.SYSTEME:
            self.apply()


def _tell_system(mode: Mode) -> None:
    """Have what the system draws (title bar, file dialogs) as dark as the window."""
    hints = QGuiApplication.styleHints()
    if mode is Mode.SYSTEME:
        hints.unsetColorScheme()
    else:
        hints.setColorScheme(Qt.ColorScheme.Dark if mode is Mode.SOMBRE else Qt.ColorScheme.Light)


def _palette(c: Couleurs) -> QPalette:
    palette = QPalette()
    r = QPalette.ColorRole
    for role, couleur in (
        (r.Window, c.fond), (r.WindowText, c.texte), (r.Base, c.carte), (r.AlternateBase, c.fond),
        (r.Text, c.texte), (r.Button, c.carte), (r.ButtonText, c.texte), (r.PlaceholderText, c.secondaire),
        (r.Highlight, c.action_fond), (r.HighlightedText, c.texte), (r.ToolTipBase, c.carte),
        (r.ToolTipText, c.texte), (r.Link, c.action), (r.LinkVisited, c.action), (r.Accent, c.bouton),
        (r.Light, c.carte), (r.Midlight, c.ligne), (r.Mid, c.ligne), (r.Dark, c.secondaire), (r.Shadow, c.ligne),
    ):  # fmt: skip
        palette.setColor(role, QColor(couleur))
    for role in (r.Text, r.WindowText, r.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(c.secondaire))
    return palette
