"""Faces, sizes and colours of the papers (apparence.md); the one place that registers fonts."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from o2r_desktop.errors import NoteError
from o2r_desktop.notes.modele import Aligne, Ton
from o2r_desktop.resources import resource

MM = 72 / 25.4
PAGE = (210 * MM, 297 * MM)
MARGE = 15.3 * MM
HAUT = 12 * MM
BAS = 16 * MM
LARGEUR = PAGE[0] - 2 * MARGE
HAUTEUR = PAGE[1] - HAUT - BAS

TEXTE = "#161616"
SECOND = "#5a5a66"
ACTION = "#1d3c8f"
LIGNE = "#dcdde5"
FOND_BARRE = "#e4e5ec"
FILIGRANE = "#efeff4"
BLANC = "#ffffff"


class Face(StrEnum):
    """A face that is embedded: the text family, and one that has the signs and alphabets it lacks."""

    NORMAL = "NotoSans-Regular"
    GRAS = "NotoSans-Bold"
    ITALIQUE = "NotoSans-Italic"
    SYMBOLES = "DejaVuSans"


_TONS = {
    Ton.BON: ("#18753c", "#dff3e5"),
    Ton.ALERTE: ("#8a5300", "#fdeccf"),
    Ton.MAUVAIS: ("#b3172b", "#fde4e6"),
    Ton.NEUTRE: ("#44444f", "#ececf1"),
}


def encre(ton: Ton) -> str:
    """Return the colour of a word of this tone."""
    return _TONS[ton][0]


def fond(ton: Ton) -> str:
    """Return the colour behind a word of this tone."""
    return _TONS[ton][1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a paragraph is set; sizes in points."""

    corps: float = 9.5
    interligne: float = 13.6
    gras: bool = False
    italique: bool = False
    couleur: str = TEXTE
    aligne: Aligne = "gauche"

    def avec(
        self, *, aligne: Aligne | None = None, couleur: str | None = None, gras: bool | None = None
    ) -> "Style":
        """Return a copy with some values changed."""
        return replace(
            self,
            aligne=aligne or self.aligne,
            couleur=couleur or self.couleur,
            gras=self.gras if gras is None else gras,
        )


CORPS = Style()
TABLE = Style(corps=9, interligne=12.4)
ENTETE = Style(corps=8.5, interligne=11.5, gras=True)
PETIT = Style(corps=8.3, interligne=11.4, couleur=SECOND)
LEGENDE = Style(corps=8.3, interligne=11.4, couleur=SECOND, italique=True)
TITRE = Style(corps=19, interligne=24, gras=True)
SOUS_TITRE = Style(corps=11.5, interligne=15.5, couleur=SECOND)
H2 = Style(corps=13.5, interligne=18, gras=True)
H3 = Style(corps=10.5, interligne=14.5, gras=True)
VALEUR = Style(corps=13, interligne=18, gras=True)
AVIS = Style(corps=15.5, interligne=21, gras=True)


@dataclass(frozen=True, slots=True)
class Mesures:
    """What setting a line needs of a face: which characters it has, how wide each is (thousandths of the body)."""

    glyphes: frozenset[str]
    avances: Mapping[str, float]


@cache
def enregistrer_polices() -> Mapping[Face, Mesures]:
    """Register the four faces with ReportLab (its own registry, once) and return their measures.

    ``NoteError`` when a font file is missing or damaged.
    """
    return {face: _enregistrer(face) for face in Face}


@cache
def surs() -> frozenset[str]:
    """Return the characters of the text face that need no cleaning: neither controls, nor marks of format."""
    polices = enregistrer_polices()
    communs = polices[Face.NORMAL].glyphes & polices[Face.GRAS].glyphes & polices[Face.ITALIQUE].glyphes
    return frozenset(c for c in communs if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}) | {"\n"}


def _enregistrer(face: Face) -> Mesures:
    chemin = resource("fonts", f"{face}.ttf")
    try:
        police = TTFont(str(face), str(chemin))
    except (TTFError, OSError) as erreur:
        raise NoteError(f"La police « {chemin.name} » manque ou est abîmée : réinstallez O2R Desktop.") from erreur
    pdfmetrics.registerFont(police)
    visage = police.face
    codes = [code for code, glyphe in visage.charToGlyph.items() if glyphe]
    defaut = visage.defaultWidth
    return Mesures(
        glyphes=frozenset(map(chr, codes)),
        avances={chr(code): visage.charWidths.get(code, defaut) for code in codes},
    )
