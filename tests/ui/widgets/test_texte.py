from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from o2r_desktop.text import NBSP, NNBSP
from ui.widgets.texte import AutoText


@pytest.fixture
def texte(qtbot: QtBot) -> Iterator[AutoText]:
    hote = QWidget()
    champ = AutoText("Commentaire")
    corps = QVBoxLayout(hote)
    corps.addWidget(champ)
    corps.addWidget(QLineEdit())
    corps.addStretch(1)
    qtbot.addWidget(hote)
    hote.resize(400, 600)
    hote.show()
    champ.setFocus()
    yield champ
    hote.hide()


def test_tells_within_a_second_of_the_last_key(texte: AutoText, qtbot: QtBot) -> None:
    with qtbot.waitSignal(texte.edited, timeout=1500):
        qtbot.keyClicks(texte, "Bien")
    assert texte.dirty
    texte.mark_saved(texte.text())
    assert not texte.dirty


def test_tells_when_the_field_is_left(texte: AutoText, qtbot: QtBot) -> None:
    dits: list[str] = []
    texte.edited.connect(lambda: dits.append("edited"))
    texte.left.connect(lambda: dits.append("left"))
    qtbot.keyClicks(texte, "Bien")
    texte.window().findChild(QLineEdit).setFocus()
    assert dits == ["edited", "left"]


def test_what_was_typed_since_is_still_to_write(texte: AutoText) -> None:
    texte.insertPlainText("Bien")
    texte.insertPlainText(" vu")
    texte.mark_saved("Bien")
    assert texte.dirty


def test_a_text_brought_back_to_what_it_was_is_not_to_write(texte: AutoText) -> None:
    texte.set_text("Bien")
    texte.selectAll()
    texte.insertPlainText("Bien")
    assert not texte.dirty


@pytest.mark.parametrize(
    "mots",
    [
        f"L’avis{NBSP}: «{NNBSP}oui{NNBSP}»",
        "ligne 1\nligne 2\n\nligne 4",
        "نص من اليمين إلى اليسار",
        "😀 œuvre",
        "a\tb",
    ],
)
def test_words_of_any_kind_come_back_as_they_were(texte: AutoText, mots: str) -> None:
    texte.set_text(mots)
    assert texte.text() == mots
    assert not texte.dirty


def test_paste_keeps_words_only(texte: AutoText) -> None:
    presse = QMimeData()
    presse.setHtml("<b>Gras</b>")
    presse.setText("Gras\x07\r\net \u202eenvers")
    texte.insertFromMimeData(presse)
    assert texte.text() == "Gras\net envers"


def test_grows_with_its_content_then_scrolls(texte: AutoText) -> None:
    vide = texte.height()
    texte.set_text("\n" * 7)
    huit = texte.height()
    assert vide < huit
    assert texte.verticalScrollBar().maximum() == 0
    texte.set_text("\n" * 200)
    assert huit < texte.height() < 3 * huit


def test_counts_a_long_text(texte: AutoText) -> None:
    texte.set_text("é" * 2000)
    assert texte._compte.isHidden()
    texte.set_text("é" * 40_000)
    assert texte._compte.text() == f"40{NNBSP}000{NBSP}caractères"
    assert len(texte.text()) == 40_000
