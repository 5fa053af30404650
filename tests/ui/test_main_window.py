import shutil
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit
from pytestqt.qtbot import QtBot

from o2r_desktop import operations
from o2r_desktop.progress import Reporter
from o2r_desktop.suivi import Etape, Filtre
from tests.ui.conftest import Enregistreur
from ui.main_window import MainWindow
from ui.navigation import Onglet
from ui.pages.accueil import AccueilPage
from ui.pages.campagne import CampagnePage
from ui.pages.comite.page import ComitePage
from ui.pages.comparer.page import ComparerPage
from ui.pages.dossier.page import DossierPage
from ui.pages.dossiers import DossiersPage
from ui.pages.importer import ImporterPage
from ui.services import Services

LIBRE = 25000107


class Bloquee(AccueilPage):
    """A page whose typing cannot be written."""

    def leave(self) -> bool:
        return False


def attendre(depart: Event, reporter: Reporter) -> None:
    assert depart.wait(10)
    reporter.step(0, 1, "Lecture")


def deposer(fenetre: MainWindow, *fichiers: Path) -> bool:
    """Drop files on the window; return whether it wanted them."""
    donnees = QMimeData()
    donnees.setUrls([QUrl.fromLocalFile(str(f)) for f in fichiers])
    bouton, rien = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entree = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, donnees, bouton, rien)
    entree.ignore()
    fenetre.dragEnterEvent(entree)
    if entree.isAccepted():
        fenetre.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, donnees, bouton, rien))
    return entree.isAccepted()


def noter(fenetre: MainWindow, valeur: str) -> None:
    reponse = fenetre.services.campagne.complet(LIBRE).evaluation.reponse("FIN-02")
    assert fenetre.services.campagne.save_reponse(LIBRE, replace(reponse, valeur=valeur), "niveau de FIN-02")


def test_without_a_campagne_only_home_is_open(fenetre: MainWindow) -> None:
    assert isinstance(fenetre.page, AccueilPage)
    assert fenetre.rail.current == "accueil"
    assert not fenetre.rail.bouton("dossiers").isEnabled()
    assert not fenetre.actions_fenetre["importer"].isEnabled()


def test_pages_are_made_when_they_are_visited(fenetre_demo: MainWindow) -> None:
    assert fenetre_demo.built(CampagnePage) is None
    fenetre_demo.go("campagne")
    assert fenetre_demo.built(CampagnePage) is fenetre_demo.page
    assert "campagne" in fenetre_demo.windowTitle()


def test_keys_lead_from_page_to_page(qtbot: QtBot, fenetre_demo: MainWindow) -> None:
    for touche, classe, entree in (
        (Qt.Key.Key_2, DossiersPage, "dossiers"),
        (Qt.Key.Key_3, ComparerPage, "comparer"),
        (Qt.Key.Key_4, ComitePage, "comite"),
        (Qt.Key.Key_5, CampagnePage, "campagne"),
        (Qt.Key.Key_1, AccueilPage, "accueil"),
        (Qt.Key.Key_Eacute, DossiersPage, "dossiers"),
    ):
        qtbot.keyClick(fenetre_demo, touche, Qt.KeyboardModifier.AltModifier)
        assert isinstance(fenetre_demo.page, classe)
        assert fenetre_demo.rail.current == entree


def test_the_rail_is_reached_and_used_by_keyboard(qtbot: QtBot, fenetre_demo: MainWindow) -> None:
    bouton = fenetre_demo.rail.bouton("dossiers")
    assert bouton.focusPolicy() & Qt.FocusPolicy.TabFocus
    bouton.setFocus()
    qtbot.keyClick(bouton, Qt.Key.Key_Space)
    assert isinstance(fenetre_demo.page, DossiersPage)


def test_a_filter_is_handed_to_the_list(fenetre_demo: MainWindow) -> None:
    fenetre_demo.services.navigation.show_liste(Filtre(etape=Etape.PRETS))
    page = fenetre_demo.page
    assert isinstance(page, DossiersPage)
    assert len(page.numeros_affiches()) == 3


