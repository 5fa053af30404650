"""Small pictures of the pages beside the sheets: where one is, what was already in view, the way to a page."""

from collections.abc import Collection
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.theme import Theme
from ui.widgets.pdf_pages import PdfPages

LARGEUR = 84
_MARGE = 8
_COTE_MAX = 1.6
"""Height of a small picture over its width: a longer page is shown from its top."""
_VUE = "✓"

Index = QModelIndex | QPersistentModelIndex


class _Pages(QAbstractListModel):
    """One line a page; its name is what a screen reader says."""

    def __init__(self, pages: PdfPages, parent: QObject) -> None:
        super().__init__(parent)
        self._pages = pages
        self.vues: Collection[int] = ()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 Qt
        """Return how many pages there are."""
        return 0 if parent.isValid() else len(self._pages.sizes)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the name of a page."""
        page = index.row() + 1
        vue = page in self.vues
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{page} {_VUE}" if vue else str(page)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return f"Page {page} sur {len(self._pages.sizes)}{', déjà vue' if vue else ''}"
        return None


class _Delegue(QStyledItemDelegate):
    def __init__(self, theme: Theme, pages: PdfPages, vue: QListView) -> None:
        super().__init__(vue)
        self._theme = theme
        self._pages = pages
        self._vue = vue

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 Qt
        """Return the room of a picture and of its number."""
        largeur, hauteur = self._pages.sizes[index.row()]
        haut = round(LARGEUR * min(_COTE_MAX, hauteur / largeur))
        return QSize(LARGEUR + 2 * _MARGE, haut + option.fontMetrics.height() + 2 * _MARGE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the sheet, its edge thick when it is the one in view, and its number below."""
        couleurs = self._theme.couleurs
        courante = bool(option.state & QStyle.StateFlag.State_Selected)
        lettres = option.fontMetrics.height()
        feuille = QRect(0, 0, LARGEUR, option.rect.height() - lettres - 2 * _MARGE)
        feuille.moveCenter(option.rect.center())
        feuille.moveTop(option.rect.top() + _MARGE // 2)
        painter.save()
        painter.fillRect(feuille, Qt.GlobalColor.white)
        image = self._pages.vignette(index.row(), LARGEUR)
        if image is not None and not image.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            haut = round(feuille.width() * image.height() / image.width())
            painter.setClipRect(feuille)
            painter.drawImage(QRect(feuille.left(), feuille.top(), feuille.width(), haut), image)
            painter.setClipping(False)
        painter.setPen(QPen(QColor(couleurs.action if courante else couleurs.ligne), 3 if courante else 1))
        painter.drawRect(feuille.adjusted(-1, -1, 0, 0))
        mots = QRect(option.rect.left(), feuille.bottom() + _MARGE // 2, option.rect.width(), lettres)
        police = painter.font()
        police.setBold(courante)
        painter.setFont(police)
        painter.setPen(QColor(couleurs.action if courante else couleurs.secondaire))
        painter.drawText(mots, Qt.AlignmentFlag.AlignCenter, str(index.data()))
        if courante and self._vue.hasFocus():
            painter.setPen(QPen(QColor(couleurs.action), 1, Qt.PenStyle.DotLine))
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))
        painter.restore()


class Vignettes(QListView):
    """Asks for the pictures in view only; Entrée and a click go to a page, arrows go from one to the next."""

    page_chosen = Signal(int)
    """Page, from 1."""
    left = Signal()
    """Entrée or Échap: the sheets take the focus again."""

    def __init__(self, theme: Theme, pages: PdfPages) -> None:
        super().__init__()
        self._pages = pages
        self._modele = _Pages(pages, self)
        self._suit = False
        self.setModel(self._modele)
        self.setItemDelegate(_Delegue(theme, pages, self))
        self.setAccessibleName("Vignettes des pages")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setFixedWidth(LARGEUR + 2 * _MARGE + 22)
        self.selectionModel().currentChanged.connect(self._current_changed)
        self.verticalScrollBar().valueChanged.connect(self._ask)
        pages.vignette_drawn.connect(self._drawn)
        theme.changed.connect(self.viewport().update)

    def restart(self) -> None:
        """Show the pages of another document."""
        self._modele.beginResetModel()
        self._modele.vues = ()
        self._modele.endResetModel()
        self._ask()

    def set_vues(self, vues: Collection[int]) -> None:
        """Say which pages, from 1, were in view already."""
        self._modele.vues = vues
        self.viewport().update()

    def show_page(self, page: int) -> None:
        """Mark the page in view, from 1."""
        index = self._modele.index(page - 1)
        if index.isValid() and index != self.currentIndex():
            self._suit = True
            self.setCurrentIndex(index)
            self._suit = False

    def _current_changed(self, index: QModelIndex, _avant: QModelIndex) -> None:
        if index.isValid() and not self._suit:
            self.page_chosen.emit(index.row() + 1)

    def _ask(self, *_valeur: int) -> None:
        if not self.isVisible() or not self._pages.sizes:
            return
        premier = self.indexAt(self.viewport().rect().topLeft() + self._coin())
        dernier = self.indexAt(self.viewport().rect().bottomLeft() + self._coin())
        debut = max(0, premier.row())
        fin = dernier.row() + 1 if dernier.isValid() else min(len(self._pages.sizes), debut + 12)
        self._pages.want_vignettes([(page, LARGEUR) for page in range(debut, fin)])

    def _coin(self) -> Any:
        return QRect(_MARGE * 2, 0, 1, 1).topLeft()

    def _drawn(self, page: int) -> None:
        self.update(self._modele.index(page))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 Qt
        """Ask for the pictures in view."""
        super().showEvent(event)
        self._ask()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 Qt
        """Ask for those that came into view."""
        super().resizeEvent(event)
        self._ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt
        """Go back to the sheets with Entrée or Échap."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.left.emit()
        else:
            super().keyPressEvent(event)
