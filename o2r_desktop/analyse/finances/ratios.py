"""Financial ratios of a body over its last exercices (metier § 3.3).

No threshold is official: each ratio says whose proposal it is, and none rejects anyone. Dedicated funds, which
inflate a balance sheet without being free, are shown apart. Public bodies and bodies with fewer than two
exercices are «sans objet».
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

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

    ``fonds_propres`` leaves dedicated funds out; ``charges_decaissables`` leaves depreciation out.
    """

    annee: int
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
    produits: Montant = None
    charges_decaissables: Montant = None
    charges_personnel: Montant = None
    subventions: Montant = None
    premier_financeur: Montant = None
    dotations: Montant = None
    reprises: Montant = None
    resultat: Montant = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """One ratio: value and unit, formula, inputs (name, amount), threshold and whose it is, reading."""

    nom: str
    valeur: Montant
    unite: str
    formule: str
    entrees: tuple[tuple[str, Montant], ...]
    seuil: str
    appui: str
    lecture: Lecture


Calcul = tuple[Montant, Lecture]
INCALCULABLE: Calcul = (None, Lecture.INCONNU)


@dataclass(frozen=True, slots=True)
class Definition:
    """How a ratio is made: the last exercice's inputs by name, then the function of all exercices."""

    nom: str
    unite: str
    formule: str
    seuil: str
    appui: str
    champs: tuple[str, ...]
    calcul: Callable[[Sequence[Exercice]], Calcul]


def ratios(exercices: Sequence[Exercice], *, public: bool = False) -> tuple[Ratio, ...]:
    """Return the ratios of the last of *exercices*, whatever their order."""
    tries = sorted(exercices, key=lambda e: e.annee)
    sans_objet = public or len(tries) < 2
    return tuple(_ratio(d, tries, sans_objet=sans_objet) for d in DEFINITIONS)


def _ratio(definition: Definition, exercices: Sequence[Exercice], *, sans_objet: bool) -> Ratio:
    valeur, lecture = (None, Lecture.SANS_OBJET) if sans_objet else definition.calcul(exercices)
    dernier = exercices[-1] if exercices else Exercice(annee=0)
    return Ratio(
        nom=definition.nom,
        valeur=valeur,
        unite=definition.unite,
        formule=definition.formule,
        entrees=tuple((c.replace("_", " "), getattr(dernier, c)) for c in definition.champs),
        seuil=definition.seuil,
        appui=definition.appui,
        lecture=lecture,
    )


def _monte(valeur: Decimal, rouge: Decimal | int, vert: Decimal | int) -> Lecture:
    """Read a value that is the better the higher it is."""
    return Lecture.ROUGE if valeur < rouge else Lecture.ORANGE if valeur < vert else Lecture.VERT


def _descend(valeur: Decimal, vert: Decimal | int, rouge: Decimal | int) -> Lecture:
    """Read a value that is the better the lower it is."""
    return Lecture.ROUGE if valeur > rouge else Lecture.ORANGE if valeur >= vert else Lecture.VERT


def _part(haut: Montant, bas: Montant) -> Montant:
    """Return *haut* in percentage of *bas*, None when it makes no sense."""
    return None if haut is None or bas is None or bas <= 0 else haut * 100 / bas


def _somme(*montants: Montant) -> Montant:
    connus = [m for m in montants if m is not None]
    return sum(connus, ZERO) if len(connus) == len(montants) else None


def _moins(montant: Montant) -> Montant:
    return None if montant is None else -montant


def fonds_de_roulement(exercice: Exercice, *, avec_fonds_dedies: bool) -> Montant:
    """Return lasting resources less net fixed assets (FRNG)."""
    dedies = exercice.fonds_dedies if avec_fonds_dedies else ZERO
    return _somme(
        exercice.fonds_propres,
        dedies,
        exercice.provisions,
        exercice.dettes_long_terme,
        _moins(exercice.actif_immobilise),
    )


def besoin_en_fonds_de_roulement(exercice: Exercice) -> Montant:
    """Return stocks and receivables less operating debts (BFR)."""
    return _somme(exercice.stocks, exercice.creances, _moins(exercice.dettes_exploitation))


def tresorerie(exercice: Exercice) -> Montant:
    """Return net cash: FRNG less BFR, dedicated funds included."""
    roulement = fonds_de_roulement(exercice, avec_fonds_dedies=True)
    return _somme(roulement, _moins(besoin_en_fonds_de_roulement(exercice)))


def autofinancement(exercice: Exercice) -> Montant:
    """Return the self-financing capacity (CAF): result plus allowances less reversals."""
    return _somme(exercice.resultat, exercice.dotations, _moins(exercice.reprises))


