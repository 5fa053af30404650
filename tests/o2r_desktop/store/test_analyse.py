"""What was typed in the analysis: kept by key, undone cell by cell, refused once the evaluation is final."""

import json

import pytest

from o2r_desktop.errors import DossierError
from o2r_desktop.evaluation.reponses import Avis, TypeAvis
from o2r_desktop.store import actes, analyse, dossiers, evaluations, journal, panorama, referentiels
from o2r_desktop.store.connection import Campagne
from tests.o2r_desktop.store.conftest import MAINTENANT

PRODUITS, CHARGES = "comptes/2024/produits", "comptes/2024/charges"


def ecrire(campagne: Campagne, etat: dict[str, object], nom: str = "comptes") -> list[dict[str, object]]:
    return actes.change(campagne, "analyse", {1: etat}, nom, auteur="Alix", now=MAINTENANT)


def test_a_value_is_kept_by_key_and_goes_with_none(remplie: Campagne) -> None:
    ecrire(remplie, {PRODUITS: {"declare": "12.50"}, CHARGES: {"declare": "9"}})
    ecrire(remplie, {PRODUITS: {"declare": "12.50"}, CHARGES: None})
    assert actes.state(remplie, "analyse", 1) == {PRODUITS: {"declare": "12.50"}}
    assert evaluations.load(remplie, 1).fiches == {PRODUITS: {"declare": "12.50"}}
    assert analyse.written_at(remplie, 1) == MAINTENANT
    assert analyse.written_at(remplie, 2) is None


def test_an_act_keeps_only_what_it_changes(remplie: Campagne) -> None:
    ecrire(remplie, {PRODUITS: "1", CHARGES: "2"})
    (acte,) = ecrire(remplie, {PRODUITS: "1", CHARGES: "3"})
    assert (acte["avant"], acte["apres"]) == ({CHARGES: "2"}, {CHARGES: "3"})
    ligne = journal.entries(remplie, numero=1)[-1]
    assert (json.loads(ligne.avant), json.loads(ligne.apres)) == ({CHARGES: "2"}, {CHARGES: "3"})


def test_undo_takes_back_one_value_and_leaves_the_others(remplie: Campagne) -> None:
    ecrire(remplie, {PRODUITS: "1"})
    ecrire(remplie, {PRODUITS: "1", CHARGES: "2"})
    actes.undo(remplie, auteur="Alix", now=MAINTENANT)
    assert actes.state(remplie, "analyse", 1) == {PRODUITS: "1"}
    actes.redo(remplie, auteur="Alix", now=MAINTENANT)
    assert actes.state(remplie, "analyse", 1) == {PRODUITS: "1", CHARGES: "2"}


def test_nothing_is_typed_nor_undone_under_a_final_evaluation(remplie: Campagne) -> None:
    ecrire(remplie, {PRODUITS: "1"})
    avis = Avis(avis=TypeAvis.DEFAVORABLE, motif="m")
    evaluations.conclude(remplie, 1, avis, empreinte="e", auteur="Alix", now=MAINTENANT)
    with pytest.raises(DossierError, match="finalisée"):
        ecrire(remplie, {PRODUITS: "2"})
    assert actes.undo(remplie, auteur="Alix", now=MAINTENANT).actes == ()
    assert actes.state(remplie, "analyse", 1) == {PRODUITS: "1"}
    assert evaluations.load_all(remplie)[1].fiches == {PRODUITS: "1"}


def test_a_list_of_the_campagne_replaces_the_shipped_one_until_it_goes(remplie: Campagne) -> None:
    referentiels.save(remplie, "zones", "nom\na\n", origine="zones.csv", auteur="Alix", now=MAINTENANT)
    gardees = referentiels.load_all(remplie)
    assert (gardees["zones"].contenu, gardees["zones"].origine, gardees["zones"].le) == (
        "nom\na\n", "zones.csv", MAINTENANT,
    )  # fmt: skip
    referentiels.save(remplie, "zones", None, origine="", auteur="Alix", now=MAINTENANT)
    assert referentiels.load_all(remplie) == {}


def test_the_panorama_holds_for_one_record_and_one_reading(remplie: Campagne) -> None:
    empreintes = dossiers.known(remplie)
    panorama.save(remplie, {1: {"a": "é"}, 2: [1], 99: []}, {**empreintes, 2: "autre"}, regles="r")
    assert panorama.load(remplie, regles="r") == {1: {"a": "é"}}
    assert panorama.load(remplie, regles="autre") == {}
