"""«o2r questions»: the message to paste, and the questions in the document of a dossier."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from o2r_desktop import operations
from o2r_desktop.cli import FAIT, REFUSE, USAGE, run
from o2r_desktop.evaluation.questions import MESSAGE_MAX, Question, ecrire
from o2r_desktop.evaluation.reponses import Preuve, Reponse
from o2r_desktop.operations import actes
from o2r_desktop.operations.actes import Genre

NUMERO = 25000103
LE = datetime(2025, 8, 20, 9, tzinfo=UTC)
POSEE = Question(critere="CRE-05", texte="Quel effectif ?", posee_le=LE, auteur="Alix")
ENVOYEE = replace(POSEE, texte="Et les ETP ?", envoyee_le=LE, echeance=date(2025, 9, 3), reponse="Douze.")


def poser(campagne: Path, *questions: Question) -> None:
    with operations.open_session(campagne, auteur="Alix") as session:
        actes.change(session, Genre.QUESTIONS, {NUMERO: ecrire(questions)}, "questions")


def test_the_message_asks_what_is_not_sent_and_changes_nothing(
    campagne_demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    poser(campagne_demo, POSEE, ENVOYEE)
    mots = ["questions", str(NUMERO), "--campagne", str(campagne_demo), "--echeance", "2025-09-12"]
    for _ in range(2):
        assert run(mots) == FAIT
        dit = capsys.readouterr().out
        assert dit.startswith("Madame, Monsieur,")
        assert "vendredi 12\u00a0septembre 2025" in dit
        assert "Quel effectif ?" in dit
        assert "Et les ETP" not in dit


def test_the_document_holds_every_question(campagne_demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    poser(campagne_demo, POSEE, ENVOYEE)
    assert run(["questions", str(NUMERO), "--campagne", str(campagne_demo), "--json"]) == FAIT
    document = json.loads(capsys.readouterr().out)
    assert [(q["etat"], q["texte"]) for q in document["questions"]] == [
        ("a_envoyer", "Quel effectif ?"), ("en_retard", "Et les ETP ?"),
    ]  # fmt: skip
    assert "Quel effectif ?" in document["message"]
    assert date.fromisoformat(document["echeance"]) > date(2025, 9, 1)


def test_nothing_to_send_says_what_was_asked(campagne_demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mots = ["questions", str(NUMERO), "--campagne", str(campagne_demo)]
    assert run(mots) == FAIT
    assert capsys.readouterr().out == "Aucune question n’a été posée au porteur.\n"
    poser(campagne_demo, replace(ENVOYEE, texte="A\x1b[31m\n?"))
    assert run(mots) == FAIT
    dit = capsys.readouterr().out
    assert "Aucune question à envoyer" in dit
    assert "  CRE-05  ! en retard — A[31m ?\n      Douze.\n" in dit


def test_a_long_message_is_told_apart(campagne_demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    poser(campagne_demo, replace(POSEE, texte="x" * MESSAGE_MAX))
    assert run(["questions", str(NUMERO), "--campagne", str(campagne_demo)]) == FAIT
    assert "Ce message est long" in capsys.readouterr().err


def test_a_wrong_date_or_dossier_is_refused(campagne_demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mots = ["questions", str(NUMERO), "--campagne", str(campagne_demo), "--echeance", "vendredi"]
    assert run(mots) == USAGE
    assert "n’est pas une date" in capsys.readouterr().err
    assert run(["questions", "1", "--campagne", str(campagne_demo)]) == REFUSE


def test_the_document_of_a_dossier_holds_questions_vigilance_and_pins(
    campagne_demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    preuve = Preuve(ou="a.pdf", page=1, empreinte="ab", zones=((0.1, 0.2, 0.3, 0.4),))
    with operations.open_session(campagne_demo, auteur="Alix") as session:
        reponse = Reponse(critere="CRE-05", valeur="3", vigilance="À suivre.", preuves=(preuve,))
        operations.write_reponse(session, NUMERO, reponse)
    poser(campagne_demo, POSEE)
    assert run(["dossier", str(NUMERO), "--campagne", str(campagne_demo), "--json"]) == FAIT
    document = json.loads(capsys.readouterr().out)
    (ecrite,) = document["reponses"]
    assert (ecrite["vigilance"], ecrite["preuves"][0]["zones"]) == ("À suivre.", [[0.1, 0.2, 0.3, 0.4]])
    assert [q["etat"] for q in document["questions"]] == ["a_envoyer"]
