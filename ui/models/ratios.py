"""The ratios of a body as a table: name, value, reading, line over the exercices."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from o2r_desktop.analyse.finances.ratios import Lecture, Ratio
from o2r_desktop.text import NBSP, montant, nombre, pourcentage
from ui.theme import Ton
from ui.widgets.base import bulle
from ui.widgets.delegates import Pilule, Role
from ui.widgets.sparkline import ROLE_SERIE, sparkline_dite

Index = QModelIndex | QPersistentModelIndex

COLONNES = ("Indicateur", "Valeur", "Lecture", "Évolution")
NOM, VALEUR, LECTURE, SERIE = range(4)
LECTURES = {
    Lecture.VERT: ("✓ favorable", Ton.BON),
    Lecture.ORANGE: ("! à surveiller", Ton.ALERTE),
    Lecture.ROUGE: ("✕ fragile", Ton.MAUVAIS),
    Lecture.INFORMATIF: ("i informatif", Ton.ACTION),
    Lecture.INCONNU: ("? inconnu", Ton.NEUTRE),
    Lecture.SANS_OBJET: ("– sans objet", Ton.NEUTRE),
}


def valeur_dite(valeur: Decimal | None, unite: str) -> str:
    """Return the value of a ratio as it is scanned: «40,9 %», «52 jours», «201 765 €»."""
    if valeur is None:
        return "—"
    if unite == "€":
        return montant(valeur, 0)
    if unite == "%":
        return pourcentage(valeur, 1)
    return f"{nombre(valeur, 0 if unite == 'jours' else 2)}{NBSP}{unite}".rstrip(NBSP)


class RatiosModel(QAbstractTableModel):
    """Ratios in the order of the note; the same ratios with other values keep the line that is chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ratios: Sequence[Ratio] = ()

    def show(self, ratios: Sequence[Ratio]) -> None:
        """Show other values."""
        if [r.nom for r in ratios] != [r.nom for r in self.ratios]:
            self.beginResetModel()
            self.ratios = ratios
            self.endResetModel()
        elif ratios != self.ratios:
            self.ratios = ratios
            self.dataChanged.emit(self.index(0, 0), self.index(len(ratios) - 1, len(COLONNES) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 Qt
        """Return how many ratios there are."""
        return 0 if parent.isValid() else len(self.ratios)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 Qt
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(COLONNES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802 Qt
        """Return the name of a column."""
        if orientation is Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return COLONNES[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                cote = Qt.AlignmentFlag.AlignRight if section == VALEUR else Qt.AlignmentFlag.AlignLeft
                return cote | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell says."""
        if not index.isValid():
            return None
        ratio, colonne = self.ratios[index.row()], index.column()
        mots, ton = LECTURES[ratio.lecture]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return (ratio.nom, valeur_dite(ratio.valeur, ratio.unite), mots, _serie_dite(ratio))[colonne]
        if role == Qt.ItemDataRole.DisplayRole:
            return (ratio.nom, valeur_dite(ratio.valeur, ratio.unite), mots, "")[colonne]
        if role == Role.PASTILLE and colonne == LECTURE:
            return Pilule(ton=ton)
        if role == ROLE_SERIE and colonne == SERIE:
            return list(ratio.serie)
        if role == Qt.ItemDataRole.ToolTipRole:
            return bulle(_serie_dite(ratio) if colonne == SERIE else ratio.phrase or ratio.nom)
        return None


def _serie_dite(ratio: Ratio) -> str:
    return sparkline_dite(ratio.annees, ratio.serie, ratio.unite)
