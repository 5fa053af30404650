"""Answers, opinion, reopening: what is said comes back, what changed is in the journal."""

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from o2r_desktop.errors import DossierError
from o2r_desktop.evaluation.reponses import (
    Avis,
    DecisionConstat,
    EtatEvaluation,
    Evaluation,
    Preuve,
    Reponse,
    TypeAvis,
)
from o2r_desktop.store import evaluations, journal
from o2r_desktop.store.connection import Campagne, open_campagne
from tests.o2r_desktop.store.conftest import MAINTENANT

REPONSE = Reponse(
    critere="FIN-02",
    valeur="148000.00",
    commentaire="« Vu » page 4\nà 50 % <b>",
    decision=DecisionConstat.CONTESTE,
    motif="le budget dit autre chose",
    preuves=(Preuve(ou="budget.pdf", page=4, extrait="148 000 €"), Preuve(ou="champ 12")),
)
AVIS = Avis(
    avis=TypeAvis.FAVORABLE_AVEC_RESERVES,
    motif="solide",
    reserves="le partenariat",
    montants={"2026": Decimal("50000.10"), "2027": Decimal("0.00")},
    points_forts="ancrage",
    points_faibles="évaluation",
)


def repondre(campagne: Campagne, reponse: Reponse = REPONSE, numero: int = 1) -> bool:
    return evaluations.save_reponse(campagne, numero, reponse, auteur="Alix", now=MAINTENANT)


def conclure(campagne: Campagne, avis: Avis = AVIS, numero: int = 1) -> None:
    evaluations.conclude(campagne, numero, avis, empreinte="cd" * 32, auteur="Alix", now=MAINTENANT)


def test_dossier_nobody_began_is_empty(remplie: Campagne) -> None:
    assert evaluations.load(remplie, 1) == Evaluation(numero=1, grille="ami_2025", version=1)
    assert evaluations.load_all(remplie) == {}


def test_answer_comes_back_dated_and_signed(remplie: Campagne) -> None:
    assert repondre(remplie)
    evaluation = evaluations.load(remplie, 1)
    assert evaluation.etat is EtatEvaluation.EN_COURS
    assert evaluation.reponses == {"FIN-02": replace(REPONSE, modifiee=MAINTENANT, auteur="Alix")}
    assert evaluations.load_all(remplie) == {1: evaluation}


def test_answer_is_on_disk_at_once(remplie: Campagne) -> None:
    repondre(remplie)
    with open_campagne(remplie.dossier, lecture_seule=True) as lecteur:
        assert evaluations.load(lecteur, 1).reponses["FIN-02"].valeur == "148000.00"


@pytest.mark.parametrize(
    "changement",
    [
        {"valeur": "1"},
        {"commentaire": ""},
        {"decision": None},
        {"motif": ""},
        {"preuves": ()},
        {"a_reconfirmer": True},
    ],
)
def test_change_is_in_the_journal_with_both_values(remplie: Campagne, changement: dict[str, object]) -> None:
    repondre(remplie)
    nouvelle = replace(REPONSE, **changement)  # type: ignore[arg-type]
    assert repondre(remplie, nouvelle)
    premiere, seconde = [e for e in journal.entries(remplie, 1) if e.action == "reponse"]
    assert premiere.avant == ""
    assert seconde.avant == premiere.apres
    avant, apres = json.loads(seconde.avant), json.loads(seconde.apres)
    assert {cle for cle in apres if avant[cle] != apres[cle]} == set(changement)
    assert evaluations.load(remplie, 1).reponses["FIN-02"] == replace(nouvelle, modifiee=MAINTENANT, auteur="Alix")


def test_same_answer_again_writes_nothing(remplie: Campagne) -> None:
    repondre(remplie)
    avant = list(remplie.db.conn.iterdump())
    plus_tard = MAINTENANT + timedelta(hours=1)
    assert not evaluations.save_reponse(remplie, 1, REPONSE, auteur="Dominique", now=plus_tard)
    assert list(remplie.db.conn.iterdump()) == avant


def test_opinion_comes_back_to_the_cent_and_locks(remplie: Campagne) -> None:
    repondre(remplie)
    conclure(remplie)
    evaluation = evaluations.load(remplie, 1)
    assert evaluation.avis == AVIS
    assert evaluation.finalisee
    assert (evaluation.instructeur, evaluation.finalisee_le) == ("Alix", MAINTENANT)
    assert evaluation.empreinte == "cd" * 32
    assert remplie.db.execute("SELECT montants FROM evaluation").fetchone() == ('{"2026":5000010,"2027":0}',)
    with pytest.raises(DossierError, match="est finalisée"):
        repondre(remplie, replace(REPONSE, valeur="0"))
    with pytest.raises(DossierError, match="est finalisée"):
        conclure(remplie)
    assert evaluations.load(remplie, 1) == evaluation


def test_opinion_needs_no_answer(remplie: Campagne) -> None:
    conclure(remplie, Avis(avis=TypeAvis.IRRECEVABLE, motif="hors délai"))
    evaluation = evaluations.load(remplie, 1)
    assert evaluation.finalisee
    assert evaluation.reponses == {}
    assert evaluation.avis is not None
    assert evaluation.avis.montant is None


@pytest.mark.parametrize("montant", ["0.001", "1e30"])
def test_amount_that_is_no_cents_is_refused_and_nothing_is_written(remplie: Campagne, montant: str) -> None:
    with pytest.raises(DossierError, match="2026"):
        conclure(remplie, replace(AVIS, montants={"2026": Decimal(montant)}))
    assert evaluations.load_all(remplie) == {}


def test_reopening_unlocks_and_keeps_the_opinion_as_a_draft(remplie: Campagne) -> None:
    conclure(remplie)
    evaluations.reopen(remplie, 1, "pièce reçue", auteur="Dominique", now=MAINTENANT)
    evaluation = evaluations.load(remplie, 1)
    assert evaluation.etat is EtatEvaluation.ROUVERTE
    assert (evaluation.avis, evaluation.finalisee_le, evaluation.empreinte) == (AVIS, None, "")
    derniere = journal.entries(remplie, 1)[-1]
    assert (derniere.action, derniere.auteur, derniere.apres) == ("reouverture", "Dominique", "pièce reçue")
    assert json.loads(derniere.avant)["empreinte"] == "cd" * 32
    repondre(remplie)
    assert evaluations.load(remplie, 1).etat is EtatEvaluation.ROUVERTE
    conclure(remplie, replace(AVIS, motif="mieux"))
    assert json.loads(journal.entries(remplie, 1)[-1].avant)["motif"] == "solide"


@pytest.mark.parametrize("motif", ["", " \n"])
def test_reopening_demands_a_reason(remplie: Campagne, motif: str) -> None:
    conclure(remplie)
    with pytest.raises(DossierError, match="motif"):
        evaluations.reopen(remplie, 1, motif, auteur="Alix", now=MAINTENANT)
    assert evaluations.load(remplie, 1).finalisee


def test_only_a_finalised_evaluation_is_reopened(remplie: Campagne) -> None:
    repondre(remplie)
    with pytest.raises(DossierError, match="pas finalisée"):
        evaluations.reopen(remplie, 1, "x", auteur="Alix", now=MAINTENANT)


@pytest.mark.parametrize("numero", [99, 10**30])
def test_answer_to_an_unknown_dossier_is_refused(remplie: Campagne, numero: int) -> None:
    with pytest.raises(DossierError, match="n’est pas dans la campagne"):
        repondre(remplie, numero=numero)
