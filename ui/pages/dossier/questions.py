"""The tab «Questions»: what is asked of the porteur, the message that asks it, and what came back."""

from o2r_desktop.operations import DossierComplet
from ui.pages.dossier.volet import Volet


class QuestionsVolet(Volet):
    """The questions of a dossier, gathered into one message."""

    def show_dossier(self, complet: DossierComplet) -> None:
        """Show the questions of a dossier."""
