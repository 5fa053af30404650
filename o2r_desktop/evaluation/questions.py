"""Questions to the porteur: where each stands, and the one message that asks them."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from o2r_desktop.dossiers.calendrier import ajouter_jours_ouvres
from o2r_desktop.dossiers.model import Dossier, Etat
from o2r_desktop.evaluation.grille import Critere, Grille
from o2r_desktop.evaluation.parametres import Parametres
from o2r_desktop.evaluation.reponses import MANQUANTE, Reponse
from o2r_desktop.text import NBSP, NNBSP, date_longue, enumeration, nombre, numero, printable

DELAI_JOURS = 10
"""Working days that are left to the porteur unless another date is chosen: a habit, no rule sets it."""
MESSAGE_MAX = 5_000
"""Characters beyond which a message is said to be long: nothing documents what the platform accepts."""
_CHAMPS_NOMMES = 3
_JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_BLANCS = re.compile("[ \t\n\u2028\u2029]+")


class EtatQuestion(StrEnum):
    """Where a question stands."""

    A_ENVOYER = "a_envoyer"
    ENVOYEE = "envoyee"
    EN_RETARD = "en_retard"
    REPONDUE = "repondue"

    @property
    def libelle(self) -> str:
        """Return the word that is shown."""
        return _LIBELLES[self]

    @property
    def signe(self) -> str:
        """Return the sign that goes with the word."""
        return _SIGNES[self]

    @property
    def dit(self) -> str:
        """Return sign and word, as a pill shows them."""
        return f"{self.signe} {self.libelle}"


_LIBELLES = {
    EtatQuestion.A_ENVOYER: "à envoyer",
    EtatQuestion.ENVOYEE: "envoyée",
    EtatQuestion.EN_RETARD: "en retard",
    EtatQuestion.REPONDUE: "répondue",
}
_SIGNES = {
    EtatQuestion.A_ENVOYER: "?",
    EtatQuestion.ENVOYEE: "→",
    EtatQuestion.EN_RETARD: "!",
    EtatQuestion.REPONDUE: "✓",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question about one critere, «» for the dossier as a whole; ``id`` is None until it is written.

    ``echeance`` is the last day to answer, included, Paris time.
    """

    critere: str
    texte: str
    posee_le: datetime
    auteur: str
    id: int | None = None
    envoyee_le: datetime | None = None
    echeance: date | None = None
    reponse: str = ""
    repondue_le: datetime | None = None


def etat(question: Question, aujourd_hui: date) -> EtatQuestion:
    """Return where a question stands on a day."""
    if question.repondue_le is not None:
        return EtatQuestion.REPONDUE
    if question.envoyee_le is None:
        return EtatQuestion.A_ENVOYER
    passee = question.echeance is not None and question.echeance < aujourd_hui
    return EtatQuestion.EN_RETARD if passee else EtatQuestion.ENVOYEE


# --- as they are kept ---------------------------------------------------------------------------------------


def lire(etat_ecrit: Mapping[str, Any]) -> tuple[Question, ...]:
    """Read the questions of a dossier from the state that acts change."""
    return tuple(
        Question(
            id=q["id"],
            critere=q["critere"],
            texte=q["texte"],
            posee_le=datetime.fromisoformat(q["posee_le"]),
            auteur=q["auteur"],
            envoyee_le=_instant(q["envoyee_le"]),
            echeance=date.fromisoformat(q["echeance"]) if q["echeance"] else None,
            reponse=q["reponse"],
            repondue_le=_instant(q["repondue_le"]),
        )
        for q in etat_ecrit["questions"]
    )


def ecrire(questions: Iterable[Question]) -> dict[str, Any]:
    """Return the state that holds these questions, in their order."""
    return {
        "questions": [
            {
                "id": q.id,
                "critere": q.critere,
                "texte": q.texte,
                "posee_le": q.posee_le.isoformat(),
                "auteur": q.auteur,
                "envoyee_le": q.envoyee_le.isoformat() if q.envoyee_le else None,
                "echeance": q.echeance.isoformat() if q.echeance else None,
                "reponse": q.reponse,
                "repondue_le": q.repondue_le.isoformat() if q.repondue_le else None,
            }
            for q in questions
        ]
    }


def _instant(texte: str | None) -> datetime | None:
    return datetime.fromisoformat(texte) if texte else None


# --- what is done with them ---------------------------------------------------------------------------------


def avec(questions: Sequence[Question], question: Question) -> tuple[Question, ...]:
    """Return the questions with this one in place of the one that has its id, at the end when it is new."""
    if question.id is None or all(q.id != question.id for q in questions):
        return (*questions, question)
    return tuple(question if q.id == question.id else q for q in questions)


def sans(questions: Sequence[Question], identifiant: int | None) -> tuple[Question, ...]:
    """Return the questions without the one of this id."""
    return tuple(q for q in questions if q.id != identifiant)


def envoyees(
    questions: Sequence[Question], ids: Collection[int], *, le: datetime, echeance: date
) -> tuple[Question, ...]:
    """Return the questions with those of *ids* sent at that moment, to be answered by that day.

    One that was sent before is reminded: what came since the first time still answers it.
    """
    return tuple(
        replace(q, envoyee_le=q.envoyee_le or le, echeance=echeance) if q.id in ids else q for q in questions
    )


def echeance_proposee(aujourd_hui: date) -> date:
    """Return the day that is proposed for the answers."""
    return ajouter_jours_ouvres(aujourd_hui, DELAI_JOURS)


