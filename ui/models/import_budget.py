"""The rows of an annex, the account proposed for each, the year of each column."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from o2r_desktop.analyse.budget.plan_comptable import libelle_compte, normaliser
from o2r_desktop.imports.budget_tableur import Annexe, LigneAnnexe
from o2r_desktop.text import NBSP, nombre
from ui.theme import Ton
from ui.widgets.grille_editeurs import EtatLigne, RoleGrille
from ui.widgets.vue_tableau import colonne_dite

Index = QModelIndex | QPersistentModelIndex
COMPTE = 0
"""The column of the accounts; those of amounts follow."""


class ImportBudgetModel(QAbstractTableModel):
    """A row may be given another account, or be left; a column another year."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lignes: Sequence[LigneAnnexe] = ()
        self.colonnes: Sequence[int] = ()
        self.annees: dict[int, int] = {}
        self.comptes: list[str] = []

    def show(self, annexe: Annexe) -> None:
        """Show another sheet with what is proposed."""
        self.beginResetModel()
        self.lignes, self.colonnes = annexe.lignes, annexe.colonnes
        self.annees = dict(annexe.annees)
        self.comptes = [ligne.compte for ligne in annexe.lignes]
        self.endResetModel()
        self.changed.emit()

    def set_annee(self, colonne: int, annee: int) -> None:
        """Give a column of the sheet a year, 0 to leave it; a column beside it that had it is left."""
        rivales = {c for ligne in self.lignes if colonne in ligne.montants for c in ligne.montants}
        self.annees = {c: a for c, a in self.annees.items() if c != colonne and (a != annee or c not in rivales)}
        if annee:
            self.annees[colonne] = annee
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.colonnes))
        self._tell_cells()

    def prises(self) -> list[tuple[LigneAnnexe, str, Mapping[int, int]]]:
        """Return the rows that are taken, with their account and the column of each year."""
        trouvees: list[tuple[LigneAnnexe, str, Mapping[int, int]]] = []
        for ligne, compte in zip(self.lignes, self.comptes, strict=True):
            annees = {a: c for c, a in self.annees.items() if c in ligne.montants}
            if compte and annees:
                trouvees.append((ligne, compte, annees))
        return trouvees

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 Qt
        """Return how many rows are shown."""
        return 0 if parent.isValid() else len(self.lignes)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 Qt
        """Return the column of accounts and those of amounts."""
        return 0 if parent.isValid() else len(self.colonnes) + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say that an account may be typed."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        droits = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return droits | Qt.ItemFlag.ItemIsEditable if index.column() == COMPTE else droits

    def headerData(  # noqa: N802 Qt
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the year of a column, the words of a row."""
        if orientation is Qt.Orientation.Vertical:
            if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                return self.lignes[section].libelle
            return EtatLigne.POSTE if role == RoleGrille.ETAT else None
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if section == COMPTE:
            return "Compte"
        colonne = self.colonnes[section - 1]
        annee = self.annees.get(colonne)
        return f"{colonne_dite(colonne)}{NBSP}: {f'année {annee}' if annee else 'laissée'}"

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell says."""
        if not index.isValid():
            return None
        ligne, compte = self.lignes[index.row()], self.comptes[index.row()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{ligne.libelle}{NBSP}: {self.data(index) or 'vide'}"
        if index.column() == COMPTE:
            if role == Qt.ItemDataRole.DisplayRole:
                return compte or "— laissée —"
            if role == Qt.ItemDataRole.EditRole:
                return compte
            if role == Qt.ItemDataRole.ToolTipRole:
                return libelle_compte(compte) if compte else "Ligne laissée : tapez un compte pour la prendre"
            return Ton.NEUTRE if role == RoleGrille.TON and not compte else None
        colonne = self.colonnes[index.column() - 1]
        valeur = ligne.montants.get(colonne)
        if role in (Qt.ItemDataRole.DisplayRole, RoleGrille.COPIE):
            return "" if valeur is None else nombre(valeur, 2)
        laissee = not compte or colonne not in self.annees
        return Ton.NEUTRE if role == RoleGrille.TON and laissee else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802 Qt
        """Give a row another account, «» to leave it; what is no account changes nothing."""
        texte = str(value or "").strip()
        compte = normaliser(texte)
        if role != Qt.ItemDataRole.EditRole or index.column() != COMPTE or (texte and not compte):
            return False
        self.comptes[index.row()] = compte
        self._tell_cells()
        return True

    def _tell_cells(self) -> None:
        if self.lignes:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lignes) - 1, len(self.colonnes)))
        self.changed.emit()
