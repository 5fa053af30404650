"""Answers of the instructor, and the evaluation that they make."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Preuve:
    """A place that supports an answer: a piece and its page, or a field; ``extrait`` is quoted text."""

    ou: str
    page: int | None = None
    extrait: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reponse:
    """The answer to one critere.

    ``valeur`` is "" while only a comment or a decision on the constat stands, a level "0" to "4", one of OUI,
    NON, SANS_OBJET, MANQUANTE, a priority of PRIORITES, or an amount «148000.00» for a montant.
    """

    critere: str
    valeur: str
    commentaire: str = ""
    decision: DecisionConstat | None = None
    motif: str = ""
    preuves: tuple[Preuve, ...] = ()
    a_reconfirmer: bool = False
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
class Evaluation:
    """All that the instructor said of one dossier; ``empreinte`` is that of the data once finalised."""

    numero: int
    grille: str
    version: int
    etat: EtatEvaluation = EtatEvaluation.VIDE
    reponses: Mapping[str, Reponse] = field(default_factory=dict)
    avis: Avis | None = None
    instructeur: str = ""
    finalisee_le: datetime | None = None
    empreinte: str = ""

    @property
    def finalisee(self) -> bool:
        """Whether it is locked."""
        return self.etat is EtatEvaluation.FINALISEE
