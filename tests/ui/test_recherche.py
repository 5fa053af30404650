"""Questions asked of the full text, from the window's thread."""

from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from o2r_desktop import recherche
from o2r_desktop.progress import SilentReporter
from o2r_desktop.recherche import Resultat
from o2r_desktop.store.recherche import FICHIER
from o2r_desktop.suivi import Filtre
from ui.recherche import Question, Recherche, TexteIntegral, unwhole
from ui.services import Services


@pytest.fixture
def indexee(services_demo: Services) -> Services:
    recherche.indexer(services_demo.campagne.session, SilentReporter())
    return services_demo


def test_the_last_question_alone_is_answered(indexee: Services, qtbot: QtBot) -> None:
    racine = QObject()
    demandes = Recherche(indexee.campagne, racine)
    recus: list[Resultat] = []
    demandes.found.connect(recus.append)
    for mot in ("jeunes", "jeunes perdus", "fonds dédiés"):
        demandes.ask(Question(mot))
    qtbot.waitUntil(lambda: not demandes.pending)
    qtbot.waitUntil(lambda: demandes._tache is None, timeout=5000)

    assert [25000101 in resultat.numeros for resultat in recus] == [True]
    assert {passage.numero for passage in recus[0].passages} == {25000101, 25000106}


def test_a_question_that_comes_as_the_thread_ends_is_answered_too(indexee: Services, qtbot: QtBot) -> None:
    racine = QObject()
    demandes = Recherche(indexee.campagne, racine)
    demandes.ask(Question("jeunes"))
    qtbot.waitUntil(lambda: not demandes.pending)
    assert demandes._tache is not None
    demandes._file.put(None)
    assert demandes._fil.wait(5)
    with qtbot.waitSignal(demandes.found) as reponse:
        demandes.ask(Question("fonds dédiés"))

    assert 25000101 in reponse.args[0].numeros
    demandes.stop()


def test_a_campagne_that_closes_is_let_go(indexee: Services, qtbot: QtBot) -> None:
    racine = QObject()
    demandes = Recherche(indexee.campagne, racine)
    recus: list[Resultat] = []
    demandes.found.connect(recus.append)
    demandes.ask(Question("jeunes"))
    indexee.campagne.close()

    assert demandes._fil.wait(0), "le fil s’est arrêté avant la campagne"
    qtbot.waitUntil(lambda: demandes._tache is None)
    assert not demandes.pending
    assert recus == []


def test_a_campagne_that_cannot_be_read_ends_the_wait(indexee: Services, qtbot: QtBot, campagne_demo: Path) -> None:
    racine = QObject()
    demandes = Recherche(indexee.campagne, racine)
    (campagne_demo / "o2r.db").write_bytes(b"rien de bon" * 500)
    with qtbot.waitSignal(demandes.failed):
        demandes.ask(Question("jeunes"))

    assert not demandes.pending


@pytest.fixture
def texte(indexee: Services, qtbot: QtBot) -> TexteIntegral:
    page = QWidget()
    qtbot.addWidget(page)
    page.show()
    return TexteIntegral(indexee, page)


def test_rows_found_stay_while_the_question_grows_longer(texte: TexteIntegral, qtbot: QtBot) -> None:
    suivi = texte._campagne.suivi
    with qtbot.waitSignal(texte.found):
        texte.ask(suivi, Filtre(recherche="perdus"))
    avant = texte.trouves
    assert avant
    with qtbot.waitSignal(texte.found):
        texte.ask(suivi, Filtre(recherche="perdus zzz"))
        assert texte.pending
        assert texte.trouves == avant
    assert texte.trouves == frozenset()
    texte.ask(suivi, Filtre(recherche="fonds"))
    assert texte.trouves is None, "d’autres mots : rien n’est su encore"


def test_only_dossiers_that_pass_the_other_filters_are_asked_for(texte: TexteIntegral, qtbot: QtBot) -> None:
    suivi = texte._campagne.suivi
    with qtbot.waitSignal(texte.found):
        texte.ask(suivi, Filtre(recherche="fonds dédiés dep:72"))

    assert texte.trouves == frozenset({25000101})
    assert texte.resultat is not None
    assert {passage.numero for passage in texte.resultat.passages} == {25000101}


@pytest.mark.parametrize("ecrit", ["", "f", "dep:72", "fonds score>=abc"])
def test_what_needs_no_full_text_asks_nothing(texte: TexteIntegral, ecrit: str) -> None:
    texte.ask(texte._campagne.suivi, Filtre(recherche=ecrit))

    assert not texte.pending
    assert texte.trouves is None


def test_an_answer_that_is_not_whole_is_asked_again_once_work_is_done(
    services_demo: Services, qtbot: QtBot, campagne_demo: Path
) -> None:
    (campagne_demo / FICHIER).unlink(missing_ok=True)
    page = QWidget()
    qtbot.addWidget(page)
    page.show()
    texte = TexteIntegral(services_demo, page)
    with qtbot.waitSignal(texte.found):
        texte.ask(services_demo.campagne.suivi, Filtre(recherche="fonds dédiés"))
    assert texte.trouves == frozenset()
    assert "en cours" in texte.reserve
    assert "en cours" in unwhole(lecture_seule=False)

    recherche.indexer(services_demo.campagne.session, SilentReporter())
    with qtbot.waitSignal(texte.found):
        services_demo.taches.start("", lambda _: None)

    assert texte.trouves == frozenset({25000101, 25000106})
    assert texte.reserve == ""
