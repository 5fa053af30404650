"""All that the papers of the committee are made from, and which papers there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from o2r_desktop.comite.couverture import Couverture
from o2r_desktop.comite.enveloppe import Simulation
from o2r_desktop.comite.modele import Candidat, Comite
from o2r_desktop.evaluation.grille import Grille
from o2r_desktop.evaluation.parametres import Parametres


class Genre(StrEnum):
    """A paper of the committee; the value names its file."""

    PRESENCE = "feuille-de-presence"
    ORDRE_DU_JOUR = "ordre-du-jour"
    PROCES_VERBAL = "proces-verbal"
    RELEVE = "releve-de-decisions"
    RECUEIL = "recueil"

    @property
    def libelle(self) -> str:
        """Return the title that is printed."""
        return _TITRES[self]


_TITRES = {
    Genre.PRESENCE: "Feuille de présence",
    Genre.ORDRE_DU_JOUR: "Ordre du jour",
    Genre.PROCES_VERBAL: "Procès-verbal",
    Genre.RELEVE: "Relevé de décisions",
    Genre.RECUEIL: "Recueil du comité",
}


@dataclass(frozen=True, kw_only=True)
class Matiere:
    """All that the papers are made from. ``ordre`` are the candidates in the order of the agenda."""

    comite: Comite
    ordre: Sequence[Candidat]
    simulation: Simulation
    couverture: Couverture
    parametres: Parametres
    grille: Grille
    now: datetime
    version: str
    auteur: str
