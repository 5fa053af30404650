"""Budgets typed line by line, on an ordinary dossier of 300 000 € over three years."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from o2r_desktop.analyse.budget import Budget, analyser
from o2r_desktop.analyse.budget.lignes import cle_ligne
from o2r_desktop.analyse.finances import Finances
from o2r_desktop.analyse.panorama import Panorama
from o2r_desktop.dossiers.model import Dossier
from tests.o2r_desktop.evaluation.fabrique import dossier, parametres

Rangee = tuple[str, str, Sequence[str]]
"""Account, label, the three years; «» for a cell that was not typed."""

EQUILIBRE: tuple[Rangee, ...] = (
    ("606", "Achats", ("10000", "10000", "10000")),
    ("613", "Locations", ("6000", "6000", "6000")),
    ("628", "Frais de structure", ("4000", "4000", "4000")),
    ("641", "Rémunérations", ("60000", "60000", "60000")),
    ("645", "Charges sociales", ("20000", "20000", "20000")),
    ("740", "Contribution O2R", ("70000", "70000", "70000")),
    ("744", "Commune", ("20000", "20000", "20000")),
    ("756", "Cotisations", ("10000", "10000", "10000")),
    ("864", "Bénévolat", ("5000", "5000", "5000")),
    ("875", "Bénévolat", ("5000", "5000", "5000")),
)
"""Charges 100 000 a year = produits 100 000; 86 = 87; 64 = 240 000 and total 300 000 as the form says."""


def fiches(rangees: Sequence[Rangee], membre: str = "") -> dict[str, Any]:
    return {
        cle_ligne(f"{membre}{rang}-{annee}"): {
            "compte": compte, "libelle": libelle, "annee": annee, "declare": montant,
            **({"membre": membre} if membre else {}),
        }
        for rang, (compte, libelle, annees) in enumerate(rangees, 1)
        for annee, montant in enumerate(annees, 1)
        if montant
    }  # fmt: skip


def sauf(compte: str, *annees: str) -> tuple[Rangee, ...]:
    """Return the balanced budget with one account changed."""
    return tuple((c, nom, annees if c == compte else a) for c, nom, a in EQUILIBRE)


def budget(
    rangees: Sequence[Rangee] = EQUILIBRE,
    examine: Dossier | None = None,
    *,
    plus: dict[str, Any] | None = None,
    sante: Finances | None = None,
    panorama: Panorama | None = None,
) -> Budget:
    d = examine or dossier(
        cofinancements=(), charges_indirectes=Decimal(12_000), contributions_volontaires=Decimal(15_000)
    )
    tout = {**fiches(rangees), **(plus or {})}
    return analyser(d, tout, parametres(), finances=sante or Finances(numero=d.numero), panorama=panorama)
