"""The face «Budget» of the analysis: the lines of the budget of the project, what does not agree."""

from o2r_desktop.operations import DossierComplet
from ui.pages.dossier.analyse.face import Face


class BudgetFace(Face):
    """To be made by its owner."""

    def show_dossier(self, complet: DossierComplet) -> None:
        """Show another dossier."""
