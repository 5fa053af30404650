"""Accounts in a workbook or a CSV: the rows that may be posts, with their amounts by column."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from o2r_desktop.analyse.finances.collage import lire_collage
from o2r_desktop.imports.apercus import Feuille

_OPERATION = re.compile(r"(?<=[0-9\s])(?=[+−-])")
_SOMME = re.compile(r"[0-9.,\s+−-]+")
_COMPTE = re.compile(r"[1-7][0-9]{1,7}")
_SAISIE_MAX = 200
"""Characters of what is typed in a cell."""


def lire_nombre(texte: str) -> Decimal | None:
    """Read «1 184 000,50 €», «-12 000», «(12 000)», «38 412 + 91 203», None when nothing is typed.

    Raises ValueError with what is wrong, in French.
    """
    lu = lire_collage(texte.strip().removeprefix("=")[:_SAISIE_MAX])
    if not lu.illisibles:
        return lu.valeurs[0][0] if lu.valeurs and len(lu.valeurs) == len(lu.valeurs[0]) == 1 else None
    if len(lu.cellules) == 1 and len(lu.cellules[0]) == 1 and _SOMME.fullmatch(lu.cellules[0][0]):
        termes = [lire_collage(t) for t in _OPERATION.split(lu.cellules[0][0])]
        valeurs = [t.valeurs[0][0] if t.valeurs and not t.illisibles else None for t in termes]
        if len(valeurs) > 1 and (connues := [v for v in valeurs if v is not None]) and len(connues) == len(valeurs):
            return sum(connues, Decimal(0))
    raise ValueError("n’est pas un montant en euros, ou se lit de deux façons : écrivez par exemple 12 000,50")


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneTableur:
    """A row that may be a post: its rank in the sheet, from 0, its words, the amount of each column."""

    rang: int
    libelle: str
    montants: Mapping[int, Decimal]


def lignes(feuille: Feuille, annees: Mapping[int, int]) -> tuple[LigneTableur, ...]:
    """Return the rows of a sheet that have words, then at least one amount; heads of *annees* are no amounts."""
    lues = lire_collage("\n".join("\t".join(map(_simple, ligne)) for ligne in feuille.lignes))
    trouvees: list[LigneTableur] = []
    for rang, (cellules, valeurs) in enumerate(zip(lues.cellules, lues.valeurs, strict=True)):
        mots = next((c for c, texte in enumerate(cellules) if any(x.isalpha() for x in texte)), None)
        if mots is None:
            continue
        montants = {c: v for c, v in enumerate(valeurs) if c > mots and v is not None}
        if montants and not all(v == annees.get(c) for c, v in montants.items()):
            trouvees.append(LigneTableur(rang=rang, libelle=_libelle(cellules, mots), montants=montants))
    return tuple(trouvees)


def _simple(cellule: str) -> str:
    return cellule.replace("\t", " ").replace("\n", " ").replace("\r", " ").replace('"', "″")


def _libelle(cellules: Sequence[str], mots: int) -> str:
    """Join an account number that stands left of the words."""
    seul = next(c for c in cellules if c)
    return f"{seul} {cellules[mots]}" if seul != cellules[mots] and _COMPTE.fullmatch(seul) else cellules[mots]


def colonnes(prises: Sequence[LigneTableur]) -> tuple[int, ...]:
    """Return the columns that hold amounts, in order."""
    return tuple(sorted({colonne for ligne in prises for colonne in ligne.montants}))
