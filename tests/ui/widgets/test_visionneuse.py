"""The viewer: each kind in its way, at the place where it was left."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from o2r_desktop.imports.natures import examiner
from tests.ui.pages.dossier.pieces_recues import image
from tests.ui.widgets.feuilles import chiffre, pdf
from ui.services import Services
from ui.widgets.pdf_reading import PictureReading
from ui.widgets.visionneuse import Visionneuse


@pytest.fixture
def vue(qtbot: QtBot, services: Services) -> Iterator[Visionneuse]:
    vue = Visionneuse(services.theme, services.reglages, services.taches.start)
    qtbot.addWidget(vue)
    vue.resize(640, 560)
    vue.show()
    yield vue
    vue.clear()


def montrer(vue: Visionneuse, chemin: Path, octets: bytes, nom: str = "", page: int = 0) -> None:
    chemin.write_bytes(octets)
    vue.show_piece(nom or chemin.name, nom or chemin.name, examiner(chemin, nom or chemin.name), page=page)


def test_a_pdf_opens_at_the_page_that_was_asked(vue: Visionneuse, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(vue.page_changed):
        montrer(vue, tmp_path / "a.pdf", pdf([["a"]] * 9), page=6)
    assert vue.page == 6
    assert vue.pdf.total.text() == "/ 9"
    qtbot.waitUntil(lambda: vue.pdf.pages.image(5, 0) is not None)
    vue.go_to(2)
    assert vue.page == 2


def test_page_and_size_come_back_with_the_piece(vue: Visionneuse, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(vue.page_changed):
        montrer(vue, tmp_path / "a.pdf", pdf([["a"]] * 9))
    vue.pdf.set_zoom("150")
    vue.go_to(4)
    montrer(vue, tmp_path / "b.txt", "Été".encode())
    assert (vue.page, vue.texte.toPlainText(), vue.texte.isReadOnly()) == (0, "Été", True)
    vue.pdf.set_zoom("page")
    with qtbot.waitSignal(vue.page_changed):
        montrer(vue, tmp_path / "a.pdf", pdf([["a"]] * 9))
    assert (vue.page, vue.pdf.taille) == (4, "150")


def test_keys_turn_pages_zoom_and_reach_the_field(vue: Visionneuse, tmp_path: Path, qtbot: QtBot) -> None:
    vue.activateWindow()
    qtbot.waitUntil(vue.isActiveWindow)
    with qtbot.waitSignal(vue.page_changed):
        montrer(vue, tmp_path / "a.pdf", pdf([["a"]] * 9))
    vue.pdf.set_zoom("page")
    vue.focus_first()
    assert vue.pdf.canvas.hasFocus()
    qtbot.keyClick(vue.pdf.canvas, Qt.Key.Key_PageDown)
    assert vue.page == 2
    vue.pdf.canvas.zoom_asked.emit("125")
    assert vue.pdf.taille == "125"
    qtbot.keyClick(vue.pdf.canvas, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert vue.pdf.champ_page.hasFocus()
    qtbot.keyClicks(vue.pdf.champ_page, "7")
    qtbot.keyClick(vue.pdf.champ_page, Qt.Key.Key_Return)
    assert vue.page == 7
    assert vue.pdf.canvas.hasFocus()


@pytest.mark.parametrize(
    ("octets", "mot"),
    [(chiffre(pdf([["a"]])), "mot de passe"), (b"%PDF-1.7 rien", "abîmé")],
    ids=["chiffre", "casse"],
)
def test_a_pdf_that_cannot_be_shown_is_said(
    vue: Visionneuse, tmp_path: Path, qtbot: QtBot, octets: bytes, mot: str
) -> None:
    with qtbot.waitSignal(vue.failed) as dit:
        montrer(vue, tmp_path / "a.pdf", octets)
    assert mot in dit.args[0]
    assert vue.pdf.message.isVisible()
    assert vue.page == 0


def test_a_picture_is_one_page_named_for_screen_readers(vue: Visionneuse, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(vue.page_changed):
        montrer(vue, tmp_path / "vue.jpg", image(640, 400), "vue.jpg")
    assert vue.pdf.pages.total == 1
    assert vue.pdf.canvas.accessibleName() == "Image de vue.jpg"
    assert not vue.pdf._chercher.isVisible()
    qtbot.waitUntil(lambda: vue.pdf.pages.image(0, 0) is not None)


def test_a_broken_picture_is_said(vue: Visionneuse, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(vue.failed) as dit:
        montrer(vue, tmp_path / "a.png", image()[:60])
    assert "abîmée" in dit.args[0]


def test_a_large_picture_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chemin = tmp_path / "a.png"
    chemin.write_bytes(image(300, 200))
    assert PictureReading(chemin).sizes == ((225, 150),)
    monkeypatch.setattr("ui.widgets.pdf_reading._PIXELS_LUS", 50_000)
    with pytest.raises(Exception, match="trop grande"):
        PictureReading(chemin)


def test_a_picture_beyond_the_most_is_read_smaller(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chemin = tmp_path / "a.png"
    chemin.write_bytes(image(300, 200))
    monkeypatch.setattr("ui.widgets.pdf_reading.PIXELS_MAX", 15_000)
    lue = PictureReading(chemin).render(0, 1000)
    assert lue.width() * lue.height() <= 15_000


def test_what_is_not_shown_has_its_card_and_its_warning(vue: Visionneuse, tmp_path: Path) -> None:
    vue.fiche.dire("a.exe", "", [("Genre", "<b>programme</b>")])
    montrer(vue, tmp_path / "a.exe", b"MZ\x90" + bytes(50))
    assert vue.fiche.isVisible()
    assert "jamais ouvert" in vue.avis.texte.text()
    montrer(vue, tmp_path / "b.txt", b"a" * 10)
    assert not vue.avis.isVisible()
    vue.clear()
    assert (vue.cle, vue.page) == ("", 0)
