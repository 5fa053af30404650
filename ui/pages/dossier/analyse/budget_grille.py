"""The grid of the budget: words and amounts typed as in a spreadsheet, painted with their sums."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyle, QStyleOptionViewItem, QWidget

from ui.models.budget import ANNUELLES, BudgetModel, Colonne, RoleBudget
from ui.models.budget_elements import Genre
from ui.theme import Theme
from ui.widgets.delegates import MARGE, semibold, tabular
from ui.widgets.grille_editeurs import DelegueMontant, EditeurMontant, RoleGrille
from ui.widgets.grille_montants import GrilleMontants

Index = QModelIndex | QPersistentModelIndex
_MINI = {
    Colonne.COMPTE: "Compte",
    Colonne.MEMBRE: "Coopérat",
    Colonne.TOTAL: "Total (€)",
    Colonne.ETAT: "✕",
}
"""The least that fits in a column; amounts widen theirs."""
_ANNEE, _LIBELLE = "Année 1", "Charges de p"
_MAJ = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


class GrilleBudget(GrilleMontants):
    """Adds to the grid of amounts the columns of words, where letters are typed too."""

    def __init__(self, theme: Theme, modele: BudgetModel) -> None:
        super().__init__(theme, "Lignes du budget du projet")
        self._modele = modele
        self.setModel(modele)
        self.setItemDelegate(delegue := DelegueBudget(theme, self))
        delegue.moved.connect(self._editor_left)
        delegue.typed.connect(self._editor_typed)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setMinimumSectionSize(MARGE)
        modele.modelReset.connect(self._share)

    # --- what the pane calls ------------------------------------------------------------------------------

    @property
    def place(self) -> tuple[str, Colonne]:
        """The line under the cursor, «» when it is none, and the column."""
        index = self.currentIndex()
        rangee = self._modele.rangee(index.row()) if index.isValid() else None
        colonne = self._modele.colonnes[index.column()] if index.isValid() else Colonne.ANNEE_1
        return (rangee.cle if rangee is not None else ""), colonne

    def go_to(self, cle: str, colonne: Colonne) -> bool:
        """Go to a cell of a line; return False when there is no such line."""
        rang = self._modele.rang(cle)
        if rang < 0:
            return False
        self.go(self._modele.index(rang, self._modele.colonnes.index(colonne)))
        return True

    # --- keys ---------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Keep letters from the keys of the page where words are typed."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._a_words(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt
        """Begin words with a letter; the rest is led by the grid of amounts."""
        if self._a_words(event):
            self.start(event.text())
        else:
            super().keyPressEvent(event)

    def _a_words(self, event: QKeyEvent) -> bool:
        texte = event.text()
        tapee = bool(texte) and texte.isprintable() and not event.modifiers() & ~_MAJ
        colonne = self.place[1]
        return tapee and colonne in (Colonne.COMPTE, Colonne.LIBELLE) and self.editable(self.currentIndex())

    # --- leaving a cell -----------------------------------------------------------------------------------

    def commitData(self, editeur: QWidget) -> None:  # noqa: N802 Qt
        """Write what was typed; rows stay where they are until the cell is closed."""
        self._modele.hold()
        super().commitData(editeur)

    def closeEditor(self, editeur: QWidget, hint: DelegueMontant.EndEditHint) -> None:  # noqa: N802 Qt
        """Close a cell, then let rows go to the place of their account and follow the line."""
        cle, colonne = self.place
        super().closeEditor(editeur, hint)
        if self._modele.release():
            self.go_to(cle, colonne)

    # --- room ---------------------------------------------------------------------------------------------

    def fit_rows(self) -> None:
        """Give every row one line."""

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 Qt
        """Share the width."""
        super().resizeEvent(event)
        self._share()

    def fit(self) -> None:
        """Give columns the room of what they now hold."""
        self._share()

    def _share(self) -> None:
        """Give amounts their room, words the rest."""
        metrique = QFontMetrics(tabular(semibold(self.font())))
        pris = 0
        for rang, colonne in enumerate(self._modele.colonnes):
            if colonne is Colonne.LIBELLE:
                continue
            textes = [_ANNEE if colonne in ANNUELLES else _MINI[colonne]]
            if colonne is Colonne.TOTAL or colonne in ANNUELLES:
                lignes = range(self._modele.rowCount())
                textes += [str(self._modele.index(ligne, rang).data() or "") for ligne in lignes]
            largeur = max(map(metrique.horizontalAdvance, textes)) + 2 * MARGE + 2
            self.setColumnWidth(rang, largeur)
            pris += largeur
        reste = self.viewport().width() - pris
        mini = metrique.horizontalAdvance(_LIBELLE) + 2 * MARGE
        self.setColumnWidth(self._modele.colonnes.index(Colonne.LIBELLE), max(mini, reste))


class DelegueBudget(DelegueMontant):
    """Words at the left, amounts at the right; sums are heavier, lines set aside are struck out."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: N802 Qt
        """Return the field of a cell; words begin at the left."""
        editeur = super().createEditor(parent, option, index)
        if isinstance(editeur, EditeurMontant) and not index.data(RoleBudget.NOMBRE):
            editeur.setAlignment(Qt.AlignmentFlag.AlignLeft)
        return editeur

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a cell: its ground, its words, the ring of the current one."""
        c, rect = self._theme.couleurs, QRect(option.rect)
        genre = index.data(RoleBudget.GENRE)
        choisie = bool(option.state & QStyle.StateFlag.State_Selected)
        sommes = genre in (Genre.TOTAL, Genre.SOLDE)
        painter.save()
        fond = (
            c.action_fond if choisie else c.neutre_fond if sommes else c.fond if genre == Genre.GROUPE else c.carte
        )
        painter.fillRect(rect, QColor(fond))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(c.ligne))
        self._paint_cell(painter, rect.adjusted(MARGE, 0, -MARGE, -1), option, index)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(c.action), self._theme.anneau))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -1, -2))
        painter.restore()

    def _paint_cell(self, painter: QPainter, zone: QRect, option: QStyleOptionViewItem, index: Index) -> None:
        c = self._theme.couleurs
        texte = str(index.data() or "")
        nombre, ligne = bool(index.data(RoleBudget.NOMBRE)), index.data(RoleBudget.GENRE) == Genre.LIGNE
        police = tabular(option.font) if ligne else tabular(semibold(option.font))
        ecartee = bool(index.data(RoleBudget.ECARTEE))
        police.setStrikeOut(ecartee and not texte.startswith("✕"))
        painter.setFont(police)
        faute = bool(index.data(RoleGrille.FAUTE)) or texte.startswith("✕")
        bon, doute = texte.startswith("✓"), texte.startswith(("!", "≠"))
        encre = (
            c.mauvais if faute else c.bon if bon else c.alerte if doute else c.secondaire if ecartee else c.texte
        )
        painter.setPen(QColor(encre))
        cote = Qt.AlignmentFlag.AlignRight if nombre else Qt.AlignmentFlag.AlignLeft
        court = QFontMetrics(police).elidedText(texte, Qt.TextElideMode.ElideRight, zone.width())
        painter.drawText(zone, int(cote | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), court)
