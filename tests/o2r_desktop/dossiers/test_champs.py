"""Readings by target: what the platform and spreadsheets write, and what nobody should."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from o2r_desktop.dossiers.champs import (
    Brut,
    TypeChamp,
    Valeur,
    lire,
    lire_booleen,
    lire_date,
    lire_instant,
    lire_nombre,
    texte_de,
)
from o2r_desktop.dossiers.choix import decouper_choix, decouper_fichiers
from o2r_desktop.text import MOIS, PARIS

NBSP, NNBSP = "\u00a0", "\u202f"
court = settings(max_examples=100, deadline=None)
bruts = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text())
montants = st.decimals(min_value=-(10**12), max_value=10**12, places=2)
jours = st.dates(min_value=date(1800, 1, 1), max_value=date(2200, 12, 31))


@pytest.mark.parametrize(
    ("brut", "attendu"),
    [
        (None, None),
        ("", None),
        (" \u00a0", None),
        (0, "0"),
        (6.0, "6"),
        (0.1 + 0.2, "0.3"),
        ("1 234,5", "1234.5"),
        (f"1{NBSP}234{NNBSP}567,89 €", "1234567.89"),
        ("1234.5€", "1234.5"),
        ("12 %", "12"),
        ("1,234.5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1.234.567,5", "1234567.5"),
        ("1,234", "1.234"),
        ("−12", "-12"),
        ("+12", "12"),
        ("1,5E+3", "1500"),
        ("1.0e-05", "0.00001"),
        (10**17, str(10**17)),
    ],
)
def test_numbers(brut: Brut, attendu: str | None) -> None:
    assert lire_nombre(brut) == (None if attendu is None else Decimal(attendu))


@pytest.mark.parametrize(
    "brut",
    [True, [], ["1"], "douze", "1-2", "1 2 x", float("nan"), float("inf"), 1e300, 10**40, "9" * 19, "1E+30",
     "1E-30", "1E999999999", "1e", "--1", "1;2", "12/03/2026"],
)  # fmt: skip
def test_not_numbers(brut: Brut) -> None:
    with pytest.raises(ValueError, match=r".+"):
        lire_nombre(brut)


@court
@given(montants)
def test_amounts_survive_every_writing(montant: Decimal) -> None:
    francais = f"{montant:,}".replace(",", NNBSP).replace(".", ",")
    for ecrit in (str(montant), francais, f"{francais}{NBSP}€", f"{montant:,}".replace(",", " ")):
        assert lire_nombre(ecrit) == montant
    assert lire_nombre(float(montant)) == montant


@court
@given(bruts)
def test_readers_return_or_refuse(brut: Brut) -> None:
    for lecteur in (lire_nombre, lire_date, lire_instant, lire_booleen):
        try:
            lecteur(brut)
        except ValueError:
            continue


@court
@given(bruts, st.sampled_from(list(TypeChamp)), st.booleans())
def test_reading_never_raises_and_keeps_what_it_cannot_read(brut: Brut, genre: TypeChamp, vide: bool) -> None:
    lu = lire(brut, genre, (), vide_vaut_zero=vide)
    if lu.anomalie and isinstance(brut, str) and genre is not TypeChamp.SIRET:
        assert str(lu.valeur) == brut or isinstance(lu.valeur, Decimal)
    if lu.zero_ou_vide:
        assert vide
        assert not lu.valeur


@pytest.mark.parametrize(
    ("brut", "attendu"),
    [
        ("2026-03-01", date(2026, 3, 1)),
        ("2026-03-01T14:30:00+01:00", date(2026, 3, 1)),
        ("2026-03-01 14:30:00 +0100", date(2026, 3, 1)),
        ("01/03/2026", date(2026, 3, 1)),
        ("1/3/2026", date(2026, 3, 1)),
        ("01.03.2026", date(2026, 3, 1)),
        ("01/03/2026 12:00", date(2026, 3, 1)),
        ("02 mai 2022", date(2022, 5, 2)),
        ("1er août 2022", date(2022, 8, 1)),
        (" 2 Décembre 2022 ", date(2022, 12, 2)),
        (46082.0, date(2026, 3, 1)),
        (46082, date(2026, 3, 1)),
        ("", None),
        ("  ", None),
        (None, None),
    ],
)
def test_dates(brut: Brut, attendu: date | None) -> None:
    assert lire_date(brut) == attendu


@pytest.mark.parametrize(
    "brut",
    ["bientôt", "2026-13-01", "31/02/2026", "2026-03-01blabla", "01/03/2026blabla", "0001-01-01", "9999-12-31",
     True, 12, 1e9, float("nan"), [], "3 brumaire 2026", "2026", "20260301", "01/03/26"],
)  # fmt: skip
def test_not_dates(brut: Brut) -> None:
    with pytest.raises(ValueError, match=r".+"):
        lire_date(brut)


@court
@given(jours)
def test_dates_survive_every_writing(jour: date) -> None:
    longue = f"{'1er' if jour.day == 1 else jour.day} {MOIS[jour.month - 1]} {jour.year}"
    for ecrit in (jour.isoformat(), f"{jour:%d/%m/}{jour.year:04d}", longue, f"{jour.isoformat()}T23:59:59+02:00"):
        assert lire_date(ecrit) == jour


@pytest.mark.parametrize(
    ("brut", "attendu"),
    [
        ("2025-08-13T12:00:01", datetime(2025, 8, 13, 10, 0, 1, tzinfo=UTC)),
        ("2025-08-13 12:00:01", datetime(2025, 8, 13, 10, 0, 1, tzinfo=UTC)),
        ("2025-08-13 12:00:01 +0200", datetime(2025, 8, 13, 10, 0, 1, tzinfo=UTC)),
        ("2025-08-13T12:00:01+02:00", datetime(2025, 8, 13, 10, 0, 1, tzinfo=UTC)),
        ("2025-08-13T10:00:01Z", datetime(2025, 8, 13, 10, 0, 1, tzinfo=UTC)),
        ("2025-08-13 10:00:01 UTC", datetime(2025, 8, 13, 10, 0, 1, tzinfo=UTC)),
        ("13/08/2025 12:00", datetime(2025, 8, 13, 10, tzinfo=UTC)),
        ("13/08/2025 9:05", datetime(2025, 8, 13, 7, 5, tzinfo=UTC)),
        ("13/08/2025 12h00", datetime(2025, 8, 13, 10, tzinfo=UTC)),
        ("13/08/2025", datetime(2025, 8, 12, 22, tzinfo=UTC)),
        ("2025-08-13", datetime(2025, 8, 12, 22, tzinfo=UTC)),
        ("2025-01-13 12:00:00", datetime(2025, 1, 13, 11, tzinfo=UTC)),
        (45882.5, datetime(2025, 8, 13, 10, tzinfo=UTC)),
        ("", None),
    ],
)
def test_times_are_aware(brut: Brut, attendu: datetime | None) -> None:
    lu = lire_instant(brut)
    assert lu == attendu
    assert lu is None or lu.tzinfo is not None


@pytest.mark.parametrize("brut", ["hier", "0001-01-01T00:00:00+02:00", "13/08/2025 25:00", [], True, "2025-08-13T"])
def test_not_times(brut: Brut) -> None:
    with pytest.raises(ValueError, match=r".+"):
        lire_instant(brut)


@court
@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2100, 1, 1)))  # noqa: DTZ001 wall-clock
def test_wall_clock_is_that_of_paris(naif: datetime) -> None:
    lu = lire_instant(naif.replace(microsecond=0).isoformat(" "))
    assert lu == naif.replace(microsecond=0, tzinfo=PARIS)


@pytest.mark.parametrize("brut", [True, 1, 1.0, "on", "Oui", "OUI", "true", "VRAI", " x ", "1"])
def test_true(brut: Brut) -> None:
    assert lire_booleen(brut) is True


@pytest.mark.parametrize("brut", [False, 0, 0.0, "off", "Non", "false", "FAUX", "0"])
def test_false(brut: Brut) -> None:
    assert lire_booleen(brut) is False


@pytest.mark.parametrize("brut", [None, "", "  "])
def test_neither_true_nor_false(brut: Brut) -> None:
    assert lire_booleen(brut) is None


@pytest.mark.parametrize("brut", ["peut-être", 2, 0.5, [], "oui et non"])
def test_not_booleans(brut: Brut) -> None:
    with pytest.raises(ValueError, match="ni oui ni non"):
        lire_booleen(brut)


PUBLICS = ("Santé mentale, comportements déviants, addictions", "55 ans et plus", "Autre public")


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("", ()),
        ("55 ans et plus", ("55 ans et plus",)),
        ("Autre public, 55 ans et plus", ("Autre public", "55 ans et plus")),
        (f"a, {PUBLICS[0]}, b", ("a", PUBLICS[0], "b")),
        (
            "SANTE MENTALE, comportements deviants, addictions",
            ("SANTE MENTALE, comportements deviants, addictions",),
        ),
        ("Santé mentale, comportements", ("Santé mentale, comportements",)),  # not the option: kept whole
        ("Nouveau, a, b, 55 ans et plus, c", ("Nouveau, a, b", "55 ans et plus", "c")),
        ("Nouveau, Autre", ("Nouveau", "Autre")),
        ("a,b", ("a,b",)),
        (", , a", ("a",)),
    ],
)
def test_choices(texte: str, attendu: tuple[str, ...]) -> None:
    assert decouper_choix(texte, PUBLICS) == attendu


@court
@given(st.lists(st.sampled_from(PUBLICS), max_size=6))
def test_known_options_are_found_again(choix: Sequence[str]) -> None:
    assert decouper_choix(", ".join(choix), PUBLICS) == tuple(choix)


@court
@given(st.text(alphabet="ab, ", max_size=40))
def test_no_letter_is_lost_in_choices(texte: str) -> None:
    assert "".join(decouper_choix(texte, ("a, b",))).replace(",", "").replace(" ", "") == texte.replace(
        ",", ""
    ).replace(" ", "")


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("", ()),
        ("a.pdf", ("a.pdf",)),
        ("comptes 2022.pdf, comptes 2023.pdf", ("comptes 2022.pdf", "comptes 2023.pdf")),
        ("statuts, signés.pdf, b.xlsx", ("statuts, signés.pdf", "b.xlsx")),
        ("sans extension", ("sans extension",)),
    ],
)
def test_files(texte: str, attendu: tuple[str, ...]) -> None:
    assert decouper_fichiers(texte) == attendu


def test_long_hostile_lists_take_no_time() -> None:
    assert len(decouper_fichiers("a, " * 100_000)) == 1
    assert len(decouper_choix("A, " * 100_000, PUBLICS)) == 100_000
    assert len(decouper_choix("a, " * 100_000, PUBLICS)) == 1


@pytest.mark.parametrize(
    ("brut", "genre", "valeur", "anomalie"),
    [
        (6.0, TypeChamp.ENTIER, 6, ""),
        (6.5, TypeChamp.ENTIER, Decimal("6.5"), "entier"),
        ("150000,005", TypeChamp.MONTANT, Decimal("150000.005"), "décimales"),
        ("76514773100028", TypeChamp.SIRET, "76514773100028", ""),
        ("765 147 731 00028", TypeChamp.SIRET, "76514773100028", ""),
        (76514773100028.0, TypeChamp.SIRET, "76514773100028", ""),
        ("76514773100029", TypeChamp.SIRET, "76514773100029", "clé"),
        ("7,65E+13", TypeChamp.SIRET, "7,65E+13", "derniers chiffres"),
        ("123", TypeChamp.SIRET, "123", "14 chiffres"),
        ("240000000", TypeChamp.TELEPHONE, "0240000000", ""),
        (240000000.0, TypeChamp.TELEPHONE, "0240000000", ""),
        ("+33 2 40 00 00 00", TypeChamp.TELEPHONE, "+33 2 40 00 00 00", ""),
        (["a, b", "c"], TypeChamp.CHOIX_MULTIPLE, ("a, b", "c"), ""),
        (["a.pdf"], TypeChamp.PIECES, ("a.pdf",), ""),
        (None, TypeChamp.CHOIX_MULTIPLE, (), ""),
        (None, TypeChamp.CASE, False, ""),
        (None, TypeChamp.OUI_NON, "", ""),
        (None, TypeChamp.DATE, "", ""),
        (None, TypeChamp.MONTANT, "", ""),
        (3.0, TypeChamp.TEXTE, "3", ""),
        (True, TypeChamp.TEXTE_LONG, "Oui", ""),
    ],
)
def test_reading_by_target(brut: Brut, genre: TypeChamp, valeur: Valeur, anomalie: str) -> None:
    lu = lire(brut, genre)
    assert lu.valeur == valeur
    assert type(lu.valeur) is type(valeur)
    assert anomalie in lu.anomalie
    assert bool(lu.anomalie) is bool(anomalie)


@pytest.mark.parametrize(
    ("brut", "texte"),
    [(None, ""), (6.0, "6"), (6.5, "6.5"), (1e300, "1e+300"), (True, "Oui"), (["a", "b"], "a, b"), (12, "12")],
)
def test_text_of_a_cell(brut: Brut, texte: str) -> None:
    assert texte_de(brut) == texte


@pytest.mark.parametrize(
    "texte", ["2026-03-01 10 kg", "01/03/2026 3 jours", "2026-03-01T10:00 puis\nle lendemain", "01/03/2026 10:75"]
)
def test_a_date_with_more_than_a_time_is_refused(texte: str) -> None:
    with pytest.raises(ValueError, match="pas une date"):
        lire_date(texte)


@pytest.mark.parametrize(
    "suite", ["", " 9:05", " 12h", " 12h30", "T10:00:00.000+02:00", " 10:00:00 +0200", " 10:00 UTC"]
)
def test_a_date_with_a_time_is_read(suite: str) -> None:
    assert lire_date(f"2026-03-01{suite}") == date(2026, 3, 1)


@pytest.mark.parametrize("brut", [2**63, str(2**63), "1e19", float(2**63), "1e999", "Infinity"])
def test_numbers_that_no_store_holds_are_refused(brut: Brut) -> None:
    with pytest.raises(ValueError, match="nombre"):
        lire_nombre(brut)
