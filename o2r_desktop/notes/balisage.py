"""The structure tree, and a canvas where each mark is content of an element or an artifact (PDF/UA-1 § 7.1)."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas


@dataclass(frozen=True, slots=True)
class Marque:
    """A marked-content sequence: page from 0, number on that page."""

    page: int
    mcid: int


@dataclass(frozen=True, slots=True)
class Annotation:
    """A link annotation: page from 0, rank in /Annots."""

    page: int
    rang: int


class Element:
    """A node of the structure tree. Halves of a block cut by a page break share one element."""

    __slots__ = ("alt", "attache", "balise", "boite", "enfants", "portee")

    def __init__(self, balise: str, *, alt: str = "", portee: str = "") -> None:
        self.balise = balise
        self.alt = alt
        self.portee = portee
        self.boite: tuple[float, float, float, float] | None = None
        self.attache = False
        self.enfants: list[Element | Marque | Annotation] = []


class Toile:
    """Draws on a canvas and grows the structure tree in drawing order, which is the reading order."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.racine = Element("Document")
        self.page = 0
        self._ouverts = [self.racine]
        self._mcid = 0
        self._liens = 0
        self._muet = False
        self.prefixe = ""
        """Put before the places and links that are drawn: several notes in one file do not share their anchors."""
        self.menees: frozenset[str] | None = None
        """The only places that links may lead to, None for all: a link that leads nowhere is not drawn."""

    def mene(self, ancre: str) -> bool:
        """Say whether a link to *ancre* leads somewhere."""
        return self.menees is None or ancre in self.menees

    @contextmanager
    def dans(self, element: Element | None) -> Iterator[None]:
        """Make *element* the parent of what is drawn inside; None changes nothing."""
        if element is None or self._muet:
            yield
            return
        self._attache(element)
        self._ouverts.append(element)
        yield
        self._ouverts.pop()

    @contextmanager
    def marque(self, element: Element | None) -> Iterator[None]:
        """Mark what is drawn as content of *element*, or of the open one when it is None."""
        if self._muet:
            yield
            return
        if element is None:
            element = self._ouverts[-1]
        else:
            self._attache(element)
        element.enfants.append(Marque(self.page, self._mcid))
        self.canvas.addLiteral(f"/{element.balise} <</MCID {self._mcid}>> BDC")
        self._mcid += 1
        yield
        self.canvas.addLiteral("EMC")

    @contextmanager
    def artefact(self, genre: str = "Layout") -> Iterator[None]:
        """Mark what is drawn as decoration: rules, grounds, footers, repeated header rows."""
        if self._muet:
            yield
            return
        self._muet = True
        self.canvas.addLiteral(f"/Artifact <</Type /{genre}>> BDC")
        yield
        self.canvas.addLiteral("EMC")
        self._muet = False

    @contextmanager
    def remplace(self, texte: str) -> Iterator[None]:
        """Give *texte* as the text of the glyphs drawn inside (they stand for something else)."""
        code = texte.encode("utf-16-be", "surrogatepass").hex().upper()
        self.canvas.addLiteral(f"/Span <</ActualText <FEFF{code}>>> BDC")
        yield
        self.canvas.addLiteral("EMC")

    def lien(self, element: Element, ancre: str, texte: str, boite: Sequence[float]) -> None:
        """Add a link to *ancre* over *boite* (x0, y0, x1, y1) and tie it to *element*."""
        if self._muet:
            return
        self.canvas.linkRect(texte, self.prefixe + ancre, list(boite), relative=1, thickness=0)
        element.enfants.append(Annotation(self.page, self._liens))
        self._liens += 1

    def signet(self, titre: str, ancre: str, niveau: int, haut: float) -> None:
        """Make a bookmark and a named place at *haut*; *niveau* 0 is the root."""
        nom = self.prefixe + ancre
        self.canvas.bookmarkPage(nom, fit="XYZ", left=0, top=haut)
        self.canvas.addOutlineEntry(titre, nom, niveau, closed=niveau > 0)

    def tourne(self) -> None:
        """End the page."""
        self.canvas.showPage()
        self.page += 1
        self._mcid = self._liens = 0

    def _attache(self, element: Element) -> None:
        if not element.attache:
            element.attache = True
            self._ouverts[-1].enfants.append(element)
