"""The budget of the project: its lines, what they add up to, what does not agree, what it costs (metier § 3.4)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from o2r_desktop.analyse.angles import Controle, Repere
from o2r_desktop.analyse.budget.lignes import LigneProjet, StatutEcart, lire_lignes
from o2r_desktop.analyse.finances import Finances
from o2r_desktop.analyse.panorama import Panorama
from o2r_desktop.analyse.saisie import Fiches
from o2r_desktop.dossiers.model import Dossier
from o2r_desktop.evaluation.constats import Constat
from o2r_desktop.evaluation.parametres import Parametres


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneTotal:
    """An account (two digits) over the years: ``annees`` in order then ``total``; None when one is unknown."""

    compte: str
    libelle: str
    annees: tuple[Decimal | None, ...]
    total: Decimal | None
    part: Decimal | None
    """Of all the expenses (or income) of three years, in percentage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ecart:
    """The same amount as several places give it: form, annex, narrative, accounts; and what is said of the gap.

    ``places`` are pairs (place, amount); ``ecart`` is the largest difference between two known ones, None when
    fewer than two are known.
    """

    cle: str
    nom: str
    places: tuple[tuple[str, Decimal | None], ...]
    ecart: Decimal | None
    statut: StatutEcart | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneDouteuse:
    """A line that looks ineligible: why, by account or by word, and the rule that says so."""

    ligne: LigneProjet
    motif: str
    regle: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """A unit cost and where it stands among the dossiers of the campagne.

    ``mediane`` and ``quartiles`` are None while fewer than eight dossiers can be compared. ``calcul`` says how it
    was worked out («702 000,00 € ÷ 180»).
    """

    nom: str
    valeur: Decimal | None
    calcul: str
    effectif: int = 0
    mediane: Decimal | None = None
    quartiles: tuple[Decimal, Decimal] | None = None
    lecture: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BesoinTresorerie:
    """The cash that two payments a year leave to advance, against the cash of the body (C. trav. D. 5316-7).

    ``mois`` are the needs at the end of each month of the first year, in euros, positive when money is lacking.
    """

    mois: tuple[Decimal, ...]
    besoin: Decimal | None
    tresorerie: Decimal | None
    lecture: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """The budget of a project as far as it is known. ``lignes`` is empty while none was typed.

    ``membres`` adds the expenses of each member; ``plafond`` is the cap worked out from the lines (D. 5316-7),
    None when they do not say it.
    """

    numero: int
    lignes: tuple[LigneProjet, ...] = ()
    charges: tuple[LigneTotal, ...] = ()
    produits: tuple[LigneTotal, ...] = ()
    membres: tuple[LigneTotal, ...] = ()
    controles: tuple[Controle, ...] = ()
    ecarts: tuple[Ecart, ...] = ()
    douteuses: tuple[LigneDouteuse, ...] = ()
    base_eligible: Decimal | None = None
    plafond: Decimal | None = None
    part_indirecte: Decimal | None = None
    couts: tuple[Situation, ...] = ()
    tresorerie: BesoinTresorerie | None = None
    lecture: str = ""


def analyser(
    dossier: Dossier,
    fiches: Fiches,
    parametres: Parametres,
    *,
    finances: Finances,
    panorama: Panorama | None = None,
) -> Budget:
    """Work out the budget of a project."""
    del parametres, finances, panorama
    return Budget(numero=dossier.numero, lignes=lire_lignes(fiches))


def constats(budget: Budget) -> tuple[Constat, ...]:
    """Return the findings that rest on the lines (CRE-01, CRE-02, CRE-06, ELI-08), none while there are none."""
    del budget
    return ()


def reperes(budget: Budget) -> tuple[Repere, ...]:
    """Return what the budget says of CRE criteria, in sentences."""
    del budget
    return ()


def document(budget: Budget) -> dict[str, Any]:
    """Return the budget in JSON types."""
    return {"lecture": budget.lecture}
