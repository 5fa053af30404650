"""The fingerprint changes with the data, and with nothing else."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from o2r_desktop.dossiers.model import Porteur
from o2r_desktop.evaluation.reponses import EtatEvaluation, Reponse
from o2r_desktop.notes.content import donnees, empreinte, empreinte_dossier
from o2r_desktop.notes.donnees import canonique
from o2r_desktop.notes.modele import NoteContent
from tests.o2r_desktop.notes import fabrique


def marque(**plus: object) -> str:
    valeurs = {
        "dossier": fabrique.dossier(),
        "evaluation": fabrique.evaluation(),
        "grille": fabrique.petite_grille(),
        "parametres": fabrique.parametres(),
    }
    return empreinte_dossier(**{**valeurs, **plus})  # type: ignore[arg-type]


def test_is_a_sha256_and_stays() -> None:
    assert len(marque()) == 64
    assert marque() == marque()


@pytest.mark.parametrize(
    "plus",
    [
        {"dossier": fabrique.dossier(numero=1)},
        {"dossier": fabrique.dossier(porteur=Porteur(nom="Autre"))},
        {"dossier": fabrique.dossier(champs=fabrique.champs(cout_total=Decimal("589430.01")))},
        {"evaluation": fabrique.evaluation(avis=None)},
        {"evaluation": fabrique.evaluation(avis=fabrique.avis(motif="Autre motif."))},
        {"evaluation": fabrique.evaluation(reponses={"FIN-02": Reponse(critere="FIN-02", valeur="2")})},
        {"grille": replace(fabrique.petite_grille(), version=4)},
        {"parametres": fabrique.parametres().avec(seuil_cout_total=Decimal(150001))},
    ],
)
def test_changes_with_the_data(plus: dict[str, object]) -> None:
    assert marque(**plus) != marque()


@pytest.mark.parametrize(
    "plus",
    [
        {"etat": EtatEvaluation.COMPLETE},
        {"empreinte": "00"},
        {"instructeur": "Autre"},
        {"finalisee_le": fabrique.MAINTENANT + timedelta(days=3)},
    ],
)
def test_does_not_change_when_the_evaluation_is_locked(plus: dict[str, object]) -> None:
    assert marque(evaluation=fabrique.evaluation(**plus)) == marque()


def test_the_note_bears_it(note_content: Callable[[str], NoteContent]) -> None:
    contenu = note_content("petite")
    assert f"empreinte {contenu.empreinte[:4]} {contenu.empreinte[4:8]}" in contenu.pied
    lu = json.loads(contenu.donnees)
    assert empreinte(lu["donnees"]) == lu["empreinte"] == contenu.empreinte


def test_values_are_typed_as_scripts_expect() -> None:
    brut = donnees(fabrique.dossier(), fabrique.evaluation(), fabrique.petite_grille(), fabrique.parametres())
    valeurs = {c["attribut"]: c["valeur"] for c in brut["dossier"]["champs"]}
    assert valeurs["cout_total"] == "589430.00"
    assert valeurs["beneficiaires_annee_1"] == 88
    assert valeurs["consortium"] is True
    assert valeurs["date_debut"] == "2026-01-01"
    assert valeurs["publics"] == ["Jeunes de moins de 26 ans en rupture", "Personnes allophones"]


def test_lone_surrogates_make_valid_json() -> None:
    assert json.loads(canonique({"a": "\ud800"})) == {"a": "\ud800"}
