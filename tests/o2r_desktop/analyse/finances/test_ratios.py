"""Ratios, against cases worked out by hand."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from o2r_desktop.analyse.finances.ratios import DEFINITIONS, Exercice, Lecture, Ratio, ratios


def exercice(annee: int = 2024, **changements: Any) -> Exercice:
    """Return a sound body: balance sheet of 500 000 €, products of 1 000 000 €."""
    montants: dict[str, int] = {
        "fonds_propres": 200_000, "report_a_nouveau": 50_000, "fonds_dedies": 40_000, "provisions": 10_000,
        "dettes_long_terme": 50_000, "dettes_financieres": 60_000, "dettes_exploitation": 150_000,
        "dettes_court_terme": 200_000, "total_bilan": 500_000, "actif_immobilise": 120_000,
        "actif_circulant": 380_000, "stocks": 0, "creances": 120_000, "produits": 1_000_000,
        "charges_decaissables": 912_500, "charges_personnel": 700_000, "subventions": 600_000,
        "premier_financeur": 400_000, "dotations": 30_000, "reprises": 5_000, "resultat": 10_000,
    }  # fmt: skip
    sain = Exercice(annee=annee, **{nom: Decimal(montant) for nom, montant in montants.items()})
    return replace(sain, **{nom: None if v is None else Decimal(v) for nom, v in changements.items()})


def trouver(nom: str, *exercices: Exercice) -> Ratio:
    return next(r for r in ratios(exercices) if r.nom == nom)


def dernier(nom: str, avant: dict[str, Any] | None = None, **changements: Any) -> Ratio:
    return trouver(nom, exercice(2022), exercice(2023, **(avant or {})), exercice(2024, **changements))


@pytest.mark.parametrize(
    ("nom", "changements", "valeur", "lecture"),
    [
        ("Fonds propres", {}, 200_000, "vert"),
        ("Fonds propres", {"fonds_propres": 199_999}, 199_999, "orange"),
        ("Fonds propres", {"fonds_propres": -1}, -1, "rouge"),
        ("Report à nouveau", {}, 50_000, "vert"),
        ("Report à nouveau", {"report_a_nouveau": -100_000}, -100_000, "orange"),
        ("Report à nouveau", {"report_a_nouveau": -100_001}, -100_001, "rouge"),
        ("Report à nouveau", {"report_a_nouveau": -1, "fonds_propres": -5}, -1, "rouge"),
        ("Autonomie financière", {}, 40, "vert"),
        ("Autonomie financière", {"fonds_propres": 175_000}, 35, "vert"),
        ("Autonomie financière", {"fonds_propres": 100_000}, 20, "orange"),
        ("Autonomie financière", {"fonds_propres": 99_000}, "19.8", "rouge"),
        # 200 000 + 40 000 + 10 000 + 50 000 − 120 000
        ("Fonds de roulement", {}, 180_000, "vert"),
        ("Fonds de roulement", {"fonds_propres": 150_000}, 130_000, "orange"),
        ("Fonds de roulement", {"actif_immobilise": 300_001}, -1, "rouge"),
        ("Fonds de roulement hors fonds dédiés", {}, 140_000, "orange"),
        ("Fonds de roulement hors fonds dédiés", {"fonds_dedies": None}, 140_000, "orange"),
        ("Besoin en fonds de roulement", {}, -30_000, "vert"),
        ("Besoin en fonds de roulement", {"creances": 200_000}, 50_000, "orange"),
        ("Besoin en fonds de roulement", {"creances": 400_000}, 250_000, "rouge"),
        # trésorerie 180 000 + 30 000 = 210 000 ; 912 500 ÷ 365 = 2 500 par jour
        ("Jours de charges en trésorerie", {}, 84, "vert"),
        ("Jours de charges en trésorerie", {"creances": 180_000}, 60, "vert"),
        ("Jours de charges en trésorerie", {"creances": 255_000}, 30, "orange"),
        ("Jours de charges en trésorerie", {"creances": 257_500}, 29, "rouge"),
        ("Jours de charges en trésorerie", {"fonds_propres": 905_000}, 366, "orange"),
        ("Liquidité générale", {}, "1.9", "vert"),
        ("Liquidité générale", {"actif_circulant": 200_000}, 1, "orange"),
        ("Liquidité générale", {"actif_circulant": 199_000}, "0.995", "rouge"),
        ("Endettement", {}, 30, "vert"),
        ("Endettement", {"dettes_financieres": 100_000}, 50, "orange"),
        ("Endettement", {"dettes_financieres": 200_001}, "100.0005", "rouge"),
        ("Endettement", {"fonds_propres": -1}, None, "rouge"),
        ("Capacité d’autofinancement", {}, 35_000, "vert"),
        ("Capacité d’autofinancement", {"resultat": -25_001}, -1, "orange"),
        ("Résultat sur produits", {}, 1, "vert"),
        ("Résultat sur produits", {"resultat": -50_000}, -5, "orange"),
        ("Résultat sur produits", {"resultat": -50_001}, "-5.0001", "rouge"),
        ("Évolution des produits", {"produits": 1_300_000}, 30, "vert"),
        ("Évolution des produits", {"produits": 1_300_001}, "30.0001", "orange"),
        ("Évolution des produits", {"produits": 850_000}, -15, "orange"),
        ("Évolution des produits", {"produits": 849_999}, "-15.0001", "rouge"),
        ("Charges de personnel sur produits", {}, 70, "informatif"),
        ("Part des subventions", {}, 60, "informatif"),
        ("Part du premier financeur", {}, 40, "vert"),
        ("Part du premier financeur", {"premier_financeur": 700_000}, 70, "orange"),
        ("Part du premier financeur", {"premier_financeur": 700_001}, "70.0001", "rouge"),
        ("Fonds dédiés dans la trésorerie", {"fonds_dedies": 680_000}, 80, "vert"),
        ("Fonds dédiés dans la trésorerie", {"fonds_dedies": 690_000}, None, "orange"),
        ("Fonds dédiés dans la trésorerie", {"creances": 330_000}, None, "orange"),
    ],
)
def test_by_hand(nom: str, changements: dict[str, Any], valeur: Any, lecture: str) -> None:
    ratio = dernier(nom, **changements)
    assert ratio.lecture == lecture
    if valeur is not None:
        assert ratio.valeur == Decimal(valeur)


def test_two_years_without_self_financing() -> None:
    perte = {"resultat": -25_001}
    assert dernier("Capacité d’autofinancement", perte, **perte).lecture is Lecture.ROUGE


def test_three_small_deficits() -> None:
    pertes = [exercice(annee, resultat=-1) for annee in (2024, 2022, 2023)]
    assert trouver("Résultat sur produits", *pertes).lecture is Lecture.ROUGE
    assert trouver("Résultat sur produits", *pertes[:2]).lecture is Lecture.ORANGE


def test_exercices_come_in_any_order() -> None:
    assert ratios([exercice(2024, produits=5), exercice(2022), exercice(2023)]) == ratios(
        [exercice(2022), exercice(2023), exercice(2024, produits=5)]
    )


def test_growth_needs_three_exercices() -> None:
    assert trouver("Évolution des produits", exercice(2023), exercice(2024)).lecture is Lecture.INCONNU


@pytest.mark.parametrize(("nombre", "public"), [(0, False), (1, False), (3, True)])
def test_sans_objet(nombre: int, public: bool) -> None:
    trouves = ratios([exercice(2020 + n) for n in range(nombre)], public=public)
    assert {r.lecture for r in trouves} == {Lecture.SANS_OBJET}
    assert {r.valeur for r in trouves} == {None}


def test_unknown_figures_are_not_zero() -> None:
    trouves = ratios([Exercice(annee=2023), Exercice(annee=2024)])
    assert {r.lecture for r in trouves} == {Lecture.INCONNU}
    assert len(trouves) == len(DEFINITIONS)


def test_inputs_and_sources_are_shown() -> None:
    ratio = dernier("Autonomie financière")
    assert ratio.entrees == (("fonds propres", Decimal(200_000)), ("total du bilan", Decimal(500_000)))
    assert all("proposition" in r.appui and r.formule and r.seuil for r in ratios([exercice(2023), exercice()]))
