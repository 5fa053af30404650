"""French text."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from o2r_desktop import text


@pytest.mark.parametrize(
    ("brut", "attendu"),
    [
        ("N°\u00a0dossier", "n° dossier"),
        ("  Œuvre   d’ÉTÉ ", "oeuvre d'ete"),
        ("Nombre – année 1", "nombre - annee 1"),
        ("E\u0301tat", "etat"),
        ("", ""),
    ],
)
def test_normalise_forgets_case_accents_and_typography(brut: str, attendu: str) -> None:
    assert text.normalise(brut) == attendu


def test_sort_key_sorts_as_a_french_dictionary() -> None:
    assert sorted(["zèbre", "œuvre", "été", "étang", "Abri"], key=text.sort_key) == [
        "Abri",
        "étang",
        "été",
        "œuvre",
        "zèbre",
    ]


@pytest.mark.parametrize(
    ("brut", "attendu"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("x\x00\x07y", "xy"),
        ("\u202egpj.exe\u202c", "gpj.exe"),
        ("e\u0301", "é"),
        ("tab\tgardé", "tab\tgardé"),
        ("\ud800seul", "seul"),
    ],
)
def test_printable_keeps_text_and_drops_what_hides(brut: str, attendu: str) -> None:
    assert text.printable(brut) == attendu


@given(st.text())
def test_printable_is_stable(brut: str) -> None:
    assert text.printable(text.printable(brut)) == text.printable(brut)


@pytest.mark.parametrize(
    ("valeur", "attendu"),
    [
        (Decimal("150000"), "150\u202f000,00\u00a0€"),
        (Decimal("0.005"), "0,01\u00a0€"),
        (Decimal("-1234.5"), "−1\u202f234,50\u00a0€"),
        (1234567, "1\u202f234\u202f567,00\u00a0€"),
    ],
)
def test_montant(valeur: Decimal | int, attendu: str) -> None:
    assert text.montant(valeur) == attendu


@pytest.mark.parametrize(
    ("valeur", "decimales", "attendu"),
    [
        (Decimal("31.30"), None, "31,3"),
        (Decimal("4.0"), None, "4"),
        (Decimal("68.35"), 1, "68,4"),
        (Decimal(100), None, "100"),
        (1000, None, "1\u202f000"),
    ],
)
def test_nombre(valeur: Decimal | int, decimales: int | None, attendu: str) -> None:
    assert text.nombre(valeur, decimales) == attendu


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_nombre_can_be_read_back(valeur: Decimal) -> None:
    lu = text.nombre(valeur, 2).replace("\u202f", "").replace(",", ".").replace("−", "-")
    assert Decimal(lu) == valeur


def test_instant_is_told_in_paris_with_seconds_when_they_count() -> None:
    assert text.instant(datetime(2025, 8, 13, 10, 0, 0, tzinfo=UTC)) == "13/08/2025 à 12:00"
    assert text.instant(datetime(2025, 8, 13, 10, 0, 1, tzinfo=UTC)) == "13/08/2025 à 12:00:01"
    assert text.instant(datetime(2025, 1, 13, 11, 0, 0, tzinfo=UTC)) == "13/01/2025 à 12:00"


def test_dates_and_numbers_of_dossiers() -> None:
    assert text.date_longue(date(2026, 3, 1)) == "1er\u00a0mars 2026"
    assert text.date_courte(date(2026, 3, 1)) == "01/03/2026"
    assert text.numero(24000012) == "24\u202f000\u202f012"


@pytest.mark.parametrize(
    ("mots", "attendu"), [([], ""), (["a"], "a"), (["a", "b"], "a et b"), (["a", "b", "c"], "a, b et c")]
)
def test_enumeration(mots: list[str], attendu: str) -> None:
    assert text.enumeration(mots) == attendu


def test_pluriel_starts_at_two() -> None:
    assert [text.pluriel(n, "dossier") for n in (0, 1, 2)] == [
        "0\u00a0dossier",
        "1\u00a0dossier",
        "2\u00a0dossiers",
    ]
