"""The words of a question in a text, and the extract that shows them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from o2r_desktop.dossiers.question import termes
from o2r_desktop.recherche.extraits import LONGUEUR, Surligneur, fragments

LETTRES = st.text(alphabet="aéeœ’ -\nœs", max_size=400)


def extrait(texte: str, question: str) -> tuple[tuple[str, bool], ...]:
    return fragments(texte, Surligneur(termes(question)).marquer(texte))


@pytest.mark.parametrize(
    ("texte", "question", "marques"),
    [
        ("L’Œuvre du cœur", "oeuvre COEUR", ["Œuvre", "cœur"]),
        ("Straße et strasse", "strasse", ["Straße", "strasse"]),
        ("mission locale, la Mission\nlocale", '"mission locale"', ["mission locale", "Mission locale"]),
        ("missions locales", '"mission locale"', []),
        ("missions locales", "mission local", ["missions", "locales"]),
        ("démission", "mission", []),
        ("porte-à-porte", "porte-a-porte", ["porte-à-porte"]),
        ("l’équipe", "l'équ", ["l’équipe"]),
        ("budget_2025.xlsx", "2025", ["2025"]),
        ("rien", "autre", []),
        ("a.b(c", "b(c", ["b(c"]),
    ],
)
def test_words_are_marked_in_the_original_text(texte: str, question: str, marques: list[str]) -> None:
    assert [morceau for morceau, marque in extrait(texte, question) if marque] == marques


def test_extract_is_where_the_most_words_are() -> None:
    texte = "pomme " + "autre " * 80 + "pomme et poire " + "autre " * 80
    morceaux = extrait(texte, "pomme poire")
    assert [morceau for morceau, marque in morceaux if marque] == ["pomme", "poire"]
    assert (morceaux[0][0], morceaux[-1][0]) == ("…", "…")
    assert len("".join(morceau for morceau, _ in morceaux)) <= LONGUEUR + 2


def test_text_without_mark_is_shown_from_its_start() -> None:
    assert fragments("court", ()) == (("court", False),)
    assert "".join(m for m, _ in fragments("mot " * 100, ())).startswith("mot mot")


@given(LETTRES, st.text(alphabet="aeœ’ s", max_size=8))
def test_extract_is_a_part_of_the_text(texte: str, question: str) -> None:
    morceaux = extrait(texte, question)
    dit = "".join(morceau for morceau, _ in morceaux).removeprefix("…").removesuffix("…")
    assert dit in " ".join(f"|{texte}|".split()).replace("|", "") or " ".join(dit.split()) in " ".join(
        texte.split()
    )
    assert all(morceau for morceau, _ in morceaux)
    assert len(dit) <= 5 * LONGUEUR


@given(st.text(max_size=60))
def test_any_text_is_marked_without_fault(texte: str) -> None:
    for debut, fin, _ in Surligneur(termes(texte)).marquer(texte):
        assert 0 <= debut < fin <= len(texte)
