"""A list of reference as a table that is typed in: rows added, taken away, searched, faults told by row."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from o2r_desktop.analyse.territoire.listes import CELLULE_MAX, Liste
from o2r_desktop.text import normalise, printable
from ui.theme import Theme
from ui.widgets.base import bulle

Index = QModelIndex | QPersistentModelIndex


class ReferentielModel(QAbstractTableModel):
    """The rows of a list, those in view when something is searched, and their faults."""

    edited = Signal()
    """Some cell or row changed."""

    def __init__(self, theme: Theme, liste: Liste, rangees: Sequence[Sequence[str]], parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self.liste = liste
        largeur = len(liste.colonnes)
        self.rangees: list[list[str]] = [[*r, *[""] * largeur][:largeur] for r in rangees]
        self._depart = self._contenu()
        self._vues = list(range(len(self.rangees)))
        self._cherche: list[str] = []
        self.fautes: Mapping[int, str] = {}

    # --- what the dialog asks ---------------------------------------------------------------------------------

    @property
    def modified(self) -> bool:
        """Whether something differs from what was given."""
        return self._contenu() != self._depart

    def texte(self) -> str:
        """Return the list as it is kept, blank rows left out."""
        return self.liste.ecrire(self.rangees)

    def rank(self, index: Index) -> int:
        """Return which row of the list an index is on, -1 for none."""
        return self._vues[index.row()] if index.isValid() else -1

    def index_of(self, rang: int, colonne: int = 0) -> QModelIndex:
        """Return where a row of the list is shown, an index that is not valid when it is not in view."""
        return self.index(self._vues.index(rang), colonne) if rang in self._vues else QModelIndex()

    def set_fautes(self, fautes: Mapping[int, str]) -> None:
        """Show what is wrong, by rank of row."""
        if fautes != self.fautes:
            self.fautes = dict(fautes)
            self._refresh_all()

    def search(self, texte: str) -> None:
        """Keep the rows that hold some words."""
        self._cherche = normalise(texte).split()
        self.beginResetModel()
        self._vues = [r for r in range(len(self.rangees)) if self._matches(r)]
        self.endResetModel()

    def add_row(self, apres: Index) -> QModelIndex:
        """Add a blank row under an index, at the end when it is not valid; return its first cell."""
        rang = self.rank(apres) + 1 if apres.isValid() else len(self.rangees)
        place = apres.row() + 1 if apres.isValid() else len(self._vues)
        self.beginInsertRows(QModelIndex(), place, place)
        self.rangees.insert(rang, [""] * len(self.liste.colonnes))
        self._vues = [v + (v >= rang) for v in self._vues]
        self._vues.insert(place, rang)
        self.endInsertRows()
        self.edited.emit()
        return self.index(place, 0)

    def remove_rows(self, lignes: Sequence[int]) -> None:
        """Take away rows in view, by their place there."""
        for place in sorted(set(lignes), reverse=True):
            self.beginRemoveRows(QModelIndex(), place, place)
            rang = self._vues.pop(place)
            del self.rangees[rang]
            self._vues = [v - (v > rang) for v in self._vues]
            self.endRemoveRows()
        if lignes:
            self.edited.emit()

    def paste(self, depuis: Index, texte: str) -> None:
        """Put tab-separated cells from an index on; rows are added when they are too few."""
        if not depuis.isValid():
            return
        for decalage, ligne in enumerate(texte.strip("\r\n").splitlines()):
            place = depuis.row() + decalage
            if place >= len(self._vues):
                self.add_row(self.index(len(self._vues) - 1, 0))
            for colonne, cellule in enumerate(ligne.split("\t"), depuis.column()):
                if colonne < len(self.liste.colonnes):
                    self.rangees[self._vues[place]][colonne] = _cell(cellule)
        self._refresh_all()
        self.edited.emit()

    def clear(self, cases: Sequence[QModelIndex]) -> None:
        """Blank some cells."""
        for index in cases:
            self.rangees[self.rank(index)][index.column()] = ""
        self._refresh_all()
        self.edited.emit()

    # --- what Qt asks -----------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 Qt
        """Return how many rows are in view."""
        return 0 if parent.isValid() else len(self._vues)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 Qt
        """Return the columns of the list."""
        return 0 if parent.isValid() else len(self.liste.colonnes)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let every cell be typed in."""
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def headerData(  # noqa: N802 Qt
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the titles, a star at those that no row may leave blank; a cross at rows at fault."""
        if orientation is Qt.Orientation.Horizontal:
            colonne = self.liste.colonnes[section]
            if role == Qt.ItemDataRole.DisplayRole:
                return f"{colonne.titre} *" if colonne.requise else colonne.titre
            return colonne.aide if role == Qt.ItemDataRole.ToolTipRole else None
        rang = self._vues[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"✕ {rang + 1}" if rang in self.fautes else str(rang + 1)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell; the tooltip and a screen reader have what is wrong with its row."""
        rang = self.rank(index)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self.rangees[rang][index.column()]
        faute = self.fautes.get(rang, "")
        if role == Qt.ItemDataRole.ToolTipRole:
            return bulle(faute or self.rangees[rang][index.column()])
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return faute
        if role == Qt.ItemDataRole.BackgroundRole and faute:
            return QColor(self._theme.couleurs.mauvais_fond)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802 Qt
        """Take what is typed, on one line."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        texte = _cell(str(value))
        if self.rangees[self.rank(index)][index.column()] != texte:
            self.rangees[self.rank(index)][index.column()] = texte
            self.dataChanged.emit(index, index)
            self.edited.emit()
        return True

    def _contenu(self) -> list[list[str]]:
        return [list(r) for r in self.rangees if any(r)]

    def _matches(self, rang: int) -> bool:
        dit = normalise(" ".join(self.rangees[rang]))
        return all(mot in dit for mot in self._cherche)

    def _refresh_all(self) -> None:
        if self._vues:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._vues) - 1, self.columnCount() - 1))
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(self._vues) - 1)


def _cell(texte: str) -> str:
    return " ".join(printable(texte).split())[:CELLULE_MAX]
