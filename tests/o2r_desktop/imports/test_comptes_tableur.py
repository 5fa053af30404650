"""Amounts typed or read in a workbook, rows that may be posts."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from o2r_desktop.imports.apercus import Feuille
from o2r_desktop.imports.comptes_tableur import colonnes, lignes, lire_nombre


def feuille(*rangees: tuple[str, ...]) -> Feuille:
    return Feuille(nom="Bilan", hauteur=len(rangees), largeur=9, lignes=rangees, nombres=(0,) * len(rangees))


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("1 184 000,50 €", "1184000.50"), ("−12 000", "-12000"), ("(12 000)", "-12000"), ("0", "0"),
        ("38 412 + 91 203,5", "129615.5"), ("=100-30", "70"), ("-100+30", "-70"),
    ],
)  # fmt: skip
def test_reads_amounts_and_sums(texte: str, attendu: str) -> None:
    assert lire_nombre(texte) == Decimal(attendu)


@pytest.mark.parametrize("texte", ["", "  ", "-"])
def test_a_blank_is_unknown_never_zero(texte: str) -> None:
    assert lire_nombre(texte) is None


@pytest.mark.parametrize("texte", ["1.184", "abc", "12a", "12+", "1\t2", "1\n2", "1e5", "NaN"])
def test_what_is_no_amount_or_two_is_refused(texte: str) -> None:
    if "\t" in texte or "\n" in texte:
        assert lire_nombre(texte) is None
    else:
        with pytest.raises(ValueError, match="montant"):
            lire_nombre(texte)


@given(st.text(max_size=40))
def test_never_fails_otherwise(texte: str) -> None:
    with suppress(ValueError):
        lu = lire_nombre(texte)
        assert lu is None or lu.is_finite()


@given(st.decimals(-(10**12), 10**12, places=2, allow_nan=False))
def test_reads_what_the_grid_shows_for_editing(valeur: Decimal) -> None:
    assert lire_nombre(format(valeur, "f").replace(".", ",")) == valeur


def test_rows_have_words_then_amounts() -> None:
    lues = lignes(
        feuille(
            ("Bilan", "2024", "2023"), ("", "", ""), ("64", "Personnel", "820 000", "760 000"),
            ("Stocks", "abc", ""), ("Titre\tcoupé", "12", '3"'),
        ),
        {1: 2024, 2: 2023},
    )  # fmt: skip
    assert [(li.rang, li.libelle, li.montants) for li in lues] == [
        (2, "64 Personnel", {2: Decimal(820000), 3: Decimal(760000)}),
        (4, "Titre coupé", {1: Decimal(12)}),
    ]
    assert colonnes(lues) == (1, 2, 3)
