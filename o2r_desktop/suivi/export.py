"""The list as a table for a spreadsheet: the columns asked, typed, and a sheet that says where it comes from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from o2r_desktop.evaluation.resume import Resume
from o2r_desktop.progress import Reporter, SilentReporter
from o2r_desktop.suivi.calculs import calculer_resumes, charger, resumes_manquants
from o2r_desktop.suivi.colonnes import Colonne
from o2r_desktop.suivi.lignes import LigneSuivi
from o2r_desktop.text import PARIS, instant, nombre

if TYPE_CHECKING:
    from o2r_desktop.operations import Session
    from o2r_desktop.tableaux import Cellule, Ecriture, Rubrique, Tableau

_DES_RESUMES = frozenset({Colonne.PUBLICS, Colonne.PRIORITE, Colonne.CONTROLE})
DOSSIER = "exports"
"""Folder of the campagne where tables go unless the user says otherwise: they hold personal data."""
RESERVE = "Document de travail, non officiel. Contient des données des porteurs : à ne pas diffuser."


def exporter(
    session: Session,
    chemin: Path,
    *,
    numeros: Sequence[int],
    colonnes: Sequence[Colonne],
    filtre: str = "",
    reporter: Reporter | None = None,
) -> Ecriture:
    """Write these dossiers, in this order, to an XLSX or ODS file; *filtre* says in words how they were chosen.

    Made for a background thread, with a session of its own. Summaries that are missing are computed. Raises
    TableauError, StoreError, CancelledError; a former file is untouched then.
    """
    from o2r_desktop import tableaux

    tableaux.verifier(chemin)
    if chemin.parent == session.campagne.dossier / DOSSIER:
        tableaux.preparer(chemin.parent)
    reporter = reporter or SilentReporter()
    suivi = charger(session)
    if _DES_RESUMES.intersection(colonnes):
        voulus = set(numeros).intersection(resumes_manquants(session, suivi))
        suivi.avec_resumes(calculer_resumes(session, sorted(voulus), reporter))
    rangs = [rang for n in numeros if (rang := suivi.rang(n)) is not None]
    lignes = [suivi.ligne(rang) for rang in rangs]
    return tableaux.ecrire(
        chemin, tableau(lignes, colonnes, apropos=_apropos(session, len(lignes), filtre)), reporter
    )


def tableau(
    lignes: Sequence[LigneSuivi], colonnes: Collection[Colonne], *, apropos: Sequence[tuple[str, str]] = ()
) -> Tableau:
    """Return the table of some rows; a column whose cells say two things becomes two."""
    from o2r_desktop.tableaux import Tableau

    parts = [part for colonne in colonnes for part in _parts()[colonne]]
    return Tableau(
        titre="Dossiers",
        rubriques=[rubrique for rubrique, _ in parts],
        lignes=[[lire(ligne) for _, lire in parts] for ligne in lignes],
        apropos=apropos,
    )


def _apropos(session: Session, combien: int, filtre: str) -> list[tuple[str, str]]:
    return [
        ("Campagne", session.parametres.nom),
        ("Service", session.parametres.service),
        ("Exporté le", instant(session.horloge())),
        ("Par", session.auteur),
        ("Dossiers", nombre(combien)),
        ("Choisis par", filtre or "tous les dossiers de la campagne"),
        ("Nature", RESERVE),
    ]


def _parts() -> Mapping[Colonne, Sequence[tuple[Rubrique, Callable[[LigneSuivi], Cellule]]]]:
    from o2r_desktop.tableaux import Genre, Rubrique

    def part(
        titre: str, lire: Callable[[LigneSuivi], Cellule], genre: Genre = Genre.TEXTE, largeur: int = 14
    ) -> tuple[Rubrique, Callable[[LigneSuivi], Cellule]]:
        return Rubrique(titre=titre, genre=genre, largeur=largeur), lire

    return {
        Colonne.NUMERO: [part("N°", lambda d: d.numero, Genre.NUMERO, 12)],
        Colonne.PORTEUR: [part("Porteur", lambda d: d.porteur, largeur=36)],
        Colonne.DEPARTEMENTS: [part("Départements", lambda d: ", ".join(d.departements))],
        Colonne.PUBLICS: [part("Publics", _du_resume(lambda resume: ", ".join(resume.publics)), largeur=32)],
        Colonne.COUT: [part("Coût 3 ans", lambda d: d.cout_total, Genre.MONTANT, 16)],
        Colonne.DEMANDE: [part("Demande", lambda d: d.demande, Genre.MONTANT, 16)],
        Colonne.PRIORITE: [part("Priorité", _du_resume(lambda resume: resume.priorite), largeur=16)],
        Colonne.CONTROLE: [
            part("Contrôles", _du_resume(lambda resume: resume.controle.libelle)),
            part("Motif du contrôle", _du_resume(lambda resume: resume.libelle), largeur=28),
        ],
        Colonne.AVANCEMENT: [
            part("Critères faits", lambda d: d.faits, Genre.ENTIER, 10),
            part("Critères", lambda d: d.criteres, Genre.ENTIER, 10),
        ],
        Colonne.SCORE: [
            part("Score", lambda d: d.score, Genre.DECIMAL, 10),
            part("Score complet", lambda d: None if d.score is None else _oui(d.score_complet), largeur=10),
        ],
        Colonne.AVIS: [part("Avis", _avis, largeur=26)],
        Colonne.DEPOT: [part("Déposé le", _depot, Genre.INSTANT, 18)],
        Colonne.ETAT: [
            part("État", lambda d: d.etat.libelle),
            part("À reconfirmer", lambda d: d.a_reconfirmer, Genre.ENTIER, 10),
        ],
        Colonne.BENEFICIAIRES: [part("Bénéficiaires", lambda d: d.beneficiaires, Genre.ENTIER, 12)],
        Colonne.INTITULE: [part("Intitulé", lambda d: d.intitule, largeur=48)],
        Colonne.INSTRUCTEUR: [part("Instructeur", lambda d: d.instructeur, largeur=22)],
        Colonne.ETIQUETTES: [part("Étiquettes", lambda d: ", ".join(d.etiquettes), largeur=28)],
    }


def _du_resume(lire: Callable[[Resume], str]) -> Callable[[LigneSuivi], Cellule]:
    return lambda ligne: None if ligne.resume is None else lire(ligne.resume)


def _oui(vrai: bool) -> str:
    return "oui" if vrai else "non"


def _avis(ligne: LigneSuivi) -> str | None:
    if ligne.avis is None:
        return None
    return f"{ligne.avis.libelle} (projet)" if ligne.avis_en_projet else ligne.avis.libelle


def _depot(ligne: LigneSuivi) -> Cellule:
    return None if ligne.depot is None else ligne.depot.astimezone(PARIS).replace(tzinfo=None)
