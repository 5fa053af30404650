"""The palette: one field that finds any action, dossier, critere, piece, view, label."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.dialogs.palette_entrees import Entree, des_actions, trouver
from ui.widgets.base import Elided, KeyCap, fill, label

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_FLECHES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}


class Palette(QDialog):
    """What is found is listed under the field; ↑ ↓ choose, Entrée does, Échap gives up."""

    def __init__(self, fenetre: MainWindow) -> None:
        super().__init__(fenetre)
        self.setWindowTitle("Palette")
        self._fenetre = fenetre
        self._trouvees: list[Entree] = []
        self._actions = list(des_actions(fenetre))
        self.champ = QLineEdit()
        self.champ.setPlaceholderText("Une action, un dossier, un critère, une pièce, une vue, une étiquette…")
        self.champ.setAccessibleName(
            "Trouver une action, un dossier, un critère, une pièce, une vue ou une étiquette"
        )
        self.champ.setClearButtonEnabled(True)
        self.liste = QListWidget()
        self.liste.setAccessibleName("Ce qui est trouvé")
        self.liste.setUniformItemSizes(True)
        self.liste.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rien = label(
            "Rien ne correspond. Essayez un autre mot, ou un numéro de dossier.", "secondaire", wrap=True
        )
        pied = label("↑ ↓ choisir  ·  Entrée valider  ·  Échap fermer", "secondaire")
        fill(QVBoxLayout(self), self.champ, self.liste, self.rien, pied, marge=12)
        self.resize(self._largeur(), min(self.fontMetrics().height() * 24, round(fenetre.height() * 0.9)))
        self.champ.textChanged.connect(self._search)
        self.champ.installEventFilter(self)
        self.liste.itemActivated.connect(self._do_item)
        self._search("")

    @property
    def trouvees(self) -> list[Entree]:
        """What the list shows, in order."""
        return list(self._trouvees)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 Qt
        """Move in the list and do the chosen line from the field."""
        if watched is not self.champ or event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        touche = Qt.Key(event.key())
        if touche in _FLECHES:
            rang = self.liste.currentRow() + _FLECHES[touche]
            self.liste.setCurrentRow(max(0, min(self.liste.count() - 1, rang)))
            return True
        if touche in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._do(self.liste.currentRow())
            return True
        return False

    def _largeur(self) -> int:
        return min(self.fontMetrics().averageCharWidth() * 84, round(self._fenetre.width() * 0.9))

    def _search(self, texte: str) -> None:
        self._trouvees = trouver(self._actions, self._fenetre, texte)
        self.liste.clear()
        for entree in self._trouvees:
            element = QListWidgetItem(self.liste)
            element.setData(Qt.ItemDataRole.AccessibleTextRole, entree.lue)
            ligne = _Ligne(entree)
            element.setSizeHint(ligne.sizeHint())
            self.liste.setItemWidget(element, ligne)
        self.liste.setCurrentRow(0)
        self.liste.setVisible(bool(self._trouvees))
        self.rien.setVisible(not self._trouvees)

    def _do_item(self, element: QListWidgetItem) -> None:
        self._do(self.liste.row(element))

    def _do(self, rang: int) -> None:
        if 0 <= rang < len(self._trouvees):
            self.accept()
            self._trouvees[rang].faire()


class _Ligne(QWidget):
    """What is found, what it is, and the key that does it."""

    def __init__(self, entree: Entree) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        titre = Elided()
        titre.dire(entree.titre)
        detail = [label(entree.detail, "secondaire")] if entree.detail else []
        fin: QLabel = KeyCap(entree.touche) if entree.touche else label(entree.genre, "secondaire")
        ligne = QHBoxLayout(self)
        fill(ligne, titre, *detail, fin, espace=12)
        ligne.setStretch(0, 1)
        ligne.setContentsMargins(8, 4, 8, 4)
