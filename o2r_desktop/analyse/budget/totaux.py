"""What the lines of a budget add up to, by account, by year and by member."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from o2r_desktop.analyse.budget.lignes import LigneProjet, Sens
from o2r_desktop.analyse.budget.modele import LigneTotal, Montant
from o2r_desktop.analyse.budget.plan_comptable import deux_chiffres, libelle_compte
from o2r_desktop.dossiers.budget import ANNEES

CENT = Decimal(100)
Lire = Callable[[LigneProjet], Montant]
Lignes = Sequence[LigneProjet]


def retenu(ligne: LigneProjet) -> Montant:
    """Return the amount of a line that counts."""
    return ligne.montant.valeur


def declare(ligne: LigneProjet) -> Montant:
    """Return the amount of a line as the porteur wrote it, else the one that was retained."""
    return ligne.montant.retenu if ligne.montant.declare is None else ligne.montant.declare


def addition(montants: Iterable[Montant]) -> Montant:
    """Add up amounts; None when one is unknown."""
    total = Decimal(0)
    for montant in montants:
        if montant is None:
            return None
        total += montant
    return total


def par_annee(lignes: Lignes, lire: Lire = retenu, cote: Lignes | None = None) -> tuple[Montant, ...]:
    """Add up *lignes* year by year.

    A year of which no line of *cote* (the whole side, *lignes* itself when not given) was typed is unknown: an
    empty column is not a column of zeros.
    """
    cote = lignes if cote is None else cote
    saisies = {ligne.annee for ligne in cote}
    return tuple(addition(lire(x) for x in lignes if x.annee == annee) if annee in saisies else None
                 for annee in ANNEES)  # fmt: skip


def total(
    libelle: str, lignes: Lignes, *, compte: str = "", cote: Lignes | None = None, sur: Montant = None
) -> LigneTotal:
    """Return the total of *lignes*, as retained and as declared; *sur* is what ``part`` is a share of."""
    retenues, declarees = par_annee(lignes, cote=cote), par_annee(lignes, declare, cote)
    somme = addition(retenues)
    return LigneTotal(
        compte=compte,
        libelle=libelle,
        annees=retenues,
        total=somme,
        part=None if somme is None or not sur else somme * CENT / sur,
        declarees=declarees,
        total_declare=addition(declarees),
    )


def de_sens(lignes: Lignes, sens: Sens) -> tuple[LigneProjet, ...]:
    """Return the lines of one side."""
    return tuple(ligne for ligne in lignes if ligne.sens is sens)


def par_compte(lignes: Lignes) -> tuple[LigneTotal, ...]:
    """Return the totals of one side by account of two digits, in the order of the accounts."""
    ensemble = addition(par_annee(lignes))
    comptes = sorted({deux_chiffres(ligne.compte) for ligne in lignes})
    return tuple(
        total(libelle_compte(compte), [x for x in lignes if deux_chiffres(x.compte) == compte],
              compte=compte, cote=lignes, sur=ensemble)
        for compte in comptes
    )  # fmt: skip


def par_membre(charges: Lignes, chef_de_file: str) -> tuple[LigneTotal, ...]:
    """Return the expenses of each member, the lead first; none while only the lead has lines."""
    membres = sorted({ligne.membre for ligne in charges})
    if membres in ([], [""]):
        return ()
    ensemble = addition(par_annee(charges))
    return tuple(
        total(membre or chef_de_file, [x for x in charges if x.membre == membre], sur=ensemble)
        for membre in membres
    )
