"""A text that is written by itself: told within a second of each key, and when the field is left."""

from PySide6.QtCore import QEvent, QMimeData, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from o2r_desktop.text import NBSP, nombre, printable
from ui.widgets.base import label

PAUSE_MS = 800
"""How long after its first key what is typed is told: it is on the disk within the second, without a pause too."""
_COMPTE_DES = 2000
_SEPARATEURS = str.maketrans("\u2028\u2029\ufdd0\ufdd1", "\n\n\n\n")


class Souffle(QTimer):
    """Breathes out PAUSE_MS after the first key since it last did, whatever is typed meanwhile.

    A silence would not do: someone who types without pause would never be written.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setSingleShot(True)
        self.setInterval(PAUSE_MS)

    def typed(self) -> None:
        """Take a key into account."""
        if not self.isActive():
            self.start()


class AutoText(QPlainTextEdit):
    """Plain text on several lines, as high as its content within bounds; Tab goes on to the next field."""

    typed = Signal()
    """Something is typed that was not told yet."""
    edited = Signal()
    """Now is the time to write ``text()``; answer with ``mark_saved``."""
    left = Signal()
    """The field lost the focus, after ``edited``."""

    def __init__(self, nom: str, *, lignes: int = 3, lignes_max: int = 14) -> None:
        super().__init__()
        self.setAccessibleName(nom)
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._bornes = lignes, lignes_max
        self._enregistre = ""
        self._touche = False
        self._pause = Souffle(self)
        self._pause.timeout.connect(self.flush)
        self._compte = label("", "secondaire")
        self._compte.setParent(self)
        self._compte.hide()
        self.textChanged.connect(self._text_changed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    # --- the text -----------------------------------------------------------------------------------------

    def text(self) -> str:
        """Return what is typed; unlike toPlainText(), no-break spaces stay what they are."""
        return printable(self.document().toRawText().translate(_SEPARATEURS))

    def set_text(self, texte: str) -> None:
        """Show a text that is already written."""
        self.setPlainText(printable(texte))
        self._enregistre = self.text()
        self._rest()

    @property
    def dirty(self) -> bool:
        """Whether something typed is not written."""
        return self._touche and self.text() != self._enregistre

    def flush(self) -> None:
        """Tell now what is not written."""
        self._pause.stop()
        if self.dirty:
            self.edited.emit()

    def mark_saved(self, texte: str) -> None:
        """Learn that *texte* is written; what was typed since is not."""
        self._enregistre = texte
        if self.text() == texte:
            self._rest()

    def _rest(self) -> None:
        self._touche = False
        self._pause.stop()

    def _text_changed(self) -> None:
        self._touche = True
        self._pause.typed()
        self._count()
        self.typed.emit()

    # --- what Qt asks -------------------------------------------------------------------------------------

    def setReadOnly(self, ro: bool) -> None:  # noqa: N802 Qt
        """Let the text be changed, or only read, selected and copied, by keyboard too."""
        if ro == self.isReadOnly():
            return
        super().setReadOnly(ro)
        if ro:
            selection = Qt.TextInteractionFlag
            self.setTextInteractionFlags(selection.TextSelectableByMouse | selection.TextSelectableByKeyboard)

    def focusOutEvent(self, e: QFocusEvent) -> None:  # noqa: N802 Qt
        """Tell what is typed when the field is left; a menu that opens leaves nothing."""
        super().focusOutEvent(e)
        self.flush()
        if e.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason):
            self.left.emit()

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 Qt
        """Paste words only: neither their look nor control characters."""
        if source.hasText() and not self.isReadOnly():
            self.insertPlainText(printable(source.text()))
            self.ensureCursorVisible()

    def resizeEvent(self, e: QResizeEvent) -> None:  # noqa: N802 Qt
        """Keep the count in its corner."""
        super().resizeEvent(e)
        self._fit()

    def changeEvent(self, e: QEvent) -> None:  # noqa: N802 Qt
        """Follow the size of the text."""
        super().changeEvent(e)
        if e.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def sizeHint(self) -> QSize:  # noqa: N802 Qt
        """Return the width of some words and the height of the content."""
        return QSize(self.fontMetrics().averageCharWidth() * 30, self.height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 Qt
        """Return the width of a few words."""
        return QSize(self.fontMetrics().averageCharWidth() * 12, self.height())

    def _count(self) -> None:
        caracteres = self.document().characterCount() - 1
        if caracteres > _COMPTE_DES:
            self._compte.setText(f"{nombre(caracteres)}{NBSP}caractères")
        if (caracteres > _COMPTE_DES) != self._compte.isVisibleTo(self):
            self._compte.setVisible(caracteres > _COMPTE_DES)
            self._fit()

    def _fit(self) -> None:
        pied = self._compte.sizeHint().height() if self._compte.isVisibleTo(self) else 0
        self.setViewportMargins(0, 0, 0, pied)
        interieur = self.fontMetrics().lineSpacing()
        mini, maxi = self._bornes
        lignes = max(mini, min(maxi, int(self.document().size().height())))
        bords = 2 * int(self.document().documentMargin()) + self.height() - self.contentsRect().height()
        hauteur = lignes * interieur + bords + pied + 2
        if hauteur != self.height() or hauteur != self.maximumHeight():
            self.setFixedHeight(hauteur)
        if pied:
            taille = self._compte.sizeHint()
            cadre = self.contentsRect()
            self._compte.setGeometry(
                cadre.right() - taille.width() - 4, cadre.bottom() - pied, taille.width() + 4, pied
            )
