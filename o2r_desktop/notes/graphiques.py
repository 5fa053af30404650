"""Charts of a note, in plain strokes: readable on a black-and-white copy, each with its finding in words."""

from collections.abc import Sequence

from o2r_desktop.notes.balisage import Element, Toile
from o2r_desktop.notes.blocs import Bloc, rvb
from o2r_desktop.notes.modele import Barre
from o2r_desktop.notes.paragraphe import Paragraphe, paragraphe
from o2r_desktop.notes.styles import ACTION, FOND_BARRE, TEXTE, Style
from o2r_desktop.text import nombre

_LIBELLE = Style(corps=8.6, interligne=11.2)
_VALEUR = Style(corps=8.6, interligne=11.2, gras=True, aligne="droite")
_PARTS = (0.62, 0.28, 0.1)
_MARGE = 1.7
_EPAISSEUR = 7.0


class Barres(Bloc):
    """A bar per section: label and weight, bar of 0 to 100, figure; the median of the lot is a stroke."""

    def __init__(self, barres: Sequence[Barre], constat: str, avant: float = 0) -> None:
        self.element = Element("Figure", alt=constat)
        self.avant = avant
        self._lignes: list[tuple[Barre, Paragraphe, Paragraphe]] = [
            (
                barre,
                paragraphe(f"{barre.libelle} ({barre.poids})", style=_LIBELLE, balise=None),
                paragraphe(nombre(barre.score, 0) if barre.score is not None else "–", style=_VALEUR, balise=None),
            )
            for barre in barres
        ]

    def _haut(self, libelle: Paragraphe, largeur: float) -> float:
        return libelle.hauteur(largeur * _PARTS[0] - 6) + 2 * _MARGE

    def hauteur(self, largeur: float) -> float:
        """Return the height of the rows."""
        return sum(self._haut(libelle, largeur) for _, libelle, _ in self._lignes)

    def dessine(self, toile: Toile, x: float, y: float, largeur: float) -> None:
        """Draw the rows as one figure."""
        self.element.boite = (x, y - self.hauteur(largeur), x + largeur, y)
        debut = x + largeur * _PARTS[0]
        longueur = largeur * _PARTS[1]
        with toile.dans(self.element):
            for barre, libelle, valeur in self._lignes:
                haut = self._haut(libelle, largeur)
                milieu = y - haut / 2
                libelle.dessine(toile, x, y - _MARGE, largeur * _PARTS[0] - 6)
                with toile.marque(None):
                    _trait(toile, barre, debut, milieu, longueur)
                fin = debut + longueur
                valeur.dessine(toile, fin, milieu + _VALEUR.interligne / 2, x + largeur - fin)
                y -= haut


def _trait(toile: Toile, barre: Barre, x: float, milieu: float, longueur: float) -> None:
    c = toile.canvas
    bas = milieu - _EPAISSEUR / 2
    c.setFillColorRGB(*rvb(FOND_BARRE))
    c.roundRect(x, bas, longueur, _EPAISSEUR, radius=1.5, stroke=0, fill=1)
    if barre.score:
        c.setFillColorRGB(*rvb(ACTION))
        c.roundRect(x, bas, longueur * float(barre.score) / 100, _EPAISSEUR, radius=1.5, stroke=0, fill=1)
    if barre.mediane is not None:
        ici = x + longueur * float(barre.mediane) / 100
        c.setStrokeColorRGB(1, 1, 1)
        c.setLineWidth(3)
        c.line(ici, bas - 2.5, ici, bas + _EPAISSEUR + 2.5)
        c.setStrokeColorRGB(*rvb(TEXTE))
        c.setLineWidth(1.4)
        c.line(ici, bas - 2.5, ici, bas + _EPAISSEUR + 2.5)
