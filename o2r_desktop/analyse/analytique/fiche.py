"""The guided sheet of a dossier: what was answered, where each part stands, what the form says beside."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from o2r_desktop.analyse.analytique.conditions import Condition, lire_conditions
from o2r_desktop.analyse.analytique.questions import (
    CHOIX,
    QUESTIONS,
    GenreQuestion,
    Partie,
    QuestionFiche,
    questions_de,
)
from o2r_desktop.analyse.saisie import Fiches, Source, ecrire_source, lire_source, texte
from o2r_desktop.dossiers.model import Dossier
from o2r_desktop.text import date_courte, montant, nombre, normalise, printable

PREFIXE = "analytique"
NON_RENSEIGNE = "non renseigné"
_EXTRAIT = 260
"""Characters of the form that are shown beside a question."""
_PHRASES = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Ý«])|\n+")


class EtatPartie(StrEnum):
    """Where a part of the sheet stands."""

    ETABLI = "établi"
    A_COMPLETER = "à compléter"
    ABSENT = "absent"
    SANS_OBJET = "sans objet"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReponseFiche:
    """The answer to a question: one of CHOIX, an ISO day or words; «» while there is none."""

    question: QuestionFiche
    valeur: str = ""
    note: str = ""
    source: Source | None = None

    @property
    def jour(self) -> date | None:
        """The day that was given, None when it is none."""
        try:
            return date.fromisoformat(self.valeur) if self.question.genre is GenreQuestion.DATE else None
        except ValueError:
            return None

    @property
    def dite(self) -> str:
        """The answer in words, «sans réponse» without one."""
        if self.question.genre is GenreQuestion.CHOIX:
            return CHOIX.get(self.valeur, "sans réponse").lower()
        if self.question.genre is GenreQuestion.DATE:
            return "sans réponse" if self.jour is None else date_courte(self.jour)
        return f"« {self.valeur} »" if self.valeur else "sans réponse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Declare:
    """What the form says beside a question: the field, the sentences to look at (``repere``) or its beginning."""

    attribut: str
    libelle: str
    extrait: str
    repere: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PartieLue:
    """Where a part stands: how many of the questions that concern the dossier are answered."""

    partie: Partie
    etat: EtatPartie
    repondues: int
    attendues: int


@dataclass(frozen=True, kw_only=True)
class Analytique:
    """What is known of the analytic accounting of a dossier."""

    dossier: Dossier
    fiches: Fiches

    @property
    def numero(self) -> int:
        """The dossier."""
        return self.dossier.numero

    @cached_property
    def commencee(self) -> bool:
        """Whether a question of the sheet is answered."""
        return any(r.valeur for r in self.reponses.values())

    @cached_property
    def consortium(self) -> bool:
        """Whether other bodies take part, so that the part «membres» has an object."""
        return bool(self.dossier.membres) or self.dossier.valeur("consortium") is True

    @cached_property
    def reponses(self) -> Mapping[str, ReponseFiche]:
        """The answers by question, in the order of the sheet; those without one too."""
        return {q.id: lire_reponse(q, self.fiches.get(cle_question(q.id))) for q in QUESTIONS}

    def reponse(self, question: str) -> str:
        """Return the answer to a question, «» without one."""
        return self.reponses[question].valeur

    @cached_property
    def parties(self) -> tuple[PartieLue, ...]:
        """Where each part stands."""
        return tuple(self._partie(partie) for partie in Partie)

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """Conditions proposed for the convention; none is retained but by the instructor."""
        if not any(cle.startswith(f"{PREFIXE}/") for cle in self.fiches):
            return ()
        return lire_conditions(self.fiches, self.reponse, self.debut)

    @property
    def debut(self) -> date | None:
        """The first day of the project, None when it is unknown."""
        debut = self.dossier.valeur("date_debut")
        return debut if isinstance(debut, date) else None

    def declares(self, question: QuestionFiche) -> tuple[Declare, ...]:
        """Return what the form says that may answer a question: never an answer by itself."""
        trouves = [d for a in question.champs if (d := self._declare(a, question)) is not None]
        return tuple(sorted(trouves, key=lambda d: not d.repere))

    def _declare(self, attribut: str, question: QuestionFiche) -> Declare | None:
        champ = self.dossier.champ(attribut)
        if champ is None:
            return None
        dit = _en_mots(self.dossier, attribut) if champ.renseigne else ""
        phrases = [p.strip() for p in _PHRASES.split(printable(dit)) if p.strip()]
        reperees = [p for p in phrases if any(m in f" {normalise(p)}" for m in question.mots)]
        entier = len(phrases) <= 1
        extrait = _court(" ".join(reperees or phrases)) or NON_RENSEIGNE
        return Declare(
            attribut=attribut,
            libelle=champ.libelle,
            extrait=extrait,
            repere=bool(dit) and (bool(reperees) or (entier and not isinstance(champ.valeur, str))),
        )

    def _partie(self, partie: Partie) -> PartieLue:
        if partie is Partie.MEMBRES and not self.consortium:
            return PartieLue(partie=partie, etat=EtatPartie.SANS_OBJET, repondues=0, attendues=0)
        reponses = [self.reponses[q.id] for q in questions_de(partie)]
        etat = _etat([r for r in reponses if r.valeur != "sans_objet"])
        if etat is EtatPartie.SANS_OBJET:  # the words that would complete it are not expected
            reponses = [r for r in reponses if r.question.genre is GenreQuestion.CHOIX]
        faites = sum(bool(r.valeur) for r in reponses)
        return PartieLue(partie=partie, etat=etat, repondues=faites, attendues=len(reponses))


def _etat(concernees: list[ReponseFiche]) -> EtatPartie:
    """Return where a part stands; words and dates complete it, they do not make it."""
    if not concernees or all(r.question.genre is not GenreQuestion.CHOIX for r in concernees):
        return EtatPartie.SANS_OBJET
    tranchees = [r for r in concernees if r.question.genre is GenreQuestion.CHOIX and not r.question.neutre]
    if tranchees and all(r.valeur == "non" for r in tranchees):
        return EtatPartie.ABSENT
    complete = all(r.valeur and r.valeur != "inconnu" for r in concernees)
    if complete and all(r.valeur == "oui" for r in tranchees):
        return EtatPartie.ETABLI
    return EtatPartie.A_COMPLETER


def cle_question(question: str) -> str:
    """Return the key under which an answer is kept."""
    return f"{PREFIXE}/{question}"


def lire_reponse(question: QuestionFiche, brut: object) -> ReponseFiche:
    """Read an answer as ``ecrire_reponse`` writes it; what cannot be one is none."""
    if not isinstance(brut, Mapping):
        return ReponseFiche(question=question)
    lue = ReponseFiche(
        question=question,
        valeur=texte(brut.get("reponse")).strip(),
        note=texte(brut.get("note")),
        source=lire_source(brut.get("source")),
    )
    bonne = (
        lue.valeur in CHOIX
        if question.genre is GenreQuestion.CHOIX
        else lue.jour is not None if question.genre is GenreQuestion.DATE else True
    )  # fmt: skip
    return lue if bonne else ReponseFiche(question=question, note=lue.note, source=lue.source)


def ecrire_reponse(reponse: ReponseFiche) -> dict[str, Any] | None:
    """Return what is kept of an answer: only what is said; None when nothing is."""
    dits: dict[str, Any] = {
        "reponse": reponse.valeur.strip() or None,
        "note": reponse.note or None,
        "source": None if reponse.source is None else ecrire_source(reponse.source),
    }
    return {cle: valeur for cle, valeur in dits.items() if valeur is not None} or None


def analyser(dossier: Dossier, fiches: Fiches) -> Analytique:
    """Read the sheet of a dossier."""
    return Analytique(dossier=dossier, fiches=fiches)


def document(analytique: Analytique) -> dict[str, Any]:
    """Return the sheet in JSON types: parts with their state, answers given, conditions and which are retained."""
    return {
        "parties": [
            {
                "partie": p.partie.value,
                "libelle": p.partie.libelle,
                "etat": p.etat.value,
                "repondues": p.repondues,
                "attendues": p.attendues,
            }
            for p in analytique.parties
        ],
        "reponses": {
            r.question.id: {
                "question": r.question.texte,
                "reponse": r.valeur,
                "note": r.note,
                "source": None if r.source is None else ecrire_source(r.source),
            }
            for r in analytique.reponses.values()
            if r.valeur or r.note or r.source
        },
        "conditions": [
            {
                "id": c.id,
                "texte": c.texte,
                "critere": c.critere,
                "echeance": c.echeance,
                "retenue": c.retenue,
                "proposee": c.proposee,
            }
            for c in analytique.conditions
        ],
    }


def _en_mots(dossier: Dossier, attribut: str) -> str:
    """Return a value of the form in words."""
    valeur = dossier.valeur(attribut)
    if isinstance(valeur, bool):
        return "Oui" if valeur else "Non"
    if isinstance(valeur, date):
        return date_courte(valeur)
    if isinstance(valeur, tuple):
        return ", ".join(valeur)
    if valeur is None or isinstance(valeur, str):
        return valeur or ""
    chiffre = dossier.nombre(attribut)
    en_euros = attribut in ("charges_indirectes", "cout_total")
    return "" if chiffre is None else montant(chiffre) if en_euros else nombre(chiffre)


def _court(mots: str) -> str:
    return mots if len(mots) <= _EXTRAIT else f"{mots[:_EXTRAIT].rstrip()}…"
