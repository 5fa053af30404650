"""Full-text search in answers and pieces: an index that can be thrown away, and what it finds."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from o2r_desktop.operations import Session
from o2r_desktop.progress import Reporter


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Resultat:
    """What a question finds: every dossier that holds all its words, and passages of the first of them.

    ``complet`` is False while the index is still being made.
    """

    numeros: frozenset[int]
    passages: tuple[Passage, ...]
    complet: bool


def chercher(
    session: Session, question: str, *, parmi: Collection[int] | None = None, limite: int = 60
) -> Resultat:
    """Search words, beginnings of words and «"phrases"», accents and case set aside; at most *limite* passages."""
    return Resultat(numeros=frozenset(), passages=(), complet=True)


def indexer(session: Session, reporter: Reporter) -> int:
    """Bring the index up to date, dossier by dossier; return how many were read. Can be stopped at any time."""
    return 0
