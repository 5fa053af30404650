import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import qWarning
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from o2r_desktop.errors import DossierError
from tests.ui.conftest import Enregistreur
from ui.crash import Crash, describe

SECRET = "Association Passerelle des Mauges"


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / "etat" / "journal.log"


@pytest.fixture
def crash(qapp: QApplication, journal: Path, alertes: Enregistreur) -> Iterator[Crash]:
    crash = Crash(journal, alertes, qapp)
    yield crash
    if crash.dialogue is not None:
        crash.dialogue.accept()
    crash.close()
    crash.setParent(None)


def tomber() -> None:
    try:
        int(SECRET)
    except ValueError as erreur:
        raise KeyError(SECRET) from erreur


def attraper(crash: Crash) -> None:
    try:
        tomber()
    except KeyError:
        genre, erreur, trace = sys.exc_info()
        assert genre is not None
        crash.handle(genre, erreur, trace)


def test_a_bug_is_told_once_and_its_text_can_be_copied(qtbot: QtBot, crash: Crash) -> None:
    attraper(crash)
    assert crash.dialogue is not None
    qtbot.waitUntil(crash.dialogue.isVisible)
    premier = crash.dialogue
    attraper(crash)
    assert crash.dialogue is premier
    premier.copier.click()
    copie = QApplication.clipboard().text()
    assert "O2R Desktop" in copie
    assert "tests/ui/test_crash.py" in copie
    assert "KeyError" in copie
    assert "ValueError" in copie
    premier.continuer.click()
    assert crash.dialogue is None


def test_neither_the_log_nor_the_dialog_holds_a_message(crash: Crash, journal: Path) -> None:
    attraper(crash)
    ecrit = journal.read_text("utf-8")
    assert "tomber" in ecrit
    assert "KeyError" in ecrit
    assert SECRET not in ecrit
    assert crash.dialogue is not None
    assert SECRET not in crash.dialogue.details.toPlainText()


def test_folders_above_the_program_are_not_told() -> None:
    try:
        tomber()
    except KeyError as erreur:
        texte = describe(KeyError, erreur, erreur.__traceback__)
    assert str(Path(__file__).parent.parent.parent) not in texte


def test_a_failure_the_user_can_act_on_is_its_sentence(crash: Crash, journal: Path, alertes: Enregistreur) -> None:
    crash.handle(DossierError, DossierError("Le dossier est inconnu."), None)
    assert alertes.dits == [("error", "Le dossier est inconnu.")]
    assert crash.dialogue is None
    assert not journal.exists()


def test_a_bug_in_another_thread_is_told_in_the_window(qtbot: QtBot, crash: Crash) -> None:
    crash.install()
    try:
        fil = threading.Thread(target=tomber)
        fil.start()
        fil.join()
        qtbot.waitUntil(lambda: crash.dialogue is not None)
    finally:
        crash.uninstall()


def test_what_qt_says_goes_to_the_log(crash: Crash, journal: Path) -> None:
    crash.install()
    try:
        qWarning("police absente")
        assert sys.excepthook == crash.handle
    finally:
        crash.uninstall()
    assert "police absente" in journal.read_text("utf-8")
    assert sys.excepthook is sys.__excepthook__
    assert logging.getLogger("o2r").handlers == []


def test_a_log_that_cannot_be_written_is_no_fault(
    qapp: QApplication, alertes: Enregistreur, tmp_path: Path
) -> None:
    (tmp_path / "fichier").write_text("", encoding="utf-8")
    crash = Crash(tmp_path / "fichier" / "journal.log", alertes, qapp)
    attraper(crash)
    assert crash.dialogue is not None
    crash.dialogue.accept()
    crash.setParent(None)
