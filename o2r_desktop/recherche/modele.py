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
