from collections import Counter

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from ui.actions import DEFINITIONS, Actions, Menu, Quand, keys, named_undo, plain, tip
from ui.main_window import MainWindow
from ui.services import Services


def test_no_two_actions_share_a_key() -> None:
    touches = Counter(QKeySequence(t).toString() for d in DEFINITIONS for t in d.touches)
    assert [t for t, fois in touches.items() if fois > 1] == []
    assert "" not in touches


def test_ids_are_unique_and_texts_are_not_twice_in_one_menu() -> None:
    assert len({d.id for d in DEFINITIONS}) == len(DEFINITIONS)
    assert len({(d.menu, d.sous_menu, d.texte) for d in DEFINITIONS}) == len(DEFINITIONS)


def test_letters_of_the_menus_are_all_different() -> None:
    lettres = [m.value[m.value.index("&") + 1].casefold() for m in Menu]
    assert len(set(lettres)) == len(lettres)


def contenues(menu: QMenu) -> set[str]:
    noms: set[str] = set()
    for action in menu.actions():
        sous_menu = action.menu()
        noms |= contenues(sous_menu) if isinstance(sous_menu, QMenu) else {action.objectName()}
    return noms


def test_every_action_is_in_a_menu_with_its_icon(services: Services) -> None:
    fenetre = MainWindow(services)
    dans_les_menus = set().union(*(contenues(menu) for menu in fenetre.actions_fenetre.menus.values()))
    assert {d.id for d in DEFINITIONS} <= dans_les_menus
    assert [d.id for d in DEFINITIONS if d.icone and fenetre.actions_fenetre[d.id].icon().isNull()] == []


def test_a_page_takes_a_key_and_gives_it_back(services: Services) -> None:
    fenetre = QWidget()
    actions = Actions(fenetre, services.theme, {d.id: lambda: None for d in DEFINITIONS})
    lecture = QAction("Mode lecture")
    lecture.setShortcut("F11")
    actions.yield_keys([lecture])
    assert actions["plein_ecran"].shortcuts() == []
    assert keys(actions["page.accueil"]) == "Alt+1"
    actions.yield_keys([])
    assert keys(actions["plein_ecran"]) == "F11"


def test_what_cannot_be_done_is_disabled(services: Services) -> None:
    fenetre = QWidget()
    actions = Actions(fenetre, services.theme, {d.id: lambda: None for d in DEFINITIONS})
    actions.enable({Quand.TOUJOURS})
    assert not actions["importer"].isEnabled()
    assert actions["quitter"].isEnabled()
    actions.enable({Quand.TOUJOURS, Quand.ECRITURE})
    assert actions["importer"].isEnabled()


def test_icons_follow_the_theme(services: Services) -> None:
    fenetre = QWidget()
    actions = Actions(fenetre, services.theme, {d.id: lambda: None for d in DEFINITIONS})
    avant = actions["importer"].icon().cacheKey()
    services.theme.changed.emit()
    assert actions["importer"].icon().cacheKey() != avant


def test_words_of_an_action() -> None:
    action = QAction("&Importer…")
    action.setShortcut("Ctrl+Shift+S")
    assert (plain(action), keys(action), tip(action)) == ("Importer", "Ctrl+Maj+S", "Importer (Ctrl+Maj+S)")
    assert named_undo("Annuler", "niveau de FIN-02") == "Annuler\u00a0: niveau de FIN-02"
    assert named_undo("Annuler", "") == "Annuler"
