from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ui.actions import DEFINITIONS
from ui.dialogs.aide import AideDialog
from ui.main_window import MainWindow
from ui.pages.dossier.critere import _TOUCHES
from ui.pages.dossier.page import DossierPage
from ui.pages.dossier.pied import VALIDER
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
    fenetre_demo.services.navigation.import_files()
    assert len(AideDialog.of_page(fenetre_demo).texte.text()) > 80


def test_every_key_is_in_the_table(fenetre: MainWindow) -> None:
    dits = mots(AideDialog.of_keys(fenetre))
    assert [d.id for d in DEFINITIONS if d.touche and key_text(d.touche) not in dits] == []


def test_no_key_of_a_dossier_is_left_out_of_the_help(fenetre_demo: MainWindow) -> None:
    fenetre_demo.services.navigation.open_dossier(25000107)
    page = fenetre_demo.page
    assert isinstance(page, DossierPage)
    autres = {t for touches in (*_TOUCHES.values(), VALIDER) for t in touches[1:]}
    """Keys that do what one that is shown does."""
    raccourcis = {r.key().toString() for r in page.findChildren(QShortcut)} - autres
    assert {"0", "4", "O", "S", "Ctrl+Return", "F3", "Esc"} <= raccourcis
    for dialogue in (AideDialog.of_page(fenetre_demo), AideDialog.of_keys(fenetre_demo)):
        dits = mots(dialogue)
        assert [r for r in raccourcis if key_text(r) not in dits] == []
        dialogue.deleteLater()
