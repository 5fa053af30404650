"""The point to watch, in the card of a critere."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from o2r_desktop.text import NBSP
from tests.ui.pages.dossier.test_critere import CONTROLE, ECHELLE, FINALISE, Banc, touche
from tests.ui.pages.dossier.test_critere import banc as banc  # noqa: PLC0414 a fixture is taken by its name


def vigilance(banc: Banc) -> str:
    return banc.services.campagne.complet(banc.numero).evaluation.reponse(banc.pane.critere_id).vigilance


@pytest.fixture
def ouverte(banc: Banc, qtbot: QtBot) -> Banc:
    banc.montrer(ECHELLE)
    banc.pane.focus_first()
    assert banc.pane.vigilance.champ.isHidden()
    touche(qtbot, banc, Qt.Key.Key_V)
    assert banc.pane.vigilance.champ.hasFocus()
    return banc


def test_it_is_written_undone_and_shown_again(ouverte: Banc, qtbot: QtBot) -> None:
    champ = ouverte.pane.vigilance.champ
    with qtbot.waitSignal(ouverte.services.campagne.saved, timeout=1500):
        qtbot.keyClicks(champ, "Suivre V1")
    assert vigilance(ouverte) == "Suivre V1"
    assert ouverte.acte() == f"point de vigilance de {ECHELLE}"
    assert ouverte.ecrite().commentaire == ""
    ouverte.montrer(CONTROLE)
    assert champ.isHidden()
    ouverte.montrer(ECHELLE)
    assert champ.isVisible()
    ouverte.services.campagne.history.undo()
    assert (champ.text(), vigilance(ouverte)) == ("", "")
    ouverte.services.campagne.history.redo()
    assert champ.text() == "Suivre V1"
    assert champ.isVisible()


def test_left_empty_it_folds(ouverte: Banc) -> None:
    ouverte.ailleurs.setFocus()
    assert ouverte.pane.vigilance.champ.isHidden()
    assert ouverte.pane.vigilance.bouton.isVisible()
    ouverte.pane.vigilance.bouton.click()
    assert ouverte.pane.vigilance.champ.hasFocus()


def test_both_texts_are_written_on_leaving(ouverte: Banc) -> None:
    ouverte.pane.commentaire.insertPlainText("Vu")
    ouverte.pane.vigilance.champ.insertPlainText("À suivre")
    assert ouverte.pane.leave()
    assert (ouverte.ecrite().commentaire, vigilance(ouverte)) == ("Vu", "À suivre")


def test_what_cannot_be_written_stays_and_is_said(ouverte: Banc) -> None:
    ouverte.panne(True)
    ouverte.pane.vigilance.champ.insertPlainText("À suivre")
    assert not ouverte.pane.leave()
    assert ouverte.pane.vigilance.champ.text() == "À suivre"
    assert ouverte.pane.vigilance.enregistrement.mots.text().startswith(f"✕ Non enregistré{NBSP}: ")
    ouverte.panne(False)
    assert ouverte.pane.leave()
    assert vigilance(ouverte) == "À suivre"
    assert ouverte.pane.vigilance.enregistrement.isHidden()


def test_of_a_finalised_evaluation_it_is_only_read(banc: Banc) -> None:
    banc.montrer(CONTROLE, FINALISE)
    assert banc.pane.vigilance.isHidden()
    banc.services.campagne.reopen(FINALISE, "Pièce reçue")
    depart = banc.services.campagne.complet(FINALISE).evaluation.reponse(CONTROLE)
    assert banc.services.campagne.save_reponse(FINALISE, replace(depart, vigilance="À suivre"), "essai")
    assert banc.pane.vigilance.champ.isVisible()