def question_proposee(critere: Critere, reponse: Reponse, dossier: Dossier) -> str:
    """Return the wording of a question about an answer «information manquante», «» for any other answer."""
    if reponse.valeur != MANQUANTE:
        return ""
    champs, pieces = _libelles(dossier, critere.attributs), _libelles(dossier, critere.pieces)
    demandes = []
    if champs:
        demandes.append(f"compléter ou préciser {_cites(champs, 'votre réponse à', 'vos réponses à')}")
    if pieces:
        demandes.append(f"joindre {_cites(pieces, 'la pièce', 'les pièces')}")
    demande = enumeration(demandes) or "nous donner l’information qui manque"
    return (
        f"Le dossier ne nous permet pas de vérifier le point suivant{NBSP}: «{NBSP}{critere.libelle}{NBSP}». "
        f"Pouvez-vous {demande}{NNBSP}?"
    )


def _libelles(dossier: Dossier, attributs: Sequence[str]) -> list[str]:
    champs = [dossier.champ(attribut) for attribut in attributs]
    return list(dict.fromkeys(_ligne(c.libelle) for c in champs if c is not None))[:_CHAMPS_NOMMES]


def _cites(libelles: Sequence[str], un: str, plusieurs: str) -> str:
    cites = [f"«{NBSP}{libelle}{NBSP}»" for libelle in libelles]
    return f"{un if len(cites) == 1 else plusieurs} {enumeration(cites)}"


# --- the message --------------------------------------------------------------------------------------------


def message(
    dossier: Dossier,
    questions: Sequence[Question],
    echeance: date,
    campagne: Parametres,
    *,
    grille: Grille | None = None,
    auteur: str = "",
) -> str:
    """Return the plain text to be pasted in the messaging of the platform, «» when there is nothing to ask.

    With a *grille* the questions are grouped under its sections, in its order; their criteria are not named: the
    grille is the instructor's.
    """
    posees = [q for q in questions if q.texte.strip()]
    if not posees:
        return ""
    seule = len(posees) == 1
    quoi = "la question suivante" if seule else "les questions suivantes"
    titre = _ligne(dossier.texte("intitule"))
    objet = f", «{NBSP}{titre}{NBSP}»," if titre else ""
    parties = [
        "Madame, Monsieur,",
        f"L’instruction de votre dossier n°{NBSP}{numero(dossier.numero)}{objet} déposé pour "
        f"«{NBSP}{_ligne(campagne.nom)}{NBSP}» appelle de notre part {quoi}.",
        *_posees(posees, grille),
        _consigne(dossier, echeance, seule=seule),
        "Sans réponse à cette date, l’instruction se poursuivra avec les seuls éléments du dossier.",
        "Nous vous prions d’agréer, Madame, Monsieur, l’expression de nos salutations distinguées.",
        "\n".join(x for x in (_ligne(auteur), _ligne(campagne.service)) if x),
    ]
    return "\n\n".join(parties)


def avertissement(texte: str) -> str:
    """Return what to be careful of before a message is pasted, «» when there is nothing to say."""
    if len(texte) <= MESSAGE_MAX:
        return ""
    return (
        f"Ce message est long ({nombre(len(texte))}{NBSP}caractères){NBSP}: une fois envoyé, vérifiez sur la "
        "plateforme que sa fin y est, ou envoyez les questions en deux fois."
    )


def echeance_dite(jour: date) -> str:
    """Return «vendredi 12 septembre 2025»."""
    return f"{_JOURS[jour.weekday()]} {date_longue(jour)}"


def _posees(questions: Sequence[Question], grille: Grille | None) -> list[str]:
    """Return headings of sections and numbered questions."""
    if len(questions) == 1:
        return [_paragraphe(questions[0].texte)]
    dites: list[str] = []
    rang = 0
    for titre, siennes in _groupes(questions, grille):
        dites += [titre.upper()] if titre else []
        for question in siennes:
            rang += 1
            dites.append(f"{rang}. {_paragraphe(question.texte)}")
    return dites


def _groupes(questions: Sequence[Question], grille: Grille | None) -> list[tuple[str, list[Question]]]:
    """Return the questions by section, in the order of the grille; those of no critere last."""
    if grille is None:
        return [("", list(questions))]
    groupes = []
    restes = list(questions)
    for section in grille.sections:
        ids = [c.id for c in section.criteres]
        siennes = sorted((q for q in restes if q.critere in ids), key=lambda q: ids.index(q.critere))
        restes = [q for q in restes if q.critere not in ids]
        if siennes:
            groupes.append((section.libelle, siennes))
    if restes:
        groupes.append(("Dossier" if groupes else "", restes))
    return groupes if len(groupes) > 1 else [("", [q for _, siennes in groupes for q in siennes])]


def _consigne(dossier: Dossier, echeance: date, *, seule: bool) -> str:
    rappel = "" if seule else ", en rappelant le numéro de chaque question"
    consigne = (
        f"Merci de nous répondre au plus tard le {echeance_dite(echeance)}, par la messagerie de ce dossier sur la "
        f"plateforme{rappel}. Joignez vos pièces justificatives au même message."
    )
    if dossier.etat is Etat.EN_CONSTRUCTION:
        consigne += " Si une réponse du formulaire est à corriger, modifiez-la aussi dans le formulaire."
    return consigne


def _ligne(texte: str) -> str:
    return _BLANCS.sub(" ", printable(texte)).strip()


def _paragraphe(texte: str) -> str:
    """Return a text without blank lines: a numbered question stays in one piece."""
    return "\n".join(ligne.rstrip() for ligne in printable(texte).strip().split("\n") if ligne.strip())
