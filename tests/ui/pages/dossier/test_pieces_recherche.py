"""The panel that looks in all the pieces: from the keyboard, with what could not be searched."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from o2r_desktop import operations
from o2r_desktop.progress import SilentReporter
from tests.ui.pages.dossier.pieces_recues import NUMERO, importer
from ui.pages.dossier.pieces_recherche import RecherchePieces
from ui.services import Services


@pytest.fixture
def services_pieces(services: Services, campagne_demo: Path, tmp_path: Path) -> Services:
    importer(campagne_demo, tmp_path)
    services.campagne.open(campagne_demo, auteur="Camille Essai")
    return services


@pytest.fixture
def panneau(services_pieces: Services, qtbot: QtBot) -> RecherchePieces:
    panneau = RecherchePieces(services_pieces)
    qtbot.addWidget(panneau)
    panneau.resize(640, 320)
    panneau.show_dossier(NUMERO)
    panneau.show()
    panneau.activateWindow()
    qtbot.waitUntil(panneau.isActiveWindow)
    return panneau


def indexer(services: Services) -> None:
    from o2r_desktop.recherche import indexer as faire

    with operations.twin_session(services.campagne.session) as jumelle:
        faire(jumelle, SilentReporter())


def chercher(panneau: RecherchePieces, qtbot: QtBot, mots: str) -> list[str]:
    """Look for words and return the lines."""
    panneau.open(mots)
    qtbot.waitUntil(lambda: not panneau._services.taches.busy and panneau._tache is None)
    return [str(panneau.modele.index(rang).data()) for rang in range(panneau.modele.rowCount())]


def test_words_are_found_then_opened_from_the_keyboard(
    panneau: RecherchePieces, services_pieces: Services, qtbot: QtBot
) -> None:
    indexer(services_pieces)
    lignes = chercher(panneau, qtbot, "bilan")
    assert lignes[:2] == [
        "comptes_2024.pdf — 1\u00a0passage",
        "p.\u00a01\u00a0: Bilan au 31 décembre 2024 Total des fonds propres : 201 765",
    ]
    assert "façade.png — document scanné ou image\u00a0: sans texte" in lignes
    assert "comptes_2023.pdf — illisible\u00a0: protégée ou abîmée" in lignes
    assert panneau.bilan.text().startswith("1\u00a0passage dans 1\u00a0pièce · ")
    qtbot.keyClick(panneau.champ, Qt.Key.Key_Down)
    assert panneau.liste.hasFocus()
    with qtbot.waitSignal(panneau.passage_chosen) as choisi:
        qtbot.keyClick(panneau.liste, Qt.Key.Key_Return)
    assert (len(choisi.args[0]), choisi.args[1:]) == (64, [1, "Bilan"])
    qtbot.keyClick(panneau.liste, Qt.Key.Key_Up)
    assert panneau.champ.hasFocus()
    with qtbot.waitSignal(panneau.closed):
        qtbot.keyClick(panneau.champ, Qt.Key.Key_Escape)
    assert panneau.isHidden()


def test_entree_waits_for_what_is_looked_for(
    panneau: RecherchePieces, services_pieces: Services, qtbot: QtBot
) -> None:
    indexer(services_pieces)
    panneau.open()
    panneau.champ.setText("effectifs")
    with qtbot.waitSignal(panneau.passage_chosen) as choisi:
        qtbot.keyClick(panneau.champ, Qt.Key.Key_Return)
    assert choisi.args[2] == "effectifs"
    assert chercher(panneau, qtbot, "introuvable")[0].count("passage") == 0
    assert panneau.bilan.text().startswith("Aucun passage")
    with qtbot.assertNotEmitted(panneau.passage_chosen):
        qtbot.keyClick(panneau.champ, Qt.Key.Key_Return)


def test_pieces_that_wait_for_the_index_are_said(panneau: RecherchePieces, qtbot: QtBot) -> None:
    lignes = chercher(panneau, qtbot, "bilan")
    assert all(ligne.endswith("pas encore dans l’index") for ligne in lignes)
    assert "index en cours…" in panneau.bilan.text()
    panneau.champ.clear()
    qtbot.waitUntil(lambda: panneau.modele.rowCount() == 0)
    assert panneau.bilan.text() == ""


def test_another_dossier_and_a_closed_campagne_are_begun_anew(
    panneau: RecherchePieces, services_pieces: Services, qtbot: QtBot
) -> None:
    assert chercher(panneau, qtbot, "bilan")
    panneau.show_dossier(25_000_101)
    qtbot.waitUntil(lambda: panneau._tache is None)
    assert panneau.modele.rowCount() == 0
    services_pieces.campagne.close()
    assert (panneau.champ.text(), panneau.isHidden()) == ("", True)