def test_a_dossier_follows_the_list_it_was_opened_from(fenetre_demo: MainWindow) -> None:
    navigation = fenetre_demo.services.navigation
    navigation.show_liste(Filtre(etape=Etape.PRETS))
    liste = fenetre_demo.page
    assert isinstance(liste, DossiersPage)
    numeros = liste.numeros_affiches()
    navigation.open_dossier(numeros[0], onglet=Onglet.CONCLUSION)
    page = fenetre_demo.page
    assert isinstance(page, DossierPage)
    assert fenetre_demo.rail.current == "dossiers"
    page.open_voisin(1)
    assert page.numero == numeros[1]


def test_a_dossier_out_of_the_list_follows_them_all(fenetre_demo: MainWindow) -> None:
    navigation = fenetre_demo.services.navigation
    navigation.show_liste(Filtre(etape=Etape.PRETS))
    navigation.open_dossier(LIBRE)
    page = fenetre_demo.page
    assert isinstance(page, DossierPage)
    page.open_voisin(1)
    assert page.numero not in (None, LIBRE)


def test_a_page_that_cannot_be_left_stays(fenetre_demo: MainWindow) -> None:
    bloquee = fenetre_demo.show_page(Bloquee)
    fenetre_demo.go("dossiers")
    assert fenetre_demo.page is bloquee
    assert fenetre_demo.rail.current == "accueil"


