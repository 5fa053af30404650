"""What the analysis of a budget returns: totals, gaps, doubtful lines, cap, costs, cash."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from o2r_desktop.analyse.budget.lignes import LigneProjet, StatutEcart
from o2r_desktop.text import enumeration, pourcentage

Montant = Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneTotal:
    """An account (two digits) over the years: ``annees`` in order then ``total``; None when one is unknown.

    They are what the instructor retains; ``declarees`` and ``total_declare`` what the porteur wrote. ``part`` is of
    all the expenses (or income) of three years, in percentage. ``compte`` is «» for a total and for a member.
    """

    compte: str
    libelle: str
    annees: tuple[Montant, ...]
    total: Montant
    part: Montant
    declarees: tuple[Montant, ...] = ()
    total_declare: Montant = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ecart:
    """The same amount as several places give it: form, annex, narrative, accounts; and what is said of the gap.

    ``places`` are pairs (place, amount); ``ecart`` is the largest difference between two known ones, None when
    fewer than two are known. ``lecture`` is the sentence that is shown and printed.
    """

    cle: str
    nom: str
    places: tuple[tuple[str, Montant], ...]
    ecart: Montant
    statut: StatutEcart | None = None
    note: str = ""
    lecture: str = ""

    @property
    def a_voir(self) -> bool:
        """Whether the places differ and nobody has said why."""
        return bool(self.ecart) and self.statut is not StatutEcart.EXPLIQUE


class Nature(StrEnum):
    """Why a line looks ineligible."""

    FORMATION = "formation"
    FORMATION_PERSONNEL = "formation_personnel"
    REMUNERATION = "remuneration"
    INVESTISSEMENT = "investissement"
    FINANCIER = "financier"
    PROVISION = "provision"
    AMORTISSEMENT = "amortissement"
    EXCEPTIONNEL = "exceptionnel"
    IMPOT_BENEFICES = "impot_benefices"
    AUTRE_GESTION = "autre_gestion"
    STOCK = "stock"


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneDouteuse:
    """A line that looks ineligible: why, by account or by word, and the rule that says so.

    ``a_trancher`` when the rule itself does not settle the case: the instructor does.
    """

    ligne: LigneProjet
    motif: str
    regle: str
    nature: Nature = Nature.FORMATION
    a_trancher: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Plafond:
    """The most that may be granted, worked out from one place (C. trav. D. 5316-7), with its trail.

    ``origine`` is «formulaire» or «lignes». ``deductions`` are pairs (what, amount) taken from ``cout`` to reach
    ``base``; ``manques`` names what is unknown when ``plafond`` is None. ``depassement`` is zero within the cap.
    """

    origine: str
    cout: Montant
    deductions: tuple[tuple[str, Montant], ...]
    base: Montant
    cofinancements: Montant
    plafond: Montant
    demande: Montant
    manques: tuple[str, ...] = ()
    calcul: str = ""

    @property
    def depassement(self) -> Montant:
        """What the request has above the cap, None when either is unknown."""
        if self.plafond is None or self.demande is None:
            return None
        return max(Decimal(0), self.demande - self.plafond)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartIndirecte:
    """Indirect expenses over direct ones; ``part`` is a percentage, None when one is unknown.

    ``origine`` is «lignes» or «formulaire».
    """

    indirectes: Montant
    directes: Montant
    part: Montant
    origine: str
    calcul: str
    lecture: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """A unit cost and where it stands among the dossiers of the campagne.

    ``mediane`` and ``quartiles`` are None while fewer than eight dossiers can be compared. ``calcul`` says how it
    was worked out («702 000,00 € ÷ 180»), or what is missing. ``unite`` is «€» or «».
    """

    nom: str
    valeur: Montant
    calcul: str
    effectif: int = 0
    mediane: Montant = None
    quartiles: tuple[Decimal, Decimal] | None = None
    lecture: str = ""
    cle: str = ""
    unite: str = "€"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypotheses:
    """When the two payments of a year come and what share of the request each brings (proposition).

    D. 5316-7 says two payments a year, neither when nor how much. A payment of month 3 comes at its end.
    """

    mois: tuple[int, ...] = (3, 9)
    parts: tuple[Decimal, ...] = (Decimal(50), Decimal(50))

    @property
    def texte(self) -> str:
        """The assumptions in words."""
        versements = enumeration(
            [f"{pourcentage(p)} à la fin du mois {m}" for m, p in zip(self.mois, self.parts, strict=True)]
        )
        return f"versements : {versements} ; dépenses et cofinancements en douze parts égales (proposition)"


@dataclass(frozen=True, slots=True, kw_only=True)
class BesoinTresorerie:
    """The cash that two payments a year leave to advance, against the cash of the body (C. trav. D. 5316-7).

    ``mois`` are the needs of each month of the first year just before a payment, in euros, positive when money is
    lacking; empty when they cannot be known. ``tresorerie`` is the cash of the last exercice less dedicated funds.
    """

    mois: tuple[Decimal, ...]
    besoin: Montant
    tresorerie: Montant
    lecture: str
    hypotheses: Hypotheses = Hypotheses()
    mois_du_besoin: int | None = None
