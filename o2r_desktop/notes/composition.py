"""Words set in lines: faces, blanks, French signs, words too wide, letters that run from right to left."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from o2r_desktop.notes.styles import Face, Style, enregistrer_polices, surs
from o2r_desktop.text import NBSP, printable

CARRE = "□"
_BLANCS = re.compile("([ \u1680\u2000-\u2006\u2008-\u200a\u205f\u3000\u200b]+)")
_AVANT_SIGNE = re.compile(r"(?<=\S) (?=[;:!?»%€](?!\w))|(?<=«) (?=\S)")
_APRES = frozenset("/-_.@?&,;:)")


@dataclass(frozen=True, slots=True)
class Morceau:
    """A part of a paragraph set otherwise than the rest."""

    texte: str
    gras: bool = False
    italique: bool = False
    couleur: str = ""


@dataclass(slots=True)
class Fragment:
    """Text of one face and colour on one line; ``reel`` is the text that it stands for when it differs."""

    texte: str
    face: Face
    couleur: str
    largeur: float
    reel: str = ""


@dataclass(slots=True)
class Mot:
    """Fragments that no line break may part, the blanks after them, and whether the line must end there."""

    fragments: list[Fragment]
    largeur: float = 0
    blancs: int = 0
    fin: bool = False


@dataclass(slots=True)
class Ligne:
    """A line ready to be drawn."""

    fragments: list[Fragment]
    largeur: float


def absents(textes: Iterable[str]) -> tuple[str, ...]:
    """Return the characters of *textes* that no embedded face has, in order of their codes."""
    polices = enregistrer_polices()
    connus = polices[Face.NORMAL].glyphes | polices[Face.SYMBOLES].glyphes
    restes = printable("".join(set().union(*textes) - connus))
    return tuple(sorted({c for c in restes if c not in connus and not _jamais_dessine(c)}))


def mots_de(morceaux: Sequence[Morceau], style: Style) -> list[Mot]:
    """Cut cleaned texts into words, each fragment in a face that has its characters."""
    mots = [Mot([])]
    for morceau in morceaux:
        texte = _propre(morceau.texte)
        texte = _AVANT_SIGNE.sub(NBSP, texte)  # a line never starts with «;» nor ends with «
        face = Face.GRAS if morceau.gras or style.gras else Face.NORMAL
        if (morceau.italique or style.italique) and face is Face.NORMAL:
            face = Face.ITALIQUE
        for i, ligne in enumerate(texte.split("\n")):
            if i:
                mots[-1].fin = True
                mots[-1].blancs += 1  # not seen, but words of two lines are not run together when read aloud
                mots.append(Mot([]))
            _ajoute(mots, ligne, face, morceau.couleur or style.couleur, style.corps)
    return mots


def _propre(texte: str) -> str:
    """Return what may be drawn of *texte*; texts of known signs, nearly all of them, are taken as they are."""
    if surs().issuperset(texte) and unicodedata.is_normalized("NFC", texte):
        return texte
    return printable(texte).replace("\t", "    ").replace("\u2028", "\n").replace("\u2029", "\n")


def _ajoute(mots: list[Mot], ligne: str, face: Face, couleur: str, corps: float) -> None:
    """Append the words of *ligne*; the first one continues the last word of *mots*."""
    for i, part in enumerate(_BLANCS.split(ligne)):
        if i % 2:
            mots[-1].blancs += len(part.replace("\u200b", ""))
            mots.append(Mot([]))
        elif part:
            for texte, choisie, reel in _faces(part, face):
                fragment = _fragment(texte, choisie, couleur, corps, reel)
                mots[-1].fragments.append(fragment)
                mots[-1].largeur += fragment.largeur


def _fragment(texte: str, face: Face, couleur: str, corps: float, reel: str = "") -> Fragment:
    avances = enregistrer_polices()[face].avances
    return Fragment(texte, face, couleur, sum([avances[c] for c in texte]) * corps / 1000, reel)


def _faces(texte: str, face: Face) -> Iterator[tuple[str, Face, str]]:
    """Cut *texte* into runs of one face; yields (drawn text, face, true text when it differs)."""
    polices = enregistrer_polices()
    premiers = polices[face].glyphes
    if surs().issuperset(texte):
        yield texte, face, ""
        return
    seconds = polices[Face.SYMBOLES].glyphes
    courant, suite = face, ""
    for c in texte:
        if _muet(c):
            continue
        if c not in premiers and c not in seconds:
            if suite:
                yield suite, courant, ""
            suite = ""
            yield (NBSP, face, "") if _blanc(c) else (CARRE, Face.SYMBOLES, c)
            continue
        voulue = face if c in premiers else Face.SYMBOLES
        if voulue is not courant and suite:
            yield suite, courant, ""
            suite = ""
        courant, suite = voulue, suite + c
    if suite:
        yield suite, courant, ""


def _muet(c: str) -> bool:
    """Say whether *c* is never drawn: joiners, marks of direction, soft hyphens, variation selectors."""
    return unicodedata.category(c) == "Cf" or "\ufe00" <= c <= "\ufe0f" or "\U000e0100" <= c <= "\U000e01ef"


def _jamais_dessine(c: str) -> bool:
    return c in "\n\t\u2028\u2029" or _muet(c) or _blanc(c)


def _blanc(c: str) -> bool:
    return unicodedata.category(c) == "Zs"


def composer(mots: Sequence[Mot], style: Style, largeur: float) -> list[Ligne]:
    """Set words in lines, greedily; a word wider than the line is cut between characters."""
    avance = enregistrer_polices()[Face.GRAS if style.gras else Face.NORMAL].avances[" "] * style.corps / 1000
    lignes: list[Ligne] = []
    courante: list[Mot] = []
    x = 0.0
    for mot in _decoupes(mots, style.corps, largeur):
        if courante and x + mot.largeur > largeur + 1e-6:
            lignes.append(_ligne(courante, avance, style))
            courante, x = [], 0.0
        courante.append(mot)
        x += mot.largeur + mot.blancs * avance
        if mot.fin:
            lignes.append(_ligne(courante, avance, style))
            courante, x = [], 0.0
    if courante:
        lignes.append(_ligne(courante, avance, style))
    return lignes


def _ligne(mots: Sequence[Mot], avance: float, style: Style) -> Ligne:
    """Join fragments of the same face and colour; trailing blanks are drawn but not counted."""
    fragments: list[Fragment] = []
    for mot in mots:
        for fragment in mot.fragments:
            dernier = fragments[-1] if fragments else None
            if dernier and (dernier.face, dernier.couleur, dernier.reel, fragment.reel) == (
                fragment.face, fragment.couleur, "", "",
            ):  # fmt: skip
                dernier.texte += fragment.texte
                dernier.largeur += fragment.largeur
            else:
                fragments.append(replace(fragment))
        if mot.blancs:
            _blanchir(fragments, mot.blancs, avance, style)
    largeur = sum(f.largeur for f in fragments) - (mots[-1].blancs * avance if mots else 0)
    return Ligne(_bidi(fragments, style.corps), largeur)


def _blanchir(fragments: list[Fragment], blancs: int, avance: float, style: Style) -> None:
    dernier = fragments[-1] if fragments else None
    # A blank between two right-to-left words turns with them: it stays in their fragment.
    if dernier and not dernier.reel and (dernier.face is not Face.SYMBOLES or _droite_a_gauche(dernier.texte[-1])):
        dernier.texte += " " * blancs
        dernier.largeur += avance * blancs
    else:
        face = Face.GRAS if style.gras else Face.NORMAL
        fragments.append(Fragment(" " * blancs, face, style.couleur, avance * blancs))


def _decoupes(mots: Sequence[Mot], corps: float, largeur: float) -> Iterator[Mot]:
    for mot in mots:
        if mot.largeur <= largeur:
            yield mot
        else:
            yield from _tranches(mot, corps, largeur)


def _tranches(mot: Mot, corps: float, largeur: float) -> Iterator[Mot]:
    """Cut a word that no line can hold, after a sign such as «/» when one is near the end of the line."""
    polices = enregistrer_polices()
    tranche = Mot([])
    for fragment in mot.fragments:
        avances = polices[fragment.face].avances
        debut, x = 0, tranche.largeur
        for i, c in enumerate(fragment.texte):
            pas = avances[c] * corps / 1000
            if x + pas > largeur and (i > debut or tranche.fragments):
                fin = _mieux(fragment.texte, debut, i)
                if fin > debut:
                    tranche.fragments.append(_morceler(fragment, debut, fin, corps))
                yield replace(tranche, largeur=sum(f.largeur for f in tranche.fragments))
                tranche, debut = Mot([]), fin
                x = sum(avances[d] for d in fragment.texte[fin:i]) * corps / 1000
            x += pas
        reste = _morceler(fragment, debut, len(fragment.texte), corps)
        tranche.fragments.append(reste)
        tranche.largeur += reste.largeur
    yield replace(tranche, largeur=sum(f.largeur for f in tranche.fragments), blancs=mot.blancs, fin=mot.fin)


def _mieux(texte: str, debut: int, fin: int) -> int:
    for i in range(fin, max(debut + 1, fin - 12), -1):
        if texte[i - 1] in _APRES:
            return i
    return fin


def _morceler(fragment: Fragment, debut: int, fin: int, corps: float) -> Fragment:
    return _fragment(fragment.texte[debut:fin], fragment.face, fragment.couleur, corps, fragment.reel)


def _bidi(fragments: list[Fragment], corps: float) -> list[Fragment]:
    """Turn runs of right-to-left letters so that they read on the line; their text stays in logical order."""
    sortie: list[Fragment] = []
    for fragment in fragments:
        # The text face has no right-to-left letter: only the face of the other alphabets is looked at.
        seconde = fragment.face is Face.SYMBOLES and not fragment.reel
        if not seconde or not any(map(_droite_a_gauche, fragment.texte)):
            sortie.append(fragment)
            continue
        for texte, tourne in _series(fragment.texte):
            vu = _retourne(texte) if tourne else texte
            sortie.append(_fragment(vu, fragment.face, fragment.couleur, corps, texte if tourne else ""))
    return sortie


def _droite_a_gauche(c: str) -> bool:
    return unicodedata.bidirectional(c) in {"R", "AL"}


def _series(texte: str) -> Iterator[tuple[str, bool]]:
    """Cut into runs: from a right-to-left letter to the last one before a letter or figure of the other way."""
    i = 0
    while i < len(texte):
        j = i
        if not _droite_a_gauche(texte[i]):
            while j < len(texte) and not _droite_a_gauche(texte[j]):
                j += 1
            yield texte[i:j], False
        else:
            fin = i
            while j < len(texte) and unicodedata.bidirectional(texte[j]) not in {"L", "EN", "AN"}:
                fin = j if _droite_a_gauche(texte[j]) or unicodedata.combining(texte[j]) else fin
                j += 1
            j = fin + 1
            yield texte[i:j], True
        i = j


def _retourne(texte: str) -> str:
    grappes: list[str] = []
    for c in texte:
        if unicodedata.combining(c) and grappes:
            grappes[-1] += c
        else:
            grappes.append(c)
    return "".join(reversed(grappes))
