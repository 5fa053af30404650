from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ui.actions import DEFINITIONS
from ui.dialogs.aide import AideDialog
from ui.main_window import MainWindow
from ui.navigation import Onglet
from ui.pages.dossier.critere_touches import GESTES, REPONSES
from ui.pages.dossier.page import DossierPage
from ui.widgets.astuce import Astuce
from ui.widgets.base import key_text


def mots(dialogue: AideDialog) -> list[str]:
    return [mot.text() for mot in dialogue.findChildren(QLabel)]


def test_f1_explains_the_page_in_view(qtbot: QtBot, fenetre_demo: MainWindow) -> None:
    fenetre_demo.services.navigation.open_dossier(25000107)
    qtbot.keyClick(fenetre_demo, Qt.Key.Key_F1)
    dialogue = fenetre_demo.findChild(AideDialog)
    assert isinstance(dialogue, AideDialog)
    assert "Dossier" in mots(dialogue)
    assert "Mode lecture" in mots(dialogue)
    assert len(dialogue.texte.text()) > 80
    qtbot.keyClick(dialogue.fermer, Qt.Key.Key_Return)
    assert not dialogue.isVisible()


def test_every_page_is_explained(fenetre_demo: MainWindow) -> None:
    for nom in ("accueil", "dossiers", "campagne"):
        fenetre_demo.go(nom)
        assert len(AideDialog.of_page(fenetre_demo).texte.text()) > 80, nom
    navigation = fenetre_demo.services.navigation
    for demander in (navigation.import_files, navigation.sort, navigation.plan_work):
        demander()
        assert len(AideDialog.of_page(fenetre_demo).texte.text()) > 80


def test_every_tab_of_a_dossier_is_explained(fenetre_demo: MainWindow) -> None:
    navigation, dits = fenetre_demo.services.navigation, []
    for onglet in Onglet:
        navigation.open_dossier(25000107, onglet=onglet)
        dits.append(AideDialog.of_page(fenetre_demo).texte.text().partition("\n\n")[2])
    assert [dit for dit in dits if len(dit) < 80] == []
    assert len(set(dits)) == len(Onglet)
    page = fenetre_demo.page
    assert isinstance(page, DossierPage)
    page.set_par_critere(actif=True)
    assert "Par critère" in AideDialog.of_page(fenetre_demo).texte.text()


def test_hints_are_asked_for_again(qtbot: QtBot, fenetre_demo: MainWindow) -> None:
    astuce = Astuce(fenetre_demo.services.reglages, "dossiers")
    fenetre_demo.statusBar().addWidget(astuce)
    astuce.compris.click()
    assert not astuce.isVisibleTo(fenetre_demo)
    qtbot.keyClick(fenetre_demo, Qt.Key.Key_F1)
    dialogue = fenetre_demo.findChild(AideDialog)
    assert isinstance(dialogue, AideDialog)
    qtbot.keyClick(dialogue.astuces, Qt.Key.Key_Return)
    assert not dialogue.isVisible()
    assert astuce.isVisibleTo(fenetre_demo)


def test_every_key_is_in_the_table(fenetre: MainWindow) -> None:
    dits = mots(AideDialog.of_keys(fenetre))
    assert [d.id for d in DEFINITIONS if d.touche and key_text(d.touche) not in dits] == []


def test_no_key_of_a_dossier_is_left_out_of_the_help(fenetre_demo: MainWindow) -> None:
    fenetre_demo.services.navigation.open_dossier(25000107)
    page = fenetre_demo.page
    assert isinstance(page, DossierPage)
    autres = {t for touches in (*REPONSES.values(), *GESTES.values()) for t in touches[1:]}
    """Keys that do what one that is shown does."""
    raccourcis = {r.key().toString() for r in page.findChildren(QShortcut)} - autres
    assert {"0", "4", "O", "S", "Ctrl+Return", "F3", "Esc"} <= raccourcis
    for dialogue in (AideDialog.of_page(fenetre_demo), AideDialog.of_keys(fenetre_demo)):
        dits = mots(dialogue)
        assert [r for r in raccourcis if key_text(r) not in dits] == []
        dialogue.deleteLater()
