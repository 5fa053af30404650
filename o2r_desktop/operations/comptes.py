"""Accounts read in a workbook: its sheets, what the team said of such labels before, what is to be written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from o2r_desktop.progress import Reporter, SilentReporter

if TYPE_CHECKING:
    from o2r_desktop.analyse.saisie import Fiches, Source
    from o2r_desktop.imports.apercus import Apercu, Feuille
    from o2r_desktop.imports.comptes_tableur import LigneTableur
    from o2r_desktop.operations.session import Session

CLE = "correspondance_comptes"
"""What was chosen for a label, in the settings of the campagne: a post, «» to leave it out, by normalised label."""
RETENUES_MAX = 2_000
"""Labels that are remembered, the last ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prise:
    """What is taken of a sheet: the post of each row by its rank, the exercice of each column."""

    postes: Mapping[int, str]
    annees: Mapping[int, int]


def lire_classeur(session: Session, quoi: str | Path, reporter: Reporter | None = None) -> Apercu:
    """Read the sheets of a file, or of a received piece by its SHA-256, in a child process.

    Raises ApercuError when it cannot be read, StoreError when the piece is gone.
    """
    from o2r_desktop.imports.apercus import apercevoir
    from o2r_desktop.store import pieces

    chemin = quoi if isinstance(quoi, Path) else pieces.path_of(session.campagne, quoi)
    return apercevoir(chemin, reporter or SilentReporter())


def load_correspondance(session: Session) -> dict[str, str]:
    """Return the post that was chosen for each label, by normalised label; unknown posts are left out."""
    from o2r_desktop.analyse.finances.postes import PAR_CLE
    from o2r_desktop.store import reglages

    brut = reglages.lire(session.campagne, CLE)
    if not isinstance(brut, dict):
        return {}
    return {str(nom): poste for nom, poste in brut.items() if poste == "" or poste in PAR_CLE}


def save_correspondance(session: Session, choix: Mapping[str, str]) -> None:
    """Remember what was chosen for labels, over what was known. StoreError."""
    from o2r_desktop.analyse.finances.rapprocher import cle_libelle
    from o2r_desktop.store import reglages

    connus = load_correspondance(session)
    neufs = {cle: poste for nom, poste in choix.items() if (cle := cle_libelle(nom))}
    tous = {**{nom: p for nom, p in connus.items() if nom not in neufs}, **neufs}
    reglages.ecrire(session.campagne, CLE, dict(list(tous.items())[-RETENUES_MAX:]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposee:
    """What a sheet is taken to be: its rows, the post of each by rank, the exercice of each column."""

    lignes: tuple[LigneTableur, ...]
    postes: Mapping[int, str]
    annees: Mapping[int, int]


def proposer(feuille: Feuille, choisis: Mapping[str, str], *, annee: int | None = None) -> Proposee:
    """Propose what a sheet holds: as it was chosen before, else by accounts and words; *annee* is that of «N»."""
    from o2r_desktop.analyse.finances.rapprocher import rapprocher
    from o2r_desktop.imports import comptes_tableur

    trouve = rapprocher(feuille.lignes, choix=choisis, annee=annee)
    lignes = comptes_tableur.lignes(feuille, trouve.colonnes)
    rangs = {ligne.rang for ligne in lignes}
    postes = {rang: poste for rang, poste in trouve.postes.items() if rang in rangs}
    return Proposee(lignes=lignes, postes=postes, annees=dict(trouve.colonnes))


def changements(
    fiches: Fiches, lignes: tuple[LigneTableur, ...], prise: Prise, source: Source | None
) -> dict[str, Any]:
    """Return what is to be written of the rows taken, by key: amounts on the same post add up.

    What the instructor retained stays; the declared amount and its source are those of the sheet.
    """
    from o2r_desktop.analyse.finances.comptes import cle_poste
    from o2r_desktop.analyse.saisie import MontantSaisi, ecrire_montant, lire_montant

    sommes: dict[str, MontantSaisi] = {}
    for ligne in lignes:
        poste = prise.postes.get(ligne.rang)
        if not poste:
            continue
        for colonne, annee in prise.annees.items():
            if (valeur := ligne.montants.get(colonne)) is None:
                continue
            cle = cle_poste(annee, poste)
            deja = sommes.get(cle)
            avant = lire_montant(fiches.get(cle)) if deja is None else deja
            declare = valeur if deja is None or deja.declare is None else deja.declare + valeur
            sommes[cle] = replace(avant, declare=declare, source=source)
    ecrits = {cle: ecrire_montant(montant) for cle, montant in sommes.items()}
    return {cle: valeur for cle, valeur in ecrits.items() if valeur != fiches.get(cle)}
