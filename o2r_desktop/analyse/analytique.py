"""The analytic accounting of the body: a guided sheet, and what it asks of the convention (grille, ANA, CRE-06)."""

from dataclasses import dataclass
from typing import Any

from o2r_desktop.analyse.angles import Repere
from o2r_desktop.analyse.saisie import Fiches
from o2r_desktop.dossiers.model import Dossier
from o2r_desktop.evaluation.constats import Constat


@dataclass(frozen=True, kw_only=True)
class Analytique:
    """What is known of the analytic accounting; ``conditions`` are those proposed for the convention."""

    numero: int
    conditions: tuple[str, ...] = ()


def analyser(dossier: Dossier, fiches: Fiches) -> Analytique:
    """Read the sheet of a dossier."""
    del fiches
    return Analytique(numero=dossier.numero)


def constats(analytique: Analytique) -> tuple[Constat, ...]:
    """Return the findings ANA-02, ANA-03 and CRE-06, none while the sheet is empty."""
    del analytique
    return ()


def reperes(analytique: Analytique) -> tuple[Repere, ...]:
    """Return what the sheet says of ANA criteria and of CRE-06, in sentences."""
    del analytique
    return ()


def document(analytique: Analytique) -> dict[str, Any]:
    """Return the sheet in JSON types."""
    return {"conditions": list(analytique.conditions)}
