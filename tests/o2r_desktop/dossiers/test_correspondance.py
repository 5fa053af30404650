"""Binding of columns to attributes."""

import pytest

from o2r_desktop.dossiers.champs import TypeChamp
from o2r_desktop.dossiers.correspondance import (
    Attribut,
    BlocConnu,
    Correspondance,
    attributs_inconnus,
    cle_libelle,
)
from o2r_desktop.dossiers.model import Colonne


def _attribut(identifiant: str, *libelles: str, stable_ids: tuple[int, ...] = ()) -> Attribut:
    return Attribut(id=identifiant, type=TypeChamp.TEXTE, section="s", libelles=libelles, stable_ids=stable_ids)


CORRESPONDANCE = Correspondance(
    nom="x",
    version=1,
    attributs=(_attribut("a", "Durée d'un parcours (mois)", "Durée"), _attribut("b", "Statuts", stable_ids=(7,))),
    blocs=(BlocConnu(id="m", libelles=("Membres de l’équipe du projet",), attributs=(_attribut("nom", "Nom"),)),),
)


@pytest.mark.parametrize(
    "libelle",
    [
        "Durée d'un parcours (mois)",
        "duree d’un parcours  (MOIS)",
        "Dure\u0301e d\u00a0un parcours - mois",
        "Durée :",
        "DURÉE",
    ],
)
def test_labels_are_compared_without_signs(libelle: str) -> None:
    (lie,) = CORRESPONDANCE.lier([Colonne(libelle)])
    assert lie is not None
    assert lie.id == "a"


def test_stable_id_wins_over_the_label() -> None:
    lies = CORRESPONDANCE.lier([Colonne("Durée", stable_id=7), Colonne("Autre")])
    assert [a.id if a else None for a in lies] == ["b", None]


def test_an_attribute_is_given_once() -> None:
    lies = CORRESPONDANCE.lier([Colonne("Durée"), Colonne("Durée", 2)])
    assert [a.id if a else None for a in lies] == ["a", None]
    assert attributs_inconnus(lies, ("a", "b")) == ("b",)


@pytest.mark.parametrize(
    ("libelle", "connu"),
    [
        ("Membres de l’équipe du projet", True),
        ("Membres de lequipe", True),  # a sheet name: cut, transliterated, its apostrophe gone
        ("Membres", False),
        ("Membres de la structure", False),
    ],
)
def test_blocks_are_known_by_cut_names(libelle: str, connu: bool) -> None:
    bloc = CORRESPONDANCE.bloc("m")
    assert bloc is not None
    assert bloc.reconnait(libelle) is connu
    assert CORRESPONDANCE.bloc("z") is None


def test_children_of_blocks() -> None:
    bloc = CORRESPONDANCE.blocs[0]
    assert bloc.attribut("NOM :") == bloc.attributs[0]
    assert bloc.attribut("Prénom") is None


def test_keys() -> None:
    assert cle_libelle("  Coût total – année 1 (€)") == "cout total annee 1"
