"""The outline: keyboard, mouse, folding."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.models.plan import GRILLE, PIECES, Genre
from ui.navigation import Onglet
from ui.pages.dossier.plan import PlanView
from ui.services import Services


@pytest.fixture
def vue(services_demo: Services, qtbot: QtBot) -> PlanView:
    vue = PlanView(services_demo)
    qtbot.addWidget(vue)
    vue.resize(260, 640)
    vue.show()
    vue.show_dossier(services_demo.campagne.session.grille, services_demo.campagne.complet(25000103))
    vue.show_critere("FIN-02")
    return vue


def deplie(vue: PlanView, genre: Genre, cle: str) -> bool:
    return vue.isExpanded(vue.modele.find(genre, cle))


def test_the_open_critere_is_in_view_and_its_section_alone_is_unfolded(vue: PlanView) -> None:
    index = vue.modele.find(Genre.CRITERE, "FIN-02")
    assert vue.modele.courant == "FIN-02"
    assert vue.currentIndex() == index
    assert vue.viewport().rect().contains(vue.visualRect(index))
    vue.show_critere("CRE-01")
    assert deplie(vue, Genre.SECTION, "CRE")
    assert not deplie(vue, Genre.SECTION, "FIN")
    assert deplie(vue, Genre.GROUPE, GRILLE)
    assert not deplie(vue, Genre.GROUPE, PIECES)


def test_arrows_move_and_entree_opens(vue: PlanView, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(vue.critere_chosen):
        qtbot.keyClick(vue, Qt.Key.Key_Down)
    with qtbot.waitSignal(vue.critere_chosen) as choisi:
        qtbot.keyClick(vue, Qt.Key.Key_Return)
    assert choisi.args == ["FIN-03"]
    vue.setCurrentIndex(vue.modele.find(Genre.SECTION, "TER"))
    qtbot.keyClick(vue, Qt.Key.Key_Return)
    assert deplie(vue, Genre.SECTION, "TER")
    qtbot.keyClick(vue, Qt.Key.Key_Return)
    assert not deplie(vue, Genre.SECTION, "TER")
    with qtbot.assertNotEmitted(vue.critere_chosen):
        qtbot.keyClick(vue, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_parts_pieces_and_tabs_are_chosen_with_a_click(vue: PlanView, qtbot: QtBot) -> None:
    partie = vue.modele.find(Genre.PARTIE, "Budget")
    vue.scrollTo(partie)
    with qtbot.waitSignal(vue.partie_chosen) as choisie:
        qtbot.mouseClick(vue.viewport(), Qt.MouseButton.LeftButton, pos=vue.visualRect(partie).center())
    assert choisie.args == ["Budget"]
    vue.expand(vue.modele.find(Genre.GROUPE, PIECES))
    vue.setCurrentIndex(vue.modele.find(Genre.PIECE, "4"))
    with qtbot.waitSignal(vue.piece_chosen) as piece:
        qtbot.keyClick(vue, Qt.Key.Key_Return)
    assert piece.args == [4]
    vue.setCurrentIndex(vue.modele.find(Genre.ONGLET, Onglet.NOTE))
    with qtbot.waitSignal(vue.onglet_chosen) as onglet:
        qtbot.keyClick(vue, Qt.Key.Key_Enter)
    assert onglet.args == ["note"]


def test_what_is_folded_stays_so_from_dossier_to_dossier(services_demo: Services, vue: PlanView) -> None:
    vue.expand(vue.modele.find(Genre.GROUPE, PIECES))
    vue.show_dossier(services_demo.campagne.session.grille, services_demo.campagne.complet(25000104))
    assert deplie(vue, Genre.GROUPE, PIECES)
    vue.show_critere("REC-01")
    assert deplie(vue, Genre.SECTION, "REC")


def test_rows_grow_with_the_text(services_demo: Services, vue: PlanView) -> None:
    index = vue.modele.find(Genre.CRITERE, "FIN-02")
    assert vue.visualRect(index).height() == 28
    services_demo.theme.set_taille(200)
    try:
        assert vue.itemDelegate().sizeHint(None, index).height() > 28  # type: ignore[arg-type]
    finally:
        services_demo.theme.set_taille(100)
