"""Reading: the list, one dossier with all that is known of it, where each evaluation stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from o2r_desktop.operations.session import Session

if TYPE_CHECKING:
    from o2r_desktop.analyse.ensemble import Analyse
    from o2r_desktop.dossiers.importation import Apercu
    from o2r_desktop.dossiers.model import Dossier, Enregistrement
    from o2r_desktop.evaluation.constats import Constat
    from o2r_desktop.evaluation.reponses import Evaluation
    from o2r_desktop.evaluation.score import Score


@dataclass(frozen=True, kw_only=True)
class DossierComplet:
    """A dossier with all that is known and said of it."""

    dossier: Dossier
    evaluation: Evaluation
    constats: tuple[Constat, ...]
    priorite: str
    score: Score
    analyse: Analyse


def list_dossiers(session: Session, recherche: str = "") -> list[Apercu]:
    """Return the rows of the list whose text holds every word of *recherche*."""
    from o2r_desktop.store import dossiers as store_dossiers

    return store_dossiers.list_apercus(session.campagne, recherche)


def load_dossier(session: Session, numero: int) -> DossierComplet:
    """Return a dossier with its constats, answers and score; raises DossierError when it is unknown."""
    from o2r_desktop.evaluation import controles, priorites, score
    from o2r_desktop.evaluation.reponses import etat as etat_evaluation
    from o2r_desktop.store import dossiers as store_dossiers
    from o2r_desktop.store import evaluations

    dossier = read_record(session, store_dossiers.load(session.campagne, numero))
    evaluation = evaluations.load(session.campagne, numero)
    analyse = analyse_of(session, dossier, evaluation)
    return DossierComplet(
        dossier=dossier,
        evaluation=replace(evaluation, etat=etat_evaluation(session.grille, evaluation)),
        constats=all_constats(session, controles.check(dossier, session.parametres, session.lot), analyse),
        priorite=priorites.de_dossier(dossier, session.parametres).niveau,
        score=score.compute(session.grille, evaluation.reponses),
        analyse=analyse,
    )


def analyse_of(session: Session, dossier: Dossier, evaluation: Evaluation) -> Analyse:
    """Return the analysis of a dossier with what was typed of it; the other dossiers count once they are read."""
    from o2r_desktop.analyse.ensemble import Analyse

    return Analyse(
        dossier=dossier,
        parametres=session.parametres,
        fiches=evaluation.fiches,
        referentiels=session.referentiels,
        panorama=session.panorama,
    )


def all_constats(session: Session, calcules: Sequence[Constat], analyse: Analyse) -> tuple[Constat, ...]:
    """Return the findings on the form and those of the analysis, in the order of the grille."""
    rangs = {critere.id: rang for rang, critere in enumerate(session.grille.criteres)}
    tous = (*calcules, *analyse.constats())
    return tuple(sorted(tous, key=lambda c: rangs.get(c.critere, len(rangs))))


def with_fiches(session: Session, complet: DossierComplet, fiches: Mapping[str, Any]) -> DossierComplet:
    """Return *complet* with what was typed in its analysis, its findings worked out again."""
    from o2r_desktop.evaluation import controles

    evaluation = replace(complet.evaluation, fiches=fiches)
    analyse = analyse_of(session, complet.dossier, evaluation)
    calcules = controles.check(complet.dossier, session.parametres, session.lot)
    constats = all_constats(session, calcules, analyse)
    return replace(complet, evaluation=evaluation, analyse=analyse, constats=constats)


def evaluation_states(session: Session) -> dict[int, dict[str, object]]:
    """Return, for each dossier with answers, its state, progress, score and opinion."""
    from o2r_desktop.evaluation.avancement import avancement
    from o2r_desktop.store import liste

    etats: dict[int, dict[str, object]] = {}
    for numero, evaluation in liste.load_progress(session.campagne).items():
        suite = avancement(session.grille, evaluation)
        etats[numero] = {
            "evaluation": suite.etat.value,
            "repondus": suite.repondus,
            "attendus": suite.attendus,
            "score": None if suite.score is None else f"{suite.score:.2f}",
            "avis": suite.avis.value if suite.avis else "",
        }
    return etats


def data_fingerprint(session: Session, enregistrement: Enregistrement, evaluation: Evaluation) -> str:
    """Return the fingerprint of what a note of this dossier would be made of."""
    from o2r_desktop.notes import content as note_content

    dossier = read_record(session, enregistrement)
    return note_content.empreinte_dossier(dossier, evaluation, session.grille, session.parametres)


def read_record(session: Session, enregistrement: Enregistrement) -> Dossier:
    """Read a record with the files received for it, each under the field that announces it when one does."""
    from o2r_desktop.dossiers.lecture import lire_dossier
    from o2r_desktop.dossiers.pieces import avec_pieces
    from o2r_desktop.store import pieces

    dossier = lire_dossier(enregistrement, session.correspondance, session.liens(enregistrement.colonnes))
    recues = pieces.received(session.campagne, dossier.numero)
    return avec_pieces(dossier, recues, pieces.failed(session.campagne, dossier.numero), enregistrement.autres)
