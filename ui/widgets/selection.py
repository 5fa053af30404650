"""What is selected in a document, and what is marked on its pages."""

from dataclasses import dataclass

from o2r_desktop.evaluation.reponses import Zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """A passage: page from 1, rectangles in parts of the page, and the text in them, «» for a drawn zone."""

    page: int
    zones: tuple[Zone, ...]
    texte: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marque:
    """A passage kept on a page, from 1: an evidence pinned before. ``nom`` is said on hover and aloud."""

    page: int
    zones: tuple[Zone, ...]
    nom: str
    courante: bool = False
