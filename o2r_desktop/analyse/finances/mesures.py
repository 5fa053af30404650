"""What the ratios take from a closed year, and the sums that several of them share (metier § 3.3)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from o2r_desktop.analyse.saisie import Source

ZERO = Decimal(0)
Montant = Decimal | None


class Lecture(StrEnum):
    """How a ratio reads (proposition)."""

    VERT = "vert"
    ORANGE = "orange"
    ROUGE = "rouge"
    INFORMATIF = "informatif"
    INCONNU = "inconnu"
    SANS_OBJET = "sans objet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercice:
    """Figures of one closed year, in euros; None is unknown, never zero.

    ``fonds_propres`` leaves dedicated funds out; ``charges_decaissables`` leaves out allowances (68) and transfers
    to dedicated funds (689), which pay nobody. ``creances`` hold prepaid charges; ``dettes_exploitation`` every
    debt due within a year but overdrafts, deferred income included, and ``dettes_court_terme`` these too.
    ``quote_part`` and ``cessions`` correct the self-financing capacity when they are known. ``mois`` is the length.
    ``sources`` gives where the figures of each field were read and ``deduits`` why a post was taken as it is;
    ``manques`` names by field the posts that are unknown.
    """

    annee: int
    mois: int = 12
    fonds_propres: Montant = None
    report_a_nouveau: Montant = None
    fonds_dedies: Montant = None
    provisions: Montant = None
    dettes_long_terme: Montant = None
    dettes_financieres: Montant = None
    dettes_exploitation: Montant = None
    dettes_court_terme: Montant = None
    total_bilan: Montant = None
    actif_immobilise: Montant = None
    actif_circulant: Montant = None
    stocks: Montant = None
    creances: Montant = None
    disponibilites: Montant = None
    decouverts: Montant = None
    produits: Montant = None
    charges: Montant = None
    charges_decaissables: Montant = None
    charges_personnel: Montant = None
    subventions: Montant = None
    premier_financeur: Montant = None
    dotations: Montant = None
    reprises: Montant = None
    quote_part: Montant = None
    cessions: Montant = None
    resultat: Montant = None
    sources: Mapping[str, tuple[Source, ...]] = field(default_factory=dict, compare=False, repr=False)
    deduits: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    manques: Mapping[str, tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)


def somme(*montants: Montant) -> Montant:
    """Return a sum, None when one of its terms is unknown."""
    total = ZERO
    for montant in montants:
        if montant is None:
            return None
        total += montant
    return total


def moins(montant: Montant) -> Montant:
    """Return the opposite of an amount, None when it is unknown."""
    return None if montant is None else -montant


def part(haut: Montant, bas: Montant) -> Montant:
    """Return *haut* in percentage of *bas*, None when it makes no sense."""
    return None if haut is None or bas is None or bas <= 0 else haut * 100 / bas


def annualise(montant: Montant, exercice: Exercice) -> Montant:
    """Return a flow of *exercice* brought to twelve months."""
    return montant if montant is None or exercice.mois == 12 else montant * 12 / exercice.mois


def roulement(exercice: Exercice) -> Montant:
    """Return lasting resources less net fixed assets (FRNG), dedicated funds included."""
    return somme(roulement_sans(exercice), exercice.fonds_dedies)


def roulement_sans(exercice: Exercice) -> Montant:
    """Return the FRNG without dedicated funds."""
    return somme(
        exercice.fonds_propres,
        exercice.provisions,
        exercice.dettes_long_terme,
        moins(exercice.actif_immobilise),
    )


def besoin(exercice: Exercice) -> Montant:
    """Return stocks and receivables less operating debts (BFR)."""
    return somme(exercice.stocks, exercice.creances, moins(exercice.dettes_exploitation))


def tresorerie_du_bas(exercice: Exercice) -> Montant:
    """Return net cash as the bank shows it: cash and deposits less overdrafts."""
    return somme(exercice.disponibilites, moins(exercice.decouverts))


def tresorerie_du_haut(exercice: Exercice) -> Montant:
    """Return net cash as the balance sheet gives it: FRNG less BFR, dedicated funds included."""
    return somme(roulement(exercice), moins(besoin(exercice)))


def tresorerie(exercice: Exercice) -> Montant:
    """Return net cash: as the bank shows it, else by the top of the balance sheet."""
    lue = tresorerie_du_bas(exercice)
    return tresorerie_du_haut(exercice) if lue is None else lue


def tresorerie_libre(exercice: Exercice) -> Montant:
    """Return net cash once dedicated funds are taken off."""
    return somme(tresorerie(exercice), moins(exercice.fonds_dedies))


def jours(argent: Montant, exercice: Exercice) -> Montant:
    """Return how many days of a year's charges an amount of cash pays."""
    charges = annualise(exercice.charges_decaissables, exercice)
    return None if argent is None or charges is None or charges <= 0 else argent * 365 / charges


