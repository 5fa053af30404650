"""Columns that claim one attribute: the first answer is taken, and another one beside it is told."""

from collections.abc import Sequence

from o2r_desktop.dossiers.champs import Brut, Lecture, TypeChamp, lire
from o2r_desktop.dossiers.correspondance import Attribut


def departager(
    cellules: Sequence[Brut], doubles: Sequence[tuple[Attribut, tuple[int, ...]]], *, vide_vaut_zero: bool
) -> tuple[list[Brut], list[int]]:
    """Return the cells with the first answer where the attribute is bound, and the places where they disagree.

    An attribute is bound to the first column that claims it: a blank there changes places with the answer.
    """
    rangees = list(cellules)
    desaccords: list[int] = []
    for attribut, places in doubles:
        lues = [lire(rangees[i], attribut.type, attribut.options, vide_vaut_zero=vide_vaut_zero) for i in places]
        pleines = [(i, lu) for i, lu in zip(places, lues, strict=True) if _repond(lu, attribut.type)]
        if not pleines:
            continue
        retenue, premiere = pleines[0]
        if any(lu.valeur != premiere.valeur for _, lu in pleines[1:]):
            desaccords.append(retenue)
        if retenue != places[0]:
            rangees[places[0]], rangees[retenue] = rangees[retenue], rangees[places[0]]
    return rangees, desaccords


def _repond(lu: Lecture, genre: TypeChamp) -> bool:
    """Say whether a cell is an answer; a box that is not ticked leaves the word to the other column."""
    return not lu.zero_ou_vide and lu.valeur not in ("", ()) and (genre is not TypeChamp.CASE or bool(lu.valeur))
