"""The one place where words become glyphs: no markup is read, so none can be injected.

Every text goes through ``paragraphe()``: NFC, no control characters or direction overrides, a second face for
characters that the first lacks, □ (with the true character as its text) for those that none has.
"""

from collections.abc import Sequence

from reportlab.pdfgen.textobject import PDFTextObject

from o2r_desktop.notes.balisage import Element, Toile
from o2r_desktop.notes.blocs import Bloc, Coupe, rvb
from o2r_desktop.notes.composition import Fragment, Ligne, Morceau, Mot, composer, mots_de
from o2r_desktop.notes.styles import CORPS, Style
from o2r_desktop.text import printable


def paragraphe(
    *morceaux: str | Morceau,
    style: Style = CORPS,
    balise: str | None = "P",
    vers: str = "",
    avant: float = 0,
) -> "Paragraphe":
    """Return a paragraph of *morceaux* in the element *balise* (None: in the open element).

    *vers* makes the whole of it a link to that anchor.
    """
    parts = [Morceau(m) if isinstance(m, str) else m for m in morceaux]
    mots = mots_de(parts, style)
    element = None if balise is None and not vers else Element(balise or "P")
    return Paragraphe(mots, style, element, vers, "".join(p.texte for p in parts), avant)


def largeur_de(texte: str, style: Style) -> float:
    """Return the width of one line of *texte*."""
    ligne = composer(paragraphe(texte, style=style).mots, style, 1e9)
    return max((li.largeur for li in ligne), default=0)


def abrege(texte: str, style: Style, largeur: float) -> str:
    """Return *texte* on one line, cut with «…» when it is too wide (footers only)."""
    texte = " ".join(printable(texte[:400]).split())
    if largeur_de(texte, style) <= largeur:
        return texte
    debut, fin = 0, len(texte)
    while debut < fin:
        milieu = (debut + fin + 1) // 2
        if largeur_de(texte[:milieu] + "…", style) <= largeur:
            debut = milieu
        else:
            fin = milieu - 1
    return texte[:debut].rstrip() + "…"


class Paragraphe(Bloc):
    """A text set in lines; made by ``paragraphe()`` only."""

    def __init__(
        self, mots: Sequence[Mot], style: Style, element: Element | None, vers: str, texte: str, avant: float
    ) -> None:
        self.mots = mots
        self.style = style
        self.element = element
        self.vers = vers
        self.texte = texte
        self.avant = avant
        self._largeur: float | None = None
        self._lignes: list[Ligne] = []
        self._fige = False

    def lignes(self, largeur: float) -> list[Ligne]:
        """Return the lines at this width."""
        if largeur != self._largeur and not self._fige:
            self._lignes = composer(self.mots, self.style, largeur)
            self._largeur = largeur
        return self._lignes

    def hauteur(self, largeur: float) -> float:
        """Return the height of the lines."""
        return len(self.lignes(largeur)) * self.style.interligne

    def minimum(self, largeur: float) -> float:
        """Return the height of two lines, or of three when only three exist (no lone last line)."""
        n = len(self.lignes(largeur))
        return (n if n <= 3 else 2) * self.style.interligne

    def coupe(self, largeur: float, place: float, pleine: float) -> Coupe:
        """Cut between lines, leaving at least two on each side."""
        del pleine
        lignes = self.lignes(largeur)
        n = int(place / self.style.interligne + 1e-6)
        if n >= len(lignes):
            return self, None
        n = min(n, len(lignes) - 2)
        if n < 2:
            return None, self
        return self._partie(lignes[:n]), self._partie(lignes[n:])

    def _partie(self, lignes: list[Ligne]) -> "Paragraphe":
        partie = Paragraphe((), self.style, self.element, self.vers, self.texte, self.avant)
        partie._lignes, partie._fige = lignes, True
        return partie

    def dessine(self, toile: Toile, x: float, y: float, largeur: float) -> None:
        """Draw the lines as content of the element, and the link over them."""
        lignes = self.lignes(largeur)
        if self.vers and not toile.mene(self.vers):
            return
        if not self.vers:
            with toile.marque(self.element):
                self._ecris(toile, x, y, largeur, lignes)
            return
        lien = Element("Link")
        with toile.dans(self.element):
            with toile.marque(lien):
                self._ecris(toile, x, y, largeur, lignes)
            bout = max((li.largeur for li in lignes), default=0)
            debut = x + _decalage(self.style, largeur, bout)
            toile.lien(lien, self.vers, self.texte, (debut, y - self.hauteur(largeur), debut + bout, y))

    def _ecris(self, toile: Toile, x: float, y: float, largeur: float, lignes: list[Ligne]) -> None:
        style = self.style
        base = y - (style.interligne + style.corps * 0.71) / 2
        plume = toile.canvas.beginText()
        for ligne in lignes:
            ici = x + _decalage(style, largeur, ligne.largeur)
            plume.setTextOrigin(ici, base)
            for fragment in ligne.fragments:
                if fragment.reel:
                    toile.canvas.drawText(plume)
                    seul = toile.canvas.beginText(ici, base)
                    with toile.remplace(fragment.reel):
                        _pose(seul, fragment, style.corps)
                        toile.canvas.drawText(seul)
                    plume = toile.canvas.beginText(ici + fragment.largeur, base)
                else:
                    _pose(plume, fragment, style.corps)
                ici += fragment.largeur
            base -= style.interligne
        toile.canvas.drawText(plume)


def _pose(plume: PDFTextObject, fragment: Fragment, corps: float) -> None:
    plume.setFont(str(fragment.face), corps)
    plume.setFillColorRGB(*rvb(fragment.couleur))
    plume.textOut(fragment.texte)


def _decalage(style: Style, largeur: float, occupe: float) -> float:
    if style.aligne == "droite":
        return largeur - occupe
    return (largeur - occupe) / 2 if style.aligne == "centre" else 0
