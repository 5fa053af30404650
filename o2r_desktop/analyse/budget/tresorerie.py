"""The cash to advance in the first year when the contribution comes in two payments (C. trav. D. 5316-7)."""

from decimal import Decimal

from o2r_desktop.analyse.budget.modele import BesoinTresorerie, Hypotheses, Montant
from o2r_desktop.analyse.finances import Finances
from o2r_desktop.dossiers.budget import BudgetProjet, Chiffre, euros
from o2r_desktop.text import arrondi, enumeration

MOIS = 12
_ZERO = Decimal(0)


def besoin(
    *,
    charges: Montant,
    demande: Montant,
    cofinancements: Montant,
    finances: Finances,
    hypotheses: Hypotheses,
) -> BesoinTresorerie:
    """Work out the need of year 1 and compare it with the cash of the last exercice.

    The need of a month is that of just before its payment: expenses of the months gone, less cofinancing of the
    same months, less the payments of the months before.
    """
    libre, disponible = tresorerie_libre(finances)
    connus = (("charges de l’année 1", charges), ("contribution de l’année 1", demande),
              ("cofinancements de l’année 1", cofinancements))  # fmt: skip
    manques = [nom for nom, montant in connus if montant is None]
    if charges is None or demande is None or cofinancements is None:
        lecture = f"Besoin de trésorerie non calculable : {enumeration(manques)} à connaître."
        return BesoinTresorerie(
            mois=(), besoin=None, tresorerie=libre, lecture=lecture, hypotheses=hypotheses, mois_du_besoin=None
        )
    mois = tuple(_du_mois(rang, charges - cofinancements, demande, hypotheses) for rang in range(1, MOIS + 1))
    pic = max(_ZERO, *mois)
    rang = mois.index(pic) + 1 if pic else None
    return BesoinTresorerie(
        mois=mois,
        besoin=pic,
        tresorerie=libre,
        lecture=_lire(pic, rang, libre, disponible, hypotheses),
        hypotheses=hypotheses,
        mois_du_besoin=rang,
    )


def _du_mois(rang: int, a_couvrir: Decimal, demande: Decimal, hypotheses: Hypotheses) -> Decimal:
    verse = sum((p for m, p in zip(hypotheses.mois, hypotheses.parts, strict=True) if m < rang), _ZERO)
    return arrondi(a_couvrir * rang / MOIS - demande * verse / 100)


def cofinancements_annee_1(formulaire: BudgetProjet, premiere_annee: int) -> Montant:
    """Return what the form expects of other funders in year 1; a row of several years counts for a third.

    None when the export has no such block or an amount is missing.
    """
    if formulaire.cofinancements is None or formulaire.cofinancements_sans_montant:
        return None
    total = _ZERO
    for rangee in formulaire.cofinancements_comptes:
        annee = rangee.annee.strip()
        if rangee.montant is None:
            return None
        if annee == str(premiere_annee):
            total += rangee.montant
        elif not (annee.isdecimal() and len(annee) == len(str(premiere_annee))):
            total += rangee.montant / 3
    return arrondi(total)


def cout_annee(serie: tuple[Chiffre, ...]) -> Montant:
    """Return the first year of a series of the form."""
    return serie[0].valeur


def tresorerie_libre(finances: Finances) -> tuple[Montant, str]:
    """Return the cash of the last exercice less overdrafts and dedicated funds, and its words."""
    dernier = finances.dernier
    if dernier is None:
        return None, "aucun exercice saisi"
    if dernier.disponibilites is None:
        return None, f"disponibilités {dernier.annee} non saisies"
    retires = (("découverts", dernier.decouverts), ("fonds dédiés", dernier.fonds_dedies))
    manques = [nom for nom, montant in retires if montant is None]
    detail = f"disponibilités {dernier.annee} {euros(dernier.disponibilites)}"
    if manques:
        return None, f"{detail}, {enumeration(manques)} non saisis"
    libre = dernier.disponibilites - sum((montant for _, montant in retires if montant is not None), _ZERO)
    detail += "".join(f" − {nom} {euros(montant)}" for nom, montant in retires if montant)
    return libre, detail


def _lire(pic: Decimal, rang: int | None, libre: Montant, disponible: str, hypotheses: Hypotheses) -> str:
    if not pic:
        return f"Aucune avance de trésorerie en année 1 ; {hypotheses.texte}."
    tete = f"Jusqu’à {euros(pic)} à avancer en année 1, au mois {rang}"
    if libre is None:
        return f"{tete} ; trésorerie libre inconnue : {disponible} ; {hypotheses.texte}."
    couvert = "couvre le besoin" if libre >= pic else f"laisse {euros(pic - libre)} à trouver"
    return f"{tete} ; la trésorerie libre de {euros(libre)} {couvert} ({disponible}) ; {hypotheses.texte}."
