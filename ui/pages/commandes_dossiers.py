"""What the list of dossiers can do, by name and by key: for the palette, the menu of the page and the rows."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from ui.pages.actes_dossiers import ListActs
from ui.pages.centre_dossiers import ALLER, PLIER
from ui.pages.menus_dossiers import page_acts
from ui.pages.outils_dossiers import VUES, ListTools
from ui.pages.vues_dossiers import ListViews
from ui.widgets.filtres import TickMenu

if TYPE_CHECKING:
    from ui.pages.dossiers import DossiersPage


class ListCommands:
    """Actions of the rows, which work while the table has the focus; of the list and its passages, everywhere."""

    def __init__(self, page: "DossiersPage", outils: ListTools, vues: ListViews, actes: ListActs) -> None:
        self._page = page
        self._actes = actes
        self._lignes = page_acts(
            page.table,
            (
                ("Ouvrir le dossier", "Return", page.open_current),
                ("Aperçu du dossier", "Space", page.toggle_apercu),
                ("Produire les notes…", "", actes.produce_notes),
                ("Copier le numéro", "Ctrl+C", page.table.copy_numeros),
                ("Sélectionner tous les dossiers affichés", "Ctrl+A", page.table.selectAll),
                ("Retirer tous les filtres", "", page.show_everything),
            ),
        )
        self._liste = page_acts(
            page,
            (
                ("Vues enregistrées…", VUES, outils.menus[0].showMenu),
                ("Enregistrer la vue…", "", vues.ask_save),
                ("Attribuer les dossiers…", "", actes.ask_instructeur),
                ("Étiqueter les dossiers…", "", actes.ask_labels),
                ("Exporter le tableau…", "", actes.ask_export),
                ("Choisir et ordonner les colonnes…", "", actes.ask_columns),
            ),
            partout=True,
        )
        self._passages = page_acts(
            page,
            (
                ("Aller aux passages", ALLER, page.centre.go_to_passages),
                ("Montrer ou masquer les passages", PLIER, page.centre.toggle_passages),
            ),
            partout=True,
        )

    @property
    def actions(self) -> Sequence[QAction]:
        """Return all of them, in order."""
        return [*self._lignes, *self._liste, *self._passages]

    def enable_row(self, possible: bool) -> None:
        """Say whether there is a current row."""
        for action in self._lignes[:2]:
            action.setEnabled(possible)

    def enable_passages(self, possible: bool) -> None:
        """Say whether there are passages to go to."""
        for action in self._passages:
            action.setEnabled(possible)

    def enable_list(self, *, ouverte: bool, libre: bool, lignes: bool) -> None:
        """Say whether a campagne is open, may be written to, and shows rows."""
        for action, possible in zip(
            self._liste, (ouverte, libre, libre and lignes, libre and lignes, lignes, ouverte), strict=True
        ):
            action.setEnabled(possible)

    def context_menu(self) -> QMenu:
        """Return what can be done with the selected rows."""
        menu = QMenu(self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(list(self._lignes[:2]))
        menu.addSeparator()
        menu.addAction(self._page.tete.produire.text()).triggered.connect(lambda *_: self._actes.produce_notes())
        attribuer = TickMenu("Attribuer à", menu)
        self._actes.fill_assign(attribuer)
        menu.addMenu(attribuer).setEnabled(self._page.tete.attribuer.isEnabled())
        menu.addActions(list(self._liste[3:5]))
        menu.addSeparator()
        menu.addActions(list(self._lignes[3:]))
        return menu

    def popup(self, ou: QPoint) -> None:
        """Open the menu of the rows there."""
        self.context_menu().popup(ou)
