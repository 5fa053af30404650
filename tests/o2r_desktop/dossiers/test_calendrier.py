"""Working days in France."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from o2r_desktop.dossiers.calendrier import ajouter_jours_ouvres, est_ouvre, jours_feries, jours_ouvres, paques

JOURS = st.dates(min_value=date(2000, 1, 1), max_value=date(2060, 12, 31))


@pytest.mark.parametrize(
    ("annee", "jour"),
    [
        (1961, date(1961, 4, 2)),
        (2000, date(2000, 4, 23)),
        (2008, date(2008, 3, 23)),
        (2024, date(2024, 3, 31)),
        (2025, date(2025, 4, 20)),
        (2026, date(2026, 4, 5)),
        (2038, date(2038, 4, 25)),
        (2049, date(2049, 4, 18)),
    ],
)
def test_easter(annee: int, jour: date) -> None:
    assert paques(annee) == jour


def test_the_holidays_of_a_year() -> None:
    assert sorted(jours_feries(2025)) == [
        date(2025, 1, 1),
        date(2025, 4, 21),
        date(2025, 5, 1),
        date(2025, 5, 8),
        date(2025, 5, 29),
        date(2025, 6, 9),
        date(2025, 7, 14),
        date(2025, 8, 15),
        date(2025, 11, 1),
        date(2025, 11, 11),
        date(2025, 12, 25),
    ]
    assert len(jours_feries(2008)) == 10  # Ascension Day fell on the first of May


@pytest.mark.parametrize(
    ("debut", "n", "fin"),
    [
        (date(2025, 9, 1), 1, date(2025, 9, 2)),
        (date(2025, 9, 5), 1, date(2025, 9, 8)),
        (date(2025, 9, 6), 0, date(2025, 9, 8)),
        (date(2025, 9, 5), 0, date(2025, 9, 5)),
        (date(2025, 9, 6), 1, date(2025, 9, 8)),
        (date(2025, 11, 10), 1, date(2025, 11, 12)),
        (date(2025, 12, 24), 6, date(2026, 1, 5)),
        (date(2025, 9, 1), 10, date(2025, 9, 15)),
    ],
)
def test_days_to_come(debut: date, n: int, fin: date) -> None:
    assert ajouter_jours_ouvres(debut, n) == fin


def test_days_of_a_span() -> None:
    assert jours_ouvres(date(2025, 5, 5), date(2025, 5, 11)) == [date(2025, 5, j) for j in (5, 6, 7, 9)]
    assert jours_ouvres(date(2025, 9, 2), date(2025, 9, 1)) == []
    assert jours_ouvres(date(2025, 9, 1), date(2025, 9, 1)) == [date(2025, 9, 1)]


@given(JOURS, st.integers(min_value=1, max_value=80))
def test_the_nth_day_ends_a_span_of_n(debut: date, n: int) -> None:
    fin = ajouter_jours_ouvres(debut, n)
    assert est_ouvre(fin)
    assert len(jours_ouvres(debut + timedelta(days=1), fin)) == n
