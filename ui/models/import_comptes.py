"""The rows of a sheet of accounts, the post proposed for each, the exercice of each column."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from o2r_desktop.analyse.finances.postes import PAR_CLE, POSTES
from o2r_desktop.imports.comptes_tableur import LigneTableur
from o2r_desktop.text import NBSP, nombre, printable
from ui.theme import Ton
from ui.widgets.grille_editeurs import EtatLigne, RoleGrille

Index = QModelIndex | QPersistentModelIndex

POSTE = 0
"""The column of the posts; those of amounts follow."""
_CHOIX: list[tuple[str, object]] = [("— laisser —", ""), *((p.libelle, p.cle) for p in POSTES)]


class ImportComptesModel(QAbstractTableModel):
    """A row may be given another post, or none."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lignes: Sequence[LigneTableur] = ()
        self.colonnes: Sequence[int] = ()
        self.annees: dict[int, int] = {}
        """Exercice of each column of the sheet that is taken."""
        self.postes: dict[int, str] = {}
        """Post of each row of the sheet that is taken."""

    def show(
        self,
        lignes: Sequence[LigneTableur],
        colonnes: Sequence[int],
        annees: Mapping[int, int],
        postes: Mapping[int, str],
    ) -> None:
        """Show another sheet with what is proposed."""
        self.beginResetModel()
        self.lignes, self.colonnes = lignes, colonnes
        self.annees, self.postes = dict(annees), dict(postes)
        self.endResetModel()
        self.changed.emit()

    def set_annee(self, colonne: int, annee: int) -> None:
        """Give a column of the sheet an exercice, 0 to leave it; the column that had it is left."""
        self.annees = {c: a for c, a in self.annees.items() if c != colonne and a != annee}
        if annee:
            self.annees[colonne] = annee
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.colonnes))
        if self.lignes:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lignes) - 1, len(self.colonnes)))
        self.changed.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 Qt
        """Return how many rows are shown."""
        return 0 if parent.isValid() else len(self.lignes)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 Qt
        """Return the column of posts and those of amounts."""
        return 0 if parent.isValid() else len(self.colonnes) + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say that a post may be chosen."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        droits = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return droits | Qt.ItemFlag.ItemIsEditable if index.column() == POSTE else droits

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802 Qt
        """Return the exercice of a column, the words of a row."""
        if orientation is Qt.Orientation.Vertical:
            if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                return printable(self.lignes[section].libelle)[:200]
            return EtatLigne.POSTE if role == RoleGrille.ETAT else None
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if section == POSTE:
            return "Poste"
        annee = self.annees.get(self.colonnes[section - 1])
        return str(annee) if annee else "laissée"

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell says."""
        if not index.isValid():
            return None
        ligne = self.lignes[index.row()]
        poste = self.postes.get(ligne.rang, "")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{printable(ligne.libelle)}{NBSP}: {self.data(index) or 'vide'}"
        if index.column() == POSTE:
            return {
                Qt.ItemDataRole.DisplayRole: PAR_CLE[poste].libelle if poste else "? sans poste",
                Qt.ItemDataRole.EditRole: poste,
                RoleGrille.CHOIX: _CHOIX,
                RoleGrille.TON: None if poste else Ton.NEUTRE,
            }.get(Qt.ItemDataRole(role) if role < Qt.ItemDataRole.UserRole else RoleGrille(role))
        colonne = self.colonnes[index.column() - 1]
        valeur = ligne.montants.get(colonne)
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if valeur is None else nombre(valeur, 2)
        prise = bool(poste) and colonne in self.annees
        return None if role != RoleGrille.TON or prise else Ton.NEUTRE

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802 Qt
        """Give a row another post."""
        if role != Qt.ItemDataRole.EditRole or index.column() != POSTE or not (value == "" or value in PAR_CLE):
            return False
        self.postes[self.lignes[index.row()].rang] = value
        fin = self.index(index.row(), len(self.colonnes))
        self.dataChanged.emit(self.index(index.row(), 0), fin)
        self.changed.emit()
        return True
