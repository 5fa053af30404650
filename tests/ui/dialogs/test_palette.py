import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from ui.dialogs.palette import Palette
from ui.dialogs.palette_entrees import DOSSIERS_MAX
from ui.main_window import MainWindow
from ui.pages.campagne import CampagnePage
from ui.pages.dossier.page import DossierPage

LIBRE = 25000107


@pytest.fixture
def palette(qtbot: QtBot, fenetre_demo: MainWindow) -> Palette:
    palette = Palette(fenetre_demo)
    palette.open()
    qtbot.waitUntil(palette.champ.hasFocus)
    return palette


def test_its_key_opens_it(qtbot: QtBot, fenetre_demo: MainWindow) -> None:
    qtbot.keyClick(fenetre_demo, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = fenetre_demo.findChild(Palette)
    assert isinstance(palette, Palette)
    with qtbot.waitSignal(palette.destroyed):
        palette.reject()


def test_an_action_is_found_without_its_accents_and_done(
    qtbot: QtBot, palette: Palette, fenetre_demo: MainWindow
) -> None:
    qtbot.keyClicks(palette.champ, "aller a campagne")
    assert [e.titre for e in palette.trouvees] == ["Campagne"]
    assert palette.trouvees[0].touche == "Alt+5"
    qtbot.keyClick(palette.champ, Qt.Key.Key_Return)
    assert isinstance(fenetre_demo.page, CampagnePage)
    assert not palette.isVisible()


def test_a_dossier_is_found_by_porteur_or_number(qtbot: QtBot, palette: Palette, fenetre_demo: MainWindow) -> None:
    qtbot.keyClicks(palette.champ, "25000107")
    assert [e.genre for e in palette.trouvees] == ["Dossier"]
    palette.champ.setText("breval")
    assert palette.trouvees[0].titre == "CCAS de Bréval-sur-Erdre"
    qtbot.keyClick(palette.champ, Qt.Key.Key_Return)
    page = fenetre_demo.page
    assert isinstance(page, DossierPage)
    assert page.numero == 25000102


def test_criteria_are_found_while_a_dossier_is_in_view(qtbot: QtBot, fenetre_demo: MainWindow) -> None:
    assert not [e for e in _cherche(fenetre_demo, "FIN-02") if e == "Critère"]
    fenetre_demo.services.navigation.open_dossier(LIBRE)
    assert _cherche(fenetre_demo, "FIN-02") == ["Critère"]
    palette = Palette(fenetre_demo)
    palette.champ.setText("FIN-02")
    qtbot.keyClick(palette.champ, Qt.Key.Key_Return)
    page = fenetre_demo.page
    assert isinstance(page, DossierPage)
    assert (page.numero, page.critere_id) == (LIBRE, "FIN-02")


def _cherche(fenetre: MainWindow, texte: str) -> list[str]:
    palette = Palette(fenetre)
    palette.champ.setText(texte)
    return [e.genre for e in palette.trouvees]


def test_arrows_choose_and_escape_gives_up(qtbot: QtBot, palette: Palette, fenetre_demo: MainWindow) -> None:
    page = fenetre_demo.page
    qtbot.keyClick(palette.champ, Qt.Key.Key_Down)
    assert palette.liste.currentRow() == 1
    qtbot.keyClick(palette.champ, Qt.Key.Key_Up)
    qtbot.keyClick(palette.champ, Qt.Key.Key_Up)
    assert palette.liste.currentRow() == 0
    qtbot.keyClick(palette.champ, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert fenetre_demo.page is page


def test_what_cannot_be_done_now_is_not_offered(fenetre: MainWindow) -> None:
    titres = [e.titre for e in Palette(fenetre).trouvees]
    assert "Importer" not in titres
    assert "Nouvelle campagne" in titres
    assert "Apparence\u00a0: sombre" in titres


def test_nothing_found_is_said_and_dossiers_are_few(palette: Palette) -> None:
    palette.champ.setText("zzzz")
    assert palette.trouvees == []
    assert palette.rien.isVisible()
    palette.champ.setText("2500")
    assert len([e for e in palette.trouvees if e.genre == "Dossier"]) == DOSSIERS_MAX


def test_a_screen_reader_hears_each_line(palette: Palette) -> None:
    palette.champ.setText("breval")
    element = palette.liste.item(0)
    assert element.data(Qt.ItemDataRole.AccessibleTextRole).startswith("CCAS de Bréval-sur-Erdre, n°")
    interface = QAccessible.queryAccessibleInterface(palette.champ)
    assert (
        interface.text(QAccessible.Text.Name)
        == "Trouver une action, un dossier, un critère, une pièce, une vue ou une étiquette"
    )
