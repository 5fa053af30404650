"""Spending the envelope: amounts guarded by the cap, cumulated in the order of the agenda, cut line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum

from o2r_desktop.comite.modele import Base, Candidat, Comite, Scenario
from o2r_desktop.text import NBSP, enumeration, montant, nombre

CENTIME = Decimal("0.01")


class Sort(StrEnum):
    """What becomes of a dossier in a scenario."""

    RETENU = "retenu"
    ATTENTE = "attente"
    ECARTE = "ecarte"

    @property
    def libelle(self) -> str:
        """Return the words that are shown."""
        return {Sort.RETENU: "dans l’enveloppe", Sort.ATTENTE: "sous la ligne", Sort.ECARTE: "non financé"}[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The amounts of one dossier in a scenario, by year, and what was done to them (« ramené au plafond »)."""

    montants: Mapping[str, Decimal]
    remarque: str = ""

    @property
    def total(self) -> Decimal:
        """The amount over all years."""
        return sum(self.montants.values(), Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneEnveloppe:
    """A dossier in a scenario. ``cumul`` is what is spent by year with it, for a dossier that is kept.

    ``tiendrait``: below the cut line, what is left would still pay for it.
    """

    candidat: Candidat
    part: Part
    sort: Sort
    raison: str
    cumul: Mapping[str, Decimal]
    tiendrait: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """What a scenario gives: lines in the order of the agenda, spent and left by year.

    ``coupe`` is the rank of the first line below the cut, None when everything fits. ``reste`` is empty when no
    envelope is known.
    """

    scenario: Scenario
    lignes: tuple[LigneEnveloppe, ...]
    enveloppe: Mapping[str, Decimal]
    depense: Mapping[str, Decimal]
    coupe: int | None

    @property
    def reste(self) -> Mapping[str, Decimal]:
        """What is left of each year's envelope."""
        return {annee: somme - self.depense.get(annee, Decimal(0)) for annee, somme in self.enveloppe.items()}

    @property
    def total(self) -> Decimal:
        """What is spent over all years."""
        return sum(self.depense.values(), Decimal(0))

    @property
    def retenus(self) -> tuple[LigneEnveloppe, ...]:
        """The lines that are paid for."""
        return tuple(li for li in self.lignes if li.sort is Sort.RETENU)


def part_de(candidat: Candidat, scenario: Scenario, comite: Comite, annees: Sequence[str]) -> Part:
    """Return what a scenario gives to a dossier, never above its limit (C. trav. D. 5316-7).

    An amount that the committee typed for the dossier, or decided, holds in every scenario.
    """
    decision = comite.decisions.get(candidat.numero)
    if decision is not None and decision.sens.finance:
        return Part(montants=decision.montants, remarque="décidé")
    if candidat.numero in comite.ajustes:
        return plafonner(Part(montants=comite.ajustes[candidat.numero], remarque="montant de séance"), candidat)
    if scenario.base is Base.DEMANDE:
        demandes = {a: candidat.demandes.get(a) for a in annees}
        inconnues = [a for a, somme in demandes.items() if somme is None]
        if inconnues:
            return Part(montants={}, remarque=f"demande inconnue en {enumeration(inconnues)}")
        return plafonner(Part(montants={a: s for a, s in demandes.items() if s is not None}), candidat)
    montants = dict(candidat.montants)
    if scenario.base is Base.REDUIT and scenario.taux:
        garde = (100 - scenario.taux) / 100
        montants = {a: (s * garde).quantize(CENTIME, rounding=ROUND_DOWN) for a, s in montants.items()}
        return plafonner(Part(montants=montants, remarque=f"moins {nombre(scenario.taux)} %"), candidat)
    return plafonner(Part(montants=montants), candidat)


def plafonner(part: Part, candidat: Candidat) -> Part:
    """Bring amounts down to the limit of the dossier, each year in proportion, to the cent."""
    if candidat.limite is None:
        return Part(montants=part.montants, remarque=_suite(part.remarque, "plafond inconnu"))
    limite = max(candidat.limite, Decimal(0))
    if part.total <= limite:
        return part
    total = part.total
    ramenes = {a: (s * limite / total).quantize(CENTIME, rounding=ROUND_DOWN) for a, s in part.montants.items()}
    derniere = max((a for a, s in part.montants.items() if s), default="")
    if derniere:
        ramenes[derniere] += limite - sum(ramenes.values(), Decimal(0))
    return Part(montants=ramenes, remarque=_suite(part.remarque, f"ramené au plafond, {montant(limite)}"))


def _suite(debut: str, fin: str) -> str:
    return f"{debut}, {fin}" if debut else fin


def simuler(
    ordre: Sequence[Candidat],
    scenario: Scenario,
    comite: Comite,
    enveloppe: Mapping[str, Decimal],
    annees: Sequence[str],
) -> Simulation:
    """Return a scenario: dossiers are paid for in *ordre* until one does not fit in a year; the rest waits.

    The line is strict: a cheaper dossier below it does not pass before, it is only told that it would fit. Without
    an envelope everything is kept and nothing is said to be left.
    """
    depense = dict.fromkeys(annees, Decimal(0))
    lignes: list[LigneEnveloppe] = []
    coupe: int | None = None
    for rang, candidat in enumerate(ordre):
        part = part_de(candidat, scenario, comite, annees)
        raison = _ecarte(candidat, part, scenario, comite)
        manque = "" if raison else _manque(part, depense, enveloppe)
        if raison:
            sort = Sort.ECARTE
        elif coupe is not None or manque:
            sort = Sort.ATTENTE
            coupe = rang if coupe is None else coupe
            raison = manque or "après la ligne"
        else:
            sort = Sort.RETENU
            for annee, somme in part.montants.items():
                depense[annee] = depense.get(annee, Decimal(0)) + somme
        lignes.append(
            LigneEnveloppe(
                candidat=candidat,
                part=part,
                sort=sort,
                raison=raison,
                cumul=dict(depense),
                tiendrait=sort is Sort.ATTENTE and not manque,
            )
        )
    return Simulation(
        scenario=scenario, lignes=tuple(lignes), enveloppe=dict(enveloppe), depense=depense, coupe=coupe
    )


def _ecarte(candidat: Candidat, part: Part, scenario: Scenario, comite: Comite) -> str:
    """Return why a dossier gets no money in a scenario, «» when it may."""
    decision = comite.decisions.get(candidat.numero)
    if decision is not None and not decision.sens.finance:
        return f"décision : {decision.sens.libelle.lower()}"
    if decision is None and not candidat.favorable:
        return "avis non rendu" if candidat.avis is None else f"avis {candidat.avis.libelle.lower()}"
    if scenario.score_min and decision is None and (candidat.note is None or candidat.note < scenario.score_min):
        return f"score sous {nombre(scenario.score_min)}" if candidat.note is not None else "score provisoire"
    if not part.total:
        return part.remarque or "aucun montant"
    return ""


def _manque(part: Part, depense: Mapping[str, Decimal], enveloppe: Mapping[str, Decimal]) -> str:
    """Return which years cannot pay for a dossier, «» when all can; a year without envelope pays nothing."""
    if not enveloppe:
        return ""
    zero = Decimal(0)
    manques = [
        f"{annee}{NBSP}: il manque {montant(depense.get(annee, zero) + somme - enveloppe.get(annee, zero))}"
        for annee, somme in part.montants.items()
        if somme and depense.get(annee, zero) + somme > enveloppe.get(annee, zero)
    ]
    return ", ".join(manques)
