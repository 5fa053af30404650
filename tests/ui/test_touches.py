"""The keyboard map: no key means two things in the same place."""

from collections import Counter

from PySide6.QtGui import QAction, QKeySequence, QShortcut
from pytestqt.qtbot import QtBot

from ui.actions import DEFINITIONS
from ui.pages.dossier.page import DossierPage
from ui.services import Services

CEDEES = {"F11", "Ctrl+F"}
"""Keys that the window leaves to the page of a dossier."""


def test_no_key_of_a_dossier_means_two_things(qtbot: QtBot, services_demo: Services) -> None:
    page = DossierPage(services_demo)
    qtbot.addWidget(page)
    actions = [s.toString() for a in page.actions() for s in a.shortcuts()]
    partout = [*actions, *(r.key().toString() for r in page.findChildren(QShortcut) if r.parent() is page)]
    assert [t for t, n in Counter(partout).items() if n > 1] == []
    for raccourci in page.findChildren(QShortcut):
        if raccourci.parent() is not page:
            assert raccourci.key().toString() not in partout, raccourci.parent()
    for action in page.findChildren(QAction):
        if action not in page.actions():
            assert not {s.toString() for s in action.shortcuts()} & set(partout), action.text()
    de_la_fenetre = {QKeySequence(t).toString() for d in DEFINITIONS for t in d.touches}
    assert de_la_fenetre & set(partout) == CEDEES


def test_no_key_of_the_window_means_two_things() -> None:
    touches = [QKeySequence(t).toString() for d in DEFINITIONS for t in d.touches]
    assert [t for t, n in Counter(touches).items() if n > 1] == []
