"""Narrowing a list: the search field, tabs, tags that can be taken off, menus that stay open while one ticks."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QMenu, QPushButton, QToolButton, QWidget

from ui.theme import Theme
from ui.widgets.base import KeyCap, bulle, button
from ui.widgets.flux import Flow

_RETIRER = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_OUVRIR = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)
_CARACTERES_MAX = 48
"""A tag that says more ends with an ellipsis; its tooltip says all."""


class SearchField(QLineEdit):
    """One field for everything; ↓ or Entrée goes to the results, Échap empties it, its key is shown inside."""

    descended = Signal()
    escaped = Signal()

    def __init__(self, theme: Theme, invite: str, *, nom: str, touche: str) -> None:
        super().__init__()
        self._theme = theme
        self.setPlaceholderText(invite)
        self.setAccessibleName(nom)
        self.setAccessibleDescription(invite)
        self._loupe = self.addAction(theme.icone("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._loupe.setText(nom)
        self._loupe.triggered.connect(self.setFocus)
        self._effacer = self.addAction(theme.icone("x"), QLineEdit.ActionPosition.TrailingPosition)
        self._effacer.setText("Effacer la recherche")
        self._effacer.setToolTip("Effacer la recherche (Échap)")
        self._effacer.triggered.connect(self.clear)
        self._touche = KeyCap(touche)
        self._touche.setParent(self)
        for bouton in self.findChildren(QToolButton):
            bouton.setAccessibleName(bouton.defaultAction().text() if bouton.defaultAction() else nom)
        self.textChanged.connect(self.show_key)
        theme.changed.connect(self._dress)
        self._dress()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt
        """Go to the results, or give up what is searched."""
        if event.key() in _OUVRIR:
            self.descended.emit()
        elif event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 Qt
        """Keep the key at the right."""
        super().resizeEvent(event)
        self.show_key()

    def show_text(self, texte: str) -> None:
        """Show what is searched, which somebody else chose: nothing is told."""
        if texte != self.text():
            self.blockSignals(True)
            self.setText(texte)
            self.blockSignals(False)
            self.show_key()

    def show_key(self) -> None:
        """Show the key while nothing is searched, the way to empty the field then."""
        self._effacer.setVisible(bool(self.text()))
        self._touche.setVisible(not self.text())
        taille = self._touche.sizeHint()
        self._touche.setGeometry(
            self.width() - taille.width() - 8,
            (self.height() - taille.height()) // 2,
            taille.width(),
            taille.height(),
        )

    def _dress(self) -> None:
        couleur = self._theme.couleurs.secondaire
        self._loupe.setIcon(self._theme.icone("search", couleur))
        self._effacer.setIcon(self._theme.icone("x", couleur))
        self.show_key()


class Tabs(QWidget):
    """Views of which one is chosen; arrow keys go from one to the next. «Tabulation» reaches the chosen one."""

    chosen = Signal(int)

    def __init__(self, noms: Sequence[str], nom: str) -> None:
        super().__init__()
        self.setAccessibleName(nom)
        self._noms = tuple(noms)
        self._groupe = QButtonGroup(self)
        self._groupe.setExclusive(True)
        ligne = Flow(self, espace=4)
        for rang, texte in enumerate(self._noms):
            onglet = button(texte, role="onglet")
            onglet.setCheckable(True)
            onglet.setAutoExclusive(True)  # a screen reader then says «bouton radio»
            self._groupe.addButton(onglet, rang)
            ligne.addWidget(onglet)
        self.buttons[0].setChecked(True)
        self._groupe.idToggled.connect(self._toggled)

    @property
    def buttons(self) -> list[QPushButton]:
        """Return the tabs, in order."""
        return [b for b in self._groupe.buttons() if isinstance(b, QPushButton)]

    @property
    def current(self) -> int:
        """Return the rank of the chosen tab."""
        return self._groupe.checkedId()

    def choose(self, rang: int) -> None:
        """Choose a tab without telling."""
        muet = self._groupe.blockSignals(True)
        self._groupe.button(rang).setChecked(True)
        self._groupe.blockSignals(muet)
        for place, onglet in enumerate(self.buttons):
            onglet.setFocusPolicy(Qt.FocusPolicy.StrongFocus if place == rang else Qt.FocusPolicy.ClickFocus)

    def count(self, comptes: Sequence[int]) -> None:
        """Show a figure after each name."""
        for onglet, nom, compte in zip(self.buttons, self._noms, comptes, strict=True):
            onglet.setText(f"{nom}  {compte}")
            onglet.setAccessibleName(f"{nom} : {compte}")

    def _toggled(self, rang: int, coche: bool) -> None:
        """Tell which tab is chosen; a screen reader checks it without a click."""
        if coche:
            self.chosen.emit(rang)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt
        """Go to the first or the last tab; arrows are the buttons' own."""
        bouts = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(self._noms) - 1}
        rang = bouts.get(Qt.Key(event.key()))
        if rang is None:
            super().keyPressEvent(event)
            return
        self.buttons[rang].setFocus(Qt.FocusReason.TabFocusReason)
        self.buttons[rang].click()


