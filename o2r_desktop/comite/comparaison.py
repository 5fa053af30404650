"""Comparing candidates: spread by section, other weights, how far a rank holds, how severe each instructor is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from statistics import mean, median

from o2r_desktop.comite.classement import rangs
from o2r_desktop.comite.modele import Candidat
from o2r_desktop.evaluation.grille import Grille

VARIATION = Decimal("0.2")
COINS_MAX = 1024
"""Corners of the box of weights that are tried at most; beyond, each weight moves alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Etendue:
    """Lowest, middle and highest score of a section out of 100; None while fewer than two are known."""

    bas: Decimal | None
    milieu: Decimal | None
    haut: Decimal | None

    @property
    def ecart(self) -> Decimal | None:
        """Highest minus lowest."""
        return None if self.haut is None or self.bas is None else self.haut - self.bas


@dataclass(frozen=True, slots=True, kw_only=True)
class Stabilite:
    """The best and the worst rank of a dossier when weights move; equal when it always holds."""

    meilleur: int
    pire: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Severite:
    """Mean level that an instructor gives on a critere, and that of all; ``reponses`` is how many of his."""

    instructeur: str
    critere: str
    moyenne: Decimal
    ensemble: Decimal
    reponses: int


def etendues(candidats: Sequence[Candidat], grille: Grille) -> dict[str, Etendue]:
    """Return the spread of each weighted section."""
    trouvees = {}
    for section in grille.sections:
        if not section.poids:
            continue
        notes = [n for c in candidats if (n := c.score.par_section.get(section.id)) is not None]
        connu = len(notes) > 1
        trouvees[section.id] = Etendue(
            bas=min(notes) if connu else None,
            milieu=median(notes) if connu else None,
            haut=max(notes) if connu else None,
        )
    return trouvees


Parts = Mapping[str, tuple[int, int]]
"""By section: Σ(niveau × poids) and Σ(poids) of the answered criteria."""


def parts(candidat: Candidat, grille: Grille) -> dict[str, tuple[int, int]]:
    """Return what each section brings to the score of a dossier."""
    trouvees: dict[str, tuple[int, int]] = {}
    for critere in grille.ponderes:
        reponse = candidat.reponses.get(critere.id)
        niveau = None if reponse is None else reponse.niveau
        if niveau is not None:
            points, poids = trouvees.get(critere.section, (0, 0))
            trouvees[critere.section] = points + niveau * critere.poids, poids + critere.poids
    return trouvees


def rejouer(siennes: Parts, facteurs: Mapping[str, Decimal]) -> Decimal | None:
    """Return the score out of 100 when the weight of each section is multiplied; 1 where nothing is said.

    With every factor at 1 this is ``score.compute``, to its last hundredth.
    """
    haut = sum((points * facteurs.get(s, Decimal(1)) for s, (points, _) in siennes.items()), Decimal(0))
    bas = sum((poids * facteurs.get(s, Decimal(1)) for s, (_, poids) in siennes.items()), Decimal(0))
    if not bas:
        return None
    return _centieme(haut, bas)


def _centieme(haut: Decimal, bas: Decimal) -> Decimal:
    """Return haut ÷ (4 × bas) × 100, rounded half up to the hundredth, exactly (see ``score._sur_cent``)."""
    entier = (5000 * haut + bas) // (2 * bas)
    return entier.scaleb(-2)


def classement_avec(
    candidats: Sequence[Candidat], grille: Grille, facteurs: Mapping[str, Decimal]
) -> dict[int, tuple[Decimal | None, int | None]]:
    """Return score and rank of each dossier with other weights; a provisional score has no rank."""
    notes = {c.numero: rejouer(parts(c, grille), facteurs) for c in candidats}
    classees = rangs({c.numero: notes[c.numero] if c.score.complet else None for c in candidats})
    return {numero: (note, classees[numero]) for numero, note in notes.items()}


def stabilites(candidats: Sequence[Candidat], grille: Grille) -> dict[int, Stabilite]:
    """Return how far each rank moves when section weights move by ±20 %, all corners of that box.

    With more than ten weighted sections each weight moves alone.
    """
    notes = [c for c in candidats if c.note is not None]
    siennes = {c.numero: parts(c, grille) for c in notes}
    sections = [s.id for s in grille.sections if s.poids]
    vus: dict[int, list[int]] = {c.numero: [] for c in notes}
    for facteurs in _coins(sections):
        for numero, rang in _rangs_rapides(siennes, facteurs).items():
            vus[numero].append(rang)
    return {numero: Stabilite(meilleur=min(r), pire=max(r)) for numero, r in vus.items() if r}


def _rangs_rapides(siennes: Mapping[int, Parts], facteurs: Mapping[str, int]) -> dict[int, int]:
    """Rank by hundredths, in whole numbers: factors are in tenths."""
    notes = {}
    for numero, parts_ in siennes.items():
        haut = sum(points * facteurs[s] for s, (points, _) in parts_.items())
        bas = sum(poids * facteurs[s] for s, (_, poids) in parts_.items())
        notes[numero] = (5000 * haut + bas) // (2 * bas) if bas else -1
    tries = sorted(notes.values(), reverse=True)
    premiers: dict[int, int] = {}
    for rang, note in enumerate(tries, 1):
        premiers.setdefault(note, rang)
    return {numero: premiers[note] for numero, note in notes.items()}


def _coins(sections: Sequence[str]) -> list[dict[str, int]]:
    base = dict.fromkeys(sections, 10)
    if 2 ** len(sections) <= COINS_MAX:
        coins = [dict(zip(sections, choix, strict=True)) for choix in product((8, 12), repeat=len(sections))]
    else:
        coins = [{**base, s: f} for s in sections for f in (8, 12)]
    return [base, *coins]


def severites(candidats: Sequence[Candidat], grille: Grille, minimum: int = 2) -> list[Severite]:
    """Return the instructors whose mean level parts from that of all, widest gap first, one line per critere.

    Only criteria that at least two instructors marked, *minimum* times each: a gap may come from the dossiers.
    """
    trouvees = []
    for critere in grille.ponderes:
        niveaux: dict[str, list[int]] = {}
        for c in candidats:
            reponse = c.reponses.get(critere.id)
            if reponse is not None and reponse.niveau is not None:
                niveaux.setdefault(reponse.auteur or c.instructeur, []).append(reponse.niveau)
        assez = {nom: n for nom, n in niveaux.items() if len(n) >= minimum}
        if len(assez) < 2:
            continue
        tous = Decimal(mean(n for liste in assez.values() for n in map(Decimal, liste)))
        for nom, liste in assez.items():
            trouvees.append(
                Severite(
                    instructeur=nom,
                    critere=critere.id,
                    moyenne=Decimal(mean(map(Decimal, liste))),
                    ensemble=tous,
                    reponses=len(liste),
                )
            )
    return sorted(trouvees, key=lambda s: (-abs(s.moyenne - s.ensemble), s.critere, s.instructeur))
