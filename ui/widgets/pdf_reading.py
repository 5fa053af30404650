"""Reading a PDF with pypdfium2, which is not thread-safe: everything here runs in the thread of PdfWorker.

What is opened is closed at once or by ``close``: a finaliser would call pdfium from any thread.
"""

from contextlib import closing
from dataclasses import dataclass
from typing import Any

from PySide6.QtGui import QImage

from o2r_desktop.text import normalise

IMAGE_MAX = 24 * 2**20
"""Bytes of the picture of one page; a larger one is drawn smaller and stretched."""
_FIN_DE_TEXTE = 200_000
_REPERE = 100_000
Zone = tuple[float, float, float, float]


class PdfUnreadableError(Exception):
    """The document cannot be shown; the text is a French sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A place where a text was found: page from 0, rectangles (left, top, right, bottom) in parts of the page."""

    page: int
    zones: tuple[Zone, ...]


class PdfReading:
    """One document open in pdfium."""

    def __init__(self, octets: bytes) -> None:
        import pypdfium2

        self._textes: dict[int, str] = {}
        try:
            self._document: Any = pypdfium2.PdfDocument(octets)
        except pypdfium2.PdfiumError as erreur:
            raise PdfUnreadableError(_phrase(octets, str(erreur))) from erreur
        self._document.init_forms()
        self.sizes: tuple[tuple[float, float], ...] = tuple(
            _size(self._document.get_page_size(i)) for i in range(len(self._document))
        )
        if not self.sizes:
            self._document.close()
            raise PdfUnreadableError("Ce PDF n’a aucune page : il n’y a rien à montrer.")

    def close(self) -> None:
        """Give back what pdfium holds."""
        self._document.close()

    def render(self, page: int, largeur: int) -> QImage:
        """Return the picture of a page, *largeur* pixels wide or less when too heavy; null when damaged."""
        import pypdfium2

        pt_largeur, pt_hauteur = self.sizes[page]
        echelle = min((largeur - 0.01) / pt_largeur, (IMAGE_MAX / 4 / (pt_largeur * pt_hauteur)) ** 0.5)
        try:
            with closing(self._document[page]) as feuille:
                bitmap = feuille.render(scale=echelle, force_bitmap_format=pypdfium2.raw.FPDFBitmap_BGRx)
        except pypdfium2.PdfiumError:
            return QImage()
        with closing(bitmap):
            forme = QImage.Format.Format_RGB32
            return QImage(memoryview(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, forme).copy()

    def text(self, page: int) -> str:
        """Return the text of a page, one character for each that pdfium counts; empty when damaged."""
        if page not in self._textes:
            import pypdfium2

            try:
                with closing(self._document[page]) as feuille, closing(feuille.get_textpage()) as texte:
                    compte = min(texte.count_chars(), _FIN_DE_TEXTE)
                    code = pypdfium2.raw.FPDFText_GetUnicode
                    self._textes[page] = "".join(chr(code(texte, i)) for i in range(compte))
            except pypdfium2.PdfiumError:
                self._textes[page] = ""
        return self._textes[page]

    def search(self, page: int, texte: str) -> tuple[Hit, ...]:
        """Return where a text already normalised is found on a page: case and accents do not count."""
        places = find(self.text(page), texte)
        if not places:
            return ()
        with closing(self._document[page]) as feuille, closing(feuille.get_textpage()) as textpage:
            return tuple(Hit(page=page, zones=_zones(feuille, textpage, *place)) for place in places)


def _zones(feuille: Any, textpage: Any, debut: int, compte: int) -> tuple[Zone, ...]:
    from pypdfium2 import PdfPosConv

    vers_image = PdfPosConv(feuille, (0, 0, _REPERE, _REPERE, 0)).to_bitmap  # knows of crop and rotation
    zones = []
    for rang in range(textpage.count_rects(debut, compte)):
        gauche, bas, droite, haut = textpage.get_rect(rang)
        (x0, y0), (x1, y1) = vers_image(gauche, haut), vers_image(droite, bas)
        zones.append((min(x0, x1) / _REPERE, min(y0, y1) / _REPERE, max(x0, x1) / _REPERE, max(y0, y1) / _REPERE))
    return tuple(zones)


def find(texte: str, cherche: str) -> list[tuple[int, int]]:
    """Return (first character, count) of each place where *cherche*, normalised, is found in *texte*."""
    plat, origine = _fold(texte)
    places: list[tuple[int, int]] = []
    depuis = plat.find(cherche) if cherche else -1
    while depuis >= 0:
        fin = depuis + len(cherche)
        places.append((origine[depuis], origine[fin - 1] + 1 - origine[depuis]))
        depuis = plat.find(cherche, fin)
    return places


def _fold(texte: str) -> tuple[str, list[int]]:
    """Return *texte* normalised and, for each of its characters, where it comes from."""
    plats: dict[str, str] = {}
    sortie: list[str] = []
    origine: list[int] = []
    for i, c in enumerate(texte):
        if c not in plats:
            plats[c] = " " if c.isspace() else normalise(c)
        if plats[c] == " " and sortie and sortie[-1] == " ":
            continue
        sortie.extend(plats[c])
        origine.extend([i] * len(plats[c]))
    return "".join(sortie), origine


def _size(points: tuple[float, float]) -> tuple[float, float]:
    return max(1.0, points[0]), max(1.0, points[1])


def _phrase(octets: bytes, detail: str) -> str:
    if not octets:
        return "Ce fichier est vide : il n’y a rien à montrer."
    if "password" in detail.lower():
        return "Ce PDF est protégé par un mot de passe : ouvrez-le avec votre lecteur de PDF."
    return "Ce PDF est abîmé, ou n’est pas un PDF : il ne peut pas être montré."
