"""The face «Analytique» of the analysis: the guided sheet of analytic accounting."""

from o2r_desktop.operations import DossierComplet
from ui.pages.dossier.analyse.face import Face


class AnalytiqueFace(Face):
    """To be made by its owner."""

    def show_dossier(self, complet: DossierComplet) -> None:
        """Show another dossier."""
