"""How much a column looks like an attribute: by the words of its label, and by what it holds."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from o2r_desktop.dossiers.champs import NUMERIQUES, Brut, TypeChamp, lire, lire_booleen, lire_nombre, texte_de
from o2r_desktop.dossiers.correspondance import Attribut, cle_libelle
from o2r_desktop.dossiers.identifiers import chiffres
from o2r_desktop.imports.egalite import sans_erreur
from o2r_desktop.text import normalise

SEUIL = 60
"""Score from which a column is worth showing."""

_MARGE = 8
"""A column is only shown for the attributes that it resembles nearly as much as its best."""
_MEME = 100
"""Score of two labels that have the same words: then nothing else comes near."""
_SANS_CHIFFRE = 20
"""What a label loses when the other has a figure («sur 3 ans») that it has not."""
_LIBELLE_MAX = 200
_PART = 0.8
"""Share of the values that must be readable as the type of the attribute."""
_VIDES = frozenset(
    (
        "a",
        "au",
        "aux",
        "ce",
        "ces",
        "d",
        "dans",
        "de",
        "des",
        "du",
        "en",
        "est",
        "et",
        "il",
        "l",
        "la",
        "le",
        "les",
        "leur",
        "ou",
        "par",
        "pour",
        "qu",
        "que",
        "qui",
        "s",
        "sa",
        "ses",
        "si",
        "son",
        "sur",
        "une",
        "vos",
        "votre",
        "y",
        "projet",
        "structure",
    )
)
"""Words that say nothing of a field; numbers in letters are kept."""
_NOMBRES = {
    "premiere": "1", "premier": "1", "1re": "1", "1ere": "1", "1er": "1", "un": "1",
    "deuxieme": "2", "seconde": "2", "second": "2", "2e": "2", "2eme": "2", "deux": "2",
    "troisieme": "3", "3e": "3", "3eme": "3", "trois": "3",
}  # fmt: skip
_RANG = re.compile(r"([a-z]?)(\d+)")
_OPPOSES = (
    ("moyen", "max", "min"),
    ("debut", "fin"),
    ("direct", "indirect"),
    ("reper", "benefic"),
    ("nom", "fonction"),
    ("cout", "contribution", "cofinancement", "etp"),
    ("charge", "produit"),
    ("projet", "structure"),
)
"""Beginnings of words that part two fields otherwise named alike."""
_MOT_ENTIER = frozenset({"fin", "nom", "etp", "min"})
_EXTENSION = re.compile(r"\.\w{1,5}\Z")
_BOOLEENS = frozenset({TypeChamp.OUI_NON, TypeChamp.CASE})
_TEXTES = frozenset({TypeChamp.TEXTE, TypeChamp.TEXTE_LONG})


@dataclass(frozen=True, slots=True)
class _Mots:
    """A label as it is compared: its words, its figures, and its side of each opposition."""

    texte: str
    chiffres: tuple[str, ...]
    cotes: tuple[frozenset[str], ...]


class Juge:
    """Compares columns with the attributes of a form; made once for many columns."""

    def __init__(self, attributs: Sequence[Attribut]) -> None:
        self._libelles = [(a, tuple({_mots(lib) for lib in a.libelles})) for a in attributs]

    def scores(self, libelle: str, valeurs: Sequence[Brut]) -> list[tuple[str, int]]:
        """Return the attributes that a column could be with their score, from SEUIL to 99.

        An attribute that it resembles less than another, by far, is left out, even when that other one has a
        column already.
        """
        mots = _mots(libelle)
        if not mots.texte:
            return []
        par_libelle = {
            a.id: (a, max((_parente(mots, lib) for lib in libs), default=0)) for a, libs in self._libelles
        }
        meilleur = max((note for _, note in par_libelle.values()), default=0)
        retenus = []
        for identifiant, (attribut, note) in par_libelle.items():
            if note < max(SEUIL - 10, meilleur - (_MARGE if meilleur < _MEME else 0)):
                continue
            score = min(99, round(note + _accord(attribut, valeurs)))
            if score >= SEUIL:
                retenus.append((identifiant, score))
        return retenus


def _mots(libelle: str) -> _Mots:
    tous = [_NOMBRES.get(mot, mot) for mot in cle_libelle(libelle[:_LIBELLE_MAX]).split()]
    utiles = [mot for mot in tous if mot not in _VIDES] or tous
    figures = sorted(
        trouve[2].lstrip("0") + (" ans" if suivant == "ans" else "")  # «sur 3 ans» is not «année 3»
        for mot, suivant in zip(tous, [*tous, ""][1:], strict=True)
        if (trouve := _RANG.fullmatch(mot))
    )
    cotes = tuple(
        frozenset(debut for debut in groupe if any(_commence(mot, debut) for mot in tous)) for groupe in _OPPOSES
    )
    return _Mots(" ".join(utiles), tuple(figures), cotes)


def _commence(mot: str, debut: str) -> bool:
    return mot == debut if debut in _MOT_ENTIER else mot.startswith(debut)


def _parente(un: _Mots, autre: _Mots) -> float:
    """Return how much two labels are alike, from 0 to 100: figures that differ make two fields («année 1»)."""
    from rapidfuzz import fuzz

    if un.chiffres and autre.chiffres and un.chiffres != autre.chiffres:
        return 0
    if any(a and b and not a & b for a, b in zip(un.cotes, autre.cotes, strict=True)):
        return 0
    ordre, ensemble = fuzz.token_sort_ratio(un.texte, autre.texte), fuzz.token_set_ratio(un.texte, autre.texte)
    note = 0.55 * ordre + 0.45 * ensemble
    return note - _SANS_CHIFFRE if un.chiffres != autre.chiffres else note


def _accord(attribut: Attribut, valeurs: Sequence[Brut]) -> int:
    """Return what the values of a column add to its score: far below zero when they cannot be the attribute's."""
    if not valeurs:
        return -5
    genre = attribut.type
    if genre in _TEXTES:
        return -60 if any(_part(valeurs, est) >= _PART for est in (_nombre, _jour, _booleen, _fichiers)) else 0
    if genre in (TypeChamp.CHOIX, TypeChamp.CHOIX_MULTIPLE):
        return _accord_choix(attribut, valeurs)
    return 3 if _part(valeurs, _EPREUVES[genre]) >= _PART else -100


