"""A grid of amounts led by the keyboard as in a spreadsheet; what is typed is told, and nothing is written here.

The model says what each cell is in the roles of ``RoleGrille``; rows bear their names, which stay in view.
"""

from enum import IntEnum

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ui.theme import Theme
from ui.widgets.base import label
from ui.widgets.delegates import MARGE, semibold
from ui.widgets.grille_editeurs import DelegueMontant, EditeurMontant, EtatLigne, RoleGrille

__all__ = ["DelegueMontant", "EditeurMontant", "EtatLigne", "GrilleMontants", "RoleGrille"]

Index = QModelIndex | QPersistentModelIndex

_DEBUTS = frozenset("0123456789-−+(,.")
"""How an amount or a date may begin."""
_PERMISES = frozenset("eE")
"""Letters left to the page when nothing is typed: the key that pins the source of a cell."""
_PAVE = Qt.KeyboardModifier.KeypadModifier
_MAJ = Qt.KeyboardModifier.ShiftModifier
_LETTRES_NOM = 30


class Sens(IntEnum):
    """Where a key leads: the steps down and to the right are told by ``PAS``."""

    BAS = 0
    HAUT = 1
    DROITE = 2
    GAUCHE = 3


PAS = {Sens.BAS: (1, 0), Sens.HAUT: (-1, 0), Sens.DROITE: (0, 1), Sens.GAUCHE: (0, -1)}


