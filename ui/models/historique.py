"""The history of a dossier as a list: days, and under each what was done, latest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from o2r_desktop.text import NBSP, PARIS, date_longue, printable
from ui.widgets.base import bulle

if TYPE_CHECKING:
    from o2r_desktop.suivi.historique import Evenement

EVENEMENT = Qt.ItemDataRole.UserRole
"""Role of the event of a line, None for a day."""


class HistoriqueModel(QAbstractListModel):
    """Days, which cannot be chosen, and events; made of an event when it is painted."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lignes: list[date | Evenement] = []

    def put(self, evenements: Sequence[Evenement]) -> None:
        """Show events given oldest first."""
        self.beginResetModel()
        self._lignes = []
        veille: date | None = None
        for evenement in reversed(evenements):
            jour = evenement.le.astimezone(PARIS).date()
            if jour != veille:
                self._lignes.append(jour)
            veille = jour
            self._lignes.append(evenement)
        self.endResetModel()

    def first(self) -> QModelIndex:
        """Return the first event, no index when there is none."""
        return self.index(1) if self._lignes else QModelIndex()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:  # noqa: N802 Qt
        """Return how many lines there are."""
        return 0 if parent is not None and parent.isValid() else len(self._lignes)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a line says."""
        if not index.isValid():
            return None
        ligne = self._lignes[index.row()]
        if isinstance(ligne, date):
            return _jour(ligne, role)
        local = ligne.le.astimezone(PARIS)
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{local:%H:%M}{NBSP}{NBSP}{_une_ligne(ligne.phrase)}{NBSP}— {ligne.auteur}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return bulle(_une_ligne(ligne.phrase))
        return ligne if role == EVENEMENT else None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Let events be chosen, and days only be read."""
        if index.isValid() and isinstance(self._lignes[index.row()], date):
            return Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


def _jour(jour: date, role: int) -> Any:
    if role == Qt.ItemDataRole.DisplayRole:
        return date_longue(jour)
    if role == Qt.ItemDataRole.FontRole:
        police = QFont()
        police.setBold(True)
        return police
    return None


def _une_ligne(texte: str) -> str:
    return " ".join(printable(texte).splitlines())
