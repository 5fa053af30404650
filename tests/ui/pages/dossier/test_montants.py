"""Amounts as they are typed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from o2r_desktop.dossiers.budget import euros
from ui.pages.dossier.montants import MontantsAnnuels, parse_montant


@pytest.mark.parametrize(
    ("texte", "montant"),
    [
        ("12 000,50", "12000.50"),
        ("12\u202f000,5\u00a0€", "12000.50"),
        ("12000.5 euros", "12000.50"),
        ("0", "0.00"),
        ("999999999999,99", "999999999999.99"),
    ],
)
def test_amounts(texte: str, montant: str) -> None:
    assert parse_montant(texte) == Decimal(montant)
    assert str(parse_montant(texte)) == montant


def test_nothing_is_nothing() -> None:
    assert parse_montant(" \u00a0 ") is None


@pytest.mark.parametrize(
    "texte", ["-1", "1e3", "12.000", "12,345", "1.234,50", "1000000000000", "10 00", "٣", "inf", "12 %"]
)
def test_refused(texte: str) -> None:
    with pytest.raises(ValueError, match=r"montant|décimales"):
        parse_montant(texte)


@given(st.decimals(0, 10**12 - 1, places=2))
def test_what_is_shown_is_read_back(somme: Decimal) -> None:
    assert parse_montant(euros(somme)) == somme


def test_amounts_typed_without_a_pause_are_told_within_a_second(qtbot: QtBot) -> None:
    montants = MontantsAnnuels()
    qtbot.addWidget(montants)
    montants._build(("2026",), ())
    champ = montants.champs["2026"]
    frappe = QTimer(interval=100)
    frappe.timeout.connect(lambda: qtbot.keyClicks(champ, "1"))
    frappe.start()
    with qtbot.waitSignal(montants.edited, timeout=1500) as dit:
        qtbot.keyClicks(champ, "1")
    frappe.stop()
    assert dit.args == ["2026"]
