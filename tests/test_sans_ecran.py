"""The core works where Qt is not: every module is imported in a process in which Qt cannot be."""

import json
import subprocess
import sys
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent
QT = ("PySide6", "shiboken6", "ui")
PROGRAMME = """
import importlib, json, sys
for nom in json.loads(sys.argv[1]):
    sys.modules[nom] = None
for nom in json.loads(sys.argv[2]):
    importlib.import_module(nom)
"""


def modules_du_coeur() -> list[str]:
    """Name every module under o2r_desktop, the entry point included."""
    parties = (
        chemin.relative_to(RACINE).with_suffix("").parts for chemin in (RACINE / "o2r_desktop").rglob("*.py")
    )
    return sorted(".".join(p[:-1] if p[-1] == "__init__" else p) for p in parties)


def importer(interdits: tuple[str, ...], modules: list[str]) -> subprocess.CompletedProcess[str]:
    commande = [sys.executable, "-W", "error", "-c", PROGRAMME, json.dumps(interdits), json.dumps(modules)]
    return subprocess.run(commande, cwd=RACINE, capture_output=True, text=True, encoding="utf-8", check=False)


def test_every_core_module_is_imported_without_qt() -> None:
    modules = modules_du_coeur()
    assert "o2r_desktop.errors" in modules
    execution = importer(QT, modules)
    assert execution.returncode == 0, execution.stderr


def test_the_proof_sees_a_forbidden_import() -> None:
    execution = importer(("decimal",), ["o2r_desktop.text"])
    assert execution.returncode != 0
    assert "decimal" in execution.stderr
