"""The figures of the diagnostic: indicators by place, the region and France beside, each with date and source."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHeaderView, QTableView, QVBoxLayout, QWidget

from o2r_desktop.analyse.territoire.diagnostic import ChiffreDiagnostic
from o2r_desktop.text import NBSP, pluriel
from ui.pages.dossier.analyse.territoire_donnees import Couple, columns, detail, rows, value
from ui.theme import Theme
from ui.widgets.base import bulle, fill, label
from ui.widgets.flux import selectable

Index = QModelIndex | QPersistentModelIndex
_FIXES = 1
_VIDE = "—"
_LEGENDE = "s. d. : date non précisée par l’AMI. Placez-vous sur un chiffre pour lire sa date et sa source."


class ChiffresModel(QAbstractTableModel):
    """An indicator a row, a territory a column."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lignes: list[Couple] = []
        self._colonnes: list[str] = []

    def show_chiffres(self, chiffres: Sequence[ChiffreDiagnostic]) -> None:
        """Show other figures."""
        self.beginResetModel()
        self._lignes, self._colonnes = rows(chiffres), columns(chiffres)
        self.endResetModel()

    def chiffres(self, index: Index) -> Sequence[ChiffreDiagnostic]:
        """Return the figures of a cell; those of the whole row on its name."""
        if not index.isValid():
            return ()
        ligne = self._lignes[index.row()]
        if index.column() < _FIXES:
            return [c for nom in self._colonnes for c in ligne.chiffres.get(nom, ())]
        return ligne.chiffres.get(self._colonnes[index.column() - _FIXES], ())

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 Qt
        """Return how many indicators there are."""
        return 0 if parent.isValid() else len(self._lignes)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 Qt
        """Return the name and the territories."""
        return 0 if parent.isValid() else _FIXES + len(self._colonnes)

    def headerData(  # noqa: N802 Qt
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the titles."""
        if orientation is Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return None
        return "Indicateur" if section < _FIXES else self._colonnes[section - _FIXES]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell says; the tooltip and a screen reader have its date, its source, its anomaly."""
        chiffres = self.chiffres(index)
        if role == Qt.ItemDataRole.DisplayRole:
            if index.column() < _FIXES:
                return self._lignes[index.row()].indicateur
            return " ; ".join(map(value, chiffres)) or _VIDE
        if role == Qt.ItemDataRole.ToolTipRole:
            return bulle("\n".join(map(detail, chiffres)))
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return " ".join(map(detail, chiffres))
        if role == Qt.ItemDataRole.ForegroundRole and index.column() >= _FIXES:
            if any(c.anomalie for c in chiffres):
                return QColor(self._theme.couleurs.alerte)
            return None if chiffres else QColor(self._theme.couleurs.secondaire)
        return None


class _Table(QTableView):
    """A table that leaves letters and digits to the page."""

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 Qt
        """Search nothing."""


class ChiffresView(QWidget):
    """The table, and under it everything about the cell where the keyboard is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.modele = ChiffresModel(theme, self)
        self.vide = label("Le diagnostic de l’AMI ne donne aucun chiffre pour ces lieux.", "secondaire", wrap=True)
        self.table = _Table()
        self.table.setAccessibleName("Chiffres du diagnostic, par indicateur et par territoire")
        self.table.setModel(self.modele)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(True)
        self.table.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.table.verticalHeader().hide()
        entete = self.table.horizontalHeader()
        entete.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        entete.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.dit = selectable(label("", wrap=True))
        self.dit.setMinimumHeight(self.fontMetrics().lineSpacing() * 3)
        self.dit.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.aide = label(_LEGENDE, "secondaire", wrap=True)
        self.anomalies = label("", "secondaire", wrap=True)
        fill(QVBoxLayout(self), self.vide, self.table, self.dit, self.anomalies, self.aide, espace=6)
        self.table.selectionModel().currentChanged.connect(self._say)
        theme.changed.connect(self._measure)

    def show_chiffres(self, chiffres: Sequence[ChiffreDiagnostic]) -> None:
        """Show the figures of some places; the keyboard stays where it was."""
        place = self.table.currentIndex().row(), self.table.currentIndex().column()
        self.modele.show_chiffres(chiffres)
        plein = bool(chiffres)
        self.vide.setVisible(not plein)
        self.table.setVisible(plein)
        self.dit.setVisible(plein)
        self.aide.setVisible(plein)
        douteux = sum(bool(c.anomalie) for c in chiffres)
        quoi = pluriel(douteux, "chiffre est signalé", "chiffres sont signalés")
        self.anomalies.setText(f"⚠{NBSP}{quoi} dans l’AMI : placez-vous dessus pour lire pourquoi.")
        self.anomalies.setVisible(bool(douteux))
        self._measure()
        if plein:
            garde = self.modele.index(*place)
            self.table.setCurrentIndex(garde if garde.isValid() else self.modele.index(0, _FIXES))

    def _measure(self) -> None:
        lettre, hauteur = self.fontMetrics().averageCharWidth(), self.fontMetrics().lineSpacing()
        for rang in range(self.modele.columnCount()):
            self.table.setColumnWidth(rang, lettre * (28 if rang < _FIXES else 20))
        self.table.verticalHeader().setDefaultSectionSize(hauteur * 2 + 10)
        lignes = min(6, self.modele.rowCount())
        haut = self.table.horizontalHeader().sizeHint().height() + lignes * (hauteur * 2 + 10)
        self.table.setFixedHeight(haut + self.table.horizontalScrollBar().sizeHint().height() + 4)

    def _say(self, index: QModelIndex, _avant: QModelIndex) -> None:
        chiffres = self.modele.chiffres(index)
        if index.column() >= _FIXES and not chiffres:
            self.dit.setText("Le diagnostic ne donne pas ce chiffre pour ce territoire.")
        else:
            self.dit.setText("\n".join(map(detail, chiffres)))
