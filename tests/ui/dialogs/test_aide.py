from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ui.actions import DEFINITIONS
from ui.dialogs.aide import AideDialog
from ui.main_window import MainWindow
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
