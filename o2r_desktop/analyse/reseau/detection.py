"""Names of actors in a text: whole words, accents and case set aside, places kept as they are in the text."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from o2r_desktop.analyse.reseau.lieux import Lieu, lieux
from o2r_desktop.analyse.reseau.repertoire import Acteur

TEXTE_MAX = 200_000
"""Characters of one text that are read."""
_MOT = re.compile(r"(?:(?<![a-z0-9.])(?:[a-z]\.){3,}[a-z]?(?![a-z0-9]))|[a-z0-9œæ]+")
_LIANT = re.compile(r"[\s\-'’‘\u2010\u2011\u00ad_/]{0,4}")
_PARAGRAPHE = re.compile(r"\n\s*\n")
_ARRET = re.compile(r"[.;:!?•\n]")
_ACRONYME = re.compile(r"[A-Z0-9]{2,8}")
_COURT = 3
"""Letters up to which an acronym may be anything else: it needs capitals and words of the trade around it."""
_ORDINAIRES = frozenset({"PLIE", "MILO", "AVIP", "CADA"})
"""Longer acronyms that are also words, or names: they need their capitals."""
_CONNUS_MAX = 50_000
_ARTICLES = frozenset({"de", "du", "des", "d", "la", "le", "les", "l", "et"})

T = TypeVar("T")


class _Repli(dict[int, str]):
    """What each character is compared as: one for one, so that places in the text stay what they are."""

    def __missing__(self, code: int) -> str:
        caractere = chr(code)
        simple = unicodedata.normalize("NFD", caractere)[:1].lower()
        self[code] = simple if len(simple) == 1 else caractere
        if unicodedata.combining(caractere):
            self[code] = ""
        return self[code]


class _Singuliers(dict[str, str]):
    """The words already met, each with what it is compared as; forgotten when there are too many."""

    def __missing__(self, mot: str) -> str:
        if len(self) > _CONNUS_MAX:
            self.clear()
        self[mot] = simple = singulier(mot)
        return simple


class Mot(NamedTuple):
    """A word as it is compared, and where it stands in the text."""

    lettres: str
    debut: int
    fin: int


@dataclass(frozen=True, slots=True)
class TexteLu:
    """A text, its folded form and its words. ``places`` maps folded places to true ones, None when equal."""

    texte: str
    replie: str
    mots: tuple[Mot, ...]
    places: Sequence[int] | None = None

    def place(self, ici: int) -> int:
        """Return where a place of the folded text stands in the text itself."""
        return ici if self.places is None else self.places[ici]

    def liees(self, rang: int) -> bool:
        """Say whether a word and the next one are parted by a blank, a hyphen or an apostrophe only."""
        return bool(_LIANT.fullmatch(self.replie, self.mots[rang].fin, self.mots[rang + 1].debut)) and (
            not _PARAGRAPHE.search(self.replie, self.mots[rang].fin, self.mots[rang + 1].debut)
        )

    def arret(self, rang: int) -> bool:
        """Say whether a sentence or a line ends between a word and the next one."""
        return bool(_ARRET.search(self.replie, self.mots[rang].fin, self.mots[rang + 1].debut))

    def ecrit(self, debut: int, fin: int) -> str:
        """Return words as they are written."""
        return self.texte[self.place(self.mots[debut].debut) : self.place(self.mots[fin - 1].fin - 1) + 1]


@dataclass(frozen=True, slots=True)
class Trouve(Generic[T]):
    """Something found: the words from ``debut`` to ``fin`` (excluded)."""

    quoi: T
    debut: int
    fin: int


@dataclass(frozen=True, slots=True)
class Forme:
    """A way to write an actor. ``sigle``: its capitals count; ``contexte``: so do the words around it."""

    acteur: Acteur
    sigle: bool
    contexte: bool
    majuscule: bool = False


def singulier(mot: str) -> str:
    """Return a folded word without the mark of its plural, «oe» for «œ»."""
    mot = mot.replace("œ", "oe").replace("æ", "ae").replace(".", "")
    if len(mot) > 4 and mot.endswith("aux"):
        return mot[:-2] + "l"
    if len(mot) == 3 and mot == "2de":
        return "2e"
    return mot[:-1] if len(mot) > 3 and mot.endswith(("s", "x")) else mot


class Arbre(Generic[T]):
    """Sequences of words, the longest found first."""

    def __init__(self) -> None:
        self._par_mot: dict[str, list[tuple[tuple[str, ...], T]]] = {}

    def poser(self, mots: Sequence[str], quoi: T) -> None:
        """Add a sequence; the first added wins among equal ones."""
        suites = self._par_mot.setdefault(mots[0], [])
        if not any(suite == tuple(mots[1:]) for suite, _quoi in suites):
            suites.append((tuple(mots[1:]), quoi))
            suites.sort(key=lambda s: -len(s[0]))

    @property
    def debuts(self) -> Collection[str]:
        """The words that begin a sequence."""
        return self._par_mot.keys()

    def a(self, lu: TexteLu, rang: int) -> Iterable[Trouve[T]]:
        """Yield what stands at a word, the longest first."""
        mots = lu.mots
        for suite, quoi in self._par_mot.get(mots[rang].lettres, ()):
            fin = rang + 1 + len(suite)
            if fin <= len(mots) and all(
                mots[rang + 1 + i].lettres == mot and lu.liees(rang + i) for i, mot in enumerate(suite)
            ):
                yield Trouve(quoi, rang, fin)


class Index:
    """Finds the actors of a directory and the places of the region in texts; made once for a directory."""

    def __init__(self, acteurs: Iterable[Acteur]) -> None:
        self._repli = _Repli()
        self._singuliers = _Singuliers()
        self._acteurs: Arbre[Forme] = Arbre()
        self._lieux: Arbre[Lieu] = Arbre()
        for acteur in sorted(acteurs, key=lambda a: not a.local):
            for forme in acteur.formes or (acteur.nom,):
                self._poser_forme(acteur, forme)
        for lieu in lieux():
            mots = self.mots(lieu.nom)
            self._lieux.poser(mots, lieu)
            while mots[0] in _ARTICLES:  # «du Mans», «des Herbiers», «à La Flèche»
                mots = mots[1:]
                self._lieux.poser(mots, lieu)

    def lire(self, texte: str) -> TexteLu:
        """Cut a text in words."""
        texte = texte[:TEXTE_MAX]
        replie = texte.translate(self._repli)
        places: list[int] | None = None
        if len(replie) != len(texte):
            places = [rang for rang, c in enumerate(texte) if self._repli[ord(c)]]
        simples = self._singuliers
        mots = tuple([Mot(simples[m[0]], *m.span()) for m in _MOT.finditer(replie)])
        return TexteLu(texte=texte, replie=replie, mots=mots, places=places)

    def mots(self, texte: str) -> list[str]:
        """Return the words of a name."""
        return [mot.lettres for mot in self.lire(texte).mots]

    def acteurs(self, lu: TexteLu) -> list[Trouve[Forme]]:
        """Return the actors that a text names, in order, without overlap; acronyms are still to be weighed."""
        trouves: list[Trouve[Forme]] = []
        debuts = self._acteurs.debuts
        for rang, mot in enumerate(lu.mots):
            if mot.lettres not in debuts or (trouves and rang < trouves[-1].fin):
                continue
            ici = next((t for t in self._acteurs.a(lu, rang) if _bien_ecrit(lu, t)), None)
            if ici is not None:
                trouves.append(ici)
        return trouves

    def lieu(self, lu: TexteLu, rang: int) -> Trouve[Lieu] | None:
        """Return the place named at a word, None when there is none."""
        for trouve in self._lieux.a(lu, rang):
            if not trouve.quoi.majuscule or lu.ecrit(trouve.debut, trouve.fin)[:1].isupper():
                return trouve
        return None

    def _poser_forme(self, acteur: Acteur, forme: str) -> None:
        mots = self.mots(forme)
        if not mots:
            return
        sigle = bool(_ACRONYME.fullmatch(forme)) and any(c.isalpha() for c in forme)
        court = sigle and len(forme) <= _COURT
        self._acteurs.poser(
            mots,
            Forme(
                acteur=acteur,
                sigle=court or (sigle and forme in _ORDINAIRES),
                contexte=court and forme.isalpha(),
                majuscule=mots[0] in ("departement", "region"),
            ),
        )


def _bien_ecrit(lu: TexteLu, trouve: Trouve[Forme]) -> bool:
    """Say whether capitals are where the name wants them."""
    ecrit = lu.ecrit(trouve.debut, trouve.fin)
    if trouve.quoi.sigle:
        lettres = ecrit.replace(".", "")
        return lettres.isupper() or (len(lettres) > 2 and lettres[-1] == "s" and lettres[:-1].isupper())
    return not trouve.quoi.majuscule or ecrit[:1].isupper()
