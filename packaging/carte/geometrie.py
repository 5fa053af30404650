"""Points of the outlines: read from WKB, put on a grid of kilometres, simplified."""

import math
import struct
from collections.abc import Sequence

Point = tuple[int, int]
Anneau = list[tuple[float, float]]


def lire_wkb(hexa: str) -> list[Anneau]:
    """Return the rings of a little-endian WKB MultiPolygon, each closed on itself; the land is on one same side."""
    octets = bytes.fromhex(hexa)
    (polygones,) = struct.unpack_from("<I", octets, 5)
    place, anneaux = 9, []
    for _ in range(polygones):
        (compte,) = struct.unpack_from("<I", octets, place + 5)
        place += 9
        for rang in range(compte):
            (points,) = struct.unpack_from("<I", octets, place)
            plats = struct.unpack_from(f"<{2 * points}d", octets, place + 4)
            anneau = list(zip(plats[::2], plats[1::2], strict=True))
            anneaux.append(anneau if (aire(anneau) > 0) == (rang == 0) else anneau[::-1])
            place += 4 + 16 * points
    return anneaux


def projeter(longitude: float, latitude: float, *, ouest: float, nord: float) -> Point:
    """Return a place in metres: equirectangular at 47.5° North, eastwards and southwards of a corner."""
    metres_par_degre = 40_007_863 / 360
    est = (longitude - ouest) * metres_par_degre * math.cos(math.radians(47.5))
    sud = (nord - latitude) * metres_par_degre
    return round(est), round(sud)


def aire(points: Sequence[tuple[float, float]]) -> float:
    """Return twice the signed area of a closed line."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(points, [*points[1:], points[0]], strict=True))


def simplifier(points: list[Point], ecart: float) -> list[Point]:
    """Return a line without the points that stand closer than *ecart* to it (Douglas and Peucker); ends stay."""
    garder = {0, len(points) - 1}
    pile = [(0, len(points) - 1)]
    while pile:
        debut, fin = pile.pop()
        loin, place = 0.0, 0
        for i in range(debut + 1, fin):
            distance = _distance(points[i], points[debut], points[fin])
            if distance > loin:
                loin, place = distance, i
        if loin > ecart:
            garder.add(place)
            pile += [(debut, place), (place, fin)]
    return [points[i] for i in sorted(garder)]


def _distance(p: Point, a: Point, b: Point) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    longueur = dx * dx + dy * dy
    t = 0.0 if not longueur else max(0.0, min(1.0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / longueur))
    return math.hypot(p[0] - a[0] - t * dx, p[1] - a[1] - t * dy)
