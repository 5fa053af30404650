"""What a search finds."""

from dataclasses import dataclass
from enum import StrEnum


class Source(StrEnum):
    """Where a passage stands."""

    FORMULAIRE = "formulaire"
    PIECE = "piece"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A place where words of the question stand.

    ``ou`` is the label of the field or the name of the piece; ``page`` counts from one, None outside of pieces;
    ``fragments`` is the text around, in order, each with whether it is one of the words.
    """

    numero: int
    source: Source
    ou: str
    fragments: tuple[tuple[str, bool], ...]
    empreinte: str = ""
    page: int | None = None

    @property
    def extrait(self) -> str:
        """Return the text around as one text."""
        return "".join(texte for texte, _ in self.fragments)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resultat:
    """What a question finds: every dossier that holds all its words, and passages, the best first.

    ``complet`` is False while the index is still to be made, in part or whole: then more may be found later.
    """

    numeros: frozenset[int]
    passages: tuple[Passage, ...]
    complet: bool


class EtatPiece(StrEnum):
    """What a piece gave to the search."""

    LU = "lu"
    SANS_TEXTE = "sans_texte"
    """A scan or a picture."""
    ILLISIBLE = "illisible"
    ATTENTE = "attente"
    """Not indexed yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PassagePage:
    """A page of a piece where words of the question stand, from 1: a sheet of a workbook, a slide are pages too.

    ``fragments`` is the text around the best of them, ``nombre`` how many words of the question stand there.
    """

    page: int
    fragments: tuple[tuple[str, bool], ...]
    nombre: int = 1

    @property
    def extrait(self) -> str:
        """Return the text around as one text."""
        return "".join(texte for texte, _ in self.fragments)


@dataclass(frozen=True, slots=True, kw_only=True)
class PassagePiece:
    """A piece of a dossier, and the pages of it that answer; without any when there is nothing to search in it.

    ``paginee`` says that it has true pages, as a PDF; ``coupe`` that more pages answer than are given.
    """

    empreinte: str
    nom: str
    etat: EtatPiece
    pages: tuple[PassagePage, ...] = ()
    paginee: bool = False
    coupe: bool = False

    @property
    def nombre(self) -> int:
        """Return how many words of the question stand in these pages."""
        return sum(page.nombre for page in self.pages)
