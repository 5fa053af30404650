"""The accounts of a body as they were typed: some exercices, each post with its source."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from o2r_desktop.analyse.finances.postes import PAR_CLE
from o2r_desktop.analyse.saisie import Fiches, MontantSaisi, de_prefixe, lire_montant, texte

PREFIXE = "comptes"
EXERCICES_MAX = 5
"""Exercices that are looked at: three are usual, five are enough for a trend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciceSaisi:
    """One year as it was typed; ``montants`` by key of post. ``mois`` is its length.

    ``certification`` is «», «certifie», «certifie_avec_reserve», «refus» or «sans_objet»; ``cloture`` an ISO date;
    ``previsionnel`` when it is a forecast: shown, never in a ratio.
    """

    annee: int
    montants: Mapping[str, MontantSaisi] = field(default_factory=dict)
    mois: int = 12
    cloture: str = ""
    certification: str = ""
    previsionnel: bool = False

    def montant(self, poste: str) -> MontantSaisi:
        """Return the amount of a post, an empty one when nothing was typed."""
        return self.montants.get(poste, _RIEN)


_RIEN = MontantSaisi()
_ANNEE = re.compile(r"(?:19|20)[0-9]{2}")


def cle_poste(annee: int, poste: str) -> str:
    """Return the key under which a post of an exercice is kept."""
    return f"{PREFIXE}/{annee}/{poste}"


def cle_exercice(annee: int) -> str:
    """Return the key under which what is said of an exercice is kept: its length, end, certification, kind.

    {"mois": 12, "cloture": "2024-12-31", "certification": "certifie", "previsionnel": false}
    """
    return f"{PREFIXE}/{annee}"


def lire_comptes(fiches: Fiches) -> tuple[ExerciceSaisi, ...]:
    """Return the exercices that were typed, ascending; posts that this version does not know are left out."""
    montants: dict[int, dict[str, MontantSaisi]] = {}
    details: dict[int, Mapping[str, Any]] = {}
    for cle, brut in de_prefixe(fiches, PREFIXE):
        annee, _, poste = cle.partition("/")
        if not _ANNEE.fullmatch(annee):
            continue
        montants.setdefault(int(annee), {})
        if not poste and isinstance(brut, Mapping):
            details[int(annee)] = brut
        elif poste in PAR_CLE:
            montants[int(annee)][poste] = lire_montant(brut)
    return tuple(_exercice(a, montants[a], details.get(a, {})) for a in sorted(montants))


def _exercice(annee: int, montants: Mapping[str, MontantSaisi], details: Mapping[str, Any]) -> ExerciceSaisi:
    mois = details.get("mois")
    return ExerciceSaisi(
        annee=annee,
        montants=montants,
        mois=mois if type(mois) is int and 1 <= mois <= 24 else 12,
        cloture=texte(details.get("cloture")),
        certification=texte(details.get("certification")),
        previsionnel=details.get("previsionnel") is True,
    )
