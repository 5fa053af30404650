"""Answers: what a user types becomes a canonical value or one sentence; answers make a state."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from o2r_desktop.errors import DossierError
from o2r_desktop.evaluation.grille import Grille, TypeCritere, load_grille
from o2r_desktop.evaluation.reponses import (
    MANQUANTE,
    DecisionConstat,
    EtatEvaluation,
    Evaluation,
    Reponse,
    etat,
    lire_reponse,
)
from o2r_desktop.resources import resource
from o2r_desktop.text import montant

GRILLE: Grille = load_grille(resource("grilles", "ami_2025.toml").read_text(encoding="utf-8"), "ami_2025.toml")
UN_PAR_TYPE = {
    TypeCritere.CONTROLE: "REC-01",
    TypeCritere.ECHELLE: "FIN-02",
    TypeCritere.MONTANT: "ELI-07",
    TypeCritere.PRIORITE: "PRI-01",
}


@pytest.mark.parametrize(
    ("critere", "texte", "valeur"),
    [
        ("REC-01", "oui", "oui"),
        ("REC-01", " OUI ", "oui"),
        ("REC-01", "N", "non"),
        ("REC-01", "Non", "non"),
        ("REC-01", "s.o.", "sans_objet"),
        ("REC-01", "Sans\u00a0objet", "sans_objet"),
        ("REC-01", "sans_objet", "sans_objet"),
        ("REC-01", "Information manquante", "information_manquante"),
        ("REC-01", "information_manquante", "information_manquante"),
        ("FIN-02", "3", "3"),
        ("FIN-02", "Niveau 0", "0"),
        ("FIN-02", "S", "sans_objet"),
        ("FIN-02", "manquante", "information_manquante"),
        ("ELI-07", "12 000,50", "12000.50"),
        ("ELI-07", "12\u202f000,5 €", "12000.50"),
        ("ELI-07", "148000", "148000.00"),
        ("ELI-07", "148000.00", "148000.00"),
        ("ELI-07", "0", "0.00"),
        ("ELI-07", "007", "7.00"),
        ("ELI-07", "1 234 567 euros", "1234567.00"),
        ("ELI-07", "999999999999,99", "999999999999.99"),
        ("ELI-07", "oui", "oui"),
        ("CRE-02", "s/o", "sans_objet"),
        ("PRI-01", "p1", "P1"),
        ("PRI-01", "P2 RENFORCEE", "P2 renforcée"),
        ("PRI-01", "P2 renforcée", "P2 renforcée"),
        ("PRI-01", "p2", "P2"),
        ("PRI-01", "Hors priorite", "hors priorité"),
        ("PRI-01", "hors-priorité", "hors priorité"),
        ("PRI-01", "manquante", "information_manquante"),
    ],
)
def test_typed_words_are_understood(critere: str, texte: str, valeur: str) -> None:
    assert lire_reponse(GRILLE.critere(critere), texte) == valeur


@pytest.mark.parametrize(
    ("critere", "texte", "attendu"),
    [
        ("REC-01", "3", "« oui », « non », « sans objet » ou « manquante »"),
        ("REC-01", "", "« oui »"),
        ("REC-01", "12 000", "« oui »"),
        ("FIN-02", "5", "un niveau de 0 à 4"),
        ("FIN-02", "-1", "un niveau de 0 à 4"),
        ("FIN-02", "2,5", "un niveau de 0 à 4"),
        ("FIN-02", "oui", "un niveau de 0 à 4"),
        ("FIN-02", "\uff13", "un niveau de 0 à 4"),
        ("ELI-07", "-5", "un montant en euros, positif ou nul"),
        ("ELI-07", "12,505", "deux décimales au plus"),
        ("ELI-07", "12.000,50", "un montant en euros"),
        ("ELI-07", "1 2 000", "un montant en euros"),
        ("ELI-07", "1e5", "un montant en euros"),
        ("ELI-07", "NaN", "un montant en euros"),
        ("ELI-07", "1000000000000", "un montant en euros"),
        ("ELI-07", "", "« manquante »"),
        ("PRI-01", "P3", "« P1 », « P2 renforcée », « P2 », « hors priorité »"),
        ("PRI-01", "sans objet", "« P1 »"),
        ("PRI-01", "oui", "« P1 »"),
    ],
)
def test_other_words_are_refused_with_what_is_accepted(critere: str, texte: str, attendu: str) -> None:
    with pytest.raises(DossierError) as refus:
        lire_reponse(GRILLE.critere(critere), texte)
    phrase = str(refus.value).replace("\u00a0", " ").replace("\u202f", " ")
    assert phrase.startswith(f"Le critère {critere} n’accepte pas « {texte} » : répondez par ")
    assert attendu in phrase
    assert phrase.endswith(".")


def test_long_or_hostile_text_is_quoted_short_and_clean() -> None:
    with pytest.raises(DossierError) as refus:
        lire_reponse(GRILLE.critere("REC-01"), "\u202eab\x07\n" + "x" * 5000)
    assert "«\u00a0ab xxx" in str(refus.value)
    assert len(str(refus.value)) < 160


@settings(max_examples=100, deadline=None)
@given(st.integers(min_value=0, max_value=99_999_999_999_999))
def test_any_amount_as_we_print_it_is_read_back(centimes: int) -> None:
    somme = Decimal(centimes).scaleb(-2)
    assert Decimal(lire_reponse(GRILLE.critere("ELI-07"), montant(somme))) == somme


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(TypeCritere), st.text(max_size=20))
def test_what_is_read_reads_again_as_itself(type_critere: TypeCritere, texte: str) -> None:
    critere = GRILLE.critere(UN_PAR_TYPE[type_critere])
    try:
        valeur = lire_reponse(critere, texte)
    except DossierError:
        return
    assert lire_reponse(critere, valeur) == valeur


def _evaluation(*reponses: Reponse, etat: EtatEvaluation = EtatEvaluation.VIDE) -> Evaluation:
    return Evaluation(numero=1, grille="ami_2025", version=1, etat=etat, reponses={r.critere: r for r in reponses})


TOUTES = [Reponse(critere=c.id, valeur="2" if c.poids else "oui") for c in GRILLE.criteres]


@pytest.mark.parametrize(
    ("reponses", "attendu"),
    [
        pytest.param([], EtatEvaluation.VIDE, id="nothing"),
        pytest.param([Reponse(critere="FIN-02", valeur="")], EtatEvaluation.VIDE, id="answer taken back"),
        pytest.param(
            [Reponse(critere="FIN-02", valeur="", commentaire="à voir")], EtatEvaluation.EN_COURS, id="comment"
        ),
        pytest.param(
            [Reponse(critere="FIN-02", valeur="", decision=DecisionConstat.CONFIRME)],
            EtatEvaluation.EN_COURS,
            id="decision",
        ),
        pytest.param([Reponse(critere="FIN-02", valeur=MANQUANTE)], EtatEvaluation.EN_COURS, id="missing"),
        pytest.param(TOUTES[1:], EtatEvaluation.EN_COURS, id="all but one"),
        pytest.param(TOUTES, EtatEvaluation.COMPLETE, id="all"),
        pytest.param(
            [replace(TOUTES[0], valeur=MANQUANTE), *TOUTES[1:]], EtatEvaluation.EN_COURS, id="one missing"
        ),
        pytest.param(
            [replace(TOUTES[0], a_reconfirmer=True), *TOUTES[1:]], EtatEvaluation.EN_COURS, id="one in doubt"
        ),
    ],
)
def test_state_follows_the_answers(reponses: list[Reponse], attendu: EtatEvaluation) -> None:
    assert etat(GRILLE, _evaluation(*reponses)) is attendu


@pytest.mark.parametrize("garde", [EtatEvaluation.FINALISEE, EtatEvaluation.ROUVERTE])
def test_finalised_and_reopened_stay(garde: EtatEvaluation) -> None:
    assert etat(GRILLE, _evaluation(etat=garde)) is garde


def test_absent_answer_is_empty() -> None:
    assert not _evaluation().reponse("FIN-02").donnee
