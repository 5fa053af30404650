"""Answers of the instructor, and the evaluation that they make."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from o2r_desktop.errors import DossierError
from o2r_desktop.evaluation.grille import Critere, Grille, TypeCritere
from o2r_desktop.text import normalise, printable

OUI, NON, SANS_OBJET, MANQUANTE = "oui", "non", "sans_objet", "information_manquante"
"""Answers that are no level and no amount. A missing piece of information is an answer that is still owed."""

PRIORITES = ("P1", "P2 renforcée", "P2", "hors priorité")


class DecisionConstat(StrEnum):
    """What the instructor says of a computed constat."""

    CONFIRME = "confirme"
    CONTESTE = "conteste"
    NON_VERIFIABLE = "non_verifiable"


class EtatEvaluation(StrEnum):
    """vide → en_cours → complete → finalisee → rouverte."""

    VIDE = "vide"
    EN_COURS = "en_cours"
    COMPLETE = "complete"
    FINALISEE = "finalisee"
    ROUVERTE = "rouverte"

    @property
    def libelle(self) -> str:
        """Return the words that are shown, after «évaluation»."""
        return _ETATS[self]


_ETATS = {
    EtatEvaluation.VIDE: "à commencer",
    EtatEvaluation.EN_COURS: "en cours",
    EtatEvaluation.COMPLETE: "complète",
    EtatEvaluation.FINALISEE: "finalisée",
    EtatEvaluation.ROUVERTE: "rouverte",
}


class TypeAvis(StrEnum):
    """Words of an opinion (metier § 2.1)."""

    FAVORABLE = "favorable"
    FAVORABLE_AVEC_RESERVES = "favorable_avec_reserves"
    DEFAVORABLE = "defavorable"
    AJOURNE = "ajourne"
    IRRECEVABLE = "irrecevable"

    @property
    def libelle(self) -> str:
        """Return the words that are printed."""
        return _AVIS[self]


_AVIS = {
    TypeAvis.FAVORABLE: "Favorable",
    TypeAvis.FAVORABLE_AVEC_RESERVES: "Favorable avec réserves",
    TypeAvis.DEFAVORABLE: "Défavorable",
    TypeAvis.AJOURNE: "Ajourné",
    TypeAvis.IRRECEVABLE: "Irrecevable",
}


Zone = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preuve:
    """A place that supports an answer: a piece and its page, from 1, or a field; ``extrait`` is quoted text.

    ``empreinte`` is the SHA-256 of the piece when it was cited, «» when it is a field or was not received.
    ``zones`` are rectangles (left, top, right, bottom) in parts of the page, from 0 to 1.
    """

    ou: str
    page: int | None = None
    extrait: str = ""
    empreinte: str = ""
    zones: tuple[Zone, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Changement:
    """What an import changed under an answer: a field or a piece, as it was and as it is, in words."""

    libelle: str
    avant: str
    apres: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reponse:
    """The answer to one critere.

    ``valeur`` is "" while only a comment or a decision on the constat stands, a level "0" to "4", one of OUI,
    NON, SANS_OBJET, MANQUANTE, a priority of PRIORITES, or an amount «148000.00» for a montant. ``changements``
    say why it is ``a_reconfirmer``, oldest first. ``vigilance`` is what the committee should keep an eye on.
    """

    critere: str
    valeur: str
    commentaire: str = ""
    decision: DecisionConstat | None = None
    motif: str = ""
    vigilance: str = ""
    preuves: tuple[Preuve, ...] = ()
    a_reconfirmer: bool = False
    changements: tuple[Changement, ...] = ()
    modifiee: datetime | None = None
    auteur: str = ""

    @property
    def niveau(self) -> int | None:
        """The level 0 to 4, None when the answer is no level."""
        return int(self.valeur) if self.valeur in ("0", "1", "2", "3", "4") else None

    @property
    def donnee(self) -> bool:
        """Whether the critere is answered; a missing piece of information is not an answer yet."""
        return self.valeur not in ("", MANQUANTE)

    @property
    def commencee(self) -> bool:
        """Whether anything at all was said of the critere, be it no answer yet."""
        textes = (self.commentaire, self.motif, self.vigilance)
        return bool(self.valeur or self.decision or self.preuves or any(t.strip() for t in textes))


@dataclass(frozen=True, slots=True, kw_only=True)
class Avis:
    """The instructor's opinion. ``montants`` maps a year «2026» to euros, empty when nothing is proposed."""

    avis: TypeAvis
    motif: str
    reserves: str = ""
    montants: Mapping[str, Decimal] = field(default_factory=dict)
    points_forts: str = ""
    points_faibles: str = ""

    @property
    def montant(self) -> Decimal | None:
        """The amount over all years, None when nothing is proposed."""
        return sum(self.montants.values(), Decimal(0)) if self.montants else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjetAvis:
    """The opinion while it is being written: ``avis`` is None until it is chosen, texts may be empty."""

    avis: TypeAvis | None = None
    motif: str = ""
    reserves: str = ""
    montants: Mapping[str, Decimal] = field(default_factory=dict)
    points_forts: str = ""
    points_faibles: str = ""

    def en_avis(self) -> Avis | None:
        """Return the opinion, None until it is chosen."""
        if self.avis is None:
            return None
        return Avis(
            avis=self.avis,
            motif=self.motif,
            reserves=self.reserves,
            montants=self.montants,
            points_forts=self.points_forts,
            points_faibles=self.points_faibles,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """All that the instructor said of one dossier; ``empreinte`` is that of the data once finalised.

    ``projet`` holds the opinion as far as it is written; ``avis`` is None until one is chosen. ``fiches`` holds
    what was typed or retained in the analysis, JSON values by key (see ``analyse.saisie``).
    """

    numero: int
    grille: str
    version: int
    etat: EtatEvaluation = EtatEvaluation.VIDE
    reponses: Mapping[str, Reponse] = field(default_factory=dict)
    avis: Avis | None = None
    projet: ProjetAvis = field(default_factory=ProjetAvis)
    instructeur: str = ""
    finalisee_le: datetime | None = None
    empreinte: str = ""
    fiches: Mapping[str, Any] = field(default_factory=dict)

    @property
    def finalisee(self) -> bool:
        """Whether it is locked."""
        return self.etat is EtatEvaluation.FINALISEE

    def reponse(self, critere_id: str) -> Reponse:
        """Return the answer to a critere, an empty one when nothing was said."""
        return self.reponses.get(critere_id) or Reponse(critere=critere_id, valeur="")


def etat(grille: Grille, evaluation: Evaluation) -> EtatEvaluation:
    """Return the state that the answers make; a finalised or reopened evaluation keeps its own.

    An answer to be confirmed again still counts as work to do.
    """
    if evaluation.etat in (EtatEvaluation.FINALISEE, EtatEvaluation.ROUVERTE):
        return evaluation.etat
    if not any(r.commencee for r in evaluation.reponses.values()):
        return EtatEvaluation.VIDE if evaluation.projet == ProjetAvis() else EtatEvaluation.EN_COURS
    reponses = [evaluation.reponse(c.id) for c in grille.criteres]
    finies = all(r.donnee and not r.a_reconfirmer for r in reponses)
    return EtatEvaluation.COMPLETE if finies else EtatEvaluation.EN_COURS


_MANQUANTE = dict.fromkeys(("manquante", "manquant", "information manquante", "i"), MANQUANTE)
_SANS_OBJET = dict.fromkeys(("sans objet", "s.o.", "s.o", "so", "s/o", "s"), SANS_OBJET)
_CONTROLE = {"oui": OUI, "o": OUI, "non": NON, "n": NON, **_SANS_OBJET, **_MANQUANTE}
_NIVEAUX = {f"{avant}{n}": n for n in "01234" for avant in ("", "niveau ")}
_MOTS = {
    TypeCritere.CONTROLE: _CONTROLE,
    TypeCritere.MONTANT: _CONTROLE,
    TypeCritere.ECHELLE: {**_NIVEAUX, **_SANS_OBJET, **_MANQUANTE},
    TypeCritere.PRIORITE: {**{normalise(p): p for p in PRIORITES}, **_MANQUANTE},
}
_ATTENDUS = {
    TypeCritere.CONTROLE: "« oui », « non », « sans objet » ou « manquante »",
    TypeCritere.MONTANT: "un montant en euros, positif ou nul et à deux décimales au plus (« 12 000,50 »), "
    "ou par « oui », « non », « sans objet » ou « manquante »",
    TypeCritere.ECHELLE: "un niveau de 0 à 4, « sans objet » ou « manquante »",
    TypeCritere.PRIORITE: "« P1 », « P2 renforcée », « P2 », « hors priorité » ou « manquante »",
}
# Twelve digits of euros: their cents stay far within the 64 bits of a SQLite integer.
_MONTANT = re.compile(r"([0-9]{1,12}|[0-9]{1,3}(?: [0-9]{3}){1,3})(?:[.,]([0-9]{1,2}))?(?: ?(?:€|euros?))?")


def lire_reponse(critere: Critere, texte: str) -> str:
    """Turn what a user types into the canonical value; raises DossierError with what this critere accepts.

    An amount becomes «12000.50»; spaces between thousands, a decimal comma and «€» are understood.
    """
    mot = normalise(texte)
    valeur = _MOTS[critere.type].get(mot.replace("_", " ").replace("-", " "))
    if valeur is None and critere.type is TypeCritere.MONTANT:
        valeur = _lire_montant(mot)
    if valeur is None:
        raise DossierError(
            f"Le critère {critere.id} n’accepte pas « {_cite(texte)} » : répondez par {_ATTENDUS[critere.type]}."
        )
    return valeur


def lire_montant(texte: str) -> Decimal | None:
    """Read an amount in euros typed by a user («12 000,50 €»), None when it is none; at most two decimals."""
    lu = _lire_montant(normalise(texte))
    return None if lu is None else Decimal(lu)


def _lire_montant(mot: str) -> str | None:
    lu = _MONTANT.fullmatch(mot)
    if lu is None:
        return None
    euros, centimes = lu.groups()
    return f"{int(euros.replace(' ', ''))}.{(centimes or '').ljust(2, '0')}"


def _cite(texte: str) -> str:
    """Return what was typed, on one line and not too long."""
    court = " ".join(printable(texte).split())
    return court if len(court) <= 40 else court[:39] + "…"
