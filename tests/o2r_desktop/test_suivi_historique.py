"""The history of a dossier in plain words, from what was really done to it."""

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from o2r_desktop import operations
from o2r_desktop.cli import FAIT, REFUSE, run
from o2r_desktop.errors import DossierError
from o2r_desktop.evaluation.reponses import DecisionConstat, Preuve, ProjetAvis, Reponse, TypeAvis
from o2r_desktop.operations import Session, actes
from o2r_desktop.operations.actes import Genre
from o2r_desktop.store import evaluations, journal
from o2r_desktop.store.connection import ecriture
from o2r_desktop.store.journal import Acte, Action
from o2r_desktop.suivi.historique import Evenement, historique
from o2r_desktop.text import NBSP
from tests.o2r_desktop.conftest import MAINTENANT

NUMERO = 25000103


def phrases(session: Session, critere: str = "") -> list[str]:
    return [e.phrase for e in historique(session, NUMERO, critere)]


def ecrire(session: Session, **valeurs: object) -> None:
    depart = evaluations.load(session.campagne, NUMERO).reponse("FIN-02")
    operations.write_reponse(session, NUMERO, replace(depart, **valeurs))  # type: ignore[arg-type]


def dernier(session: Session) -> Evenement:
    return historique(session, NUMERO)[-1]


def test_levels_are_told_with_their_wording(session: Session) -> None:
    ecrire(session, valeur="2")
    ecrire(session, valeur="3")
    assert dernier(session).phrase == f"Niveau de FIN-02{NBSP}: 2 → 3"
    detail = dernier(session).details[0]
    niveaux = session.grille.critere("FIN-02").niveaux
    assert (detail.avant, detail.apres) == (f"2 — {niveaux[2]}", f"3 — {niveaux[3]}")
    ecrire(session, valeur="")
    assert dernier(session).phrase == "Niveau de FIN-02 effacé"
    assert phrases(session)[0].startswith("Dossier reçu par l’import de «")
    assert phrases(session, "FIN-03") == []


def test_each_field_of_an_answer_has_its_words(session: Session) -> None:
    ecrire(session, decision=DecisionConstat.CONTESTE, motif="Chiffre périmé")
    assert dernier(session).phrase == "Constat de FIN-02 contesté et motif de FIN-02 ajouté"
    ecrire(session, vigilance="Trésorerie", preuves=(Preuve(ou="bilan.pdf", page=4, extrait="déficit"),))
    assert dernier(session).phrase == "Point de vigilance de FIN-02 ajouté et preuves de FIN-02 modifiées"
    assert dernier(session).details[1].apres == f"bilan.pdf, p.{NBSP}4{NBSP}: «{NBSP}déficit{NBSP}»"
    operations.write_reponse(session, NUMERO, Reponse(critere="REC-02", valeur="oui", a_reconfirmer=True))
    operations.confirm_reponse(session, NUMERO, "REC-02")
    assert phrases(session)[-1] == "Réponse à REC-02 confirmée"


def test_the_breaths_of_a_comment_are_one_event(session: Session) -> None:
    ecrire(session, valeur="2")
    for texte in ("Fonds", "Fonds propres", "Fonds propres solides"):
        ecrire(session, commentaire=texte)
    faits = historique(session, NUMERO)
    assert [f.phrase for f in faits[1:]] == [f"Niveau de FIN-02{NBSP}: 2", "Commentaire de FIN-02 ajouté"]
    assert (faits[-1].details[0].avant, faits[-1].details[0].apres) == ("", "Fonds propres solides")
    session.horloge = lambda: MAINTENANT + timedelta(hours=2)
    ecrire(session, commentaire="Repris")
    assert phrases(session)[-1] == "Commentaire de FIN-02 modifié"


def test_the_opinion_and_its_amounts(session: Session) -> None:
    projet = ProjetAvis(avis=TypeAvis.FAVORABLE, montants={"2026": Decimal("1200.50")})
    operations.write_projet(session, NUMERO, projet)
    assert dernier(session).phrase == (
        f"Avis{NBSP}: Favorable et montant proposé pour 2026{NBSP}: 1\u202f200,50{NBSP}€"
    )
    operations.write_projet(session, NUMERO, replace(projet, reserves="À suivre", montants={}))
    assert dernier(session).phrase == (
        f"Montant proposé pour 2026{NBSP}: 1\u202f200,50{NBSP}€ → effacé et réserves de l’avis ajoutées"
    )


