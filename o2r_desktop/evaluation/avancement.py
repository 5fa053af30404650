"""How far the evaluation of a dossier is, and what is to be done with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from o2r_desktop.evaluation import score
from o2r_desktop.evaluation.etats import compter_faits
from o2r_desktop.evaluation.grille import Grille
from o2r_desktop.evaluation.reponses import EtatEvaluation, Evaluation, TypeAvis, etat
from o2r_desktop.evaluation.resume import SECTIONS


class Etape(StrEnum):
    """What is to be done with a dossier; one to be confirmed again is at two stages."""

    A_ELIGIBILISER = "a_eligibiliser"
    A_INSTRUIRE = "a_instruire"
    A_RECONFIRMER = "a_reconfirmer"
    PRETS = "prets"

    @property
    def libelle(self) -> str:
        """Return the name of the view."""
        return _ETAPES[self]


_ETAPES = {
    Etape.A_ELIGIBILISER: "À éligibiliser",
    Etape.A_INSTRUIRE: "À instruire",
    Etape.A_RECONFIRMER: "À reconfirmer",
    Etape.PRETS: "Prêts pour le comité",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Avancement:
    """How far the evaluation of a dossier is.

    ``faits`` of the ``criteres`` of the grille are done; ``repondus`` of the ``attendus`` count in the score, which
    is provisional until they all do.
    """

    etat: EtatEvaluation
    faits: int
    criteres: int
    repondus: int
    attendus: int
    score: Decimal | None
    avis: TypeAvis | None
    a_reconfirmer: int
    etapes: frozenset[Etape]

    @property
    def avis_en_projet(self) -> bool:
        """Whether the opinion may still change."""
        return self.avis is not None and self.etat is not EtatEvaluation.FINALISEE

    @property
    def score_complet(self) -> bool:
        """Whether every weighted critere is answered."""
        return self.score is not None and self.repondus == self.attendus


def avancement(grille: Grille, evaluation: Evaluation) -> Avancement:
    """Work out how far an evaluation is."""
    points = score.compute(grille, evaluation.reponses)
    etat_atteint = etat(grille, evaluation)
    a_reconfirmer = sum(r.a_reconfirmer for r in evaluation.reponses.values())
    return Avancement(
        etat=etat_atteint,
        faits=compter_faits(grille.criteres, evaluation),
        criteres=len(grille.criteres),
        repondus=points.repondus,
        attendus=points.attendus,
        score=points.total,
        avis=None if evaluation.avis is None else evaluation.avis.avis,
        a_reconfirmer=a_reconfirmer,
        etapes=frozenset(_etapes(grille, evaluation, etat_atteint, a_reconfirmer)),
    )


def _etapes(grille: Grille, evaluation: Evaluation, atteint: EtatEvaluation, a_reconfirmer: int) -> Iterator[Etape]:
    if a_reconfirmer:
        yield Etape.A_RECONFIRMER
    if atteint is EtatEvaluation.FINALISEE:
        yield Etape.PRETS
    elif all(evaluation.reponse(c.id).donnee for c in grille.criteres if c.section in SECTIONS):
        yield Etape.A_INSTRUIRE
    else:
        yield Etape.A_ELIGIBILISER
