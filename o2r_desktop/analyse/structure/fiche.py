"""The body and its partners: identifiers checked, other dossiers where they appear, requests added up."""

from dataclasses import dataclass
from typing import Any

from o2r_desktop.analyse.angles import Repere
from o2r_desktop.analyse.panorama import Panorama
from o2r_desktop.dossiers.model import Dossier


@dataclass(frozen=True, kw_only=True)
class Structure:
    """What is known of the body across the campagne; its owner gives it its fields."""

    numero: int


def analyser(dossier: Dossier, panorama: Panorama | None) -> Structure:
    """Look at the body and its partners."""
    del panorama
    return Structure(numero=dossier.numero)


def reperes(structure: Structure) -> tuple[Repere, ...]:
    """Return what was found for REC, ELI and GOU criteria, in sentences."""
    del structure
    return ()


def document(structure: Structure) -> dict[str, Any]:
    """Return the sheet in JSON types."""
    del structure
    return {}