class GrilleMontants(QTableView):
    """Type to replace, F2 to edit, Entrée and Tab to go on, Suppr to empty, Ctrl+C and Ctrl+V for blocks."""

    typed = Signal(object, str)
    """Index of the cell and the text that stands in its editor: nothing is to be written yet."""
    given_up = Signal()
    """What was being typed is given up (Échap)."""
    clear_asked = Signal(object)
    """List of indexes to be emptied."""
    paste_asked = Signal(object, str)
    """Index of the first cell and the text of the clipboard."""
    left = Signal()
    """Échap, nothing being typed: the focus is to go on."""
    current_changed = Signal()

    def __init__(self, theme: Theme, nom: str) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(nom)
        self.setAccessibleDescription(
            "Tapez pour remplacer, F2 pour modifier, Entrée pour descendre, Tab pour aller à droite, "
            "Suppr pour vider, Échap pour sortir de la grille."
        )
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setShowGrid(False)
        for mode in (self.setHorizontalScrollMode, self.setVerticalScrollMode):
            mode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalHeader(_NomsDeLignes(theme, self))
        entete = self.horizontalHeader()
        entete.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        entete.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        entete.setSectionsClickable(False)
        self.delegue = DelegueMontant(theme, self)
        self.delegue.moved.connect(self._editor_left)
        self.delegue.typed.connect(self._editor_typed)
        self.setItemDelegate(self.delegue)
        self.coin = label("", "secondaire")
        self.coin.setParent(self)
        self.coin.setContentsMargins(MARGE + 2, 0, MARGE, 0)
        self._edite: QPersistentModelIndex | None = None

    # --- what pages call ----------------------------------------------------------------------------------

    @property
    def editing(self) -> bool:
        """Whether something is being typed in a cell."""
        return self._edite is not None and self._edite.isValid()

    def commit(self) -> None:
        """Take what is being typed, as Entrée does without moving."""
        if self._edite is not None and (editeur := self.indexWidget(self._edite)) is not None:
            self._close(editeur)

    def dress(self) -> None:
        """Fit rows and columns to the size of the text."""
        metrique = QFontMetrics(self.font())
        self.verticalHeader().setDefaultSectionSize(round(metrique.height() * 1.55))
        self._share()
        self.fit_rows()

    def fit_rows(self) -> None:
        """Give two lines to the rows where a cell says a second thing."""
        modele, hauteur = self.model(), self.verticalHeader().defaultSectionSize()
        for ligne in range(modele.rowCount()):
            haute = any(modele.index(ligne, c).data(RoleGrille.SOUS) for c in range(modele.columnCount()))
            voulue = round(hauteur * 1.5) if haute else hauteur
            if self.rowHeight(ligne) != voulue:
                self.setRowHeight(ligne, voulue)

    def editable(self, index: Index) -> bool:
        """Say whether a cell may be typed in."""
        return index.isValid() and bool(self.model().flags(index) & Qt.ItemFlag.ItemIsEditable)

    def cells(self) -> list[QModelIndex]:
        """Return the cells that are selected, row by row, else the current one."""
        choisies = sorted(self.selectedIndexes(), key=lambda i: (i.row(), i.column()))
        return choisies or ([self.currentIndex()] if self.currentIndex().isValid() else [])

    def go(self, index: QModelIndex) -> None:
        """Make a cell current, alone, and bring it into view."""
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def start(self, texte: str | None = None) -> None:
        """Type in the current cell, over what it holds when *texte* begins it."""
        index = self.currentIndex()
        if not self.editable(index) or self.editing:
            return
        self._edite = QPersistentModelIndex(index)
        self.edit(index)
        editeur = self.indexWidget(index)
        if isinstance(editeur, EditeurMontant) and texte is not None:
            editeur.begin(texte)

    # --- keys ---------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Keep what could be typed from the keys of the page, which would answer a critere."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _printable(event):
            if event.text() not in _PERMISES:
                event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt
        """Lead the grid; letters do nothing."""
        touche, autres = event.key(), event.modifiers() & ~_PAVE
        if touche in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not autres & ~_MAJ:
            self._move(Sens.HAUT if autres & _MAJ else Sens.BAS)
        elif touche == Qt.Key.Key_F2 and not autres:
            self.start()
        elif touche in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not autres:
            self._ask_clear()
        elif touche == Qt.Key.Key_Escape and not autres:
            self.left.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self._ask_paste()
        elif _printable(event):
            self._begin(event.text())
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, suivant: bool) -> bool:  # noqa: N802 Qt
        """Go to the next cell to fill; beyond the last one, or when none may be, leave the grid."""
        return self._move(Sens.DROITE if suivant else Sens.GAUCHE) or super().focusNextPrevChild(suivant)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 Qt
        """Look for nothing: letters are not typed here."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 Qt
        """Edit what is there."""
        super().mouseDoubleClickEvent(event)
        self.start()

    def copy(self) -> None:
        """Copy the selected cells for a spreadsheet: bare numbers, a tab between two."""
        self.put_on_clipboard(self.cells())

    def put_on_clipboard(self, cellules: list[QModelIndex]) -> None:
        """Copy a block of cells."""
        lignes: dict[int, list[str]] = {}
        for index in cellules:
            lignes.setdefault(index.row(), []).append(str(index.data(RoleGrille.COPIE) or ""))
        QGuiApplication.clipboard().setText("\n".join("\t".join(cases) for cases in lignes.values()))

    def _begin(self, texte: str) -> None:
        if texte in _DEBUTS or self.currentIndex().data(RoleGrille.CHOIX):
            self.start(texte if texte in _DEBUTS else None)

    def _ask_clear(self) -> None:
        vides = [i for i in self.cells() if self.editable(i)]
        if vides:
            self.clear_asked.emit(vides)

    def _ask_paste(self) -> None:
        cellules = self.cells()
        if cellules and (texte := QGuiApplication.clipboard().text()):
            self.paste_asked.emit(cellules[0], texte)

    # --- moving -------------------------------------------------------------------------------------------

    def _move(self, sens: Sens) -> bool:
        """Go to the next cell that may be typed in; return False when there is none that way."""
        suivante = self._next(self.currentIndex(), sens)
        if suivante is not None:
            self.go(suivante)
        return suivante is not None

    def _next(self, depuis: QModelIndex, sens: Sens) -> QModelIndex | None:
        """Return the next cell that way; at the end of a row, the next row goes on."""
        modele = self.model()
        lignes, colonnes = modele.rowCount(), modele.columnCount()
        bas, droite = PAS[sens]
        ligne, colonne = depuis.row(), depuis.column()
        if not depuis.isValid():
            ligne, colonne = (0, -1) if droite >= 0 else (lignes, 0)
        for _ in range(lignes * max(1, colonnes)):
            ligne, colonne = ligne + bas, colonne + droite
            if droite and not 0 <= colonne < colonnes:
                ligne, colonne = ligne + droite, 0 if droite > 0 else colonnes - 1
            if not 0 <= ligne < lignes:
                return None
            if self.editable(index := modele.index(ligne, colonne)):
                return index
        return None

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 Qt
        """Tell which cell is current, and have its name drawn so."""
        super().currentChanged(current, previous)
        self.verticalHeader().viewport().update()
        self.current_changed.emit()

    # --- the editor ---------------------------------------------------------------------------------------

    def _editor_typed(self, texte: str) -> None:
        if self._edite is not None:
            ici = self.model().index(self._edite.row(), self._edite.column())
            self.typed.emit(ici, texte)

    def _editor_left(self, editeur: QWidget, sens: object) -> None:
        """Take what was typed and go on, unless it cannot be read; None gives it up."""
        index = self._edite
        if sens is None:
            self.closeEditor(editeur, DelegueMontant.EndEditHint.NoHint)
            self.given_up.emit()
            return
        self._close(editeur)
        if isinstance(sens, int) and index is not None and not index.data(RoleGrille.FAUTE):
            self._move(Sens(sens))

    def _close(self, editeur: QWidget) -> None:
        self.commitData(editeur)
        self.closeEditor(editeur, DelegueMontant.EndEditHint.NoHint)

    def closeEditor(self, editeur: QWidget, hint: "DelegueMontant.EndEditHint") -> None:  # noqa: N802 Qt
        """Close what was typed in; the focus comes back to the grid when it was there."""
        self._edite = None
        super().closeEditor(editeur, hint)

    # --- room ---------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 Qt
        """Share the width."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """Give amounts their room, names the rest."""
        modele = self.model()
        if modele is None or not modele.columnCount():
            return
        metrique = QFontMetrics(self.font())
        case = metrique.horizontalAdvance("−88 888 888,88") + 2 * MARGE
        noms: QHeaderView = self.verticalHeader()
        reste = self.width() - 16 - case * modele.columnCount()
        lettre = metrique.averageCharWidth()
        noms.setFixedWidth(max(18 * lettre, min(reste, 52 * lettre)))
        for colonne in range(modele.columnCount()):
            self.setColumnWidth(colonne, case)
        bord = self.frameWidth()
        self.coin.setGeometry(bord, bord, noms.width(), self.horizontalHeader().height())


class _NomsDeLignes(QHeaderView):
    """Names of the rows, and the accounts that each gathers."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._theme = theme
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:  # noqa: N802 Qt
        """Return the room of a name."""
        return QSize(self.fontMetrics().averageCharWidth() * _LETTRES_NOM, super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, rang: int) -> None:  # noqa: N802 Qt
        """Paint the name of a row, its accounts at the right when there is room for both."""
        modele, c = self.model(), self._theme.couleurs
        vertical = Qt.Orientation.Vertical
        etat = modele.headerData(rang, vertical, RoleGrille.ETAT)
        nom = str(modele.headerData(rang, vertical, Qt.ItemDataRole.DisplayRole) or "")
        suite = str(modele.headerData(rang, vertical, RoleGrille.SUITE) or "")
        vue = self.parent()
        courante = isinstance(vue, QTableView) and vue.currentIndex().row() == rang
        painter.save()
        fond = c.fond if etat == EtatLigne.TITRE else c.survol if courante else c.carte
        painter.fillRect(rect, QColor(fond))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(c.ligne))
        if courante:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height() - 1), QColor(c.action))
        police = QFont(self.font())
        if etat in (EtatLigne.TITRE, EtatLigne.TOTAL):
            police = semibold(police)
        zone = rect.adjusted(MARGE + 2, 0, -MARGE, -1)
        zone = self._paint_accounts(painter, zone, police, nom, suite)
        discret = etat == EtatLigne.CONTROLE
        painter.setFont(police)
        painter.setPen(QColor(c.secondaire if discret else c.texte))
        metrique = QFontMetrics(police)
        court = metrique.elidedText(nom, Qt.TextElideMode.ElideRight, zone.width())
        painter.drawText(zone, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), court)
        painter.restore()

    def _paint_accounts(self, painter: QPainter, zone: QRect, police: QFont, nom: str, suite: str) -> QRect:
        petite = QFont(police)
        petite.setPointSizeF(police.pointSizeF() * 0.88)
        largeur = QFontMetrics(petite).horizontalAdvance(suite)
        if not suite or QFontMetrics(police).horizontalAdvance(nom) + largeur + 2 * MARGE > zone.width():
            return zone
        painter.setFont(petite)
        painter.setPen(QColor(self._theme.couleurs.secondaire))
        painter.drawText(zone, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), suite)
        return zone.adjusted(0, 0, -largeur - MARGE, 0)


def _printable(event: QKeyEvent) -> bool:
    """Say whether a key types a sign."""
    autres = event.modifiers() & ~(_MAJ | _PAVE | Qt.KeyboardModifier.GroupSwitchModifier)
    texte = event.text()
    return bool(texte) and texte.isprintable() and not autres
