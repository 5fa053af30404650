"""What a page is built of: blocks that know their height, can be cut by a page break, and draw themselves.

ReportLab's platypus is not used: its Paragraph takes U+202F for a blank and breaks «150 000 €» in two, needs
text escaped into markup, and wraps every table cell twice.
"""

from collections.abc import Sequence
from typing import Optional

from o2r_desktop.notes.balisage import Element, Toile
from o2r_desktop.notes.styles import LIGNE

Coupe = tuple[Optional["Bloc"], Optional["Bloc"]]


class Bloc:
    """A block. ``avant`` is the space above it; ``solidaire`` keeps it on the page of the next block."""

    avant: float = 0
    solidaire: bool = False

    def hauteur(self, largeur: float) -> float:
        """Return the height that the block takes at this width, in points."""
        raise NotImplementedError

    def minimum(self, largeur: float) -> float:
        """Return the height of the least part that may stand at the foot of a page."""
        return self.hauteur(largeur)

    def coupe(self, largeur: float, place: float, pleine: float) -> Coupe:
        """Split into what fits in *place* and the rest; *pleine* is the height of a whole page."""
        del pleine
        if self.hauteur(largeur) <= place:
            return self, None
        return None, self

    def dessine(self, toile: Toile, x: float, y: float, largeur: float) -> None:
        """Draw with the top left corner at (x, y)."""
        raise NotImplementedError


class Saut(Bloc):
    """A page break."""

    def hauteur(self, largeur: float) -> float:
        """Return nothing: a break has no height."""
        del largeur
        return 0


class Espace(Bloc):
    """Blank height."""

    def __init__(self, points: float) -> None:
        self._points = points

    def hauteur(self, largeur: float) -> float:
        """Return the blank."""
        del largeur
        return self._points

    def dessine(self, toile: Toile, x: float, y: float, largeur: float) -> None:
        """Draw nothing."""


class Filet(Bloc):
    """A thin rule across the width."""

    def __init__(self, couleur: str = LIGNE, trait: float = 0.6, avant: float = 0) -> None:
        self.couleur, self.trait, self.avant = couleur, trait, avant
        self.solidaire = True

    def hauteur(self, largeur: float) -> float:
        """Return the thickness."""
        del largeur
        return self.trait

    def dessine(self, toile: Toile, x: float, y: float, largeur: float) -> None:
        """Draw the rule."""
        trace(toile, x, y - self.trait / 2, largeur, self.couleur, self.trait)


class Pile(Bloc):
    """Blocks one under another, under an element of the tree when one is given."""

    def __init__(self, blocs: Sequence[Bloc], element: Element | None = None, avant: float = 0) -> None:
        self.blocs = tuple(blocs)
        self.element = element
        self.avant = avant

    def hauteur(self, largeur: float) -> float:
        """Return the sum of the heights and of the spaces between."""
        return sum(b.hauteur(largeur) + (b.avant if i else 0) for i, b in enumerate(self.blocs))

    def minimum(self, largeur: float) -> float:
        """Return the height of the first block, with those that it must not leave."""
        total = 0.0
        for i, bloc in enumerate(self.blocs):
            total += bloc.avant if i else 0
            if not bloc.solidaire:
                return total + bloc.minimum(largeur)
            total += bloc.hauteur(largeur)
        return total

    def coupe(self, largeur: float, place: float, pleine: float) -> Coupe:
        """Cut between blocks, or inside one that can be cut; a heading stays with what follows."""
        if self.hauteur(largeur) <= place:
            return self, None
        reste = place
        for i, bloc in enumerate(self.blocs):
            reste -= bloc.avant if i else 0
            besoin = bloc.hauteur(largeur)
            if besoin <= reste:
                reste -= besoin
                continue
            debut, fin = bloc.coupe(largeur, reste, pleine)
            return self._moities(i, debut, fin)
        return self, None

    def _moities(self, i: int, debut: Bloc | None, fin: Bloc | None) -> Coupe:
        tete = self.blocs[:i] if debut is None else (*self.blocs[:i], debut)
        while tete and debut is None and tete[-1].solidaire:
            tete, i = tete[:-1], i - 1
        queue = self.blocs[i:] if fin is None or debut is None else (fin, *self.blocs[i + 1 :])
        return (self._copie(tete) if tete else None), self._copie(queue)

    def _copie(self, blocs: Sequence[Bloc]) -> "Pile":
        return Pile(blocs, self.element, self.avant)

    def dessine(self, toile: Toile, x: float, y: float, largeur: float) -> None:
        """Draw each block under the one before."""
        with toile.dans(self.element):
            for i, bloc in enumerate(self.blocs):
                y -= bloc.avant if i else 0
                bloc.dessine(toile, x, y, largeur)
                y -= bloc.hauteur(largeur)


class Colonnes(Bloc):
    """Piles side by side, of given shares of the width; read column after column, never cut."""

    def __init__(self, colonnes: Sequence[tuple[float, Bloc]], gouttiere: float, avant: float = 0) -> None:
        self.colonnes = tuple(colonnes)
        self.gouttiere = gouttiere
        self.avant = avant

    def _largeurs(self, largeur: float) -> list[float]:
        utile = largeur - self.gouttiere * (len(self.colonnes) - 1)
        total = sum(part for part, _ in self.colonnes)
        return [utile * part / total for part, _ in self.colonnes]

    def seule(self, largeur: float, rang: int) -> float:
        """Return the height of one column."""
        return self.colonnes[rang][1].hauteur(self._largeurs(largeur)[rang])

    def hauteur(self, largeur: float) -> float:
        """Return the height of the tallest column."""
        return max(self.seule(largeur, rang) for rang in range(len(self.colonnes)))

    def dessine(self, toile: Toile, x: float, y: float, largeur: float) -> None:
        """Draw the columns from left to right."""
        for (_, bloc), w in zip(self.colonnes, self._largeurs(largeur), strict=True):
            bloc.dessine(toile, x, y, w)
            x += w + self.gouttiere


def rvb(couleur: str) -> tuple[float, float, float]:
    """Return red, green and blue between 0 and 1 for «#rrggbb»."""
    return tuple(int(couleur[i : i + 2], 16) / 255 for i in (1, 3, 5))  # type: ignore[return-value]


def trace(toile: Toile, x: float, y: float, largeur: float, couleur: str, trait: float) -> None:
    """Draw a horizontal rule, a decoration."""
    with toile.artefact():
        toile.canvas.setStrokeColorRGB(*rvb(couleur))
        toile.canvas.setLineWidth(trait)
        toile.canvas.line(x, y, x + largeur, y)


def aplat(toile: Toile, boite: tuple[float, float, float, float], couleur: str, rayon: float = 0) -> None:
    """Fill (x, y, width, height), a decoration."""
    with toile.artefact():
        toile.canvas.setFillColorRGB(*rvb(couleur))
        toile.canvas.roundRect(*boite, radius=rayon, stroke=0, fill=1)
