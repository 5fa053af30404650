"""The search: what is found stands where it was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from o2r_desktop.text import normalise
from ui.widgets.vue_texte import IndexTexte


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
