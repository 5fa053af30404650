"""The guided sheet of analytic accounting: answers, parts, findings, conditions."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from o2r_desktop.analyse.analytique import (
    QUESTIONS,
    Analytique,
    EtatPartie,
    GenreQuestion,
    Partie,
    analyser,
    constats,
    document,
    reperes,
)
from o2r_desktop.analyse.analytique.conditions import IDS, cle_condition, valeur_condition
from o2r_desktop.analyse.analytique.fiche import cle_question, ecrire_reponse, lire_reponse
from o2r_desktop.analyse.analytique.questions import CHOIX, questions_de
from o2r_desktop.dossiers.model import Membre
from o2r_desktop.evaluation.constats import Resultat
from tests.o2r_desktop.evaluation.fabrique import dossier, plat

PAR_ID = {q.id: q for q in QUESTIONS}


def fiche(
    reponses: dict[str, str] | None = None, *, plus: dict[str, Any] | None = None, **champs: Any
) -> Analytique:
    fiches = {cle_question(q): {"reponse": r} for q, r in (reponses or {}).items()}
    return analyser(dossier(**champs), {**fiches, **(plus or {})})


def tout(valeur: str = "oui") -> dict[str, str]:
    par_genre = {GenreQuestion.CHOIX: valeur, GenreQuestion.DATE: "2026-01-01", GenreQuestion.TEXTE: "mots"}
    return {q.id: par_genre[q.genre] for q in QUESTIONS}


def etat(lue: Analytique, partie: Partie) -> EtatPartie:
    return next(p.etat for p in lue.parties if p.partie is partie)


def constat(lue: Analytique, critere: str) -> Any:
    return next(c for c in constats(lue) if c.critere == critere)


def test_the_sheet_holds_its_questions_once_each_in_its_parts() -> None:
    assert 14 <= len(QUESTIONS) <= 18
    assert len(PAR_ID) == len(QUESTIONS)
    assert all(questions_de(partie) for partie in Partie)
    assert {c for q in QUESTIONS for c in q.criteres} == {"ANA-01", "ANA-02", "ANA-03", "CRE-06"}
    assert all(q.regle and q.aide and "condition/" not in q.id for q in QUESTIONS)


def test_nothing_is_said_while_the_sheet_is_empty() -> None:
    vide = fiche()
    assert constats(vide) == ()
    assert vide.conditions == ()
    assert not vide.commencee
    assert document(vide)["reponses"] == {}
    assert any("à remplir" in r.texte for r in reperes(vide) if r.critere == "ANA-02")


def test_the_form_is_shown_beside_and_never_becomes_an_answer() -> None:
    lue = fiche(
        description_analytique="Notre logiciel tient tout. La section 440 ouvrira en janvier. Rien d’autre."
    )
    dits = lue.declares(PAR_ID["section"])
    assert dits[0].repere
    assert dits[0].extrait == "La section 440 ouvrira en janvier."
    assert lue.reponse("section") == ""


@pytest.mark.parametrize(
    ("reponses", "attendu"),
    [
        ({}, EtatPartie.A_COMPLETER),
        ({"cle_ecrite": "oui", "cle_calcul": "oui", "cle_base": "ETP"}, EtatPartie.ETABLI),
        ({"cle_ecrite": "oui", "cle_calcul": "oui"}, EtatPartie.A_COMPLETER),
        ({"cle_ecrite": "oui", "cle_calcul": "inconnu", "cle_base": "ETP"}, EtatPartie.A_COMPLETER),
        ({"cle_ecrite": "non", "cle_calcul": "non"}, EtatPartie.ABSENT),
        ({"cle_ecrite": "non", "cle_calcul": "partiel"}, EtatPartie.A_COMPLETER),
        ({"cle_ecrite": "sans_objet", "cle_calcul": "sans_objet"}, EtatPartie.SANS_OBJET),
        ({"cle_ecrite": "sans_objet", "cle_calcul": "oui", "cle_base": "m²"}, EtatPartie.ETABLI),
    ],
)
def test_a_part_says_where_it_stands(reponses: dict[str, str], attendu: EtatPartie) -> None:
    assert etat(fiche(reponses), Partie.CLES) is attendu


def test_shared_employees_are_neither_good_nor_bad() -> None:
    for partages in ("oui", "non"):
        lue = fiche({"socle_decrit": "oui", "compte_auteur": "comptable", "salaries_partages": partages})
        assert etat(lue, Partie.SEPARATION) is EtatPartie.ETABLI


def test_members_count_in_a_consortium_only() -> None:
    assert etat(fiche(tout()), Partie.MEMBRES) is EtatPartie.SANS_OBJET
    membre = Membre(nom="B", siret="", role="r", contribution=None)
    assert etat(fiche(tout(), membres=(membre,)), Partie.MEMBRES) is EtatPartie.ETABLI
    assert "chaque membre" not in constat(fiche({"section": "oui"}), "ANA-02").valeur
    assert "chaque membre" in constat(fiche({"section": "oui"}, membres=(membre,)), "ANA-02").valeur


@pytest.mark.parametrize(
    ("reponses", "critere", "attendu"),
    [
        (tout(), "ANA-02", Resultat.CONFORME),
        (tout(), "CRE-06", Resultat.CONFORME),
        ({**tout(), "cle_ecrite": "partiel"}, "CRE-06", Resultat.ALERTE),
        ({**tout(), "temps_feuilles": "non"}, "ANA-02", Resultat.ALERTE),
        ({**tout(), "excedent": "inconnu"}, "ANA-03", Resultat.INCONNU),
        ({"section": "oui"}, "ANA-01", Resultat.INCONNU),
        ({**tout(), "section_depuis": "2026-03-01"}, "ANA-01", Resultat.ALERTE),
        ({**tout(), "cle_ecrite": "sans_objet", "cle_base": "", "cle_calcul": "sans_objet"}, "CRE-06",
         Resultat.SANS_OBJET),
    ],
)  # fmt: skip
def test_a_finding_follows_the_answers(reponses: dict[str, str], critere: str, attendu: Resultat) -> None:
    trouve = constat(fiche(reponses), critere)
    assert trouve.resultat is attendu
    assert "à apprécier" in trouve.valeur


def test_a_finding_comes_for_the_criteria_that_are_answered_only() -> None:
    assert {c.critere for c in constats(fiche({"excedent": "oui"}))} == {"ANA-03"}


def test_a_finding_names_its_sources() -> None:
    plus = {cle_question("section"): {"reponse": "oui", "source": {"ou": "plan.pdf", "page": 3, "empreinte": "ab"}}}
    assert plat(constat(fiche(plus=plus), "ANA-01").preuve) == "plan.pdf, p. 3"
    assert "sans source" in constat(fiche({"section": "oui"}), "ANA-01").preuve


def test_conditions_come_from_answers_and_none_is_retained() -> None:
    lue = fiche({"section": "non", "temps_feuilles": "partiel", "excedent": "oui", "section_depuis": "2026-03-01"})
    assert {c.id for c in lue.conditions} == {"section", "temps"}
    assert not any(c.retenue for c in lue.conditions)
    assert "avant le premier versement" in lue.conditions[0].texte
    tardive = fiche({"section": "oui", "section_depuis": "2026-03-01"}).conditions
    assert [c.id for c in tardive] == ["ouverture"]
    assert "01/01/2026" in tardive[0].texte
    assert fiche({"section": "oui", "section_depuis": "2026-01-01"}).conditions == ()


def test_a_retained_condition_stays_when_its_answer_changes() -> None:
    choix = {cle_condition("temps"): {"retenue": True, "texte": "Relever les heures"}}
    gardee = fiche({"temps_feuilles": "oui"}, plus=choix).conditions
    assert [(c.id, c.texte, c.retenue, c.proposee) for c in gardee] == [
        ("temps", "Relever les heures", True, False)
    ]
    lachee = fiche({"temps_feuilles": "oui"}, plus={cle_condition("temps"): {"retenue": False, "texte": "x"}})
    assert lachee.conditions == ()


def test_what_is_kept_of_a_choice_is_what_was_chosen() -> None:
    condition = fiche({"section": "non"}).conditions[0]
    assert valeur_condition(condition, retenue=False, redaction=condition.redaction) is None
    assert valeur_condition(condition, retenue=True, redaction=condition.redaction) == {
        "retenue": True,
        "texte": "",
    }
    assert valeur_condition(condition, retenue=False, redaction="Autre") == {"retenue": False, "texte": "Autre"}
    assert condition.id in IDS


def test_shared_time_and_indirect_share_are_said() -> None:
    lue = fiche({"salaries_partages": "oui"}, charges_indirectes=60_000, cle_repartition="")
    textes = {(r.critere, plat(r.texte)) for r in reperes(lue)}
    assert any(c == "ANA-03" and "temps relevé : sans réponse" in t for c, t in textes)
    assert any(c == "CRE-06" and "25,0 % des coûts directs, aucune clé" in t for c, t in textes)


def test_the_document_is_json() -> None:
    lue = fiche({"section": "non", "section_depuis": "2026-01-01"})
    ecrit = json.loads(json.dumps(document(lue)))
    assert ecrit["reponses"]["section"]["reponse"] == "non"
    assert ecrit["conditions"][0]["retenue"] is False
    assert {p["partie"] for p in ecrit["parties"]} == {p.value for p in Partie}


@pytest.mark.parametrize("brut", [None, 3, [], "oui", {"reponse": 4}, {"reponse": "peut-être"}, {"source": "x"}])
def test_what_cannot_be_an_answer_is_none(brut: object) -> None:
    assert lire_reponse(PAR_ID["section"], brut).valeur == ""
    assert lire_reponse(PAR_ID["section_depuis"], {"reponse": "hier", "note": "n"}).note == "n"


@given(
    st.sampled_from(QUESTIONS),
    st.text(max_size=30),
    st.dates(date(1990, 1, 1)),
    st.sampled_from([*CHOIX, ""]),
    st.text(max_size=30),
)
def test_an_answer_reads_back_as_it_was_written(
    question: Any, mots: str, jour: date, choix: str, note: str
) -> None:
    valeurs = {GenreQuestion.TEXTE: mots.strip(), GenreQuestion.DATE: jour.isoformat(), GenreQuestion.CHOIX: choix}
    lue = lire_reponse(question, {"reponse": valeurs[question.genre], "note": note})
    assert lire_reponse(question, ecrire_reponse(lue)) == lue
    assert lue.valeur == valeurs[question.genre]


SAISIES = st.recursive(
    st.none() | st.booleans() | st.text(max_size=5),
    lambda s: st.dictionaries(st.sampled_from(["reponse", "note", "source", "retenue", "texte"]), s, max_size=4),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from([*PAR_ID, "condition/temps", "x"]), SAISIES, max_size=8))
def test_nothing_kept_can_break_the_sheet(bruts: dict[str, Any]) -> None:
    lue = analyser(dossier(), {f"analytique/{cle}": brut for cle, brut in bruts.items()})
    json.dumps(document(lue))
    assert all(p.repondues <= p.attendues for p in lue.parties)
    constats(lue)
    reperes(lue)