def autofinancement(exercice: Exercice) -> Montant:
    """Return the self-financing capacity (CAF): result plus allowances less reversals.

    The share of investment grants taken to the result and gains on disposals come off when they are known.
    """
    corrections = -(exercice.quote_part or ZERO) - (exercice.cessions or ZERO)
    return somme(exercice.resultat, exercice.dotations, moins(exercice.reprises), corrections)


CALCULES: Mapping[str, Callable[[Exercice], Montant]] = MappingProxyType(
    {"tresorerie": tresorerie, "tresorerie_libre": tresorerie_libre, "autofinancement": autofinancement}
)
"""Inputs of a ratio that are themselves worked out."""

COMPOSANTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "tresorerie": ("disponibilites", "decouverts"),
        "tresorerie_libre": ("disponibilites", "decouverts", "fonds_dedies"),
        "autofinancement": ("resultat", "dotations", "reprises"),
    }
)
"""The fields whose sources stand behind them."""

NOMS: Mapping[str, str] = MappingProxyType(
    {
        "fonds_propres": "fonds propres",
        "report_a_nouveau": "report à nouveau",
        "fonds_dedies": "fonds dédiés",
        "provisions": "provisions",
        "dettes_long_terme": "dettes à plus d’un an",
        "dettes_financieres": "dettes financières",
        "dettes_exploitation": "dettes d’exploitation",
        "dettes_court_terme": "dettes à moins d’un an",
        "total_bilan": "total du bilan",
        "actif_immobilise": "actif immobilisé net",
        "actif_circulant": "actif circulant",
        "stocks": "stocks",
        "creances": "créances",
        "disponibilites": "disponibilités",
        "decouverts": "découverts",
        "produits": "produits",
        "charges": "charges",
        "charges_decaissables": "charges décaissables",
        "charges_personnel": "charges de personnel",
        "subventions": "concours publics et subventions",
        "premier_financeur": "premier financeur",
        "dotations": "dotations",
        "reprises": "reprises",
        "quote_part": "quote-part de subventions d’investissement",
        "cessions": "plus ou moins-value de cession",
        "resultat": "résultat",
        "tresorerie": "trésorerie nette",
        "tresorerie_libre": "trésorerie hors fonds dédiés",
        "autofinancement": "capacité d’autofinancement",
        "demande": "demande annuelle",
    }
)
"""How each input is called."""


def valeur(exercice: Exercice, champ: str) -> Montant:
    """Return an input of a ratio, read or worked out."""
    calcul = CALCULES.get(champ)
    lue: Montant = getattr(exercice, champ) if calcul is None else calcul(exercice)
    return lue


def sources(exercice: Exercice, champ: str) -> tuple[Source, ...]:
    """Return where an input was read, each place once."""
    lues = (s for c in COMPOSANTS.get(champ, (champ,)) for s in exercice.sources.get(c, ()))
    return tuple(dict.fromkeys(lues))


def inconnus(exercice: Exercice, champ: str) -> tuple[str, ...]:
    """Return the names of the posts that keep an input unknown, of the input itself when no post is behind it."""
    if valeur(exercice, champ) is not None:
        return ()
    vides = [c for c in COMPOSANTS.get(champ, (champ,)) if getattr(exercice, c) is None]
    noms = (nom for c in vides or [champ] for nom in exercice.manques.get(c) or (NOMS[c],))
    return tuple(dict.fromkeys(noms))
