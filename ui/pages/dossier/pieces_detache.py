"""The viewer of pieces in a window of its own, for a second screen."""

from collections.abc import Iterator

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui.pages.page import Page
from ui.settings import Settings
from ui.widgets.base import EmptyState, button, fill

DETACHER = "F8"
_GEOMETRIE = "pieces/fenetre"
_TAILLE = (900, 1000)


class FenetrePieces(QWidget):
    """A window that holds the viewer; the keys of the dossier page act in it too."""

    closed = Signal()

    def __init__(self, fenetre: QWidget | None, reglages: Settings) -> None:
        super().__init__(fenetre, Qt.WindowType.Window)
        self._reglages = reglages
        self._page: QWidget | None = None
        self._touches: list[QShortcut] = []
        fill(QVBoxLayout(self), espace=0)

    def take(self, corps: QWidget, page: QWidget | None) -> None:
        """Hold the viewer, with the keys of its page, and come into view where the window was the last time."""
        self.layout().addWidget(corps)  # type: ignore[union-attr]
        corps.show()
        if page is not None:
            self._page = page
            self._bind_again(page)
            self._follow(en_vue=page.isVisible())
            page.installEventFilter(self)
        geometrie = self._reglages.octets(_GEOMETRIE)
        if geometrie == QByteArray() or not self.restoreGeometry(geometrie):
            self._place()
        self.show()

    def keep(self) -> None:
        """Remember where the window is."""
        self._reglages.set_octets(_GEOMETRIE, self.saveGeometry())

    def _bind_again(self, page: QWidget) -> None:
        """Have the keys that the page binds by shortcuts act here: a shortcut belongs to one window."""
        for modele in page.findChildren(QShortcut, options=Qt.FindChildOption.FindDirectChildrenOnly):
            raccourci = QShortcut(modele.key(), self)
            raccourci.setContext(Qt.ShortcutContext.WindowShortcut)
            raccourci.setAutoRepeat(modele.autoRepeat())
            raccourci.activated.connect(modele.activated)
            self._touches.append(raccourci)

    def _follow(self, *, en_vue: bool) -> None:
        """Let the keys of the page act while it is in view; the one that brings the viewer back always does."""
        if self._page is None:
            return
        for action in self._page.actions():
            toujours = action.shortcut() == QKeySequence(DETACHER)
            (self.addAction if en_vue or toujours else self.removeAction)(action)
        for raccourci in self._touches:
            raccourci.setEnabled(en_vue)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 Qt
        """Know when the page of the dossier comes into view or leaves it."""
        if watched is self._page and event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self._follow(en_vue=event.type() is QEvent.Type.Show)
        return False

    def _place(self) -> None:
        """Come into view on another screen when there is one."""
        parent = self.parentWidget()
        ici = parent.screen() if parent is not None else QGuiApplication.primaryScreen()
        ecran = next((e for e in QGuiApplication.screens() if e is not ici), ici)
        place = ecran.availableGeometry()
        self.resize(min(_TAILLE[0], place.width() - 40), min(_TAILLE[1], place.height() - 60))
        cadre = self.geometry()
        cadre.moveCenter(place.center())
        self.move(cadre.topLeft())

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 Qt
        """Give the viewer back."""
        self.keep()
        super().closeEvent(event)
        self.closed.emit()


class Attache(QObject):
    """Holds the viewer in the tab, or in its window; says in the tab where it is."""

    changed = Signal(bool)
    """Whether the viewer is in a window of its own."""

    def __init__(self, corps: QWidget, reglages: Settings, volet: QWidget) -> None:
        super().__init__(volet)
        self._corps = corps
        self._reglages = reglages
        self._volet = volet
        self._fenetre: FenetrePieces | None = None
        self._titre = ""
        self._ordre: list[QWidget] = []
        self.rattacher = button("Rattacher", self.bring_back, role="principal", touche=DETACHER)
        self.ailleurs = EmptyState(
            "Les pièces sont dans leur fenêtre",
            "Elles suivent le dossier. Fermez la fenêtre ou rattachez-la pour les lire ici.",
            [self.rattacher],
        )
        self.pile = QStackedWidget()
        self.pile.addWidget(corps)
        self.pile.addWidget(self.ailleurs)

    @property
    def detached(self) -> bool:
        """Whether the viewer is in a window of its own."""
        return self._fenetre is not None

    @property
    def fenetre(self) -> FenetrePieces | None:
        """The window of the viewer, None while it is in the tab."""
        return self._fenetre

    def toggle(self) -> None:
        """Detach the viewer, or bring it back."""
        if self._fenetre is None:
            self.detach()
        else:
            self.bring_back()

    def detach(self) -> None:
        """Put the viewer in a window of its own."""
        if self._fenetre is not None:
            return
        self._ordre = list(_chaine(self._corps))
        fenetre = FenetrePieces(self._volet.window(), self._reglages)
        fenetre.setWindowTitle(self._titre)
        fenetre.closed.connect(self.bring_back)
        self._fenetre = fenetre
        self.pile.setCurrentWidget(self.ailleurs)
        fenetre.take(self._corps, _page(self._volet))
        self.changed.emit(True)

    def bring_back(self) -> None:
        """Put the viewer back in the tab, in its place for Tab too."""
        fenetre, self._fenetre = self._fenetre, None
        if fenetre is None:
            return
        fenetre.keep()
        self.pile.insertWidget(0, self._corps)
        self.pile.setCurrentWidget(self._corps)
        for avant, apres in zip(self._ordre, self._ordre[1:], strict=False):
            QWidget.setTabOrder(avant, apres)
        fenetre.hide()
        fenetre.deleteLater()
        self.changed.emit(False)

    def set_titre(self, titre: str) -> None:
        """Name the window."""
        self._titre = titre
        if self._fenetre is not None:
            self._fenetre.setWindowTitle(titre)


def _page(volet: QWidget) -> QWidget | None:
    parent = volet.parentWidget()
    while parent is not None and not isinstance(parent, Page):
        parent = parent.parentWidget()
    return parent


def _chaine(corps: QWidget) -> Iterator[QWidget]:
    """Yield what comes before a part in the order of Tab, then its parts in their order: those that Tab reaches."""
    precede = corps.previousInFocusChain()
    while precede is not None and precede is not corps and (corps.isAncestorOf(precede) or not _tab(precede)):
        precede = precede.previousInFocusChain()
    if precede is not None:
        yield precede
    suivant = corps.nextInFocusChain()
    while suivant is not None and corps.isAncestorOf(suivant):
        if _tab(suivant):
            yield suivant
        suivant = suivant.nextInFocusChain()


def _tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
