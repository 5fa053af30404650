"""What the main window expects of a page."""

from collections.abc import Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from ui.services import Services


class Page(QWidget):
    """One page: a title, its own actions, and what happens when it is shown and left."""

    nom = ""
    titre = ""
    aide = ""
    """Anchor of the guide's chapter that F1 opens."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services

    def page_actions(self) -> Sequence[QAction]:
        """Return the actions that the menus and the palette show while the page is in view."""
        return ()

    def more_keys(self) -> Sequence[tuple[str, str]]:
        """Return what keys that no menu shows do here, each with its keys parted by « / »: the help tells them."""
        return ()

    def enter(self) -> None:
        """Be shown: load what is needed, put the focus where work starts."""

    def leave(self) -> bool:
        """Write what is being typed; return False when the page must stay in view (a write failed)."""
        return True

    def refresh(self) -> None:
        """Read again what the campagne says: it was opened, closed or imported into."""
