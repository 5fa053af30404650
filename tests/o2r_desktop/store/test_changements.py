"""Flags are raised with their reasons and taken back exactly, whatever came between."""

from dataclasses import replace

import pytest

from o2r_desktop.evaluation.reponses import Changement, DecisionConstat, Preuve, Reponse
from o2r_desktop.store import actes as pile_actes
from o2r_desktop.store import evaluations, journal
from o2r_desktop.store.changements import flag, unflag
from o2r_desktop.store.connection import Campagne, ecriture
from o2r_desktop.store.journal import Acte
from o2r_desktop.store.verification import verify
from tests.o2r_desktop.store.conftest import MAINTENANT

A = Changement(libelle="Coût", avant="1", apres="2 « <b> » \ud800")
B = Changement(libelle="comptes.pdf", avant="empreinte", apres="autre")
Poses = list[tuple[int, str, str, str]]


def repondre(campagne: Campagne, reponse: Reponse) -> None:
    evaluations.save_reponse(campagne, 1, reponse, auteur="Alix", now=MAINTENANT)


def poser(campagne: Campagne, *changements: Changement) -> Poses:
    with ecriture(campagne) as db:
        actes = flag(db, {1: {"FIN-02": changements, "REC-05": changements}, 2: {"FIN-02": changements}})
        journal.append(db, actes, auteur="Alix", now=MAINTENANT)
    return _poses(actes)


def _poses(actes: list[Acte]) -> Poses:
    return [(a.numero or 0, a.critere, a.avant, a.apres) for a in reversed(actes)]


def lever(campagne: Campagne, poses: Poses) -> None:
    with ecriture(campagne) as db:
        journal.append(db, unflag(db, poses), auteur="Alix", now=MAINTENANT)


def reponse(campagne: Campagne) -> Reponse:
    return evaluations.load(campagne, 1).reponses["FIN-02"]


@pytest.mark.parametrize(
    "donnee",
    [
        Reponse(critere="FIN-02", valeur="3"),
        Reponse(critere="FIN-02", valeur="information_manquante"),
        Reponse(critere="FIN-02", valeur="", decision=DecisionConstat.CONFIRME),
    ],
)
def test_what_is_said_is_flagged(remplie: Campagne, donnee: Reponse) -> None:
    repondre(remplie, donnee)
    poses = poser(remplie, B)
    assert [(n, c) for n, c, _, _ in poses] == [(1, "FIN-02")]
    assert reponse(remplie) == replace(
        donnee, a_reconfirmer=True, changements=(B,), modifiee=MAINTENANT, auteur="Alix"
    )
    assert verify(remplie) == []


def test_changes_follow_each_other_and_leave_in_any_order(remplie: Campagne) -> None:
    repondre(remplie, Reponse(critere="FIN-02", valeur="3"))
    premiere, seconde = poser(remplie, B), poser(remplie, A, B)
    lisible = replace(A, apres="2 « <b> » ?")
    assert reponse(remplie).changements == (B, lisible, B)
    lever(remplie, seconde)
    assert (reponse(remplie).a_reconfirmer, reponse(remplie).changements) == (True, (B,))
    lever(remplie, premiere)
    assert (reponse(remplie).a_reconfirmer, reponse(remplie).changements) == (False, ())


def test_a_flag_of_an_older_program_stays(remplie: Campagne) -> None:
    """It has no reason, and the one that comes after leaves it as it was."""
    repondre(remplie, Reponse(critere="FIN-02", valeur="3", a_reconfirmer=True))
    lever(remplie, poser(remplie, B))
    assert (reponse(remplie).a_reconfirmer, reponse(remplie).changements) == (True, ())


def test_a_confirmed_answer_is_left_alone(remplie: Campagne) -> None:
    repondre(remplie, Reponse(critere="FIN-02", valeur="3"))
    poses = poser(remplie, B)
    repondre(remplie, replace(reponse(remplie), a_reconfirmer=False))
    assert reponse(remplie).changements == ()
    avant = list(remplie.db.conn.iterdump())
    lever(remplie, poses)
    assert list(remplie.db.conn.iterdump()) == avant


def test_the_fingerprint_of_a_piece_is_kept_with_the_evidence(remplie: Campagne) -> None:
    preuves = (Preuve(ou="comptes.pdf", page=2, empreinte="ab" * 32), Preuve(ou="champ 12"))
    repondre(remplie, Reponse(critere="FIN-02", valeur="3", preuves=preuves))
    assert reponse(remplie).preuves == preuves
    (ligne,) = remplie.db.execute("SELECT preuves FROM reponse").fetchall()
    assert ligne[0].count("empreinte") == 1
    assert verify(remplie) == []


def test_undoing_a_confirmation_brings_back_no_doubt_of_an_import_that_was_undone(remplie: Campagne) -> None:
    qui = {"auteur": "Alix", "now": MAINTENANT}
    repondre(remplie, Reponse(critere="FIN-02", valeur="3"))
    premiere = poser(remplie, A)
    evaluations.save_reponse(remplie, 1, replace(reponse(remplie), commentaire="vu"), nom="commentaire", **qui)
    seconde = poser(remplie, B)
    sans = replace(reponse(remplie), a_reconfirmer=False, changements=())
    evaluations.save_reponse(remplie, 1, sans, nom="confirmation", **qui)
    lever(remplie, seconde)
    assert len(pile_actes.undo(remplie, **qui).actes) == 1
    assert [c.libelle for c in reponse(remplie).changements] == [A.libelle]
    assert len(pile_actes.redo(remplie, **qui).actes) == 1
    lever(remplie, premiere)  # the confirmation has nothing left to undo
    assert [a["nom"] for a in pile_actes.undo(remplie, **qui).actes] == ["commentaire"]
    assert (reponse(remplie).a_reconfirmer, reponse(remplie).commentaire) == (False, "")
    assert verify(remplie) == []
