from dataclasses import replace
from functools import partial
from threading import Event

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from o2r_desktop import operations
from o2r_desktop.progress import Reporter
from ui.main_window import MainWindow

LIBRE = 25000107


def noter(fenetre: MainWindow, valeur: str) -> bool:
    campagne = fenetre.services.campagne
    reponse = campagne.complet(LIBRE).evaluation.reponse("FIN-02")
    return campagne.save_reponse(LIBRE, replace(reponse, valeur=valeur), "niveau de FIN-02")


def attendre(depart: Event, reporter: Reporter) -> None:
    reporter.step(1, 4, "Lecture")
    assert depart.wait(10)
    reporter.step(2, 4, "Lecture")


def test_it_says_what_is_saved_and_where(fenetre_demo: MainWindow) -> None:
    etat = fenetre_demo.etat
    assert "Enregistré" not in etat.etat.text()
    assert noter(fenetre_demo, "3")
    for mots in ("✓ Enregistré 10:42", "Sauvegarde 10:42", "Hors ligne", "Grille ", "· v1", "Campagne\u00a0: "):
        assert mots in etat.etat.text()
    assert etat.etat.accessibleName() == etat.etat.text()


def test_without_a_campagne_it_says_so(fenetre: MainWindow) -> None:
    assert "Aucune campagne ouverte" in fenetre.etat.etat.text()
    assert fenetre.etat.lecture_seule.isHidden()


def test_a_failed_write_is_said_until_the_next_good_one(fenetre_demo: MainWindow) -> None:
    campagne = fenetre_demo.services.campagne
    campagne.complet(LIBRE)
    with operations.twin_session(campagne.session) as autre:
        autre.campagne.db.execute("BEGIN EXCLUSIVE")
        campagne.session.campagne.db.execute("PRAGMA busy_timeout = 0")
        assert not noter(fenetre_demo, "3")
        autre.campagne.db.rollback()
    etat = fenetre_demo.etat
    assert (etat.echec.text(), etat.echec.isHidden()) == ("✕ Non enregistré", False)
    assert "Enregistré" not in etat.etat.text()
    assert not etat.etat.property("faute"), "le reste de la barre ne dit aucune faute"
    assert noter(fenetre_demo, "3")
    assert etat.echec.isHidden()


def test_undo_is_one_click_away(qtbot: QtBot, fenetre_demo: MainWindow) -> None:
    annuler = fenetre_demo.etat.annuler
    assert annuler.isHidden()
    assert noter(fenetre_demo, "3")
    assert annuler.text() == "Annuler\u00a0: niveau de FIN-02"
    qtbot.mouseClick(annuler, Qt.MouseButton.LeftButton)
    assert annuler.isHidden()


def test_work_shows_its_name_how_far_it_is_and_can_be_stopped(qtbot: QtBot, fenetre_demo: MainWindow) -> None:
    depart = Event()
    progression = fenetre_demo.etat.progression
    task = fenetre_demo.services.taches.start("Import de deux fichiers", partial(attendre, depart))
    seconde = fenetre_demo.services.taches.start("Notes", partial(attendre, depart))
    with qtbot.waitSignal(task.progressed):
        pass
    assert progression.isVisible()
    qtbot.waitUntil(lambda: (progression.barre.value(), progression.barre.maximum()) == (1, 4))
    assert progression.arreter.accessibleName() == "Interrompre l’opération en cours"
    assert progression.arreter.focusPolicy() & Qt.FocusPolicy.TabFocus
    progression.arreter.setFocus()
    qtbot.keyClick(progression.arreter, Qt.Key.Key_Space)
    assert task.arret.is_set()
    assert not seconde.arret.is_set()
    with qtbot.waitSignal(task.finished):
        depart.set()
    qtbot.waitUntil(progression.isHidden)


def test_silent_work_is_not_shown(qtbot: QtBot, fenetre_demo: MainWindow) -> None:
    depart = Event()
    fenetre_demo.services.taches.start("", partial(attendre, depart))
    assert fenetre_demo.etat.progression.isHidden()
    depart.set()
    qtbot.waitUntil(lambda: not fenetre_demo.services.taches.busy)


@pytest.mark.parametrize("taille", [90, 200])
def test_it_fits_a_small_screen(fenetre_demo: MainWindow, taille: int) -> None:
    fenetre_demo.services.theme.set_taille(taille)
    assert noter(fenetre_demo, "3")
    assert fenetre_demo.etat.minimumSizeHint().width() <= 1366
    fenetre_demo.services.theme.set_taille(100)
