"""The rows of the list, and the quick view of one of them at their right when it is asked for."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter

from ui.pages.tableau_dossiers import TableauDossiers
from ui.services import Services
from ui.widgets.base import split

if TYPE_CHECKING:
    from ui.dialogs.apercu import QuickView

_LARGEUR_APERCU = 22
"""Width of the quick view, in lines of text."""


class ListCentre(QSplitter):
    """The table, and the quick view: that one is made when it is first asked for."""

    closed = Signal()
    """The quick view asks to be closed."""

    def __init__(self, services: Services, table: TableauDossiers) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._services = services
        self._table = table
        self.setObjectName("centre_dossiers")
        self.setChildrenCollapsible(False)
        self.setHandleWidth(9)
        split(self, table)
        self.setStretchFactor(0, 1)
        services.theme.changed.connect(self.share_width)

    @cached_property
    def apercu(self) -> "QuickView":
        """The quick view of the current row."""
        from ui.dialogs.apercu import QuickView

        apercu = QuickView(self._services)
        split(self, self._table, apercu)
        self.setStretchFactor(1, 0)
        apercu.opened.connect(self._services.navigation.open_dossier)
        apercu.closed.connect(self.closed)
        return apercu

    @property
    def previewing(self) -> bool:
        """Whether the quick view is open."""
        return "apercu" in self.__dict__ and not self.apercu.isHidden()

    def preview(self, montrer: bool) -> None:
        """Open or close the quick view."""
        self.apercu.setVisible(montrer)
        self.share_width()
        self._table.set_compact(montrer)

    def share_width(self) -> None:
        """Give the quick view what its words need, never more than the table."""
        if self.previewing:
            place = self.width()
            pris = min(self.fontMetrics().height() * _LARGEUR_APERCU, place * 45 // 100)
            self.setSizes([place - pris, pris])
