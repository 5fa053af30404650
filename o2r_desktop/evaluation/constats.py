"""A constat: what the program found, where, by which rule. Never an answer by itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Resultat(StrEnum):
    """Outcome of a computed check."""

    CONFORME = "conforme"
    NON_CONFORME = "non_conforme"
    ALERTE = "alerte"
    INCONNU = "inconnu"
    SANS_OBJET = "sans_objet"

    @property
    def libelle(self) -> str:
        """Return the word that is shown."""
        return self.value.replace("_", " ")


_PIRE = (Resultat.NON_CONFORME, Resultat.ALERTE, Resultat.INCONNU, Resultat.CONFORME)


def pire(resultats: Iterable[Resultat]) -> Resultat:
    """Return the result of several checks together: what surely fails wins over what is unknown."""
    obtenus = set(resultats)
    return next((r for r in _PIRE if r in obtenus), Resultat.INCONNU)


@dataclass(frozen=True, slots=True, kw_only=True)
class Constat:
    """What was found for one critere.

    ``valeur`` is the French sentence with the figures found; ``preuve`` names the fields of the export that
    they come from; ``regle`` states the rule and its source.
    """

    critere: str
    resultat: Resultat
    valeur: str
    preuve: str
    regle: str
