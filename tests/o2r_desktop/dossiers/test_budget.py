"""Figures of the budget: what is known, what is retained."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from o2r_desktop.dossiers.budget import (
    EtatChiffre,
    euros,
    garde_fou,
    lire_budget,
    lire_chiffre,
    lire_serie,
    plafond,
    somme,
    somme_connue,
)
from o2r_desktop.dossiers.model import Cofinancement
from tests.o2r_desktop.evaluation.fabrique import ABSENT, ILLISIBLE, ZERO_OU_VIDE, annees, dossier, plat

MONTANTS = st.decimals(0, 10**7, places=2)


@pytest.mark.parametrize(
    ("valeur", "etat", "lu"),
    [
        (Decimal("12.50"), EtatChiffre.CONNU, Decimal("12.50")),
        (0, EtatChiffre.CONNU, Decimal(0)),
        (ZERO_OU_VIDE, EtatChiffre.ZERO_OU_VIDE, None),
        ("", EtatChiffre.VIDE, None),
        (ABSENT, EtatChiffre.ABSENT, None),
        (ILLISIBLE, EtatChiffre.ILLISIBLE, None),
        (True, EtatChiffre.ILLISIBLE, None),
        (Decimal(-1), EtatChiffre.NEGATIF, None),
    ],
)
def test_figures(valeur: Any, etat: EtatChiffre, lu: Decimal | None) -> None:
    chiffre = lire_chiffre(dossier(cout_total=valeur), "cout_total")
    assert (chiffre.etat, chiffre.valeur) == (etat, lu)


def test_series() -> None:
    serie = lire_serie(dossier(**annees("cout", Decimal(1), ZERO_OU_VIDE, Decimal(3))), "cout_annee")
    assert (somme(serie), somme_connue(serie)) == (None, Decimal(4))


@pytest.mark.parametrize(
    ("montant", "texte"),
    [("150000", "150 000,00 €"), ("149999.99", "149 999,99 €"), ("149999.999", "149 999,999 €")],
)
def test_amounts_never_look_like_a_threshold(montant: str, texte: str) -> None:
    assert plat(euros(Decimal(montant))) == texte


@pytest.mark.parametrize(
    ("cas", "ecarte", "base", "haut"),
    [
        ({}, 0, 300_000, 300_000),
        ({"formation": True, "formation_montant": Decimal(12_000)}, 12_000, 288_000, 288_000),
        ({"formation": False, "formation_montant": Decimal(12_000)}, 12_000, 288_000, 288_000),
        ({"formation": True}, None, None, None),
        ({"formation": True, "formation_montant": Decimal(0)}, None, None, None),
        ({"formation": "", "formation_montant": ZERO_OU_VIDE}, None, None, None),
        ({"formation_montant": ILLISIBLE}, None, None, None),
        ({"formation": "", "formation_montant": Decimal(0)}, 0, 300_000, 300_000),
        ({"cout_total": Decimal(290_000)}, 0, 290_000, 290_000),
        ({"cout_total": Decimal(310_000)}, 0, 300_000, 300_000),
        ({"cout_total": ZERO_OU_VIDE}, 0, 300_000, 300_000),
        ({"cout_total": "", "cout_annee_1": ""}, 0, None, None),
        ({"formation": True, "formation_montant": Decimal(400_000)}, 400_000, 0, 0),
        ({"cofinancements": (Cofinancement(financeur="a", montant=Decimal(50_000)),)}, 0, 300_000, 250_000),
        ({"cofinancements": (Cofinancement(financeur="a", montant=Decimal(500_000)),)}, 0, 300_000, 0),
    ],
)
def test_eligible_base_and_cap(cas: dict[str, Any], ecarte: int | None, base: int | None, haut: int | None) -> None:
    examine = dossier(**cas)
    budget = lire_budget(examine)
    assert (budget.a_ecarter, budget.base_eligible, plafond(examine)) == (ecarte, base, haut)


@pytest.mark.parametrize(
    ("cas", "plafond_attendu", "demande"),
    [
        ({}, 300_000, 210_000),
        ({"formation": True, "formation_montant": Decimal(12_000)}, 288_000, 210_000),
        ({"formation": True}, 300_000, 210_000),
        ({"cofinancements": (Cofinancement(financeur="a", montant=Decimal(500_000)),)}, 0, 210_000),
        ({"cout_total": "", "cout_annee_1": ""}, None, 210_000),
        ({"demande_total": "", "demande_annee_1": ""}, 300_000, None),
        ({"demande_total": Decimal(0), **annees("demande", *[Decimal(0)] * 3)}, 300_000, 0),
    ],
)
def test_guard_of_the_amount(cas: dict[str, Any], plafond_attendu: int | None, demande: int | None) -> None:
    assert garde_fou(dossier(**cas)) == (plafond_attendu, demande)


@given(MONTANTS, MONTANTS, MONTANTS, st.lists(MONTANTS, max_size=4))
@settings(max_examples=100, deadline=None)
def test_cap_is_never_above_cost_less_cofinancing(
    cout: Decimal, ecart: Decimal, formation: Decimal, autres: list[Decimal]
) -> None:
    lignes = tuple(Cofinancement(financeur="x", montant=m) for m in autres)
    examine = dossier(
        cout_total=cout,
        **annees("cout", ecart, Decimal(0), Decimal(0)),
        formation=True,
        formation_montant=formation,
        cofinancements=lignes,
    )
    haut = plafond(examine)
    if formation == 0:
        assert haut is None
    else:
        assert haut == max(Decimal(0), max(Decimal(0), min(cout, ecart) - formation) - sum(autres))


def test_request_is_the_higher_one() -> None:
    budget = lire_budget(
        dossier(demande_total=Decimal(100), **annees("demande", Decimal(60), Decimal(60), ILLISIBLE))
    )
    assert (budget.demande, budget.demande_prudente) == (Decimal(100), Decimal(120))
    assert lire_budget(dossier(demande_total="", demande_annee_1="")).demande_prudente is None


def test_lines_declared_and_retained() -> None:
    lignes = {ligne.nom: ligne for ligne in lire_budget(dossier()).lignes()}
    cout, demande = lignes["Coût du projet"], lignes["Contribution demandée"]
    assert cout.declare == cout.retenu == (100_000, 100_000, 100_000, 300_000)
    assert demande.declare == demande.retenu == (70_000, 70_000, 70_000, 210_000)


def test_lines_once_training_is_set_aside_and_the_request_cut() -> None:
    budget = lire_budget(dossier(formation=True, formation_montant=Decimal(100_000)))
    lignes = {ligne.nom: ligne for ligne in budget.lignes()}
    assert lignes["Coût du projet"].retenu == (None, None, None, 200_000)
    assert lignes["dont dépenses de formation"].declare[-1] == 100_000
    assert lignes["Contribution demandée"].retenu == (None, None, None, 200_000)


def test_lines_of_an_empty_form_are_unknown() -> None:
    vide = dict.fromkeys(
        (
            "cout_total",
            "demande_total",
            "formation",
            "formation_montant",
            *annees("cout", 1, 2, 3),
            *annees("demande", 1, 2, 3),
        ),
        "",
    )
    for ligne in lire_budget(dossier(**vide)).lignes():
        assert set(ligne.declare + ligne.retenu) == {None}
