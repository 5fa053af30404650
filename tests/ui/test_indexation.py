"""What the window makes ready in silence."""

from functools import partial
from pathlib import Path
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from o2r_desktop import operations, recherche
from o2r_desktop.progress import Reporter
from o2r_desktop.store.recherche import FICHIER
from o2r_desktop.suivi import EtatPieces, Filtre
from tests.ui.conftest import Enregistreur
from ui.indexation import INDEXATION
from ui.main_window import MainWindow
from ui.tasks import Task


@pytest.fixture(autouse=True)
def sans_index(campagne_demo: Path) -> None:
    """A campagne whose index is still to be made."""
    (campagne_demo / FICHIER).unlink(missing_ok=True)


def attendre(depart: Event, _: Reporter) -> None:
    assert depart.wait(10)


def faite(fenetre: MainWindow) -> bool:
    return not fenetre.campagnes.apres_lecture._reste and not fenetre.services.taches.busy


def test_pieces_are_read_then_the_index_is_made(qtbot: QtBot, fenetre_demo: MainWindow) -> None:
    campagne = fenetre_demo.services.campagne
    assert not recherche.a_jour(campagne.session)
    qtbot.waitUntil(lambda: faite(fenetre_demo), timeout=20_000)

    assert campagne.suivi is not None
    recues = campagne.suivi.filtrer(Filtre(pieces=frozenset({EtatPieces.RECUE})))
    assert sorted(campagne.suivi.numero(rang) for rang in recues) == [25000101, 25000104, 25000110]
    assert recherche.a_jour(campagne.session)


def test_the_index_gives_way_to_other_work_then_goes_on(qtbot: QtBot, fenetre_demo: MainWindow) -> None:
    services = fenetre_demo.services
    with qtbot.waitSignal(services.taches.started, timeout=10_000, check_params_cb=lambda tache: not tache.titre):
        pass
    depart = Event()
    autre = services.taches.start("Import d’essai", partial(attendre, depart))
    with qtbot.waitSignal(autre.finished, timeout=10_000):
        depart.set()
    assert fenetre_demo.campagnes.apres_lecture._reste, "ce qui fut arrêté reste à faire"
    qtbot.waitUntil(lambda: faite(fenetre_demo), timeout=20_000)

    assert recherche.a_jour(services.campagne.session)


def test_closing_stops_it_without_a_question(qtbot: QtBot, fenetre_demo: MainWindow, alertes: Enregistreur) -> None:
    services = fenetre_demo.services
    with qtbot.waitSignal(services.taches.started, timeout=10_000):
        pass
    fenetre_demo.campagnes.close()
    qtbot.waitUntil(lambda: not services.campagne.is_open)

    assert alertes.dits == []
    assert not fenetre_demo.campagnes.apres_lecture._reste


def test_a_campagne_open_for_reading_is_not_indexed(qtbot: QtBot, fenetre: MainWindow, campagne_demo: Path) -> None:
    campagne = fenetre.services.campagne
    with operations.open_session(campagne_demo, auteur="Autre"):
        fenetre.campagnes.open(campagne_demo)
        qtbot.waitUntil(lambda: campagne.suivi is not None)
        qtbot.waitUntil(lambda: faite(fenetre), timeout=20_000)

        assert campagne.read_only
        assert not recherche.a_jour(campagne.session)


def test_the_status_bar_says_how_far_the_index_is(qtbot: QtBot, fenetre_demo: MainWindow) -> None:
    services, etat = fenetre_demo.services, fenetre_demo.etat.index
    suite, dit = Event(), Event()

    def travail(reporter: Reporter) -> None:
        reporter.step(0, 9000, "Index de recherche\u00a0: formulaires")
        assert dit.wait(10)
        reporter.step(1200, 9000, "Index de recherche\u00a0: formulaires")
        assert suite.wait(10)

    fenetre_demo.campagnes.apres_lecture._forget()
    tache: Task[None] = services.taches.start("", travail)
    tache.setObjectName(INDEXATION)
    qtbot.waitUntil(lambda: etat._debut.isValid() and etat._debut.hasExpired(700))
    assert etat.isHidden(), "ce qui ne dure pas n’est pas dit"
    dit.set()
    qtbot.waitUntil(lambda: not etat.isHidden())
    assert etat.text() == "Index de recherche\u00a0: 1\u202f200 / 9\u202f000 formulaires"
    with qtbot.waitSignal(tache.finished):
        suite.set()
    assert etat.isHidden()
