"""REC-01 and REC-02."""

from datetime import UTC, datetime, timedelta

import pytest

from o2r_desktop.dossiers.model import Origine
from o2r_desktop.text import PARIS
from tests.o2r_desktop.evaluation.fabrique import ABSENT, ORDINAIRE, constat, dossier, parametres, plat

CHEMIN = "offre-de-reperage-et-remobilisation"
LIMITE = datetime(2025, 8, 13, 12, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("demarche", "numero_ami", "attendu", "mot"),
    [
        (CHEMIN, None, "conforme", "celle de l’AMI"),
        (f"https://demarche.example/commencer/{CHEMIN}/", None, "conforme", "celle de l’AMI"),
        ("98765", 98765, "conforme", "celle de l’AMI"),
        ("98766", 98765, "alerte", "l’AMI prescrit"),
        ("98765 – AMI O2R d’essai", 98765, "conforme", "celle de l’AMI"),
        ("98766 – AMI O2R d’essai", 98765, "alerte", "l’AMI prescrit"),
        ("98766 – AMI O2R d’essai", None, "conforme", "formulaire O2R reconnu"),
        ("2025-autre-demarche", 2025, "alerte", "l’AMI prescrit"),
        ("autre-demarche", None, "alerte", "l’AMI prescrit"),
        ("98765", None, "conforme", "numéro que la campagne ne connaît pas ; formulaire O2R reconnu"),
        ("", None, "conforme", "démarche non nommée dans l’export ; formulaire O2R reconnu"),
    ],
)
def test_demarche(demarche: str, numero_ami: int | None, attendu: str, mot: str) -> None:
    trouve = constat("REC-01", dossier(demarche=demarche), parametres(demarche_numero=numero_ami))
    assert (trouve.resultat, mot in plat(trouve.valeur)) == (attendu, True), trouve.valeur


def test_unnamed_procedure_with_another_form_is_unknown() -> None:
    vide = dict.fromkeys(ORDINAIRE, ABSENT) | {"intitule": "x", "date_debut": "", "cout_total": ""}
    trouve = constat("REC-01", dossier(demarche="", **vide))
    assert trouve.resultat == "inconnu"
    assert "3 champs clés sur 23" in plat(trouve.valeur)


def test_named_procedure_wins_over_an_unknown_form() -> None:
    vide = dict.fromkeys(ORDINAIRE, ABSENT)
    assert constat("REC-01", dossier(demarche="autre", **vide)).resultat == "alerte"


def test_no_number_is_unknown() -> None:
    assert constat("REC-01", dossier(numero=0)).resultat == "inconnu"


@pytest.mark.parametrize(
    ("decalage", "attendu", "a_part"),
    [(-1, "conforme", False), (0, "conforme", False), (1, "non_conforme", True), (59, "non_conforme", True),
     (60, "non_conforme", False), (86_400, "non_conforme", False)],
)  # fmt: skip
def test_deadline_to_the_second(decalage: int, attendu: str, a_part: bool) -> None:
    trouve = constat("REC-02", dossier(depot=LIMITE + timedelta(seconds=decalage)))
    assert trouve.resultat == attendu
    assert ("à signaler à part" in trouve.valeur) is a_part


def test_deadline_words() -> None:
    trouve = constat("REC-02", dossier(depot=LIMITE))
    assert trouve.valeur == "déposé le 13/08/2025 à 12:00, limite 13/08/2025 à 12:00"
    assert trouve.preuve == "Déposé le"
    assert "AMI, Modalités de dépôt" in trouve.regle


@pytest.mark.parametrize(("seconde", "attendu"), [(0, "conforme"), (1, "non_conforme")])
def test_deadline_compares_zones(seconde: int, attendu: str) -> None:
    depot = datetime(2025, 8, 13, 10, 0, seconde, tzinfo=UTC)
    assert constat("REC-02", dossier(depot=depot)).resultat == attendu


def test_fraction_of_a_second_is_not_late() -> None:
    assert constat("REC-02", dossier(depot=LIMITE + timedelta(milliseconds=400))).resultat == "conforme"


@pytest.mark.parametrize(
    ("origine", "dit"),
    [(Origine.CSV_STANDARD, True), (Origine.CSV_MODELE, True), (Origine.JSON_API, False),
     (Origine.XLSX_STANDARD, False)],
)  # fmt: skip
def test_lost_seconds_are_said(origine: Origine, dit: bool) -> None:
    trouve = constat("REC-02", dossier(depot=LIMITE, origine=origine))
    assert trouve.resultat == "conforme"
    assert ("les secondes sont à vérifier" in trouve.valeur) is dit


def test_no_deposit_date_is_unknown() -> None:
    assert constat("REC-02", dossier(depot=None)).resultat == "inconnu"
