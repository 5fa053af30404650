"""Figures of all the dossiers of a campagne, to situate one among them."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from o2r_desktop.dossiers.budget import lire_budget, lire_serie, somme
from o2r_desktop.dossiers.importation import Apercu
from o2r_desktop.dossiers.model import Dossier

TAILLE_UTILE = 8
"""Dossiers below which a median says nothing (proposition)."""


@dataclass(frozen=True, kw_only=True)
class Lot:
    """Costs per beneficiary of the dossiers where both figures are known, in ascending order."""

    couts_par_beneficiaire: tuple[Decimal, ...]

    @property
    def utile(self) -> bool:
        """Whether there are enough dossiers to compare with."""
        return len(self.couts_par_beneficiaire) >= TAILLE_UTILE

    @cached_property
    def mediane(self) -> Decimal:
        """The median."""
        return quantile(self.couts_par_beneficiaire, Decimal("0.5"))

    @cached_property
    def quartiles(self) -> tuple[Decimal, Decimal]:
        """The first and third quartiles, interpolated as QUARTILE.INCLURE of spreadsheets."""
        couts = self.couts_par_beneficiaire
        return quantile(couts, Decimal("0.25")), quantile(couts, Decimal("0.75"))

    @cached_property
    def bornes(self) -> tuple[Decimal, Decimal]:
        """Tukey's fences: one and a half interquartile ranges beyond the quartiles."""
        q1, q3 = self.quartiles
        marge = (q3 - q1) * Decimal("1.5")
        return q1 - marge, q3 + marge


def lot(elements: Iterable[Dossier | Apercu]) -> Lot:
    """Gather the figures of a campagne; dossiers without cost or beneficiaries are left out."""
    couts = (_cout_par_beneficiaire(element) for element in elements)
    return Lot(couts_par_beneficiaire=tuple(sorted(c for c in couts if c is not None)))


def quantile(valeurs: tuple[Decimal, ...], part: Decimal) -> Decimal:
    """Return the quantile of ascending *valeurs* by linear interpolation; raises ValueError when empty."""
    if not valeurs:
        raise ValueError("aucune valeur")
    rang = part * (len(valeurs) - 1)
    bas = int(rang)
    haut = min(bas + 1, len(valeurs) - 1)
    return valeurs[bas] + (valeurs[haut] - valeurs[bas]) * (rang - bas)


def _cout_par_beneficiaire(element: Dossier | Apercu) -> Decimal | None:
    cout: Decimal | None
    beneficiaires: Decimal | None
    if isinstance(element, Apercu):
        cout = element.cout_total
        beneficiaires = None if element.beneficiaires is None else Decimal(element.beneficiaires)
    else:
        cout = lire_budget(element).cout
        beneficiaires = somme(lire_serie(element, "beneficiaires_annee"))
    if cout is None or beneficiaires is None or cout < 0 or beneficiaires <= 0:
        return None
    return cout / beneficiaires
