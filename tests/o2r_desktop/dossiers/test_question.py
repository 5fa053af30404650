"""What is asked: words, phrases, words left out; no text is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from o2r_desktop.dossiers.question import TERMES_MAX, Terme, termes


@pytest.mark.parametrize(
    ("question", "attendus"),
    [
        ("", ()),
        ("  Œuvre  d’été ", (Terme(texte="Œuvre"), Terme(texte="d’été"))),
        ('"moins de 26" x', (Terme(texte="moins de 26", phrase=True, debut=False), Terme(texte="x"))),
        ("« santé   mentale »", (Terme(texte="santé mentale", phrase=True, debut=False),)),
        ("“santé”", (Terme(texte="santé", phrase=True, debut=False),)),
        ('"santé men', (Terme(texte="santé men", phrase=True),)),
        ("-loi", (Terme(texte="loi", exclu=True),)),
        ('-"loi 1901"', (Terme(texte="loi 1901", phrase=True, exclu=True, debut=False),)),
        ("porte-à-porte", (Terme(texte="porte-à-porte"),)),
        ("a - b", (Terme(texte="a"), Terme(texte="b"))),
        ("coût ; équipe", (Terme(texte="coût"), Terme(texte="équipe"))),
        ("%", (Terme(texte="%"),)),
        ('""', ()),
        ('« a"b »', (Terme(texte="a b", phrase=True, debut=False),)),
        ("mot mot", (Terme(texte="mot"),)),
    ],
)
def test_terms(question: str, attendus: tuple[Terme, ...]) -> None:
    assert termes(question) == attendus


@given(st.text(max_size=80) | st.text(alphabet=' -"«»“”a\u00e9', max_size=30))
def test_terms_are_bounded_and_may_be_typed_again(question: str) -> None:
    lus = termes(question)
    assert len(lus) <= TERMES_MAX
    assert all(terme.texte.strip() for terme in lus)
    complets = [t for t in lus if not (t.phrase and t.debut)]
    if len(complets) == len(lus):
        assert termes(" ".join(t.ecrit() for t in lus)) == lus


def test_words_of_a_term() -> None:
    assert Terme(texte="l’Œuvre_d’été").lettres == ["l", "oeuvre", "d", "ete"]
    assert Terme(texte="%").lettres == []
