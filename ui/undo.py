"""Undo and redo from anywhere: the page's typing is written first, then the act is undone and shown."""

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from o2r_desktop.errors import O2rError
from o2r_desktop.operations.actes import Genre
from ui.actions import Actions, named_undo
from ui.history import Acte
from ui.navigation import Onglet
from ui.pages.page import Page
from ui.services import Services


@runtime_checkable
class _Lignes(Protocol):
    """A page whose lines are dossiers, each with its labels."""

    def show_numero(self, numero: int) -> None:
        """Make a dossier the current line, when it is shown."""


class UndoRedo(QObject):
    """What «Annuler» and «Rétablir» do and say."""

    def __init__(
        self,
        parent: QObject,
        services: Services,
        *,
        page: Callable[[], Page | None],
        leave: Callable[[], bool],
        say: Callable[[str], None],
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._page = page
        self._leave = leave
        self._say = say
        self._touches = _TextKeys(self)

    def undo(self) -> None:
        """Undo the last act, show where it was, name it."""
        self._act(self._services.campagne.history.undo, "Annulé")

    def redo(self) -> None:
        """Do again the last act that was undone, show where it is, name it."""
        self._act(self._services.campagne.history.redo, "Rétabli")

    def name(self, actions: Actions) -> None:
        """Name in the menus what would be undone and done again."""
        history = self._services.campagne.history
        for nom, mot, acte in (
            ("annuler", "Annuler", history.next_undo),
            ("retablir", "Rétablir", history.next_redo),
        ):
            actions[nom].setText(named_undo(mot, acte.nom if acte else "").replace("&", "&&"))

    def _act(self, faire: Callable[[], Acte | None], mot: str) -> None:
        if not self._leave():
            return
        try:
            acte = faire()
        except O2rError as erreur:
            self._services.alertes.show_error(erreur)
            return
        if acte is not None:
            self._show(acte)
            self._say(named_undo(mot, acte.nom))

    def _show(self, acte: Acte) -> None:
        """Go where an act is seen: its critere, a tab of its dossier, for labels the list or the quick sort."""
        if acte.genre is Genre.ATTRIBUTION:
            lignes: object = self._page()
            if not isinstance(lignes, _Lignes):
                self._services.navigation.go("dossiers")
                lignes = self._page()
            if isinstance(lignes, _Lignes):
                lignes.show_numero(acte.numero)
            return
        if acte.genre is Genre.ANALYSE and (angle := _angle(acte)):
            self._services.navigation.open_angle(acte.numero, angle)
            return
        self._services.navigation.open_dossier(
            acte.numero, critere_id=acte.critere, onglet=_ONGLETS.get(acte.genre)
        )


_ONGLETS = {
    Genre.PROJET: Onglet.CONCLUSION,
    Genre.QUESTIONS: Onglet.QUESTIONS,
    Genre.ANALYSE: Onglet.ANALYSE,
}
"""Where acts that are not on a critere alone are seen."""


def _angle(acte: Acte) -> str:
    """Return the side of the analysis that an act changed, by the first word of its keys; «» when none is known."""
    from o2r_desktop.analyse.angles import de_cle  # the window starts without it

    trouve = de_cle(next(iter((*acte.apres, *acte.avant)), ""))
    return trouve.value if trouve else ""


class _TextKeys(QObject):
    """Lets Ctrl+Z reach the window when the field that has the focus has nothing of its own to undo.

    Qt's fields keep the key for themselves in every case; only the field in focus is watched.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_changed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 Qt
        """Refuse the key on the field's behalf when it would do nothing there."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if event.matches(QKeySequence.StandardKey.Undo):
            possible = _can_undo(watched)
        elif event.matches(QKeySequence.StandardKey.Redo):
            possible = _can_redo(watched)
        else:
            return False
        if not possible:
            event.ignore()
        return not possible

    def _focus_changed(self, avant: QWidget | None, apres: QWidget | None) -> None:
        if avant is not None:
            avant.removeEventFilter(self)
        if isinstance(apres, QLineEdit | QPlainTextEdit | QTextEdit):
            apres.installEventFilter(self)


def _can_undo(champ: QObject) -> bool:
    if isinstance(champ, QLineEdit):
        return champ.isUndoAvailable()
    return isinstance(champ, QPlainTextEdit | QTextEdit) and champ.document().isUndoAvailable()


def _can_redo(champ: QObject) -> bool:
    if isinstance(champ, QLineEdit):
        return champ.isRedoAvailable()
    return isinstance(champ, QPlainTextEdit | QTextEdit) and champ.document().isRedoAvailable()
