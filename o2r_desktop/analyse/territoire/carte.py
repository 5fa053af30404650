"""The outlines of the departments and of the EPCI of the region, shipped (resources/SOURCES.md says whose)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from o2r_desktop.resources import resource

Anneau = tuple[tuple[float, float], ...]
"""A closed line, in kilometres eastwards and southwards of the north-west corner of the region.

Its last point is not its first one again.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contour:
    """The outline of a place: its code (department or SIREN of an EPCI), its name, its rings.

    Of an EPCI that crosses the border of the region, only the part inside is drawn.
    """

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
    brut = json.loads(resource("references", "contours_pdl.json").read_text("utf-8"))
    echelle = brut["unite_m"] / 1000
    arcs = [_arc(plat, echelle) for plat in brut["arcs"]]
    largeur, hauteur = brut["taille"]
    return Carte(
        taille=(largeur * echelle, hauteur * echelle),
        departements=tuple(_contour(c, arcs) for c in brut["departements"]),
        epci=tuple(_contour(c, arcs) for c in brut["epci"]),
        source=brut["source"],
    )


def _arc(plat: Sequence[int], echelle: float) -> Anneau:
    """Return the points of a border kept as a first point then steps; two neighbours share it."""
    x = y = 0
    points = []
    for dx, dy in zip(plat[::2], plat[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x * echelle, y * echelle))
    return tuple(points)


def _contour(brut: Mapping[str, Any], arcs: Sequence[Anneau]) -> Contour:
    anneaux = tuple(_anneau(rangs, arcs) for rangs in brut["anneaux"])
    return Contour(code=brut["code"], nom=brut["nom"], anneaux=anneaux)


def _anneau(rangs: Sequence[int], arcs: Sequence[Anneau]) -> Anneau:
    """Return a ring made of borders, counted from 1 and negative when walked backwards."""
    points: list[tuple[float, float]] = []
    for rang in rangs:
        arc = arcs[abs(rang) - 1]
        points += (arc if rang > 0 else arc[::-1])[:-1]
    return tuple(points)
