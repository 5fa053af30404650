"""The shell: rail, menus, pages, status bar. Pages do the work; this shows one, then another."""

from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow

from o2r_desktop.text import NBSP
from ui import drops, memory
from ui.actions import Actions, Menu
from ui.bandeau_reprise import BandeauReprise
from ui.campagnes import Campagnes
from ui.commands import commands, possible, tick
from ui.frame import lay_out
from ui.pages.page import Page
from ui.rail import Rail
from ui.routes import Routes
from ui.services import Services
from ui.status import StatusBar
from ui.undo import UndoRedo
from ui.widgets.stack import Stack

P = TypeVar("P", bound=Page)
PAGES = {
    "accueil": ("ui.pages.accueil", "AccueilPage"),
    "dossiers": ("ui.pages.dossiers", "DossiersPage"),
    "comparer": ("ui.pages.comparer.page", "ComparerPage"),
    "comite": ("ui.pages.comite.page", "ComitePage"),
    "campagne": ("ui.pages.campagne", "CampagnePage"),
}
"""Where the class of each page of the rail is; it is imported at the first visit."""


class MainWindow(QMainWindow):
    """The one window."""

    page_changed = Signal(object, object)
    """The page that was in view (or None), the one that is."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services
        services.alertes.parent = self
        self._pages: dict[type[Page], Page] = {}
        self._perimees: set[Page] = set()
        self._perte_acceptee = False
        self._premiere = memory.last_page(services.reglages)
        self.pile = Stack()
        self.reprise = BandeauReprise(services)
        self.campagnes = Campagnes(self, services, self.leave)
        self.annulation = UndoRedo(self, services, page=lambda: self.page, leave=self.leave, say=self.say)
        self.actions_fenetre = Actions(self, services.theme, commands(self))
        self.rail = Rail(services.theme, self.actions_fenetre)
        self.etat = StatusBar(services, self.actions_fenetre)
        lay_out(self)
        self._routes = Routes(self)
        self._connect()
        memory.restore(self)
        self._tick()
        self.refresh()

    # --- start and end ------------------------------------------------------------------------------------

    def start(self, dossier: Path | None) -> None:
        """Show the window, then open a campagne when one is given."""
        if dossier is None:
            self.go("accueil")
        else:
            QTimer.singleShot(0, self, partial(self._open_first, dossier))
        self.show()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 Qt
        """Write what is typed, let work end, remember the window; stay open when text would be lost."""
        if not (self.leave() or self._perte_acceptee or self._accept_loss()):
            event.ignore()
        elif self.services.taches.busy:
            attend = self.campagnes.when_free(self.close)
            self._perte_acceptee = self._perte_acceptee and attend
            event.ignore()
        else:
            memory.remember(self, _souvenir(self.page))
            self.services.campagne.close()
            event.accept()

    def leave(self) -> bool:
        """Have the page in view write what is typed; return False when it could not."""
        page = self.page
        return page is None or page.leave()

    # --- pages --------------------------------------------------------------------------------------------

    @property
    def page(self) -> Page | None:
        """The page in view, None before the first."""
        page = self.pile.currentWidget()
        return page if isinstance(page, Page) else None

    def go(self, nom: str) -> None:
        """Show a page of the rail."""
        module, classe = PAGES[nom]
        self.show_page(getattr(import_module(module), classe))

    def show_page(self, classe: type[P]) -> P | None:
        """Show a page, made at its first visit; None when the present one must stay (a write failed)."""
        presente = self.page
        if presente is not None and type(presente) is not classe and not presente.leave():
            self.rail.set_current(_entree(presente))
            return None
        page = self._made(classe)
        self.pile.setCurrentWidget(page)
        self.rail.set_current(_entree(page))
        if page in self._perimees:
            self._perimees.discard(page)
            page.refresh()
        self._take_page_actions(page)
        self.refresh()
        page.enter()
        if page is not presente:
            self.page_changed.emit(presente, page)
        return page

    def built(self, classe: type[P]) -> P | None:
        """Return a page when it was visited already."""
        page = self._pages.get(classe)
        return page if isinstance(page, classe) else None

    def page_actions(self) -> list[QAction]:
        """Return the actions of the page in view."""
        return list(self.page.page_actions()) if self.page is not None else []

    def say(self, texte: str) -> None:
        """Tell something that goes away by itself."""
        self.etat.say(texte)

    @property
    def reading(self) -> bool:
        """Whether the page is shown alone."""
        return self.etat.isHidden()

    def set_reading(self, lecture: bool) -> None:
        """Show the page alone, or bring back the rail, the menus and the status bar."""
        self.menuBar().setVisible(not lecture)
        self.etat.setVisible(not lecture)
        self.rail.setVisible(not lecture and self.actions_fenetre["rail"].isChecked())

    def refresh(self) -> None:
        """Enable what can be done now, name what would be undone, say where the user is."""
        campagne = self.services.campagne
        self.actions_fenetre.enable(possible(campagne, searchable=hasattr(self.page, "focus_search")))
        self.annulation.name(self.actions_fenetre)
        for nom in PAGES.keys() - {"accueil"}:
            self.rail.set_reachable(nom, campagne.is_open)
        lieu = self.page.titre if self.page is not None else ""
        self.setWindowTitle(f"{lieu}{NBSP}— {campagne.dossier.name}" if campagne.is_open else lieu)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 Qt
        """Take a campagne or exports, nothing else."""
        drops.welcome(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 Qt
        """Open the campagne, or import the exports."""
        drops.receive(event, self.campagnes.open, self.services.navigation.import_files)

    def _connect(self) -> None:
        campagne, theme = self.services.campagne, self.services.theme
        self.rail.page_chosen.connect(self.go)
        campagne.history.changed.connect(self.refresh)
        for signal in (campagne.opened, campagne.closed, campagne.suivi_loaded):
            signal.connect(self._campagne_changed)
        campagne.opened.connect(self._opened)
        campagne.closed.connect(self._closed)
        theme.changed.connect(self._tick)

    def _open_first(self, dossier: Path) -> None:
        self.campagnes.open(dossier)
        if self.page is None:
            self.go("accueil")

    def _opened(self) -> None:
        premiere, self._premiere = self._premiere, ""
        depart = self.page is None
        if depart and premiere == memory.DOSSIER:
            self.services.navigation.resume()
            if self.page is not None:
                return
        self.go(premiere if depart and premiere in PAGES else "accueil")

    def _closed(self) -> None:
        self.go("accueil")

    def _campagne_changed(self) -> None:
        self._perimees = set(self._pages.values())
        if self.page is not None:
            self._perimees.discard(self.page)
            self.page.refresh()
        self.refresh()

    def _made(self, classe: type[P]) -> P:
        page = self.built(classe)
        if page is None:
            page = classe(self.services)
            self._pages[classe] = page
            self._perimees.add(page)
            self.pile.addWidget(page)
        return page

    def _take_page_actions(self, page: Page) -> None:
        siennes = self.page_actions()
        menu = self.actions_fenetre.menus[Menu.PAGE]
        menu.clear()
        menu.addActions(siennes)
        menu.menuAction().setVisible(bool(siennes))
        self.actions_fenetre.yield_keys([*siennes, *page.actions()])

    def _accept_loss(self) -> bool:
        self._perte_acceptee = self.services.alertes.ask(
            "Texte non enregistré",
            "Ce que vous venez d’écrire n’a pas pu être enregistré. Fermer maintenant le perdrait.",
            oui="Fermer sans enregistrer",
            non="Rester",
            danger=True,
        )
        return self._perte_acceptee

    def _tick(self) -> None:
        tick(self.actions_fenetre, self.services.theme, self.services.reglages.mode)


def _souvenir(page: Page | None) -> str:
    """Return the page to open again."""
    if page is None:
        return ""
    return memory.DOSSIER if page.nom == memory.DOSSIER else _entree(page)


def _entree(page: Page) -> str:
    """Return the entry of the rail that a page belongs to."""
    return page.nom if page.nom in PAGES else "dossiers"
