"""FIN-08 and ANA-01."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.o2r_desktop.evaluation.fabrique import ABSENT, ZERO_OU_VIDE, annees, constat, dossier, plat


@pytest.mark.parametrize(
    ("cas", "attendu", "mot"),
    [
        ({}, "conforme", "7,0 % du budget annuel (demande la plus forte 70 000,00 € ÷ 1 000 000,00 €), vert"),
        (annees("demande", Decimal(10_000), Decimal(299_999), Decimal(1)), "conforme", "30,0 % du budget annuel"),
        (annees("demande", Decimal(10_000), Decimal(300_000), Decimal(1)), "alerte", "orange"),
        (annees("demande", Decimal(10_000), Decimal(500_000), Decimal(1)), "alerte", "orange"),
        (annees("demande", Decimal(10_000), Decimal(500_001), Decimal(1)), "alerte", "rouge"),
        (annees("demande", Decimal(100_000), "", ""), "conforme", "demande annuelle moyenne 100 000,00 €"),
        (
            {"demande_total": "", **annees("demande", Decimal(1), Decimal(1), "")},
            "inconnu",
            "demande : non renseigné",
        ),
        ({"budget_annuel": ZERO_OU_VIDE}, "inconnu", "budget annuel : 0 ou non renseigné"),
        ({"budget_annuel": Decimal(0)}, "inconnu", "budget annuel nul"),
        ({"categorie": "7210"}, "sans_objet", "organisme public"),
        ({"nature_porteur": "Collectivité territoriale"}, "sans_objet", "organisme public"),
        ({"nature_porteur": "Établissement public"}, "sans_objet", "organisme public"),
        ({"date_creation": date(2023, 7, 2)}, "sans_objet", "créée le 02/07/2023, moins de deux exercices"),
        ({"date_creation": date(2023, 7, 1)}, "conforme", "vert"),
        ({"date_creation": ABSENT, "depot": None}, "conforme", "vert"),
    ],
)
def test_fin_08(cas: dict[str, Any], attendu: str, mot: str) -> None:
    trouve = constat("FIN-08", dossier(**cas))
    assert (trouve.resultat, mot in plat(trouve.valeur)) == (attendu, True), trouve.valeur
    assert "proposition" in trouve.regle


@pytest.mark.parametrize(
    ("reponse", "attendu", "mot"),
    [
        ("Oui, en service", "conforme", "« Oui, en service », déclaré"),
        ("Oui", "conforme", "déclaré"),
        ("En cours de mise en place", "alerte", "mise en place à dater"),
        ("Oui, en cours", "alerte", "mise en place à dater"),
        ("Engagement à la mettre en place", "alerte", "mise en place à dater"),
        ("Non", "alerte", "condition de la convention"),
        ("Non, pas encore", "alerte", "condition de la convention"),
        ("", "inconnu", "non renseignée"),
        (ABSENT, "inconnu", "non renseignée"),
    ],
)
def test_ana_01(reponse: Any, attendu: str, mot: str) -> None:
    trouve = constat("ANA-01", dossier(compta_analytique=reponse))
    assert (trouve.resultat, mot in plat(trouve.valeur)) == (attendu, True), trouve.valeur
