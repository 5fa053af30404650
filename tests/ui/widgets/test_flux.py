import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from ui.services import Services
from ui.widgets.base import label
from ui.widgets.flux import Flow, WrapButton


@pytest.fixture
def bouton(services: Services, qtbot: QtBot) -> WrapButton:
    bouton = WrapButton(services.theme)
    bouton.dire("Négatifs en redressement, ou report à nouveau très débiteur", "1")
    qtbot.addWidget(bouton)
    bouton.show()
    return bouton


def test_a_narrow_button_takes_more_lines(bouton: WrapButton) -> None:
    assert bouton.heightForWidth(150) > bouton.heightForWidth(600)


def test_a_press_asks_and_changes_nothing(bouton: WrapButton, qtbot: QtBot) -> None:
    bouton.setCheckable(True)
    for touche in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
        with qtbot.waitSignal(bouton.clicked):
            qtbot.keyClick(bouton, touche)
    assert not bouton.isChecked()


def test_parts_go_to_the_next_line(qtbot: QtBot) -> None:
    hote = QWidget()
    qtbot.addWidget(hote)
    flux = Flow(hote, espace=10, ligne=5, dernier_a_droite=True)
    parties = [QLabel() for _ in range(3)]
    for partie in parties:
        partie.setFixedSize(100, 20)
        flux.addWidget(partie)
    hote.resize(250, 200)
    hote.show()
    assert [(p.x(), p.y()) for p in parties] == [(0, 0), (110, 0), (150, 25)]
    assert flux.heightForWidth(400) == 20
    parties[0].hide()
    assert flux.heightForWidth(250) == 20


def test_a_label_that_wraps_takes_one_line_when_it_can(qtbot: QtBot) -> None:
    hote = QWidget()
    qtbot.addWidget(hote)
    flux = Flow(hote)
    flux.addWidget(label("Santé financière de l’opérateur · 6 sur 8 · poids 1", wrap=True))
    assert flux.heightForWidth(2000) < flux.heightForWidth(120)


def test_being_bold_takes_no_line_more(bouton: WrapButton) -> None:
    bouton.setCheckable(True)
    bouton.setChecked(True)
    poids = set()
    for largeur in range(160, 460):
        bouton.resize(largeur, bouton.heightForWidth(largeur))
        poids.add(bouton._police_des_mots().weight())
        zone = bouton._place_des_mots()
        mesure = QFontMetrics(bouton._police_des_mots())
        mots = mesure.boundingRect(zone, Qt.TextFlag.TextWordWrap, bouton.text())
        assert mots.height() <= bouton.height() - 16, largeur
    assert poids == {QFont.Weight.Normal, QFont.Weight.DemiBold}
