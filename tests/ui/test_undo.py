"""Where «Annuler» and «Rétablir» lead: to what they changed, without leaving a page that shows it."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from o2r_desktop.evaluation.questions import Question, ecrire
from o2r_desktop.operations.actes import Genre
from ui.main_window import MainWindow
from ui.navigation import Onglet
from ui.pages.accueil import AccueilPage
from ui.pages.dossier.page import DossierPage
from ui.pages.dossiers import DossiersPage
from ui.pages.tri import TriPage

NUMERO, AUTRE = 25000107, 25000103


def etiqueter(fenetre: MainWindow, *numeros: int) -> None:
    campagne = fenetre.services.campagne
    etats = {n: {**campagne.state(Genre.ATTRIBUTION, n), "etiquettes": ["à revoir"]} for n in numeros}
    assert campagne.change(Genre.ATTRIBUTION, etats, "étiquette")


def annuler(fenetre: MainWindow) -> None:
    fenetre.actions_fenetre["annuler"].trigger()


@pytest.fixture
def questionnee(fenetre_demo: MainWindow) -> MainWindow:
    campagne = fenetre_demo.services.campagne
    question = Question(critere="FIN-02", texte="Quel effectif ?", posee_le=campagne.horloge(), auteur="Camille")
    etats = {NUMERO: ecrire([question])}
    assert campagne.change(Genre.QUESTIONS, etats, "question sur FIN-02", critere="FIN-02")
    return fenetre_demo


def test_a_question_is_shown_in_its_tab(questionnee: MainWindow) -> None:
    annuler(questionnee)
    page = questionnee.page
    assert isinstance(page, DossierPage)
    assert (page.numero, page.critere_id, page.centre.onglet) == (NUMERO, "FIN-02", Onglet.QUESTIONS)
    questionnee.go("accueil")
    questionnee.actions_fenetre["retablir"].trigger()
    assert questionnee.page is page
    assert page.centre.barre.tabText(page.centre.barre.currentIndex()) == "Questions (1)"


def test_the_opinion_is_shown_in_the_conclusion(fenetre_demo: MainWindow) -> None:
    campagne = fenetre_demo.services.campagne
    projet = replace(campagne.complet(NUMERO).evaluation.projet, motif="Solide")
    assert campagne.save_projet(NUMERO, projet, "motif de l’avis")
    annuler(fenetre_demo)
    page = fenetre_demo.page
    assert isinstance(page, DossierPage)
    assert (page.numero, page.centre.onglet) == (NUMERO, Onglet.CONCLUSION)


def test_a_label_is_shown_in_the_list(fenetre_demo: MainWindow) -> None:
    etiqueter(fenetre_demo, NUMERO)
    assert isinstance(fenetre_demo.page, AccueilPage)
    annuler(fenetre_demo)
    liste = fenetre_demo.page
    assert isinstance(liste, DossiersPage)
    assert liste.table.current_numero() == NUMERO


def test_a_label_undone_in_the_list_leaves_it_as_it_is(fenetre_demo: MainWindow, qtbot: QtBot) -> None:
    fenetre_demo.go("dossiers")
    liste = fenetre_demo.page
    assert isinstance(liste, DossiersPage)
    etiqueter(fenetre_demo, NUMERO)
    liste.focus_search()
    qtbot.waitUntil(liste.search.hasFocus)
    annuler(fenetre_demo)
    assert fenetre_demo.page is liste
    assert liste.search.hasFocus()


def test_a_label_undone_in_the_quick_sort_stays_there(fenetre_demo: MainWindow) -> None:
    fenetre_demo.services.navigation.sort()
    tri = fenetre_demo.page
    assert isinstance(tri, TriPage)
    tri.table.set_current(NUMERO)
    tri.toggle(0)
    tri.table.set_current(AUTRE)
    annuler(fenetre_demo)
    assert fenetre_demo.page is tri
    assert tri.table.current_numero() == NUMERO
    assert fenetre_demo.services.campagne.state(Genre.ATTRIBUTION, NUMERO)["etiquettes"] == []