def test_undo_names_shows_and_says_the_act(qtbot: QtBot, fenetre_demo: MainWindow) -> None:
    annuler = fenetre_demo.actions_fenetre["annuler"]
    assert not annuler.isEnabled()
    noter(fenetre_demo, "3")
    assert annuler.text() == "Annuler\u00a0: niveau de FIN-02"
    qtbot.keyClick(fenetre_demo, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert fenetre_demo.etat.currentMessage() == "Annulé\u00a0: niveau de FIN-02"
    page = fenetre_demo.page
    assert isinstance(page, DossierPage)
    assert (page.numero, page.critere_id) == (LIBRE, "FIN-02")
    assert fenetre_demo.services.campagne.complet(LIBRE).evaluation.reponse("FIN-02").valeur == ""
    fenetre_demo.actions_fenetre["retablir"].trigger()
    assert fenetre_demo.etat.currentMessage() == "Rétabli\u00a0: niveau de FIN-02"


def test_an_undo_that_fails_is_told(fenetre_demo: MainWindow, alertes: Enregistreur) -> None:
    campagne = fenetre_demo.services.campagne
    noter(fenetre_demo, "3")
    with operations.twin_session(campagne.session) as autre:
        autre.campagne.db.execute("BEGIN EXCLUSIVE")
        campagne.session.campagne.db.execute("PRAGMA busy_timeout = 0")
        fenetre_demo.actions_fenetre["annuler"].trigger()
        autre.campagne.db.rollback()
    assert [genre for genre, _ in alertes.dits] == ["error"]
    assert campagne.history.next_undo is not None


@pytest.mark.parametrize("classe", [QLineEdit, QPlainTextEdit])
def test_a_field_keeps_ctrl_z_only_while_it_has_something_to_undo(
    qtbot: QtBot, fenetre_demo: MainWindow, classe: type[QLineEdit] | type[QPlainTextEdit]
) -> None:
    noter(fenetre_demo, "3")
    page = fenetre_demo.page
    assert page is not None
    champ = classe(page)
    champ.show()
    champ.setFocus()
    qtbot.waitUntil(champ.hasFocus)
    qtbot.keyClicks(champ, "mot")
    qtbot.keyClick(champ, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert fenetre_demo.services.campagne.history.next_undo is not None
    qtbot.keyClick(champ, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert fenetre_demo.services.campagne.history.next_undo is None


def test_a_campagne_dropped_is_opened(qtbot: QtBot, fenetre: MainWindow, campagne_demo: Path) -> None:
    with qtbot.waitSignal(fenetre.services.campagne.suivi_loaded):
        assert deposer(fenetre, campagne_demo)
    assert fenetre.services.campagne.dossier == campagne_demo


def test_its_database_dropped_is_the_same(qtbot: QtBot, fenetre: MainWindow, campagne_demo: Path) -> None:
    with qtbot.waitSignal(fenetre.services.campagne.opened):
        assert deposer(fenetre, campagne_demo / "o2r.db")


def test_an_export_dropped_opens_the_assistant(fenetre_demo: MainWindow, tmp_path: Path) -> None:
    export = tmp_path / "export.csv"
    export.write_text("rien", encoding="utf-8")
    assert deposer(fenetre_demo, export)
    assert isinstance(fenetre_demo.page, ImporterPage)


def test_an_export_dropped_without_campagne_says_what_to_do(
    fenetre: MainWindow, alertes: Enregistreur, tmp_path: Path
) -> None:
    export = tmp_path / "export.csv"
    export.write_text("rien", encoding="utf-8")
    assert deposer(fenetre, export)
    assert [genre for genre, _ in alertes.dits] == ["inform"]


def test_anything_else_dropped_is_refused(fenetre_demo: MainWindow, tmp_path: Path) -> None:
    texte = tmp_path / "lettre.txt"
    texte.write_text("rien", encoding="utf-8")
    assert not deposer(fenetre_demo, texte, tmp_path)


def test_geometry_rail_and_page_are_remembered(
    qtbot: QtBot, fenetre_demo: MainWindow, campagne_demo: Path, services: Services
) -> None:
    fenetre_demo.setGeometry(40, 30, 790, 540)
    fenetre_demo.actions_fenetre["rail"].trigger()
    fenetre_demo.go("dossiers")
    assert fenetre_demo.close()
    assert not services.campagne.is_open
    suivante = MainWindow(services)
    qtbot.addWidget(suivante)
    assert (suivante.size().width(), suivante.size().height()) == (790, 540)
    assert suivante.rail.isHidden()
    with qtbot.waitSignal(services.campagne.suivi_loaded):
        suivante.start(campagne_demo)
    assert isinstance(suivante.page, DossiersPage)
    qtbot.waitUntil(lambda: not services.taches.busy)


def test_closing_while_busy_asks_then_waits_for_the_end(
    qtbot: QtBot, fenetre_demo: MainWindow, alertes: Enregistreur
) -> None:
    depart = Event()
    fenetre_demo.services.taches.start("Import de deux fichiers", partial(attendre, depart))
    alertes.reponse = False
    assert not fenetre_demo.close()
    assert "import de deux fichiers" in alertes.dits[-1][1]
    assert not fenetre_demo.services.taches.current.arret.is_set()  # type: ignore[union-attr]
    alertes.reponse = True
    assert not fenetre_demo.close()
    assert fenetre_demo.services.campagne.is_open
    depart.set()
    qtbot.waitUntil(fenetre_demo.isHidden)
    assert not fenetre_demo.services.campagne.is_open


def test_silent_work_is_stopped_without_a_question(
    qtbot: QtBot, fenetre_demo: MainWindow, alertes: Enregistreur
) -> None:
    depart = Event()
    fenetre_demo.services.taches.start("", partial(attendre, depart))
    assert not fenetre_demo.close()
    depart.set()
    qtbot.waitUntil(fenetre_demo.isHidden)
    assert alertes.dits == []


def test_text_that_cannot_be_written_keeps_the_window_open(fenetre_demo: MainWindow, alertes: Enregistreur) -> None:
    fenetre_demo.show_page(Bloquee)
    alertes.reponse = False
    assert not fenetre_demo.close()
    assert "perdrait" in alertes.dits[-1][1]
    alertes.reponse = True
    assert fenetre_demo.close()


def test_reading_hides_all_but_the_page(fenetre_demo: MainWindow) -> None:
    fenetre_demo.services.navigation.set_reading(True)
    assert fenetre_demo.reading
    assert not fenetre_demo.rail.isVisible()
    assert not fenetre_demo.menuBar().isVisible()
    fenetre_demo.services.navigation.set_reading(False)
    assert fenetre_demo.rail.isVisible()


def test_f11_belongs_to_the_dossier_while_it_is_in_view(fenetre_demo: MainWindow) -> None:
    plein_ecran = fenetre_demo.actions_fenetre["plein_ecran"]
    fenetre_demo.services.navigation.open_dossier(LIBRE)
    assert plein_ecran.shortcut().isEmpty()
    fenetre_demo.go("accueil")
    assert plein_ecran.shortcut().toString() == "F11"


def test_text_size_goes_by_steps_and_is_ticked(fenetre: MainWindow) -> None:
    actions, theme = fenetre.actions_fenetre, fenetre.services.theme
    actions["taille.plus"].trigger()
    assert theme.taille == 110
    assert actions["taille.110"].isChecked()
    for _ in range(9):
        actions["taille.moins"].trigger()
    assert theme.taille == 90
    actions["taille.normale"].trigger()
    actions["apparence.sombre"].trigger()
    assert theme.sombre
    assert actions["apparence.sombre"].isChecked()
    actions["apparence.systeme"].trigger()


@pytest.mark.parametrize("taille", [100, 200])
def test_no_page_widens_the_window_beyond_a_small_screen(fenetre_demo: MainWindow, taille: int) -> None:
    fenetre_demo.services.theme.set_taille(taille)
    for nom in ("accueil", "dossiers", "campagne"):
        fenetre_demo.go(nom)
        assert fenetre_demo.minimumSizeHint().width() <= 1366, nom
    fenetre_demo.services.theme.set_taille(100)


def test_closing_the_campagne_goes_home_and_a_recent_one_comes_back(
    qtbot: QtBot, fenetre_demo: MainWindow, campagne_demo: Path
) -> None:
    fenetre_demo.go("dossiers")
    fenetre_demo.actions_fenetre["campagne.fermer"].trigger()
    assert isinstance(fenetre_demo.page, AccueilPage)
    assert fenetre_demo.services.reglages.recentes == [campagne_demo]
    recentes = next(m for m in fenetre_demo.menuBar().findChildren(QMenu) if m.title() == "Ouvrir récente")
    recentes.aboutToShow.emit()
    with qtbot.waitSignal(fenetre_demo.services.campagne.suivi_loaded):
        recentes.actions()[0].trigger()


def test_a_folder_given_at_the_start_that_is_gone_leads_home(
    qtbot: QtBot, services: Services, alertes: Enregistreur, tmp_path: Path
) -> None:
    fenetre = MainWindow(services)
    qtbot.addWidget(fenetre)
    fenetre.start(tmp_path / "partie")
    qtbot.waitUntil(lambda: fenetre.page is not None)
    assert [genre for genre, _ in alertes.dits] == ["error"]


def test_version_is_copied_and_search_is_focused(fenetre_demo: MainWindow) -> None:
    fenetre_demo.actions_fenetre["version"].trigger()
    assert "PySide6" in QApplication.clipboard().text()
    fenetre_demo.go("dossiers")
    fenetre_demo.actions_fenetre["rechercher"].trigger()
    assert isinstance(fenetre_demo.focusWidget(), QLineEdit)


def test_an_old_copy_can_replace_the_present_campagne(
    qtbot: QtBot, fenetre_demo: MainWindow, campagne_demo: Path, tmp_path: Path
) -> None:
    autre = Path(shutil.copytree(campagne_demo, tmp_path / "autre", ignore=shutil.ignore_patterns("verrou")))
    fenetre_demo.go("dossiers")
    with qtbot.waitSignal(fenetre_demo.services.campagne.suivi_loaded):
        fenetre_demo.services.navigation.open_campagne(autre)
    assert fenetre_demo.services.campagne.dossier == autre
    assert isinstance(fenetre_demo.page, AccueilPage)
