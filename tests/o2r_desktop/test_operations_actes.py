"""Acts as use cases: kept from one session to the next, and never over what somebody else wrote."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from o2r_desktop import operations
from o2r_desktop.errors import DossierError
from o2r_desktop.evaluation.questions import Question, ecrire
from o2r_desktop.evaluation.reponses import Changement, ProjetAvis, Reponse
from o2r_desktop.operations import Session, actes
from o2r_desktop.operations.actes import Etat, Genre
from o2r_desktop.store import changements
from o2r_desktop.store.connection import ecriture
from o2r_desktop.text import NBSP

NUMERO = 25000103


def test_acts_outlive_the_session(campagne_demo: Path) -> None:
    with operations.open_session(campagne_demo, auteur="Alix") as session:
        operations.write_projet(session, NUMERO, ProjetAvis(motif="Solide"), nom="motif de l’avis")
        operations.write_reponse(session, NUMERO, Reponse(critere="FIN-02", valeur="3"), nom="niveau de FIN-02")
    with operations.open_session(campagne_demo, auteur="Dominique") as session:
        assert [(a.nom, a.genre) for a in actes.undo(session)] == [("niveau de FIN-02", Genre.REPONSE)]
        prochain = actes.next_undo(session)
        assert prochain is not None
        assert (prochain.nom, prochain.auteur) == ("motif de l’avis", "Alix")
    with operations.open_session(campagne_demo, auteur="Alix") as session:
        assert [a.nom for a in actes.redo(session)] == ["niveau de FIN-02"]
        assert operations.load_dossier(session, NUMERO).evaluation.reponse("FIN-02").valeur == "3"


def test_what_somebody_else_wrote_is_named_and_the_act_forgotten(session: Session) -> None:
    operations.write_reponse(session, NUMERO, Reponse(critere="REC-02", valeur="oui"), nom="réponse à REC-02")
    operations.write_reponse(session, NUMERO, Reponse(critere="FIN-02", valeur="3"), nom="niveau de FIN-02")
    operations.write_reponse(session, NUMERO, Reponse(critere="FIN-02", valeur="1"))
    with pytest.raises(DossierError) as refus:
        actes.undo(session)
    assert str(refus.value).startswith(f"«{NBSP}niveau de FIN-02{NBSP}» ne peut pas être annulé{NBSP}: depuis,")
    assert "a changé la réponse du dossier" in str(refus.value)
    assert [a.nom for a in actes.undo(session)] == ["réponse à REC-02"]
    assert actes.undo(session) == []


def posees(session: Session, *textes: str) -> Mapping[int, Etat]:
    maintenant = session.horloge()
    etat = ecrire(Question(critere="", texte=t, posee_le=maintenant, auteur="Alix", id=1) for t in textes)
    return {NUMERO: etat}


def test_breaths_of_a_question_are_one_act(session: Session) -> None:
    actes.change(session, Genre.QUESTIONS, posees(session, "Quel"), "question")
    for texte in ("Quel effectif", "Quel effectif ?"):
        actes.change(session, Genre.QUESTIONS, posees(session, texte), "question", with_last=True)
    actes.undo(session)
    assert actes.state(session, Genre.QUESTIONS, NUMERO) == {"questions": []}
    assert actes.next_undo(session) is None
    actes.redo(session)
    assert actes.state(session, Genre.QUESTIONS, NUMERO)["questions"][0]["texte"] == "Quel effectif ?"


def douter(session: Session) -> None:
    """Flag the answers to FIN-02 as an import does."""
    changement = Changement(libelle="Effectif", avant="3", apres="4")
    with ecriture(session.campagne) as db:
        assert changements.flag(db, {NUMERO: {"FIN-02": [changement]}})


def test_an_answer_undone_to_nothing_has_nothing_to_confirm(session: Session) -> None:
    niveau = Reponse(critere="FIN-02", valeur="3")
    operations.write_reponse(session, NUMERO, niveau, nom="niveau de FIN-02")
    douter(session)
    for _ in range(2):
        actes.undo(session)
        vide = operations.load_dossier(session, NUMERO).evaluation.reponse("FIN-02")
        assert (vide.valeur, vide.a_reconfirmer, vide.changements) == ("", False, ())
        actes.redo(session)
        refaite = operations.load_dossier(session, NUMERO).evaluation.reponse("FIN-02")
        assert (refaite.valeur, refaite.a_reconfirmer, len(refaite.changements)) == ("3", True, 1)


def test_an_answer_undone_to_another_is_still_to_confirm(session: Session) -> None:
    for valeur in ("2", "3"):
        operations.write_reponse(session, NUMERO, Reponse(critere="FIN-02", valeur=valeur), nom=f"niveau {valeur}")
    douter(session)
    actes.undo(session)
    reponse = operations.load_dossier(session, NUMERO).evaluation.reponse("FIN-02")
    assert (reponse.valeur, reponse.a_reconfirmer) == ("2", True)
