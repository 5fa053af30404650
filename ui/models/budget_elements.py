"""The rows of the table of a budget: its lines, the sums of accounts, the totals, what does not balance."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import groupby

from o2r_desktop.analyse.budget.lignes import Sens
from o2r_desktop.analyse.budget.plan_comptable import libelle_compte
from o2r_desktop.dossiers.budget import ANNEES
from ui.models.budget_rangees import Rangee, additionner

Sommes = tuple[Decimal | None, ...]


class Genre(StrEnum):
    """What a row of the table is."""

    LIGNE = "ligne"
    GROUPE = "groupe"
    TOTAL = "total"
    SOLDE = "solde"


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """A row as it is shown: a line of the budget, or sums."""

    genre: Genre
    libelle: str = ""
    compte: str = ""
    rangee: Rangee | None = None
    annees: Sommes = ()
    total: Decimal | None = None
    cle: str = ""


_TOTAUX = {
    Sens.CHARGE: "Total des charges",
    Sens.PRODUIT: "Total des produits",
    Sens.EMPLOI_VOLONTAIRE: "Total 86",
    Sens.CONTRIBUTION_VOLONTAIRE: "Total 87",
}


def elements(lignes: Sequence[Rangee]) -> list[Element]:
    """Return the rows of the table: each nature with its groups and its total, then what does not balance."""
    faits: list[Element] = []
    totaux: dict[Sens, Element] = {}
    for sens, groupe in groupby(lignes, key=lambda r: r.sens):
        siennes = list(groupe)
        for compte, du_compte in groupby(siennes, key=lambda r: r.groupe):
            faits += _groupe(compte, list(du_compte))
        totaux[sens] = _sommes(Genre.TOTAL, _TOTAUX[sens], siennes, cle=f"total/{sens.value}")
        faits.append(totaux[sens])
    faits += _soldes(totaux)
    return faits


def _groupe(compte: str, lignes: Sequence[Rangee]) -> Iterator[Element]:
    """Yield the lines of an account, under their sum unless the only one bears the very account."""
    if len(lignes) > 1 or lignes[0].compte != compte:
        yield _sommes(Genre.GROUPE, libelle_compte(compte), lignes, cle=f"groupe/{compte}", compte=compte)
    for ligne in lignes:
        annees = tuple(m.valeur for m in ligne.montants)
        yield Element(genre=Genre.LIGNE, rangee=ligne, annees=annees, total=ligne.total, cle=ligne.cle)


def _sommes(genre: Genre, libelle: str, lignes: Sequence[Rangee], *, cle: str, compte: str = "") -> Element:
    annees = tuple(
        additionner(m.valeur for r in lignes for m in (r.montants[rang],) if not m.vide)
        for rang in range(len(ANNEES))
    )
    total = additionner(r.total for r in lignes)
    return Element(genre=genre, libelle=libelle, compte=compte, annees=annees, total=total, cle=cle)


def _soldes(totaux: Mapping[Sens, Element]) -> Iterator[Element]:
    for mots, haut, bas in (
        ("Produits − charges", Sens.PRODUIT, Sens.CHARGE),
        ("87 − 86", Sens.CONTRIBUTION_VOLONTAIRE, Sens.EMPLOI_VOLONTAIRE),
    ):
        if haut in totaux or bas in totaux:
            plus, moins = totaux.get(haut), totaux.get(bas)
            annees = tuple(_moins(plus, moins, rang) for rang in range(len(ANNEES)))
            total = _difference(plus.total if plus else None, moins.total if moins else None)
            yield Element(genre=Genre.SOLDE, libelle=mots, annees=annees, total=total, cle=f"solde/{mots}")


def _moins(plus: Element | None, moins: Element | None, rang: int) -> Decimal | None:
    return _difference(plus.annees[rang] if plus else None, moins.annees[rang] if moins else None)


def _difference(haut: Decimal | None, bas: Decimal | None) -> Decimal | None:
    return None if haut is None or bas is None else haut - bas
