"""How far the instructor read each piece, and where it was left."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Lecture:
    """The reading of one piece, known by its SHA-256: page from 1, size of the pages («» is that of always).

    ``vues`` are the pages that were in view; ``lue`` once all were, or when the instructor says so.
    """

    empreinte: str
    page: int = 1
    zoom: str = ""
    vues: frozenset[int] = frozenset()
    lue: bool = False
