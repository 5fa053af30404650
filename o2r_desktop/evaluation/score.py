"""The score: one function computes it everywhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from o2r_desktop.evaluation.grille import Grille
from o2r_desktop.evaluation.reponses import Reponse


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

    «Sans objet» leaves both sums; an unanswered critere, or a missing piece of information, is not zero.
    """
    raise NotImplementedError
