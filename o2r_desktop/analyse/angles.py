"""The sides from which a dossier is analysed, and what each says of a critere."""

from dataclasses import dataclass
from enum import StrEnum

from o2r_desktop.evaluation.constats import Resultat


class Angle(StrEnum):
    """One side of the analysis: a tab of the window, a part of the note, a key of the JSON document."""

    FINANCES = "finances"
    BUDGET = "budget"
    TERRITOIRE = "territoire"
    RESEAU = "reseau"
    ANALYTIQUE = "analytique"
    STRUCTURE = "structure"

    @property
    def libelle(self) -> str:
        """Return the words that are shown."""
        return _LIBELLES[self]


_LIBELLES = {
    Angle.FINANCES: "Finances",
    Angle.BUDGET: "Budget",
    Angle.TERRITOIRE: "Territoire",
    Angle.RESEAU: "Réseau",
    Angle.ANALYTIQUE: "Analytique",
    Angle.STRUCTURE: "Structure",
}


def de_cle(cle: str) -> Angle | None:
    """Return the side on which a key of the analysis is typed (see ``saisie``), None when none is known."""
    mot = cle.partition("/")[0]
    return Angle.FINANCES if mot == "comptes" else next((a for a in Angle if a.value == mot), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Repere:
    """What the analysis found that may help to answer a critere: a sentence, where it is seen. Never a level."""

    critere: str
    texte: str
    angle: Angle


@dataclass(frozen=True, slots=True, kw_only=True)
class Controle:
    """A check of the analysis: «Bilan équilibré 2024», its result, the French sentence with the figures, the rule.

    ``cle`` names it for good («equilibre_bilan/2024»): what the instructor says of it is kept under it.
    """

    cle: str
    nom: str
    resultat: Resultat
    valeur: str
    regle: str
