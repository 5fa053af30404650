"""The opinion while it is written: kept as far as it goes, told in the journal, then given."""

from dataclasses import replace
from decimal import Decimal

import pytest

from o2r_desktop.errors import DossierError
from o2r_desktop.evaluation.reponses import Avis, EtatEvaluation, ProjetAvis, TypeAvis
from o2r_desktop.store import evaluations, journal
from o2r_desktop.store.connection import Campagne, open_campagne
from o2r_desktop.store.journal import Action
from o2r_desktop.store.verification import verify
from tests.o2r_desktop.store.conftest import MAINTENANT

PROJET = ProjetAvis(motif="à relire", montants={"2026": Decimal("50000.10")}, points_forts="ancrage")
AVIS = Avis(avis=TypeAvis.FAVORABLE, motif="solide", montants={"2026": Decimal("40000.00")})


def ecrire(campagne: Campagne, projet: ProjetAvis = PROJET) -> bool:
    return evaluations.save_projet(campagne, 1, projet, auteur="Alix", now=MAINTENANT)


def conclure(campagne: Campagne) -> None:
    evaluations.conclude(campagne, 1, AVIS, empreinte="cd" * 32, auteur="Alix", now=MAINTENANT)


def actions(campagne: Campagne) -> list[str]:
    return [e.action for e in journal.entries(campagne, 1)]


def test_draft_without_a_type_survives_the_closing(remplie: Campagne) -> None:
    assert ecrire(remplie)
    remplie.close()
    with open_campagne(remplie.dossier) as rouverte:
        evaluation = evaluations.load(rouverte, 1)
        assert evaluation.projet == PROJET
        assert evaluation.avis is None
        assert evaluation.etat is EtatEvaluation.EN_COURS
        assert evaluations.load_all(rouverte) == {1: evaluation}
        assert verify(rouverte) == []


def test_same_draft_twice_writes_once(remplie: Campagne) -> None:
    assert ecrire(remplie)
    assert not ecrire(remplie)
    assert actions(remplie) == [Action.PROJET_AVIS]


def test_chosen_draft_is_an_opinion_not_given_yet(remplie: Campagne) -> None:
    ecrire(remplie, replace(PROJET, avis=TypeAvis.AJOURNE))
    evaluation = evaluations.load(remplie, 1)
    assert evaluation.avis == replace(PROJET, avis=TypeAvis.AJOURNE).en_avis()
    assert not evaluation.finalisee
    ecrire(remplie)
    assert evaluations.load(remplie, 1).avis is None


def test_draft_then_conclusion(remplie: Campagne) -> None:
    ecrire(remplie)
    conclure(remplie)
    evaluation = evaluations.load(remplie, 1)
    assert (evaluation.avis, evaluation.finalisee) == (AVIS, True)
    assert evaluation.projet.en_avis() == AVIS
    assert actions(remplie) == [Action.PROJET_AVIS, Action.CONCLUSION]
    assert journal.verify(remplie) == []
    assert verify(remplie) == []


def test_finalised_evaluation_refuses_a_draft(remplie: Campagne) -> None:
    conclure(remplie)
    with pytest.raises(DossierError, match="rouvrez-la"):
        ecrire(remplie)
    assert evaluations.load(remplie, 1).avis == AVIS


def test_reopened_opinion_is_a_draft_again(remplie: Campagne) -> None:
    conclure(remplie)
    evaluations.reopen(remplie, 1, "pièce reçue", auteur="Alix", now=MAINTENANT)
    assert evaluations.load(remplie, 1).projet.en_avis() == AVIS
    assert ecrire(remplie)
    assert verify(remplie) == []


def test_unknown_dossier_and_half_cents_are_refused(remplie: Campagne) -> None:
    with pytest.raises(DossierError, match="n’est pas dans la campagne"):
        evaluations.save_projet(remplie, 9, PROJET, auteur="Alix", now=MAINTENANT)
    with pytest.raises(DossierError, match="centimes"):
        ecrire(remplie, ProjetAvis(montants={"2026": Decimal("0.001")}))
    assert evaluations.load_all(remplie) == {}


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE evaluation SET motif = 'autre'",
        "UPDATE evaluation SET avis = 'favorable'",
        "UPDATE evaluation SET etat = 'finalisee', finalisee_le = '2025-09-01T08:00:00+00:00'",
    ],
)
def test_draft_changed_behind_the_journal_is_told(remplie: Campagne, sql: str) -> None:
    ecrire(remplie)
    remplie.db.execute(sql)
    (defaut,) = verify(remplie)
    assert "n’est pas celui du journal" in defaut
