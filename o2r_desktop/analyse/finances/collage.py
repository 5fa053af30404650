"""Text pasted from a spreadsheet, read as rows of amounts: French and English numbers, accounting negatives.

Nothing is guessed: what may be read two ways («1.184» is a thousand or a little more than one) is unreadable, and
a dash, which an accountant writes for nothing, is a blank: unknown, never zero.
"""

import csv
import io
import re
from dataclasses import dataclass
from decimal import Decimal

from o2r_desktop.text import arrondi, printable

LIGNES_MAX, COLONNES_MAX, CARACTERES_MAX = 2_000, 60, 400_000
"""What is read of a paste: accounts are far shorter."""
_BLANCS = re.compile(r"[\s\u00a0\u202f\u2009'’]+")
_TIRETS = str.maketrans({"−": "-", "–": "-", "—": "-", "\u2010": "-", "\u2011": "-"})
_SIMPLE = re.compile(r"[0-9]{1,13}(?:[.,][0-9]{1,2})?|[.,][0-9]{1,2}|[0-9]{1,13}[.,]")
_LONG = re.compile(r"[0-9]{1,13}[.,][0-9]{4,12}")
_MILLIERS = re.compile(r"[0-9]{1,3}(?:([.,])[0-9]{3})(?:\1[0-9]{3}){0,3}(?:(?!\1)[.,][0-9]{1,12})?")
_MONNAIE = re.compile(r"^(?:€|eur)|(?:€|eur|euros?)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Illisible:
    """A pasted cell that is no amount, by its row and column from 0."""

    ligne: int
    colonne: int
    texte: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Collage:
    """A pasted block: amounts by row, None for blanks and for what cannot be read; ``cellules`` as they came.

    ``tronque`` when the paste was longer than what is read.
    """

    valeurs: tuple[tuple[Decimal | None, ...], ...] = ()
    cellules: tuple[tuple[str, ...], ...] = ()
    illisibles: tuple[Illisible, ...] = ()
    tronque: bool = False


def lire_collage(texte: str) -> Collage:
    """Read a pasted block; it never fails."""
    cellules = decouper(texte)
    valeurs: list[tuple[Decimal | None, ...]] = []
    illisibles: list[Illisible] = []
    for rang, ligne in enumerate(cellules):
        lues: list[Decimal | None] = []
        for colonne, cellule in enumerate(ligne):
            lue, lisible = _lire(cellule)
            lues.append(lue)
            if not lisible:
                illisibles.append(Illisible(ligne=rang, colonne=colonne, texte=cellule))
        valeurs.append(tuple(lues))
    tronque = len(texte) > CARACTERES_MAX or texte.count("\n") > LIGNES_MAX
    return Collage(valeurs=tuple(valeurs), cellules=cellules, illisibles=tuple(illisibles), tronque=tronque)


def decouper(texte: str) -> tuple[tuple[str, ...], ...]:
    """Return the cells of a pasted block: rows by line, columns by tab, quoted cells as spreadsheets write them."""
    propre = printable(texte[:CARACTERES_MAX]).rstrip("\n")
    if not propre:
        return ()
    if propre.count('"') % 2 == 0 and '"' in propre:
        lignes = list(csv.reader(io.StringIO(propre), delimiter="\t", strict=False))
    else:
        lignes = [ligne.split("\t") for ligne in propre.split("\n")]
    return tuple(tuple(c.strip() for c in ligne[:COLONNES_MAX]) for ligne in lignes[:LIGNES_MAX])


def lire_cellule(texte: str) -> Decimal | None:
    """Return the amount of a cell to the cent, None for a blank, a dash or what cannot be read."""
    return _lire(texte)[0]


def _lire(texte: str) -> tuple[Decimal | None, bool]:
    """Return the amount of a cell and whether the cell can be read: a blank can."""
    brut = _BLANCS.sub("", printable(texte)).translate(_TIRETS)
    if len(brut) > 60:
        return None, False
    negatif = brut.startswith("(") and brut.endswith(")")
    brut = _MONNAIE.sub("", brut[1:-1] if negatif else brut)
    brut = _MONNAIE.sub("", brut)
    if not brut.strip("-"):
        return None, not negatif or not brut
    if brut[0] in "+-":
        negatif, brut = negatif ^ (brut[0] == "-"), _MONNAIE.sub("", brut[1:])
    elif brut.endswith("-"):
        negatif, brut = not negatif, brut[:-1]
    chiffres = _chiffres(brut)
    if chiffres is None:
        return None, False
    valeur = arrondi(Decimal(chiffres))
    return (-valeur if negatif and valeur else valeur), True


def _chiffres(brut: str) -> str | None:
    """Return the digits of a positive number with a dot, None when it is none or may be read two ways."""
    if _SIMPLE.fullmatch(brut) or _LONG.fullmatch(brut):
        return brut.replace(",", ".").strip(".") if brut[-1] in ".," else brut.replace(",", ".")
    if not _MILLIERS.fullmatch(brut):
        return None
    separateurs = re.findall(r"[.,]", brut)
    if len(separateurs) == 1:
        return None
    if separateurs[-1] == separateurs[0]:
        return re.sub(r"[.,]", "", brut)
    entier, _, decimales = brut.rpartition(separateurs[-1])
    return f"{re.sub(r'[.,]', '', entier)}.{decimales}"
