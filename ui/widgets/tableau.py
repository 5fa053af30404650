"""A plain table to read: a few rows, one selected, no edit. Long lists have models of their own."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem

from ui.widgets.base import bulle


class ReadTable(QTableWidget):
    """Rows of texts; *etiree* is the column that takes the room left, *nombres* those aligned right."""

    def __init__(self, nom: str, colonnes: Sequence[str], *, etiree: int, nombres: Sequence[int] = ()) -> None:
        super().__init__(0, len(colonnes))
        self._nombres = frozenset(nombres)
        self.setAccessibleName(nom)
        self.setHorizontalHeaderLabels(list(colonnes))
        self.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        entete = self.horizontalHeader()
        entete.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        entete.setHighlightSections(False)
        entete.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        entete.setSectionResizeMode(etiree, QHeaderView.ResizeMode.Stretch)
        for colonne in nombres:
            titre = self.horizontalHeaderItem(colonne)
            if titre is not None:
                titre.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def show_rows(self, lignes: Sequence[Sequence[str]]) -> None:
        """Show these rows; the selection stays on its rank, or goes to the first."""
        rang = max(0, self.currentRow())
        self.setRowCount(len(lignes))
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 14)
        for i, ligne in enumerate(lignes):
            for j, texte in enumerate(ligne):
                case = QTableWidgetItem(texte)
                case.setToolTip(bulle(texte))
                if j in self._nombres:
                    case.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.setItem(i, j, case)
        if lignes:
            self.selectRow(min(rang, len(lignes) - 1))
