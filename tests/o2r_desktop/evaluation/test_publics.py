"""PRI-01 and PUB-03."""

from typing import Any

import pytest

from tests.o2r_desktop.evaluation.fabrique import (
    ABSENT,
    ALLOPHONES,
    JEUNES,
    SENIORS,
    ZERO_OU_VIDE,
    annees,
    constat,
    dossier,
    plat,
)


@pytest.mark.parametrize(
    ("departements", "publics", "attendu"),
    [
        (("Sarthe",), (JEUNES,), "conforme"),
        (("Mayenne",), (ALLOPHONES,), "conforme"),
        (("Mayenne",), ("Autre public",), "conforme"),
        (("Vendée",), (JEUNES,), "alerte"),
        (("Maine-et-Loire", "Bretagne sud"), (SENIORS,), "inconnu"),
        ((), (JEUNES,), "inconnu"),
        (("Sarthe",), ("Femmes seules",), "alerte"),
        (("Sarthe",), ("Jeunes décrocheurs",), "alerte"),
        (("Sarthe",), ("Femmes seules", ALLOPHONES), "alerte"),
        (("Sarthe",), ("Femmes seules", JEUNES), "conforme"),
        (("Loire-Atlantique",), ("Jeunes de moins de 26 ans",), "inconnu"),
        (("Loire-Atlantique",), ("Femmes seules",), "alerte"),
        (("Sarthe",), ABSENT, "inconnu"),
    ],
)
def test_pri_01(departements: Any, publics: Any, attendu: str) -> None:
    assert constat("PRI-01", dossier(departements=departements, publics=publics)).resultat == attendu


@pytest.mark.parametrize(
    ("cas", "attendu", "mot"),
    [
        ({"beneficiaires_moins_26": 120}, "conforme", "moins de 26 ans : 120 sur 150, 80,0 %"),
        ({"beneficiaires_moins_26": 120, "beneficiaires_priorite_2": 0}, "conforme", "niveau proposé : 4"),
        ({"beneficiaires_moins_26": 60, "beneficiaires_priorite_2": 10}, "conforme", "niveau proposé : 3"),
        ({"beneficiaires_moins_26": 0, "beneficiaires_priorite_2": 60}, "conforme", "niveau proposé : 2"),
        ({"beneficiaires_moins_26": 3, "beneficiaires_priorite_2": 3}, "alerte", "niveau proposé : 1"),
        ({"publics": (SENIORS,), "beneficiaires_moins_26": 0, "beneficiaires_priorite_2": 90}, "conforme",
         "niveau proposé : 3"),
        ({"publics": (SENIORS,), "beneficiaires_moins_26": 150, "beneficiaires_priorite_2": 0}, "alerte",
         "niveau proposé : 0"),
        ({"beneficiaires_moins_26": 160}, "alerte", "plus de personnes que de bénéficiaires"),
        ({"beneficiaires_moins_26": 60}, "inconnu", "niveau proposé : 3 au moins"),
        ({}, "inconnu", "moins de 26 ans : absent de l’export"),
        ({"beneficiaires_moins_26": ZERO_OU_VIDE}, "inconnu", "0 ou non renseigné"),
        ({"beneficiaires_moins_26": 10, **annees("beneficiaires", 50, 50, ZERO_OU_VIDE)}, "inconnu",
         "bénéficiaires, année 3 : 0 ou non renseigné"),
        ({"beneficiaires_moins_26": 0, "beneficiaires_priorite_2": 0, **annees("beneficiaires", 0, 0, 0)},
         "inconnu", "aucun bénéficiaire annoncé"),
        ({"departements": ("Vendée",), "beneficiaires_moins_26": 150}, "alerte", "niveau proposé : 0"),
        ({"departements": ("Sarthe", "Vendée"), "beneficiaires_moins_26": 150}, "conforme",
         "hors des départements prioritaires n’est pas connue"),
        ({"departements": (), "beneficiaires_moins_26": 150}, "inconnu", "niveau de priorité inconnu"),
    ],
)  # fmt: skip
def test_pub_03(cas: dict[str, Any], attendu: str, mot: str) -> None:
    trouve = constat("PUB-03", dossier(**cas))
    assert (trouve.resultat, mot in plat(trouve.valeur)) == (attendu, True), trouve.valeur
    assert "proposition" in trouve.regle