def _fonds_propres(exercices: Sequence[Exercice]) -> Calcul:
    valeur, avant = exercices[-1].fonds_propres, exercices[-2].fonds_propres
    if valeur is None:
        return INCALCULABLE
    if valeur < 0:
        return valeur, Lecture.ROUGE
    return valeur, Lecture.ORANGE if avant is None or valeur < avant else Lecture.VERT


def _report(exercices: Sequence[Exercice]) -> Calcul:
    report, fonds = exercices[-1].report_a_nouveau, exercices[-1].fonds_propres
    if report is None:
        return INCALCULABLE
    if report >= 0:
        return report, Lecture.VERT
    if fonds is None:
        return report, Lecture.INCONNU
    return report, Lecture.ROUGE if -report * 2 > fonds else Lecture.ORANGE


def _autonomie(exercices: Sequence[Exercice]) -> Calcul:
    valeur = _part(exercices[-1].fonds_propres, exercices[-1].total_bilan)
    return INCALCULABLE if valeur is None else (valeur, _monte(valeur, 20, 35))


def _roulement(exercices: Sequence[Exercice], *, avec_fonds_dedies: bool) -> Calcul:
    valeur = fonds_de_roulement(exercices[-1], avec_fonds_dedies=avec_fonds_dedies)
    charges = exercices[-1].charges_decaissables
    if valeur is None or charges is None:
        return valeur, Lecture.INCONNU
    return valeur, Lecture.ROUGE if valeur < 0 else _monte(valeur, ZERO, charges / 6)


def _roulement_avec(exercices: Sequence[Exercice]) -> Calcul:
    return _roulement(exercices, avec_fonds_dedies=True)


def _roulement_sans(exercices: Sequence[Exercice]) -> Calcul:
    return _roulement(exercices, avec_fonds_dedies=False)


def _besoin(exercices: Sequence[Exercice]) -> Calcul:
    besoin = besoin_en_fonds_de_roulement(exercices[-1])
    roulement = fonds_de_roulement(exercices[-1], avec_fonds_dedies=True)
    if besoin is None or roulement is None:
        return besoin, Lecture.INCONNU
    if besoin <= 0:
        return besoin, Lecture.VERT
    return besoin, Lecture.ROUGE if besoin > roulement else Lecture.ORANGE


def _jours(exercices: Sequence[Exercice]) -> Calcul:
    argent, charges = tresorerie(exercices[-1]), exercices[-1].charges_decaissables
    if argent is None or charges is None or charges <= 0:
        return INCALCULABLE
    jours = argent * 365 / charges
    return jours, Lecture.ORANGE if jours > 365 else _monte(jours, 30, 60)


def _liquidite(exercices: Sequence[Exercice]) -> Calcul:
    part = _part(exercices[-1].actif_circulant, exercices[-1].dettes_court_terme)
    return INCALCULABLE if part is None else (part / 100, _monte(part, 100, 120))


def _endettement(exercices: Sequence[Exercice]) -> Calcul:
    dettes, fonds = exercices[-1].dettes_financieres, exercices[-1].fonds_propres
    if dettes is not None and fonds is not None and fonds <= 0:
        return None, Lecture.ROUGE if dettes > 0 else Lecture.VERT
    part = _part(dettes, fonds)
    return INCALCULABLE if part is None else (part, _descend(part, 50, 100))


def _caf(exercices: Sequence[Exercice]) -> Calcul:
    valeur, avant = autofinancement(exercices[-1]), autofinancement(exercices[-2])
    if valeur is None or valeur >= 0:
        return INCALCULABLE if valeur is None else (valeur, Lecture.VERT)
    return valeur, Lecture.ROUGE if avant is not None and avant < 0 else Lecture.ORANGE


def _resultat(exercices: Sequence[Exercice]) -> Calcul:
    part = _part(exercices[-1].resultat, exercices[-1].produits)
    if part is None:
        return INCALCULABLE
    deficits = [e for e in exercices[-3:] if e.resultat is not None and e.resultat < 0]
    return part, Lecture.ROUGE if len(deficits) == 3 else _monte(part, -5, 0)


def _evolution(exercices: Sequence[Exercice]) -> Calcul:
    if len(exercices) < 3:
        return INCALCULABLE
    avant, apres = exercices[-3].produits, exercices[-1].produits
    part = _part(_somme(apres, _moins(avant)), avant)
    if part is None:
        return INCALCULABLE
    return part, Lecture.ORANGE if part > 30 else _monte(part, -15, 0)


def _personnel(exercices: Sequence[Exercice]) -> Calcul:
    part = _part(exercices[-1].charges_personnel, exercices[-1].produits)
    return INCALCULABLE if part is None else (part, Lecture.INFORMATIF)


