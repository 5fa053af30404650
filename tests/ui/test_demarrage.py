"""What a start must not load: each of these modules cost milliseconds before the list was painted."""

import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ui.app import settle

LOURDS = (
    "reportlab", "pikepdf", "pypdfium2", "python_calamine", "PIL", "multiprocessing", "logging.handlers", "http",
    "email", "html.entities", "sqlite_utils", "click", "dateutil", "statistics", "o2r_desktop.notes",
    "o2r_desktop.imports",
    "o2r_desktop.dossiers.model", "o2r_desktop.dossiers.champs", "o2r_desktop.evaluation.controles",
    "o2r_desktop.evaluation.priorites", "o2r_desktop.store.dossiers", "o2r_desktop.store.evaluations",
    "ui.pages.accueil", "ui.pages.dossier.page", "ui.pages.campagne.page", "ui.dialogs.produire_notes",
    "ui.dialogs.apercu",
)  # fmt: skip

LISTE = """
import sys
from pathlib import Path
from o2r_desktop.__main__ import read_ahead
prelecture = read_ahead([sys.argv[1]])
assert prelecture is not None
assert "PySide6" not in sys.modules, "le cœur se charge avant Qt"
from ui.app import application, build_services
from ui.main_window import MainWindow
from ui.settings import Settings
app = application()
reglages = Settings(Path(sys.argv[2]))
reglages.set_texte("fenetre/page", "dossiers")
services = build_services(app, reglages)
services.campagne.prelecture = prelecture
fenetre = MainWindow(services)
fenetre.start(Path(sys.argv[1]))
services.campagne.suivi_loaded.connect(app.exit)
app.exec()
fenetre.repaint()
assert fenetre.page.nom == "dossiers"
assert fenetre.page.model.rowCount() == len(services.campagne.suivi) > 0
assert not fenetre.page.places.isHidden() and fenetre.page.places.shows("lignes")
from shibokensupport import feature
assert feature._mod_uses_pyside(sys.modules["ui"]) and not feature._mod_uses_pyside(sys)
import linecache
assert not [lu for lu in linecache.cache if "/ui/" in lu], "PySide6 a relu nos sources"
print(*sorted(sys.modules))
"""


def charges(campagne: Path, reglages: Path) -> set[str]:
    execution = subprocess.run(
        [sys.executable, "-c", LISTE, str(campagne), str(reglages)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert execution.returncode == 0, execution.stderr
    return set(execution.stdout.split())


def test_the_list_is_painted_without_what_it_does_not_need(campagne_demo: Path, tmp_path: Path) -> None:
    modules = charges(campagne_demo, tmp_path / "reglages.ini")
    assert "ui.pages.dossiers" in modules
    assert not [lourd for lourd in LOURDS if lourd in modules]


def test_the_garbage_collector_comes_back_once_the_start_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    gelees: list[bool] = []
    monkeypatch.setattr(gc, "freeze", lambda: gelees.append(True))
    gc.disable()
    settle()
    settle()
    assert gc.isenabled()
    assert gelees == [True]
