"""The entry points: ``o2r`` (command line), ``o2r-desktop`` (window), ``python -m o2r_desktop`` (either)."""

import gc
import os
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from o2r_desktop.text import NBSP

if TYPE_CHECKING:
    from o2r_desktop.suivi import Prelecture

ECRANS = ("DISPLAY", "WAYLAND_DISPLAY")
PLATEFORMES_A_ECRAN = ("", "xcb", "wayland", "wayland-egl")


def main() -> int:
    """Run the command line and return its exit status."""
    from o2r_desktop.cli import run

    return run(sys.argv[1:])


def module() -> int:
    """Run as ``python -m o2r_desktop``: the window without words or on a folder, else the command line."""
    mots = sys.argv[1:]
    return open_window(mots) if not mots or Path(mots[0]).is_dir() else main()


def window() -> int:
    """Run as ``o2r-desktop [DOSSIER]``; a sub-command or an option goes to the command line."""
    mots = sys.argv[1:]
    return main() if mots and _is_command(mots[0]) else open_window(mots)


def open_window(mots: Sequence[str]) -> int:
    """Open the window, or say in one sentence why it cannot be; return the exit status."""
    obstacle = _intruder() or _no_screen()
    if obstacle:
        return _refuse(obstacle)
    prelecture = read_ahead(mots)
    try:
        from ui.app import run
    except ImportError as erreur:
        if erreur.name is not None and not erreur.name.startswith("PySide6"):
            raise  # a fault of ours, not a system without what Qt needs
        return _refuse(f"La fenêtre ne peut pas s’ouvrir, il manque une bibliothèque au système{NBSP}: {erreur}.")
    return run(mots, prelecture)


def read_ahead(mots: Sequence[str]) -> "Prelecture | None":
    """Have the list of the campagne read while Qt is loaded.

    The core comes before Qt: PySide6 reads the source of each module that is imported after it.
    """
    gc.disable()  # what a start makes is there to stay; ui.app.settle() gives the collector back
    from o2r_desktop import operations, suivi

    dossier = Path(mots[0]) if mots else None
    return suivi.Prelecture(dossier) if dossier is not None and operations.is_campagne(dossier) else None


def _is_command(mot: str) -> bool:
    from o2r_desktop.cli.commandes import COMMANDES

    return mot.startswith("-") or (mot in COMMANDES and not Path(mot).is_dir())


def _intruder() -> str:
    """Say whether another package named «ui» stands before ours: Python looks in the current folder first."""
    trouve = find_spec("ui")
    ici = Path(__file__).resolve().parent.parent
    if trouve is None or trouve.origin is None or Path(trouve.origin).resolve().parent.parent != ici:
        return (
            f"Un autre paquet «{NBSP}ui{NBSP}» prend la place de celui d’O2R Desktop{NBSP}: "
            "lancez le programme depuis un autre dossier."
        )
    return ""


def _no_screen() -> str:
    """Say whether Qt would abort for want of a screen."""
    plateforme = os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if not sys.platform.startswith("linux") or plateforme not in PLATEFORMES_A_ECRAN:
        return ""
    if any(os.environ.get(nom) for nom in ECRANS):
        return ""
    return (
        "O2R Desktop a besoin d’un écran et n’en trouve aucun (DISPLAY et WAYLAND_DISPLAY sont vides)"
        f"{NBSP}: ouvrez une session graphique, ou employez la commande «{NBSP}o2r{NBSP}»."
    )


def _refuse(phrase: str) -> int:
    if sys.stderr is not None:  # None in a Windows program without console
        print(f"o2r-desktop : {phrase}", file=sys.stderr)  # noqa: T201 nothing else can say it
    return 1


if __name__ == "__main__":
    if getattr(sys, "frozen", False):  # the child processes of a bundle begin here
        import multiprocessing

        multiprocessing.freeze_support()
    sys.exit(module())
