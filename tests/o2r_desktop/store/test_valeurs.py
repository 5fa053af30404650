"""What goes into SQLite comes back equal."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from o2r_desktop.store.valeurs import en_cents, en_euros, instant_ou_rien, iso, iso_ou_rien, propre
from o2r_desktop.text import PARIS


@given(st.decimals(min_value=-(10**15), max_value=10**15, places=2))
@settings(max_examples=100, deadline=None)
def test_amounts_come_back_to_the_cent(montant: Decimal) -> None:
    assert en_euros(en_cents(montant)) == montant


@pytest.mark.parametrize(
    ("montant", "cents"),
    [
        (None, None),
        (Decimal("0.005"), 1),
        (Decimal("148000.1"), 14800010),
        (Decimal("92233720368547758.07"), 2**63 - 1),
        (Decimal("92233720368547758.08"), None),
        (Decimal("999999999999999999"), None),
        (Decimal("-1e40"), None),
        (Decimal("NaN"), None),
    ],
)
def test_amounts_fit_in_an_integer_of_sqlite(montant: Decimal | None, cents: int | None) -> None:
    assert en_cents(montant) == cents


@given(st.datetimes(timezones=st.just(PARIS), allow_imaginary=False))
@settings(max_examples=100, deadline=None)
def test_times_come_back_and_sort_as_texts(moment: datetime) -> None:
    utc = moment.astimezone(UTC)
    assert instant_ou_rien(iso_ou_rien(moment)) == utc
    limite = datetime(2025, 8, 13, 10, 0, tzinfo=UTC)
    assert (iso(moment) < iso(limite)) == (utc < limite)


def test_naive_time_is_a_bug() -> None:
    with pytest.raises(ValueError, match="fuseau"):
        iso(datetime(2025, 1, 1, tzinfo=PARIS).replace(tzinfo=None))


def test_lone_surrogates_go_and_the_rest_stays() -> None:
    assert propre("é\x00\n😀\ud800") == "é\x00\n😀?"
