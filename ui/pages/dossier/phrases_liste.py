"""The list that opens at the caret of a comment; the focus stays in the comment."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
)

from o2r_desktop.evaluation.phrases import Phrase
from ui.theme import Theme
from ui.widgets.base import fill, label
from ui.widgets.phrases import PHRASE, PhraseDelegate, fill_phrases, phrase_of

AJOUTER, GERER = "ajouter", "gerer"
_AIDE = "↑ ↓ choisir · Entrée insérer · Échap fermer"
_CARACTERES = 64
_MARGE = 4


class ListePhrases(QFrame):
    """Phrases, then two acts. It takes no key and no focus: who opened it moves in it."""

    chosen = Signal(object)
    """A Phrase, or the name of an act."""

    def __init__(self, theme: Theme, champ: QPlainTextEdit) -> None:
        super().__init__()
        self._champ = champ
        self.setProperty("role", "phrases")
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Phrases proposées")
        self.liste = QListWidget()
        self.liste.setAccessibleName("Phrases proposées")
        self.liste.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.liste.setFrameShape(QFrame.Shape.NoFrame)
        self.liste.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.liste.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.liste.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.liste.setItemDelegate(PhraseDelegate(theme, self.liste))
        self.liste.itemClicked.connect(self._clicked)
        self.aide = label(_AIDE, "secondaire", wrap=True)
        self.aide.setContentsMargins(8, 2, 8, 4)
        fill(QVBoxLayout(self), self.liste, self.aide, marge=1, espace=0)
        self.hide()

    def show_phrases(
        self, phrases: Sequence[Phrase], variables: Mapping[str, str], actes: Mapping[str, str], panne: str = ""
    ) -> None:
        """Show phrases filled in, then acts, at the caret; the first line is chosen, and *panne* is said."""
        self._join_window()
        self.aide.setText(panne or _AIDE)
        self.liste.clear()
        fill_phrases(self.liste, phrases, variables)
        for acte, libelle in actes.items():
            element = QListWidgetItem(libelle, self.liste)
            element.setData(PHRASE, acte)
        self.liste.setCurrentRow(0)
        self.show()
        self.place()
        self.raise_()
        QTimer.singleShot(0, self, self._moved)  # the field grows and its pane scrolls after the words are in
        self._announce()

    def move_by(self, pas: int) -> None:
        """Choose another line, round the list when the step is one."""
        compte = self.liste.count()
        if not compte:
            return
        rang = self.liste.currentRow() + pas
        rang = rang % compte if abs(pas) == 1 else max(0, min(compte - 1, rang))
        self.liste.setCurrentRow(rang)
        self._announce()

    def choose(self) -> None:
        """Take the line chosen."""
        self._clicked(self.liste.currentItem())

    def place(self) -> None:
        """Put the list under the caret, or over it where there is more room; inside the window in all cases."""
        fenetre = self.parentWidget()
        if fenetre is None:
            return
        zone = fenetre.rect().adjusted(_MARGE, _MARGE, -_MARGE, -_MARGE)
        curseur = self._champ.cursorRect()
        vue = self._champ.viewport()
        haut = _within(vue.mapTo(fenetre, curseur.topLeft()), zone)
        bas = _within(vue.mapTo(fenetre, curseur.bottomLeft()), zone)
        largeur = min(zone.width(), self.fontMetrics().averageCharWidth() * _CARACTERES)
        self.resize(largeur, self.height())
        voulue = self._wanted(largeur)
        dessous, dessus = zone.bottom() - bas.y() - _MARGE, haut.y() - zone.top() - _MARGE
        sous = dessous >= min(voulue, dessus)
        hauteur = max(1, min(voulue, dessous if sous else dessus))
        x = max(zone.left(), min(haut.x(), zone.right() + 1 - largeur))
        y = bas.y() + _MARGE if sous else haut.y() - _MARGE - hauteur
        self.setGeometry(x, y, largeur, hauteur)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 Qt
        """Close when the window changes under the list."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.WindowDeactivate) and self.isVisible():
            self.hide()
        return super().eventFilter(watched, event)

    def show_caret(self) -> None:
        """Have the panes around the comment scroll to its caret."""
        curseur = self._champ.cursorRect().center()
        partie = self._champ.parentWidget()
        while partie is not None:
            if isinstance(partie, QScrollArea) and (contenu := partie.widget()) is not None:
                place = self._champ.viewport().mapTo(contenu, curseur)
                partie.ensureVisible(place.x(), place.y(), 0, 2 * self.fontMetrics().height())
            partie = partie.parentWidget()

    def _join_window(self) -> None:
        fenetre = self._champ.window()
        ancienne = self.parentWidget()
        if ancienne is not fenetre:
            if ancienne is not None:
                ancienne.removeEventFilter(self)
            self.setParent(fenetre)
            fenetre.installEventFilter(self)
            partie = self._champ.parentWidget()
            while partie is not None:
                if isinstance(partie, QAbstractScrollArea):
                    partie.verticalScrollBar().valueChanged.connect(self._moved)
                partie = partie.parentWidget()

    def _moved(self) -> None:
        if self.isVisible():
            self.place()

    def _wanted(self, largeur: int) -> int:
        """Return the height of all the lines, of half the window at most."""
        self.liste.setFixedWidth(largeur - 2)
        self.liste.doItemsLayout()
        lignes = sum(self.liste.sizeHintForRow(rang) for rang in range(self.liste.count()))
        fenetre = self.parentWidget()
        permise = fenetre.height() // 2 if fenetre is not None else lignes
        return min(permise, lignes + self.aide.heightForWidth(largeur - 2) + 4)

    def _clicked(self, element: QListWidgetItem | None) -> None:
        if element is not None and self.isVisible():
            self.chosen.emit(phrase_of(element) or element.data(PHRASE))

    def _announce(self) -> None:
        """Have a screen reader say the line chosen: the focus is elsewhere."""
        element = self.liste.currentItem()
        if element is not None and QAccessible.isActive():
            dit = str(element.data(Qt.ItemDataRole.AccessibleTextRole) or element.text())
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._champ, dit))


def _within(point: QPoint, zone: QRect) -> QPoint:
    """Return the place nearest to *point* in *zone*: the comment may be scrolled out of view."""
    x = max(zone.left(), min(point.x(), zone.right()))
    return QPoint(x, max(zone.top(), min(point.y(), zone.bottom())))
