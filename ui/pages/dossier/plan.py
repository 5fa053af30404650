"""The left pane: the outline of the dossier, by mouse or by keyboard."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QTreeView

from o2r_desktop.dossiers.model import GenrePiece
from o2r_desktop.evaluation.grille import Grille
from o2r_desktop.operations import DossierComplet
from ui.models.plan import DOSSIER, GRILLE, PIECES, SANS_SUITE, Genre, PlanModel, Suites, plan
from ui.pages.dossier.plan_lignes import LigneDelegate
from ui.services import Services


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
        self._a_faire = False
        self._montre: tuple[Grille, DossierComplet, Suites] | None = None
        self.setModel(self._modele)
        self.setItemDelegate(LigneDelegate(services.theme, self, self._modele))
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

    def show_dossier(self, grille: Grille, complet: DossierComplet, suites: Suites = SANS_SUITE) -> None:
        """Show the outline of a dossier, or its new states; what is folded stays folded."""
        self._montre = (grille, complet, suites)
        if not self._modele.set_plan(plan(grille, complet, suites, a_faire=self._a_faire)):
            return
        self._section = ""
        for cle in (DOSSIER, PIECES, GRILLE):
            self.setExpanded(self._modele.find(Genre.GROUPE, cle), cle not in self._replies)
        for genre in GenrePiece:
            self.setExpanded(self._modele.find(Genre.FAMILLE, genre), genre not in self._replies)
        self.show_critere(self._modele.courant)

    def set_a_faire(self, seulement: bool) -> None:
        """Leave out the criteria that are done, or show them again."""
        self._a_faire = seulement
        if self._montre is not None:
            self.show_dossier(*self._montre)

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
