"""SIRET and SIREN numbers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from o2r_desktop.dossiers.identifiers import chiffres, groupe, siren_de, siren_valide, siret_valide


@pytest.mark.parametrize(
    ("siret", "valide"),
    [
        ("76514773100028", True),
        ("76514773100029", False),
        ("35600000000048", True),
        ("35600000049837", True),
        ("35600000049838", False),
        ("7651477310002", False),
        ("765 147 731 00028", False),
        ("٧٦٥١٤٧٧٣١٠٠٠٢٨", False),
        ("", False),
    ],
)
def test_siret(siret: str, valide: bool) -> None:
    assert siret_valide(siret) is valide


@pytest.mark.parametrize(
    ("siren", "valide"), [("765147731", True), ("765147732", False), ("76514773", False), ("", False)]
)
def test_siren(siren: str, valide: bool) -> None:
    assert siren_valide(siren) is valide


@pytest.mark.parametrize(
    ("siret", "siren"), [("76514773100028", "765147731"), ("7651477310002", ""), ("7651477310002A", ""), ("", "")]
)
def test_siren_of_a_siret(siret: str, siren: str) -> None:
    assert siren_de(siret) == siren


def test_grouped_for_printing() -> None:
    assert groupe("76514773100028") == "765\u202f147\u202f731\u202f00028"
    assert groupe("765 147") == "765 147"


@given(st.text(max_size=40))
@settings(max_examples=100, deadline=None)
def test_digits_only(texte: str) -> None:
    assert set(chiffres(texte)) <= set("0123456789")
    assert groupe(texte).replace("\u202f", "") == texte.replace("\u202f", "")
