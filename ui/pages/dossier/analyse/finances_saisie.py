"""What is typed or pasted in the grid of accounts, read; what may be chosen as a source."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QGuiApplication

from o2r_desktop.analyse.finances.collage import Collage, lire_collage
from o2r_desktop.analyse.finances.comptes import cle_exercice, cle_poste
from o2r_desktop.analyse.finances.rapprocher import rapprocher
from o2r_desktop.analyse.saisie import Fiches, Source, de_prefixe, ecrire_source
from o2r_desktop.dossiers.model import Piece
from o2r_desktop.evaluation.constats import Resultat
from o2r_desktop.text import NBSP, NNBSP, printable
from ui.models.comptes import CLE_COLONNES, LIGNES, ComptesModel, controle_dit, details_de
from ui.theme import Ton
from ui.widgets.champ_date import lire_date
from ui.widgets.grille_editeurs import EtatLigne, RoleGrille

_POURQUOI = f"Retenu différent du déclaré{NBSP}: dites pourquoi."
_REMPLIES = (EtatLigne.POSTE, EtatLigne.TOTAL)


def pieces_sources(pieces: Sequence[Piece]) -> list[tuple[str, object]]:
    """Return the pieces to choose among, those that were received first: words, and the source as it is kept."""
    triees = sorted(pieces, key=lambda p: not p.presente)
    return [
        (
            printable(p.nom) + ("" if p.presente else " (absente)"),
            ecrire_source(Source(ou=p.nom, empreinte=p.empreinte)),
        )
        for p in triees
    ]


def lire_detail(cle: str, saisi: object) -> object:
    """Return a detail of an exercice as it is kept; raises ValueError with what is wrong, in French."""
    if cle not in ("cloture", "mois"):
        return saisi or None
    texte = str(saisi).strip()
    if not texte:
        return None
    if cle == "mois":
        if not texte.isdecimal() or not 1 <= int(texte[:4]) <= 24:
            raise ValueError("n’est pas un nombre de mois de 1 à 24")
        return int(texte)
    jour = lire_date(texte)
    if jour is None:
        raise ValueError("n’est pas un jour : écrivez par exemple 31/12/2024")
    return date.isoformat(jour)


def montants_colles(
    modele: ComptesModel, depart: QModelIndex, texte: str
) -> tuple[dict[tuple[int, str], Decimal], int]:
    """Return the amounts of a pasted block by year and post, and how many cells cannot be read.

    Rows that begin with words go to the posts that the words name, columns to the years of their heads when they
    have some; else the block goes from the cell on, to rows that hold amounts. Blanks leave what is there.
    """
    colle = lire_collage(texte)
    par_mots = sum(bool(li) and any(x.isalpha() for x in li[0]) for li in colle.cellules) * 2 > len(colle.cellules)
    lus = _par_mots(modele, depart, colle) if par_mots else _sur_place(modele, depart, colle)
    refuses = sum(not (par_mots and any(x.isalpha() for x in i.texte)) for i in colle.illisibles)
    return lus, refuses


def _sur_place(modele: ComptesModel, depart: QModelIndex, colle: Collage) -> dict[tuple[int, str], Decimal]:
    rangs = [r for r in range(depart.row(), len(LIGNES)) if LIGNES[r].etat in _REMPLIES]
    annees = modele.annees[depart.column() :]
    return {
        (annee, LIGNES[rang].cle): valeur
        for rang, valeurs in zip(rangs, colle.valeurs, strict=False)
        for annee, valeur in zip(annees, valeurs, strict=False)
        if valeur is not None
    }


def _par_mots(modele: ComptesModel, depart: QModelIndex, colle: Collage) -> dict[tuple[int, str], Decimal]:
    trouve = rapprocher(colle.cellules, annee=max(modele.annees, default=None))
    annees = {c: a for c, a in trouve.colonnes.items() if a in modele.annees}
    if not annees:
        montants = sorted({c for li in colle.valeurs for c, v in enumerate(li) if c and v is not None})
        annees = dict(zip(montants, modele.annees[depart.column() :], strict=False))
    sommes: dict[tuple[int, str], Decimal] = {}
    for rang, poste in trouve.postes.items():
        for colonne, annee in annees.items():
            valeur = colle.valeurs[rang][colonne] if colonne < len(colle.valeurs[rang]) else None
            if valeur is not None:
                sommes[annee, poste] = sommes.get((annee, poste), Decimal(0)) + valeur
    return sommes


def copy_grid(modele: ComptesModel) -> None:
    """Put the whole grid on the clipboard: names, accounts, a column an exercice; rows without amounts are left."""
    lignes = ["\t".join(["Poste", "Comptes", *map(str, modele.annees)])]
    for rang, ligne in enumerate(LIGNES):
        if ligne.etat in (EtatLigne.TITRE, EtatLigne.CONTROLE):
            continue
        cases = [str(modele.index(rang, c).data(RoleGrille.COPIE) or "") for c in range(modele.columnCount())]
        lignes.append("\t".join([ligne.libelle, ligne.comptes, *cases]))
    QGuiApplication.clipboard().setText("\n".join(lignes))


def vides(modele: ComptesModel, fiches: Fiches, cellules: Sequence[QModelIndex]) -> dict[str, Any]:
    """Return what empties cells; a detail of an exercice is forgotten, its others stay."""
    changements: dict[str, Any] = {}
    for index in cellules:
        ligne, annee = modele.ligne(index), modele.annee(index)
        if ligne.etat is EtatLigne.DETAIL:
            cle = cle_exercice(annee)
            presentes = {**fiches, **({cle: changements[cle] or {}} if cle in changements else {})}
            changements[cle] = details_de(presentes, annee, **{ligne.cle: None})
        else:
            changements[cle_poste(annee, ligne.cle)] = None
    return changements


def sans_annee(fiches: Fiches, annees: Sequence[int], annee: int) -> dict[str, Any]:
    """Return what takes an exercice away with all that was typed of it."""
    cles = [cle_poste(annee, suite) for suite, _ in de_prefixe(fiches, cle_exercice(annee))]
    ecrites = {cle: None for cle in (*cles, cle_exercice(annee)) if cle in fiches}
    return {**ecrites, CLE_COLONNES: sorted(set(annees) - {annee})}


def mots_de(modele: ComptesModel, index: QModelIndex) -> tuple[str, str, Ton]:
    """Return what is said of a cell beside its name: a sentence, a pill, its tone."""
    ligne = modele.ligne(index)
    if faute := str(index.data(RoleGrille.FAUTE) or ""):
        return faute, "! illisible", Ton.MAUVAIS
    if controles := modele.controles(index):
        ordre = sorted(controles, key=lambda c: c.resultat is Resultat.CONFORME)
        return f"{NNBSP}; ".join(controle_dit(c).rstrip(".") for c in ordre), "", Ton.NEUTRE
    montant = modele.montant(index)
    if montant.retenu is not None and not montant.note:
        return _POURQUOI, "! motif à dire", Ton.ALERTE
    return ligne.aide, "", Ton.NEUTRE
