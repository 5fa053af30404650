"""The left pane: the outline of the dossier, by mouse or by keyboard."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
)

from o2r_desktop.dossiers.model import GenrePiece
from o2r_desktop.evaluation.grille import Grille
from o2r_desktop.operations import DossierComplet
from ui.models.plan import DOSSIER, GRILLE, PIECES, Entree, Genre, PlanModel, plan
from ui.services import Services
from ui.theme import Theme, Ton

_MARGE = 12
_RETRAIT = 12
_TITRE_MINI, _NOM_MINI = 6, 14
"""Characters of a title, of a name of file, that the word of a state leaves; its sign stays in any case."""


class PlanView(QTreeView):
    """Arrows move, Entrée opens; the critere open at the right is marked, its section alone is unfolded."""

    critere_chosen = Signal(str)
    partie_chosen = Signal(str)
    piece_chosen = Signal(int)
    """Rank of a piece of the dossier."""
    onglet_chosen = Signal(str)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._modele = PlanModel(self)
        self._replies = {PIECES}
        self._section = ""
        self.setModel(self._modele)
        self.setItemDelegate(_Delegue(services.theme, self))
        self.setProperty("role", "plan")
        self.setAccessibleName("Plan du dossier")
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._choose)
        self.expanded.connect(self._unfolded)
        self.collapsed.connect(self._folded)

    @property
    def modele(self) -> PlanModel:
        """The lines."""
        return self._modele

    def show_dossier(self, grille: Grille, complet: DossierComplet) -> None:
        """Show the outline of a dossier, or its new states; what is folded stays folded."""
        if not self._modele.set_plan(plan(grille, complet)):
            return
        self._section = ""
        for cle in (DOSSIER, PIECES, GRILLE):
            self.setExpanded(self._modele.find(Genre.GROUPE, cle), cle not in self._replies)
        for genre in GenrePiece:
            self.setExpanded(self._modele.find(Genre.FAMILLE, genre), genre not in self._replies)

    def show_piece(self, rang: int) -> None:
        """Mark the piece in view, -1 for none, and bring it into view when its group is unfolded."""
        self._modele.set_piece("" if rang < 0 else str(rang))
        index = self._modele.find(Genre.PIECE, self._modele.piece)
        if index.isValid() and self._is_unfolded(index.parent()):
            self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)

    def _is_unfolded(self, index: QModelIndex) -> bool:
        return not index.isValid() or (self.isExpanded(index) and self._is_unfolded(index.parent()))

    def show_critere(self, critere_id: str) -> None:
        """Mark the critere that is open, unfold its section and bring it into view."""
        self._modele.set_courant(critere_id)
        index = self._modele.find(Genre.CRITERE, critere_id)
        if not index.isValid():
            return
        section = self._modele.entree(index.parent()).cle
        autre = section != self._section
        if autre and self._section:
            self.collapse(self._modele.find(Genre.SECTION, self._section))
        self._section = section
        self.expand(index.parent().parent())
        self.expand(index.parent())
        self.setCurrentIndex(index)
        hint = QAbstractItemView.ScrollHint
        self.scrollTo(index, hint.PositionAtCenter if autre else hint.EnsureVisible)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt
        """Open the line under the cursor with Entrée; the rest is Qt's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & _AUTRES:
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def drawBranches(self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> None:  # noqa: N802 Qt
        """Paint nothing: the delegate paints the whole line."""

    def _choose(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        entree = self._modele.entree(index)
        match entree.genre:
            case Genre.CRITERE:
                self.critere_chosen.emit(entree.cle)
            case Genre.PARTIE:
                self.partie_chosen.emit(entree.cle)
            case Genre.PIECE:
                self.piece_chosen.emit(int(entree.cle))
            case Genre.ONGLET:
                self.onglet_chosen.emit(entree.cle)
            case _:
                self.setExpanded(index, not self.isExpanded(index))

    def _unfolded(self, index: QModelIndex) -> None:
        self._replies.discard(self._modele.entree(index).cle)

    def _folded(self, index: QModelIndex) -> None:
        self._replies.add(self._modele.entree(index).cle)


_AUTRES = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier


class _Delegue(QStyledItemDelegate):
    """Paints a line: fold mark, title, word and sign of the state."""

    def __init__(self, theme: Theme, vue: PlanView) -> None:
        super().__init__(vue)
        self._theme = theme
        self._vue = vue

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: ARG002, N802 Qt
        """Return 28 pixels, more when the text is larger."""
        return QSize(120, max(28, self._vue.fontMetrics().height() + 10))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the whole line."""
        entree = self._vue.modele.entree(index)
        courant = self._vue.modele.is_current(entree)
        painter.save()
        rect = QRect(option.rect)
        self._fond(painter, option, rect, courant=courant)
        police = QFont(self._vue.font())
        police.setBold(courant or entree.genre is Genre.GROUPE)
        enfant = entree.genre is Genre.PIECE and self._vue.modele.entree(index.parent()).genre is Genre.FAMILLE
        gauche = _MARGE + (2 * _RETRAIT if entree.genre is Genre.CRITERE else _RETRAIT if enfant else 0)
        droite = self._etat(painter, rect.adjusted(gauche, 0, -_MARGE, 0), entree)
        if entree.enfants:
            self._chevron(painter, rect, ouvert=self._vue.isExpanded(index))
        if entree.genre is not Genre.CRITERE:
            gauche += _RETRAIT
        texte = rect.adjusted(gauche, 0, 0, 0)
        texte.setRight(droite)
        self._titre(painter, texte, entree, police, courant=courant)
        painter.restore()

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
        mini = _NOM_MINI if entree.genre is Genre.PIECE else _TITRE_MINI
        place = rect.width() - mini * mesures.averageCharWidth()
        textes = [f"{entree.mot} {entree.signe}".strip(), entree.signe or entree.mot]
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
