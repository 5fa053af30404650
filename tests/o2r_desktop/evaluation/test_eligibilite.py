"""ELI-06 to ELI-09."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from o2r_desktop.evaluation.eligibilite import mots_de_formation
from tests.o2r_desktop.evaluation.fabrique import (
    ABSENT,
    ILLISIBLE,
    ZERO_OU_VIDE,
    annees,
    constat,
    dossier,
    parametres,
    plat,
)

ANS = {"cout_annee_1": ZERO_OU_VIDE, "cout_annee_2": ZERO_OU_VIDE, "cout_annee_3": ZERO_OU_VIDE}


def verifier(critere: str, cas: dict[str, Any], attendu: str, mot: str, **regles: Any) -> None:
    trouve = constat(critere, dossier(**cas), parametres(**regles))
    assert (trouve.resultat, mot in plat(trouve.valeur)) == (attendu, True), trouve.valeur


@pytest.mark.parametrize(
    ("departements", "attendu", "mot"),
    [
        (("Sarthe",), "conforme", "dans la région : Sarthe (72)"),
        (("Pays de la Loire",), "conforme", "Loire-Atlantique (44), Maine-et-Loire (49)"),
        (("Vendée",), "conforme", "éligible, jamais prioritaire"),
        (("Sarthe", "Orne"), "conforme", "hors de la région : Orne (61)"),
        (("Ille-et-Vilaine",), "non_conforme", "hors de la région : Ille-et-Vilaine (35)"),
        (("Bretagne sud",), "inconnu", "non reconnu : « Bretagne sud »"),
        (("Orne", "Bretagne sud"), "inconnu", "hors de la région : Orne (61)"),
        (("72", "Bretagne sud"), "conforme", "non reconnu"),
        ((), "inconnu", "départements non renseignés"),
        (ABSENT, "inconnu", "départements non renseignés"),
    ],
)
def test_eli_06(departements: Any, attendu: str, mot: str) -> None:
    verifier("ELI-06", {"departements": departements}, attendu, mot)


def cout(total: Any, *par_an: Any, **reste: Any) -> dict[str, Any]:
    return {"cout_total": total, **(annees("cout", *par_an) if par_an else ANS), **reste}


@pytest.mark.parametrize(
    ("cas", "attendu", "mot"),
    [
        (cout(Decimal(150_000)), "conforme", "150 000,00 € déclarés ; seuil 150 000,00 €"),
        (cout(Decimal("149999.99")), "non_conforme", "149 999,99 € déclarés"),
        (cout(Decimal("149999.995")), "non_conforme", "149 999,995 € déclarés"),
        (
            cout(Decimal(160_000), formation=True, formation_montant=Decimal(12_000)),
            "non_conforme",
            "160 000,00 € déclarés ; seuil 150 000,00 € ; 148 000,00 € hors formation (12 000,00 €)",
        ),
        (
            cout(Decimal(162_000), formation=True, formation_montant=Decimal(12_000)),
            "conforme",
            "150 000,00 € hors formation",
        ),
        (
            cout(Decimal(160_000), formation=False, formation_montant=Decimal(12_000)),
            "non_conforme",
            "hors formation",
        ),
        (cout(Decimal(160_000), formation=True), "alerte", "ne dépasse pas 10 000,00 €"),
        (cout(Decimal(160_000), formation=True, formation_montant=ZERO_OU_VIDE), "alerte", "montant inconnu"),
        (cout(Decimal(140_000), formation=True), "non_conforme", "140 000,00 € déclarés"),
        (cout(Decimal(160_000), formation=""), "inconnu", "montant inconnu"),
        (cout(Decimal(160_000), formation=ABSENT, formation_montant=ABSENT), "inconnu", "montant inconnu"),
        (cout(Decimal(160_000), formation_montant=ILLISIBLE), "inconnu", "montant inconnu"),
        (
            cout(Decimal(160_000), formation="", formation_montant=Decimal(0)),
            "conforme",
            "aucune dépense de formation",
        ),
        (cout(ZERO_OU_VIDE), "inconnu", "coût total : 0 ou non renseigné"),
        (
            cout(ZERO_OU_VIDE, Decimal(50_000), Decimal(50_000), Decimal(50_000)),
            "conforme",
            "150 000,00 € par la somme des années",
        ),
        (
            cout("", Decimal(50_000), Decimal(50_000), Decimal("49999.99")),
            "non_conforme",
            "149 999,99 € par la somme",
        ),
        (cout("", Decimal(90_000), Decimal(90_000), ZERO_OU_VIDE), "inconnu", "coût, année 3 : 0 ou non renseigné"),
        (cout(ILLISIBLE), "inconnu", "coût total : illisible"),
        (cout(Decimal(-5)), "inconnu", "coût total : négatif"),
        (
            cout(ILLISIBLE, Decimal(50_000), Decimal(50_000), Decimal(50_000)),
            "alerte",
            "coût total illisible, 150 000,00 € par la somme des années",
        ),
        (
            cout(Decimal(-5), Decimal(50_000), Decimal(50_000), Decimal(50_000)),
            "alerte",
            "total à faire corriger : la somme des années seule ne suffit pas",
        ),
        (
            cout(ILLISIBLE, Decimal(50_000), Decimal(50_000), Decimal(50_000), formation=""),
            "alerte",
            "coût total illisible",
        ),
        (
            cout(ILLISIBLE, Decimal(50_000), Decimal(50_000), Decimal("49999.99")),
            "non_conforme",
            "149 999,99 € par la somme",
        ),
        (
            cout(Decimal(160_000), Decimal(40_000), Decimal(50_000), Decimal(50_000)),
            "alerte",
            "pas du même côté du seuil",
        ),
        (
            cout(Decimal(140_000), Decimal(60_000), Decimal(60_000), Decimal(60_000)),
            "alerte",
            "180 000,00 € par la somme des années",
        ),
        (
            cout(Decimal(200_000), Decimal(60_000), Decimal(60_000), Decimal(60_000)),
            "conforme",
            "180 000,00 € par la somme des années",
        ),
        (
            cout(
                Decimal(160_000),
                Decimal(50_000),
                Decimal(50_000),
                Decimal(55_000),
                formation=True,
                formation_montant=Decimal(8_000),
            ),
            "alerte",
            "pas du même côté du seuil",
        ),
        (
            cout(Decimal(155_000), contributions_volontaires=Decimal(10_000)),
            "conforme",
            "145 000,00 € hors contributions volontaires (10 000,00 €), sous le seuil",
        ),
        (
            cout(
                Decimal(200_000),
                contributions_volontaires=Decimal(10_000),
                formation=True,
                formation_montant=Decimal(20_000),
            ),
            "conforme",
            "170 000,00 € hors formation et contributions volontaires",
        ),
    ],
)
def test_eli_07(cas: dict[str, Any], attendu: str, mot: str) -> None:
    verifier("ELI-07", cas, attendu, mot)


def test_eli_07_judged_on_the_declared_cost_when_the_dreets_says_so() -> None:
    cas = cout(Decimal(160_000), formation=True, formation_montant=Decimal(12_000))
    verifier("ELI-07", cas, "conforme", "148 000,00 € hors formation", seuil_hors_formation=False)
    verifier(
        "ELI-07", cout(Decimal(160_000), formation=True), "conforme", "160 000,00 €", seuil_hors_formation=False
    )


def test_eli_07_names_its_fields_and_its_proposition() -> None:
    trouve = constat("ELI-07", dossier())
    assert trouve.preuve.startswith("Coût total du projet sur 3 ans (€) · ")
    assert "proposition" in trouve.regle


@pytest.mark.parametrize(
    ("cas", "attendu", "mot"),
    [
        ({"formation": False, "formation_montant": ""}, "conforme", "(montant non renseigné)"),
        ({"formation": False, "formation_montant": ZERO_OU_VIDE}, "conforme", "(montant 0 ou non renseigné)"),
        ({"formation": False, "formation_montant": Decimal(0)}, "conforme", "aucune dépense de formation déclarée"),
        ({"formation": True, "formation_montant": Decimal(12_000)}, "alerte", "12 000,00 € à écarter"),
        ({"formation": False, "formation_montant": Decimal(500)}, "alerte", "alors que le dossier répond non"),
        ({"formation": "", "formation_montant": Decimal(500)}, "alerte", "alors que le dossier ne répond pas oui"),
        ({"formation": True, "formation_montant": ""}, "alerte", "montant non renseigné, à faire préciser"),
        ({"formation": True, "formation_montant": ZERO_OU_VIDE}, "alerte", "montant 0 ou non renseigné"),
        ({"formation": True, "formation_montant": Decimal(0)}, "alerte", "montant 0,00 €"),
        ({"formation": False, "formation_montant": ILLISIBLE}, "alerte", "illisible"),
        ({"formation": False, "formation_montant": Decimal(-3)}, "alerte", "négatif"),
        ({"formation": "", "formation_montant": ""}, "inconnu", "non renseignées"),
        ({"formation": "", "formation_montant": ZERO_OU_VIDE}, "inconnu", "0 ou non renseigné"),
        ({"formation": ABSENT, "formation_montant": ABSENT}, "inconnu", "absent de l’export"),
        ({"cle_repartition": "Achats (organisme de formation), loyers"}, "alerte", "« organisme de formation »"),
        ({"cle_repartition": "Contribution formation 633 au prorata des ETP"}, "conforme", "aucune dépense"),
    ],
)
def test_eli_08(cas: dict[str, Any], attendu: str, mot: str) -> None:
    verifier("ELI-08", cas, attendu, mot)


@pytest.mark.parametrize(
    ("texte", "trouves"),
    [
        ("Loyers au prorata des m²", ()),
        ("Participation des employeurs à la formation professionnelle", ()),
        ("Formation des salariés ; loyers", ("Formation des salariés",)),
        ("Financement CPF. Certifications.", ("Financement CPF", "Certifications")),
        ("Contribution à un organisme de formation", ("Contribution à un organisme de formation",)),
        ("Transformation des locaux", ()),
        ("", ()),
    ],
)
def test_training_words(texte: str, trouves: tuple[str, ...]) -> None:
    assert mots_de_formation(texte) == trouves


@pytest.mark.parametrize(
    ("debut", "fin", "attendu", "mot"),
    [
        (date(2026, 1, 1), date(2028, 12, 31), "conforme", "du 01/01/2026 au 31/12/2028, soit 3 ans"),
        (date(2026, 1, 1), date(2029, 1, 1), "conforme", "soit 3 ans"),
        (date(2028, 2, 29), date(2031, 2, 28), "conforme", "soit 3 ans"),
        (date(2026, 1, 1), date(2028, 12, 30), "alerte", "soit 1 095 jours au lieu de 1 096"),
        (date(2026, 1, 1), date(2028, 12, 29), "alerte", "soit 1 094 jours au lieu de 1 096"),
        (date(2026, 1, 1), date(2028, 12, 28), "alerte", "soit 35,9 mois au lieu de 36"),
        (date(2026, 1, 1), date(2029, 1, 2), "alerte", "soit 36,1 mois au lieu de 36"),
        (date(2026, 1, 1), date(2028, 6, 30), "alerte", "30 mois au lieu de 36"),
        (date(2026, 1, 1), date(2027, 2, 28), "alerte", "14 mois au lieu de 36"),
        (date(2026, 1, 1), date(2025, 1, 1), "alerte", "fin avant le début"),
        (date(2026, 1, 1), date.max, "alerte", "mois au lieu de 36"),
        (date.max, date.max, "alerte", "mois au lieu de 36"),
        ("", date(2028, 12, 31), "inconnu", "date de début inconnue"),
        ("", ABSENT, "inconnu", "date de début et date de fin inconnues"),
        ("dès que possible", date(2028, 12, 31), "inconnu", "date de début inconnue"),
    ],
)
def test_eli_09_convention(debut: Any, fin: Any, attendu: str, mot: str) -> None:
    verifier("ELI-09", {"date_debut": debut, "date_fin": fin}, attendu, mot)


@pytest.mark.parametrize(
    ("moyenne", "maximale", "attendu", "mot"),
    [
        (6, 9, "conforme", "durée maximale du parcours : 9 mois"),
        (9, 9, "conforme", "durée moyenne du parcours : 9 mois"),
        (6, 10, "alerte", "10 mois, plus de 9 : justification nécessaire"),
        (6, 12, "alerte", "12 mois, plus de 9"),
        (6, 13, "non_conforme", "13 mois, plus de 12"),
        (13, 14, "non_conforme", "14 mois, plus de 12"),
        (Decimal("9.5"), 9, "alerte", "durée moyenne supérieure à la durée maximale"),
        (9, 6, "alerte", "durée moyenne supérieure à la durée maximale"),
        (6, ZERO_OU_VIDE, "inconnu", "durée maximale du parcours : 0 ou non renseigné"),
        (0, 9, "inconnu", "durée moyenne du parcours : 0 ou non renseigné"),
        (ABSENT, 14, "non_conforme", "durée moyenne du parcours : absent de l’export"),
        (6, ILLISIBLE, "inconnu", "illisible"),
    ],
)
def test_eli_09_parcours(moyenne: Any, maximale: Any, attendu: str, mot: str) -> None:
    verifier("ELI-09", {"duree_moyenne": moyenne, "duree_maximale": maximale}, attendu, mot)
