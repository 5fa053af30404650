"""CRE-01, CRE-02, CRE-04 and CRE-05."""

from decimal import Decimal
from typing import Any

import pytest

from o2r_desktop.dossiers.model import Cofinancement, Origine
from o2r_desktop.evaluation.lot import Lot
from tests.o2r_desktop.evaluation.fabrique import (
    ABSENT,
    ILLISIBLE,
    ZERO_OU_VIDE,
    annees,
    constat,
    dossier,
    plat,
)


def verifier(critere: str, cas: dict[str, Any], attendu: str, mot: str, lot: Lot | None = None) -> None:
    trouve = constat(critere, dossier(**cas), lot=lot)
    assert (trouve.resultat, mot in plat(trouve.valeur)) == (attendu, True), trouve.valeur


def couts(total: Any, *par_an: Any) -> dict[str, Any]:
    return {"cout_total": total, **annees("cout", *par_an)}


def demandes(total: Any, *par_an: Any) -> dict[str, Any]:
    return {"demande_total": total, **annees("demande", *par_an)}


@pytest.mark.parametrize(
    ("cas", "attendu", "mot"),
    [
        ({}, "conforme", "coût : années 300 000,00 €, total 300 000,00 €, sommes égales"),
        (couts(Decimal("0.3"), Decimal("0.1"), Decimal("0.1"), Decimal("0.1")), "conforme", "sommes égales"),
        (
            couts(Decimal(500_000), Decimal(100_000), Decimal(150_000), Decimal(200_000)),
            "non_conforme",
            "écart de −50 000,00 €",
        ),
        (
            couts(Decimal(300_000), Decimal(100_001), Decimal(100_001), Decimal(100_001)),
            "alerte",
            "écart d’arrondi de 3,00 €",
        ),
        (
            couts(Decimal(300_000), Decimal(100_001), Decimal(100_001), Decimal("100001.01")),
            "non_conforme",
            "écart de 3,01 €",
        ),
        (
            couts(Decimal(300_000), Decimal(100_000), Decimal(100_000), Decimal("99999.99")),
            "alerte",
            "écart d’arrondi de −0,01 €",
        ),
        (
            demandes(Decimal(210_000), Decimal(70_000), Decimal(70_000), Decimal(60_000)),
            "non_conforme",
            "demande : années 200 000,00 €",
        ),
        (couts(ZERO_OU_VIDE, Decimal(1), Decimal(1), Decimal(1)), "inconnu", "coût total : 0 ou non renseigné"),
        (
            couts(Decimal(300_000), Decimal(150_000), Decimal(150_000), ZERO_OU_VIDE),
            "conforme",
            "coût, année 3 : 0 ou non rens",
        ),
        (couts(Decimal(300_000), Decimal(150_000), Decimal(100_000), ZERO_OU_VIDE), "inconnu", "coût, année 3"),
        (
            couts(Decimal(300_000), Decimal(200_000), Decimal(150_000), ""),
            "non_conforme",
            "écart de 50 000,00 € au moins",
        ),
        (
            couts(Decimal(300_000), Decimal(150_000), Decimal(150_000), ILLISIBLE),
            "inconnu",
            "coût, année 3 : illisible",
        ),
        (couts(Decimal(300_000), Decimal(200_000), Decimal(150_000), Decimal(-50_000)), "non_conforme", "négatif"),
        (couts(Decimal(300_000), ABSENT, ABSENT, ABSENT), "inconnu", "coût, années 1, 2 et 3 : absent de l’export"),
        (
            {**couts(ZERO_OU_VIDE, "", "", ""), **demandes(Decimal(9), Decimal(1), Decimal(1), Decimal(1))},
            "non_conforme",
            "coût total",
        ),
    ],
)
def test_cre_01(cas: dict[str, Any], attendu: str, mot: str) -> None:
    verifier("CRE-01", cas, attendu, mot)


def cofinancement(montant: Any, statut: str = "acquis", financeur: str = "Commune d’essai") -> Cofinancement:
    return Cofinancement(financeur=financeur, montant=montant, statut=statut)


AUCUN = "aucun cofinancement déclaré dans le dossier"


