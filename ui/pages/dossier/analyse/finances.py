"""The face «Finances» of the analysis: the accounts typed, their checks and ratios."""

from o2r_desktop.operations import DossierComplet
from ui.pages.dossier.analyse.face import Face


class FinancesFace(Face):
    """To be made by its owner."""

    def show_dossier(self, complet: DossierComplet) -> None:
        """Show another dossier."""
