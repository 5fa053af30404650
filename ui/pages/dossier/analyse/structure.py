"""The face «Structure» of the analysis: the body and its partners across the campagne."""

from o2r_desktop.operations import DossierComplet
from ui.pages.dossier.analyse.face import Face


class StructureFace(Face):
    """To be made by its owner."""

    def show_dossier(self, complet: DossierComplet) -> None:
        """Show another dossier."""
