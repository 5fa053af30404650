"""From a column of blocks to pages: no heading alone at the foot, no row cut when a page can hold it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from o2r_desktop.notes.blocs import Bloc, Saut

_PART = 200.0


@dataclass(slots=True)
class Page:
    """Blocks of one page with the distance of each from the top."""

    places: list[tuple[Bloc, float]] = field(default_factory=list)
    haut: float = 0


def paginer(blocs: Sequence[Bloc], largeur: float, hauteur: float) -> list[Page]:
    """Lay *blocs* on pages of the given size."""
    pages = [Page()]
    file = list(blocs)
    i = 0
    while i < len(file):
        bloc = file[i]
        page = pages[-1]
        if isinstance(bloc, Saut):
            if page.places:
                pages.append(Page())
            i += 1
            continue
        avant = bloc.avant if page.places else 0
        place = hauteur - page.haut - avant
        if page.places and _besoin(file, i, largeur, hauteur) > place:
            pages.append(Page())
            continue
        tete = all(pose.solidaire for pose, _ in page.places)  # only headings above: no page gives it more room
        debut, fin = bloc.coupe(largeur, place, place if tete else hauteur)
        if debut is None and page.places:
            pages.append(Page())
            continue
        if debut is None:  # nothing can cut it and no page can hold it: better too long than lost
            debut, fin = bloc, None
        page.places.append((debut, page.haut + avant))
        page.haut += avant + debut.hauteur(largeur)
        if fin is None:
            i += 1
        else:
            file[i] = fin
            pages.append(Page())
    return pages


def _besoin(blocs: Sequence[Bloc], i: int, largeur: float, pleine: float) -> float:
    """Return the height that block *i* wants on this page: its own and the start of those it must not leave.

    What no page can hold whole is cut anyway: it then asks for a decent part.
    """
    total = 0.0
    for j in range(i, len(blocs)):
        bloc = blocs[j]
        total += bloc.avant if j > i else 0
        if isinstance(bloc, Saut):
            return total
        if not bloc.solidaire:
            debut = bloc.minimum(largeur)
            return total + (debut if total + debut <= pleine else _PART)
        total += bloc.hauteur(largeur)
    return total
