"""Asking for a reason."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.dialogs.motif import MotifDialog


@pytest.fixture
def boite(qtbot: QtBot) -> MotifDialog:
    boite = MotifDialog("Rouvrir", "Pourquoi rouvrir cette évaluation ?", oui="Rouvrir")
    boite.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(boite)
    boite.open()
    qtbot.waitUntil(boite.isActiveWindow)
    return boite


@pytest.mark.parametrize("texte", ["", "   ", "\n\t"])
def test_an_empty_motif_is_refused_where_it_is_typed(boite: MotifDialog, texte: str, qtbot: QtBot) -> None:
    boite.champ.setPlainText(texte)
    with qtbot.assertNotEmitted(boite.given):
        qtbot.mouseClick(boite.valider, Qt.MouseButton.LeftButton)
    assert boite.isVisible()
    assert boite.refus.isVisible()
    assert boite.champ.accessibleDescription() == boite.refus.text()
    boite.champ.insertPlainText("Pièce reçue")
    assert not boite.refus.isVisible()


@pytest.mark.parametrize(
    "valider",
    [
        lambda boite, qtbot: qtbot.keyClick(boite.champ, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier),
        lambda boite, qtbot: qtbot.mouseClick(boite.valider, Qt.MouseButton.LeftButton),
    ],
)
def test_the_motif_is_given_without_blanks_around(
    boite: MotifDialog, qtbot: QtBot, valider: Callable[[MotifDialog, QtBot], None]
) -> None:
    boite.champ.setPlainText(" Comptes 2024 reçus\u00a0: à relire\nsans tarder \n")
    with qtbot.waitSignal(boite.given) as donne:
        valider(boite, qtbot)
    assert donne.args == ["Comptes 2024 reçus\u00a0: à relire\nsans tarder"]
    assert not boite.isVisible()


def test_escape_gives_nothing(boite: MotifDialog, qtbot: QtBot) -> None:
    boite.champ.setPlainText("motif")
    with qtbot.assertNotEmitted(boite.given):
        qtbot.keyClick(boite.champ, Qt.Key.Key_Escape)
    assert not boite.isVisible()
