"""The search: what is found stands where it was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from o2r_desktop.text import normalise
from ui.services import Services
from ui.widgets.vue_texte import IndexTexte, VueTexte


def pris(texte: str, cherche: str) -> list[str]:
    """What is found, cut out of the text as Qt counts it."""
    octets = texte.encode("utf-16-le")
    return [octets[2 * e.debut : 2 * e.fin].decode("utf-16-le") for e in IndexTexte(texte).trouver(cherche)]


@pytest.mark.parametrize(
    ("texte", "cherche", "trouve"),
    [
        ("Mobilité, mobilite", "MOBILITÉ", ["Mobilité", "mobilite"]),
        ("un cœur d’œuvre", "coeur", ["cœur"]),
        ("10 000\u202f€", "000 €", ["000\u202f€"]),
        ("🐟 é 🐟 e", "e", ["é", "e"]),
        ("ete\u0301", "été", ["ete\u0301"]),
        ("a<b>c", "<b>", ["<b>"]),
        ("fin\u2029début", "fin debut", []),
        ("tout", "   ", []),
        ("aaa", "aa", ["aa"]),
    ],
)
def test_matches(texte: str, cherche: str, trouve: list[str]) -> None:
    assert pris(texte, cherche) == trouve


@given(st.text(max_size=40), st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=5))
def test_what_is_found_reads_like_what_was_searched(avant: str, mot: str) -> None:
    texte = avant.replace("\ud800", "") + mot
    cherche = normalise(mot)
    for trouve in pris(texte.encode("utf-8", "ignore").decode(), mot) if cherche else []:
        assert cherche in normalise(trouve)


def test_a_document_shown_from_within_the_showing_of_another_stays(qtbot: QtBot, services: Services) -> None:
    vue = VueTexte(services.theme, "Formulaire")
    qtbot.addWidget(vue)

    def montrer(texte: str) -> None:
        document = QTextDocument()
        QTextCursor(document).insertText(texte)
        vue.show_document(document)

    vue.largeur_changed.connect(lambda: montrer("une colonne" if not vue.large else "deux colonnes"))
    vue.resize(1400, 300)
    vue.show()
    montrer("large")
    services.theme.set_taille(200)
    vue.setStyleSheet("font-size: 60pt")
    montrer("à refaire")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert vue.toPlainText() == "une colonne"
    assert not vue.grab().isNull()


def test_the_text_stands_in_the_middle_of_a_wide_view(qtbot: QtBot, services: Services) -> None:
    vue = VueTexte(services.theme, "Formulaire")
    qtbot.addWidget(vue)
    vue.show()
    for largeur in (1400, 400, 1400):
        vue.resize(largeur, 300)
        bords = vue.viewportMargins()
        assert bords.left() == bords.right()
        assert (bords.left() > 100) is (largeur == 1400)
        assert vue.viewport().width() >= vue.lineWrapColumnOrWidth()
