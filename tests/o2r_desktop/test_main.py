"""The entry points, each in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parent.parent.parent
FENETRE = (
    "import sys; sys.argv = ['o2r-desktop', *sys.argv[1:]]; import o2r_desktop.__main__ as m; sys.exit(m.window())"
)


def lancer(*mots: str, cwd: Path = RACINE, **milieu: str) -> subprocess.CompletedProcess[str]:
    propre = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    return subprocess.run(
        [sys.executable, *mots],
        cwd=cwd,
        env=propre | {"PYTHONPATH": str(RACINE)} | milieu,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("mots", [("-m", "o2r_desktop"), ("-c", FENETRE)])
def test_without_a_screen_one_sentence_says_so(mots: tuple[str, ...]) -> None:
    if sys.platform.startswith("linux"):
        execution = lancer(*mots)
        assert execution.returncode == 1
        assert "a besoin d’un écran" in execution.stderr
        assert len(execution.stderr.splitlines()) == 1


@pytest.mark.parametrize("mots", [("-m", "o2r_desktop", "--version"), ("-c", FENETRE, "--version")])
def test_options_and_commands_go_to_the_command_line(mots: tuple[str, ...]) -> None:
    execution = lancer(*mots)
    assert (execution.returncode, execution.stderr) == (0, "")
    assert execution.stdout.startswith("O2R Desktop ")


def test_an_unknown_word_is_refused_by_the_command_line() -> None:
    execution = lancer("-m", "o2r_desktop", "licorne")
    assert execution.returncode == 2
    assert "licorne" in execution.stderr


@pytest.mark.parametrize("contenu", ["print('étranger')\n", None])
def test_a_foreign_package_named_ui_is_said_in_one_sentence(tmp_path: Path, contenu: str | None) -> None:
    (tmp_path / "ui").mkdir()
    if contenu is not None:
        (tmp_path / "ui" / "__init__.py").write_text(contenu, encoding="utf-8")
    execution = lancer("-m", "o2r_desktop", cwd=tmp_path, PYTHONPATH=os.pathsep.join((str(tmp_path), str(RACINE))))
    assert execution.returncode == 1
    attendu = "paquet" if contenu is not None else "écran"  # a folder alone does not hide a package
    assert attendu in execution.stderr
    assert "étranger" not in execution.stdout


def test_a_library_that_is_missing_is_said_in_one_sentence(tmp_path: Path) -> None:
    faux = tmp_path / "PySide6"
    faux.mkdir()
    (faux / "__init__.py").write_text("raise ImportError('libEGL.so.1: absente')\n", encoding="utf-8")
    chemins = os.pathsep.join((str(tmp_path), str(RACINE)))
    execution = lancer("-m", "o2r_desktop", QT_QPA_PLATFORM="offscreen", PYTHONPATH=chemins)
    assert execution.returncode == 1
    assert "libEGL.so.1" in execution.stderr
    assert len(execution.stderr.splitlines()) == 1
