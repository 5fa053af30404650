"""The outlines of the departments and of the EPCI of the region, shipped (resources/SOURCES.md says whose)."""

from dataclasses import dataclass

Anneau = tuple[tuple[float, float], ...]
"""A closed line, in kilometres eastwards and southwards of the north-west corner of the region."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contour:
    """The outline of a place: its code (department or SIREN of an EPCI), its name, its rings."""

    code: str
    nom: str
    anneaux: tuple[Anneau, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Carte:
    """The map of the region; ``taille`` is its width and height, in the unit of the rings."""

    taille: tuple[float, float]
    departements: tuple[Contour, ...]
    epci: tuple[Contour, ...]
    source: str


def carte() -> Carte:
    """Return the map shipped with the program."""
    return Carte(taille=(1.0, 1.0), departements=(), epci=(), source="")
