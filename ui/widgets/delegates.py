"""Cells painted by hand: text, pills, progress bars. What is painted is also words, in the roles of the model."""

from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.theme import Theme, Ton
from ui.widgets.base import paint_gauge

Index = QModelIndex | QPersistentModelIndex

MARGE = 8
"""Between the edges of a cell and what is in it, and inside a pill, in pixels."""
_SUITE = " "


class Role(IntEnum):
    """What a model says to these delegates beside the text of a cell."""

    PASTILLE = Qt.ItemDataRole.UserRole + 1
    BARRE = Qt.ItemDataRole.UserRole + 2
    SUITE = Qt.ItemDataRole.UserRole + 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Pilule:
    """A word in its pill; ``en_projet`` draws the edge only: it may still change."""

    ton: Ton
    en_projet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Barre:
    """A progress bar: done over expected."""

    fait: int
    attendu: int

    @property
    def part(self) -> float:
        """Return what is done, from 0 to 1."""
        return self.fait / self.attendu if self.attendu else 0.0


def tabular(police: QFont) -> QFont:
    """Return *police* with figures that are all as wide."""
    chiffres = QFont(police)
    chiffres.setFeature(QFont.Tag("tnum"), 1)
    return chiffres


def semibold(police: QFont) -> QFont:
    """Return *police* heavier."""
    gras = QFont(police)
    gras.setWeight(QFont.Weight.DemiBold)
    return gras


class CellDelegate(QStyledItemDelegate):
    """A cell of text: its ground, its line, its words cut by an ellipsis.

    ``hovered`` is the row of the mouse, ``current`` that of the keyboard, marked by the delegate that ``leads``.
    """

    def __init__(self, theme: Theme, parent: QObject, *, gras: bool = False, nombre: bool = False) -> None:
        super().__init__(parent)
        self.theme = theme
        self.hovered = self.current = -1
        self.leads = False
        self._gras = gras
        self._nombre = nombre

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the cell."""
        painter.save()
        self._paint_ground(painter, option, index)
        zone = option.rect.adjusted(MARGE, 0, -MARGE, -1)
        self._paint_content(painter, zone, self.font(option.font), index)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 Qt
        """Return the room of the text, for who doubles an edge of the header."""
        police = self.font(option.font)
        return QSize(self.width_of(police, str(index.data() or "")), 2 * QFontMetrics(police).height())

    def font(self, police: QFont) -> QFont:
        """Return the font of the cell in a table of *police*."""
        if self._nombre:
            return tabular(police)
        return semibold(police) if self._gras else police

    def width_of(self, police: QFont, texte: str) -> int:
        """Return the width of a cell that shows *texte*; *police* is that of the table."""
        return QFontMetrics(self.font(police)).horizontalAdvance(texte) + 2 * MARGE + 2

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        c = self.theme.couleurs
        rect: QRect = option.rect
        etat: QStyle.StateFlag = option.state
        if etat & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(c.action_fond))
        elif index.row() in (self.hovered, self.current):
            painter.fillRect(rect, QColor(c.survol))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(c.ligne))
        if self.leads and index.row() == self.current:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height() - 1), QColor(c.action))

    def _paint_content(self, painter: QPainter, zone: QRect, police: QFont, index: Index) -> None:
        texte, suite = str(index.data() or ""), index.data(Role.SUITE)
        droite = bool(self._nombre)
        if isinstance(suite, str) and suite:
            zone = self._paint_after(painter, zone, police, _SUITE + suite)
        self._paint_words(painter, zone, police, texte, droite=droite)

    def _paint_after(self, painter: QPainter, zone: QRect, police: QFont, suite: str) -> QRect:
        """Paint the secondary words at the right and return the room that is left."""
        largeur = QFontMetrics(police).horizontalAdvance(suite)
        painter.setFont(police)
        painter.setPen(QColor(self.theme.couleurs.secondaire))
        painter.drawText(zone, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), suite)
        return zone.adjusted(0, 0, -largeur, 0)

    def _paint_words(self, painter: QPainter, zone: QRect, police: QFont, texte: str, *, droite: bool) -> None:
        c = self.theme.couleurs
        painter.setFont(police)
        painter.setPen(QColor(c.secondaire if texte in ("—", "…") else c.texte))
        cote = Qt.AlignmentFlag.AlignRight if droite else Qt.AlignmentFlag.AlignLeft
        court = QFontMetrics(police).elidedText(texte, Qt.TextElideMode.ElideRight, zone.width())
        painter.drawText(zone, int(cote | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), court)


class PillDelegate(CellDelegate):
    """A word in a pill, when the model gives one for the cell."""

    def width_of(self, police: QFont, texte: str) -> int:
        """Return the width of a cell that shows *texte* in its pill."""
        return QFontMetrics(_petite(police)).horizontalAdvance(texte) + 4 * MARGE + 4

    def _paint_content(self, painter: QPainter, zone: QRect, police: QFont, index: Index) -> None:
        pilule, texte = index.data(Role.PASTILLE), str(index.data() or "")
        if not isinstance(pilule, Pilule):
            self._paint_words(painter, zone, police, texte, droite=False)
            return
        petite = _petite(police)
        metrique = QFontMetrics(petite)
        court = metrique.elidedText(texte, Qt.TextElideMode.ElideRight, zone.width() - 2 * MARGE)
        hauteur = metrique.height() + 4
        forme = QRectF(0, 0, min(zone.width(), metrique.horizontalAdvance(court) + 2 * MARGE + 2), hauteur)
        forme.moveLeft(zone.left())
        forme.moveTop(zone.center().y() - hauteur / 2 + 1)
        self._paint_pill(painter, forme, pilule)
        painter.setFont(petite)
        painter.setPen(QColor(self.theme.couleurs.ton(pilule.ton)[0]))
        painter.drawText(forme, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine), court)

    def _paint_pill(self, painter: QPainter, forme: QRectF, pilule: Pilule) -> None:
        encre, fond = (QColor(nom) for nom in self.theme.couleurs.ton(pilule.ton))
        bord = QColor(encre)
        bord.setAlphaF(1.0 if self.theme.contraste else 0.8 if pilule.en_projet else 0.25)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        trait = QPen(bord, 1)
        if pilule.en_projet:
            trait.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(trait)
        painter.setBrush(QColor(self.theme.couleurs.carte) if pilule.en_projet else fond)
        painter.drawRoundedRect(forme.adjusted(0.5, 0.5, -0.5, -0.5), forme.height() * 0.45, forme.height() * 0.45)


class ProgressDelegate(CellDelegate):
    """A thin bar and its figure beside it."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(theme, parent, nombre=True)

    def width_of(self, police: QFont, texte: str) -> int:
        """Return the width of a cell that shows *texte* after its bar."""
        return super().width_of(police, texte) + 3 * QFontMetrics(police).height() + MARGE

    def _paint_content(self, painter: QPainter, zone: QRect, police: QFont, index: Index) -> None:
        barre, texte = index.data(Role.BARRE), str(index.data() or "")
        if isinstance(barre, Barre):
            largeur = QFontMetrics(police).horizontalAdvance(f"{barre.attendu}/{barre.attendu}")
            piste = QRectF(zone.adjusted(0, 0, -largeur - MARGE, 0))
            if piste.width() > 2 * MARGE:
                paint_gauge(painter, piste, barre.part, self.theme)
        self._paint_words(painter, zone, police, texte, droite=True)


def _petite(police: QFont) -> QFont:
    petite = semibold(police)
    petite.setPointSizeF(police.pointSizeF() * 0.9)
    return petite
