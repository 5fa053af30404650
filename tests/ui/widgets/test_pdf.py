from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from tests.ui.widgets.feuilles import pdf
from ui.services import Services
from ui.settings import Mode
from ui.theme import CLAIR
from ui.widgets.pdf import PdfView
from ui.widgets.pdf_pages import PdfWorker

TEXTE = [["Équipe mobile", "trois postes"], ["rien"], ["une équipe"], ["fin"]]


@pytest.fixture
def vue(qtbot: QtBot, services: Services) -> Iterator[PdfView]:
    view = PdfView(services.theme, services.reglages)
    qtbot.addWidget(view)
    view.resize(600, 500)
    view.show()
    yield view
    PdfWorker.shared().stop()


def ouvrir(qtbot: QtBot, vue: PdfView, octets: bytes, *, keep_place: bool = False) -> None:
    with qtbot.waitSignal(vue.opened):
        vue.set_document(octets, keep_place=keep_place)


def couleurs(vue: PdfView) -> set[str]:
    image = vue.canvas.viewport().grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}


def sombres(vue: PdfView) -> int:
    return sum(QColor(c).lightness() < 60 for c in couleurs(vue))


def test_the_first_page_is_drawn(qtbot: QtBot, vue: PdfView) -> None:
    ouvrir(qtbot, vue, pdf(TEXTE))
    qtbot.waitUntil(lambda: vue.pages.image(0, vue.canvas._pixels(0)) is not None)
    vue.canvas.clearFocus()
    assert sombres(vue) > 0
    assert (vue.page, vue.total.text()) == (1, "/ 4")


def test_sheets_have_their_size_before_they_are_drawn(qtbot: QtBot, vue: PdfView) -> None:
    ouvrir(qtbot, vue, pdf(TEXTE))
    avant = list(vue.canvas._places)
    assert vue.canvas.viewport().grab().toImage().pixelColor(300, 200).name() == "#ffffff"
    qtbot.waitUntil(lambda: vue.pages.image(0, vue.canvas._pixels(0)) is not None)
    assert vue.canvas._places == avant


def test_the_paper_stays_white_in_the_dark(qtbot: QtBot, services: Services, vue: PdfView) -> None:
    services.theme.set_mode(Mode.SOMBRE)
    ouvrir(qtbot, vue, pdf(TEXTE))
    assert vue.canvas.viewport().grab().toImage().pixelColor(300, 200).name() == "#ffffff"
    services.theme.set_mode(Mode.CLAIR)


def test_the_page_field_leads_to_a_page(qtbot: QtBot, vue: PdfView) -> None:
    ouvrir(qtbot, vue, pdf(TEXTE))
    vue.champ_page.setText("3")
    qtbot.keyClick(vue.champ_page, Qt.Key.Key_Return)
    assert vue.page == 3
    vue.champ_page.setText("99")
    qtbot.keyClick(vue.champ_page, Qt.Key.Key_Return)
    assert (vue.page, vue.champ_page.text()) == (4, "4")


def test_keys_scroll_and_zoom(qtbot: QtBot, services: Services, vue: PdfView) -> None:
    ouvrir(qtbot, vue, pdf(TEXTE))
    qtbot.keyClick(vue.canvas, Qt.Key.Key_End)
    assert vue.page == 4
    large = vue.canvas._places[0].width()
    qtbot.keyClicks(vue.canvas, "+")
    assert vue.canvas._places[0].width() > large
    assert (vue.page, services.reglages.texte("pdf/zoom")) == (4, vue.canvas.zoom)
    qtbot.keyClicks(vue.canvas, "0")
    assert (vue.canvas._places[0].width(), vue.zoom.currentText()) == (large, "Largeur")
    qtbot.keyClick(vue.canvas, Qt.Key.Key_Home)
    assert vue.page == 1


def test_a_whole_page_fits(qtbot: QtBot, vue: PdfView) -> None:
    ouvrir(qtbot, vue, pdf(TEXTE))
    vue.set_zoom("page")
    assert vue.canvas._places[0].height() <= vue.canvas.viewport().height()
    assert vue.canvas.step_zoom(1) == "50"


def test_the_zoom_is_remembered(qtbot: QtBot, services: Services, vue: PdfView) -> None:
    vue.set_zoom("150")
    autre = PdfView(services.theme, services.reglages)
    qtbot.addWidget(autre)
    assert (autre.canvas.zoom, autre.zoom.currentData()) == ("150", "150")


def test_search_counts_shows_and_goes_round(qtbot: QtBot, vue: PdfView) -> None:
    ouvrir(qtbot, vue, pdf(TEXTE))
    vue.focus_search()
    vue.search_field.setText("equipe")
    qtbot.waitUntil(lambda: vue.compte.text() == "1 sur 2")
    assert vue.page == 1
    qtbot.keyClick(vue.search_field, Qt.Key.Key_Return)
    assert (vue.compte.text(), vue.page) == ("2 sur 2", 3)
    assert CLAIR.preuve in couleurs(vue)
    qtbot.keyClick(vue.search_field, Qt.Key.Key_Return)
    assert vue.compte.text() == "1 sur 2"
    qtbot.keyClick(vue.search_field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert vue.compte.text() == "2 sur 2"


def test_a_search_without_result_says_so_and_closes(qtbot: QtBot, vue: PdfView) -> None:
    ouvrir(qtbot, vue, pdf(TEXTE))
    vue.focus_search()
    vue.search_field.setText("absent")
    qtbot.waitUntil(lambda: vue.compte.text() == "aucun résultat")
    qtbot.keyClick(vue.search_field, Qt.Key.Key_Escape)
    assert not vue.search_field.isVisible()
    assert vue.pages.hits == []


def test_another_state_of_the_document_keeps_page_zoom_and_search(qtbot: QtBot, vue: PdfView) -> None:
    ouvrir(qtbot, vue, pdf(TEXTE))
    vue.set_zoom("100")
    vue.go_to_page(3)
    vue.search_field.setText("equipe")
    qtbot.waitUntil(lambda: vue.compte.text() == "2 sur 2")
    place = vue.canvas.verticalScrollBar().value()
    ouvrir(qtbot, vue, pdf([*TEXTE, ["équipe"]]), keep_place=True)
    assert (vue.page, vue.canvas.verticalScrollBar().value(), vue.canvas.zoom) == (3, place, "100")
    qtbot.waitUntil(lambda: vue.compte.text() == "2 sur 3")
    ouvrir(qtbot, vue, pdf(TEXTE))
    assert vue.page == 1


def test_a_broken_document_is_said_in_its_place(qtbot: QtBot, vue: PdfView) -> None:
    with qtbot.waitSignal(vue.failed):
        vue.set_document(b"%PDF-1.7 puis plus rien")
    assert vue.message.isVisible()
    assert "abîmé" in vue.message.phrase.text()
    assert (vue.page, vue.champ_page.text(), vue.champ_page.isEnabled()) == (0, "", False)
    ouvrir(qtbot, vue, pdf(TEXTE))
    assert vue.canvas.isVisible()


def test_the_text_of_the_page_is_told_to_screen_readers(qtbot: QtBot, vue: PdfView) -> None:
    ouvrir(qtbot, vue, pdf(TEXTE))
    qtbot.waitUntil(lambda: vue.canvas.accessibleDescription() == "Page 1 sur 4. Équipe mobile trois postes")
    vue.go_to_page(3)
    qtbot.waitUntil(lambda: vue.canvas.accessibleDescription() == "Page 3 sur 4. une équipe")
