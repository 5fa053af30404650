"""How the window looks: colours by role, light or dark, contrast, text size, tinted icons (design: apparence)."""

import re
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

CLAIR_CONTRASTE = Couleurs(
    texte="#000000", secondaire="#1f1f1f", fond="#ffffff", carte="#ffffff", ligne="#444444",
    action="#00207a", action_fond="#dbe6ff", bouton="#00207a", bouton_texte="#ffffff", bouton_survol="#000a3d",
    survol="#e8e8e8", bon="#004a17", bon_fond="#ffffff", alerte="#5c3000", alerte_fond="#ffffff",
    mauvais="#8a0010", mauvais_fond="#ffffff", neutre="#000000", neutre_fond="#ffffff",
    preuve="#ffe100", preuve_bord="#5c3000", piste="#8c8c8c",
)  # fmt: skip
"""Black on white: text has a contrast of 7 or more, lines and rings of 3; the state of things has an edge."""

SOMBRE_CONTRASTE = Couleurs(
    texte="#ffffff", secondaire="#f0f0f0", fond="#000000", carte="#000000", ligne="#b0b0b0",
    action="#ffe14d", action_fond="#00285c", bouton="#ffe14d", bouton_texte="#000000", bouton_survol="#fff3b0",
    survol="#2b2b2b", bon="#8dffb0", bon_fond="#000000", alerte="#ffc861", alerte_fond="#000000",
    mauvais="#ffb3bb", mauvais_fond="#000000", neutre="#ffffff", neutre_fond="#000000",
    preuve="#5c3d00", preuve_bord="#ffe14d", piste="#666666",
)  # fmt: skip
"""White on black, held to the same."""

_CONTRASTE_DU_SYSTEME = 20.0
"""From here words were made as black or as white as can be: no ordinary palette goes further than 18."""

_MI_CLARTE = 128

_ANNEAU = re.compile(r"border: 2px solid ([^;}]+)(?:; padding: ([^;}]+))?")


class Theme(QObject):
    """Dresses the application and tells when its look changes."""

    changed = Signal()

    def __init__(self, app: QApplication, reglages: Settings) -> None:
        super().__init__(app)
        self._app = app
        self._reglages = reglages
        self._police = QFont(app.font())
        self._points = self._police.pointSizeF() if self._police.pointSizeF() > 0 else 10.0
        self._palette_forte = is_strong(QGuiApplication.palette())
        self.couleurs = CLAIR
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._systeme_changed)
        if hasattr(hints, "accessibility"):  # Qt 6.10
            hints.accessibility().contrastPreferenceChanged.connect(self.apply)

    @property
    def sombre(self) -> bool:
        """Whether the window is dark."""
        mode = self._reglages.mode
        if mode is not Mode.SYSTEME:
            return mode is Mode.SOMBRE
        return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark

    @property
    def contraste(self) -> bool:
        """Whether the contrast is high: as the user chose, else as the system says."""
        choisi = self._reglages.contraste
        return self._systeme_contraste() if choisi is None else choisi

    @property
    def anneau(self) -> int:
        """How many pixels wide the ring round what has the focus is."""
        return 3 if self.contraste else 2

    @property
    def taille(self) -> int:
        """The text size, in percent of the system's."""
        return self._reglages.taille_texte

    def apply(self) -> None:
        """Dress every window with the settings of now."""
        _tell_system(self._reglages.mode)
        self.couleurs = _couleurs(sombre=self.sombre, contraste=self.contraste)
        police = QFont(self._police)
        police.setPointSizeF(self._points * self.taille / 100)
        self._app.setFont(police)
        self._app.setPalette(_palette(self.couleurs))
        feuille = self._feuille(police)
        if feuille != self._app.styleSheet():  # Qt would dress every widget again, half a second for nothing
            self._app.setStyleSheet(feuille)
        self.changed.emit()

    def set_mode(self, mode: Mode) -> None:
        """Choose light, dark, or what the system says."""
        self._reglages.mode = mode
        self.apply()

    def set_contraste(self, *, fort: bool) -> None:
        """Choose a high contrast or not; what the system says too is not kept, the window goes on following it."""
        self._reglages.contraste = None if fort is self._systeme_contraste() else fort
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

    def _feuille(self, police: QFont) -> str:
        """Return the style sheet in the colours of now, for a text of that size."""
        points, fort = police.pointSizeF(), self.contraste
        cote = max(14, round(QFontMetrics(police).height() * 0.85))
        valeurs = {f"pt{n}": f"{points * n / 100:.1f}pt" for n in (80, 88, 100, 110, 140)}
        valeurs |= {"cote": f"{cote}px", "demi": f"{cote // 2 + 1}px", **asdict(self.couleurs)}
        valeurs["encre"] = "-noire" if QColor(self.couleurs.bouton_texte).lightness() < _MI_CLARTE else ""
        QDir.setSearchPaths("style", [str(resource("style"))])
        textes = [resource("style", "fenetre.qss").read_text("utf-8")]
        if fort:
            textes = [_thicken(textes[0]), resource("style", "contraste.qss").read_text("utf-8")]
        return Template("\n".join(textes)).substitute(valeurs)

    def _systeme_changed(self) -> None:
        if self._reglages.mode is Mode.SYSTEME:
            self.apply()

    def _systeme_contraste(self) -> bool:
        """Whether the system asks for a high contrast; before Qt 6.10 only its palette tells."""
        hints = QGuiApplication.styleHints()
        if hasattr(hints, "accessibility"):
            return hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast
        return self._palette_forte


def contrast(a: QColor, b: QColor) -> float:
    """Return the contrast ratio of two colours, from 1 to 21 (WCAG 2.2, «relative luminance»)."""
    clair, fonce = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (clair + 0.05) / (fonce + 0.05)


def _luminance(couleur: QColor) -> float:
    lineaires = [
        v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4
        for v in (couleur.redF(), couleur.greenF(), couleur.blueF())
    ]
    return 0.2126 * lineaires[0] + 0.7152 * lineaires[1] + 0.0722 * lineaires[2]


def is_strong(palette: QPalette) -> bool:
    """Whether the words of a palette are on its grounds as those of the system's high contrast."""
    r = QPalette.ColorRole
    paires = ((r.WindowText, r.Window), (r.Text, r.Base))
    return all(contrast(palette.color(a), palette.color(b)) >= _CONTRASTE_DU_SYSTEME for a, b in paires)


def _couleurs(*, sombre: bool, contraste: bool) -> Couleurs:
    if contraste:
        return SOMBRE_CONTRASTE if sombre else CLAIR_CONTRASTE
    return SOMBRE if sombre else CLAIR


def _thicken(feuille: str) -> str:
    """Return a style sheet whose rings are three pixels wide; padding gives way, so that nothing moves."""
    return _ANNEAU.sub(_thicker, feuille)


def _thicker(trouve: re.Match[str]) -> str:
    couleur, marges = trouve.groups()
    if marges is None:
        return f"border: 3px solid {couleur}"
    reste = re.sub(r"\d+", lambda n: str(max(0, int(n[0]) - 1)), marges)
    return f"border: 3px solid {couleur}; padding: {reste}"


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
