"""The table of an import: pills beside words, ticks by Espace or by a click, columns sized by the text."""

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QStyle,
    QStyleOptionViewItem,
    QTableView,
)

from ui.models.plan_import import COLONNES, PASTILLE_ROLE, Colonne, PlanImportModel
from ui.theme import Theme
from ui.widgets.delegates import MARGE, CellDelegate, Index, PillDelegate, Pilule, semibold

_LARGEURS = {
    Colonne.ETAT: "= inchangé MM",
    Colonne.NUMERO: "25 000 000 M",
    Colonne.PORTEUR: "M" * 20,
    Colonne.DEPOT: "13/08/2025 à 12:00:01 ✕ hors délai MM",
    Colonne.DEMANDE: "1 000 000 € M",
    Colonne.PIECES: "12 à recevoir, 3 manquantes",
}


class PlanTable(QTableView):
    """Shows a PlanImportModel; the space bar ticks or unticks the selected lines."""

    current_changed = Signal()

    def __init__(self, modele: PlanImportModel, theme: Theme) -> None:
        super().__init__()
        self._modele = modele
        self.setModel(modele)
        self.setItemDelegate(MixedDelegate(theme, self))
        self.setItemDelegateForColumn(COLONNES.index(Colonne.COCHE), TickDelegate(theme, self))
        self.setItemDelegateForColumn(COLONNES.index(Colonne.PORTEUR), CellDelegate(theme, self, gras=True))
        self.setItemDelegateForColumn(COLONNES.index(Colonne.DEMANDE), CellDelegate(theme, self, nombre=True))
        self.setAccessibleName("Dossiers des fichiers")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSortingEnabled(True)
        self.clicked.connect(self._clicked)
        self._dress(theme)

    def _dress(self, theme: Theme) -> None:
        entete = self.horizontalHeader()
        entete.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        entete.setHighlightSections(False)
        entete.setStretchLastSection(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        theme.changed.connect(self._size)
        self._size()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt
        """Tick or untick on Espace; the other keys are those of any table."""
        if event.key() == Qt.Key.Key_Space:
            self.toggle()
        else:
            super().keyPressEvent(event)

    def toggle(self) -> None:
        """Tick the selected lines, or untick them when all are ticked."""
        self._toggle([index.row() for index in self.selectionModel().selectedRows()])

    def currentChanged(  # noqa: N802 Qt
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Tell that another line is current."""
        super().currentChanged(current, previous)
        self.current_changed.emit()

    def _clicked(self, index: QModelIndex) -> None:
        if COLONNES[index.column()] is Colonne.COCHE:
            self._toggle([index.row()])

    def _toggle(self, rangs: list[int]) -> None:
        cochables = [r for r in rangs if self._modele.ligne(r).etat.cochable]
        self._modele.tick(cochables, coche=not all(map(self._modele.ticked_at, cochables)))

    def _size(self) -> None:
        police = QApplication.font()
        mesure, gras = QFontMetrics(police), QFontMetrics(semibold(police))
        self.verticalHeader().setDefaultSectionSize(max(32, mesure.height() + 14))
        for rang, colonne in enumerate(COLONNES):
            if colonne in _LARGEURS:
                self.setColumnWidth(rang, gras.horizontalAdvance(_LARGEURS[colonne]) + MARGE)
        self.setColumnWidth(COLONNES.index(Colonne.COCHE), mesure.height() + 3 * MARGE)
        self.setMinimumHeight(mesure.height() * 4)


class MixedDelegate(PillDelegate):
    """Words and a pill in one cell: the pill follows a date, and stands before reasons."""

    def _paint_content(self, painter: QPainter, zone: QRect, police: QFont, index: Index) -> None:
        pastille = index.data(PASTILLE_ROLE)
        texte = str(index.data() or "")
        if pastille is None:
            self._paint_words(painter, zone, police, texte, droite=False)
            return
        mots, ton = pastille
        largeur = self._pill_width(police, mots)
        avant = COLONNES[index.column()] is Colonne.RAISONS
        debut = 0 if avant or not texte else min(
            QFontMetrics(police).horizontalAdvance(texte) + MARGE + 4, max(0, zone.width() - largeur)
        )  # fmt: skip
        self._draw_pill(painter, zone.adjusted(debut, 0, 0, 0), police, mots, Pilule(ton=ton))
        reste = zone.adjusted(largeur + MARGE, 0, 0, 0) if avant else QRect(zone.topLeft(), zone.size())
        if not avant:
            reste.setWidth(max(0, debut - MARGE))
        self._paint_words(painter, reste, police, texte, droite=False)

    def _pill_width(self, police: QFont, mots: str) -> int:
        return QFontMetrics(_small(police)).horizontalAdvance(mots) + 2 * MARGE + 2

    def _draw_pill(self, painter: QPainter, zone: QRect, police: QFont, mots: str, pilule: Pilule) -> None:
        petite = _small(police)
        hauteur = QFontMetrics(petite).height() + 4
        forme = QRectF(zone.left(), zone.center().y() - hauteur / 2 + 1, self._pill_width(police, mots), hauteur)
        painter.save()
        self._paint_pill(painter, forme, pilule)
        painter.setFont(petite)
        painter.setPen(self.theme.couleurs.ton(pilule.ton)[0])
        painter.drawText(forme, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine), mots)
        painter.restore()


class TickDelegate(CellDelegate):
    """The tick of a line, in the middle of its cell; nothing when there is nothing to write."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the ground, then the box."""
        painter.save()
        self._paint_ground(painter, option, index)
        painter.restore()
        etat = index.data(Qt.ItemDataRole.CheckStateRole)
        if etat is None:
            return
        boite = QStyleOptionViewItem(option)
        style = option.widget.style()
        cote = max(style.pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth), QFontMetrics(option.font).height() - 2)
        boite.rect = QRect(0, 0, cote, cote)
        boite.rect.moveCenter(option.rect.center())
        boite.state = QStyle.StateFlag.State_Enabled | (
            QStyle.StateFlag.State_On
            if Qt.CheckState(etat) == Qt.CheckState.Checked
            else QStyle.StateFlag.State_Off
        )
        style.drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck, boite, painter, option.widget)

    def editorEvent(  # noqa: N802 Qt
        self,
        event: QEvent,  # noqa: ARG002
        model: QAbstractItemModel,  # noqa: ARG002
        option: QStyleOptionViewItem,  # noqa: ARG002
        index: Index,  # noqa: ARG002
    ) -> bool:
        """Leave keys and clicks to the table, which ticks whole selections."""
        return False


def _small(police: QFont) -> QFont:
    petite = semibold(police)
    petite.setPointSizeF(police.pointSizeF() * 0.9)
    return petite
