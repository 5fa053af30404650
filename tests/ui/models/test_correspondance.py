"""Attributes and columns: what was found, what the user chooses, what is left to look at."""

import pytest
from pytestqt.modeltest import ModelTester

from o2r_desktop.dossiers.appariement import Lien
from tests.ui.pages.importation.fabrique import LIBRE, PROCHE, RENOMMEE, appariement, candidat, lue
from ui.models.correspondance import (
    CorrespondanceModel,
    EtatAttribut,
    LigneAttribut,
    Partie,
    found_by,
    nom_colonne,
    search_columns,
)
from ui.theme import Ton

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def modele() -> CorrespondanceModel:
    model = CorrespondanceModel()
    model.set_appariement(appariement())
    return model


def ligne(modele: CorrespondanceModel, attribut: str) -> LigneAttribut:
    return next(x for x in modele.lignes if x.proposition.attribut.id == attribut)


def test_the_model_keeps_the_promises_of_qt(modele: CorrespondanceModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(modele)


def test_what_is_found_is_sure_proposed_or_absent(modele: CorrespondanceModel) -> None:
    etats = {a: ligne(modele, a).etat for a in ("nature_porteur", "intitule", "resume", "cout_total")}
    assert list(etats.values()) == [
        EtatAttribut.SUR, EtatAttribut.A_VERIFIER, EtatAttribut.A_VERIFIER, EtatAttribut.ABSENT
    ]  # fmt: skip
    assert ligne(modele, "intitule").colonne == RENOMMEE
    assert ligne(modele, "cout_total").ton is Ton.MAUVAIS
    assert modele.restants == 3
    assert modele.reconnus == len(modele.lignes) - 3
    assert [c.colonne for c in modele.libres] == [RENOMMEE, PROCHE, LIBRE]


def test_a_choice_binds_and_can_be_taken_back(modele: CorrespondanceModel) -> None:
    modele.choose("intitule", RENOMMEE)
    assert ligne(modele, "intitule").etat is EtatAttribut.CHOISI
    assert modele.choix == {"intitule": RENOMMEE}
    assert modele.restants == 2
    assert RENOMMEE not in [c.colonne for c in modele.libres]
    modele.forget("intitule")
    assert ligne(modele, "intitule").etat is EtatAttribut.A_VERIFIER
    assert modele.choix == {}


def test_a_column_is_one_attribute_only(modele: CorrespondanceModel) -> None:
    nature = ligne(modele, "nature_porteur").colonne
    modele.choose("cout_total", nature)
    assert ligne(modele, "nature_porteur").etat is EtatAttribut.ABSENT
    assert "ailleurs" in ligne(modele, "nature_porteur").trouvee
    modele.choose("intitule", nature)
    assert modele.choix == {"intitule": nature}
    assert ligne(modele, "cout_total").etat is EtatAttribut.ABSENT
    modele.choose("intitule", None)
    assert ligne(modele, "nature_porteur").etat is EtatAttribut.SUR


def test_no_column_is_a_decision_too(modele: CorrespondanceModel) -> None:
    modele.choose("cout_total", None)
    assert ligne(modele, "cout_total").trouvee.endswith("aucune colonne")
    assert modele.restants == 2


def test_the_filter_keeps_what_was_doubtful_even_once_decided(modele: CorrespondanceModel) -> None:
    modele.set_filtre(a_verifier=True)
    assert modele.rowCount() == 3
    modele.choose("intitule", RENOMMEE)
    assert modele.rowCount() == 3
    assert modele.index(modele.rang_de("intitule"), Partie.ETAT).data() == "✓ choisi"
    assert modele.rang_de("nature_porteur") == -1


def test_next_to_check_goes_round_and_ends(modele: CorrespondanceModel) -> None:
    modele.set_filtre(a_verifier=True)
    assert [modele.next_to_check(r) for r in (-1, 0, 1, 2)] == [0, 1, 2, 0]
    for attribut in ("intitule", "resume", "cout_total"):
        modele.choose(attribut, None)
    assert modele.next_to_check(0) == -1
    modele.set_appariement(type(appariement())())
    assert modele.next_to_check(-1) == -1


def test_cells_are_words(modele: CorrespondanceModel) -> None:
    rang = modele.rang_de("intitule")
    textes = [modele.index(rang, partie).data() for partie in Partie]
    assert textes[:3] == ["? à vérifier", "Intitulé du projet", "Titre de l’action (proposée)"]
    assert textes[3:] == ["un libellé proche, 71\u202f%", "Projet"]
    assert modele.index(modele.rang_de("cout_total"), Partie.COLONNE).data() == "—"


def test_how_a_column_was_found() -> None:
    assert found_by(candidat(LIBRE)) == "le même libellé"
    assert found_by(candidat(LIBRE, Lien.RENOMME, 94)) == "les mêmes valeurs, autre libellé, 94\u202f%"


def test_labels_on_one_line() -> None:
    assert nom_colonne(type(LIBRE)(libelle="Deux\nlignes", rang=2)) == "Deux lignes (2ᵉ)"
    assert nom_colonne(type(LIBRE)(libelle="\u202e")) == "(sans libellé)"


def test_columns_are_searched_by_label_and_values_without_accents() -> None:
    colonnes = [lue(LIBRE, "Été"), lue(PROCHE, "Hiver")]
    assert [c.colonne for c in search_columns(colonnes, "ETE avis")] == [LIBRE]
    assert [c.colonne for c in search_columns(colonnes, "resume")] == [PROCHE]
    assert search_columns(colonnes, "introuvable") == []
