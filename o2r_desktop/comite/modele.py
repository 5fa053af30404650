"""What the committee works on: candidates, scenarios, members, decisions. Amounts are euros."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from o2r_desktop.evaluation.reponses import EtatEvaluation, Reponse, TypeAvis
from o2r_desktop.evaluation.score import Score


class Sens(StrEnum):
    """What the committee decides of a dossier."""

    RETENU = "retenu"
    CONDITIONS = "retenu_sous_conditions"
    ATTENTE = "liste_attente"
    AJOURNE = "ajourne"
    REFUSE = "refuse"

    @property
    def libelle(self) -> str:
        """Return the words that are printed."""
        return _SENS[self]

    @property
    def finance(self) -> bool:
        """Whether money goes with it."""
        return self in (Sens.RETENU, Sens.CONDITIONS)


_SENS = {
    Sens.RETENU: "Retenu",
    Sens.CONDITIONS: "Retenu sous conditions",
    Sens.ATTENTE: "Liste d’attente",
    Sens.AJOURNE: "Ajourné",
    Sens.REFUSE: "Non retenu",
}


class Bloc(StrEnum):
    """How a dossier is taken in the meeting."""

    DEBAT = "a_debattre"
    CONSENSUS = "consensus"
    INELIGIBLE = "ineligible"

    @property
    def libelle(self) -> str:
        """Return the words that are printed."""
        return _BLOCS[self]


_BLOCS = {Bloc.DEBAT: "À débattre", Bloc.CONSENSUS: "Consensus", Bloc.INELIGIBLE: "Inéligibles"}


class Base(StrEnum):
    """Which amounts a scenario counts."""

    PROPOSE = "propose"
    DEMANDE = "demande"
    REDUIT = "reduit"

    @property
    def libelle(self) -> str:
        """Return the words that are printed."""
        return _BASES[self]


_BASES = {
    Base.PROPOSE: "montants proposés par les instructeurs",
    Base.DEMANDE: "montants demandés, dans la limite du plafond",
    Base.REDUIT: "montants proposés, diminués d’un pourcentage",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidat:
    """A dossier before the committee.

    ``montants`` are those proposed, ``demandes`` those asked, by year, None when unknown. ``limite`` is the most
    that may be given (C. trav. D. 5316-7, and never above the request), None when unknown. ``refus`` are the
    blocking criteria of REC and ELI answered «non». ``perime``: the data changed since the avis.
    """

    numero: int
    porteur: str
    intitule: str
    siret: str = ""
    departements: tuple[str, ...] = ()
    publics: tuple[str, ...] = ()
    priorite: str = ""
    etat: EtatEvaluation = EtatEvaluation.EN_COURS
    avis: TypeAvis | None = None
    motif: str = ""
    reserves: str = ""
    score: Score = field(
        default_factory=lambda: Score(total=None, par_section={}, repondus=0, attendus=0),
    )
    cout: Decimal | None = None
    demande: Decimal | None = None
    demandes: Mapping[str, Decimal | None] = field(default_factory=dict)
    montants: Mapping[str, Decimal] = field(default_factory=dict)
    limite: Decimal | None = None
    beneficiaires: Decimal | None = None
    refus: tuple[str, ...] = ()
    perime: bool = False
    instructeur: str = ""
    reponses: Mapping[str, Reponse] = field(default_factory=dict)

    @property
    def note(self) -> Decimal | None:
        """The score when it is complete: only such scores are ranked."""
        return self.score.total if self.score.complet else None

    @property
    def favorable(self) -> bool:
        """Whether the avis proposes money."""
        return self.avis in (TypeAvis.FAVORABLE, TypeAvis.FAVORABLE_AVEC_RESERVES)

    @property
    def definitif(self) -> bool:
        """Whether the evaluation is locked and its data did not change since."""
        return self.etat is EtatEvaluation.FINALISEE and not self.perime


@dataclass(frozen=True, slots=True, kw_only=True)
class Membre:
    """Somebody who sits; ``voix`` is false for who advises without voting.

    ``present`` is false until somebody says so: minutes must not have anybody sit by default.
    """

    id: str
    nom: str
    qualite: str = ""
    voix: bool = True
    present: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Deport:
    """A member who leaves the room for one dossier, and why."""

    membre: str
    motif: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A condition suspensive: what, who answers for it, until when."""

    texte: str
    responsable: str = ""
    echeance: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the committee decided; votes are counts, None when none was held."""

    sens: Sens
    motif: str = ""
    montants: Mapping[str, Decimal] = field(default_factory=dict)
    conditions: tuple[Condition, ...] = ()
    pour: int | None = None
    contre: int | None = None
    abstentions: int | None = None

    @property
    def montant(self) -> Decimal:
        """The amount over all years."""
        return sum(self.montants.values(), Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A way to spend the envelope. ``taux`` is a percentage taken off (REDUIT); ``score_min`` is out of 100."""

    id: str
    nom: str
    base: Base
    taux: Decimal = Decimal(0)
    score_min: Decimal = Decimal(0)


SCENARIOS = (
    Scenario(id="A", nom="Montants proposés", base=Base.PROPOSE),
    Scenario(id="B", nom="Montants demandés", base=Base.DEMANDE),
    Scenario(id="C", nom="Réduction générale", base=Base.REDUIT, taux=Decimal(10), score_min=Decimal(50)),
)
"""Where a campagne starts from; every value of them can be changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seance:
    """The meeting: its day, hour in plain words, place."""

    jour: date | None = None
    heure: str = ""
    lieu: str = ""
    president: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comite:
    """All that the committee has of its own; by dossier number where it is about one."""

    seance: Seance = field(default_factory=Seance)
    membres: tuple[Membre, ...] = ()
    scenarios: tuple[Scenario, ...] = SCENARIOS
    retenu: str = "A"
    ordre: tuple[int, ...] = ()
    blocs: Mapping[int, Bloc] = field(default_factory=dict)
    ajustes: Mapping[int, Mapping[str, Decimal]] = field(default_factory=dict)
    deports: Mapping[int, tuple[Deport, ...]] = field(default_factory=dict)
    decisions: Mapping[int, Decision] = field(default_factory=dict)
    copies: Mapping[int, str] = field(default_factory=dict)
    brouillons: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    """Decisions as far as they are typed, by name of field: nothing typed is lost, no paper shows them."""

    @property
    def scenario(self) -> Scenario:
        """The scenario that the papers follow."""
        return next((s for s in self.scenarios if s.id == self.retenu), self.scenarios[0])

    def membre(self, identifiant: str) -> str:
        """Return the name of a member, «membre retiré» when he is no longer in the list."""
        return next((m.nom for m in self.membres if m.id == identifiant), "membre retiré")
