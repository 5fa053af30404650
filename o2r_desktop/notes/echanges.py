"""The part of a note on exchanges: what was asked of the porteur, when, and what came back."""

from collections.abc import Sequence

from o2r_desktop.evaluation.questions import EtatQuestion, Question, etat
from o2r_desktop.notes.matiere import Matiere
from o2r_desktop.notes.modele import Contenu, Etiquette, Forme, Rubrique, Table, Texte, Ton
from o2r_desktop.notes.valeurs import TIRET
from o2r_desktop.text import PARIS, date_courte, pluriel

_TONS = {EtatQuestion.A_ENVOYER: Ton.NEUTRE, EtatQuestion.ENVOYEE: Ton.NEUTRE, EtatQuestion.REPONDUE: Ton.BON}


def echanges(m: Matiere) -> Rubrique:
    """Return the questions to the porteur and their answers; opinions of services are not kept yet."""
    return Rubrique(titre="Échanges et avis recueillis", ancre="echanges", contenu=_contenu(m))


def _contenu(m: Matiere) -> tuple[Contenu, ...]:
    if not m.questions:
        return (Texte("Aucun échange ni avis de service consigné dans l’application."),)
    posees = [q for q in m.questions if q.envoyee_le is not None]
    return (*_posees(posees), *_a_envoyer([q for q in m.questions if q.envoyee_le is None]))


def _a_envoyer(questions: Sequence[Question]) -> tuple[Contenu, ...]:
    """Return what is written and was never sent: the porteur has been asked nothing of it."""
    if not questions:
        return ()
    dit = pluriel(
        len(questions),
        "question préparée, qui n’est pas encore envoyée",
        "questions préparées, qui ne sont pas encore envoyées",
    )
    lignes = tuple((q.critere or TIRET, q.texte.strip()) for q in questions)
    return (
        Texte(f"{dit}.", Forme.LEGENDE),
        Table(entetes=("Critère", "Question à envoyer"), lignes=lignes, parts=(9, 91)),
    )


def _posees(questions: Sequence[Question]) -> tuple[Contenu, ...]:
    if not questions:
        return ()
    repondues = sum(q.repondue_le is not None for q in questions)
    bilan = pluriel(len(questions), "question posée au porteur", "questions posées au porteur")
    return (
        Texte(
            f"{bilan}, dont {pluriel(repondues, 'répondue')}. "
            "Les échanges n’entrent pas dans l’empreinte des données.",
            Forme.LEGENDE,
        ),
        Table(
            entetes=("Critère", "Question", "État", "Réponse retenue par l’instructeur"),
            lignes=tuple(
                (q.critere or TIRET, q.texte.strip(), _etat(q), q.reponse.strip() or TIRET) for q in questions
            ),
            parts=(9, 34, 25, 32),
        ),
    )


def _etat(question: Question) -> Etiquette:
    """Return where a question stands, whatever the day: the same data print the same note."""
    if question.repondue_le is not None:
        jour = date_courte(question.repondue_le.astimezone(PARIS))
        envoi = _envoi(question)
        suite = f"le {jour}" + (f", {envoi}" if envoi else "")
    else:
        suite = _envoi(question)
        if suite and question.echeance is not None:
            suite += f", réponse attendue le {date_courte(question.echeance)}"
    present = etat(question, question.echeance or question.posee_le.date())
    return Etiquette(present.dit, _TONS[present], suite)


def _envoi(question: Question) -> str:
    if question.envoyee_le is None:
        return ""
    return f"envoyée le {date_courte(question.envoyee_le.astimezone(PARIS))}"
