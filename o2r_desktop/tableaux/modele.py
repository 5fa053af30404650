"""What a table holds, whatever the format of the file, and the text that a cell may hold."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

TEXTE_MAX = 32_767
"""Characters of a cell, in units of UTF-16: the limit of Excel, ECMA-376 part 1 and its implementer notes."""
_NOMBRE_MAX = 10**15
"""Beyond, spreadsheets lose digits: the number is written as text."""
_INTERDITS = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold."""
_FORMULES = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""How a text begins that a spreadsheet could take for a formula; some programs fold the wide signs."""
_SUITE = "…"

Cellule = str | int | Decimal | datetime | None
"""A datetime is local and naive; None is a blank."""


class Genre(StrEnum):
    """What the cells of a column are, hence how they are shown. NUMERO has no space between thousands."""

    TEXTE = "texte"
    NUMERO = "numero"
    ENTIER = "entier"
    DECIMAL = "decimal"
    MONTANT = "montant"
    INSTANT = "instant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubrique:
    """A column: its title, what its cells are, its width in characters."""

    titre: str
    genre: Genre = Genre.TEXTE
    largeur: int = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Tableau:
    """A sheet and what is said of it on another one, «À propos»: pairs of a name and a text."""

    titre: str
    rubriques: Sequence[Rubrique]
    lignes: Sequence[Sequence[Cellule]]
    apropos: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A cell ready to be written: text, finite number or date; ``douteuse`` when it looks like a formula."""

    valeur: str | int | float | datetime
    genre: Genre = Genre.TEXTE
    douteuse: bool = False
    coupee: bool = False


def case(valeur: Cellule, genre: Genre) -> Case | None:
    """Return what is written in a cell, None for a blank. A value that is not of its kind is text."""
    if valeur is None or valeur == "":
        return None
    if genre is not Genre.TEXTE and not isinstance(valeur, str):
        ecrite = _typee(valeur, genre)
        if ecrite is not None:
            return Case(valeur=ecrite, genre=genre)
    texte, coupee = propre(str(valeur))
    return Case(valeur=texte, douteuse=formule_possible(texte), coupee=coupee) if texte else None


def propre(texte: str) -> tuple[str, bool]:
    """Return the text that a cell can hold, and whether it had to be cut."""
    texte = _INTERDITS.sub("", texte.replace("\r\n", "\n").replace("\r", "\n"))
    unites = texte.encode("utf-16-le")
    if len(unites) <= 2 * TEXTE_MAX:
        return texte, False
    gardees = unites[: 2 * (TEXTE_MAX - len(_SUITE))]
    return gardees.decode("utf-16-le", "ignore") + _SUITE, True


def _typee(valeur: int | Decimal | datetime, genre: Genre) -> int | float | datetime | None:
    if isinstance(valeur, datetime):
        convient = genre is Genre.INSTANT and valeur.tzinfo is None and 1900 < valeur.year < 10_000
        return valeur.replace(microsecond=0) if convient else None
    somme = Decimal(valeur)
    if genre is Genre.INSTANT or not somme.is_finite() or abs(somme) >= _NOMBRE_MAX:
        return None
    return valeur if isinstance(valeur, int) else float(valeur)


def formule_possible(texte: str) -> bool:
    """Say whether a spreadsheet could take a text for a formula (OWASP, CSV injection)."""
    return texte.startswith(_FORMULES)