def _subventions(exercices: Sequence[Exercice]) -> Calcul:
    part = _part(exercices[-1].subventions, exercices[-1].produits)
    return INCALCULABLE if part is None else (part, Lecture.INFORMATIF)


def _financeur(exercices: Sequence[Exercice]) -> Calcul:
    part = _part(exercices[-1].premier_financeur, exercices[-1].produits)
    return INCALCULABLE if part is None else (part, _descend(part, 50, 70))


def _dedies(exercices: Sequence[Exercice]) -> Calcul:
    dedies, argent = exercices[-1].fonds_dedies, tresorerie(exercices[-1])
    if dedies and argent is not None and argent <= 0:
        return None, Lecture.ORANGE
    part = _part(dedies, argent)
    return INCALCULABLE if part is None else (part, Lecture.ORANGE if part > 80 else Lecture.VERT)


_USAGE = "usage courant ; seuils : proposition"
_ROULEMENT = ("fonds_propres", "fonds_dedies", "provisions", "dettes_long_terme", "actif_immobilise")
_BESOIN = ("stocks", "creances", "dettes_exploitation")

DEFINITIONS = (
    Definition("Fonds propres", "€", "fonds, réserves, report et résultat, hors fonds dédiés",
               "négatifs : rouge ; en baisse : orange", _USAGE, ("fonds_propres",), _fonds_propres),
    Definition("Report à nouveau", "€", "report à nouveau créditeur − débiteur",
               "négatif, plus de la moitié des fonds propres : rouge ; négatif : orange", _USAGE,
               ("report_a_nouveau", "fonds_propres"), _report),
    Definition("Autonomie financière", "%", "fonds propres ÷ total du bilan", "20 % et 35 %", _USAGE,
               ("fonds_propres", "total_bilan"), _autonomie),
    Definition("Fonds de roulement", "€", "fonds propres + fonds dédiés + provisions + dettes à plus d’un an − "
               "actif immobilisé net", "négatif : rouge ; moins de deux mois de charges : orange", _USAGE,
               (*_ROULEMENT, "charges_decaissables"), _roulement_avec),
    Definition("Fonds de roulement hors fonds dédiés", "€", "fonds de roulement − fonds dédiés",
               "négatif : rouge ; moins de deux mois de charges : orange", _USAGE,
               (*_ROULEMENT, "charges_decaissables"), _roulement_sans),
    Definition("Besoin en fonds de roulement", "€", "stocks + créances − dettes d’exploitation",
               "supérieur au fonds de roulement : rouge ; positif : orange", _USAGE, _BESOIN, _besoin),
    Definition("Jours de charges en trésorerie", "jours",
               "(fonds de roulement − besoin) ÷ charges décaissables × 365",
               "30 et 60 jours ; plus de 365 : interroger le besoin", _USAGE,
               (*_ROULEMENT, *_BESOIN, "charges_decaissables"), _jours),
    Definition("Liquidité générale", "", "actif circulant ÷ dettes à moins d’un an", "1 et 1,2", _USAGE,
               ("actif_circulant", "dettes_court_terme"), _liquidite),
    Definition("Endettement", "%", "dettes financières ÷ fonds propres", "50 % et 100 %", _USAGE,
               ("dettes_financieres", "fonds_propres"), _endettement),
    Definition("Capacité d’autofinancement", "€", "résultat + dotations − reprises",
               "négative deux ans : rouge ; négative : orange", _USAGE,
               ("resultat", "dotations", "reprises"), _caf),
    Definition("Résultat sur produits", "%", "résultat ÷ produits",
               "moins de −5 % ou trois déficits : rouge ; négatif : orange", _USAGE, ("resultat", "produits"),
               _resultat),
    Definition("Évolution des produits", "%", "(produits N-1 − produits N-3) ÷ produits N-3",
               "−15 % et 0 % ; plus de 30 % : croissance à maîtriser", _USAGE, ("produits",), _evolution),
    Definition("Charges de personnel sur produits", "%", "charges de personnel ÷ produits",
               "informatif ; plus de 80 % : peu de marge", _USAGE, ("charges_personnel", "produits"), _personnel),
    Definition("Part des subventions", "%", "concours publics et subventions ÷ produits",
               "informatif ; plus de 60 % : forte dépendance", _USAGE, ("subventions", "produits"), _subventions),
    Definition("Part du premier financeur", "%", "premier financeur ÷ produits", "50 % et 70 %", _USAGE,
               ("premier_financeur", "produits"), _financeur),
    Definition("Fonds dédiés dans la trésorerie", "%", "fonds dédiés ÷ trésorerie", "plus de 80 % : peu libre",
               _USAGE, ("fonds_dedies", *_ROULEMENT, *_BESOIN), _dedies),
)  # fmt: skip
"""Ratios in the order of the note; the weight of the request is FIN-08 (structure.py)."""
