"""Tables, lists and pills: blocks whose parts are elements of the structure tree."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from o2r_desktop.notes.balisage import Element, Toile
from o2r_desktop.notes.blocs import Bloc, Coupe, Pile, aplat, rvb, trace
from o2r_desktop.notes.modele import Aligne, Ton
from o2r_desktop.notes.paragraphe import Paragraphe, largeur_de, paragraphe
from o2r_desktop.notes.styles import CORPS, ENTETE, LIGNE, TABLE, TEXTE, Style, encre, fond

_PUCE = 11.0
_CELLULE = 3.6
_COURT = 130.0


class Pastille(Bloc):
    """A word in a coloured pill, with its sign; wraps nothing, so words must be short."""

    def __init__(self, texte: str, ton: Ton, balise: str | None = None) -> None:
        self._style = Style(corps=8.5, interligne=12.4, gras=True, couleur=encre(ton))
        self._texte = paragraphe(texte, style=self._style, balise=balise)
        self._large = largeur_de(texte, self._style)
        self._ton = ton

    def hauteur(self, largeur: float) -> float:
        """Return the height of the word."""
        return self._texte.hauteur(largeur - 10)

    def dessine(self, toile: Toile, x: float, y: float, largeur: float) -> None:
        """Draw the ground, then the word."""
        haut = self.hauteur(largeur)
        large = min(self._large, largeur - 10)
        aplat(toile, (x, y - haut - 0.8, large + 10, haut + 1.6), fond(self._ton), 6)
        self._texte.dessine(toile, x + 5, y, largeur - 10)


@dataclass(frozen=True, slots=True)
class Cellule:
    """A cell: its element (TH or TD) and what it holds."""

    element: Element
    bloc: Bloc


class Rangee(Bloc):
    """A row of a table; cut only when it is taller than a page."""

    def __init__(
        self,
        cellules: Sequence[Cellule],
        parts: Sequence[float],
        element: Element,
        *,
        filet: str = LIGNE,
        haut_min: float = 0,
        marge: float = _CELLULE,
        cadre: bool = False,
    ) -> None:
        self.cellules = tuple(cellules)
        self.parts = tuple(parts)
        self.element = element
        self.filet = filet
        self.haut_min = haut_min
        self.marge = marge
        self.cadre = cadre
        self._vu: tuple[float, float] | None = None

    def _largeurs(self, largeur: float) -> list[float]:
        total = sum(self.parts)
        return [largeur * part / total for part in self.parts]

    def _poses(self, largeur: float) -> Iterable[tuple[Cellule, float]]:
        return zip(self.cellules, self._largeurs(largeur), strict=True)

    def hauteur(self, largeur: float) -> float:
        """Return the height of the tallest cell with its margins."""
        if self._vu is None or self._vu[0] != largeur:
            contenu = max(c.bloc.hauteur(w - 2 * _CELLULE) for c, w in self._poses(largeur))
            self._vu = (largeur, max(contenu + 2 * self.marge, self.haut_min))
        return self._vu[1]

    def coupe(self, largeur: float, place: float, pleine: float) -> Coupe:
        """Cut each cell at the same height, when no page could hold the row whole."""
        haut = self.hauteur(largeur)
        if haut <= place:
            return self, None
        if haut <= pleine or place < 80:
            return None, self
        debuts, fins = [], []
        for cellule, w in self._poses(largeur):
            debut, fin = cellule.bloc.coupe(w - 2 * _CELLULE, place - 2 * self.marge, pleine)
            debuts.append(Cellule(cellule.element, debut or Pile(())))
            fins.append(Cellule(cellule.element, fin or Pile(())))
        if all(isinstance(c.bloc, Pile) and not c.bloc.blocs for c in debuts):
            return None, self
        return (
            Rangee(debuts, self.parts, self.element, filet=self.filet, marge=self.marge),
            Rangee(fins, self.parts, self.element, filet=self.filet, marge=self.marge),
        )

    def dessine(self, toile: Toile, x: float, y: float, largeur: float) -> None:
        """Draw the cells from left to right, then the rule under them."""
        with toile.dans(self.element):
            gauche = x
            for cellule, w in self._poses(largeur):
                with toile.dans(cellule.element):
                    cellule.bloc.dessine(toile, gauche + _CELLULE, y - self.marge, w - 2 * _CELLULE)
                gauche += w
        trace(toile, x, y - self.hauteur(largeur), largeur, self.filet, 0.6)
        if self.cadre:
            self._encadre(toile, x, y, largeur)

    def _encadre(self, toile: Toile, x: float, y: float, largeur: float) -> None:
        haut = self.hauteur(largeur)
        with toile.artefact():
            toile.canvas.setStrokeColorRGB(*rvb(LIGNE))
            toile.canvas.setLineWidth(0.6)
            for w in self._largeurs(largeur):
                toile.canvas.rect(x, y - haut, w, haut, stroke=1, fill=0)
                x += w


class Tableau(Bloc):
    """A table whose header row is drawn again, as decoration, on each page."""

    def __init__(
        self,
        entete: Rangee | None,
        rangees: Sequence[Rangee],
        element: Element,
        avant: float = 0,
        *,
        suite: bool = False,
    ) -> None:
        self.entete = entete
        self.corps = Pile(rangees)
        self.element = element
        self.avant = avant
        self._suite = suite

    def _haut(self, largeur: float) -> float:
        return self.entete.hauteur(largeur) if self.entete else 0

    def hauteur(self, largeur: float) -> float:
        """Return the height of the header and of the rows."""
        return self._haut(largeur) + self.corps.hauteur(largeur)

    def minimum(self, largeur: float) -> float:
        """Return the height of the header and of the first row."""
        entier = self.hauteur(largeur)
        return entier if self._entier(entier) else self._haut(largeur) + self.corps.minimum(largeur)

    def _entier(self, haut: float) -> bool:
        """Whether the table stays on one page: boxes to sign, and tables as short as a paragraph."""
        return haut < _COURT or any(isinstance(r, Rangee) and r.cadre for r in self.corps.blocs)

    def coupe(self, largeur: float, place: float, pleine: float) -> Coupe:
        """Cut between rows."""
        entier = self.hauteur(largeur)
        if entier <= place:
            return self, None
        if self._entier(entier) and entier <= pleine:
            return None, self
        haut = self._haut(largeur)
        debut, fin = self.corps.coupe(largeur, place - haut, pleine - haut)
        if debut is None:
            return None, self
        return self._partie(debut, suite=self._suite), self._partie(fin, suite=True)

    def _partie(self, corps: Bloc | None, *, suite: bool) -> "Tableau | None":
        if not isinstance(corps, Pile) or not corps.blocs:
            return None
        partie = Tableau(self.entete, (), self.element, self.avant, suite=suite)
        partie.corps = corps
        return partie

    def dessine(self, toile: Toile, x: float, y: float, largeur: float) -> None:
        """Draw the header (as decoration when it is repeated) and the rows."""
        with toile.dans(self.element):
            if self.entete and self._suite:
                with toile.artefact("Pagination"):
                    self.entete.dessine(toile, x, y, largeur)
            elif self.entete:
                self.entete.dessine(toile, x, y, largeur)
            self.corps.dessine(toile, x, y - self._haut(largeur), largeur)


def tableau(
    entetes: Sequence[str],
    lignes: Sequence[Sequence[str | Bloc]],
    parts: Sequence[float],
    alignes: Sequence[Aligne] = (),
    *,
    style: Style = TABLE,
    fortes: frozenset[int] = frozenset(),
    haut_min: float = 0,
    marge: float = _CELLULE,
    cadre: bool = False,
) -> Tableau:
    """Return a table; the first cell of each row is its header. *fortes* are rows set in bold.

    A cell that is a Bloc must have been made without an element of its own, or be a Pile of paragraphs.
    """
    cotes: tuple[Aligne, ...] = tuple(alignes) or tuple("gauche" for _ in parts)
    tete = None
    if entetes:
        cellules = [
            Cellule(Element("TH", portee="Column"), paragraphe(t, style=ENTETE.avec(aligne=c), balise=None))
            for t, c in zip(entetes, cotes, strict=True)
        ]
        tete = Rangee(cellules, parts, Element("TR"), filet=TEXTE, marge=marge)
    rangees = [
        Rangee(
            _cellules(ligne, cotes, style.avec(gras=True) if i in fortes else style),
            parts,
            Element("TR"),
            haut_min=haut_min,
            marge=marge,
            cadre=cadre,
        )
        for i, ligne in enumerate(lignes)
    ]
    return Tableau(tete, rangees, Element("Table"))


def _cellules(ligne: Sequence[str | Bloc], cotes: Sequence[Aligne], style: Style) -> list[Cellule]:
    cellules = []
    for i, (contenu, cote) in enumerate(zip(ligne, cotes, strict=True)):
        element = Element("TD") if i else Element("TH", portee="Row")
        if isinstance(contenu, Bloc):
            bloc = contenu
        else:
            bloc = paragraphe(contenu, style=style.avec(aligne=cote), balise=None)
        cellules.append(Cellule(element, bloc))
    return cellules


class Item(Bloc):
    """An item of a list: a bullet and a paragraph."""

    avant = 2.0

    def __init__(self, corps: Paragraphe, element: Element, etiquette: Element | None) -> None:
        self.corps = corps
        self.element = element
        self.etiquette = etiquette
        self.libelle = paragraphe("•", style=corps.style, balise=None)
        self.texte = corps.element

    def hauteur(self, largeur: float) -> float:
        """Return the height of the text."""
        return self.corps.hauteur(largeur - _PUCE)

    def minimum(self, largeur: float) -> float:
        """Return the least height of the text."""
        return self.corps.minimum(largeur - _PUCE)

    def coupe(self, largeur: float, place: float, pleine: float) -> Coupe:
        """Cut the text; the rest has no bullet."""
        debut, fin = self.corps.coupe(largeur - _PUCE, place, pleine)
        return (
            Item(debut, self.element, self.etiquette) if isinstance(debut, Paragraphe) else None,
            Item(fin, self.element, None if debut else self.etiquette) if isinstance(fin, Paragraphe) else None,
        )

    def dessine(self, toile: Toile, x: float, y: float, largeur: float) -> None:
        """Draw the bullet and the text."""
        with toile.dans(self.element):
            if self.etiquette is not None:
                with toile.dans(self.etiquette):
                    self.libelle.dessine(toile, x, y, _PUCE)
            self.corps.dessine(toile, x + _PUCE, y, largeur - _PUCE)


def liste(textes: Iterable[str], style: Style = CORPS, avant: float = 2) -> Pile:
    """Return a bulleted list."""
    items = [Item(paragraphe(t, style=style, balise="LBody"), Element("LI"), Element("Lbl")) for t in textes]
    return Pile(items, Element("L"), avant)
