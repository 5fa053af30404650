"""The characters of a page as lines and words: what lies under a point, what a passage covers and says."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from o2r_desktop.evaluation.reponses import Zone
from o2r_desktop.imports.pages_pdf import Lettres

ZONES_MAX = 100
"""Rectangles of one passage; beyond, one that holds them all says where it is."""
_COUPURE = re.compile("[\x02\u00ad\ufffe][\r\n]+")
_INVISIBLES = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FINS = "\r\n"


@dataclass(frozen=True, slots=True)
class Ligne:
    """Characters from ``debut`` to before ``fin``, and the rectangle that holds them."""

    debut: int
    fin: int
    zone: Zone
    debout: bool
    """Whether the words go up or down, as on a sheet that was scanned sideways."""


class TextePage:
    """The text of one page, by places between its characters from 0 to ``fin``."""

    def __init__(self, lettres: Lettres) -> None:
        self._texte, self._boites = lettres.texte, lettres.boites
        self.lignes = self._en_lignes()
        self._debuts = [ligne.debut for ligne in self.lignes]

    @property
    def fin(self) -> int:
        """The place after the last character; 0 when there is no text."""
        return self.lignes[-1].fin if self.lignes else 0

    def boite(self, rang: int) -> Zone:
        """Return the box of a character."""
        gauche, haut, droite, bas = self._boites[4 * rang : 4 * rang + 4]
        return gauche, haut, droite, bas

    # --- what lies where ----------------------------------------------------------------------------------

    def on_text(self, x: float, y: float) -> bool:
        """Say whether a point lies on a line."""
        return any(z[0] <= x <= z[2] and z[1] <= y <= z[3] for z in (ligne.zone for ligne in self.lignes))

    def place_at(self, x: float, y: float) -> int:
        """Return the place between two characters that is the nearest to a point."""
        rang = self._ligne_pres(x, y)
        if rang < 0:
            return 0
        ligne = self.lignes[rang]
        axe, ou = (1, y) if ligne.debout else (0, x)
        vus = [i for i in range(ligne.debut, ligne.fin) if self._a_une_boite(i)]
        pres = min(vus, key=lambda i: _ecart(ou, self.boite(i)[axe], self.boite(i)[axe + 2]))
        boite = self.boite(pres)
        apres = ou > (boite[axe] + boite[axe + 2]) / 2
        if len(vus) > 1 and self.boite(vus[0])[axe] > self.boite(vus[-1])[axe]:
            apres = not apres  # words that go up, or from right to left
        return pres + 1 if apres else pres

    def letter_at(self, x: float, y: float) -> int:
        """Return the character that is the nearest to a point, -1 without text."""
        rang = self._ligne_pres(x, y)
        if rang < 0:
            return -1
        ligne = self.lignes[rang]
        axe, ou = (1, y) if ligne.debout else (0, x)
        vus = (i for i in range(ligne.debut, ligne.fin) if self._a_une_boite(i))
        return min(vus, key=lambda i: _ecart(ou, self.boite(i)[axe], self.boite(i)[axe + 2]))

    def first_from(self, haut: float) -> int:
        """Return where the first line begins that is not above *haut*, a part of the page."""
        return next((ligne.debut for ligne in self.lignes if ligne.zone[3] > haut), 0)

    # --- words and lines ----------------------------------------------------------------------------------

    def word_at(self, rang: int) -> tuple[int, int]:
        """Return where the word of a character begins and ends."""
        debut, fin = rang, rang + 1
        if rang >= len(self._texte) or not _mot(self._texte[rang]):
            return debut, min(fin, self.fin)
        while debut > 0 and _mot(self._texte[debut - 1]):
            debut -= 1
        while fin < len(self._texte) and _mot(self._texte[fin]):
            fin += 1
        return debut, fin

    def line_at(self, rang: int) -> tuple[int, int]:
        """Return where the line of a character begins and ends."""
        if not self.lignes:
            return 0, 0
        ligne = self.lignes[max(0, bisect_right(self._debuts, rang) - 1)]
        return ligne.debut, ligne.fin

    def next_word(self, place: int) -> int:
        """Return the end of the word that comes after a place."""
        while place < self.fin and self._texte[place].isspace():
            place += 1
        while place < self.fin and not self._texte[place].isspace():
            place += 1
        return place

    def previous_word(self, place: int) -> int:
        """Return where the word before a place begins."""
        while place > 0 and self._texte[place - 1].isspace():
            place -= 1
        while place > 0 and not self._texte[place - 1].isspace():
            place -= 1
        return place

    def beside(self, place: int, pas: int) -> int:
        """Return the place above (-1) or below (1), at the same distance from the edge; an end beyond the last."""
        if not self.lignes:
            return 0
        rang = max(0, bisect_right(self._debuts, place) - 1)
        voulu = rang + pas
        if not 0 <= voulu < len(self.lignes):
            return 0 if voulu < 0 else self.fin
        ici, la = self.lignes[rang], self.lignes[voulu]
        lettre = min(max(place, ici.debut), ici.fin - 1)
        bord = 2 if place >= ici.fin else 0
        x = self.boite(lettre)[bord] if self._a_une_boite(lettre) else ici.zone[bord]
        if la.debout:
            return la.debut
        if bord == 2 and x >= la.zone[2]:
            return la.fin
        return self.place_at_line(voulu, x)

    def place_at_line(self, rang: int, x: float) -> int:
        """Return the place of a line that is the nearest to *x*."""
        ligne = self.lignes[rang]
        vus = [i for i in range(ligne.debut, ligne.fin) if self._a_une_boite(i)]
        pres = min(vus, key=lambda i: _ecart(x, self.boite(i)[0], self.boite(i)[2]))
        return pres + (x > (self.boite(pres)[0] + self.boite(pres)[2]) / 2)

    # --- passages -----------------------------------------------------------------------------------------

    def zones(self, debut: int, fin: int) -> tuple[Zone, ...]:
        """Return the rectangles of a passage, one a line."""
        zones = []
        for ligne in self.lignes:
            a, b = max(debut, ligne.debut), min(fin, ligne.fin)
            if a < b and (zone := self._union(a, b)) is not None:
                zones.append(zone)
        if len(zones) > ZONES_MAX:
            return (_tout(zones),)
        return tuple(zones)

    def texte(self, debut: int, fin: int) -> str:
        """Return the words of a passage; a word cut at the end of a line is whole again."""
        entier = _COUPURE.sub("", self._texte[debut:fin])
        return _INVISIBLES.sub("", entier.replace("\r\n", "\n").replace("\r", "\n")).strip()

    def passage_of(self, zones: tuple[Zone, ...]) -> tuple[int, int]:
        """Return where the characters begin and end whose middle lies in *zones*; (0, 0) when none does."""
        dedans = [
            i
            for i in range(len(self._texte))
            if self._a_une_boite(i) and any(_dans(self.boite(i), zone) for zone in zones)
        ]
        return (dedans[0], dedans[-1] + 1) if dedans else (0, 0)

    # --- inside -------------------------------------------------------------------------------------------

    def _a_une_boite(self, rang: int) -> bool:
        return (
            self._boites[4 * rang + 2] > self._boites[4 * rang]
            and self._boites[4 * rang + 3] > self._boites[4 * rang + 1]
        )

    def _union(self, debut: int, fin: int) -> Zone | None:
        boites = [self.boite(i) for i in range(debut, fin) if self._a_une_boite(i)]
        return _tout(boites) if boites else None

    def _en_lignes(self) -> list[Ligne]:
        lignes: list[Ligne] = []
        debut = fin = -1
        cadre: list[float] = []
        sens: bool | None = None

        def clore() -> None:
            if cadre:
                gauche, haut, droite, bas = cadre
                lignes.append(Ligne(debut, fin, (gauche, haut, droite, bas), bool(sens)))

        for rang, lettre in enumerate(self._texte):
            if lettre in _FINS or not self._a_une_boite(rang):
                continue
            boite = self.boite(rang)
            suite = bool(cadre) and not any(c in _FINS for c in self._texte[fin:rang])
            if suite and sens is None:
                sens = _debout(cadre, boite)
            axe = 0 if sens else 1
            if suite and cadre[axe] < (boite[axe] + boite[axe + 2]) / 2 < cadre[axe + 2]:
                for i in (0, 1):
                    cadre[i], cadre[i + 2] = min(cadre[i], boite[i]), max(cadre[i + 2], boite[i + 2])
            else:
                clore()
                debut, cadre, sens = rang, list(boite), None
            fin = rang + 1
        clore()
        return lignes

    def _ligne_pres(self, x: float, y: float) -> int:
        if not self.lignes:
            return -1
        return min(range(len(self.lignes)), key=lambda i: _loin(x, y, self.lignes[i].zone))


def _mot(lettre: str) -> bool:
    return lettre.isalnum() or lettre in "_'’-" or lettre in "\x02\u00ad"


def _debout(cadre: list[float], boite: Zone) -> bool:
    """Say whether a character follows those of *cadre* upwards or downwards."""
    dx = abs((boite[0] + boite[2]) - (cadre[0] + cadre[2]))
    dy = abs((boite[1] + boite[3]) - (cadre[1] + cadre[3]))
    return dy > dx and min(cadre[2], boite[2]) - max(cadre[0], boite[0]) > 0.6 * (boite[2] - boite[0])


def _ecart(ou: float, debut: float, fin: float) -> float:
    return max(debut - ou, ou - fin, 0.0)


def _loin(x: float, y: float, zone: Zone) -> float:
    """Return how far a point is from a line; what lies above or below counts more than what lies beside."""
    return _ecart(x, zone[0], zone[2]) + 4 * _ecart(y, zone[1], zone[3])


def _dans(boite: Zone, zone: Zone) -> bool:
    x, y = (boite[0] + boite[2]) / 2, (boite[1] + boite[3]) / 2
    return zone[0] <= x <= zone[2] and zone[1] <= y <= zone[3]


def _tout(zones: list[Zone]) -> Zone:
    gauches, hauts, droites, bas = zip(*zones, strict=True)
    return min(gauches), min(hauts), max(droites), max(bas)
