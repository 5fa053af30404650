"""Borders shared by their two sides: simplified once, so that neighbours keep touching."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from geometrie import Anneau, Point, aire, projeter, simplifier

Arete = tuple[Point, Point]


class Cellule(NamedTuple):
    """What a commune belongs to; the sea and the other regions are the empty one."""

    departement: str
    epci: str


DEHORS = Cellule("", "")


class Arc(NamedTuple):
    """A border between two cells, walked with ``gauche`` on one side and ``droite`` on the other."""

    gauche: Cellule
    droite: Cellule
    points: tuple[Point, ...]


class Topologie:
    """The arcs between the cells of a map, made of the rings of its communes."""

    UNITE_M = 20
    ECART_M = 150
    AIRE_MIN_KM2 = 1.0
    """Islets and slits below it are left out."""

    def __init__(self, faces: Iterable[tuple[Cellule, list[Anneau]]]) -> None:
        """Put the rings on the grid and keep the edges between two cells."""
        faces = list(faces)
        tous = [p for _, anneaux in faces for a in anneaux for p in a]
        self._ouest, self._nord = min(x for x, _ in tous), max(y for _, y in tous)
        bas = (max(x for x, _ in tous), min(y for _, y in tous))
        self.taille = [math.ceil(c / self.UNITE_M) for c in self._grille(bas)]
        self._cotes: dict[Arete, Cellule] = {}
        for cellule, anneaux in faces:
            for anneau in anneaux:
                self._poser(cellule, [self._grille(p) for p in anneau])
        self._combler()

    def _grille(self, lieu: tuple[float, float]) -> Point:
        return projeter(*lieu, ouest=self._ouest, nord=self._nord)

    def _poser(self, cellule: Cellule, points: list[Point]) -> None:
        """Give the directed edges of a ring to its cell; an edge walked both ways within a cell vanishes."""
        for a, b in pairwise(points):
            if a == b:
                continue
            if self._cotes.get((b, a)) == cellule:
                del self._cotes[b, a]
            else:
                self._cotes[a, b] = cellule

    def _combler(self) -> None:
        """Give each hole inside the region to the cell with the longest border around it.

        The outlines are older than the list of communes: of those that merged since, only the first town is drawn.
        """
        suite: dict[Point, list[Point]] = defaultdict(list)
        for a, b in sorted(self._cotes, reverse=True):
            if (b, a) not in self._cotes:
                suite[a].append(b)
        while suite:
            ligne = [min(suite)]
            while len(ligne) == 1 or ligne[-1] != ligne[0]:
                suivants = suite[ligne[-1]]
                ligne.append(suivants.pop())
                if not suivants:
                    del suite[ligne[-2]]
            if aire(ligne[:-1]) > 0:
                self._remplir(list(pairwise(ligne)))

    def _remplir(self, bord: list[Arete]) -> None:
        longueurs: dict[Cellule, float] = defaultdict(float)
        for arete in bord:
            longueurs[self._cotes[arete]] += math.dist(*arete)
        cellule = max(sorted(longueurs), key=longueurs.__getitem__)
        for a, b in bord:
            if self._cotes[a, b] == cellule:
                del self._cotes[a, b]
            else:
                self._cotes[b, a] = cellule

    @cached_property
    def arcs(self) -> tuple[Arc, ...]:
        """The borders, in an order that depends on nothing but the map."""
        voisins: dict[Point, set[Point]] = defaultdict(set)
        for a, b in self._cotes:
            voisins[a].add(b)
            voisins[b].add(a)
        noeuds = {p for p in voisins if len(voisins[p]) != 2 or self._change(p, voisins[p])}
        faits: set[Arete] = set()
        arcs = []
        for depart in [*sorted(noeuds), *sorted(voisins)]:
            for suivant in sorted(voisins[depart]):
                if (depart, suivant) not in faits:
                    ligne = self._suivre(depart, suivant, voisins, noeuds)
                    faits.update(pairwise(ligne))
                    faits.update(zip(ligne[1:], ligne, strict=False))
                    arcs.append(self._arc(ligne))
        return tuple(arcs)

    def _sides(self, a: Point, b: Point) -> tuple[Cellule, Cellule]:
        return self._cotes.get((a, b), DEHORS), self._cotes.get((b, a), DEHORS)

    def _change(self, point: Point, autour: set[Point]) -> bool:
        avant, apres = sorted(autour)
        return self._sides(avant, point) != self._sides(point, apres)

    def _suivre(
        self, depart: Point, suivant: Point, voisins: dict[Point, set[Point]], noeuds: set[Point]
    ) -> list[Point]:
        ligne = [depart, suivant]
        while ligne[-1] not in noeuds and ligne[-1] != depart:
            ligne.append(next(p for p in voisins[ligne[-1]] if p != ligne[-2]))
        return ligne

    def _arc(self, ligne: list[Point]) -> Arc:
        gauche, droite = self._sides(ligne[0], ligne[1])
        if ligne[0] == ligne[-1]:  # a closed line: two halves, or all of it would be one point
            milieu = len(ligne) // 2
            points = simplifier(ligne[: milieu + 1], self.ECART_M)[:-1] + simplifier(ligne[milieu:], self.ECART_M)
        else:
            points = simplifier(ligne, self.ECART_M)
        return Arc(gauche, droite, tuple(points))

    def arcs_relatifs(self) -> list[list[int]]:
        """Return the arcs as flat lists: the first point, then steps."""
        relatifs = []
        for arc in self.arcs:
            points = [(round(x / self.UNITE_M), round(y / self.UNITE_M)) for x, y in arc.points]
            plats = list(points[0])
            for (x1, y1), (x2, y2) in pairwise(points):
                plats += [x2 - x1, y2 - y1] if (x1, y1) != (x2, y2) else []
            relatifs.append(plats)
        return relatifs

    def anneaux(self, dedans: Callable[[Cellule], bool]) -> list[list[int]]:
        """Return the rings around the cells that are *dedans*, as arcs from 1, negative when walked backwards."""
        departs: dict[Point, list[int]] = defaultdict(list)
        for rang, arc in enumerate(self.arcs, 1):
            if dedans(arc.gauche) != dedans(arc.droite):
                signe = rang if dedans(arc.gauche) else -rang
                departs[self._bouts(signe)[0]].append(signe)
        anneaux = []
        while departs:
            debut = min(departs)
            anneau, ici = [], debut
            while not anneau or ici != debut:
                anneau.append(departs[ici].pop())
                if not departs[ici]:
                    del departs[ici]
                ici = self._bouts(anneau[-1])[1]
            anneaux.append(anneau)
        minimum = self.AIRE_MIN_KM2 * 1e6 * 2
        return [a for a in anneaux if abs(aire(self._points(a))) >= minimum]

    def _bouts(self, signe: int) -> tuple[Point, Point]:
        points = self.arcs[abs(signe) - 1].points
        return (points[0], points[-1]) if signe > 0 else (points[-1], points[0])

    def _points(self, anneau: list[int]) -> list[Point]:
        points: list[Point] = []
        for signe in anneau:
            arc = self.arcs[abs(signe) - 1].points
            points += list(arc if signe > 0 else reversed(arc))[:-1]
        return points
