import pytest
from PySide6.QtCore import QModelIndex, QObject, Qt

from o2r_desktop.analyse.territoire.zones import LISTE
from ui.models.referentiel import ReferentielModel
from ui.services import Services

RANGEES = (("72 Sud", "72", "", "essai"), ("49 Est", "49", "", ""), ("72 Nord", "72", "", ""))


@pytest.fixture
def modele(services: Services) -> ReferentielModel:
    return ReferentielModel(services.theme, LISTE, RANGEES, QObject(services.taches))


def test_a_search_shows_some_rows_and_an_edit_there_reaches_the_list(modele: ReferentielModel) -> None:
    modele.search("nord")
    assert modele.rowCount() == 1
    assert modele.rank(modele.index(0, 0)) == 2
    assert modele.setData(modele.index(0, 3), "  vu\nici ")
    modele.search("")
    assert modele.rangees[2] == ["72 Nord", "72", "", "vu ici"]
    assert modele.modified


def test_rows_are_added_under_the_cursor_and_taken_away(modele: ReferentielModel) -> None:
    ajoutee = modele.add_row(modele.index(0, 2))
    assert modele.rank(ajoutee) == 1
    assert not modele.modified, "a blank row is nothing yet"
    modele.setData(ajoutee, "85 Sud")
    assert [r[0] for r in modele.rangees] == ["72 Sud", "85 Sud", "49 Est", "72 Nord"]
    modele.search("72")
    modele.remove_rows([0, 1])
    assert [r[0] for r in modele.rangees] == ["85 Sud", "49 Est"]
    modele.search("")
    assert modele.texte() == "nom,departement,epci,source\n85 Sud,,,\n49 Est,49,,\n"


def test_a_paste_fills_cells_and_adds_the_rows_that_are_missing(modele: ReferentielModel) -> None:
    modele.paste(modele.index(2, 0), "53 Nord\t53\t\tcollé\ttrop\n85 Ouest\t85\n")
    assert modele.rangees[2:] == [["53 Nord", "53", "", "collé"], ["85 Ouest", "85", "", ""]]
    modele.paste(QModelIndex(), "rien")
    assert len(modele.rangees) == 4


def test_a_fault_is_on_its_row_and_said(modele: ReferentielModel) -> None:
    modele.set_fautes({1: "il manque quelque chose"})
    vertical = Qt.Orientation.Vertical
    assert [modele.headerData(r, vertical) for r in range(3)] == ["1", "✕ 2", "3"]
    assert modele.data(modele.index(1, 0), Qt.ItemDataRole.AccessibleDescriptionRole) == "il manque quelque chose"
    assert modele.headerData(0, Qt.Orientation.Horizontal) == "Nom *"