class Tag(QPushButton):
    """A filter in force: a click, Entrée, Espace or Suppr takes it off."""

    def __init__(self, texte: str, retirer: Callable[[], object]) -> None:
        court = texte if len(texte) <= _CARACTERES_MAX else texte[: _CARACTERES_MAX - 1] + "…"
        super().__init__(court.replace("&", "&&") + "  ✕")
        self._retirer = retirer
        self.setProperty("role", "etiquette")
        self.setAutoDefault(False)
        self.setAccessibleName(f"Retirer le filtre {texte}")
        self.setToolTip(bulle(f"{texte}\nRetirer (Suppr)"))
        self.clicked.connect(lambda *_: retirer())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt
        """Take the filter off."""
        if event.key() in (*_RETIRER, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._retirer()
        else:
            super().keyPressEvent(event)


class TagBar(QWidget):
    """The filters in force, and the way to be rid of them all; nothing when there is none."""

    removed = Signal(object)
    cleared = Signal()
    emptied = Signal()
    """The focus was on the last tag, and must go elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Filtres en vigueur")
        self._ligne = Flow(self, espace=8)
        self._etiquettes: list[Tag] = []
        self._tout = button("Retirer tous les filtres", self.cleared.emit, role="lien")
        self._ligne.addWidget(self._tout)
        self.setVisible(False)

    @property
    def tags(self) -> Sequence[Tag]:
        """Return the tags, in order."""
        return self._etiquettes

    def show_tags(self, etiquettes: Sequence[tuple[str, object]]) -> None:
        """Show tags, each a text and what ``removed`` gives when it is taken off; the focus stays in the bar."""
        avait = next((i for i, e in enumerate(self._etiquettes) if e.hasFocus()), None)
        if self._tout.hasFocus():
            avait = 0
        for ancienne in self._etiquettes:
            self._ligne.removeWidget(ancienne)
            ancienne.hide()
            ancienne.deleteLater()
        self._ligne.removeWidget(self._tout)
        self._etiquettes = [Tag(texte, self._removal(reste)) for texte, reste in etiquettes]
        for etiquette in (*self._etiquettes, self._tout):
            self._ligne.addWidget(etiquette)
            etiquette.show()
        self.setVisible(bool(etiquettes))
        self.updateGeometry()
        if avait is None:
            return
        if self._etiquettes:
            self._etiquettes[min(avait, len(self._etiquettes) - 1)].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.emptied.emit()

    def _removal(self, reste: object) -> Callable[[], None]:
        return lambda: self.removed.emit(reste)


class TickMenu(QMenu):
    """A menu that stays open while one ticks; a choice among several closes it."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 Qt
        """Tick and stay."""
        if not self._tick(self.actionAt(event.position().toPoint())):
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt
        """Tick and stay; Entrée too."""
        cles = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() not in cles or not self._tick(self.activeAction()):
            super().keyPressEvent(event)

    def add_tick(self, texte: str, coche: bool, changed: Callable[[bool], object]) -> QAction:
        """Add a line to tick; *changed* is told."""
        action = self.addAction(texte.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(coche)
        action.toggled.connect(changed)
        return action

    def _tick(self, action: QAction | None) -> bool:
        if action is None or not action.isCheckable() or not action.isEnabled() or action.actionGroup():
            return False
        action.trigger()
        return True


class MenuButton(QPushButton):
    """A button that opens a menu, made anew each time: ↓ opens it too."""

    def __init__(self, texte: str, remplir: Callable[[TickMenu], None], *, nom: str = "") -> None:
        super().__init__(texte)
        self.setAutoDefault(False)
        self.setAccessibleName(nom or texte.rstrip("…"))
        self._remplir = remplir
        self._menu = TickMenu(self)
        self._menu.setAccessibleName(self.accessibleName())
        self._menu.setToolTipsVisible(True)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt
        """Open the menu with ↓ and Entrée as with Espace."""
        if event.key() in _OUVRIR:
            self.showMenu()
        else:
            super().keyPressEvent(event)

    def filled_menu(self) -> TickMenu:
        """Return the menu as it would open now."""
        self._fill()
        return self._menu

    def _fill(self) -> None:
        self._menu.clear()
        for sous_menu in self._menu.findChildren(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly):
            sous_menu.deleteLater()
        self._remplir(self._menu)
