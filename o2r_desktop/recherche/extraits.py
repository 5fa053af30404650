"""The words of a question in a text: how many of them it holds, and what stands around."""

import re
from collections.abc import Sequence

from o2r_desktop.dossiers.question import Terme
from o2r_desktop.text import normalise

LONGUEUR = 160
"""Characters of an extract."""
_AVANT = 40
_MARQUES_MAX = 60
_ENTIERES = "œæß"
_VARIANTES = (("oe", "(?:oe|œ)"), ("ae", "(?:ae|æ)"), ("ss", "(?:ss|ß)"))

Marque = tuple[int, int, int]
"""Where a word begins and ends, and the rank of its term."""


class _Repli(dict[int, str]):
    """What each character is compared as: one for one, so that places in the text stay what they are."""

    def __missing__(self, code: int) -> str:
        caractere = chr(code)
        simple = caractere.lower() if caractere.lower() in _ENTIERES else normalise(caractere)
        self[code] = simple[:1] or " "
        return self[code]


class Surligneur:
    """Finds the terms of one question in texts, as the index does: accents and case set aside."""

    def __init__(self, termes: Sequence[Terme]) -> None:
        self._repli = _Repli()
        self._motifs = [(_indice(terme), re.compile(_motif(terme))) for terme in termes if terme.lettres]

    def marquer(self, texte: str) -> list[Marque]:
        """Return where the terms stand in a text, in order; those of a long text that come first only."""
        replie = texte.translate(self._repli)
        marques = []
        for rang, (indice, motif) in enumerate(self._motifs):
            if indice not in replie:
                continue
            for compte, trouve in enumerate(motif.finditer(replie)):
                if compte == _MARQUES_MAX:
                    break
                marques.append((trouve.start(), trouve.end(), rang))
        return sorted(marques)


def _motif(terme: Terme) -> str:
    mots = []
    for mot in terme.lettres:
        ecrit = re.escape(mot)
        for lettres, variante in _VARIANTES:
            ecrit = ecrit.replace(lettres, variante)
        mots.append(ecrit)
    return r"(?<![^\W_])" + r"[\W_]+".join(mots) + (r"[^\W_]*" if terme.debut else r"(?![^\W_])")


def _indice(terme: Terme) -> str:
    """Return a text that stands wherever the term does, quicker to look for; «» when there is no such text."""
    sures = [mot for mot in terme.lettres if not any(lettres in mot for lettres, _ in _VARIANTES)]
    return max(sures, key=len, default="")


def fragments(texte: str, marques: Sequence[Marque]) -> tuple[tuple[str, bool], ...]:
    """Return the extract of *texte* that holds the most terms, its words apart; its beginning without *marques*."""
    debut, fin = _fenetre(texte, marques)
    morceaux: list[tuple[str, bool]] = []
    place = debut
    for depart, arrivee, _rang in marques:
        if depart >= place and arrivee <= fin:
            morceaux += [(texte[place:depart], False), (texte[depart:arrivee], True)]
            place = arrivee
    morceaux.append((texte[place:fin], False))
    avant, apres = "…" if debut else "", "…" if fin < len(texte) else ""
    dits = [(re.sub(r"\s+", " ", morceau), marque) for morceau, marque in morceaux]
    dits = [(avant, False), *dits, (apres, False)]
    return tuple((morceau, marque) for morceau, marque in dits if morceau)


def _fenetre(texte: str, marques: Sequence[Marque]) -> tuple[int, int]:
    """Return the bounds of the extract, between words."""
    depart = 0
    if marques:
        choix = [(len({m[2] for m in marques if a[0] <= m[0] <= a[0] + LONGUEUR - _AVANT}), -a[0]) for a in marques]
        depart = -max(choix)[1]
    fin_marque = next((m[1] for m in marques if m[0] == depart), 0)
    debut = max(0, depart - _AVANT)
    if debut:
        espace = re.compile(r"\s").search(texte, debut, depart)
        debut = espace.end() if espace else depart
    fin = max(debut + LONGUEUR, min(fin_marque, depart + 3 * LONGUEUR))
    if fin >= len(texte):
        return debut, len(texte)
    espace_fin = max(texte.rfind(" ", fin_marque, fin), texte.rfind("\n", fin_marque, fin))
    return debut, espace_fin if espace_fin > debut else fin
