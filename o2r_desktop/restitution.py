"""Use cases that make papers: the notes of one dossier, of some, of all."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from statistics import median

from o2r_desktop import __version__, operations
from o2r_desktop.errors import CancelledError, DossierError, NoteError, O2rError, StoreError
from o2r_desktop.evaluation import score
from o2r_desktop.evaluation.questions import Question
from o2r_desktop.evaluation.score import Score
from o2r_desktop.notes import content, files
from o2r_desktop.notes.imprimeur import Imprime, Imprimeur, imprimer
from o2r_desktop.operations import DossierComplet, Session
from o2r_desktop.operations.analyse import situate
from o2r_desktop.operations.questions import load_questions
from o2r_desktop.progress import Reporter, SilentReporter
from o2r_desktop.store import analyse as store_analyse
from o2r_desktop.store import dossiers as store_dossiers
from o2r_desktop.store import evaluations
from o2r_desktop.store import notes as store_notes
from o2r_desktop.text import numero as numero_lisible

Imprimer = Callable[[content.NoteContent], Imprime]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRendue:
    """A note that is written nowhere yet; ``projet`` is true when its evaluation is not final."""

    octets: bytes
    pages: int
    empreinte: str
    projet: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteEcrite:
    """A note on disk."""

    numero: int
    fichier: Path
    sha256: str
    pages: int
    projet: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteManquee:
    """A note that could not be made or written, and why."""

    numero: int
    raison: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Production:
    """What came of a batch of notes; ``arret`` is what ended it before its end, a cancel for instance."""

    notes: tuple[NoteEcrite, ...]
    manquees: tuple[NoteManquee, ...]
    arret: O2rError | None = None


def produce_notes(
    session: Session, numeros: Sequence[int], sortie: Path, reporter: Reporter | None = None
) -> tuple[list[NoteEcrite], list[tuple[int, str]]]:
    """Write a note per dossier into *sortie*; a dossier that fails is listed with its reason, the others go on.

    Raises NoteTargetError at once when the folder itself cannot be written.
    """
    notes: list[NoteEcrite] = []
    echecs: list[tuple[int, str]] = []
    for faite in _produced(session, numeros, sortie, reporter or SilentReporter(), imprimer):
        if isinstance(faite, NoteEcrite):
            notes.append(faite)
        else:
            echecs.append((faite.numero, faite.raison))
    return notes, echecs


def produce_batch(session: Session, numeros: Sequence[int], sortie: Path, reporter: Reporter) -> Production:
    """Write notes as produce_notes does, composed in a child process; what is written before a cancel stays.

    Raises NoteTargetError at once when the folder itself cannot be written.
    """
    faites: list[NoteEcrite | NoteManquee] = []
    arret: O2rError | None = None
    with Imprimeur() as imprimeur:
        try:
            faites.extend(_produced(session, numeros, sortie, reporter, imprimeur.imprimer))
        except (CancelledError, StoreError) as erreur:
            arret = erreur
    return Production(
        notes=tuple(n for n in faites if isinstance(n, NoteEcrite)),
        manquees=tuple(n for n in faites if isinstance(n, NoteManquee)),
        arret=arret,
    )


def preview_note(session: Session, complet: DossierComplet, composer: Imprimer = imprimer) -> NoteRendue:
    """Return the note that produce_notes would write of *complet* now, byte for byte; nothing is written."""
    return _render(session, complet, complete_scores(session), composer)


def _produced(
    session: Session, numeros: Sequence[int], sortie: Path, reporter: Reporter, composer: Imprimer
) -> Iterator[NoteEcrite | NoteManquee]:
    files.prepare_folder(sortie)
    scores = complete_scores(session)
    for rang, numero in enumerate(numeros):
        reporter.step(rang, len(numeros), f"Note du dossier {numero_lisible(numero)}")
        try:
            yield _produce(session, numero, sortie, scores, composer)
        except (DossierError, NoteError) as erreur:
            yield NoteManquee(numero=numero, raison=str(erreur))


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


def _produce(
    session: Session, numero: int, sortie: Path, scores: Mapping[int, Score], composer: Imprimer
) -> NoteEcrite:
    complet = operations.load_dossier(session, numero)
    rendue = _render(session, complet, scores, composer)
    ecrit = files.write(rendue.octets, sortie, files.nom_fichier(numero, complet.dossier.porteur.nom))
    store_notes.record_note(
        session.campagne,
        numero=numero,
        fichier=ecrit.chemin,
        sha256=ecrit.sha256,
        pages=rendue.pages,
        empreinte_donnees=rendue.empreinte,
        projet=rendue.projet,
        auteur=session.auteur,
        now=session.horloge(),
    )
    return NoteEcrite(
        numero=numero, fichier=ecrit.chemin, sha256=ecrit.sha256, pages=rendue.pages, projet=rendue.projet
    )


def _render(
    session: Session, complet: DossierComplet, scores: Mapping[int, Score], composer: Imprimer
) -> NoteRendue:
    contenu = note_content(session, complet, lot_note(scores, complet.dossier.numero))
    imprime = composer(contenu)
    return NoteRendue(
        octets=imprime.octets, pages=imprime.pages, empreinte=contenu.empreinte, projet=not contenu.finalisee
    )


def note_content(session: Session, complet: DossierComplet, lot: content.LotNote | None) -> content.NoteContent:
    """Gather what the note of one dossier says, dated by its data and not by the day it is printed."""
    questions = load_questions(session, complet.dossier.numero)
    return content.content(
        dossier=complet.dossier,
        evaluation=complet.evaluation,
        grille=session.grille,
        constats=complet.constats,
        score=complet.score,
        priorite=complet.priorite,
        parametres=session.parametres,
        lot=lot,
        now=moment_des_donnees(session, complet, questions),
        version=__version__,
        questions=questions,
        analyse=situate(session, complet).analyse,
    )


def moment_des_donnees(session: Session, complet: DossierComplet, questions: Sequence[Question] = ()) -> datetime:
    """Return when the data last changed: the same data then gives the same bytes, whatever the day."""
    evaluation = complet.evaluation
    moments = [store_dossiers.imported_at(session.campagne, complet.dossier.numero)]
    moments += [r.modifiee for r in evaluation.reponses.values() if r.modifiee]
    if evaluation.finalisee_le:
        moments.append(evaluation.finalisee_le)
    moments += [le] if (le := store_analyse.written_at(session.campagne, complet.dossier.numero)) else []
    moments += [le for q in questions for le in (q.posee_le, q.envoyee_le, q.repondue_le) if le]
    return max(moments)