@pytest.mark.parametrize(
    ("cas", "attendu", "mot"),
    [
        ({}, "conforme", f"{AUCUN} : à vérifier sur le plan de financement"),
        ({"origine": Origine.XLSX_STANDARD}, "conforme", f"{AUCUN} : à vérifier sur le plan de financement"),
        ({"origine": Origine.CSV_STANDARD}, "inconnu", "l’export CSV ne contient pas les cofinancements : "),
        ({"origine": Origine.CSV_MODELE}, "inconnu", "l’export CSV ne contient pas les cofinancements : "),
        ({"origine": Origine.CSV_STANDARD, "cofinancements": ()}, "conforme", AUCUN),
        ({"origine": Origine.CSV_STANDARD, "demande_annee_1": Decimal(100_001)}, "alerte", "l’export CSV"),
        (
            {"origine": Origine.CSV_STANDARD, "demande_total": Decimal("300000.01")},
            "non_conforme",
            "dépassement de 0,01 €",
        ),
        ({"cofinancements": ()}, "conforme", f"{AUCUN} : à vérifier sur le plan de financement"),
        ({"cofinancements": (cofinancement(Decimal(90_000)),)}, "conforme", "plafond 210 000,00 €"),
        (
            {"cofinancements": (cofinancement(Decimal("90000.01")),)},
            "non_conforme",
            "dépassement de 0,01 €, demande à ramener à 209 999,99 € au plus",
        ),
        ({"cofinancements": (cofinancement(Decimal(90_000), "refusé"),)}, "conforme", AUCUN),
        ({"cofinancements": (cofinancement(None),)}, "alerte", "cofinancement sans montant : « Commune d’essai »"),
        ({"cofinancements": (cofinancement(Decimal(-9)),)}, "alerte", "cofinancement sans montant"),
        ({"cofinancements": (cofinancement(Decimal(400_000)),)}, "non_conforme", "plafond 0,00 €"),
        ({"formation": True, "formation_montant": Decimal(90_000)}, "conforme", "− formation 90 000,00 €"),
        ({"formation": True, "formation_montant": Decimal(90_001)}, "non_conforme", "dépassement de 1,00 €"),
        ({"formation": True}, "inconnu", "dépenses de formation inconnues"),
        ({"formation": True, "demande_total": Decimal(300_001)}, "non_conforme", "dépassement de 1,00 €"),
        ({"demande_total": Decimal(300_000)}, "conforme", "demande 300 000,00 €, plafond 300 000,00 €"),
        ({"demande_total": ZERO_OU_VIDE}, "conforme", "demande 210 000,00 €"),
        (demandes(ZERO_OU_VIDE, Decimal(1), ZERO_OU_VIDE, Decimal(1)), "inconnu", "demande : 0 ou non renseigné"),
        (
            demandes(Decimal(100_000), Decimal(70_000), Decimal(70_000), ILLISIBLE),
            "conforme",
            "demande 140 000,00 €",
        ),
        (couts(ZERO_OU_VIDE, "", "", ""), "inconnu", "coût total : 0 ou non renseigné"),
        ({"demande_total": ILLISIBLE}, "alerte", "total de la demande illisible, à faire corriger :"),
        ({"demande_total": Decimal(-1)}, "alerte", "total de la demande négatif, à faire corriger"),
        ({"cout_total": ILLISIBLE}, "alerte", "coût total illisible, à faire corriger"),
        ({"cout_total": Decimal(-1), "formation": True}, "alerte", "coût total négatif, à faire corriger"),
        ({"cout_total": ILLISIBLE, "cout_annee_1": ""}, "inconnu", "coût total : illisible"),
        ({"cout_total": ILLISIBLE, "demande_total": Decimal(300_001)}, "non_conforme", "dépassement de 1,00 €"),
        (
            {
                **couts(Decimal(300_000), Decimal(50_000), Decimal(50_000), Decimal(50_000)),
                **demandes(Decimal(200_000), Decimal(50_000), Decimal(50_000), Decimal(50_000)),
            },
            "non_conforme",
            "plafond 150 000,00 € (coût 150 000,00 €)",
        ),
        (
            demandes(Decimal(210_000), Decimal(110_000), Decimal(50_000), Decimal(50_000)),
            "alerte",
            "supérieure au coût, année 1",
        ),
    ],
)
def test_cre_02(cas: dict[str, Any], attendu: str, mot: str) -> None:
    verifier("CRE-02", cas, attendu, mot)


LOT = Lot(couts_par_beneficiaire=tuple(Decimal(c) for c in (1800, 1900, 1950, 2000, 2000, 2050, 2100, 2200)))
PETIT = Lot(couts_par_beneficiaire=LOT.couts_par_beneficiaire[:7])


