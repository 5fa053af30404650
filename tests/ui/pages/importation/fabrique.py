"""Matchings, drifts and archives made by hand."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from o2r_desktop.dossiers.appariement import (
    Appariement,
    Candidat,
    ColonneLue,
    Derive,
    Lien,
    Proposition,
    Renommage,
)
from o2r_desktop.dossiers.correspondance import Attribut
from o2r_desktop.dossiers.model import Colonne, GenrePiece
from o2r_desktop.dossiers.pieces import ArchiveLue, PieceEnErreur, PieceLue, PieceRecue, PlanPieces
from o2r_desktop.reception import default_correspondance

RENOMMEE = Colonne(libelle="Titre de l’action")
LIBRE = Colonne(libelle="Avis <b>interne</b> du service")
PROCHE = Colonne(libelle="Résumé court du projet")


def attribut(identifiant: str) -> Attribut:
    return next(a for a in default_correspondance().attributs if a.id == identifiant)


def candidat(colonne: Colonne, lien: Lien = Lien.EXACT, score: int = 100) -> Candidat:
    return Candidat(colonne=colonne, lien=lien, score=score)


def appariement() -> Appariement:
    """Every attribute of the form bound by its label, but: a renamed one, a likely one, an absent essential one."""
    propositions, colonnes = [], []
    for a in default_correspondance().attributs:
        colonne = Colonne(libelle=a.libelles[0])
        retenu: Candidat | None = candidat(colonne)
        autres: tuple[Candidat, ...] = ()
        if a.id == "intitule":
            retenu, autres = (
                None,
                (candidat(RENOMMEE, Lien.RESSEMBLANCE, 71), candidat(PROCHE, Lien.RESSEMBLANCE, 55)),
            )
        elif a.id == "resume":
            retenu, autres = None, (candidat(PROCHE, Lien.RESSEMBLANCE, 88),)
        elif a.id == "cout_total":
            retenu = None
        else:
            colonnes.append(lue(colonne))
        essentiel = a.id in {"cout_total", "departements", "intitule"}
        propositions.append(Proposition(attribut=a, retenu=retenu, candidats=autres, essentiel=essentiel))
    colonnes += [lue(RENOMMEE, "Passerelle vers l’emploi", "Cap 55"), lue(PROCHE, "Un projet"), lue(LIBRE)]
    return Appariement(propositions=tuple(propositions), colonnes=tuple(colonnes))


def lue(colonne: Colonne, *exemples: str) -> ColonneLue:
    return ColonneLue(colonne=colonne, exemples=exemples or ("Oui", "Non", "Sans objet"), remplies=34, total=36)


def derive() -> Derive:
    """Two columns came, one went, one moved, one has probably another label."""
    ancienne = Colonne(libelle=attribut("intitule").libelles[0])
    return Derive(
        fichier="export_aout.csv",
        reference="export_juillet.csv",
        reference_le=datetime(2025, 8, 12, 8, 30, tzinfo=UTC),
        ajoutees=(LIBRE, PROCHE),
        manquantes=(Colonne(libelle=attribut("cout_total").libelles[0]),),
        deplacees=((Colonne(libelle="Départements"), 12, 15),),
        renommees=(Renommage(ancienne=ancienne, nouvelle=RENOMMEE, egales=34, comparees=36),),
    )


def piece(numero: int, nom: str, taille: int = 120_000) -> PieceLue:
    chemin = f"export/dossier-{numero}/pieces_justificatives/{nom}"
    return PieceLue(numero=numero, genre=GenrePiece.PIECE, nom=nom, chemin=chemin, taille=taille, crc=len(nom))


def recue(numero: int, nom: str) -> PieceRecue:
    return PieceRecue(
        id=1,
        numero=numero,
        genre=GenrePiece.PIECE,
        nom=nom,
        chemin=nom,
        empreinte="0" * 64,
        taille=1,
        crc=2,
        depose_le=None,
        pages=None,
        import_id=1,
    )


def plan_pieces(numeros: Sequence[int]) -> PlanPieces:
    """An archive: files for each dossier but the last, which lacks one; one replaced, one known, one orphan."""
    *servis, prive = numeros
    nouvelles = tuple(piece(n, nom) for n in servis for nom in ("statuts.pdf", "budget <i>prévisionnel</i>.xlsx"))
    remplacee = piece(servis[0], "comptes 2024.pdf")
    connue, orpheline = piece(servis[0], "rib.pdf"), piece(99999999, "inconnue.pdf")
    archive = ArchiveLue(
        chemin=Path("/nulle/part/pieces.zip"),
        fichier="dossiers_2025-08-20_10-30.zip",
        date_fichier=datetime(2025, 8, 20, 8, 30, tzinfo=UTC),
        demarche="offre-de-reperage",
        pieces=(*nouvelles, remplacee, connue, orpheline),
        en_erreur=(PieceEnErreur(numero=prive, nom="perdue.pdf"),),
    )
    return PlanPieces(
        archive=archive,
        nouvelles=nouvelles,
        remplacees=((recue(servis[0], "comptes 2024.pdf"), remplacee),),
        inchangees=(connue,),
        orphelines=(orpheline,),
        manquantes={prive: ("attestation.pdf",)},
    )
