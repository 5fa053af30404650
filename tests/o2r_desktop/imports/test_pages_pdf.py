from contextlib import closing

import pytest

from o2r_desktop.imports import pages_pdf
from o2r_desktop.imports.pages_pdf import DocumentPdf
from tests.ui.widgets.feuilles import pdf


def test_pages_beyond_the_most_are_counted_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages_pdf, "PAGES_MAX", 3)
    with closing(DocumentPdf(pdf([["a"]] * 5))) as document:
        assert (len(document.sizes), document.total) == (3, 5)


def test_a_giant_page_is_placed_within_bounds_and_drawn_within_memory() -> None:
    octets = pdf([["a"]]).replace(b"595.2756", b"999999.9")
    with closing(DocumentPdf(octets)) as document:
        assert document.sizes[0][0] == pages_pdf.COTE_MAX
        dessin = document.render(0, 800)
        assert dessin is not None
        assert dessin.largeur <= 800
        assert len(dessin.octets) <= pages_pdf.IMAGE_MAX


def test_characters_of_a_page_are_bounded_and_within_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages_pdf, "_FIN_DE_TEXTE", 6)
    with closing(DocumentPdf(pdf([["Bonjour"]]))) as document:
        lettres = document.letters(0)
        assert (lettres.texte, len(lettres.boites), lettres.valides) == ("Bonjou", 24, True)