@pytest.mark.parametrize(
    ("cas", "lot", "attendu", "mot"),
    [
        ({}, None, "conforme", "2 000,00 € par bénéficiaire (300 000,00 € ÷ 150)"),
        ({}, None, "conforme", "1 400,00 € de contribution demandée par bénéficiaire"),
        ({}, PETIT, "conforme", "lot trop petit pour comparer ; calculé, à apprécier"),
        ({}, LOT, "conforme", "lot de 8 dossiers : médiane 2 000,00 €, quartiles 1 937,50 € et 2 062,50 €"),
        ({"cout_total": Decimal(337_500)}, LOT, "conforme", "2 250,00 €"),
        ({"cout_total": Decimal(337_501)}, LOT, "alerte", "coût très au-dessus des autres"),
        ({"cout_total": Decimal(262_499)}, LOT, "alerte", "coût très au-dessous des autres"),
        ({"cout_par_beneficiaire": Decimal(2_001)}, None, "conforme", "2 001,00 € déclarés"),
        ({"cout_par_beneficiaire": Decimal("2001.01")}, None, "alerte", "écart de 1,01 €"),
        ({"cout_par_beneficiaire": ZERO_OU_VIDE}, None, "conforme", "calculé, à apprécier"),
        ({"cout_par_beneficiaire": ILLISIBLE}, None, "alerte", "illisible"),
        (
            annees("beneficiaires", *[ZERO_OU_VIDE] * 3),
            None,
            "inconnu",
            "bénéficiaires, années 1, 2 et 3 : 0 ou non renseigné",
        ),
        (annees("beneficiaires", 50, 50, ""), LOT, "inconnu", "bénéficiaires, année 3 : non renseigné"),
        (annees("beneficiaires", 0, 0, 0), None, "alerte", "aucun bénéficiaire annoncé"),
        (couts(ZERO_OU_VIDE, Decimal(1), Decimal(1), ""), None, "inconnu", "coût total : 0 ou non renseigné"),
    ],
)
def test_cre_04(cas: dict[str, Any], lot: Lot | None, attendu: str, mot: str) -> None:
    verifier("CRE-04", cas, attendu, mot, lot)


@pytest.mark.parametrize(
    ("cas", "attendu", "mot"),
    [
        ({}, "conforme", "25,0 bénéficiaires par ETP et par an (150 ÷ 6 sur trois ans)"),
        ({}, "conforme", "40 000,00 € par ETP et par an (240 000,00 € ÷ 6)"),
        ({"charges_personnel": Decimal(150_000)}, "conforme", "25 000,00 € par ETP"),
        ({"charges_personnel": Decimal(149_999)}, "alerte", "hors de la fourchette, à expliquer"),
        (
            {"charges_personnel": Decimal(480_000), "cout_total": Decimal(600_000)},
            "conforme",
            "80 000,00 € par ETP",
        ),
        (
            {"charges_personnel": Decimal(480_001), "cout_total": Decimal(600_000)},
            "alerte",
            "hors de la fourchette",
        ),
        ({"charges_personnel": Decimal(300_001)}, "alerte", "charges de personnel supérieures au coût total"),
        (
            {"charges_personnel": Decimal(300_001), "etp_annee_1": ZERO_OU_VIDE},
            "alerte",
            "supérieures au coût total",
        ),
        ({"charges_personnel": ZERO_OU_VIDE}, "inconnu", "charges de personnel : 0 ou non renseigné"),
        ({"etp_annee_1": ZERO_OU_VIDE}, "inconnu", "ETP, année 1 : 0 ou non renseigné"),
        ({"beneficiaires_annee_2": ""}, "inconnu", "bénéficiaires, année 2 : non renseigné"),
        (annees("etp", Decimal(0), Decimal(0), Decimal(0)), "alerte", "aucun ETP affecté au projet"),
        ({"beneficiaires_par_etp": Decimal(26)}, "conforme", "25,0 bénéficiaires"),
        ({"beneficiaires_par_etp": Decimal(75)}, "alerte", "75 déclarés"),
        (couts(ZERO_OU_VIDE, "", "", ""), "inconnu", "coût total"),
    ],
)
def test_cre_05(cas: dict[str, Any], attendu: str, mot: str) -> None:
    verifier("CRE-05", cas, attendu, mot)
