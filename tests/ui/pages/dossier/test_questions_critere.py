"""Questions asked from the pane of a critere: written as they are typed, changed, taken away, followed."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from o2r_desktop import operations
from o2r_desktop.errors import StoreUnavailableError
from o2r_desktop.evaluation.questions import Question, ecrire, envoyees, lire
from o2r_desktop.evaluation.reponses import MANQUANTE, Reponse
from o2r_desktop.operations import actes
from o2r_desktop.operations.actes import Genre
from o2r_desktop.operations.questions import load_questions
from tests.ui.conftest import MAINTENANT
from ui.pages.dossier.echec import BarreEchec
from ui.pages.dossier.questions_critere import QuestionsCritere
from ui.services import Services

NUMERO, CRITERE = 25000103, "CRE-05"


@pytest.fixture
def volet(services_demo: Services, qtbot: QtBot) -> Iterator[QuestionsCritere]:
    volet = QuestionsCritere(services_demo)
    qtbot.addWidget(volet)
    parent = QWidget()
    qtbot.addWidget(parent)
    volet.setParent(parent)
    parent.resize(360, 500)
    parent.show()
    parent.activateWindow()
    montrer(volet)
    yield volet
    volet.setParent(None)


def montrer(volet: QuestionsCritere, critere: str = CRITERE) -> None:
    volet.show_critere(volet.services.campagne.complet(NUMERO), critere, modifiable=True)


def ecrites(volet: QuestionsCritere) -> list[Question]:
    return list(load_questions(volet.services.campagne.session, NUMERO))


def poser(volet: QuestionsCritere, texte: str, critere: str = CRITERE) -> None:
    montrer(volet, critere)
    volet.ask()
    volet.champ.setPlainText(texte)
    volet.flush()


def test_nothing_is_shown_until_a_question_is_asked(volet: QuestionsCritere) -> None:
    assert volet.isHidden()
    volet.ask()
    assert volet.isVisible()
    assert volet.champ.text() == ""


def test_what_is_typed_is_written_without_being_asked_and_stays_one_question(
    volet: QuestionsCritere, qtbot: QtBot
) -> None:
    volet.ask()
    qtbot.keyClicks(volet.champ, "Quel")
    qtbot.waitUntil(lambda: bool(ecrites(volet)), timeout=3_000)
    volet.champ.insertPlainText(" effectif ?")
    assert volet.dirty
    volet.flush()
    (question,) = ecrites(volet)
    assert (question.critere, question.texte, question.auteur) == (CRITERE, "Quel effectif ?", "Camille Essai")
    assert question.posee_le == MAINTENANT
    assert not volet.dirty
    volet.services.campagne.history.undo()  # the breaths of one question are one act
    assert ecrites(volet) == []
    assert volet.champ.text() == ""


def test_two_questions_are_two_acts(volet: QuestionsCritere) -> None:
    for texte in ("Combien ?", "Pourquoi ?"):
        poser(volet, texte)
        volet.fermer.click()
    volet.services.campagne.history.undo()
    assert [q.texte for q in ecrites(volet)] == ["Combien ?"]


def test_escape_ends_the_question_and_keeps_it(volet: QuestionsCritere, qtbot: QtBot) -> None:
    volet.ask()
    volet.champ.insertPlainText("Combien ?")
    qtbot.keyClick(volet.champ, Qt.Key.Key_Escape)
    assert not volet.champ.isVisible()
    assert volet.lignes[0].texte.text() == "Combien ?"
    assert volet.lignes[0].etat.text() == "? à envoyer"


def test_a_missing_information_has_its_wording_proposed_once(volet: QuestionsCritere) -> None:
    session = volet.services.campagne.session
    operations.write_reponse(session, NUMERO, Reponse(critere=CRITERE, valeur=MANQUANTE))
    volet.services.campagne.load_suivi()
    montrer(volet)
    volet.ask()
    assert volet.champ.text().endswith("\u202f?")
    assert volet.champ.textCursor().hasSelection()
    volet.fermer.click()
    volet.ask()
    assert volet.champ.text() == ""
    assert len(ecrites(volet)) == 1


def test_a_question_is_changed_then_taken_away_when_its_words_are(volet: QuestionsCritere) -> None:
    poser(volet, "Combien ?")
    volet.fermer.click()
    volet.lignes[0].modifier.click()
    volet.champ.setPlainText("Combien en 2026 ?")
    volet.flush()
    assert [q.texte for q in ecrites(volet)] == ["Combien en 2026 ?"]
    volet.champ.setPlainText("  ")
    volet.flush()
    assert ecrites(volet) == []
    volet.champ.setPlainText("Finalement ?")
    volet.flush()
    volet.fermer.click()
    volet.lignes[0].supprimer.click()
    assert ecrites(volet) == []
    assert volet.isHidden()


def test_another_critere_has_its_own_questions(volet: QuestionsCritere) -> None:
    poser(volet, "Combien ?")
    montrer(volet, "FIN-02")
    assert volet.isHidden()
    montrer(volet)
    assert [x.texte.text() for x in volet.lignes if x.isVisible()] == ["Combien ?"]


def test_what_is_typed_is_written_when_another_critere_comes(volet: QuestionsCritere) -> None:
    volet.ask()
    volet.champ.insertPlainText("Combien ?")
    montrer(volet, "FIN-02")
    assert [q.critere for q in ecrites(volet)] == [CRITERE]


def test_a_question_sent_is_not_changed_here(volet: QuestionsCritere) -> None:
    poser(volet, "Combien ?")
    volet.fermer.click()
    campagne = volet.services.campagne
    toutes = envoyees(ecrites(volet), {1}, le=MAINTENANT, echeance=MAINTENANT.date())
    campagne.change(Genre.QUESTIONS, {NUMERO: ecrire(toutes)}, "envoi")
    ligne = volet.lignes[0]
    assert ligne.etat.text() == "→ envoyée"
    assert ligne.quand.text() == "avant le 02/09/2025 inclus"
    assert not ligne.modifier.isVisible()


def test_words_that_change_elsewhere_take_their_place_in_the_field(volet: QuestionsCritere) -> None:
    poser(volet, "Combien ?")
    campagne = volet.services.campagne
    etat = dict(campagne.state(Genre.QUESTIONS, NUMERO))
    etat["questions"][0]["texte"] = "Autrement ?"
    campagne.change(Genre.QUESTIONS, {NUMERO: etat}, "question")
    assert volet.champ.text() == "Autrement ?"
    campagne.change(Genre.QUESTIONS, {NUMERO: {"questions": []}}, "question")
    assert volet.champ.text() == ""
    assert lire(campagne.state(Genre.QUESTIONS, NUMERO)) == ()


def test_nothing_is_asked_of_a_campagne_that_is_only_read(volet: QuestionsCritere) -> None:
    campagne = volet.services.campagne
    dossier = campagne.dossier
    poser(volet, "Combien ?")
    volet.fermer.click()
    campagne.open(dossier, auteur="Camille", lecture_seule=True)
    montrer(volet)
    volet.ask()
    assert not volet.champ.isVisible()
    assert not volet.lignes[0].modifier.isVisible()


def test_the_tab_is_asked_for(volet: QuestionsCritere, qtbot: QtBot) -> None:
    poser(volet, "Combien ?")
    with qtbot.waitSignal(volet.questions_requested):
        volet.voir.click()


def en_panne(*_: object, **__: object) -> None:
    raise StoreUnavailableError("Le disque ne répond pas.")


def test_a_list_that_could_not_be_read_erases_nothing(
    volet: QuestionsCritere, monkeypatch: pytest.MonkeyPatch
) -> None:
    for texte in ("Combien ?", "Pourquoi ?"):
        poser(volet, texte)
        volet.fermer.click()
    with monkeypatch.context() as panne:
        panne.setattr(volet.services.campagne, "state", en_panne)
        montrer(volet, "FIN-06")
    volet.ask()
    volet.champ.setPlainText("Depuis quand ?")
    volet.flush()
    assert [q.texte for q in ecrites(volet)] == ["Combien ?", "Pourquoi ?", "Depuis quand ?"]


def test_a_question_tried_again_is_asked_once(
    volet: QuestionsCritere, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    barre = BarreEchec(volet.services)
    qtbot.addWidget(barre)
    heures = (MAINTENANT + timedelta(seconds=n) for n in range(99))
    monkeypatch.setattr(volet.services.campagne, "horloge", lambda: next(heures))
    with monkeypatch.context() as panne:
        panne.setattr(actes, "change", en_panne)
        poser(volet, "Combien")
    assert barre.pending
    volet.champ.insertPlainText(" de lits ?")
    volet.flush()
    assert not volet.dirty
    barre.retry()
    (question,) = ecrites(volet)
    assert "Combien" in question.texte
