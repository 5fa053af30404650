"""What the tab «Analyse» expects of each of its faces."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal

from o2r_desktop.analyse.saisie import avec
from o2r_desktop.errors import O2rError
from o2r_desktop.evaluation.reponses import Preuve
from o2r_desktop.operations import DossierComplet
from o2r_desktop.operations.actes import Genre
from ui.pages.dossier.volet import Volet


class Face(Volet):
    """One side of the analysis: given a dossier when it comes into view, told when its analysis changes."""

    piece_requested = Signal(str, int)
    """SHA-256 and page, from 1: a source is to be looked at."""
    champ_requested = Signal(str)
    """Attribute or label of a field of the form to look at."""
    critere_requested = Signal(str)

    @property
    def selection(self) -> Preuve | None:
        """What the key that pins takes from this face: the place of what is chosen there, None when nothing is."""
        return None

    def save(self, numero: int, changements: Mapping[str, Any], nom: str, *, with_last: bool = False) -> bool:
        """Write values of the analysis under their keys, None to take one away; return whether they are on disk.

        *nom* names the act for undo («total des produits 2024»); *with_last* joins it to the one before when that
        changed the same value.
        """
        campagne = self.services.campagne
        try:
            avant = campagne.state(Genre.ANALYSE, numero)
        except O2rError as erreur:  # nothing is known of what would be written over: nothing is
            self.services.alertes.show_error(erreur)
            return False
        apres = avec(avant, changements)
        return campagne.change(Genre.ANALYSE, {numero: apres}, nom, with_last=with_last, depuis={numero: avant})

    def modifiable(self, complet: DossierComplet) -> bool:
        """Say whether something may be typed: the campagne is open for writing and the evaluation is not final."""
        return not (self.services.campagne.read_only or complet.evaluation.finalisee)
