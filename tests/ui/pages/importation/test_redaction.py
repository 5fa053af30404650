"""Text written with a cursor: what comes from dossiers stays text."""

import pytest
from PySide6.QtGui import QTextDocument

from ui.pages.importation.mots import poids
from ui.pages.importation.redaction import Redacteur, shorten

pytestmark = pytest.mark.usefixtures("qapp")


def test_markup_is_shown_as_it_is() -> None:
    document = QTextDocument()
    with Redacteur(document, texte="#000000", secondaire="#444444") as plume:
        plume.titre("<b>gras</b>")
        plume.element("<img src='x'>", "a & b")
        plume.ecart("Champ", "", "ligne 1\nligne 2")
    assert document.toPlainText().split("\n") == [
        "<b>gras</b>",
        "<img src='x'> : a & b",
        "Champ : (vide) → ligne 1",
        "ligne 2",
    ]


def test_a_document_is_written_again_from_nothing() -> None:
    document = QTextDocument()
    for mot in ("un", "deux"):
        with Redacteur(document, texte="#000000", secondaire="#444444") as plume:
            plume.phrase(mot)
    assert document.toPlainText() == "deux"


def test_long_texts_are_shown_from_where_they_part() -> None:
    commun = "mot " * 50
    avant, apres = shorten(commun + "ancien", commun + "nouveau")
    assert avant.startswith("…")
    assert avant.endswith("ancien")
    assert apres.endswith("nouveau")
    assert len(avant) < 60
    assert shorten("oui", "") == ("oui", "(vide)")
    assert shorten("x" * 1000, "y")[0].endswith("…")


@pytest.mark.parametrize(
    ("octets", "dit"),
    [
        (0, "0\u00a0octet"),
        (1, "1\u00a0octet"),
        (999, "999\u00a0octets"),
        (1500, "2\u00a0ko"),
        (999_499, "999\u00a0ko"),
        (999_500, "1,0\u00a0Mo"),
        (1_449_999, "1,4\u00a0Mo"),
        (123_456_789, "123,5\u00a0Mo"),
        (1_234_567_890, "1\u202f234,6\u00a0Mo"),
    ],
)
def test_sizes_as_people_say_them(octets: int, dit: str) -> None:
    assert poids(octets) == dit
