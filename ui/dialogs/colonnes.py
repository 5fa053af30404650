"""The columns of the list: which are shown, in what order."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QDialog, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from o2r_desktop.suivi import Colonne
from ui.widgets.base import button, fill, label, row

_ROLE = Qt.ItemDataRole.UserRole


class ColonnesDialog(QDialog):
    """A list to tick and to order, by the mouse or by keys; ``chosen`` gives the ticked columns in order."""

    chosen = Signal(object)

    def __init__(
        self, montrees: Sequence[Colonne], premieres: Sequence[Colonne], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Colonnes de la liste")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._premieres = tuple(premieres)
        self.liste = QListWidget()
        self.liste.setSpacing(3)
        self.liste.setAccessibleName("Colonnes, de gauche à droite")
        self.liste.setAccessibleDescription("Espace coche ou décoche, Ctrl+flèche haut ou bas déplace.")
        self.liste.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.liste.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.liste.installEventFilter(self)
        self.monter = button("Monter", lambda: self._move(-1), touche="Ctrl+↑", nom="Monter la colonne")
        self.descendre = button("Descendre", lambda: self._move(1), touche="Ctrl+↓", nom="Descendre la colonne")
        self.retablir = button("Rétablir", lambda: self.show_columns(self._premieres), nom="Rétablir les colonnes")
        self.refus = label("⚠ Cochez au moins une colonne.", "faute", wrap=True)
        self.refus.hide()
        self.valider = button("Appliquer", self.accept, role="principal", touche="Entrée")
        self.valider.setDefault(True)
        annuler = button("Annuler", self.reject, touche="Échap")
        aide = (
            "De haut en bas, les colonnes de gauche à droite. Espace coche ; on peut aussi faire glisser une ligne."
        )
        fill(
            QVBoxLayout(self),
            label(aide, "secondaire", wrap=True),
            self.liste,
            row(self.monter, self.descendre, 1, self.retablir),
            self.refus,
            row(1, annuler, self.valider),
            marge=16,
        )
        self.show_columns(montrees)
        mesures = self.fontMetrics()
        self.resize(mesures.averageCharWidth() * 60, mesures.lineSpacing() * 28)
        self.liste.setFocus()

    def show_columns(self, montrees: Sequence[Colonne]) -> None:
        """Show these columns ticked, in order, then the others."""
        self.liste.clear()
        for colonne in [*montrees, *(c for c in Colonne if c not in montrees)]:
            ligne = QListWidgetItem(colonne.libelle)
            ligne.setData(_ROLE, colonne.value)
            ligne.setFlags(
                Qt.ItemFlag.ItemIsEnabled
                | Qt.ItemFlag.ItemIsSelectable
                | Qt.ItemFlag.ItemIsUserCheckable
                | Qt.ItemFlag.ItemIsDragEnabled
            )
            ligne.setCheckState(Qt.CheckState.Checked if colonne in montrees else Qt.CheckState.Unchecked)
            self.liste.addItem(ligne)
        self.liste.setCurrentRow(0)

    def columns(self) -> list[Colonne]:
        """Return the ticked columns, in order."""
        lignes = [self.liste.item(rang) for rang in range(self.liste.count())]
        return [Colonne(ligne.data(_ROLE)) for ligne in lignes if ligne.checkState() is Qt.CheckState.Checked]

    def accept(self) -> None:
        """Give the columns; stay open while there is none."""
        colonnes = self.columns()
        self.refus.setVisible(not colonnes)
        if colonnes:
            self.chosen.emit(colonnes)
            super().accept()

    def eventFilter(self, objet: QObject, event: QEvent) -> bool:  # noqa: N802 Qt
        """Move the current line with Ctrl+↑ and Ctrl+↓, which Qt's list keeps for itself."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            pas = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if pas and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._move(pas)
                return True
        return super().eventFilter(objet, event)

    def _move(self, pas: int) -> None:
        rang = self.liste.currentRow()
        if 0 <= rang + pas < self.liste.count():
            ligne = self.liste.takeItem(rang)
            self.liste.insertItem(rang + pas, ligne)
            self.liste.setCurrentItem(ligne)
