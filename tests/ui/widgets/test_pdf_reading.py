from contextlib import closing

import pytest

from o2r_desktop.imports import pages_pdf
from o2r_desktop.imports.pages_pdf import PdfUnreadableError, find
from tests.ui.widgets.feuilles import chiffre, pdf, tourne
from ui.widgets.pdf_reading import PdfReading


def test_a_page_is_a_picture_of_the_width_that_was_asked() -> None:
    with closing(PdfReading(pdf([["Bonjour"]]))) as lecture:
        image = lecture.render(0, 500)
        assert (image.width(), image.height()) == (500, 708)
        assert image.pixelColor(250, 700).name() == "#ffffff"
        assert any(image.pixelColor(x, y).lightness() < 80 for x in range(60, 110) for y in range(55, 75))


def test_a_picture_is_never_too_heavy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages_pdf, "IMAGE_MAX", 400_000)
    with closing(PdfReading(pdf([["Bonjour"]]))) as lecture:
        assert lecture.render(0, 5000).sizeInBytes() < 420_000


@pytest.mark.parametrize(
    ("octets", "mot"),
    [
        (b"", "vide"),
        (b"pas un PDF", "abîmé"),
        (chiffre(pdf([["a"]])), "mot de passe"),
        (pdf([["a"]])[:400], "abîmé"),
    ],
    ids=["empty", "foreign", "encrypted", "cut"],
)
def test_what_cannot_be_shown_is_said(octets: bytes, mot: str) -> None:
    with pytest.raises(PdfUnreadableError, match=mot):
        PdfReading(octets)


def test_search_ignores_case_accents_and_ends_of_lines() -> None:
    with closing(PdfReading(pdf([["Équipe dédiée", "et équipes", "mobiles"]]))) as lecture:
        assert len(lecture.search(0, "equipe")) == 2
        (hit,) = lecture.search(0, "equipes mobiles")
        assert len(hit.zones) == 2


def test_a_hit_lies_where_the_word_is_even_on_a_turned_page() -> None:
    octets = pdf([["Bonjour"]])
    with closing(PdfReading(octets)) as droite, closing(PdfReading(tourne(octets))) as penchee:
        gauche, haut, fin, bas = droite.search(0, "bonjour")[0].zones[0]
        assert gauche == pytest.approx(72 / 595, abs=0.01)
        assert 0.08 < haut < bas < 0.11 < fin < 0.25
        couche = penchee.search(0, "bonjour")[0].zones[0]
        assert couche[0] == pytest.approx(1 - bas, abs=0.01)
        assert couche[1] == pytest.approx(gauche, abs=0.01)


def test_find_gives_places_in_the_original_text() -> None:
    texte = "Le cœur, le CŒUR\r\n  battant"
    assert [texte[d : d + n] for d, n in find(texte, "coeur")] == ["cœur", "CŒUR"]
    assert [texte[d : d + n] for d, n in find(texte, "coeur battant")] == ["CŒUR\r\n  battant"]
    assert find(texte, "") == []
