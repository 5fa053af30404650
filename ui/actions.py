"""Every action of the window in one table: menus, palette, tooltips and help are built from it."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from o2r_desktop.text import NBSP, NNBSP
from ui.settings import Mode
from ui.theme import TAILLES, Theme
from ui.widgets.base import key_text


class Menu(StrEnum):
    """The menus, from left to right; their values are what the bar shows."""

    FICHIER = "&Fichier"
    EDITION = "É&dition"
    ALLER = "A&ller à"
    PAGE = "&Page"
    AFFICHAGE = "&Affichage"
    AIDE = "Aid&e"

    @property
    def libelle(self) -> str:
        """Return the name without its underlined letter."""
        return self.value.replace("&", "")


class Quand(StrEnum):
    """When an action can be done."""

    TOUJOURS = "toujours"
    CAMPAGNE = "campagne"
    ECRITURE = "ecriture"
    ANNULABLE = "annulable"
    RETABLISSABLE = "retablissable"
    RECHERCHE = "recherche"


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """One action. ``aussi``: other keys that do it, for keyboards whose digits need Maj."""

    id: str
    texte: str
    menu: Menu
    touche: str = ""
    aussi: tuple[str, ...] = ()
    icone: str = ""
    quand: Quand = Quand.TOUJOURS
    sous_menu: str = ""
    cochable: bool = False
    trait: bool = False
    """Whether a line stands above it."""

    @property
    def touches(self) -> tuple[str, ...]:
        """Return every key that does it, the one that is shown first."""
        return (self.touche, *self.aussi) if self.touche else ()


def _fichier() -> Iterator[Definition]:
    f, c, e = Menu.FICHIER, Quand.CAMPAGNE, Quand.ECRITURE
    yield Definition(
        id="campagne.nouvelle", texte="Nouvelle campagne…", menu=f, touche="Ctrl+N", icone="folder-plus"
    )
    yield Definition(id="campagne.ouvrir", texte="Ouvrir…", menu=f, touche="Ctrl+O", icone="folder-open")
    yield Definition(id="campagne.demonstration", texte="Campagne de démonstration", menu=f, icone="play")
    yield Definition(
        id="importer", texte="Importer…", menu=f, touche="Ctrl+I", icone="download", quand=e, trait=True
    )
    yield Definition(
        id="campagne.sauvegarder", texte="Sauvegarder maintenant", menu=f, touche="Ctrl+Shift+S",
        icone="database-backup", quand=e,
    )  # fmt: skip
    yield Definition(
        id="campagne.dossier", texte="Ouvrir le dossier de la campagne", menu=f, icone="external-link", quand=c
    )
    yield Definition(id="campagne.fermer", texte="Fermer la campagne", menu=f, icone="x", quand=c)
    yield Definition(id="quitter", texte="Quitter", menu=f, touche="Ctrl+Q", trait=True)


def _edition() -> Iterator[Definition]:
    e = Menu.EDITION
    yield Definition(id="annuler", texte="Annuler", menu=e, touche="Ctrl+Z", icone="undo-2", quand=Quand.ANNULABLE)
    yield Definition(
        id="retablir", texte="Rétablir", menu=e, touche="Ctrl+Shift+Z", aussi=("Ctrl+Y",), icone="redo-2",
        quand=Quand.RETABLISSABLE,
    )  # fmt: skip
    yield Definition(
        id="rechercher", texte="Rechercher", menu=e, touche="Ctrl+F", icone="search", quand=Quand.RECHERCHE,
        trait=True,
    )  # fmt: skip
    yield Definition(id="phrases", texte="Mes phrases…", menu=e, icone="pencil", trait=True)


def _aller() -> Iterator[Definition]:
    a, c = Menu.ALLER, Quand.CAMPAGNE
    yield Definition(id="page.accueil", texte="Accueil", menu=a, touche="Alt+1", aussi=("Alt+&",), icone="house")
    yield Definition(
        id="page.dossiers", texte="Dossiers", menu=a, touche="Alt+2", aussi=("Alt+É",), icone="list-checks", quand=c
    )
    yield Definition(
        id="page.comparer", texte="Comparer", menu=a, touche="Alt+3", aussi=('Alt+"',), icone="scale", quand=c
    )
    yield Definition(
        id="page.comite", texte="Comité", menu=a, touche="Alt+4", aussi=("Alt+'",), icone="clipboard-list", quand=c
    )
    yield Definition(
        id="page.campagne", texte="Campagne", menu=a, touche="Alt+5", aussi=("Alt+(",), icone="settings", quand=c
    )
    yield Definition(id="tri", texte="Tri rapide", menu=a, icone="columns-3", quand=c, trait=True)
    yield Definition(id="planning", texte="Plan de travail", menu=a, icone="clipboard-list", quand=c)
    yield Definition(
        id="palette",
        texte="Trouver une action ou un dossier…",
        menu=a,
        touche="Ctrl+K",
        icone="command",
        trait=True,
    )


def _affichage() -> Iterator[Definition]:
    a = Menu.AFFICHAGE
    icones = {Mode.SYSTEME: "monitor", Mode.CLAIR: "sun", Mode.SOMBRE: "moon"}
    for mode in Mode:
        yield Definition(
            id=f"apparence.{mode.value}", texte=mode.libelle, menu=a, icone=icones[mode], sous_menu="Apparence",
            cochable=True,
        )  # fmt: skip
    yield Definition(
        id="contraste", texte="Contraste élevé", menu=a, icone="eye", sous_menu="Apparence", cochable=True,
        trait=True,
    )  # fmt: skip
    for taille in TAILLES:
        yield Definition(
            id=f"taille.{taille}", texte=f"{taille}{NNBSP}%", menu=a, sous_menu="Taille du texte", cochable=True
        )
    yield Definition(
        id="taille.plus", texte="Agrandir le texte", menu=a, touche="Ctrl++", aussi=("Ctrl+=",), icone="zoom-in"
    )
    yield Definition(id="taille.moins", texte="Réduire le texte", menu=a, touche="Ctrl+-", icone="zoom-out")
    yield Definition(
        id="taille.normale", texte="Taille normale", menu=a, touche="Ctrl+0", aussi=("Ctrl+À",), icone="type"
    )
    yield Definition(
        id="rail", texte="Barre de navigation", menu=a, touche="F9", icone="panel-left", cochable=True, trait=True
    )
    yield Definition(id="plein_ecran", texte="Plein écran", menu=a, touche="F11", icone="monitor", cochable=True)


def _aide() -> Iterator[Definition]:
    a = Menu.AIDE
    yield Definition(id="aide", texte="Aide de cette page", menu=a, touche="F1", icone="book-open")
    yield Definition(id="raccourcis", texte="Raccourcis clavier", menu=a, touche="Ctrl+F1", icone="keyboard")
    yield Definition(id="version", texte="Copier les informations de version", menu=a, icone="copy", trait=True)
    yield Definition(id="apropos", texte="À propos d’O2R Desktop", menu=a, icone="info")


DEFINITIONS = (*_fichier(), *_edition(), *_aller(), *_affichage(), *_aide())
"""Every action of the window, menu by menu; a page adds its own under «Page»."""


class Actions(QObject):
    """The actions themselves, each bound to what it does."""

    def __init__(self, fenetre: QWidget, theme: Theme, faire: Mapping[str, Callable[[], object]]) -> None:
        super().__init__(fenetre)
        self._theme = theme
        self._actions = {d.id: _action(d, fenetre, faire[d.id]) for d in DEFINITIONS}
        self.menus: dict[Menu, QMenu] = {}
        for prefixe in ("apparence.", "taille."):
            groupe = QActionGroup(self)
            for d in DEFINITIONS:
                if d.sous_menu and d.id.startswith(prefixe):
                    groupe.addAction(self._actions[d.id])
        fenetre.addActions(list(self._actions.values()))  # keys work with the menu bar hidden
        self.refresh_icons()
        theme.changed.connect(self.refresh_icons)

    def __getitem__(self, nom: str) -> QAction:
        """Return one action."""
        return self._actions[nom]

    def fill(self, barre: QMenuBar) -> None:
        """Make the menus of the bar."""
        sous_menus: dict[str, QMenu] = {}
        for menu in Menu:
            self.menus[menu] = barre.addMenu(menu.value)
        for d in DEFINITIONS:
            cible = self.menus[d.menu]
            if d.sous_menu:
                if d.sous_menu not in sous_menus:
                    sous_menus[d.sous_menu] = cible.addMenu(d.sous_menu)
                cible = sous_menus[d.sous_menu]
            if d.trait:
                cible.addSeparator()
            cible.addAction(self._actions[d.id])

    def enable(self, possibles: Container[Quand]) -> None:
        """Enable what can be done now."""
        for d in DEFINITIONS:
            self._actions[d.id].setEnabled(d.quand in possibles)

    def yield_keys(self, autres: Iterable[QAction]) -> None:
        """Leave the keys of the page's own actions to them, take back all the others."""
        prises = {touche.toString() for autre in autres for touche in autre.shortcuts()}
        for d in DEFINITIONS:
            gardees = [QKeySequence(t) for t in d.touches if QKeySequence(t).toString() not in prises]
            self._actions[d.id].setShortcuts(gardees)

    def check(self, nom: str, coche: bool = True) -> None:
        """Tick an action that can be."""
        self._actions[nom].setChecked(coche)

    def infobulle(self, nom: str) -> str:
        """Return what a button that does it says on hover: «Accueil (Alt+1)»."""
        return tip(self._actions[nom])

    def refresh_icons(self) -> None:
        """Paint the icons in the colours of the theme."""
        for d in DEFINITIONS:
            if d.icone:
                self._actions[d.id].setIcon(self._theme.icone(d.icone))


def plain(action: QAction) -> str:
    """Return the text of an action without its underlined letter nor «…»."""
    return action.text().partition("\t")[0].replace("&", "").removesuffix("…")


def keys(action: QAction) -> str:
    """Return the key of an action as French keyboards name it, «» when it has none."""
    return key_text(action.shortcut().toString()) or action.text().partition("\t")[2]


def tip(action: QAction) -> str:
    """Return the text of an action and its key."""
    touche = keys(action)
    return f"{plain(action)} ({touche})" if touche else plain(action)


def named_undo(mot: str, nom: str) -> str:
    """Return «Annuler : niveau de FIN-02», or the word alone when there is nothing to name."""
    return f"{mot}{NBSP}: {nom}" if nom else mot


def _action(definition: Definition, parent: QObject, faire: Callable[[], object]) -> QAction:
    action = QAction(definition.texte, parent)
    action.setObjectName(definition.id)
    action.setCheckable(definition.cochable)
    action.setShortcuts([QKeySequence(t) for t in definition.touches])
    action.triggered.connect(lambda *_: faire())
    return action
