"""Pairs that contradict each other: a level and its comment, a score and the avis. Told, never corrected."""

import re
from collections.abc import Sequence

from o2r_desktop.evaluation.avis import Obstacle
from o2r_desktop.evaluation.grille import Critere, Grille
from o2r_desktop.evaluation.reponses import Evaluation, ProjetAvis, Reponse, TypeAvis
from o2r_desktop.evaluation.score import Score
from o2r_desktop.text import nombre, normalise

_LOUANGES = (
    "solide", "excellent", "convaincant", "remarquable", "robuste", "tres bon", "tres bien", "exemplaire",
    "satisfaisant", "irreprochable", "pleinement demontre",
)  # fmt: skip
_REPROCHES = (
    "insuffisant", "inexistant", "lacunaire", "defaillant", "tres faible", "trop faible", "absent", "aucun element",
    "aucune preuve", "non demontre", "incoherent", "alarmant",
)  # fmt: skip
"""Beginnings of words, without accents: what only a high level, or only a low one, deserves (proposition)."""
_NEGATIONS = re.compile(r"\b(?:pas|peu|non|sans|ni|aucun|aucune|rien|jamais|moins|insuffisamment|n'est)\b")
_PORTEE = 24
"""Characters before a word in which a negation turns it."""
_NUANCES = re.compile(
    r"\b(?:mais|cependant|toutefois|neanmoins|en revanche|pourtant|sauf|malgre|bien que|quoique)\b"
)


def contradictions(
    grille: Grille, evaluation: Evaluation, score: Score, projet: ProjetAvis
) -> tuple[Obstacle, ...]:
    """Return the contradictory pairs, in the order of the grille, then that of the avis."""
    trouvees = [
        Obstacle(critere=critere.id, texte=texte)
        for critere in grille.ponderes
        if (texte := _du_critere(critere, evaluation.reponse(critere.id)))
    ]
    avis = _de_lavis(grille, score, projet)
    return (*trouvees, *([Obstacle(critere=None, texte=avis)] if avis else []))


def _du_critere(critere: Critere, reponse: Reponse) -> str:
    """Return what is wrong between a level and its comment, «» when nothing is or when the comment is balanced."""
    dit = normalise(reponse.commentaire)
    if reponse.niveau is None or not dit or _NUANCES.search(dit):
        return ""
    louange, reproche = _trouve(dit, _LOUANGES), _trouve(dit, _REPROCHES)
    if reponse.niveau <= 1 and louange and not reproche:
        return f"{critere.id} : le niveau {reponse.niveau} et le commentaire (« {louange} ») se contredisent."
    if reponse.niveau >= 3 and reproche and not louange:
        return f"{critere.id} : le niveau {reponse.niveau} et le commentaire (« {reproche} ») se contredisent."
    return ""


def _trouve(dit: str, mots: Sequence[str]) -> str:
    """Return the first of *mots* that begins a word of *dit* and that nothing before it denies."""
    for mot in mots:
        for trouve in re.finditer(rf"\b{re.escape(mot)}\w*", dit):
            if not _NEGATIONS.search(dit[max(0, trouve.start() - _PORTEE) : trouve.start()]):
                return trouve.group()
    return ""


def _de_lavis(grille: Grille, score: Score, projet: ProjetAvis) -> str:
    """Return what is wrong between a complete score and the avis; thresholds are proposals of the grille."""
    if not score.complet or score.total is None or projet.avis is None:
        return ""
    note = nombre(score.total, 2)
    if projet.avis is TypeAvis.FAVORABLE and score.total < grille.seuil_reserves:
        return f"L’avis favorable contredit le score de {note} sur 100 : expliquez-le dans le motif."
    if projet.avis is TypeAvis.DEFAVORABLE and score.total >= grille.seuil_favorable:
        return f"L’avis défavorable contredit le score de {note} sur 100 : expliquez-le dans le motif."
    return ""
