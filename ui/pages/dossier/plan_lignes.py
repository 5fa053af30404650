"""How a line of the left pane is painted: fold mark, title, marks, word and sign of its state."""

from typing import Protocol

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from ui.models.plan import Entree, Genre
from ui.theme import Theme, Ton

Index = QModelIndex | QPersistentModelIndex
_MARGE = 12
_RETRAIT = 12
_TITRE_MINI, _NOM_MINI = 6, 14
"""Characters of a title, of a name, that the word of a state leaves; its sign stays in any case."""
_NOMS = frozenset({Genre.PIECE, Genre.DOSSIER})
_SANS_RETRAIT = frozenset({Genre.CRITERE, Genre.DOSSIER})


class Lignes(Protocol):
    """The model behind: what each place holds."""

    def entree(self, index: Index) -> Entree:
        """Return a line."""
        ...

    def is_current(self, entree: Entree) -> bool:
        """Say whether a line is what is open."""
        ...


class LigneDelegate(QStyledItemDelegate):
    """Paints a line: fold mark, title, word and sign of the state."""

    def __init__(self, theme: Theme, vue: QAbstractItemView, modele: Lignes) -> None:
        super().__init__(vue)
        self._theme = theme
        self._vue = vue
        self._modele = modele

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002, N802 Qt
        """Return 28 pixels, more when the text is larger."""
        return QSize(120, max(28, self._vue.fontMetrics().height() + 10))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the whole line."""
        entree = self._modele.entree(index)
        courant = self._modele.is_current(entree)
        painter.save()
        rect = QRect(option.rect)
        self._fond(painter, option, rect, courant=courant)
        police = QFont(self._vue.font())
        police.setBold(courant or entree.genre is Genre.GROUPE)
        enfant = entree.genre is Genre.PIECE and self._modele.entree(index.parent()).genre is Genre.FAMILLE
        gauche = _MARGE + (2 * _RETRAIT if entree.genre is Genre.CRITERE else _RETRAIT if enfant else 0)
        droite = self._etat(painter, rect.adjusted(gauche, 0, -_MARGE, 0), entree)
        if entree.enfants:
            self._chevron(painter, rect, ouvert=self._is_open(index))
        if entree.genre not in _SANS_RETRAIT:
            gauche += _RETRAIT
        texte = rect.adjusted(gauche, 0, 0, 0)
        texte.setRight(droite)
        self._titre(painter, texte, entree, police, courant=courant)
        painter.restore()

    def _is_open(self, index: Index) -> bool:
        return isinstance(self._vue, QTreeView) and self._vue.isExpanded(index)

    def _fond(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, *, courant: bool) -> None:
        couleurs = self._theme.couleurs
        etat = option.state
        if courant:
            painter.fillRect(rect, QColor(couleurs.action_fond))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(couleurs.action))
        elif etat & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(couleurs.survol))
        if etat & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(couleurs.action), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))

    def _titre(self, painter: QPainter, rect: QRect, entree: Entree, police: QFont, *, courant: bool) -> None:
        couleurs = self._theme.couleurs
        titre, couleur = entree.titre, couleurs.action if courant else couleurs.texte
        if entree.genre is Genre.GROUPE:
            police.setPointSizeF(police.pointSizeF() * 0.8)
            police.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.6)
            titre, couleur = titre.upper(), couleurs.secondaire
        painter.setFont(police)
        painter.setPen(QColor(couleur))
        court = painter.fontMetrics().elidedText(titre, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, int(_A_GAUCHE), court)

    def _etat(self, painter: QPainter, rect: QRect, entree: Entree) -> int:
        """Paint the word and the sign at the right end of *rect*; return where the title must stop."""
        police = QFont(self._vue.font())
        police.setPointSizeF(police.pointSizeF() * 0.88)
        painter.setFont(police)
        mesures = painter.fontMetrics()
        mini = _NOM_MINI if entree.genre in _NOMS else _TITRE_MINI
        place = rect.width() - mini * mesures.averageCharWidth()
        etat, marque = f"{entree.mot} {entree.signe}".strip(), entree.marque
        textes = [f"{marque}  {etat}".strip(), f"{marque} {entree.signe}".strip() or etat, entree.signe or etat]
        texte = next((t for t in textes if mesures.horizontalAdvance(t) <= place), textes[-1])
        if not texte:
            return rect.right()
        couleurs = self._theme.couleurs
        vide = entree.ton is Ton.NEUTRE
        painter.setPen(QColor(couleurs.secondaire if vide else couleurs.ton(entree.ton)[0]))
        painter.drawText(rect, int(_A_DROITE), texte)
        return rect.right() - mesures.horizontalAdvance(texte) - 8

    def _chevron(self, painter: QPainter, rect: QRect, *, ouvert: bool) -> None:
        painter.setPen(QColor(self._theme.couleurs.secondaire))
        zone = QRect(rect.left() + 4, rect.top(), _MARGE + 4, rect.height())
        painter.drawText(zone, int(Qt.AlignmentFlag.AlignCenter), "▾" if ouvert else "▸")


_A_GAUCHE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_A_DROITE = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
