"""The program as a whole: what a start imports, and a session from the first page to the last."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from ui.app import application, log_file, settings_file

RACINE = Path(__file__).resolve().parent.parent.parent
LOURDES = ("reportlab", "pypdfium2", "pikepdf", "PIL", "python_calamine", "o2r_desktop.notes.pdf", "unittest")
PROGRAMME = """
import json, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
import ui.app
QTimer.singleShot(0, lambda: None)
def finir():
    print(json.dumps([nom for nom in sys.argv[1].split() if nom in sys.modules]))
    QApplication.activeWindow().close() if QApplication.activeWindow() else QApplication.quit()
vieille = ui.app.application
def application():
    app = vieille()
    QTimer.singleShot(0, app, lambda: QTimer.singleShot(0, app, finir))
    return app
ui.app.application = application
sys.exit(ui.app.run([]))
"""


def test_a_session_starts_light_and_ends_well(tmp_path: Path) -> None:
    milieu = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "O2R_REGLAGES": str(tmp_path / "r.ini"),
        "XDG_STATE_HOME": str(tmp_path / "etat"),
        "PYTHONPATH": str(RACINE),
    }
    execution = subprocess.run(
        [sys.executable, "-c", PROGRAMME, " ".join(LOURDES)],
        env=milieu,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert execution.returncode == 0, execution.stderr
    assert json.loads(execution.stdout) == []


def test_there_is_one_application(qapp: QApplication) -> None:
    assert application() is qapp
    assert qapp.applicationName() == "O2R Desktop"
    assert qapp.style().objectName().casefold() == "fusion" or qapp.styleSheet()


def test_files_of_the_user_are_where_the_system_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("O2R_REGLAGES", raising=False)
    assert settings_file().parts[-2:] == ("o2r-desktop", "reglages.ini")
    assert log_file().parts[-2:] == ("o2r-desktop", "journal.log")
    monkeypatch.setenv("O2R_REGLAGES", str(tmp_path / "autres.ini"))
    assert settings_file() == tmp_path / "autres.ini"
