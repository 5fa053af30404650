"""Which answers an import puts in doubt, and why: told before it is written, flagged when it is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from o2r_desktop.dossiers.importation import ImportPlan
from o2r_desktop.dossiers.model import Anomalie, Gravite
from o2r_desktop.dossiers.pieces import PieceLue, PieceRecue, PlanPieces
from o2r_desktop.evaluation import controles
from o2r_desktop.evaluation.reponses import Changement, Evaluation, Preuve
from o2r_desktop.imports.plan_pieces import cle
from o2r_desktop.operations import Session
from o2r_desktop.store import evaluations
from o2r_desktop.store import pieces as store_pieces
from o2r_desktop.text import NBSP, instant, normalise, printable

Touches = dict[int, dict[str, tuple[Changement, ...]]]
"""Dossier, critere, what changed under its answer."""

FIGEE = "l’évaluation"
"""Where a plan tells that a frozen evaluation no longer stands."""

_COURTE = 8
"""Digits that are shown of a fingerprint."""


def par_plan(session: Session, plan: ImportPlan) -> Touches:
    """Return what the answers of the form that change touch, in the dossiers that somebody began."""
    commences = evaluations.begun(session.campagne) if plan.modifies else frozenset()
    return {
        m.lu.numero: controles.changements(session.grille, m.differences)
        for m in plan.modifies
        if m.lu.numero in commences
    }


def par_archive(session: Session, archive: PlanPieces, empreintes: Mapping[str, str] | None = None) -> Touches:
    """Return the answers whose evidence is in a file that an archive replaces.

    *empreintes* maps the names in the archive to the SHA-256 of their bytes, once they are known.
    """
    connues = empreintes or {}
    return _par_pieces(
        session, [(r, _changement(r, lue, connues.get(lue.chemin, ""))) for r, lue in archive.remplacees]
    )


def par_retrait(session: Session, partent: Iterable[tuple[PieceRecue, PieceRecue | None]]) -> Touches:
    """Return the answers whose evidence is in a file that leaves, given with the one that comes back."""
    return _par_pieces(
        session, [(p, _changement(p, revient, revient.empreinte if revient else "")) for p, revient in partent]
    )


def repondues(
    session: Session, plans: Iterable[ImportPlan], archives: Sequence[PlanPieces]
) -> dict[int, tuple[str, ...]]:
    """Return, by dossier, the criteria that importing would flag: those whose answer exists."""
    touches = [par_plan(session, plan) for plan in plans] + [par_archive(session, a) for a in archives]
    evaluees = evaluations.load_all(session.campagne) if any(touches) else {}
    trouvees: dict[int, set[str]] = {}
    for numero, criteres in (paire for t in touches for paire in t.items()):
        if evaluation := evaluees.get(numero):
            donnees = {c for c, r in evaluation.reponses.items() if r.valeur or r.decision}
            trouvees.setdefault(numero, set()).update(donnees & criteres.keys())
    return {numero: tuple(sorted(criteres)) for numero, criteres in trouvees.items() if criteres}


def with_cited(session: Session, archives: Iterable[PlanPieces]) -> tuple[PlanPieces, ...]:
    """Return archives that tell each frozen evaluation whose evidence they replace, of whatever kind."""
    return tuple(_with_cited(session, archive) for archive in archives)


def _with_cited(session: Session, archive: PlanPieces) -> PlanPieces:
    touches = [numero for numero, criteres in par_archive(session, archive).items() if criteres]
    deja = {a.numero for a in archive.anomalies if a.ou == FIGEE}
    evaluees = evaluations.load_all(session.campagne) if touches else {}
    quoi = "est figée et une pièce qu’elle cite est remplacée : rouvrez-la pour la relire"
    dites = (
        Anomalie(gravite=Gravite.ALERTE, ou=FIGEE, quoi=quoi, numero=n)
        for n in sorted(touches)
        if n not in deja and n in evaluees and evaluees[n].finalisee
    )
    return replace(archive, anomalies=(*archive.anomalies, *dites))


def _par_pieces(session: Session, changees: Sequence[tuple[PieceRecue, Changement]]) -> Touches:
    """Return the answers whose evidence is in files that change."""
    touches: Touches = {}
    evaluees = evaluations.load_all(session.campagne) if changees else {}
    for piece, changement in changees:
        evaluation = evaluees.get(piece.numero)
        citent = [] if evaluation is None else _citent(session, evaluation, piece)
        siens = touches.setdefault(piece.numero, {})
        siens.update({critere: (*siens.get(critere, ()), changement) for critere in citent})
    return touches


def _citent(session: Session, evaluation: Evaluation, piece: PieceRecue) -> list[str]:
    citees = {c: r.preuves for c, r in evaluation.reponses.items() if r.preuves}
    recues = (*store_pieces.received(session.campagne, piece.numero), piece) if citees else ()
    return [c for c, preuves in citees.items() if any(_cite(p, piece, recues) for p in preuves)]


def _cite(preuve: Preuve, piece: PieceRecue, recues: Sequence[PieceRecue]) -> bool:
    """Say whether an evidence is in a file: by the bytes of any of its versions, else by its name.

    An answer confirmed on a new version still names the bytes of the former one; an undone import takes the version
    that an evidence names away.
    """
    if any(preuve.empreinte == r.empreinte for r in recues):
        return any(preuve.empreinte == r.empreinte for r in recues if cle(r) == cle(piece))
    return normalise(preuve.ou) == normalise(piece.nom)


def _changement(recue: PieceRecue, lue: PieceLue | PieceRecue | None, empreinte: str) -> Changement:
    """Word a replaced file by the days of its deposits, by its fingerprints when they tell nothing."""
    libelle = printable(recue.nom)
    if lue is None:
        avant = f"déposée le {instant(recue.depose_le)}" if recue.depose_le else "reçue"
        return Changement(libelle=libelle, avant=avant, apres="retirée")
    if recue.depose_le and lue.depose_le and recue.depose_le != lue.depose_le:
        avant, apres = (f"déposée le {instant(moment)}" for moment in (recue.depose_le, lue.depose_le))
    else:
        avant, apres = (
            f"empreinte{NBSP}{texte[:_COURTE]}" if texte else "" for texte in (recue.empreinte, empreinte)
        )
    return Changement(libelle=libelle, avant=avant, apres=apres)
