from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.dialogs.nouvelle_campagne import NouvelleCampagneDialog
from ui.services import Services


@pytest.fixture
def dialogue(qtbot: QtBot, services: Services, tmp_path: Path) -> Iterator[NouvelleCampagneDialog]:
    assert services is not None
    fenetre = QWidget()
    qtbot.addWidget(fenetre)
    dialogue = NouvelleCampagneDialog(tmp_path, lambda _titre: tmp_path / "choisi", fenetre)
    dialogue.open()
    yield dialogue
    fenetre.deleteLater()


def test_where_it_goes_is_shown_before_it_is_made(
    qtbot: QtBot, dialogue: NouvelleCampagneDialog, tmp_path: Path
) -> None:
    dialogue.nom.setText("AMI 2026")
    assert str(tmp_path / "AMI 2026") in dialogue.resultat.text()
    with qtbot.waitSignal(dialogue.accepted):
        qtbot.keyClick(dialogue.nom, Qt.Key.Key_Return)
    assert dialogue.dossier == tmp_path / "AMI 2026"
    assert not dialogue.dossier.exists()


@pytest.mark.parametrize("nom", ["", "   ", "..", "a/b", "a:b", "quoi?"])
def test_a_name_that_no_folder_can_bear_is_refused(dialogue: NouvelleCampagneDialog, nom: str) -> None:
    dialogue.nom.setText(nom)
    assert not dialogue.creer.isEnabled()
    assert not dialogue.obstacle.isHidden()


def test_a_folder_that_is_taken_is_refused(dialogue: NouvelleCampagneDialog, tmp_path: Path) -> None:
    (tmp_path / "prise").mkdir()
    (tmp_path / "prise" / "lettre.txt").write_text("", encoding="utf-8")
    dialogue.nom.setText("prise")
    assert not dialogue.creer.isEnabled()
    assert "pas vide" in dialogue.obstacle.texte.text()
    dialogue.lieu.setText(str(tmp_path / "nulle part"))
    assert "n’existe pas" in dialogue.obstacle.texte.text()


def test_the_place_can_be_chosen(dialogue: NouvelleCampagneDialog, tmp_path: Path) -> None:
    (tmp_path / "choisi").mkdir()
    dialogue.parcourir.click()
    assert dialogue.dossier.parent == tmp_path / "choisi"
