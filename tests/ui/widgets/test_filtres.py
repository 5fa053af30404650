"""Search field, tabs, tags and menus that stay open, by themselves."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QToolButton
from pytestqt.qtbot import QtBot

from ui.services import Services
from ui.widgets.filtres import MenuButton, SearchField, Tabs, Tag, TagBar, TickMenu

Cle = Qt.Key


def field(services: Services, qtbot: QtBot) -> SearchField:
    champ = SearchField(services.theme, "Rechercher un mot…", nom="Rechercher", touche="Ctrl+F")
    qtbot.addWidget(champ)
    champ.resize(400, 32)
    champ.show()
    return champ


def test_the_key_is_shown_until_something_is_searched(services: Services, qtbot: QtBot) -> None:
    champ = field(services, qtbot)
    assert champ._touche.isVisible()
    assert not champ._effacer.isVisible()

    champ.setText("mot")
    assert not champ._touche.isVisible()
    champ._effacer.trigger()
    assert champ.text() == ""
    assert champ._touche.isVisible()


def test_buttons_inside_the_field_have_names(services: Services, qtbot: QtBot) -> None:
    champ = field(services, qtbot)
    noms = {b.accessibleName() for b in champ.findChildren(QToolButton)}

    assert noms == {"Rechercher", "Effacer la recherche"}


def test_the_field_leads_to_the_results(services: Services, qtbot: QtBot) -> None:
    champ = field(services, qtbot)
    for cle in (Cle.Key_Down, Cle.Key_Return):
        with qtbot.waitSignal(champ.descended):
            qtbot.keyClick(champ, cle)
    champ.setText("a")
    with qtbot.assertNotEmitted(champ.escaped):
        qtbot.keyClick(champ, Cle.Key_Escape)
    with qtbot.waitSignal(champ.escaped):
        qtbot.keyClick(champ, Cle.Key_Escape)


def test_tabs_tell_what_is_chosen_and_only_by_the_user(qtbot: QtBot) -> None:
    onglets = Tabs(["Tous", "À instruire"], "Étapes")
    qtbot.addWidget(onglets)
    onglets.count([38, 27])
    with qtbot.assertNotEmitted(onglets.chosen):
        onglets.choose(1)
    with qtbot.waitSignal(onglets.chosen) as choix:
        onglets.buttons[0].click()

    assert choix.args == [0]
    assert onglets.buttons[1].text().split() == ["À", "instruire", "27"]
    assert onglets.buttons[1].accessibleName().endswith("27")


def test_a_long_tag_is_cut_and_says_all(qtbot: QtBot) -> None:
    texte = "Département : " + ", ".join(["Loire-Atlantique (44)"] * 5) + " & autres"
    tag = Tag(texte, lambda: None)
    qtbot.addWidget(tag)

    assert len(tag.text()) < 60
    assert tag.text().endswith("…  ✕")
    assert texte in tag.toolTip()
    assert texte in tag.accessibleName()


def test_an_ampersand_is_shown(qtbot: QtBot) -> None:
    tag = Tag("A & B", lambda: None)
    qtbot.addWidget(tag)

    assert tag.text() == "A && B  ✕"


def test_a_tag_taken_off_gives_what_is_left(qtbot: QtBot) -> None:
    barre = TagBar()
    qtbot.addWidget(barre)
    barre.show_tags([("un", 1), ("deux", 2)])
    with qtbot.waitSignal(barre.removed) as retire:
        barre.tags[1].click()

    assert retire.args == [2]
    barre.show_tags([])
    assert barre.isHidden()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_menu_of_ticks_stays_open(qtbot: QtBot) -> None:
    dits: list[bool] = []
    menu = TickMenu()
    qtbot.addWidget(menu)
    action = menu.add_tick("Un & deux", False, dits.append)
    menu.popup(QPoint(10, 10))
    qtbot.waitUntil(menu.isVisible)
    ou = menu.actionGeometry(action).center()
    qtbot.mouseMove(menu, ou)
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=ou)
    menu.setActiveAction(action)
    qtbot.keyClick(menu, Cle.Key_Space)

    assert dits == [True, False]
    assert menu.isVisible()
    assert action.text() == "Un && deux"
    menu.hide()


def test_a_menu_is_made_anew_each_time(qtbot: QtBot) -> None:
    fois: list[int] = []

    def fill(menu: TickMenu) -> None:
        fois.append(1)
        menu.addMenu(TickMenu("sous", menu))
        menu.addAction(f"passage {len(fois)}")

    bouton = MenuButton("Filtrer…", fill)
    qtbot.addWidget(bouton)
    bouton.filled_menu()
    menu = bouton.filled_menu()

    assert [a.text() for a in menu.actions()] == ["sous", "passage 2"]
    assert bouton.accessibleName() == "Filtrer"
    assert isinstance(menu, QMenu)
