"""Use cases that make papers: the notes of one dossier, of some, of all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from statistics import median

from o2r_desktop import __version__, operations
from o2r_desktop.errors import DossierError, NoteError
from o2r_desktop.evaluation import score
from o2r_desktop.evaluation.score import Score
from o2r_desktop.notes import content, files, pdf
from o2r_desktop.operations import DossierComplet, Session
from o2r_desktop.progress import Reporter, SilentReporter
from o2r_desktop.store import dossiers as store_dossiers
from o2r_desktop.store import evaluations
from o2r_desktop.store import notes as store_notes


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteEcrite:
    """A note on disk."""

    numero: int
    fichier: Path
    sha256: str
    pages: int


def produce_notes(
    session: Session, numeros: Sequence[int], sortie: Path, reporter: Reporter | None = None
) -> tuple[list[NoteEcrite], list[tuple[int, str]]]:
    """Write a note per dossier into *sortie*; a dossier that fails is listed with its reason, the others go on.

    Raises NoteTargetError at once when the folder itself cannot be written.
    """
    reporter = reporter or SilentReporter()
    files.prepare_folder(sortie)
    scores = complete_scores(session)
    notes: list[NoteEcrite] = []
    echecs: list[tuple[int, str]] = []
    for rang, numero in enumerate(numeros):
        reporter.step(rang, len(numeros), f"Note du dossier {numero}")
        try:
            notes.append(_produce(session, numero, sortie, scores))
        except (DossierError, NoteError) as erreur:
            echecs.append((numero, str(erreur)))
    return notes, echecs


def complete_scores(session: Session) -> dict[int, Score]:
    """Return the score of each dossier whose evaluation is complete: only those are ranked."""
    scores = {
        numero: score.compute(session.grille, evaluation.reponses)
        for numero, evaluation in evaluations.load_all(session.campagne).items()
    }
    return {numero: s for numero, s in scores.items() if s.complet and s.total is not None}


def lot_note(scores: Mapping[int, Score], numero: int) -> content.LotNote | None:
    """Situate a dossier among those completely evaluated; None when it would stand alone. Equals share a rank."""
    if len(scores) < 2:
        return None
    totaux = [s.total for s in scores.values() if s.total is not None]
    sections: dict[str, list[Decimal]] = {}
    for s in scores.values():
        for section, points in s.par_section.items():
            if points is not None:
                sections.setdefault(section, []).append(points)
    sien = scores[numero].total if numero in scores else None
    return content.LotNote(
        rang=None if sien is None else 1 + sum(total > sien for total in totaux),
        effectif=len(scores),
        mediane=median(totaux),
        medianes={section: median(points) for section, points in sections.items()},
    )


def _produce(session: Session, numero: int, sortie: Path, scores: Mapping[int, Score]) -> NoteEcrite:
    complet = operations.load_dossier(session, numero)
    contenu = note_content(session, complet, lot_note(scores, numero))
    rendu = pdf.produire(contenu)
    ecrit = files.write(rendu.octets, sortie, files.nom_fichier(numero, complet.dossier.porteur.nom))
    store_notes.record_note(
        session.campagne,
        numero=numero,
        fichier=ecrit.chemin,
        sha256=ecrit.sha256,
        pages=rendu.pages,
        empreinte_donnees=contenu.empreinte,
        projet=not contenu.finalisee,
        auteur=session.auteur,
        now=session.horloge(),
    )
    return NoteEcrite(numero=numero, fichier=ecrit.chemin, sha256=ecrit.sha256, pages=rendu.pages)


def note_content(session: Session, complet: DossierComplet, lot: content.LotNote | None) -> content.NoteContent:
    """Gather what the note of one dossier says, dated by its data and not by the day it is printed."""
    return content.content(
        dossier=complet.dossier,
        evaluation=complet.evaluation,
        grille=session.grille,
        constats=complet.constats,
        score=complet.score,
        priorite=complet.priorite,
        parametres=session.parametres,
        lot=lot,
        now=moment_des_donnees(session, complet),
        version=__version__,
    )


def moment_des_donnees(session: Session, complet: DossierComplet) -> datetime:
    """Return when the data last changed: the same data then gives the same bytes, whatever the day."""
    evaluation = complet.evaluation
    moments = [store_dossiers.imported_at(session.campagne, complet.dossier.numero)]
    moments += [r.modifiee for r in evaluation.reponses.values() if r.modifiee]
    if evaluation.finalisee_le:
        moments.append(evaluation.finalisee_le)
    return max(moments)
