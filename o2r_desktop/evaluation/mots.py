"""Words of names and choices, compared whole and in order."""

import re
from collections.abc import Sequence

from o2r_desktop.text import normalise

Mots = tuple[str, ...]
ARTICLES = frozenset({"de", "du", "des", "d", "la", "le", "l"})
_MOT = re.compile(r"[a-z0-9]+")


def mots(texte: str) -> Mots:
    """Return the words of *texte*, without case, accents or signs, nor the final s of the plural."""
    return tuple(m[:-1] if len(m) > 3 and m.endswith("s") else m for m in _MOT.findall(normalise(texte)))


def souples(texte: str) -> Mots:
    """Return the words of *texte* as ``mots`` does, feminine and plural in «-aux» brought back too."""
    return tuple(_souple(m) for m in mots(texte))


def _souple(mot: str) -> str:
    if len(mot) > 4 and mot.endswith("aux"):
        return mot[:-2] + "l"
    return mot[:-1] if len(mot) > 4 and mot.endswith("e") else mot


def sans_articles(texte: Mots) -> Mots:
    """Return the words without the articles that end them."""
    while texte and texte[-1] in ARTICLES:
        texte = texte[:-1]
    return texte


def contient(texte: Sequence[str], cherches: Sequence[str]) -> bool:
    """Say whether the words *cherches* stand in *texte*, side by side and in order; nothing stands nowhere."""
    largeur = len(cherches)
    if not largeur or cherches[0] not in texte:
        return False
    return any(texte[i : i + largeur] == cherches for i in range(len(texte) - largeur + 1))
