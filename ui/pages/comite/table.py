"""The table of the committee's tabs: one dossier a line, chosen by number, opened by Entrée."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QDropEvent, QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidgetItem,
)

from ui.theme import Theme, Ton
from ui.widgets.tableau import ReadTable

RIEN = "–"
"""A cell that says nothing would be silent to a screen reader."""
LARGEUR_MINI = 22
"""Characters of the stretched column that are always seen."""
Index = QModelIndex | QPersistentModelIndex


class _Teintes(QStyledItemDelegate):
    """Keeps the tone of a cell on the current line: it says something that the line's colour would hide."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802 Qt
        """Take the selection off a cell that has a ground of its own."""
        super().initStyleOption(option, index)
        if index.data(Qt.ItemDataRole.BackgroundRole) is not None:
            option.state &= ~QStyle.StateFlag.State_Selected


class TableDossiers(ReadTable):
    """Rows are known by the number of their dossier; some cells bear a tone, whose word they say too."""

    opened = Signal(object)
    """Number of the dossier of the current line."""
    chosen = Signal(object)
    moved = Signal(object, int)
    """A dossier was dragged: its number, its new rank."""

    def __init__(
        self,
        theme: Theme,
        nom: str,
        colonnes: Sequence[str],
        *,
        etiree: int,
        nombres: Sequence[int] = (),
        rangeable: bool = False,
    ) -> None:
        super().__init__(nom, colonnes, etiree=etiree, nombres=nombres)
        self._etiree = etiree
        self._theme = theme
        self.numeros: list[int] = []
        self._tons: list[Sequence[Ton | None]] = []
        if rangeable:
            self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
            self.setDragDropOverwriteMode(False)
            self.setDropIndicatorShown(True)
        self.setItemDelegate(_Teintes(self))
        self.itemDoubleClicked.connect(lambda *_: self._open())
        self.currentCellChanged.connect(self._moved_to)
        theme.changed.connect(self._paint)

    def show_dossiers(
        self,
        numeros: Sequence[int],
        lignes: Sequence[Sequence[str]],
        tons: Sequence[Sequence[Ton | None]] = (),
    ) -> None:
        """Show these rows; the same dossier stays chosen when it is still there."""
        courant = self.numero
        muet = self.blockSignals(True)
        self.numeros = list(numeros)
        self._tons = list(tons)
        self.show_rows([[dit or RIEN for dit in ligne] for ligne in lignes])
        if courant in self.numeros:
            self.selectRow(self.numeros.index(courant))
        self.blockSignals(muet)
        self._paint()
        self._fit()
        if self.numero != courant:
            self.chosen.emit(self.numero)

    @property
    def numero(self) -> int | None:
        """The dossier of the current line, None without one."""
        rang = self.currentRow()
        return self.numeros[rang] if 0 <= rang < len(self.numeros) else None

    def choose(self, numero: int) -> None:
        """Make the line of a dossier the current one."""
        if numero in self.numeros:
            self.selectRow(self.numeros.index(numero))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt
        """Open with Entrée."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open()
        else:
            super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 Qt
        """Tell where the line goes; the page writes it, and shows it there."""
        numero, cible = self.numero, self.indexAt(event.position().toPoint())
        vers = cible.row() if cible.isValid() else len(self.numeros)
        if self.dropIndicatorPosition() is QAbstractItemView.DropIndicatorPosition.BelowItem:
            vers += 1
        event.setDropAction(Qt.DropAction.IgnoreAction)  # Qt would take the line away by itself
        event.accept()
        if numero is not None:
            self.moved.emit(numero, vers - (self.numeros.index(numero) < vers))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 Qt
        """Keep some words of the widest column: beyond, the table scrolls sideways."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        entete = self.horizontalHeader()
        autres = sum(entete.sectionSize(c) for c in range(self.columnCount()) if c != self._etiree)
        voulue = self.fontMetrics().averageCharWidth() * LARGEUR_MINI
        large = self.viewport().width() - autres >= voulue
        mode = QHeaderView.ResizeMode.Stretch if large else QHeaderView.ResizeMode.Interactive
        entete.setSectionResizeMode(self._etiree, mode)
        if not large:
            entete.resizeSection(self._etiree, voulue)

    def _moved_to(self, rang: int, _colonne: int, avant: int, _autre: int) -> None:
        if rang != avant:
            self.chosen.emit(self.numero)

    def _open(self) -> None:
        if self.numero:  # a line of totals has no dossier
            self.opened.emit(self.numero)

    def _paint(self) -> None:
        couleurs = self._theme.couleurs
        for rang, ligne in enumerate(self._tons):
            for colonne, ton in enumerate(ligne):
                case = self.item(rang, colonne)
                if case is not None and ton is not None:
                    _teindre(case, *couleurs.ton(ton))


def _teindre(case: QTableWidgetItem, encre: str, fond: str) -> None:
    police = QFont(case.font())
    police.setWeight(QFont.Weight.DemiBold)
    case.setFont(police)
    case.setForeground(QColor(encre))
    case.setBackground(QColor(fond))
