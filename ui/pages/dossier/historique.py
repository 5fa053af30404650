"""The tab «Historique»: what was done to the dossier, in plain words, with old and new values."""

from o2r_desktop.operations import DossierComplet
from ui.pages.dossier.volet import Volet


class HistoriqueVolet(Volet):
    """What happened, latest first."""

    def show_dossier(self, complet: DossierComplet) -> None:
        """Show what was done to a dossier."""
