"""Use cases made for the window: write at each keystroke, read beside, change the rules."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal

import pytest

from o2r_desktop import operations
from o2r_desktop.errors import DossierError
from o2r_desktop.evaluation.reponses import (
    DecisionConstat,
    EtatEvaluation,
    Preuve,
    ProjetAvis,
    Reponse,
    TypeAvis,
)
from o2r_desktop.operations import Session
from o2r_desktop.store import connection, evaluations, journal
from o2r_desktop.text import PARIS
from tests.o2r_desktop.conftest import MAINTENANT

PROJET = ProjetAvis(motif="à relire", montants={"2026": Decimal(1000)})


@pytest.fixture
def numero(session: Session) -> int:
    return operations.list_dossiers(session)[0].numero


def test_answer_is_written_as_it_stands(session: Session, numero: int) -> None:
    ecrite = operations.write_reponse(
        session, numero, Reponse(critere="ELI-07", valeur="148 000 €", preuves=(Preuve(ou="budget"),))
    )
    assert (ecrite.valeur, ecrite.modifiee, ecrite.auteur) == ("148000.00", MAINTENANT, "Alix")
    assert evaluations.load(session.campagne, numero).reponses == {"ELI-07": ecrite}


def test_comment_stands_without_a_value(session: Session, numero: int) -> None:
    ecrite = operations.write_reponse(session, numero, Reponse(critere="FIN-02", valeur="", commentaire="à voir"))
    assert not ecrite.donnee
    evaluation = operations.load_dossier(session, numero).evaluation
    assert evaluation.reponses == {"FIN-02": ecrite}
    assert evaluation.etat is EtatEvaluation.EN_COURS


@pytest.mark.parametrize("motif", ["", "  \n"])
def test_contesting_needs_a_motif(session: Session, numero: int, motif: str) -> None:
    reponse = Reponse(critere="ELI-07", valeur="", decision=DecisionConstat.CONTESTE, motif=motif)
    with pytest.raises(DossierError, match="demande un motif"):
        operations.write_reponse(session, numero, reponse)
    assert evaluations.load(session.campagne, numero).reponses == {}
    assert operations.write_reponse(session, numero, replace(reponse, motif="chiffre périmé")).decision


def test_impossible_value_and_finalised_evaluation_are_refused(session: Session, numero: int) -> None:
    with pytest.raises(DossierError, match="n’accepte pas"):
        operations.write_reponse(session, numero, Reponse(critere="REC-01", valeur="7"))
    avis = ProjetAvis(avis=TypeAvis.IRRECEVABLE, motif="hors délai").en_avis()
    assert avis is not None
    evaluations.conclude(session.campagne, numero, avis, empreinte="", auteur="Alix", now=MAINTENANT)
    with pytest.raises(DossierError, match="finalisée"):
        operations.write_reponse(session, numero, Reponse(critere="REC-01", valeur="oui"))
    with pytest.raises(DossierError, match="finalisée"):
        operations.write_projet(session, numero, PROJET)


def test_draft_is_written_and_the_journal_holds(session: Session, numero: int) -> None:
    operations.write_projet(session, numero, PROJET)
    operations.write_projet(session, numero, replace(PROJET, avis=TypeAvis.FAVORABLE))
    evaluation = operations.load_dossier(session, numero).evaluation
    assert (evaluation.projet.motif, evaluation.avis and evaluation.avis.avis) == ("à relire", TypeAvis.FAVORABLE)
    assert journal.verify(session.campagne) == []
    assert operations.verify(session) == []


def test_state_and_score_follow_without_reading(session: Session, numero: int) -> None:
    complet = operations.load_dossier(session, numero)
    reponses = {"FIN-02": Reponse(critere="FIN-02", valeur="3")}
    suivant = operations.with_evaluation(session, complet, replace(complet.evaluation, reponses=reponses))
    assert (suivant.score.total, suivant.score.repondus) == (Decimal("75.00"), 1)
    assert suivant.evaluation.etat is EtatEvaluation.EN_COURS
    assert (suivant.dossier, suivant.constats) == (complet.dossier, complet.constats)
    assert evaluations.load_all(session.campagne) == {}
    vide = operations.with_evaluation(session, suivant, complet.evaluation)
    assert (vide.evaluation.etat, vide.score) == (EtatEvaluation.VIDE, complet.score)


def test_changed_rules_hold_at_once_and_after(session: Session, numero: int) -> None:
    lot = session.lot
    limite = MAINTENANT.replace(year=2020).astimezone(PARIS)
    operations.change_parametres(session, session.parametres.avec(date_limite=limite))
    assert connection.parametres(session.campagne).date_limite == limite == session.parametres.date_limite
    constats = {c.critere: c.resultat for c in operations.load_dossier(session, numero).constats}
    assert constats["REC-02"] == "non_conforme"
    assert session.lot is not lot
    assert journal.entries(session.campagne)[-1].action == journal.Action.PARAMETRES


def test_twin_reads_in_another_thread_what_the_first_wrote(session: Session, numero: int) -> None:
    operations.write_reponse(session, numero, Reponse(critere="REC-01", valeur="oui"))
    assert not session.campagne.db.conn.in_transaction

    def ailleurs() -> tuple[str, str]:
        with operations.twin_session(session) as jumelle:
            lue = operations.load_dossier(jumelle, numero).evaluation.reponse("REC-01").valeur
            operations.write_reponse(jumelle, numero, Reponse(critere="REC-02", valeur="non"))
            return lue, jumelle.auteur

    with ThreadPoolExecutor(max_workers=1) as fil:
        assert fil.submit(ailleurs).result(timeout=30) == ("oui", "Alix")
    assert operations.load_dossier(session, numero).evaluation.reponse("REC-02").valeur == "non"
    assert journal.verify(session.campagne) == []
