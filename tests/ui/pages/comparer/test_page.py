"""The comparison driven as a user does."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from o2r_desktop import operations
from tests.ui.pages.comite.test_page import FAVORABLE, REFUS, RESERVES, cellules
from ui.main_window import MainWindow
from ui.pages.comparer.page import ComparerPage
from ui.pages.dossier.page import DossierPage


@pytest.fixture
def page(qtbot: QtBot, fenetre_demo: MainWindow) -> ComparerPage:
    fenetre_demo.activateWindow()
    fenetre_demo.go("comparer")
    page = fenetre_demo.page
    assert isinstance(page, ComparerPage)
    qtbot.waitUntil(lambda: page.donnees.charge, timeout=20_000)
    return page


def test_the_map_has_a_figure_in_each_cell_and_the_spread_last(page: ComparerPage) -> None:
    table = page.carte.table
    assert table.numeros == [FAVORABLE, RESERVES, REFUS, 0]
    premiere = cellules(table, 0)
    assert premiere[0] == "La Fabrique des Chemins"
    assert premiere[-3:] == ["82,00", "1", "1, tient"]
    sections = [s for s in page.donnees.session.grille.sections if s.poids]
    assert all(c.isdigit() for c in premiere[1 : 1 + len(sections)])
    assert cellules(table, 3)[0].startswith("Écart")
    assert "aucun rang ne change" in page.carte.resume.text()


def test_enter_opens_the_dossier_and_the_line_of_spreads_opens_nothing(
    qtbot: QtBot, page: ComparerPage, fenetre_demo: MainWindow
) -> None:
    table = page.carte.table
    assert QApplication.focusWidget() is table
    table.selectRow(3)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert fenetre_demo.page is page
    table.selectRow(1)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert isinstance(fenetre_demo.page, DossierPage)
    assert fenetre_demo.page.numero == RESERVES


def test_side_by_side_marks_what_parts(page: ComparerPage) -> None:
    page.show_tab("Côte à côte")
    onglet = page.cote
    assert [c.numero for c in onglet.choisis()] == [FAVORABLE, RESERVES, REFUS]
    lignes = [cellules(onglet.table, rang) for rang in range(onglet.table.rowCount())]
    assert ["Demande", "237\u202f000,00\u00a0€", "575\u202f000,00\u00a0€", "138\u202f400,00\u00a0€"] in lignes
    assert any(ligne[0].startswith("≠ FIN-") for ligne in lignes)
    for choix in onglet.choix:
        choix.setCurrentIndex(0)
    onglet.choix[0].activated.emit(0)
    assert "au moins deux" in onglet.resume.text()


def test_other_weights_rank_at_once_and_write_nothing(page: ComparerPage) -> None:
    page.show_tab("Et si")
    onglet = page.si
    avant = [cellules(onglet.table, rang)[2] for rang in range(3)]
    assert avant == ["82,00", "79,50", "27,53"]
    for section, facteur in onglet.facteurs.items():
        facteur.setValue(300 if section == "RES" else 0)
    assert onglet.table.numeros[0] == RESERVES
    assert cellules(onglet.table, 0)[-1] == "↑ 1"
    onglet.reset()
    assert [cellules(onglet.table, rang)[2] for rang in range(3)] == avant
    with operations.twin_session(page.donnees.session) as relue:
        assert relue.grille == page.donnees.session.grille


def test_one_instructor_has_nobody_to_be_compared_with(page: ComparerPage) -> None:
    page.show_tab("Instructeurs")
    assert "Rien à comparer" in page.instructeurs.phrase.text()
