"""The guided sheet: what answers establish, what they propose for the convention, never by themselves."""

import json
from typing import Any

import pytest

from o2r_desktop.analyse.analytique import Analytique, analyser, constats, document, reperes
from o2r_desktop.analyse.analytique.conditions import cle_condition, valeur_condition
from o2r_desktop.analyse.analytique.fiche import (
    EtatPartie,
    ReponseFiche,
    cle_question,
    ecrire_reponse,
    lire_reponse,
)
from o2r_desktop.analyse.analytique.questions import CHOIX, QUESTIONS, GenreQuestion, Partie
from o2r_desktop.analyse.saisie import Source
from o2r_desktop.dossiers.model import Membre
from o2r_desktop.evaluation.constats import Resultat
from tests.o2r_desktop.evaluation.fabrique import dossier


def fiche(reponses: dict[str, str] | None = None, **champs: Any) -> Analytique:
    fiches = {cle_question(q): {"reponse": valeur} for q, valeur in (reponses or {}).items()}
    return analyser(dossier(**champs), fiches)


def tout(valeur: str) -> dict[str, str]:
    exemples = {GenreQuestion.DATE: "2026-01-01", GenreQuestion.TEXTE: "ETP"}
    return {q.id: exemples.get(q.genre, valeur) for q in QUESTIONS}


def test_nothing_is_found_while_nothing_is_answered() -> None:
    vide = fiche()
    assert (constats(vide), vide.conditions, vide.commencee) == ((), (), False)


def test_all_yes_establishes_each_part_and_asks_for_nothing() -> None:
    pleine = fiche(tout("oui"))
    etats = {p.partie: p.etat for p in pleine.parties}
    assert etats.pop(Partie.MEMBRES) is EtatPartie.SANS_OBJET
    assert set(etats.values()) == {EtatPartie.ETABLI}
    assert {c.resultat for c in constats(pleine)} <= {Resultat.CONFORME}
    assert not any(c.retenue for c in pleine.conditions)


def test_a_no_proposes_a_condition_that_only_the_instructor_retains() -> None:
    sans = fiche({"section": "non"})
    condition = next(c for c in sans.conditions if c.id == "section")
    assert (condition.retenue, condition.critere) == (False, "ANA-02")
    assert any(c.resultat is Resultat.ALERTE for c in constats(sans))
    gardee = valeur_condition(condition, retenue=True, redaction="ouvrir la section 440")
    retenue = analyser(sans.dossier, {**sans.fiches, cle_condition("section"): gardee})
    lue = next(c for c in retenue.conditions if c.id == "section")
    assert (lue.retenue, lue.texte) == (True, "ouvrir la section 440")
    assert lue.phrase == "ouvrir la section 440."


def test_members_are_asked_about_in_a_consortium_only() -> None:
    membres = (Membre(nom="B", siret="", role="r", contribution=None),)
    partie = next(p for p in fiche(membres=membres).parties if p.partie is Partie.MEMBRES)
    assert partie.etat is not EtatPartie.SANS_OBJET
    assert partie.attendues > 0


def test_what_the_form_says_is_shown_never_answered() -> None:
    lue = fiche(compta_analytique="Oui, en service", cle_repartition="Au prorata des ETP.")
    question = next(q for q in QUESTIONS if q.id == "cle_base")
    assert any("ETP" in d.extrait for d in lue.declares(question))
    assert lue.reponse("cle_base") == ""


@pytest.mark.parametrize("brut", [None, "?", {"reponse": 3}, {"reponse": "peut-être"}, {}])
def test_an_answer_that_cannot_be_one_is_none(brut: object) -> None:
    assert lire_reponse(QUESTIONS[0], brut).valeur == ""


@pytest.mark.parametrize("valeur", [v for v in CHOIX if v])
def test_an_answer_comes_back_as_it_was_written(valeur: str) -> None:
    reponse = ReponseFiche(question=QUESTIONS[0], valeur=valeur, note="n", source=Source(ou="plan.pdf", page=2))
    assert lire_reponse(QUESTIONS[0], ecrire_reponse(reponse)) == reponse
    assert reponse.dite


def test_reperes_and_document() -> None:
    assert {r.critere for r in reperes(fiche({"section": "non"}))} >= {"ANA-01", "ANA-02"}
    contenu = json.loads(json.dumps(document(fiche({"section": "non"}))))
    assert contenu["conditions"][0]["retenue"] is False