def _accord_choix(attribut: Attribut, valeurs: Sequence[Brut]) -> int:
    if any(_part(valeurs, est) >= _PART for est in (_nombre, _jour, _fichiers)):
        return -100
    connues = set(map(normalise, attribut.options))

    def connu(brut: Brut) -> bool:
        lu = lire(brut, attribut.type, attribut.options).valeur
        choix = lu if isinstance(lu, tuple) else (texte_de(brut),)
        return any(normalise(un) in connues for un in choix)

    if not connues:
        return 0
    return 10 if _part(valeurs, connu) >= 0.5 else -15


def _part(valeurs: Sequence[Brut], est: Callable[[Brut], bool]) -> float:
    return sum(map(est, valeurs)) / len(valeurs)


def _nombre(brut: Brut) -> bool:
    return not isinstance(brut, bool) and sans_erreur(lire_nombre, brut) is not None


def _jour(brut: Brut) -> bool:
    """Say whether a cell is a day written as one: a number could be any amount."""
    return isinstance(brut, str) and not lire(brut, TypeChamp.DATE).anomalie


def _booleen(brut: Brut) -> bool:
    return sans_erreur(lire_booleen, brut) is not None


def _fichiers(brut: Brut) -> bool:
    noms = brut if isinstance(brut, list) else [texte_de(brut)]
    return bool(noms) and all(_EXTENSION.search(nom[-12:].rstrip()) for nom in noms)


def _siret(brut: Brut) -> bool:
    return not lire(brut, TypeChamp.SIRET).anomalie


def _telephone(brut: Brut) -> bool:
    return 9 <= len(chiffres(texte_de(brut)[:40])) <= 13


_EPREUVES: Mapping[TypeChamp, Callable[[Brut], bool]] = {
    **dict.fromkeys(NUMERIQUES, _nombre),
    **dict.fromkeys(_BOOLEENS, _booleen),
    TypeChamp.DATE: _jour,
    TypeChamp.PIECES: _fichiers,
    TypeChamp.SIRET: _siret,
    TypeChamp.TELEPHONE: _telephone,
}
