"""The face «Analytique»: filled by keyboard, written at once, conditions on their way to the avis."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from o2r_desktop.analyse.angles import Angle
from o2r_desktop.operations.actes import Genre
from ui.navigation import Onglet
from ui.pages.dossier.analyse.analytique import AnalytiqueFace
from ui.pages.dossier.analyse.analytique_conditions import to_add
from ui.pages.dossier.page import DossierPage
from ui.services import Services

A_FAIRE = 25_000_109
FINALISE = 25_000_101
AUTRE = 25_000_108


def vider(services: Services) -> None:
    """Have the demonstration say nothing of this dossier."""
    services.campagne.change(Genre.ANALYSE, {A_FAIRE: {}}, "fiche vidée")


@pytest.fixture
def face(services_demo: Services, qtbot: QtBot) -> AnalytiqueFace:
    """The face alone, told of what it writes as the page tells it."""
    vider(services_demo)
    campagne = services_demo.campagne
    face = AnalytiqueFace(services_demo)
    qtbot.addWidget(face)
    face.show_dossier(campagne.complet(A_FAIRE))
    campagne.evaluation_changed.connect(lambda numero, _: face.update_dossier(campagne.complet(numero)))
    face.resize(560, 600)
    face.show()
    face.activateWindow()
    qtbot.waitUntil(face.isActiveWindow)
    return face


def gardes(services: Services, numero: int = A_FAIRE) -> dict[str, object]:
    etat = services.campagne.state(Genre.ANALYSE, numero)
    return {cle: valeur for cle, valeur in etat.items() if cle.startswith("analytique/")}


def test_keys_answer_the_question_and_not_the_criterion(
    page: DossierPage, services_demo: Services, qtbot: QtBot
) -> None:
    vider(services_demo)
    page.open_dossier(A_FAIRE, "ANA-02", Onglet.ANALYSE.value)
    page._onglets.show_angle(Angle.ANALYTIQUE)
    face = page._onglets.analyse.face
    assert isinstance(face, AnalytiqueFace)
    face.focus_first()
    bouton = face.lignes["section"].choix["oui"]
    qtbot.waitUntil(bouton.hasFocus)
    qtbot.keyClick(bouton, Qt.Key.Key_N)
    assert gardes(services_demo) == {"analytique/section": {"reponse": "non"}}
    assert face.lignes["section"].choix["non"].hasFocus()
    qtbot.keyClick(face.lignes["section"].choix["non"], Qt.Key.Key_P)
    assert gardes(services_demo) == {"analytique/section": {"reponse": "partiel"}}
    qtbot.keyClick(face.lignes["section"].choix["partiel"], Qt.Key.Key_Delete)
    assert gardes(services_demo) == {}
    assert not services_demo.campagne.complet(A_FAIRE).evaluation.reponse("ANA-02").valeur


def test_a_letter_typed_in_a_field_is_a_letter(
    face: AnalytiqueFace, services_demo: Services, qtbot: QtBot
) -> None:  # fmt: skip
    champ = face.lignes["logiciel"].texte
    assert champ is not None
    champ.setFocus()
    qtbot.keyClicks(champ, "Onps 012")
    face.leave()
    assert gardes(services_demo) == {"analytique/logiciel": {"reponse": "Onps 012"}}
    assert not services_demo.campagne.complet(A_FAIRE).evaluation.reponse("ANA-02").valeur


def test_arrows_go_through_the_answers_and_tab_to_the_panel(face: AnalytiqueFace, qtbot: QtBot) -> None:
    ligne = face.lignes["cle_ecrite"]
    ligne.take_focus()
    qtbot.waitUntil(ligne.choix["oui"].hasFocus)
    qtbot.keyClick(ligne.choix["oui"], Qt.Key.Key_Right)
    assert ligne.choix["non"].hasFocus()
    assert face.detail.aide.text() == ligne.question.aide
    vus = []
    for _ in range(12):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        vus.append(QApplication.focusWidget())
    assert face.detail.note in vus
    assert face.lignes["cle_base"].texte in vus
    assert vus.index(face.detail.note) < vus.index(face.lignes["cle_base"].texte)


def test_a_note_belongs_to_the_question_in_hand(
    face: AnalytiqueFace, services_demo: Services, qtbot: QtBot
) -> None:
    face.lignes["cle_ecrite"].take_focus()
    face.detail.note.setFocus()
    qtbot.keyClicks(face.detail.note, "page 4")
    face.lignes["temps_feuilles"].take_focus()
    assert gardes(services_demo) == {"analytique/cle_ecrite": {"note": "page 4"}}
    assert face.detail.note.text() == ""


def test_a_source_is_chosen_pinned_and_shown(face: AnalytiqueFace, services_demo: Services, qtbot: QtBot) -> None:
    face.lignes["cle_ecrite"].take_focus()
    assert face.selection is not None
    assert face.selection.ou == "Clé de répartition des charges indirectes"
    rang = next(r for r in range(face.detail.source.count()) if "Clé de" in face.detail.source.itemText(r))
    face.detail.source.setCurrentIndex(rang)
    face.detail.source.activated.emit(rang)
    kept = gardes(services_demo)["analytique/cle_ecrite"]
    assert kept == {"source": {"ou": "Clé de répartition des charges indirectes"}}
    with qtbot.waitSignal(face.champ_requested) as demande:
        face.detail.voir.click()
    assert demande.args == ["Clé de répartition des charges indirectes"]


def test_what_is_declared_is_shown_beside(face: AnalytiqueFace) -> None:
    face.lignes["cle_ecrite"].take_focus()
    dits = [ligne.texte.text() for ligne in face.detail._declares if ligne.isVisibleTo(face)]
    assert any("Chaque membre applique sa clé" in dit for dit in dits)
    assert "déclaré, à vérifier" in face.detail.declare.text()


def test_a_date_is_kept_as_a_day_and_progress_follows(face: AnalytiqueFace, services_demo: Services) -> None:
    jour = face.lignes["section_depuis"].jour
    assert jour is not None
    jour.champ.setText("01/03/2026")
    assert gardes(services_demo) == {"analytique/section_depuis": {"reponse": "2026-03-01"}}
    assert face.avance.text().endswith("sur 18")
    jour.champ.setText("")
    assert gardes(services_demo) == {}


def test_conditions_are_chosen_then_added_to_the_reserves_in_one_act(
    face: AnalytiqueFace, services_demo: Services
) -> None:
    campagne = services_demo.campagne
    face._answered("section", "non", False)
    face._answered("temps_feuilles", "non", False)
    visibles = [x for x in face.conditions.lignes if x.isVisibleTo(face)]
    assert [x.coche.isChecked() for x in visibles] == [False, False]
    assert not face.conditions.ajouter.isEnabled()
    for ligne in visibles:
        ligne.coche.click()
    face.conditions.ajouter.click()
    reserves = campagne.complet(A_FAIRE).evaluation.projet.reserves
    assert reserves.splitlines() == [c.phrase for c in campagne.complet(A_FAIRE).analyse.analytique.conditions]
    assert not face.conditions.ajouter.isEnabled()
    assert to_add(campagne.complet(A_FAIRE).analyse.analytique.conditions, reserves) == []
    campagne.history.undo()
    assert campagne.complet(A_FAIRE).evaluation.projet.reserves == ""
    assert gardes(services_demo)["analytique/condition/section"] == {"retenue": True, "texte": ""}


def test_a_condition_is_put_in_ones_own_words(face: AnalytiqueFace, services_demo: Services) -> None:
    face._answered("section", "non", False)
    ligne = face.conditions.lignes[0]
    ligne.texte.setPlainText("Ouvrir la section 440 au premier janvier")
    face.leave()
    assert gardes(services_demo)["analytique/condition/section"] == {
        "retenue": False,
        "texte": "Ouvrir la section 440 au premier janvier",
    }


def test_a_final_evaluation_is_only_read(face: AnalytiqueFace, services_demo: Services) -> None:
    avant = gardes(services_demo, FINALISE)
    face.show_dossier(services_demo.campagne.complet(FINALISE))
    assert face.bandeau.isVisible()
    assert not any(bouton.isEnabled() for bouton in face.lignes["section"].choix.values())
    assert face.lignes["logiciel"].texte.isReadOnly()  # type: ignore[union-attr]
    assert not face.conditions.ajouter.isEnabled()
    assert face.leave()
    assert gardes(services_demo, FINALISE) == avant


def test_another_dossier_shows_its_own_answers(face: AnalytiqueFace, services_demo: Services) -> None:
    campagne = services_demo.campagne
    face._answered("section", "oui", False)
    champ = face.lignes["logiciel"].texte
    assert champ is not None
    champ.setPlainText("tableur")
    assert face.leave()
    campagne.change(Genre.ANALYSE, {AUTRE: {}}, "fiche vidée")
    face.show_dossier(campagne.complet(AUTRE))
    assert not face.lignes["section"].choix["oui"].isChecked()
    assert champ.text() == ""
    face.show_dossier(campagne.complet(A_FAIRE))
    assert face.lignes["section"].choix["oui"].isChecked()
    assert champ.text() == "tableur"


def test_words_being_typed_stay_when_something_else_is_written(
    face: AnalytiqueFace, services_demo: Services
) -> None:  # fmt: skip
    champ = face.lignes["logiciel"].texte
    assert champ is not None
    champ.setPlainText("Logiciel à sect")
    face._answered("section", "oui", False)
    assert champ.text() == "Logiciel à sect"
    assert face.leave()
    assert gardes(services_demo)["analytique/logiciel"] == {"reponse": "Logiciel à sect"}
