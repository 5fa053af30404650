"""The tab of the questions: by state, one message, what came since, all of it undone and written as it is typed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QCalendarWidget, QDialog
from pytestqt.qtbot import QtBot

from o2r_desktop import operations
from o2r_desktop.evaluation.questions import Question, ecrire
from o2r_desktop.operations.actes import Genre
from o2r_desktop.operations.questions import Element, NatureElement, load_questions
from tests.ui.conftest import MAINTENANT
from ui.pages.dossier.questions import QuestionsVolet
from ui.services import Services
from ui.widgets.champ_date import lire_date

NUMERO, FINALISE = 25000103, 25000101
POSEE = Question(id=2, critere="CRE-05", texte="Quel effectif ?", posee_le=MAINTENANT, auteur="Alix")
ENVOI = datetime(2025, 8, 20, 9, tzinfo=UTC)
EN_RETARD = replace(POSEE, id=3, texte="Et les ETP ?", envoyee_le=ENVOI, echeance=date(2025, 9, 1))
REPONDUE = replace(EN_RETARD, id=1, critere="", texte="Qui ?", reponse="Elle.", repondue_le=MAINTENANT)


@pytest.fixture
def volet(services_demo: Services, qtbot: QtBot) -> Iterator[QuestionsVolet]:
    services_demo.campagne.change(Genre.QUESTIONS, {NUMERO: ecrire([REPONDUE, POSEE, EN_RETARD])}, "questions")
    volet = QuestionsVolet(services_demo)
    qtbot.addWidget(volet)
    volet.resize(560, 640)
    volet.show()
    volet.activateWindow()
    qtbot.waitUntil(volet.isActiveWindow)
    montrer(volet, qtbot)
    yield volet
    qtbot.waitUntil(lambda: not services_demo.taches.busy)


def montrer(volet: QuestionsVolet, qtbot: QtBot, numero: int = NUMERO) -> None:
    volet.show_dossier(volet.services.campagne.complet(numero))
    qtbot.waitUntil(lambda: not volet.services.taches.busy)


def ecrites(volet: QuestionsVolet) -> dict[int, Question]:
    return {q.id or 0: q for q in load_questions(volet.services.campagne.session, NUMERO)}


def vues(volet: QuestionsVolet) -> list[tuple[str, str]]:
    lignes = sorted((x for x in volet.lignes.values()), key=lambda x: x.y())
    return [(x.etat.text(), x.texte.text()) for x in lignes]


def test_questions_stand_by_state_what_is_late_first(volet: QuestionsVolet, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: len({x.y() for x in volet.lignes.values()}) == 3)
    assert vues(volet) == [
        ("! en retard", "Et les ETP ?"), ("? à envoyer", "Quel effectif ?"), ("✓ répondue", "Qui ?"),
    ]  # fmt: skip
    assert volet.bilan.text() == "1\u00a0en retard, 1\u00a0à envoyer, 1\u00a0répondue"
    assert volet.lignes[3].groupe.text() == "En retard (1)"


def test_the_message_asks_what_is_ticked_by_the_day_that_is_chosen(volet: QuestionsVolet) -> None:
    assert volet.echeance.champ.text() == "16/09/2025"
    assert "Quel effectif ?" in volet.message.text()
    assert "Et les ETP ?" not in volet.message.text()
    volet.lignes[3].coche.click()
    volet.echeance.champ.setText("19/09/2025")
    assert "1. Quel effectif ?\n\n2. Et les ETP ?" in volet.message.text()
    assert "vendredi 19\u00a0septembre 2025" in volet.message.text()
    assert volet.message.text().endswith("Camille Essai\nDREETS Pays de la Loire")
    volet.echeance.champ.setText("31/09/2025")
    assert (volet.message.text(), volet.attention.isVisible()) == ("", True)
    assert not volet.copier.isEnabled()


def test_the_message_is_copied_then_its_questions_are_sent_at_once(volet: QuestionsVolet, qtbot: QtBot) -> None:
    qtbot.keyClick(volet.copier, Qt.Key.Key_Return)
    assert QGuiApplication.clipboard().text() == volet.message.text()
    assert "collez-le" in volet.dit.text()
    assert ecrites(volet)[2].envoyee_le is None
    qtbot.keyClick(volet.envoyer, Qt.Key.Key_Return)
    envoyee = ecrites(volet)[2]
    assert (envoyee.envoyee_le, envoyee.echeance) == (MAINTENANT, date(2025, 9, 16))
    assert ecrites(volet)[3] == EN_RETARD
    assert volet.lignes[2].etat.text() == "→ envoyée"
    assert volet.lignes[2].texte.isReadOnly()
    assert not volet.copier.isEnabled()


def test_a_sending_is_undone_then_done_again(volet: QuestionsVolet) -> None:
    volet.envoyer.click()
    historique = volet.services.campagne.history
    assert historique.next_undo is not None
    assert historique.next_undo.nom == "envoi de 1\u00a0question"
    historique.undo()
    assert ecrites(volet)[2] == POSEE
    assert volet.lignes[2].etat.text() == "? à envoyer"
    historique.redo()
    assert volet.lignes[2].etat.text() == "→ envoyée"


def test_a_reminder_gives_another_day_and_keeps_when_it_was_sent(volet: QuestionsVolet) -> None:
    volet.lignes[2].coche.click()
    volet.lignes[3].coche.click()
    volet.envoyer.click()
    assert (ecrites(volet)[3].envoyee_le, ecrites(volet)[3].echeance) == (ENVOI, date(2025, 9, 16))


def test_a_question_is_answered_with_words_then_waits_again(volet: QuestionsVolet) -> None:
    ligne = volet.lignes[3]
    ligne.repondue.click()
    assert ligne.reponse.hasFocus()
    ligne.reponse.insertPlainText("Douze.")
    assert volet.leave()
    assert (ecrites(volet)[3].reponse, ecrites(volet)[3].repondue_le) == ("Douze.", MAINTENANT)
    assert ligne.etat.text() == "✓ répondue"
    ligne.en_attente.click()
    assert (ecrites(volet)[3].reponse, ecrites(volet)[3].repondue_le) == ("Douze.", None)


def test_words_are_written_as_they_are_typed_and_followed_when_undone(volet: QuestionsVolet, qtbot: QtBot) -> None:
    champ = volet.lignes[2].texte
    champ.setFocus()
    champ.moveCursor(champ.textCursor().MoveOperation.End)
    qtbot.keyClicks(champ, " 2026")
    qtbot.waitUntil(lambda: ecrites(volet)[2].texte == "Quel effectif ? 2026", timeout=3_000)
    assert "Quel effectif ? 2026" in volet.message.text()
    volet.services.campagne.change(Genre.QUESTIONS, {NUMERO: ecrire([replace(POSEE, texte="Avant ?")])}, "x")
    assert champ.text() == "Avant ?"
    assert list(volet.lignes) == [2]


def test_a_question_about_the_whole_dossier_goes_when_it_has_no_word(volet: QuestionsVolet) -> None:
    volet.ajouter.click()
    (neuve,) = (x for i, x in volet.lignes.items() if i > 3)
    assert neuve.texte.hasFocus()
    assert volet.leave()
    assert len(ecrites(volet)) == 3
    volet.ajouter.click()
    neuve = volet.lignes[max(volet.lignes)]
    for mots in ("Autre", " chose ?"):
        neuve.texte.insertPlainText(mots)
        neuve.flush()
    volet.services.campagne.history.undo()  # asked and typed: one act
    assert len(ecrites(volet)) == 3
    volet.services.campagne.history.redo()
    assert volet.leave()
    assert [q.texte for q in ecrites(volet).values()][-1] == "Autre chose ?"
    volet.lignes[max(volet.lignes)].supprimer.click()
    assert len(ecrites(volet)) == 3


def test_without_question_the_tab_says_the_way(volet: QuestionsVolet, qtbot: QtBot) -> None:
    montrer(volet, qtbot, FINALISE)
    assert volet.vide.isVisible()
    assert not volet.copier.isVisible()
    volet.focus_first()
    assert volet.premiere.hasFocus()
    assert "échanges peuvent continuer" in volet.bandeau.texte.text()
    volet.premiere.click()
    assert not volet.vide.isVisible()
    assert operations.load_dossier(volet.services.campagne.session, FINALISE).evaluation.finalisee


def test_a_campagne_that_is_only_read_lets_the_message_be_copied(volet: QuestionsVolet, qtbot: QtBot) -> None:
    campagne = volet.services.campagne
    campagne.open(campagne.dossier, auteur="Camille", lecture_seule=True)
    montrer(volet, qtbot)
    assert "lecture seule" in volet.bandeau.texte.text()
    assert volet.copier.isEnabled()
    ligne = volet.lignes[2]
    assert not volet.envoyer.isEnabled()
    assert not volet.ajouter.isEnabled()
    assert not ligne.supprimer.isVisible()
    assert ligne.texte.isReadOnly()
    assert volet.leave()


def test_what_came_since_is_shown_with_the_way_to_it(volet: QuestionsVolet, qtbot: QtBot) -> None:
    champ = Element(nature=NatureElement.REPONSE, le=MAINTENANT, titre="Coût", texte="1 → 2", attribut="cout_total")
    piece = Element(nature=NatureElement.PIECE, le=MAINTENANT, titre="a.pdf", empreinte="ab" * 32)
    message = Element(nature=NatureElement.MESSAGE, le=MAINTENANT, titre="Message de x", texte="<b>Voici</b>")
    ligne = volet.lignes[3]
    ligne.show_elements([champ, piece, message])
    assert [x.voir.isHidden() for x in ligne.elements] == [False, False, True]
    assert ligne.elements[2].texte.text() == "<b>Voici</b>"
    with qtbot.waitSignal(volet.services.navigation.champ_requested) as demande:
        ligne.elements[0].voir.click()
    assert demande.args == [NUMERO, "cout_total", 1]
    with qtbot.waitSignal(volet.services.navigation.piece_requested):
        ligne.elements[1].voir.click()
    ligne.show_elements([replace(champ, titre=str(n)) for n in range(9)])
    assert len(ligne.elements) == 6


def test_the_critere_of_a_question_is_one_key_away(volet: QuestionsVolet, qtbot: QtBot) -> None:
    with qtbot.waitSignal(volet.services.navigation.dossier_requested) as demande:
        qtbot.keyClick(volet.lignes[2].critere, Qt.Key.Key_Return)
    assert demande.args == [NUMERO, "CRE-05", ""]


def test_tab_goes_through_a_question_then_to_the_message(volet: QuestionsVolet, qtbot: QtBot) -> None:
    volet.ajouter.setFocus()
    vus = []
    for _ in range(24):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        vus.append(QApplication.focusWidget())
    ligne = volet.lignes[2]
    attendus = [ligne.critere, ligne.coche, ligne.texte, volet.echeance.champ, volet.copier, volet.envoyer]
    rangs = [vus.index(x) for x in attendus]
    assert rangs == sorted(rangs)


def test_a_day_is_chosen_in_a_calendar_led_by_arrows(volet: QuestionsVolet, qtbot: QtBot) -> None:
    qtbot.keyClick(volet.echeance.calendrier, Qt.Key.Key_Return)
    (boite,) = volet.window().findChildren(QDialog)
    mois = boite.findChild(QCalendarWidget)
    assert mois.selectedDate() == QDate(2025, 9, 16)
    vue = boite.focusWidget()
    qtbot.keyClick(vue, Qt.Key.Key_Down)
    qtbot.keyClick(vue, Qt.Key.Key_Return)
    assert volet.echeance.champ.text() == "23/09/2025"


@pytest.mark.parametrize(
    ("texte", "jour"),
    [("12/09/2025", date(2025, 9, 12)), (" 1.9.2025 ", date(2025, 9, 1)), ("2025-09-12", None),
     ("31/02/2025", None), ("", None), ("00/01/2025", None)],
)  # fmt: skip
def test_a_day_is_read_the_french_way(texte: str, jour: date | None) -> None:
    assert lire_date(texte) == jour
