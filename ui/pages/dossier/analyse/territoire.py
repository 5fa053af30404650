"""The face «Territoire» of the analysis: map, diagnostic, overlaps."""

from o2r_desktop.operations import DossierComplet
from ui.pages.dossier.analyse.face import Face


class TerritoireFace(Face):
    """To be made by its owner."""

    def show_dossier(self, complet: DossierComplet) -> None:
        """Show another dossier."""
