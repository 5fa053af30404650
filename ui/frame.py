"""How the window is laid out: menus, rail, the banner of a session that was cut above the pages, status bar."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.actions import Menu
from ui.commands import fill_recent
from ui.widgets.base import column, fill

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def lay_out(fenetre: MainWindow) -> None:
    """Put the parts of the window in their places."""
    actions = fenetre.actions_fenetre
    actions.fill(fenetre.menuBar())
    recentes = actions.menus[Menu.FICHIER].addMenu("Ouvrir récente")
    actions.menus[Menu.FICHIER].insertMenu(actions["campagne.demonstration"], recentes)
    recentes.aboutToShow.connect(partial(fill_recent, recentes, fenetre))
    actions.menus[Menu.PAGE].menuAction().setVisible(False)
    centre, pages = QWidget(), column(fenetre.reprise, fenetre.pile, espace=0)
    pages.setStretch(1, 1)
    ligne = QHBoxLayout(centre)
    fill(ligne, fenetre.rail, pages, espace=0)
    ligne.setStretch(1, 1)
    fenetre.setCentralWidget(centre)
    fenetre.setStatusBar(fenetre.etat)
    fenetre.setAcceptDrops(True)
    fenetre.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
