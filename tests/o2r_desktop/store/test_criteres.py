"""One critere across the dossiers."""

from o2r_desktop.evaluation.reponses import Reponse
from o2r_desktop.store import criteres, reglages
from o2r_desktop.store.connection import Campagne
from tests.o2r_desktop.store.conftest import MAINTENANT
from tests.o2r_desktop.store.test_evaluations import conclure, repondre


def test_only_those_asked_for_and_without_their_texts(remplie: Campagne) -> None:
    repondre(remplie)
    repondre(remplie, Reponse(critere="FIN-03", valeur="2"), numero=2)
    repondre(remplie, Reponse(critere="FIN-02", valeur="3", a_reconfirmer=True), numero=3)
    lues = criteres.load(remplie, "FIN-02", [3, 1, 2, 2**80])
    assert set(lues) == {1, 3}
    assert (lues[3].reponse.valeur, lues[3].reponse.a_reconfirmer, lues[3].finalisee) == ("3", True, False)
    assert (lues[1].reponse.commentaire, bool(lues[1].reponse.preuves)) == ("", True)
    assert criteres.load(remplie, "FIN-02", [2]) == {}
    conclure(remplie)
    assert criteres.load(remplie, "FIN-02", [1])[1].finalisee


def test_choices_are_kept_changed_and_forgotten(remplie: Campagne) -> None:
    assert reglages.lire(remplie, "planning.seance") is None
    reglages.ecrire(remplie, "planning.seance", "2025-09-30")
    reglages.ecrire(remplie, "planning.seance", "2025-10-01")
    assert reglages.lire(remplie, "planning.seance") == "2025-10-01"
    reglages.ecrire(remplie, "planning.seance", None)
    assert reglages.lire(remplie, "planning.seance") is None


def test_the_answers_of_somebody_come_oldest_first(remplie: Campagne) -> None:
    repondre(remplie)
    repondre(remplie, Reponse(critere="FIN-03", valeur="2"), numero=2)
    assert reglages.heures_des_reponses(remplie, "Alix", 10) == [
        (MAINTENANT, 1, "FIN-02"),
        (MAINTENANT, 2, "FIN-03"),
    ]
    assert reglages.heures_des_reponses(remplie, "Alix", 1) == [(MAINTENANT, 2, "FIN-03")]
    assert reglages.heures_des_reponses(remplie, "Sacha", 10) == []
