"""The graph of bodies: rows, keys, what is told."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetricsF
from pytestqt.qtbot import QtBot

from ui.services import Services
from ui.widgets.graphe import Boite, GrapheView, Trait, two_lines


def boite(cle: str, couche: int, **plus: bool) -> Boite:
    return Boite(cle=cle, nom=f"Organisme {cle}", mention="membre", couche=couche, dite=f"{cle} entier", **plus)


@pytest.fixture
def graphe(services: Services, qtbot: QtBot) -> GrapheView:
    vue = GrapheView(services.theme, "Graphe")
    qtbot.addWidget(vue)
    vue.resize(560, 400)
    vue.show_graph(
        [boite("chef", 0, forte=True), *(boite(n, 1) for n in "abcde"), boite("loin", 2, lointaine=True)],
        [Trait(de="chef", vers="a", plein=True), Trait(de="loin", vers="a", plein=False),
         Trait(de="a", vers="b", plein=False), Trait(de="chef", vers="absent", plein=True)],
    )  # fmt: skip
    vue.show()
    vue.activateWindow()
    vue.setFocus()
    qtbot.waitUntil(vue.hasFocus)
    return vue


def test_boxes_stand_in_layers_and_never_overlap(graphe: GrapheView) -> None:
    places = [graphe.place(b.cle) for b in graphe._boites]
    assert not any(a.intersects(b) for i, a in enumerate(places) for b in places[i + 1 :])
    assert graphe.place("chef").bottom() < graphe.place("a").top()
    assert graphe.place("e").bottom() < graphe.place("loin").top()
    assert all(place.left() >= 0 and place.right() <= graphe.width() for place in places)
    assert graphe.heightForWidth(560) > graphe.place("loin").bottom()
    assert graphe.heightForWidth(260) > graphe.heightForWidth(560)
    assert not graphe.grab().isNull()


def test_arrows_go_from_box_to_box_and_entree_activates(graphe: GrapheView, qtbot: QtBot) -> None:
    assert graphe.choisie == "chef"
    qtbot.keyClick(graphe, Qt.Key.Key_Right)
    assert graphe.choisie == "a"
    assert graphe.accessibleDescription() == "a entier"
    for touche, attendue in (
        (Qt.Key.Key_End, "loin"), (Qt.Key.Key_Right, "loin"), (Qt.Key.Key_Home, "chef"), (Qt.Key.Key_Up, "chef"),
    ):  # fmt: skip
        qtbot.keyClick(graphe, touche)
        assert graphe.choisie == attendue
    qtbot.keyClick(graphe, Qt.Key.Key_Down)
    assert graphe.choisie in "abcde"
    with qtbot.waitSignal(graphe.activated) as active:
        qtbot.keyClick(graphe, Qt.Key.Key_Return)
    assert active.args == [graphe.choisie]


def test_a_click_chooses_and_a_double_click_activates(graphe: GrapheView, qtbot: QtBot) -> None:
    ou = graphe.place("b").center().toPoint()
    with qtbot.waitSignal(graphe.chosen):
        qtbot.mouseClick(graphe, Qt.MouseButton.LeftButton, pos=ou)
    assert graphe.choisie == "b"
    with qtbot.waitSignal(graphe.activated):
        qtbot.mouseDClick(graphe, Qt.MouseButton.LeftButton, pos=ou)
    qtbot.mouseClick(graphe, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert graphe.choisie == "b"


def test_an_empty_graph_is_still(graphe: GrapheView, qtbot: QtBot) -> None:
    graphe.show_graph([], [])
    qtbot.keyClick(graphe, Qt.Key.Key_Right)
    assert graphe.choisie == ""
    assert not graphe.grab().isNull()


def test_a_long_name_takes_two_lines_and_no_more(graphe: GrapheView) -> None:
    mesure = QFontMetricsF(graphe.font())
    assert two_lines("Coop", mesure, 200) == ["Coop"]
    longues = two_lines("Association pour la remobilisation des jeunes du bocage et de la côte", mesure, 120)
    assert len(longues) == 2
    assert longues[1].endswith("…")
