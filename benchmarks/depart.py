"""Start the program as its command does, and tell when the list is painted.

Run as python -m benchmarks.depart CAMPAGNE, O2R_REGLAGES naming settings whose last page is the list.
"""

import sys
import time

from o2r_desktop.__main__ import read_ahead


def main(campagne: str) -> int:
    """Run the program."""
    prelecture = read_ahead([campagne])
    from ui.app import run

    _watch()
    return run([campagne], prelecture)


def _watch() -> None:
    """Have the window say when its list has painted rows."""
    from PySide6.QtWidgets import QTableView

    from benchmarks.scenarios import Peinture, dire, memoire
    from ui.main_window import MainWindow

    go = MainWindow.go

    def puis_guetter(fenetre: MainWindow, nom: str) -> None:
        go(fenetre, nom)
        table = fenetre.page.findChild(QTableView, "tableau_dossiers") if fenetre.page is not None else None
        if table is not None:
            Peinture(table, lambda: dire(peint=time.time(), memoire=memoire()))

    MainWindow.go = puis_guetter  # type: ignore[method-assign]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
