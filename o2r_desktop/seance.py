"""Use cases of the committee that make files: its papers, its booklet, its table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from o2r_desktop import __version__, operations, restitution, tableaux
from o2r_desktop.comite import tableau as regles_tableau
from o2r_desktop.comite.classement import ordonner
from o2r_desktop.comite.couverture import couvrir
from o2r_desktop.comite.enveloppe import simuler
from o2r_desktop.comite.matiere import Genre, Matiere
from o2r_desktop.comite.papiers import papier
from o2r_desktop.errors import NoteError
from o2r_desktop.notes import files
from o2r_desktop.operations import Session
from o2r_desktop.operations.comite import load_candidats, load_comite
from o2r_desktop.progress import Reporter, SilentReporter
from o2r_desktop.store import journal
from o2r_desktop.text import numero as numero_lisible

PAPIERS = (Genre.PRESENCE, Genre.ORDRE_DU_JOUR, Genre.PROCES_VERBAL, Genre.RELEVE)
DOSSIER = "comite"
"""Where papers go inside the campagne when no other place is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PapierEcrit:
    """A paper on disk."""

    genre: Genre
    fichier: Path
    sha256: str
    pages: int


def load_matiere(session: Session, reporter: Reporter | None = None) -> Matiere:
    """Gather what the papers are made from, with the scenario that was kept; raises StoreError, CancelledError.

    Dated by the last change of the campagne: the same data give the same papers, whatever the day.
    """
    comite = load_comite(session)
    candidats = load_candidats(session, reporter)
    parametres = session.parametres
    ordre = ordonner(candidats, comite, session.grille)
    simulation = simuler(ordre, comite.scenario, comite, parametres.enveloppe, parametres.annees)
    return Matiere(
        comite=comite,
        ordre=ordre,
        simulation=simulation,
        couverture=couvrir(ordre, [li.candidat.numero for li in simulation.retenus], parametres),
        parametres=parametres,
        grille=session.grille,
        now=journal.last_change(session.campagne) or datetime(2025, 1, 1, tzinfo=UTC),
        version=__version__,
        auteur=session.auteur,
    )


def write_papers(
    session: Session, sortie: Path, genres: Sequence[Genre] = PAPIERS, reporter: Reporter | None = None
) -> list[PapierEcrit]:
    """Write papers of the committee into a folder; raises NoteError, NoteTargetError, StoreError."""
    from o2r_desktop.notes import papier as impression

    files.prepare_folder(sortie)
    m = load_matiere(session, reporter)
    ecrits = []
    for genre in genres:
        rendu = impression.produire(papier(genre, m))
        ecrit = files.write(rendu.octets, sortie, f"{genre.value}.pdf")
        ecrits.append(PapierEcrit(genre=genre, fichier=ecrit.chemin, sha256=ecrit.sha256, pages=rendu.pages))
    return ecrits


def write_booklet(session: Session, fichier: Path, reporter: Reporter | None = None) -> PapierEcrit:
    """Write the booklet: cover, contents, comparative table, page 1 of each note in the order of the agenda.

    Raises NoteError, with the dossier at fault, NoteTargetError, StoreError, CancelledError; nothing is written
    then.
    """
    from o2r_desktop.notes import papier as impression

    reporter = reporter or SilentReporter()
    if fichier.suffix.lower() != ".pdf":
        raise NoteError(f"Le recueil est un PDF : donnez un nom qui finit par .pdf, et non « {fichier.name} ».")
    m = load_matiere(session, reporter)
    scores = restitution.complete_scores(session)
    notes = []
    for rang, candidat in enumerate(m.ordre):
        reporter.step(rang, len(m.ordre), f"Note du dossier {numero_lisible(candidat.numero)}")
        complet = operations.load_dossier(session, candidat.numero)
        lot = restitution.lot_note(scores, candidat.numero)
        notes.append(restitution.note_content(session, complet, lot))
    rendu = impression.recueil(papier(Genre.RECUEIL, m), notes)
    ecrit = files.write(rendu.octets, fichier.absolute().parent, fichier.name)
    return PapierEcrit(genre=Genre.RECUEIL, fichier=ecrit.chemin, sha256=ecrit.sha256, pages=rendu.pages)


def write_table(session: Session, fichier: Path, reporter: Reporter | None = None) -> tableaux.Ecriture:
    """Write everything of the committee to an XLSX or ODS file; raises TableauError, StoreError, CancelledError."""
    tableaux.verifier(fichier)
    return tableaux.ecrire(fichier, regles_tableau.tableau(load_matiere(session, reporter)), reporter)
