"""Use cases that make papers: the notes of one dossier, of some, of all."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
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
from o2r_desktop.notes.imprimeur import Contenu, Equipe, Imprime, Resultat, imprimer, sur_place
from o2r_desktop.notes.modele import Longueur
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
Composer = Callable[[Iterable[tuple[int, Contenu]]], Iterator[tuple[int, Resultat]]]
A_DEUX = 8
"""From how many notes on two child processes are worth their start."""


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
    session: Session,
    numeros: Sequence[int],
    sortie: Path,
    reporter: Reporter | None = None,
    longueur: Longueur = Longueur.COMPLETE,
) -> tuple[list[NoteEcrite], list[tuple[int, str]]]:
    """Write a note per dossier into *sortie*; a dossier that fails is listed with its reason, the others go on.

    From some notes on they are composed by two child processes. Raises NoteTargetError at once when the folder
    itself cannot be written.
    """
    notes: list[NoteEcrite] = []
    echecs: list[tuple[int, str]] = []
    with ExitStack() as ensuite:
        composer = ensuite.enter_context(Equipe()).composer if len(numeros) >= A_DEUX else sur_place
        for faite in _produced(session, numeros, sortie, reporter or SilentReporter(), composer, longueur):
            if isinstance(faite, NoteEcrite):
                notes.append(faite)
            else:
                echecs.append((faite.numero, faite.raison))
    return notes, echecs


def produce_batch(
    session: Session,
    numeros: Sequence[int],
    sortie: Path,
    reporter: Reporter,
    longueur: Longueur = Longueur.COMPLETE,
) -> Production:
    """Write notes as produce_notes does, composed in child processes; what is written before a cancel stays.

    Raises NoteTargetError at once when the folder itself cannot be written.
    """
    faites: list[NoteEcrite | NoteManquee] = []
    arret: O2rError | None = None
    with Equipe(2 if len(numeros) > 1 else 1) as equipe:
        try:
            for faite in _produced(session, numeros, sortie, reporter, equipe.composer, longueur):
                faites.append(faite)  # noqa: PERF402 what is done before a cancel is kept
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
    session: Session,
    numeros: Sequence[int],
    sortie: Path,
    reporter: Reporter,
    composer: Composer,
    longueur: Longueur,
) -> Iterator[NoteEcrite | NoteManquee]:
    files.prepare_folder(sortie)
    scores = complete_scores(session)
    lus: dict[int, tuple[content.NoteContent, str]] = {}

    def contenus() -> Iterator[tuple[int, Contenu]]:
        for rang, numero in enumerate(numeros):
            reporter.step(rang, len(numeros), f"Note du dossier {numero_lisible(numero)}")
            try:
                complet = operations.load_dossier(session, numero)
                contenu = note_content(session, complet, lot_note(scores, numero))
            except (DossierError, NoteError) as erreur:
                yield numero, erreur
                continue
            contenu = replace(contenu, longueur=longueur)
            lus[numero] = contenu, files.nom_fichier(numero, complet.dossier.porteur.nom, longueur)
            yield numero, contenu

    for numero, imprime in composer(contenus()):
        if isinstance(imprime, O2rError):
            yield NoteManquee(numero=numero, raison=str(imprime))
        else:
            yield _written(session, *lus.pop(numero), imprime, sortie)


def _written(
    session: Session, contenu: content.NoteContent, nom: str, imprime: Imprime, sortie: Path
) -> NoteEcrite | NoteManquee:
    """Write a note that was composed, and remember it."""
    try:
        ecrit = files.write(imprime.octets, sortie, nom)
    except NoteError as erreur:
        return NoteManquee(numero=contenu.numero, raison=str(erreur))
    projet = not contenu.finalisee
    store_notes.record_note(
        session.campagne,
        numero=contenu.numero,
        fichier=ecrit.chemin,
        sha256=ecrit.sha256,
        pages=imprime.pages,
        empreinte_donnees=contenu.empreinte,
        projet=projet,
        auteur=session.auteur,
        now=session.horloge(),
    )
    return NoteEcrite(
        numero=contenu.numero, fichier=ecrit.chemin, sha256=ecrit.sha256, pages=imprime.pages, projet=projet
    )


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
