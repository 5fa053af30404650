import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.settings import Settings
from ui.widgets.astuce import ASTUCES, Astuce, show_again
from ui.widgets.base import fill


@pytest.fixture
def reglages(qapp: QApplication, tmp_path: Path) -> Settings:
    assert qapp is not None
    return Settings(tmp_path / "r.ini")


def posee(qtbot: QtBot, astuce: Astuce) -> QLineEdit:
    """Put a hint above a field that has the focus."""
    page, champ = QWidget(), QLineEdit()
    qtbot.addWidget(page)
    fill(QVBoxLayout(page), astuce, champ)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    champ.setFocus()
    champ.page = page  # type: ignore[attr-defined]  # kept alive
    return champ


def test_a_hint_is_closed_for_good_from_the_keyboard(qtbot: QtBot, reglages: Settings, tmp_path: Path) -> None:
    astuce = Astuce(reglages, "dossiers")
    champ = posee(qtbot, astuce)
    assert astuce.isVisible()
    assert astuce.texte.text().startswith("Astuce\u00a0: ")
    assert champ.hasFocus()
    qtbot.keyClick(champ, Qt.Key.Key_Backtab)
    assert astuce.compris.hasFocus()
    qtbot.keyClick(astuce.compris, Qt.Key.Key_Return)
    assert not astuce.isVisible()
    assert champ.hasFocus()
    reglages.flush()
    assert Astuce(Settings(tmp_path / "r.ini"), "dossiers").texte.text() == ""


def test_one_hint_follows_another_and_none_is_made_up(qtbot: QtBot, reglages: Settings) -> None:
    astuce = Astuce(reglages)
    champ = posee(qtbot, astuce)
    assert not astuce.isVisible()
    for nom in ASTUCES:
        astuce.propose(nom)
        assert astuce.isVisible()
        assert champ.hasFocus()
    astuce.compris.click()
    astuce.propose("note")
    assert not astuce.isVisible()
    astuce.propose(nom)
    assert not astuce.isVisible()


def test_hints_are_shown_again(qtbot: QtBot, reglages: Settings) -> None:
    astuce = Astuce(reglages, "pieces")
    champ = posee(qtbot, astuce)
    astuce.compris.click()
    assert not astuce.isVisible()
    show_again(reglages)
    astuce.refresh()
    assert astuce.isVisible()
    assert champ.hasFocus()


@pytest.mark.parametrize("nom", ASTUCES)
def test_a_hint_is_two_short_sentences(nom: str) -> None:
    assert len(re.findall(r"\. [A-Z]", ASTUCES[nom])) == 1
    assert ASTUCES[nom].endswith(".")
    assert len(ASTUCES[nom]) < 180
