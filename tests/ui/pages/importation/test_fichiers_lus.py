"""The card of the files read."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from o2r_desktop.reception import Preparation
from ui.pages.importation.fichiers_lus import FichiersLus
from ui.services import Services


def _preparation(combien: int) -> Preparation:
    illisibles = tuple((Path(f"{n}.xlsx"), f"« {n}.xlsx » est abîmé.") for n in range(combien))
    return Preparation(plans=(), illisibles=illisibles, absents=(), a_reconfirmer={}, pieces={})


@pytest.mark.parametrize("avant", [True, False])
def test_it_opens_at_its_top(qtbot: QtBot, services: Services, avant: bool) -> None:
    fenetre = QWidget()
    qtbot.addWidget(fenetre)
    lus = FichiersLus(services.theme)
    QVBoxLayout(fenetre).addWidget(lus)
    fenetre.resize(900, 600)
    if avant:
        lus.show_preparation(_preparation(30))
    with qtbot.waitExposed(fenetre):
        fenetre.show()
    for combien in (40, 60):
        if not avant:
            lus.show_preparation(_preparation(combien))
        assert lus.verticalScrollBar().maximum() > 0
        assert lus.verticalScrollBar().value() == 0
        assert lus.textCursor().position() == 0
        fenetre.resize(700 + combien, 500)
        assert lus.verticalScrollBar().value() == 0
