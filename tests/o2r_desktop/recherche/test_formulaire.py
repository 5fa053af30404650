"""What of a form is worth finding."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from o2r_desktop.dossiers.model import Bloc, Colonne, Enregistrement
from o2r_desktop.recherche.formulaire import TRANCHE, lignes, tranches
from tests.o2r_desktop.store.conftest import enregistrement


def un(cellule: Any) -> Enregistrement:
    return replace(enregistrement(1), colonnes=(Colonne("Question"),), cellules=(cellule,), demandeur={})


@pytest.mark.parametrize(
    ("cellule", "garde"),
    [
        ("Un texte", "Un texte"),
        (["Repérage", "Remobilisation"], "Repérage, Remobilisation"),
        ("73282932000074", "73282932000074"),
        ("0240000000", "0240000000"),
        (" e\u0301te\u0301\u202e\x07 ", "été"),
        ("<b>gras</b> & cie", "<b>gras</b> & cie"),
        ("150 000,50 €", None),
        ("12", None),
        ("2025-08-13", None),
        ("2025-08-13T12:00:00+02:00", None),
        ("Oui", None),
        ("off", None),
        ("  ", None),
        (12.5, None),
        (73282932000074.0, "73282932000074"),
        (True, None),
        (None, None),
    ],
)
def test_answers(cellule: Any, garde: str | None) -> None:
    assert lignes(un(cellule)) == ([] if garde is None else [("Question", garde)])


def test_everything_else_of_a_record() -> None:
    brut = replace(
        enregistrement(1),
        demandeur={"raison_sociale": "Asso", "siret": "73282932000074", "association_objet": "Aider"},
        fixes={"email": "a@asso.example", "motivation": "Motif", "etat": "Accepté"},
        colonnes=(),
        cellules=(),
        blocs=(Bloc(libelle="Membres", lignes=({"Nom": "Un", "Part": 12}, {"Nom": "Deux", "Rôle": "Chef"})),),
        autres={
            "messages": [{"body": "<p>Bon&nbsp;jour<br>à tous</p>"}, {"body": None}, 3],
            "avis": [{"question": "Quoi ?", "reponse": "Favorable"}],
            "traitements": "illisible",
        },
    )
    assert lignes(brut, ["a.pdf", "b.pdf"]) == [
        ("Porteur", "Asso · 73282932000074"),
        ("Objet de l’association", "Aider"),
        ("Membres, ligne 1", "Un"),
        ("Membres, ligne 2", "Deux · Chef"),
        ("Courriel", "a@asso.example"),
        ("Motivation de la décision", "Motif"),
        ("Messagerie", "Bon\u00a0jour à tous"),
        ("Avis demandé", "Quoi ?"),
        ("Avis rendu", "Favorable"),
        ("Pièces reçues", "a.pdf · b.pdf"),
    ]


@given(st.integers(0, 4 * TRANCHE), st.integers(1, 60_000))
def test_slices_hold_the_whole_text(longueur: int, pas: int) -> None:
    texte = "".join(" " if n % pas == pas - 1 else "x" for n in range(longueur))
    coupes = list(tranches(texte))
    assert all(0 < len(coupe) <= TRANCHE for coupe in coupes)
    refait = coupes[0] if coupes else ""
    for coupe in coupes[1:]:
        assert coupe[:200] == refait[-200:]
        refait += coupe[200:]
    assert refait == texte


def test_a_form_is_bounded() -> None:
    assert sum(len(texte) for _, texte in lignes(un("mot " * 1_000_000))) <= 2_100_000


@given(st.recursive(st.none() | st.text(max_size=5) | st.integers(), lambda e: st.lists(e) | st.dictionaries(
    st.sampled_from(["body", "question", "reponse", "motivation"]), e), max_leaves=8))  # fmt: skip
def test_odd_messages_are_passed_over(quoi: Any) -> None:
    brut = replace(un("x"), autres={"messages": quoi, "avis": [quoi], "traitements": {"a": quoi}})
    assert ("Question", "x") in lignes(brut)
