"""The phrase bank beside the comment: «/» offers phrases for the critere and its level."""

from PySide6.QtCore import QObject

from o2r_desktop.evaluation.grille import Critere
from o2r_desktop.evaluation.reponses import Reponse
from o2r_desktop.operations import DossierComplet
from ui.services import Services
from ui.widgets.texte import AutoText


class BanquePhrases(QObject):
    """Offers phrases for *champ* and puts the chosen one at its caret, variables filled in."""

    def __init__(self, services: Services, champ: AutoText) -> None:
        super().__init__(champ)
        self.services = services
        self.champ = champ

    def show_critere(self, complet: DossierComplet, critere: Critere, reponse: Reponse) -> None:
        """Take what the phrases are chosen by: critere, level; and what fills their variables."""

    def open(self) -> None:
        """Offer the phrases now, at the caret (/)."""
