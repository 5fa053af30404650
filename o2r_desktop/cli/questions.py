"""The command that prints the message to the porteur, ready to be pasted in the messaging of the platform."""

import argparse
from collections.abc import Sequence
from datetime import date

from o2r_desktop import operations
from o2r_desktop.cli import FAIT, affichage, auteur, dire, documents, ecrire
from o2r_desktop.errors import UsageError
from o2r_desktop.evaluation import questions as regles
from o2r_desktop.evaluation.questions import EtatQuestion, Question
from o2r_desktop.operations.questions import load_questions
from o2r_desktop.text import NBSP, NNBSP, PARIS, pluriel, printable


def questions(arguments: argparse.Namespace) -> int:
    """Print the message that asks what is not sent yet; nothing is marked as sent."""
    with operations.open_session(arguments.campagne, auteur=auteur(arguments), lecture_seule=True) as session:
        complet = operations.load_dossier(session, arguments.numero)
        toutes = load_questions(session, arguments.numero)
        aujourd_hui = session.horloge().astimezone(PARIS).date()
    echeance = _echeance(arguments.echeance, aujourd_hui)
    a_envoyer = [q for q in toutes if regles.etat(q, aujourd_hui) is EtatQuestion.A_ENVOYER]
    message = regles.message(complet.dossier, a_envoyer, echeance, session.parametres, grille=session.grille)
    document = {
        "numero": arguments.numero,
        "echeance": echeance.isoformat(),
        "message": message,
        "questions": [documents.question(q, aujourd_hui) for q in toutes],
    }
    ecrire(document, printable(message) or _rien(toutes, aujourd_hui), en_json=arguments.json)
    if avertissement := regles.avertissement(message):
        dire(avertissement)
    return FAIT


def _echeance(dite: str | None, aujourd_hui: date) -> date:
    if dite is None:
        return regles.echeance_proposee(aujourd_hui)
    try:
        return date.fromisoformat(dite)
    except ValueError as erreur:
        raise UsageError(
            f"--echeance{NBSP}: «{NBSP}{affichage.sur(dite)}{NBSP}» n’est pas une date, "
            "écrivez-la comme 2025-09-12."
        ) from erreur


def _rien(toutes: Sequence[Question], aujourd_hui: date) -> str:
    """Tell why there is no message, with the questions that were asked."""
    if not toutes:
        return "Aucune question n’a été posée au porteur."
    lignes = [
        f"Aucune question à envoyer{NNBSP}; {pluriel(len(toutes), 'question posée', 'questions posées')}{NBSP}:"
    ]
    for q in toutes:
        lignes.append(f"  {q.critere}  {regles.etat(q, aujourd_hui).dit} — {affichage.sur(q.texte)}")
        lignes += [f"      {printable(ligne)}" for ligne in q.reponse.splitlines()]
    return "\n".join(lignes)
