"""ELI-02: names, SIREN, legal category and declaration, for the lead and each member."""

from typing import Any

import pytest

from o2r_desktop.dossiers.model import Membre
from o2r_desktop.evaluation.exclusions import nom_exclu
from o2r_desktop.evaluation.mots import mots
from tests.o2r_desktop.evaluation.fabrique import ABSENT, constat, dossier, parametres, plat

SIRET = "74221369700003"


def membre(nom: str = "Les Jardins d’Essai", siret: str = SIRET, categorie: str = "") -> Membre:
    return Membre(nom=nom, siret=siret, role="", contribution=None, categorie_juridique=categorie)


@pytest.mark.parametrize(
    ("nom", "attendu"),
    [
        ("Mission Locale du Pays d'Essai", True),
        ("UNION DES MISSIONS LOCALES", True),
        ("Cap'Emploi", True),
        ("CAP EMPLOI 44", True),
        ("CAPEMPLOI 53", True),
        ("Pôle emploi", True),
        ("FRANCE-TRAVAIL PAYS DE LA LOIRE", True),
        ("Département de l'Essai", True),
        ("DEPARTEMENT DU BOCAGE", True),
        ("Le Département des Essais", True),
        ("Département d’Essai", True),
        ("Conseil départemental de l'Essai", True),
        ("Relais de la mission", False),
        ("Mission d’insertion locale", False),
        ("Association départementale d’insertion", False),
        ("Comité d’entraide du département de l’Essai", False),
        ("Département Formation", False),
        ("Départementale de l’Essai", False),
        ("Conseil départemental de l’accès au droit de l’Essai", False),
        ("Cap vers l’emploi", False),
        ("Escap emploi", False),
        ("Travail en France", False),
        ("", False),
    ],
)
def test_names(nom: str, attendu: bool) -> None:
    assert nom_exclu(mots(nom), parametres()) is attendu
    if nom:
        resultat = constat("ELI-02", dossier(nom=nom)).resultat
        assert resultat == ("alerte" if attendu else "conforme")


def test_an_empty_motif_excludes_nobody() -> None:
    assert constat("ELI-02", dossier(), parametres(exclus_noms=("", " ", "de"))).resultat == "conforme"


@pytest.mark.parametrize(
    ("cas", "attendu", "mot"),
    [
        ({}, "conforme", "porteur contrôlé, aucun organisme exclu reconnu"),
        ({"siren": "130005481"}, "alerte", "porteur « Association d’essai » reconnu par son SIREN (130005481)"),
        ({"categorie": "7220"}, "alerte", "par sa catégorie juridique (7220)"),
        ({"categorie": "", "forme": "Département"}, "alerte", "par sa forme juridique (Département)"),
        ({"categorie": "7210"}, "conforme", "aucun organisme exclu"),
        ({"exclu_declare": True}, "alerte", "le dossier déclare que le porteur est l’un de ces organismes"),
        ({"nom": "Mission locale"}, "alerte", "le dossier déclare pourtant le contraire"),
        ({"exclu_declare": ""}, "conforme", "déclaration du porteur non renseignée"),
        ({"exclu_declare": ABSENT}, "conforme", "déclaration du porteur non renseignée"),
        ({"siren": "", "categorie": ""}, "inconnu", "sans SIREN ni catégorie juridique, à vérifier"),
        ({"siren": "", "categorie": "", "nom": "Mission locale"}, "alerte", "reconnu par son nom"),
        ({"nom": ""}, "inconnu", "porteur sans nom (SIREN 765147731), à vérifier"),
        ({"membres": (membre(),), "consortium": True}, "conforme", "porteur et membres contrôlés"),
        ({"membres": (membre("Mission locale"),)}, "alerte", "membre « Mission locale » reconnu par son nom"),
        ({"membres": (membre(), membre("Conseil départemental X"))}, "alerte", "Conseil départemental X"),
        ({"membres": (membre(siret="13000548100010"),)}, "alerte", "par son SIREN (130005481)"),
        ({"membres": (membre(categorie="7220"),)}, "alerte", "par sa catégorie juridique (7220)"),
        ({"membres": (membre(siret=""),)}, "inconnu", "membre « Les Jardins d’Essai » sans SIREN"),
        ({"membres": (membre(""),)}, "inconnu", "membre sans nom (SIREN 742213697), à vérifier"),
        ({"consortium": True}, "inconnu", "membres absents de cet export"),
    ],
)
def test_bodies(cas: dict[str, Any], attendu: str, mot: str) -> None:
    trouve = constat("ELI-02", dossier(**cas))
    assert (trouve.resultat, mot in plat(trouve.valeur)) == (attendu, True), trouve.valeur