def test_questions_and_labels(session: Session) -> None:
    question = {"critere": "FIN-02", "texte": "Quand ?", "posee_le": "", "auteur": "Alix", "reponse": ""}
    actes.change(session, Genre.QUESTIONS, {NUMERO: {"questions": [question]}}, "question")
    posee = dict(actes.state(session, Genre.QUESTIONS, NUMERO)["questions"][0])
    assert (dernier(session).phrase, dernier(session).details[0].apres) == ("Question posée sur FIN-02", "Quand ?")
    envoyee = {**posee, "envoyee_le": "2025-09-01"}
    actes.change(session, Genre.QUESTIONS, {NUMERO: {"questions": [envoyee]}}, "envoi")
    assert dernier(session).phrase == "Question envoyée sur FIN-02"
    actes.change(session, Genre.ATTRIBUTION, {NUMERO: {"instructeur": "Lou", "etiquettes": ["urgent"]}}, "lot")
    assert dernier(session).phrase == f"Instructeur{NBSP}: personne → Lou et étiquette «{NBSP}urgent{NBSP}» posée"
    actes.undo(session)
    assert dernier(session).phrase == f"Instructeur{NBSP}: Lou → personne et étiquette «{NBSP}urgent{NBSP}» retirée"


@pytest.mark.parametrize(
    ("acte", "phrase"),
    [
        (
            Acte(action=Action.DOSSIER_MODIFIE, numero=NUMERO, avant='[["Résumé","A"]]', apres='[["Résumé","B"]]'),
            f"Données modifiées par un import{NBSP}: 1{NBSP}changement",
        ),
        (
            Acte(action=Action.A_RECONFIRMER, numero=NUMERO, critere="FIN-02", apres="[]"),
            "FIN-02 à reconfirmer",
        ),
        (
            Acte(action=Action.IMPORT_ANNULE, numero=NUMERO, apres="gardé"),
            f"Import annulé{NBSP}: le dossier est gardé",
        ),
        (
            Acte(action=Action.IMPORT_ANNULE, numero=NUMERO, critere="FIN-02", apres="[]"),
            "FIN-02 n’est plus à reconfirmer, l’import étant annulé",
        ),
        (Acte(action=Action.REOUVERTURE, numero=NUMERO, apres="Erreur"), "Évaluation rouverte"),
        (
            Acte(action=Action.NOTE, numero=NUMERO, apres='{"fichier":"notes/n.pdf","projet":0}'),
            f"Note produite{NBSP}: n.pdf",
        ),
        (
            Acte(action=Action.CONCLUSION, numero=NUMERO, apres='{"avis":"defavorable","motif":"m"}'),
            f"Évaluation finalisée{NBSP}: défavorable",
        ),
        (
            Acte(action=Action.CORRESPONDANCE, avant="a", apres="b"),
            "Lecture des champs du formulaire modifiée pour toute la campagne",
        ),
    ],
)
def test_every_kind_of_line_has_its_words(session: Session, acte: Acte, phrase: str) -> None:
    with ecriture(session.campagne) as db:
        journal.append(db, [acte], auteur="Alix", now=MAINTENANT)
    assert dernier(session).phrase == phrase


def test_an_unknown_dossier_is_refused(session: Session) -> None:
    with pytest.raises(DossierError):
        historique(session, 9)


def test_the_command_line_tells_it(campagne_demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mots = [str(NUMERO), "FIN-02", "3", "--commentaire", "Solide", "--campagne", str(campagne_demo)]
    assert run(["repondre", *mots]) == FAIT
    with operations.open_session(campagne_demo, auteur="Alix") as session:
        prochain = actes.next_undo(session)
    assert prochain is not None
    assert (prochain.nom, prochain.critere) == ("réponse à FIN-02", "FIN-02")
    capsys.readouterr()
    suite = ["historique", str(NUMERO), "--campagne", str(campagne_demo)]
    assert run([*suite, "--critere", "fin-02"]) == FAIT
    assert f"Niveau de FIN-02{NBSP}: 3 et commentaire de FIN-02 ajouté" in capsys.readouterr().out
    assert run([*suite, "--json"]) == FAIT
    lus = json.loads(capsys.readouterr().out)
    assert [ligne["genre"] for ligne in lus] == ["import", "reponse"]
    assert run(["historique", "9", "--campagne", str(campagne_demo)]) == REFUSE
