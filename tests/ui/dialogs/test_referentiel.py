from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from o2r_desktop.analyse.referentiels import Referentiel
from tests.ui.conftest import Enregistreur
from ui.dialogs.referentiel import ReferentielDialog
from ui.services import Services

RANGEES = (("72 Sud", "72", "", ""), ("49 Est", "49", "", ""))


@pytest.fixture
def dialogue(qtbot: QtBot, services: Services) -> Iterator[ReferentielDialog]:
    dialogue = ReferentielDialog(services, Referentiel.ZONES, RANGEES)
    dialogue.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    dialogue.open()
    dialogue.activateWindow()
    qtbot.waitUntil(dialogue.isActiveWindow)
    yield dialogue
    dialogue.hide()
    dialogue.deleteLater()


def test_a_list_is_typed_in_with_the_keyboard(dialogue: ReferentielDialog, qtbot: QtBot) -> None:
    assert not dialogue.garder.isEnabled()
    qtbot.keyClick(dialogue.table, Qt.Key.Key_Insert)
    qtbot.keyClick(dialogue.table, Qt.Key.Key_Return)
    editeur = QApplication.focusWidget()
    assert isinstance(editeur, QLineEdit)
    editeur.setText("85 Sud")
    qtbot.keyClick(editeur, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialogue.modele.rangees[1][0] == "85 Sud")  # Qt takes what is typed a turn later
    dialogue.check()
    assert "departement" in dialogue.faute.text()
    assert not dialogue.garder.isEnabled()
    qtbot.keyClick(dialogue.table, Qt.Key.Key_Right)
    QGuiApplication.clipboard().setText("85")
    qtbot.keyClick(dialogue.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    dialogue.check()
    with qtbot.waitSignal(dialogue.given) as donne:
        dialogue.garder.click()
    assert donne.args == ["nom,departement,epci,source\n72 Sud,72,,\n85 Sud,85,,\n49 Est,49,,\n"]


def test_the_next_fault_is_one_key_away_and_nothing_wrong_is_kept(
    dialogue: ReferentielDialog, qtbot: QtBot
) -> None:
    dialogue.modele.setData(dialogue.modele.index(1, 2), "123")
    dialogue.check()
    assert "1\u00a0ligne en défaut" in dialogue.compte.text()
    with qtbot.assertNotEmitted(dialogue.given):
        dialogue.accept()
    assert dialogue.table.currentIndex().row() == 1
    assert "SIREN" in dialogue.faute.text()


def test_closing_asks_before_dropping_what_is_typed(dialogue: ReferentielDialog, alertes: Enregistreur) -> None:
    dialogue.modele.setData(dialogue.modele.index(0, 0), "72 Sud-Est")
    alertes.reponse = False
    dialogue.reject()
    assert dialogue.isVisible()
    alertes.reponse = True
    dialogue.reject()
    assert not dialogue.isVisible()


def test_what_is_still_being_typed_is_kept_too(dialogue: ReferentielDialog, qtbot: QtBot) -> None:
    qtbot.keyClick(dialogue.table, Qt.Key.Key_F2)
    editeur = QApplication.focusWidget()
    assert isinstance(editeur, QLineEdit)
    editeur.setText("72 Est")
    with qtbot.waitSignal(dialogue.given) as donne:
        dialogue.accept()
    assert donne.args == ["nom,departement,epci,source\n72 Est,72,,\n49 Est,49,,\n"]


def test_rows_are_taken_away(dialogue: ReferentielDialog, qtbot: QtBot) -> None:
    qtbot.keyClick(dialogue.table, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    dialogue.check()
    assert dialogue.modele.texte().splitlines()[1:] == ["49 Est,49,,"]
    assert dialogue.garder.isEnabled()
