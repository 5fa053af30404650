"""The score: one function computes it everywhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from o2r_desktop.evaluation.grille import Critere, Grille
from o2r_desktop.evaluation.reponses import SANS_OBJET, Reponse


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Scores out of 100, two decimals; None while nothing that counts is answered.

    ``attendus`` are the weighted criteria not answered «sans objet»; ``repondus`` those of them with a level.
    The score is provisional until both are equal.
    """

    total: Decimal | None
    par_section: Mapping[str, Decimal | None]
    repondus: int
    attendus: int

    @property
    def complet(self) -> bool:
        """Whether every weighted critere is answered."""
        return self.repondus == self.attendus


def compute(grille: Grille, reponses: Mapping[str, Reponse]) -> Score:
    """Return Σ(niveau/4 × poids) ÷ Σ(poids of the applicable answered criteria) × 100 (produit § 4).

    «Sans objet» leaves both sums; an unanswered critere, or a missing piece of information, is not zero. Every
    section has its entry, None when nothing in it counts or is answered.
    """
    attendus = [c for c in grille.ponderes if not _sans_objet(c, reponses)]
    niveaux = [(c, niveau) for c in attendus if (niveau := _niveau(c, reponses)) is not None]
    return Score(
        total=_sur_cent(niveaux),
        par_section={s.id: _sur_cent([(c, n) for c, n in niveaux if c.section == s.id]) for s in grille.sections},
        repondus=len(niveaux),
        attendus=len(attendus),
    )


def _sans_objet(critere: Critere, reponses: Mapping[str, Reponse]) -> bool:
    return critere.id in reponses and reponses[critere.id].valeur == SANS_OBJET


def _niveau(critere: Critere, reponses: Mapping[str, Reponse]) -> int | None:
    return reponses[critere.id].niveau if critere.id in reponses else None


def _sur_cent(niveaux: Sequence[tuple[Critere, int]]) -> Decimal | None:
    """Return the weighted mean out of 100, rounded half up; whole numbers until the last step, so exact."""
    poids = sum(c.poids for c, _ in niveaux)
    if not poids:
        return None
    points = sum(niveau * c.poids for c, niveau in niveaux)
    # points ÷ (4 × poids) × 100, in hundredths: points × 2500 ÷ poids; + ½ before the whole division.
    return Decimal((5000 * points + poids) // (2 * poids)).scaleb(-2)
