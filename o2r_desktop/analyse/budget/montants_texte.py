"""Amounts that a narrative states («le coût total est de 123 456 € »), when nothing makes them ambiguous."""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from o2r_desktop.dossiers.champs import lire_nombre

TEXTE_MAX = 20_000
"""Characters of one answer that are read."""
PORTEE = 60
"""Characters between the words and the amount, at most."""
_MONTANT = re.compile(
    r"(?<![\d,.])(\d{1,3}(?:[ .\u00a0\u202f]\d{3}){1,3}|\d{1,9})(,\d{1,2})?[ \u00a0\u202f]?"
    r"(?:(k)[ \u00a0\u202f]?(?:€|euros?\b)|(M)[ \u00a0\u202f]?€|€|euros?\b)",
    re.IGNORECASE,
)
_PHRASE = re.compile(r"[;!?\n]|\.(?=\s|$)")
_UNITAIRE = re.compile(
    r"\b(?:par|chaque)\s+(?:an|ann[ée]e|mois|jour|semaine|heure|b[ée]n[ée]ficiaire|personne|jeune|parcours|etp|poste|"
    r"salari[ée]|place|repas|trimestre|semestre)\b|€\s?/|/\s?(?:an|mois|h|etp|jour)\b|\ben\s+20\d\d\b|"
    r"\bann[ée]e\s+(?:\d|une|deux|trois|20\d\d)\b|"
    r"\b(?:dont|environ|soit|plus de|moins de|pr[èe]s de|au moins|jusqu)\b",
    re.IGNORECASE,
)
SUJETS: Mapping[str, re.Pattern[str]] = {
    "cout_total": re.compile(
        r"\b(?:co[ûu]t (?:total|global)|budget (?:total|global|pr[ée]visionnel|du projet)|total des charges)\b",
        re.IGNORECASE,
    ),
    "demande_total": re.compile(
        r"\b(?:contribution|participation|aide|subvention) (?:O2R|demand[ée]e|sollicit[ée]e)", re.IGNORECASE
    ),
    "personnel": re.compile(r"\b(?:charges|frais|d[ée]penses) de personnel\b|\bmasse salariale\b", re.IGNORECASE),
    "indirectes": re.compile(
        r"\b(?:charges|frais|co[ûu]ts) (?:indirecte?s|de structure|de si[èe]ge|g[ée]n[ée]raux|communes)\b",
        re.IGNORECASE,
    ),
    "formation": re.compile(
        r"\b(?:d[ée]penses|frais|co[ûu]ts?|budget|actions) de formation\b|\bformation (?:pour|[àa] hauteur)\b",
        re.IGNORECASE,
    ),
    "volontaires": re.compile(r"\b(?:contributions volontaires|b[ée]n[ée]volat valoris[ée])\b", re.IGNORECASE),
}
"""The words that say what an amount is, by key of the gap that it enters."""


MONTANT_MIN = Decimal(1_000)
"""Euros under which an amount of a narrative is no sum of a project: a price, an aid to a person."""


def chercher(textes: Iterable[str]) -> dict[str, Decimal]:
    """Return the amounts that *textes* state surely, by subject.

    Sure: in one sentence with one subject, close to it, no unit («par an», «par bénéficiaire»), no other amount;
    and the same amount everywhere it is stated.
    """
    trouves: dict[str, set[Decimal]] = {}
    for texte in textes:
        for sujet, montant in _dans(texte[:TEXTE_MAX]):
            trouves.setdefault(sujet, set()).add(montant)
    return {sujet: next(iter(montants)) for sujet, montants in trouves.items() if len(montants) == 1}


def _dans(texte: str) -> Iterator[tuple[str, Decimal]]:
    if "€" not in texte and "euro" not in texte.lower():
        return
    for phrase in _PHRASE.split(texte):
        montants = list(_MONTANT.finditer(phrase))
        if len(montants) != 1 or _UNITAIRE.search(phrase):
            continue
        sujets = [(s, m) for s, motif in SUJETS.items() if (m := motif.search(phrase)) is not None]
        if len(sujets) != 1:
            continue
        sujet, mots = sujets[0]
        valeur = _lire(montants[0])
        if _distance(mots, montants[0]) <= PORTEE and valeur is not None:
            yield sujet, valeur


def _distance(a: re.Match[str], b: re.Match[str]) -> int:
    return max(b.start() - a.end(), a.start() - b.end())


def _lire(trouve: re.Match[str]) -> Decimal | None:
    entier, decimales, millier, million = trouve.groups()
    valeur = lire_nombre(re.sub(r"\D", "", entier) + (decimales or ""))
    if valeur is None:
        return None
    somme = valeur * (1000 if millier else 1_000_000 if million else 1)
    return somme if somme >= MONTANT_MIN else None
