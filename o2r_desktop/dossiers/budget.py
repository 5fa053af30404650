"""The budget of a project: declared figures, what is known of each, what may be retained of them.

A figure that is missing is never zero: it stays unknown, with the reason (exports-demarche-numerique § 3.4).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from o2r_desktop.dossiers.model import Cofinancement, Dossier
from o2r_desktop.text import NNBSP, nombre, normalise

ANNEES = (1, 2, 3)
ZERO = Decimal(0)
_CENTIME = Decimal("0.01")
_VIRGULES = str.maketrans({",": NNBSP, ".": ","})


class EtatChiffre(StrEnum):
    """What is known of a figure; the value is how it is said."""

    CONNU = "connu"
    ABSENT = "absent de l’export"
    VIDE = "non renseigné"
    ZERO_OU_VIDE = "0 ou non renseigné"
    ILLISIBLE = "illisible"
    NEGATIF = "négatif"

    @property
    def suspect(self) -> bool:
        """Whether something was typed that cannot be used."""
        return self in (EtatChiffre.ILLISIBLE, EtatChiffre.NEGATIF)


@dataclass(frozen=True, slots=True)
class Chiffre:
    """A figure of the form; ``valeur`` is None unless ``etat`` is CONNU."""

    attribut: str
    valeur: Decimal | None
    etat: EtatChiffre


Serie = tuple[Chiffre, ...]
"""The figures of the three years."""


def lire_chiffre(dossier: Dossier, attribut: str) -> Chiffre:
    """Read a figure of *dossier*; a negative one is kept out, no rule can use it."""
    champ = dossier.champ(attribut)
    if champ is None:
        return Chiffre(attribut, None, EtatChiffre.ABSENT)
    valeur = champ.valeur
    if champ.zero_ou_vide:
        return Chiffre(attribut, None, EtatChiffre.ZERO_OU_VIDE)
    if valeur == "":
        return Chiffre(attribut, None, EtatChiffre.VIDE)
    if isinstance(valeur, bool) or not isinstance(valeur, (int, Decimal)):
        return Chiffre(attribut, None, EtatChiffre.ILLISIBLE)
    if valeur < 0:
        return Chiffre(attribut, None, EtatChiffre.NEGATIF)
    return Chiffre(attribut, Decimal(valeur), EtatChiffre.CONNU)


def lire_serie(dossier: Dossier, prefixe: str) -> Serie:
    """Read the three years of «cout_annee», «demande_annee», «etp_annee», «beneficiaires_annee»…"""
    return tuple(lire_chiffre(dossier, f"{prefixe}_{annee}") for annee in ANNEES)


def somme(serie: Iterable[Chiffre]) -> Decimal | None:
    """Return the sum of the figures, None when one of them is unknown."""
    total = ZERO
    for chiffre in serie:
        if chiffre.valeur is None:
            return None
        total += chiffre.valeur
    return total


def somme_connue(serie: Iterable[Chiffre]) -> Decimal:
    """Return the sum of the figures that are known."""
    return sum((c.valeur for c in serie if c.valeur is not None), ZERO)


def euros(valeur: Decimal) -> str:
    """Return an amount to the cent, with all its digits when it has more: none may look equal to a threshold."""
    if valeur != valeur.quantize(_CENTIME):
        return f"{nombre(valeur)} €"
    signe = "−" if valeur < 0 else ""
    return f"{signe}{abs(valeur):,.2f} €".translate(_VIRGULES)


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneBudget:
    """One line of the table «déclaré / retenu»: the years in order, then the total. None is unknown."""

    nom: str
    declare: tuple[Decimal | None, ...]
    retenu: tuple[Decimal | None, ...]


@dataclass(frozen=True, kw_only=True)
class BudgetProjet:
    """What the form says of the money of a project, and what may be retained of it.

    ``formation_declaree`` answers «does the budget hold training expenses?», None without an answer.
    ``cofinancements`` is None when the export carries no such block.
    """

    cout_total: Chiffre
    couts: Serie
    demande_total: Chiffre
    demandes: Serie
    formation_declaree: bool | None
    formation: Chiffre
    contributions_volontaires: Chiffre
    personnel: Chiffre
    indirectes: Chiffre
    cofinancements: tuple[Cofinancement, ...] | None

    @cached_property
    def couts_possibles(self) -> tuple[Decimal, ...]:
        """The total cost as declared and as the sum of the years, those that are known, once when equal."""
        return _possibles(self.cout_total, self.couts)

    @property
    def cout(self) -> Decimal | None:
        """The total cost declared, else the sum of the years when all are known."""
        return next(iter(self.couts_possibles), None)

    @property
    def cout_prudent(self) -> Decimal | None:
        """The lower of the total and the sum of the years."""
        return min(self.couts_possibles, default=None)

    @cached_property
    def demandes_possibles(self) -> tuple[Decimal, ...]:
        """The request as declared and as the sum of the years, those that are known, once when equal."""
        return _possibles(self.demande_total, self.demandes)

    @property
    def demande(self) -> Decimal | None:
        """The request over three years declared, else the sum of the years when all are known."""
        return next(iter(self.demandes_possibles), None)

    @property
    def demande_prudente(self) -> Decimal | None:
        """The higher of the total and what the known years add up to; None when neither is whole."""
        if not self.demandes_possibles:
            return None
        return max(*self.demandes_possibles, somme_connue(self.demandes))

    @cached_property
    def a_ecarter(self) -> Decimal | None:
        """Training expenses to set aside (AMI, Conditions d'éligibilité); None when they are unknown.

        An amount counts even when the form answers «non»; «oui» without an amount is unknown.
        """
        if self.formation.valeur:
            return self.formation.valeur
        if self.formation_declaree or self.formation.etat.suspect:
            return None
        if self.formation_declaree is False or self.formation.valeur is not None:
            return ZERO
        return None

    @property
    def base_eligible(self) -> Decimal | None:
        """Eligible costs: the prudent cost less training; None when one of them is unknown."""
        if self.cout_prudent is None or self.a_ecarter is None:
            return None
        return max(ZERO, self.cout_prudent - self.a_ecarter)

    @cached_property
    def cofinancements_comptes(self) -> tuple[Cofinancement, ...]:
        """Cofinancing rows that count: those that were not refused."""
        return tuple(c for c in self.cofinancements or () if not normalise(c.statut).startswith("refus"))

    @property
    def cofinance(self) -> Decimal:
        """The sum of the cofinancing amounts that are known."""
        return sum((c.montant for c in self.cofinancements_comptes if montant_sur(c) and c.montant), ZERO)

    @property
    def cofinancements_sans_montant(self) -> tuple[Cofinancement, ...]:
        """Cofinancing rows whose amount is missing or negative."""
        return tuple(c for c in self.cofinancements_comptes if not montant_sur(c))

    @property
    def plafond(self) -> Decimal | None:
        """The most that may be granted: eligible costs less cofinancing of the same costs (D. 5316-7)."""
        base = self.base_eligible
        return None if base is None else max(ZERO, base - self.cofinance)

    @property
    def plafond_au_plus(self) -> Decimal | None:
        """The cap if no other training expense comes to light than the amount known."""
        if self.cout_prudent is None:
            return None
        return max(ZERO, self.cout_prudent - (self.a_ecarter or ZERO) - self.cofinance)

    def lignes(self) -> tuple[LigneBudget, ...]:
        """Return the lines declared / retained of the note.

        The form gives training for three years only: once some is set aside, the retained cost of one year is
        unknown. So is the retained request of one year when the total has to be cut.
        """
        couts = tuple(c.valeur for c in self.couts)
        demandes = tuple(d.valeur for d in self.demandes)
        rien: tuple[Decimal | None, ...] = (None, None, None)
        demande, plafond = self.demande_prudente, self.plafond
        retenue = None if demande is None or plafond is None else min(demande, plafond)
        return (
            LigneBudget(
                nom="Coût du projet",
                declare=(*couts, self.cout),
                retenu=(*(couts if self.a_ecarter == 0 else rien), self.base_eligible),
            ),
            LigneBudget(
                nom="dont dépenses de formation",
                declare=(*rien, self.formation.valeur if self.formation.valeur is not None else self.a_ecarter),
                retenu=(*rien, None if self.a_ecarter is None else ZERO),
            ),
            LigneBudget(
                nom="Cofinancements",
                declare=(*rien, self.cofinance if self.cofinancements_comptes else None),
                retenu=(*rien, self.cofinance if self.cofinancements_comptes else None),
            ),
            LigneBudget(
                nom="Contribution demandée",
                declare=(*demandes, self.demande),
                retenu=(*(demandes if retenue is not None and retenue == demande else rien), retenue),
            ),
        )


def lire_budget(dossier: Dossier) -> BudgetProjet:
    """Gather the figures of the budget of *dossier*."""
    formation = dossier.valeur("formation")
    return BudgetProjet(
        cout_total=lire_chiffre(dossier, "cout_total"),
        couts=lire_serie(dossier, "cout_annee"),
        demande_total=lire_chiffre(dossier, "demande_total"),
        demandes=lire_serie(dossier, "demande_annee"),
        formation_declaree=formation if isinstance(formation, bool) else None,
        formation=lire_chiffre(dossier, "formation_montant"),
        contributions_volontaires=lire_chiffre(dossier, "contributions_volontaires"),
        personnel=lire_chiffre(dossier, "charges_personnel"),
        indirectes=lire_chiffre(dossier, "charges_indirectes"),
        cofinancements=dossier.cofinancements,
    )


def plafond(dossier: Dossier) -> Decimal | None:
    """Return the most that may be granted to *dossier*, None when it cannot be known (C. trav. D. 5316-7)."""
    return lire_budget(dossier).plafond


def garde_fou(dossier: Dossier) -> tuple[Decimal | None, Decimal | None]:
    """Return what no proposed amount may exceed: the cap (D. 5316-7) and the request, None for what is unknown.

    While training expenses are unknown, the cap is what it is at most.
    """
    budget = lire_budget(dossier)
    haut = budget.plafond
    return budget.plafond_au_plus if haut is None else haut, budget.demande_prudente


def montant_sur(cofinancement: Cofinancement) -> bool:
    """Say whether the amount of a cofinancing row can be used."""
    return cofinancement.montant is not None and cofinancement.montant >= 0


def _possibles(total: Chiffre, annees: Serie) -> tuple[Decimal, ...]:
    connus = [v for v in (total.valeur, somme(annees)) if v is not None]
    return tuple(dict.fromkeys(connus))
