"""Pages drawn into a file: what every paper bears, whatever it says (PDF/UA-1 and PDF/A-3a, the same bytes)."""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from o2r_desktop.notes.balisage import Toile
from o2r_desktop.notes.blocs import rvb
from o2r_desktop.notes.conformite import Entete, PieceJointe, conformer
from o2r_desktop.notes.mise_en_page import Page
from o2r_desktop.notes.paragraphe import paragraphe
from o2r_desktop.notes.styles import (
    BAS,
    FILIGRANE,
    HAUT,
    LARGEUR,
    LIGNE,
    MARGE,
    PAGE,
    SECOND,
    Face,
    Style,
)
from o2r_desktop.text import printable

PIED = Style(corps=7.6, interligne=10, couleur=SECOND)
_LIGNES = re.compile("[\n\t\u2028\u2029]")
_HORS_XML = re.compile("[\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Feuille:
    """A page with its foot; ``prefixe`` and ``menees`` as in ``balisage.Toile``."""

    page: Page
    pied: str
    rang: str
    projet: bool = False
    prefixe: str = ""
    menees: frozenset[str] | None = None


def tirer(feuilles: Iterable[Feuille], entete: Entete, jointes: Sequence[PieceJointe] = ()) -> bytes:
    """Draw the sheets as they come and return the finished file."""
    sortie = io.BytesIO()
    police: Any = str(Face.NORMAL)  # the stubs want a float
    canvas = Canvas(sortie, pagesize=PAGE, invariant=1, pageCompression=0, initialFontName=police, lang="fr-FR")
    canvas.setTitle(entete.titre)
    toile = Toile(canvas)
    for feuille in feuilles:
        _dessiner(toile, feuille)
    canvas.save()
    return conformer(sortie.getvalue(), toile.racine, entete, jointes)


def sur_une_ligne(texte: str) -> str:
    """Return a text that titles and XML take: one line, no control character (XML 1.0 § 2.2)."""
    return _HORS_XML.sub("", _LIGNES.sub(" ", printable(texte)))


def _dessiner(toile: Toile, feuille: Feuille) -> None:
    toile.prefixe, toile.menees = feuille.prefixe, feuille.menees
    if feuille.projet:
        _filigrane(toile)
    for bloc, depuis in feuille.page.places:
        bloc.dessine(toile, MARGE, PAGE[1] - HAUT - depuis, LARGEUR)
    _pied(toile, feuille)
    toile.tourne()


def _filigrane(toile: Toile) -> None:
    c = toile.canvas
    with toile.artefact("Pagination"):
        c.saveState()
        c.translate(PAGE[0] / 2, PAGE[1] / 2)
        c.rotate(54)
        c.setFont(str(Face.GRAS), 150)
        c.setFillColorRGB(*rvb(FILIGRANE))
        c.drawCentredString(0, -50, "PROJET")
        c.restoreState()


def _pied(toile: Toile, feuille: Feuille) -> None:
    y = BAS - 10
    with toile.artefact("Pagination"):
        toile.canvas.setStrokeColorRGB(*rvb(LIGNE))
        toile.canvas.setLineWidth(0.6)
        toile.canvas.line(MARGE, y + 3, MARGE + LARGEUR, y + 3)
        paragraphe(feuille.pied, style=PIED).dessine(toile, MARGE, y, LARGEUR - 40)
        paragraphe(feuille.rang, style=PIED.avec(aligne="droite")).dessine(toile, MARGE, y, LARGEUR)
