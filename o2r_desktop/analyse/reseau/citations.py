"""The actors that a dossier names, where, and how precisely (metier § 4.5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from o2r_desktop.analyse.angles import Repere
from o2r_desktop.analyse.reseau.repertoire import Acteur
from o2r_desktop.analyse.saisie import Fiches
from o2r_desktop.dossiers.model import Dossier


@dataclass(frozen=True, kw_only=True)
class Reseau:
    """What a dossier says of the employment network; its owner gives it its fields."""

    numero: int


def analyser(dossier: Dossier, fiches: Fiches, *, acteurs: Sequence[Acteur]) -> Reseau:
    """Find the actors that a dossier names."""
    del fiches, acteurs
    return Reseau(numero=dossier.numero)


def reperes(reseau: Reseau) -> tuple[Repere, ...]:
    """Return what was found for RES-01 to RES-05 and APP-02, in sentences; never a level."""
    del reseau
    return ()


def document(reseau: Reseau) -> dict[str, Any]:
    """Return the findings in JSON types."""
    del reseau
    return {}
