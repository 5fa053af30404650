"""The quick sort: keys, labels, progress."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from o2r_desktop.operations.actes import Genre
from ui.models.tri import PROPOSEES
from ui.pages.tri import TriPage
from ui.services import Services

NUMEROS = [25000103, 25000107, 25000112]


@pytest.fixture
def page(services_demo: Services, qtbot: QtBot) -> TriPage:
    page = TriPage(services_demo)
    qtbot.addWidget(page)
    page.resize(1250, 650)
    page.show()
    page.show_liste(NUMEROS, "À instruire")
    page.activateWindow()
    qtbot.waitUntil(page.table.hasFocus)
    return page


def etiquettes(services: Services, numero: int) -> list[str]:
    return list(services.campagne.state(Genre.ATTRIBUTION, numero)["etiquettes"])


def test_keys_put_and_take_away_labels(page: TriPage, services_demo: Services, qtbot: QtBot) -> None:
    qtbot.keyClick(page.table, Qt.Key.Key_1)
    qtbot.keyClick(page.table, Qt.Key.Key_3)
    assert etiquettes(services_demo, NUMEROS[0]) == [PROPOSEES[0], PROPOSEES[2]]
    assert page.compte.text().startswith("1\u00a0/\u00a03 triés")
    assert page.boutons[0].isChecked()
    qtbot.keyClick(page.table, Qt.Key.Key_1)
    assert etiquettes(services_demo, NUMEROS[0]) == [PROPOSEES[2]]
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert page.table.current_numero() == NUMEROS[1]
    assert not page.boutons[2].isChecked()
    services_demo.campagne.history.undo()
    assert etiquettes(services_demo, NUMEROS[0]) == [PROPOSEES[0], PROPOSEES[2]]


def test_entree_opens_and_space_looks(page: TriPage, services_demo: Services, qtbot: QtBot) -> None:
    with qtbot.waitSignal(services_demo.navigation.dossier_requested) as demande:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert demande.args[0] == NUMEROS[0]
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    assert page.apercu.isVisible()
    assert page.apercu.numero == NUMEROS[0]


def test_another_label_takes_a_key(page: TriPage, services_demo: Services, qtbot: QtBot) -> None:
    page.nouvelle.setText("  visite  sur place ")
    qtbot.keyClick(page.nouvelle, Qt.Key.Key_Return)
    assert page.boutons[3].text() == "4  visite sur place"
    qtbot.keyClick(page.table, Qt.Key.Key_4)
    assert etiquettes(services_demo, NUMEROS[0]) == ["visite sur place"]


def test_a_line_says_what_is_needed(page: TriPage) -> None:
    dits = [page.modele.index(0, c).data() for c in range(page.modele.columnCount())]
    assert dits[1] == "Fondation Valmère"
    assert any("✓" in str(d) or "✕" in str(d) for d in dits)
