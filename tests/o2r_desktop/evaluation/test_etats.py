"""The state of each critere."""

from dataclasses import replace

import pytest

from o2r_desktop.evaluation.constats import Constat, Resultat
from o2r_desktop.evaluation.etats import (
    EtatCritere,
    compter_faits,
    est_fait,
    etat_critere,
    premier_a_faire,
    reponse_dite,
)
from o2r_desktop.evaluation.grille import Critere, Effet, Grille, Section, TypeCritere
from o2r_desktop.evaluation.reponses import (
    MANQUANTE,
    NON,
    OUI,
    SANS_OBJET,
    DecisionConstat,
    Evaluation,
    Preuve,
    Reponse,
)

BLOQUANT = Critere(
    id="ELI-07", section="ELI", libelle="Coût", type=TypeCritere.CONTROLE, effet=Effet.BLOQUANT, poids=0, guide="…",
    sources=("AMI",),
)  # fmt: skip
ALERTE = replace(BLOQUANT, id="ELI-08", effet=Effet.ALERTE)
ECHELLE = replace(BLOQUANT, id="FIN-02", section="FIN", type=TypeCritere.ECHELLE, effet=Effet.AUCUN, poids=100)
GRILLE = Grille(
    id="g", version=1, libelle="Grille", seuil_favorable=60, seuil_reserves=50,
    sections=(
        Section(id="ELI", libelle="Éligibilité", criteres=(BLOQUANT, ALERTE)),
        Section(id="FIN", libelle="Santé financière", criteres=(ECHELLE,)),
    ),
)  # fmt: skip


def constat(critere: str, resultat: Resultat) -> Constat:
    return Constat(critere=critere, resultat=resultat, valeur="…", preuve="…", regle="…")


REFUS = constat("ELI-07", Resultat.NON_CONFORME)


def dit(critere: str, valeur: str = "", **suite: object) -> Reponse:
    return replace(Reponse(critere=critere, valeur=valeur), **suite)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("critere", "reponse", "constats", "attendu"),
    [
        (ECHELLE, dit("FIN-02"), [], EtatCritere.VIDE),
        (ECHELLE, dit("FIN-02", commentaire="à voir"), [], EtatCritere.EN_COURS),
        (ECHELLE, dit("FIN-02", commentaire="  "), [], EtatCritere.VIDE),
        (ECHELLE, dit("FIN-02", MANQUANTE), [], EtatCritere.EN_COURS),
        (ECHELLE, dit("FIN-02", decision=DecisionConstat.CONFIRME), [], EtatCritere.EN_COURS),
        (ECHELLE, dit("FIN-02", preuves=(Preuve(ou="Bilan"),)), [], EtatCritere.EN_COURS),
        (ECHELLE, dit("FIN-02", vigilance="trésorerie"), [], EtatCritere.EN_COURS),
        (ECHELLE, dit("FIN-02", "3"), [], EtatCritere.FAIT),
        (ECHELLE, dit("FIN-02", "0"), [], EtatCritere.FAIT),
        (ECHELLE, dit("FIN-02", SANS_OBJET), [], EtatCritere.FAIT),
        (ECHELLE, dit("FIN-02", "3", a_reconfirmer=True), [], EtatCritere.A_RECONFIRMER),
        (BLOQUANT, dit("ELI-07", OUI), [], EtatCritere.FAIT),
        (BLOQUANT, dit("ELI-07", NON), [], EtatCritere.BLOQUANT),
        (BLOQUANT, dit("ELI-07", NON, a_reconfirmer=True), [], EtatCritere.A_RECONFIRMER),
        (ALERTE, dit("ELI-08", NON), [], EtatCritere.FAIT),
        (BLOQUANT, dit("ELI-07"), [REFUS], EtatCritere.BLOQUANT),
        (BLOQUANT, dit("ELI-07", OUI), [REFUS], EtatCritere.BLOQUANT),
        (BLOQUANT, dit("ELI-07", OUI, decision=DecisionConstat.CONTESTE, motif="m"), [REFUS], EtatCritere.FAIT),
        (BLOQUANT, dit("ELI-07", decision=DecisionConstat.CONTESTE, motif="m"), [REFUS], EtatCritere.EN_COURS),
        (BLOQUANT, dit("ELI-07"), [constat("ELI-07", Resultat.ALERTE)], EtatCritere.VIDE),
        (BLOQUANT, dit("ELI-07"), [constat("ELI-06", Resultat.NON_CONFORME)], EtatCritere.VIDE),
        (ALERTE, dit("ELI-08"), [constat("ELI-08", Resultat.NON_CONFORME)], EtatCritere.VIDE),
    ],
)
def test_the_state_of_a_critere(
    critere: Critere, reponse: Reponse, constats: list[Constat], attendu: EtatCritere
) -> None:
    assert etat_critere(critere, reponse, constats) is attendu


def test_each_state_has_its_own_word_and_sign() -> None:
    assert len({e.libelle for e in EtatCritere}) == len({e.signe for e in EtatCritere}) == len(EtatCritere)


def evaluation(*reponses: Reponse) -> Evaluation:
    return Evaluation(numero=1, grille="g", version=1, reponses={r.critere: r for r in reponses})


def test_what_is_in_doubt_or_missing_is_not_done() -> None:
    assert est_fait(dit("FIN-02", "3"))
    assert not est_fait(dit("FIN-02", "3", a_reconfirmer=True))
    assert not est_fait(dit("FIN-02", MANQUANTE))
    assert compter_faits(GRILLE.criteres, evaluation(dit("ELI-07", NON), dit("FIN-02", MANQUANTE))) == 1


@pytest.mark.parametrize(
    ("reponses", "attendu"),
    [
        ([], "ELI-07"),
        ([dit("ELI-07", OUI)], "ELI-08"),
        ([dit("ELI-07", OUI), dit("ELI-08", OUI), dit("FIN-02", MANQUANTE)], "FIN-02"),
        ([dit("ELI-07", OUI), dit("ELI-08", OUI), dit("FIN-02", "3")], "ELI-07"),
    ],
)
def test_work_starts_at_the_first_critere_that_is_not_done(reponses: list[Reponse], attendu: str) -> None:
    assert premier_a_faire(GRILLE, evaluation(*reponses)) == attendu


@pytest.mark.parametrize(
    ("valeur", "attendu"),
    [("", ""), ("3", "niveau 3"), (OUI, "oui"), (SANS_OBJET, "sans objet"), ("P2 renforcée", "P2 renforcée"),
     ("148000.00", "148\u202f000,00\u00a0€")],
)  # fmt: skip
def test_an_answer_in_words(valeur: str, attendu: str) -> None:
    assert reponse_dite(dit("FIN-02", valeur)) == attendu
