"""What the window remembers from one start to the next: its place, its rail, the page in view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize

from ui.settings import Settings

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_TAILLE = QSize(1366, 768)
DOSSIER = "dossier"
"""The page of a dossier: the window opens again where the work stopped in it."""
_GEOMETRIE, _PAGE, _RAIL = "fenetre/geometrie", "fenetre/page", "fenetre/rail"


def restore(fenetre: MainWindow) -> None:
    """Put the window and its rail as they were; at the first start, as large as the design says."""
    reglages = fenetre.services.reglages
    if not fenetre.restoreGeometry(reglages.octets(_GEOMETRIE)):
        fenetre.resize(_TAILLE.boundedTo(fenetre.screen().availableSize()))
    visible = reglages.texte(_RAIL) != "cache"
    fenetre.actions_fenetre.check("rail", visible)
    fenetre.rail.setVisible(visible)


def remember(fenetre: MainWindow, page: str) -> None:
    """Keep where the window is, its rail, and the page in view."""
    reglages = fenetre.services.reglages
    reglages.set_octets(_GEOMETRIE, fenetre.saveGeometry())
    reglages.set_texte(_RAIL, "visible" if fenetre.actions_fenetre["rail"].isChecked() else "cache")
    reglages.set_texte(_PAGE, page)
    reglages.flush()


def last_page(reglages: Settings) -> str:
    """Return the page that was in view at the end of the last session, «» at the first start."""
    return reglages.texte(_PAGE)
