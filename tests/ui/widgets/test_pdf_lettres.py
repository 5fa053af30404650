"""Characters as lines and words; whatever the boxes, places and passages make sense."""

from array import array
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from o2r_desktop.imports.pages_pdf import DocumentPdf, Lettres
from tests.ui.widgets.feuilles import pdf, tourne
from ui.widgets.pdf_lettres import TextePage

PART = st.floats(0, 1, width=32)


def page(octets: bytes) -> TextePage:
    with closing(DocumentPdf(octets)) as document:
        return TextePage(document.letters(0))


def test_lines_words_and_what_lies_beside() -> None:
    texte = page(pdf([["un deux", "l’autre ligne"]]))
    assert [texte.texte(ligne.debut, ligne.fin) for ligne in texte.lignes] == ["un deux", "l’autre ligne"]
    assert texte.next_word(0) == 2
    assert texte.previous_word(7) == 3
    assert texte.texte(*texte.word_at(texte._texte.index("tre"))) == "l’autre"
    assert texte.beside(0, -1) == 0
    assert texte.beside(0, 1) == texte.lignes[1].debut
    assert texte.beside(texte.fin, 1) == texte.fin


def test_a_turned_page_has_whole_lines() -> None:
    texte = page(tourne(pdf([["Bonjour à tous"]])))
    (ligne,) = texte.lignes
    assert ligne.debout
    gauche, haut, droite, bas = texte.zones(0, texte.fin)[0]
    assert bas - haut > 3 * (droite - gauche)
    assert texte.place_at((gauche + droite) / 2, haut) == 0
    assert texte.place_at((gauche + droite) / 2, bas) == texte.fin


def test_a_word_cut_at_the_end_of_a_line_is_whole_again() -> None:
    texte = TextePage(Lettres(texte="par\x02\r\ntagé", boites=array("f", [0.0] * 40)))
    assert texte.texte(0, 10) == "partagé"


def test_without_text_there_is_nowhere_to_go() -> None:
    vide = TextePage(Lettres())
    assert (vide.fin, vide.place_at(0.5, 0.5), vide.letter_at(0.5, 0.5), vide.zones(0, 9)) == (0, 0, -1, ())
    assert (vide.line_at(3), vide.beside(2, 1), vide.passage_of(((0, 0, 1, 1),))) == ((0, 0), 0, (0, 0))


@given(st.lists(st.tuples(st.sampled_from("ab \r\n-\x02é"), PART, PART, PART, PART), max_size=30), PART, PART)
def test_any_boxes_make_a_page(lettres: list[tuple[str, float, float, float, float]], x: float, y: float) -> None:
    boites = array("f", (cote for lettre in lettres for cote in lettre[1:]))
    lu = Lettres(texte="".join(lettre[0] for lettre in lettres), boites=boites)
    assert lu.valides
    texte = TextePage(lu)
    place = texte.place_at(x, y)
    assert 0 <= place <= texte.fin <= len(lettres)
    assert 0 <= texte.previous_word(place) <= place <= texte.next_word(place)
    assert 0 <= texte.beside(place, 1) <= texte.fin
    assert 0 <= texte.beside(place, -1) <= texte.fin
    for gauche, haut, droite, bas in texte.zones(0, texte.fin):
        assert 0 <= gauche < droite <= 1
        assert 0 <= haut < bas <= 1


@pytest.mark.parametrize("boites", [[0.0] * 3, [float("nan")] * 4, [0, 0, 2, 1], [-1, 0, 1, 1]])
def test_boxes_that_make_no_sense_are_refused(boites: list[float]) -> None:
    assert not Lettres(texte="a", boites=array("f", boites)).valides
