"""Where each critere stands, in a word and a sign, and which one comes next."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum

from o2r_desktop.evaluation.constats import Constat, Resultat
from o2r_desktop.evaluation.grille import Critere, Effet, Grille
from o2r_desktop.evaluation.reponses import (
    MANQUANTE,
    NON,
    OUI,
    PRIORITES,
    SANS_OBJET,
    DecisionConstat,
    Evaluation,
    Reponse,
)
from o2r_desktop.text import montant


class EtatCritere(StrEnum):
    """State of one critere in the outline of a dossier (produit § 3.4)."""

    VIDE = "vide"
    EN_COURS = "en_cours"
    FAIT = "fait"
    A_RECONFIRMER = "a_reconfirmer"
    BLOQUANT = "bloquant"

    @property
    def libelle(self) -> str:
        """Return the word that is shown."""
        return _LIBELLES[self]

    @property
    def signe(self) -> str:
        """Return the sign shown beside the word."""
        return _SIGNES[self]


_LIBELLES = {
    EtatCritere.VIDE: "vide",
    EtatCritere.EN_COURS: "en cours",
    EtatCritere.FAIT: "fait",
    EtatCritere.A_RECONFIRMER: "à reconfirmer",
    EtatCritere.BLOQUANT: "bloquant",
}
_SIGNES = {
    EtatCritere.VIDE: "○",
    EtatCritere.EN_COURS: "◐",
    EtatCritere.FAIT: "●",
    EtatCritere.A_RECONFIRMER: "!",
    EtatCritere.BLOQUANT: "✕",
}


def etat_critere(critere: Critere, reponse: Reponse, constats: Iterable[Constat]) -> EtatCritere:
    """Return where a critere stands; *constats* may be those of the whole dossier.

    A blocking critere blocks when it is answered against the dossier, and as long as a finding that fails is not
    contested, be it answered or not (as avis.check says). A doubt about the answer comes first.
    """
    if reponse.a_reconfirmer:
        return EtatCritere.A_RECONFIRMER
    if critere.effet is Effet.BLOQUANT and _bloque(critere, reponse, constats):
        return EtatCritere.BLOQUANT
    if reponse.donnee:
        return EtatCritere.FAIT
    return EtatCritere.EN_COURS if reponse.commencee else EtatCritere.VIDE


def _bloque(critere: Critere, reponse: Reponse, constats: Iterable[Constat]) -> bool:
    if reponse.valeur == NON or reponse.niveau in (0, 1):
        return True
    if reponse.decision is DecisionConstat.CONTESTE:
        return False
    return any(c.critere == critere.id and c.resultat is Resultat.NON_CONFORME for c in constats)


def est_fait(reponse: Reponse) -> bool:
    """Say whether nothing is owed to a critere any more: it is answered, and the answer is not in doubt."""
    return reponse.donnee and not reponse.a_reconfirmer


def compter_faits(criteres: Sequence[Critere], evaluation: Evaluation) -> int:
    """Return how many of these criteria are done."""
    return sum(est_fait(evaluation.reponse(c.id)) for c in criteres)


def premier_a_faire(grille: Grille, evaluation: Evaluation) -> str:
    """Return the first critere that is not done, the first of the grille when all are."""
    restants = (c.id for c in grille.criteres if not est_fait(evaluation.reponse(c.id)))
    return next(restants, grille.criteres[0].id)


def reponse_dite(reponse: Reponse) -> str:
    """Return an answer in words: «niveau 3», «oui», «148 000,00 €»; «» without one."""
    if reponse.niveau is not None:
        return f"niveau {reponse.niveau}"
    if reponse.valeur in ("", OUI, NON, SANS_OBJET, MANQUANTE, *PRIORITES):
        return reponse.valeur.replace("_", " ")
    return montant(Decimal(reponse.valeur))
