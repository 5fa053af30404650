"""What a cell of a grid of amounts looks like, and what it is typed in."""

from enum import IntEnum, StrEnum

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.theme import Theme, Ton
from ui.widgets.delegates import MARGE, semibold, tabular

Index = QModelIndex | QPersistentModelIndex


class RoleGrille(IntEnum):
    """What a model says of a cell or of a row beside its text."""

    ETAT = Qt.ItemDataRole.UserRole + 20
    """EtatLigne of the row."""
    SUITE = Qt.ItemDataRole.UserRole + 21
    """What follows the name of a row: its accounts."""
    SOUS = Qt.ItemDataRole.UserRole + 22
    """A second line in the cell."""
    FAUTE = Qt.ItemDataRole.UserRole + 23
    """Why the text of the cell cannot be read, «» when it can."""
    CHOIX = Qt.ItemDataRole.UserRole + 24
    """Pairs (words, value) to choose among; the cell is typed in otherwise."""
    TON = Qt.ItemDataRole.UserRole + 25
    """Tone of the words."""
    COPIE = Qt.ItemDataRole.UserRole + 26
    """The cell as a spreadsheet takes it."""


class EtatLigne(StrEnum):
    """What a row is."""

    TITRE = "titre"
    DETAIL = "detail"
    POSTE = "poste"
    TOTAL = "total"
    CONTROLE = "controle"


_FLECHES = {Qt.Key.Key_Down: 0, Qt.Key.Key_Up: 1, Qt.Key.Key_Right: 2, Qt.Key.Key_Left: 3}
_ENTREES = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MAJ = Qt.KeyboardModifier.ShiftModifier


class EditeurMontant(QLineEdit):
    """The field of a cell: begun by a sign, the arrows go to the next cells; opened by F2, they move the caret."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rapide = False
        self.depart = ""
        """What the cell held: the model may already show what is being typed."""
        self.garni = False
        """Whether it was given what the cell holds: what is typed since then stays."""
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setProperty("role", "cellule")

    def begin(self, texte: str) -> None:
        """Begin anew with a sign."""
        self.rapide = True
        self.setText(texte)
        self.textEdited.emit(texte)


class EditeurChoix(QComboBox):
    """The choices of a cell."""

    def __init__(self, parent: QWidget, choix: list[tuple[str, object]]) -> None:
        super().__init__(parent)
        self.garni = False
        for mots, valeur in choix:
            self.addItem(mots, valeur)


class DelegueMontant(QStyledItemDelegate):
    """Paints cells and makes their editors; keys that end an editor are told, with where they lead."""

    moved = Signal(QWidget, object)
    """The editor and the way (0 down, 1 up, 2 right, 3 left), -1 for nowhere, None when it is given up."""
    typed = Signal(str)

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    # --- editors ------------------------------------------------------------------------------------------

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: ARG002, N802 Qt
        """Return the field of a cell."""
        nom = str(index.data(Qt.ItemDataRole.AccessibleTextRole) or "")
        choix = index.data(RoleGrille.CHOIX)
        if choix:
            liste = EditeurChoix(parent, list(choix))
            liste.setAccessibleName(nom)
            liste.activated.connect(lambda _rang: self.moved.emit(liste, -1))
            return liste
        champ = EditeurMontant(parent)
        champ.setAccessibleName(nom)
        champ.textEdited.connect(self.typed)
        return champ

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802 Qt
        """Give the field what the cell holds, once: what is being typed stays when the model changes."""
        valeur = index.data(Qt.ItemDataRole.EditRole)
        if isinstance(editor, EditeurMontant) and not editor.garni:
            editor.garni = True
            editor.depart = str(valeur or "")
            editor.setText(editor.depart)
            editor.selectAll()
        elif isinstance(editor, EditeurChoix) and not editor.garni:
            editor.garni = True
            editor.setCurrentIndex(max(0, editor.findData(valeur)))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:  # noqa: N802 Qt
        """Give the model what was typed, unless it is what was there."""
        if isinstance(editor, EditeurMontant) and editor.text() != editor.depart:
            model.setData(_courant(index), editor.text())
        elif isinstance(editor, EditeurChoix) and editor.currentData() != index.data(Qt.ItemDataRole.EditRole):
            model.setData(_courant(index), editor.currentData())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: ARG002, N802 Qt
        """Fill the cell; a list of choices is as wide as its words."""
        zone = QRect(option.rect)
        if isinstance(editor, EditeurChoix):
            zone.setLeft(min(zone.left(), zone.right() - editor.sizeHint().width()))
        editor.setGeometry(zone)

    def eventFilter(self, objet: QObject, event: QEvent) -> bool:  # noqa: N802 Qt
        """End the editor by Entrée, Tab, Échap and, when it was begun by a sign, by the arrows."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(objet, QWidget):
            sens = self._way(objet, event)
            if sens is not False:
                self.moved.emit(objet, sens)
                return True
        return super().eventFilter(objet, event)

    def _way(self, editeur: QWidget, event: QKeyEvent) -> object:
        """Return where a key leads out of the editor, None to give up, False when it belongs to the editor."""
        touche, arriere = event.key(), bool(event.modifiers() & _MAJ)
        if touche == Qt.Key.Key_Escape:
            return None
        if touche in _ENTREES and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return 1 if arriere else 0
        if touche in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            return 3 if touche == Qt.Key.Key_Backtab or arriere else 2
        if touche in _FLECHES and isinstance(editeur, EditeurMontant):
            verticale = touche in (Qt.Key.Key_Down, Qt.Key.Key_Up)
            if (editeur.rapide or verticale) and not arriere:
                return _FLECHES[Qt.Key(touche)]
        return False

    # --- painting -----------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a cell: its ground, its words, its second line, the ring of the current one."""
        c, rect = self._theme.couleurs, QRect(option.rect)
        etat = index.data(RoleGrille.ETAT)
        choisie = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        fond = c.fond if etat == EtatLigne.TITRE else c.action_fond if choisie else c.carte
        painter.fillRect(rect, QColor(fond))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(c.ligne))
        self._paint_words(painter, rect.adjusted(MARGE, 0, -MARGE, -1), option.font, index)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(c.action), self._theme.anneau))
            painter.drawRect(rect.adjusted(1, 1, -1, -2))
        painter.restore()

    def _paint_words(self, painter: QPainter, zone: QRect, police: QFont, index: Index) -> None:
        c = self._theme.couleurs
        ton, sous = index.data(RoleGrille.TON), str(index.data(RoleGrille.SOUS) or "")
        grasse = index.data(RoleGrille.ETAT) == EtatLigne.TOTAL or bool(sous)
        fonte = tabular(semibold(police) if grasse else police)
        droite = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
        haut = QRect(zone)
        if sous:
            haut.setHeight(round(zone.height() * 0.55))
            petite = tabular(police)
            petite.setPointSizeF(police.pointSizeF() * 0.8)
            painter.setFont(petite)
            painter.setPen(QColor(c.secondaire))
            bas = zone.adjusted(0, haut.height() - 2, 0, 0)
            court = QFontMetrics(petite).elidedText(sous, Qt.TextElideMode.ElideRight, bas.width())
            painter.drawText(bas, droite, court)
        painter.setFont(fonte)
        encre = c.ton(Ton(ton))[0] if ton else c.texte  # Qt gives a plain text back
        painter.setPen(QColor(encre))
        texte = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        painter.drawText(
            haut, droite, QFontMetrics(fonte).elidedText(texte, Qt.TextElideMode.ElideMiddle, haut.width())
        )


def _courant(index: Index) -> QModelIndex:
    return index.model().index(index.row(), index.column())
