"""Unit costs of a project and where they stand in the campagne (C. trav. D. 5316-3 3° c and d; metier § 3.4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from o2r_desktop.analyse.budget.modele import Montant, Situation
from o2r_desktop.analyse.panorama import DossierVu, Panorama
from o2r_desktop.dossiers.budget import euros
from o2r_desktop.evaluation.lot import TAILLE_UTILE, quantile
from o2r_desktop.evaluation.parametres import Parametres
from o2r_desktop.text import montant, nombre, pluriel

_PARTS = tuple(Decimal(p) for p in ("0.25", "0.5", "0.75"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bases:
    """The figures that costs are worked out from; years are those of the convention."""

    cout: Montant
    demande: Montant
    personnel: Montant
    beneficiaires: Montant
    etp: Montant


@dataclass(frozen=True, slots=True)
class Quotient:
    """A unit cost: which figure over which; ``unite`` is «€» or what is counted."""

    cle: str
    nom: str
    haut: str
    bas: str
    unite: str = "€"


QUOTIENTS = (
    Quotient("cout_beneficiaire", "Coût total par bénéficiaire", "cout", "beneficiaires"),
    Quotient("demande_beneficiaire", "Contribution demandée par bénéficiaire", "demande", "beneficiaires"),
    Quotient("cout_etp", "Coût total par ETP et par an", "cout", "etp"),
    Quotient("personnel_etp", "Charges de personnel par ETP et par an", "personnel", "etp"),
    Quotient("beneficiaires_etp", "Bénéficiaires par ETP et par an", "beneficiaires", "etp", ""),
)
_NOMS = {
    "cout": "coût total",
    "demande": "contribution demandée",
    "personnel": "charges de personnel",
    "beneficiaires": "bénéficiaires des trois années",
    "etp": "ETP des trois années",
}


def situer(bases: Bases, parametres: Parametres, panorama: Panorama | None) -> tuple[Situation, ...]:
    """Return the unit costs, situated among the dossiers of *panorama* when there are enough of them."""
    return tuple(_situer(q, bases, parametres, panorama) for q in QUOTIENTS)


def _situer(quotient: Quotient, bases: Bases, parametres: Parametres, panorama: Panorama | None) -> Situation:
    haut, bas = getattr(bases, quotient.haut), getattr(bases, quotient.bas)
    valeur = haut / bas if haut is not None and bas else None
    calcul = _calcul(quotient, haut, bas)
    valeurs = _du_lot(quotient, panorama)
    phrases = [_fourchette(valeur, parametres)] if quotient.cle == "personnel_etp" else []
    if len(valeurs) < TAILLE_UTILE:
        phrases.append("" if valeur is None else _trop_petit(len(valeurs)))
        return Situation(nom=quotient.nom, valeur=valeur, calcul=calcul, effectif=len(valeurs),
                         lecture=_phrase(phrases), cle=quotient.cle, unite=quotient.unite)  # fmt: skip
    q1, mediane, q3 = (quantile(tuple(valeurs), part) for part in _PARTS)
    phrases.append("" if valeur is None else _place(quotient, valeur, (q1, mediane, q3), len(valeurs)))
    return Situation(nom=quotient.nom, valeur=valeur, calcul=calcul, effectif=len(valeurs), mediane=mediane,
                     quartiles=(q1, q3), lecture=_phrase(phrases), cle=quotient.cle,
                     unite=quotient.unite)  # fmt: skip


def _du_lot(quotient: Quotient, panorama: Panorama | None) -> Sequence[Decimal]:
    """Return the same quotient of all the dossiers, ascending; those that the panorama holds are not redone."""
    if panorama is None:
        return ()
    if quotient.cle == "cout_beneficiaire":
        return panorama.couts_par_beneficiaire
    if quotient.cle == "cout_etp":
        return panorama.couts_par_etp
    return sorted(v for d in panorama.dossiers.values() if (v := _diviser(d, quotient)) is not None)


def _diviser(dossier: DossierVu, quotient: Quotient) -> Montant:
    haut, bas = getattr(dossier, quotient.haut), getattr(dossier, quotient.bas)
    return haut / bas if haut is not None and bas is not None and bas > 0 else None


def _calcul(quotient: Quotient, haut: Montant, bas: Montant) -> str:
    manques = [_NOMS[nom] for nom, v in ((quotient.haut, haut), (quotient.bas, bas)) if v is None]
    if manques:
        return f"non calculable : {' et '.join(manques)} à connaître"
    if not bas:
        return f"non calculable : {_NOMS[quotient.bas]} à zéro"
    dessus = euros(haut) if quotient.haut != "beneficiaires" else nombre(haut)  # type: ignore[arg-type]
    return f"{dessus} ÷ {nombre(bas)}"


def _fourchette(valeur: Montant, parametres: Parametres) -> str:
    bas, haut = parametres.etp_cout_min, parametres.etp_cout_max
    if valeur is None:
        return ""
    if bas <= valeur <= haut:
        return f"entre {euros(bas)} et {euros(haut)} chargés, comme attendu (proposition)"
    return f"hors de la fourchette de {euros(bas)} à {euros(haut)} chargés, à expliquer (proposition)"


def _trop_petit(effectif: int) -> str:
    return (
        f"lot de {pluriel(effectif, 'dossier')}, trop petit pour comparer (il en faut {TAILLE_UTILE}, proposition)"
    )


def _place(quotient: Quotient, valeur: Decimal, reperes: tuple[Decimal, Decimal, Decimal], effectif: int) -> str:
    q1, mediane, q3 = reperes
    if valeur < q1:
        place = f"au-dessous du premier quartile ({_dit(quotient, q1)})"
    elif valeur > q3:
        place = f"au-dessus du troisième quartile ({_dit(quotient, q3)})"
    else:
        place = f"autour de la médiane, entre les quartiles ({_dit(quotient, q1)} et {_dit(quotient, q3)})"
    return f"{place} ; médiane {_dit(quotient, mediane)} sur {pluriel(effectif, 'dossier')}"


def _dit(quotient: Quotient, valeur: Decimal) -> str:
    return montant(valeur) if quotient.unite == "€" else nombre(valeur, 1)


def _phrase(parties: list[str]) -> str:
    dites = [p for p in parties if p]
    return f"{' ; '.join(dites)}." if dites else ""
