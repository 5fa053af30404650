"""A dossier in a few words."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from o2r_desktop.evaluation.constats import Resultat
from o2r_desktop.evaluation.resume import Resume, resumer
from o2r_desktop.text import PARIS
from tests.o2r_desktop.evaluation.fabrique import JEUNES, RURAUX, ZERO_OU_VIDE, annees, dossier, parametres, plat

LIMITE = datetime(2025, 8, 13, 12, tzinfo=PARIS)


def resume(**champs: Any) -> Resume:
    return resumer(dossier(**champs), parametres())


def couts(total: str, *parts: str) -> dict[str, Any]:
    return {"cout_total": Decimal(total), **annees("cout", *map(Decimal, parts))}


def test_ordinary_dossier_is_receivable() -> None:
    assert resume(publics=(JEUNES, RURAUX)) == Resume(
        priorite="P1", controle=Resultat.CONFORME, libelle="recevable", publics=(JEUNES, RURAUX)
    )


@pytest.mark.parametrize(
    ("champs", "controle", "libelle"),
    [
        ({"depot": datetime(2025, 8, 13, 12, 0, 1, tzinfo=PARIS)}, Resultat.NON_CONFORME, "déposé à 12:00:01"),
        ({"depot": datetime(2025, 8, 14, 0, 0, tzinfo=PARIS)}, Resultat.NON_CONFORME, "déposé le 14/08/2025"),
        ({"depot": None}, Resultat.INCONNU, "dépôt à vérifier"),
        (couts("148000", "50000", "50000", "48000"), Resultat.NON_CONFORME, "148 000 € < 150 000 €"),
        (couts("149999.99", "50000", "50000", "49999.99"), Resultat.NON_CONFORME, "149 999,99 € < 150 000 €"),
        (couts("148000", "60000", "60000", "60000"), Resultat.ALERTE, "coût à corriger"),
        ({"departements": ("Paris",)}, Resultat.NON_CONFORME, "hors de la région"),
        ({"departements": ()}, Resultat.INCONNU, "territoire à vérifier"),
        ({"departements": (), "depot": None}, Resultat.INCONNU, "à vérifier"),
        ({"nom": "Mission locale d’essai"}, Resultat.ALERTE, "exclu « en principe »"),
        ({"formation": True, "formation_montant": Decimal(5000)}, Resultat.ALERTE, "formation à écarter"),
        ({"duree_maximale": 13}, Resultat.NON_CONFORME, "parcours > 12 mois"),
        ({"duree_maximale": 11}, Resultat.ALERTE, "durées à justifier"),
        ({"demarche": "une-autre"}, Resultat.ALERTE, "autre démarche"),
        ({"cout_total": ZERO_OU_VIDE, **annees("cout", *[ZERO_OU_VIDE] * 3)}, Resultat.INCONNU, "coût à vérifier"),
    ],
)
def test_worst_finding_in_short_words(champs: dict[str, Any], controle: Resultat, libelle: str) -> None:
    trouve = resume(**champs)
    assert (trouve.controle, plat(trouve.libelle)) == (controle, libelle)


def test_certain_failure_hides_an_alert_and_the_first_of_the_grille_is_told() -> None:
    tard = datetime(2025, 8, 13, 12, 0, 1, tzinfo=PARIS)
    pire = resume(depot=tard, nom="Cap emploi", **couts("148000", "50000", "50000", "48000"))
    assert (pire.controle, pire.libelle) == (Resultat.NON_CONFORME, "déposé à 12:00:01")


def test_training_is_taken_off_the_cost_beside_the_threshold() -> None:
    champs = {**couts("155000", "55000", "50000", "50000"), "formation": True, "formation_montant": Decimal(10_000)}
    assert plat(resume(**champs).libelle) == "145 000 € < 150 000 €"
    assert resumer(dossier(**champs), parametres(seuil_hors_formation=False)).controle is Resultat.ALERTE


@given(
    st.decimals(min_value=0, max_value=10**7, places=2),
    st.none() | st.timedeltas(timedelta(days=-1), timedelta(days=2)).map(lambda retard: LIMITE + retard),
    st.sampled_from([(), ("Sarthe",), ("Paris",), ("Nulle part",)]),
)
def test_every_dossier_has_short_words(
    cout: Decimal, depot: datetime | None, departements: tuple[str, ...]
) -> None:
    trouve = resume(cout_total=cout, depot=depot, departements=departements, publics=())
    assert 0 < len(trouve.libelle) <= 32
    assert (trouve.libelle == "recevable") == (trouve.controle is Resultat.CONFORME)
