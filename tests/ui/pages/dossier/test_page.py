"""The page of a dossier: what it opens, what it refuses to leave, how one moves in it."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from o2r_desktop.evaluation.reponses import EtatEvaluation, Reponse
from tests.ui.conftest import Enregistreur
from ui.dialogs.motif import MotifDialog
from ui.models.plan import Genre
from ui.navigation import Onglet
from ui.pages.dossier.page import DossierPage
from ui.services import Services

VIDE = 25000103
FINALISE = 25000101
AUCUN = Qt.KeyboardModifier.NoModifier
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
MAJ = Qt.KeyboardModifier.ShiftModifier


def bloquer(services: Services, *, oui: bool = True) -> None:
    services.campagne.session.campagne.db.execute(f"PRAGMA query_only = {'ON' if oui else 'OFF'}")


def repondre(services: Services, critere: str, valeur: str, numero: int = VIDE) -> None:
    assert services.campagne.save_reponse(numero, Reponse(critere=critere, valeur=valeur), f"réponse à {critere}")


def touche(qtbot: QtBot, page: DossierPage, cle: Qt.Key, modificateurs: Qt.KeyboardModifier = AUCUN) -> None:
    qtbot.keyClick(page.window().focusWidget() or page, cle, modificateurs)


def dans(volet: QWidget) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and (focus is volet or volet.isAncestorOf(focus))


# --- opening ------------------------------------------------------------------------------------------------


def test_without_a_dossier_the_page_shows_the_way_to_the_list(page: DossierPage, qtbot: QtBot) -> None:
    page.enter()
    with qtbot.waitSignal(page.services.navigation.page_requested) as demande:
        touche(qtbot, page, Qt.Key.Key_Space)
    assert demande.args == ["dossiers"]
    assert not any(action.isEnabled() for action in page.page_actions())


def test_a_dossier_opens_at_the_first_critere_that_is_not_done(page: DossierPage, services_demo: Services) -> None:
    repondre(services_demo, "REC-01", "oui")
    assert page.open_dossier(VIDE)
    assert (page.numero, page.critere_id, page.critere.critere_id) == (VIDE, "REC-02", "REC-02")
    assert page.entete.titre.texte == "Fondation Valmère"
    assert page.plan.modele.courant == "REC-02"
    assert services_demo.reglages.reprise(services_demo.campagne.dossier) == (VIDE, "REC-02")


def test_work_is_taken_up_where_it_stopped(page: DossierPage) -> None:
    page.open_dossier(VIDE, "FIN-02")
    page.open_dossier(VIDE)
    assert page.critere_id == "FIN-02"
    page.open_dossier(25000102)
    assert page.critere_id == "REC-01"


def test_an_unknown_critere_is_no_reason_to_refuse_a_dossier(page: DossierPage) -> None:
    assert page.open_dossier(VIDE, "ZZZ-99")
    assert page.critere_id == "REC-01"


def test_the_tab_stays_from_dossier_to_dossier(page: DossierPage) -> None:
    page.open_dossier(VIDE, onglet=Onglet.CONCLUSION)
    page.open_dossier(25000102)
    assert page.centre.onglet is Onglet.CONCLUSION


def test_a_dossier_that_cannot_be_read_says_why(page: DossierPage, qtbot: QtBot) -> None:
    page.open_dossier(VIDE)
    assert not page.open_dossier(99)
    assert page.numero is None
    assert "99" in page._echec.phrase.text()
    page.enter()
    with qtbot.waitSignal(page.services.navigation.page_requested):
        touche(qtbot, page, Qt.Key.Key_Space)
    assert page.open_dossier(VIDE)
    assert page._faces.currentWidget() is page._corps


def test_another_campagne_empties_the_page(page: DossierPage, services_demo: Services) -> None:
    page.open_dossier(VIDE)
    services_demo.campagne.close()
    assert page.numero is None
    assert page._faces.currentWidget() is page._vide


def test_an_import_has_the_dossier_read_again_in_its_place(page: DossierPage, services_demo: Services) -> None:
    page.open_dossier(VIDE, "FIN-02")
    page.hide()
    services_demo.campagne.load_suivi()
    page.show()
    page.enter()
    assert (page.numero, page.critere_id) == (VIDE, "FIN-02")


# --- from dossier to dossier ------------------------------------------------------------------------------------


def test_previous_and_next_follow_the_list(page: DossierPage, qtbot: QtBot) -> None:
    page.set_voisins([25000110, VIDE, 25000102], "À instruire")
    page.open_dossier(VIDE)
    assert page.entete.position.text().startswith("2\u00a0/\u00a03")
    touche(qtbot, page, Qt.Key.Key_Right, ALT)
    assert page.numero == 25000102
    assert not page.entete.suivant.isEnabled()
    qtbot.mouseClick(page.entete.precedent, Qt.MouseButton.LeftButton)
    touche(qtbot, page, Qt.Key.Key_Left, ALT)
    assert page.numero == 25000110
    assert dans(page.critere)


def test_a_dossier_that_left_the_list_keeps_its_place(page: DossierPage) -> None:
    page.set_voisins([25000110, VIDE, 25000102], "À instruire")
    page.open_dossier(VIDE)
    page.set_voisins([25000110, 25000102], "À instruire")
    page.open_voisin(1)
    assert page.numero == 25000102


# --- leaving ------------------------------------------------------------------------------------------------------


def test_what_is_typed_is_written_before_leaving(page: DossierPage, services_demo: Services) -> None:
    page.open_dossier(VIDE, "FIN-02")
    page.critere.commentaire.insertPlainText("Été difficile")
    assert page.open_critere("FIN-03")
    assert services_demo.campagne.complet(VIDE).evaluation.reponse("FIN-02").commentaire == "Été difficile"


def test_nothing_is_left_while_it_is_not_on_the_disk(page: DossierPage, services_demo: Services) -> None:
    page.set_voisins([VIDE, 25000102], "")
    page.open_dossier(VIDE, "FIN-02")
    page.critere.commentaire.insertPlainText("Été difficile")
    bloquer(services_demo)
    page.open_voisin(1)
    assert not page.open_critere("FIN-03")
    assert not page.leave()
    assert (page.numero, page.critere_id) == (VIDE, "FIN-02")
    assert page.barre_echec.isVisible()
    assert page.barre_echec.reessayer.hasFocus()
    assert page.critere.commentaire.text() == "Été difficile"
    bloquer(services_demo, oui=False)
    page.barre_echec.reessayer.click()
    assert not page.barre_echec.isVisible()
    assert page.leave()
    page.open_voisin(1)
    assert page.numero == 25000102


# --- what changes -----------------------------------------------------------------------------------------------


def test_an_answer_refreshes_every_part(page: DossierPage, services_demo: Services) -> None:
    page.open_dossier(VIDE, "FIN-02")
    repondre(services_demo, "FIN-02", "3")
    index = page.plan.modele.find(Genre.CRITERE, "FIN-02")
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).endswith("fait, niveau 3")
    assert page.entete.etat.text() == "◐ En cours 1/60"
    services_demo.campagne.history.undo()
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).endswith("vide")


def test_an_answer_to_another_dossier_changes_nothing_here(page: DossierPage, services_demo: Services) -> None:
    page.open_dossier(VIDE)
    repondre(services_demo, "FIN-02", "3", numero=25000102)
    assert page.entete.etat.text() == "○ À commencer"
    assert page.entete.titre.texte == "Fondation Valmère"


def test_a_finalised_evaluation_is_reopened_with_a_motif(
    page: DossierPage, services_demo: Services, qtbot: QtBot
) -> None:
    page.open_dossier(FINALISE)
    assert "finalisée le 02/09/2025 à 10:42" in page.verrou.texte.text()
    page.verrou.rouvrir.click()
    boite = page.findChild(MotifDialog)
    assert boite is not None
    qtbot.waitUntil(boite.isActiveWindow)
    boite.accept()
    assert boite.isVisible()
    boite.champ.insertPlainText("Comptes 2024 reçus")
    qtbot.keyClick(boite.champ, Qt.Key.Key_Return, CTRL)
    assert services_demo.campagne.complet(FINALISE).evaluation.etat is EtatEvaluation.ROUVERTE
    assert page.verrou.isHidden()
    assert page.entete.etat.text() == "◐ Rouverte 60/60"


def test_a_reopening_that_fails_is_told(page: DossierPage, services_demo: Services, alertes: Enregistreur) -> None:
    page.open_dossier(FINALISE)
    bloquer(services_demo)
    page.verrou.ask_reopening()
    boite = page.findChild(MotifDialog)
    assert boite is not None
    boite.champ.insertPlainText("motif")
    boite.accept()
    assert [genre for genre, _ in alertes.dits] == ["error"]
    assert not page.verrou.isHidden()


def test_a_campagne_for_reading_only_offers_no_reopening(
    services: Services, campagne_demo: Path, qtbot: QtBot
) -> None:
    services.campagne.open(campagne_demo, auteur="Camille Essai", lecture_seule=True)
    page = DossierPage(services)
    qtbot.addWidget(page)
    page.open_dossier(FINALISE)
    assert "lecture seule" in page.verrou.texte.text()
    assert page.verrou.rouvrir.isHidden()
    assert not page.verrou.can_reopen


# --- the keyboard -----------------------------------------------------------------------------------------------


def test_f6_goes_round_the_panes(page: DossierPage, qtbot: QtBot) -> None:
    page.open_dossier(VIDE)
    page.enter()
    assert dans(page.critere)
    for volet in (page.plan, page.centre, page.critere):
        touche(qtbot, page, Qt.Key.Key_F6)
        assert dans(volet)
    for volet in (page.centre, page.plan, page.critere):
        touche(qtbot, page, Qt.Key.Key_F6, MAJ)
        assert dans(volet)


def test_f11_leaves_the_width_to_the_reader_and_echap_gives_it_back(page: DossierPage, qtbot: QtBot) -> None:
    page.open_dossier(VIDE)
    page.enter()
    touche(qtbot, page, Qt.Key.Key_F11)
    assert (page.plan.isVisible(), page.centre.isVisible(), page.critere.isVisible()) == (False, True, False)
    assert dans(page.centre)
    touche(qtbot, page, Qt.Key.Key_F6)
    assert dans(page.centre)
    touche(qtbot, page, Qt.Key.Key_Escape)
    assert page.plan.isVisible()
    assert dans(page.critere)


def test_alt_arrows_go_from_critere_to_critere(page: DossierPage, qtbot: QtBot) -> None:
    page.open_dossier(VIDE)
    page.enter()
    touche(qtbot, page, Qt.Key.Key_Down, ALT)
    touche(qtbot, page, Qt.Key.Key_Down, ALT)
    touche(qtbot, page, Qt.Key.Key_Up, ALT)
    assert page.critere_id == "REC-02"
    touche(qtbot, page, Qt.Key.Key_Up, ALT)
    touche(qtbot, page, Qt.Key.Key_Up, ALT)
    assert page.critere_id == "REC-01"


def test_ctrl_tab_goes_round_the_tabs(page: DossierPage, qtbot: QtBot) -> None:
    page.open_dossier(VIDE)
    page.enter()
    vus = []
    for _ in range(3):
        touche(qtbot, page, Qt.Key.Key_Tab, CTRL)
        vus.append(page.centre.onglet)
    touche(qtbot, page, Qt.Key.Key_Backtab, CTRL | MAJ)
    vus.append(page.centre.onglet)
    assert vus == [Onglet.PIECES, Onglet.ANALYSE, Onglet.CONCLUSION, Onglet.ANALYSE]


def test_entree_in_the_outline_opens_and_goes_to_the_answer(page: DossierPage, qtbot: QtBot) -> None:
    page.open_dossier(VIDE)
    page.plan.setFocus()
    qtbot.keyClick(page.plan, Qt.Key.Key_Down)
    qtbot.keyClick(page.plan, Qt.Key.Key_Return)
    assert page.critere_id == "REC-02"
    assert dans(page.critere)


def test_the_outline_brings_the_form_into_view(page: DossierPage) -> None:
    page.open_dossier(VIDE, onglet=Onglet.CONCLUSION)
    page.plan.partie_chosen.emit("Budget")
    assert page.centre.onglet is Onglet.FORMULAIRE
    page.centre.show_onglet(Onglet.CONCLUSION)
    page.critere.source_requested.emit("cout_total")
    assert page.centre.onglet is Onglet.FORMULAIRE
    page.critere.critere_requested.emit("")
    assert page.centre.onglet is Onglet.CONCLUSION


def test_every_action_has_its_own_key_and_a_french_name(page: DossierPage) -> None:
    actions = page.page_actions()
    touches = [a.shortcut().toString() for a in actions if not a.shortcut().isEmpty()]
    assert len(touches) == len(set(touches)) == 17
    assert all(a.shortcutContext() == Qt.ShortcutContext.WidgetWithChildrenShortcut for a in actions)
    lettres = [a.text().partition("&")[2][:1].lower() for a in actions if "&" in a.text()]
    assert len(set(lettres)) == len(lettres)


def test_widths_are_remembered(page: DossierPage, services_demo: Services, qtbot: QtBot) -> None:
    page.open_dossier(VIDE)
    page._panneaux.setSizes([330, 500, 470])
    page._panneaux.splitterMoved.emit(330, 1)
    autre = DossierPage(services_demo)
    qtbot.addWidget(autre)
    autre.resize(1302, 690)
    autre.show()
    autre.open_dossier(VIDE)
    assert autre._panneaux.sizes()[0] == pytest.approx(330, abs=2)


def test_ctrl_h_shows_what_was_done_and_a_line_opens_its_critere(
    page: DossierPage, services_demo: Services, qtbot: QtBot
) -> None:
    repondre(services_demo, "FIN-02", "3")
    page.open_dossier(VIDE, "REC-01")
    touche(qtbot, page, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    assert page.centre.onglet is Onglet.HISTORIQUE
    volet = page._onglets.historique
    qtbot.waitUntil(lambda: volet.evenement is not None)
    qtbot.keyClick(volet.liste, Qt.Key.Key_Return)
    assert page.critere_id == "FIN-02"
    assert dans(page.critere)
    volet.set_critere("FIN-02")
    page.open_critere("REC-01")
    assert volet.critere.currentData() == "REC-01"
