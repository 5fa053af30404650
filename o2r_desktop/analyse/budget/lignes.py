"""The lines of the budget of the project as they were typed or imported from the annex (metier § 3.2)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from o2r_desktop.analyse.saisie import Fiches, MontantSaisi, de_prefixe, ecrire_montant, lire_montant, texte

PREFIXE = "budget/ligne"
ECART = "budget/ecart"


class Sens(StrEnum):
    """What a line is, by the first digit of its account."""

    CHARGE = "charge"
    PRODUIT = "produit"
    EMPLOI_VOLONTAIRE = "emploi_volontaire"
    """Account 86: the use of voluntary contributions."""
    CONTRIBUTION_VOLONTAIRE = "contribution_volontaire"
    """Account 87."""


def sens(compte: str) -> Sens:
    """Return what an account is: 86 and 87 stand apart, 7… is income, all else an expense."""
    if compte.startswith("86"):
        return Sens.EMPLOI_VOLONTAIRE
    if compte.startswith("87"):
        return Sens.CONTRIBUTION_VOLONTAIRE
    return Sens.PRODUIT if compte.startswith("7") else Sens.CHARGE


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneProjet:
    """One line of the budget: account («641»), words, year (1 to 3), member of the consortium («» for the lead).

    ``ecartee`` says why the instructor leaves the whole of it out of the eligible costs, «» when it stays.
    """

    id: str
    compte: str
    libelle: str
    annee: int
    membre: str = ""
    montant: MontantSaisi = field(default_factory=MontantSaisi)
    ecartee: str = ""

    @property
    def sens(self) -> Sens:
        """Expense, income, or one of the two sides of voluntary contributions."""
        return sens(self.compte)


class StatutEcart(StrEnum):
    """What the instructor says of a gap."""

    EXPLIQUE = "explique"
    A_DEMANDER = "a_demander"
    BLOQUANT = "bloquant"

    @property
    def libelle(self) -> str:
        """Return the words that are shown."""
        return {"explique": "expliqué", "a_demander": "à demander", "bloquant": "bloquant"}[self.value]


def cle_ligne(identifiant: str) -> str:
    """Return the key under which a line is kept."""
    return f"{PREFIXE}/{identifiant}"


def cle_ecart(controle: str) -> str:
    """Return the key under which the status of a gap is kept: {"statut", "note"}."""
    return f"{ECART}/{controle}"


def lire_lignes(fiches: Fiches) -> tuple[LigneProjet, ...]:
    """Return the lines that were typed, by account, member and year; those without account or year are left out."""
    lignes = []
    for identifiant, brut in de_prefixe(fiches, PREFIXE):
        if isinstance(brut, Mapping) and texte(brut.get("compte")) and brut.get("annee") in (1, 2, 3):
            lignes.append(
                LigneProjet(
                    id=identifiant,
                    compte=texte(brut.get("compte")),
                    libelle=texte(brut.get("libelle")),
                    annee=brut["annee"],
                    membre=texte(brut.get("membre")),
                    montant=lire_montant(brut),
                    ecartee=texte(brut.get("ecartee")),
                )
            )
    return tuple(sorted(lignes, key=lambda ligne: (ligne.compte, ligne.libelle, ligne.membre, ligne.annee)))


def ecrire_ligne(ligne: LigneProjet) -> dict[str, object]:
    """Return what is kept of a line."""
    dits = {"libelle": ligne.libelle, "membre": ligne.membre, "ecartee": ligne.ecartee}
    return {
        "compte": ligne.compte,
        "annee": ligne.annee,
        **{cle: valeur for cle, valeur in dits.items() if valeur},
        **(ecrire_montant(ligne.montant) or {}),
    }


def lire_statuts(fiches: Fiches) -> dict[str, tuple[StatutEcart | None, str]]:
    """Return what was said of each gap, by key of the check: its status, None when only a note is, and its note."""
    connus = {s.value: s for s in StatutEcart}
    return {
        cle: (connus.get(texte(brut.get("statut"))), texte(brut.get("note")))
        for cle, brut in de_prefixe(fiches, ECART)
        if isinstance(brut, Mapping)
    }
