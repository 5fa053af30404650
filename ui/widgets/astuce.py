"""Hints of the first visits: a discreet line that says the keys of a page, until it is understood."""

from PySide6.QtCore import QEvent

from o2r_desktop.text import NBSP
from ui.settings import Settings
from ui.theme import Ton
from ui.widgets.base import Banner, button

ASTUCES = {
    "dossiers": (
        "tapez un numéro ou un nom, la recherche commence. "
        "Espace montre un aperçu de la ligne, Entrée ouvre son dossier."
    ),
    "formulaire": (
        "un niveau se donne d’une touche (0 à 4, O ou N), Ctrl+Entrée valide et passe au critère suivant. "
        "F6 change de volet, Ctrl+Z annule la réponse."
    ),
    "pieces": (
        "choisissez un passage, puis E l’épingle au critère ouvert. "
        "Ctrl+Page suiv. montre la pièce suivante, Ctrl+F cherche dans la pièce."
    ),
    "conclusion": (
        "chaque obstacle est un lien vers ce qui manque. "
        "Une fois l’évaluation finalisée, Ctrl+Maj+Entrée ouvre le dossier suivant à traiter."
    ),
}
"""Two short sentences for each page or tab, by its name."""

_CLE = "astuces/"
_COMPRISE = "comprise"


class Astuce(Banner):
    """One hint at most, in the page and not over it; it never takes the focus, «Compris» closes it for good."""

    def __init__(self, reglages: Settings, nom: str = "") -> None:
        self.compris = button("Compris", self._understood, role="discret", nom="Compris, ne plus montrer l’astuce")
        super().__init__("", Ton.ACTION, [self.compris])
        self.texte.setProperty("role", "secondaire")
        self._ligne.setContentsMargins(16, 3, 8, 3)
        self._reglages = reglages
        self._nom = nom
        self.refresh()

    def propose(self, nom: str) -> None:
        """Show the hint of a page or tab; nothing when there is none, or it was understood."""
        self._nom = nom
        self.refresh()

    def refresh(self) -> None:
        """Show the hint, or not, as the settings say now."""
        comprise = self._reglages.texte(_CLE + self._nom) == _COMPRISE
        astuce = "" if comprise else ASTUCES.get(self._nom, "")
        self.dire(f"Astuce{NBSP}: {astuce}" if astuce else "")

    def event(self, event: QEvent) -> bool:
        """Leave the focus to what follows before going away."""
        if event.type() == QEvent.Type.Hide and self.compris.hasFocus():
            self.focusNextChild()
        return super().event(event)

    def _understood(self) -> None:
        self._reglages.set_texte(_CLE + self._nom, _COMPRISE)
        self.refresh()


def show_again(reglages: Settings) -> None:
    """Forget that the hints were understood."""
    for nom in ASTUCES:
        reglages.set_texte(_CLE + nom, "")
