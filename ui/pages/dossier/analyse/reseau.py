"""The face «Reseau» of the analysis: actors named in the dossier."""

from o2r_desktop.operations import DossierComplet
from ui.pages.dossier.analyse.face import Face


class ReseauFace(Face):
    """To be made by its owner."""

    def show_dossier(self, complet: DossierComplet) -> None:
        """Show another dossier."""
