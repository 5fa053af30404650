"""Passages chosen on the sheets, by the mouse and by the keyboard; marks over them."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.widgets.feuilles import pdf
from ui.services import Services
from ui.theme import CLAIR
from ui.widgets.pdf import PdfView
from ui.widgets.pdf_pages import PdfWorker
from ui.widgets.pdf_selection import Selecteur
from ui.widgets.selection import Marque

MAJ, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
GAUCHE = Qt.MouseButton.LeftButton
TEXTE = [["Total fonds propres", "fonds propres 201 765 euros", "fin"], ["suite"], []]


@pytest.fixture
def vue(qtbot: QtBot, services: Services) -> Iterator[PdfView]:
    view = PdfView(services.theme, services.reglages)
    qtbot.addWidget(view)
    view.resize(700, 560)
    view.show()
    with qtbot.waitSignal(view.opened):
        view.set_document(pdf(TEXTE))
    view.pages.want_letters(0)
    qtbot.waitUntil(lambda: view.pages.letters(0) is not None)
    yield view
    PdfWorker.shared().stop()


def ou(vue: PdfView, mot: str, *, fin: bool = False, page: int = 0) -> QPoint:
    """Return the point of the view where a word begins, or ends."""
    texte = vue.pages.letters(page)
    assert texte is not None
    debut = texte._texte.index(mot)
    gauche, haut, droite, bas = texte.boite(debut + len(mot) - 1 if fin else debut)
    feuille = vue.canvas._places[page].translated(-vue.canvas._offset())
    x = (droite - 0.001 if fin else gauche + 0.001) * feuille.width() + feuille.left()
    return QPointF(x, (haut + bas) / 2 * feuille.height() + feuille.top()).toPoint()


def glisser(
    vue: PdfView, de: QPoint, a: QPoint, avec: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    port = vue.canvas.viewport()
    QTest.mousePress(port, GAUCHE, avec, de)
    for point in (de + QPoint(6, 0), a):
        QTest.mouseMove(port, point)
    QTest.mouseRelease(port, GAUCHE, avec, a)


def choisi(vue: PdfView) -> str:
    return vue.selection.texte if vue.selection is not None else ""


def test_a_drag_chooses_words_in_the_order_of_reading(qtbot: QtBot, vue: PdfView) -> None:
    with qtbot.waitSignal(vue.selection_changed):
        glisser(vue, ou(vue, "fonds"), ou(vue, "765", fin=True))
    assert choisi(vue) == "fonds propres\nfonds propres 201 765"
    assert vue.selection is not None
    assert (vue.selection.page, len(vue.selection.zones)) == (1, 2)
    gauche, haut, droite, bas = vue.selection.zones[0]
    assert 0 < gauche < droite < 1 > bas > haut > 0
    image = vue.canvas.viewport().grab().toImage()
    assert CLAIR.preuve in {image.pixelColor(x, ou(vue, "201").y()).name() for x in range(image.width())}
    qtbot.keyClick(vue.canvas, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == choisi(vue)
    qtbot.mouseClick(vue.canvas.viewport(), GAUCHE, pos=ou(vue, "fin") + QPoint(0, 120))
    assert vue.selection is None


def test_a_double_click_chooses_a_word_and_a_third_one_the_line(vue: PdfView) -> None:
    port, point = vue.canvas.viewport(), ou(vue, "propres 201")
    QTest.mouseDClick(port, GAUCHE, pos=point)
    assert choisi(vue) == "propres"
    QTest.mousePress(port, GAUCHE, pos=point)
    QTest.mouseRelease(port, GAUCHE, pos=point)
    assert choisi(vue) == "fonds propres 201 765 euros"


def test_maj_or_the_button_draws_a_zone_with_the_words_in_it(vue: PdfView) -> None:
    de, a = ou(vue, "Total") - QPoint(5, 12), ou(vue, "Total", fin=True) + QPoint(5, 8)
    glisser(vue, de, a, MAJ)
    assert vue.selection is not None
    assert (len(vue.selection.zones), choisi(vue)) == (1, "Total")
    vue._zone.click()
    glisser(vue, de, ou(vue, "euros", fin=True) + QPoint(5, 8))
    assert choisi(vue).startswith("Total fonds propres")
    vue.clear_selection()
    assert vue.selection is None


def test_a_page_without_words_is_drawn_on_at_once(qtbot: QtBot, vue: PdfView) -> None:
    vue.go_to_page(3)
    feuille = vue.canvas._places[2].translated(-vue.canvas._offset()).toRect()
    glisser(vue, feuille.topLeft() + QPoint(60, 90), feuille.topLeft() + QPoint(200, 150))
    qtbot.waitUntil(lambda: vue.selection is not None)
    assert vue.selection is not None
    assert (vue.selection.page, vue.selection.texte) == (3, "")
    assert vue.selection.zones[0][0] == pytest.approx(60 / feuille.width(), abs=0.01)


def test_the_keyboard_chooses_from_the_first_word_in_view(qtbot: QtBot, vue: PdfView) -> None:
    for touche, attendu in (
        (Qt.Key.Key_Right, "Total"),
        (Qt.Key.Key_Right, "Total fonds"),
        (Qt.Key.Key_Left, "Total"),
        (Qt.Key.Key_End, "Total fonds propres"),
        (Qt.Key.Key_Down, "Total fonds propres\nfonds propres 201"),
    ):
        qtbot.keyClick(vue.canvas, touche, MAJ)
        assert choisi(vue).startswith(attendu) if touche == Qt.Key.Key_Down else choisi(vue) == attendu
    qtbot.keyClick(vue.canvas, Qt.Key.Key_A, CTRL)
    assert choisi(vue).endswith("fin")
    qtbot.keyClick(vue.canvas, Qt.Key.Key_Escape)
    assert vue.selection is None


def test_a_zone_is_drawn_and_carried_with_the_arrows(qtbot: QtBot, vue: PdfView) -> None:
    vue._zone.click()
    qtbot.keyClick(vue.canvas, Qt.Key.Key_Down, MAJ)
    assert vue.selection is not None
    avant = vue.selection.zones[0]
    qtbot.keyClick(vue.canvas, Qt.Key.Key_Down, MAJ)
    qtbot.keyClick(vue.canvas, Qt.Key.Key_Right, CTRL)
    apres = vue.selection.zones[0]
    assert apres[3] > avant[3]
    assert (apres[0] - avant[0], apres[1]) == (pytest.approx(0.02), avant[1])


def test_leaving_the_search_or_entree_chooses_the_hit(qtbot: QtBot, vue: PdfView) -> None:
    vue.focus_search()
    vue.search_field.setText("propres 201")
    qtbot.waitUntil(lambda: vue.compte.text() == "1 sur 1")
    qtbot.keyClick(vue.canvas, Qt.Key.Key_Return)
    assert choisi(vue) == "propres 201"
    vue.clear_selection()
    qtbot.keyClick(vue.search_field, Qt.Key.Key_Escape)
    assert choisi(vue) == "propres 201"


def test_words_asked_with_a_page_are_looked_for(qtbot: QtBot, vue: PdfView) -> None:
    vue.search_words("suite")
    qtbot.waitUntil(lambda: vue.compte.text() == "1 sur 1")
    assert vue.page == 2


def test_a_mark_is_named_clicked_and_shown(qtbot: QtBot, vue: PdfView) -> None:
    zone = (0.1, 0.3, 0.5, 0.35)
    vue.show_marks([Marque(page=1, zones=(zone,), nom="FIN-02", courante=True), Marque(page=3, zones=(), nom="x")])
    feuille = vue.canvas._places[0].translated(-vue.canvas._offset())
    point = QPointF(feuille.left() + 0.2 * feuille.width(), feuille.top() + 0.32 * feuille.height()).toPoint()
    with qtbot.waitSignal(vue.mark_activated) as clic:
        qtbot.mouseClick(vue.canvas.viewport(), GAUCHE, pos=point)
    assert clic.args == [0]
    assert vue.canvas._marques.names_at(0, 0.2, 0.32) == "FIN-02"
    assert vue.canvas.viewport().grab().toImage().pixelColor(point).name() == CLAIR.preuve
    vue.go_to_zones(3, [(0.1, 0.9, 0.2, 0.95)])
    assert vue.page == 3
    assert vue.canvas._montre[0] == 2
    vue.canvas._eclair.timeout.emit()
    assert vue.canvas._montre[0] == -1


def test_another_document_forgets_what_was_chosen(qtbot: QtBot, vue: PdfView) -> None:
    vue.canvas.selecteur.select_zone(0, (0.1, 0.1, 0.2, 0.2))
    with qtbot.waitSignal(vue.opened):
        vue.set_document(pdf(TEXTE))
    assert vue.selection is None
    assert isinstance(vue.canvas.selecteur, Selecteur)
