"""Questions kept with the campagne, and what came since they were sent: messages, answers changed, pieces."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from o2r_desktop import operations, reception
from o2r_desktop.errors import DossierError
from o2r_desktop.evaluation.questions import Question, ecrire
from o2r_desktop.operations import Session, actes
from o2r_desktop.operations.actes import Genre
from o2r_desktop.operations.questions import (
    NatureElement,
    elements_de_reponse,
    elements_par_question,
    load_questions,
)
from o2r_desktop.progress import SilentReporter
from o2r_desktop.resources import resource
from tests.o2r_desktop.archives import standard

NUMERO = 25000119
ENVOI = datetime(2025, 8, 25, 8, tzinfo=UTC)
COUT = "Coût total – année 1 (€)"


def question(critere: str, **plus: object) -> Question:
    posee = Question(critere=critere, texte="Pourquoi ?", posee_le=ENVOI, auteur="Alix", envoyee_le=ENVOI)
    return replace(posee, **plus)  # type: ignore[arg-type]


@pytest.fixture
def repondu(session: Session, tmp_path: Path) -> Session:
    """The demonstration after the porteur answered: two messages, a cost, then a budget and a letter."""
    export = json.loads((resource("demo") / "getDemarche.json").read_text(encoding="utf-8"))
    noeud = next(n for n in export["data"]["demarche"]["dossiers"]["nodes"] if n["number"] == NUMERO)
    noeud["dateDerniereModification"] = "2025-08-29T09:00:00+02:00"
    noeud["messages"] = [
        {"email": noeud["usager"]["email"], "body": "<p>Voici.</p>", "createdAt": "2025-08-29T09:00:00+02:00",
         "attachments": [{"filename": "note.pdf"}]},
        {"email": "agent@dreets.example", "body": "Merci", "createdAt": "2025-08-30T09:00:00+02:00"},
        {"email": noeud["usager"]["email"], "body": "Bonjour", "createdAt": "2025-08-20T09:00:00+02:00"},
    ]  # fmt: skip
    champ = next(c for c in noeud["champs"] if c["label"] == COUT)
    champ |= {"decimalNumber": 99000.0, "stringValue": "99000.0"}
    fichier = tmp_path / "getDemarche.json"
    fichier.write_text(json.dumps(export), encoding="utf-8")
    recus = {NUMERO: {"budget_projet_2026-2028.xlsx": b"PK", "rapport_activite_2024.pdf": b"%PDF"}}
    zip_ = standard(tmp_path / "dossiers_offre_2025-08-31_10-30.zip", recus, jour="30-08-2025")
    preparation = reception.prepare(session, [fichier, zip_], SilentReporter())
    reception.apply_plans(session, preparation.plans, archives=preparation.archives)
    return session


def test_questions_come_back_as_they_were_written(session: Session) -> None:
    posee = question("CRE-05", envoyee_le=None, echeance=date(2025, 9, 12), reponse="Oui", repondue_le=ENVOI)
    actes.change(session, Genre.QUESTIONS, {NUMERO: ecrire([posee, posee])}, "question sur CRE-05")
    une, deux = load_questions(session, NUMERO)
    assert replace(une, id=None) == replace(deux, id=None) == posee
    assert (une.id, deux.id) == (1, 2)
    with pytest.raises(DossierError):
        load_questions(session, 1)


def test_what_came_since_is_told_with_its_date_and_its_place(repondu: Session) -> None:
    complet = operations.load_dossier(repondu, NUMERO)
    message, piece, cout = elements_de_reponse(repondu, complet, question("CRE-05"))
    assert (message.nature, message.texte) == (NatureElement.MESSAGE, "Voici.")
    assert message.titre.endswith("@asso.example (avec note.pdf)")
    assert (cout.nature, cout.titre, cout.attribut) == (NatureElement.REPONSE, COUT, "cout_annee_1")
    assert cout.texte.endswith("→ 99\u202f000")
    assert (piece.nature, piece.titre) == (NatureElement.PIECE, "budget_projet_2026-2028.xlsx")
    assert piece.empreinte
    assert message.le < piece.le < cout.le


def test_only_what_the_critere_reads_answers_its_question(repondu: Session) -> None:
    complet = operations.load_dossier(repondu, NUMERO)
    jeunes, ancrage, dossier, gardee = elements_par_question(
        repondu,
        complet,
        [question("PUB-03"), question("TER-01"), question(""), question("CRE-05", envoyee_le=None)],
    )
    assert [e.nature for e in jeunes] == [NatureElement.MESSAGE]
    assert [e.titre for e in ancrage[1:]] == ["rapport_activite_2024.pdf"]
    assert len(dossier) == 4
    assert gardee == ()


def test_what_came_before_the_question_was_sent_is_no_answer(repondu: Session) -> None:
    complet = operations.load_dossier(repondu, NUMERO)
    tard = question("CRE-05", envoyee_le=datetime(2025, 9, 3, tzinfo=UTC))
    assert elements_de_reponse(repondu, complet, tard) == ()


def test_a_dossier_imported_once_has_answered_nothing(session: Session) -> None:
    assert elements_de_reponse(session, operations.load_dossier(session, NUMERO), question("CRE-05")) == ()
