"""Pages of a PDF drawn, read and searched with pypdfium2, which is not thread-safe: one thread at a time.

What is opened is closed at once or by ``close``: a finaliser would call pdfium from any thread.
"""

from __future__ import annotations

from array import array
from contextlib import closing
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path
from typing import Any

from o2r_desktop.text import normalise

IMAGE_MAX = 24 * 2**20
"""Bytes of the picture of one page; a larger one is drawn smaller and stretched."""
PAGES_MAX = 5_000
"""Pages that are shown of one document: a view places them all."""
COTE_MAX = 14_400.0
"""Points of the side of a page: the most that PDF 1.7 allows (annex C)."""
_FIN_DE_TEXTE = 200_000
_REPERE = 100_000
_COTE_SUR = 1000
"""Points between two corners that tell where pdfium puts what it draws."""
_INCONNU = "\ufffd"
Zone = tuple[float, float, float, float]
Size = tuple[float, float]


class PdfUnreadableError(Exception):
    """The document cannot be shown; the text is a French sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A place where a text was found: page from 0, rectangles (left, top, right, bottom) in parts of the page."""

    page: int
    zones: tuple[Zone, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dessin:
    """The picture of a page, four bytes a pixel (blue, green, red, nothing); ``pas`` is the bytes of a line."""

    largeur: int
    hauteur: int
    pas: int
    octets: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Lettres:
    """The characters of a page in reading order, and four floats for each: left, top, right, bottom in parts of it.

    A character that takes no room, such as the end of a line, has a box of width 0.
    """

    texte: str = ""
    boites: array[float] = field(default_factory=lambda: array("f"))

    @property
    def valides(self) -> bool:
        """Whether there is a box for each character, within the page."""
        if len(self.boites) != 4 * len(self.texte):
            return False
        return not self.boites or (isfinite(sum(self.boites)) and min(self.boites) >= 0 and max(self.boites) <= 1)


class DocumentPdf:
    """One document open in pdfium. ``total`` counts its pages, ``sizes`` has those that are shown, in points."""

    def __init__(self, source: bytes | Path) -> None:
        import pypdfium2

        self._textes: dict[int, str] = {}
        try:
            self._document: Any = pypdfium2.PdfDocument(source)
        except (pypdfium2.PdfiumError, FileNotFoundError) as erreur:
            raise PdfUnreadableError(_phrase(source, str(erreur))) from erreur
        self._document.init_forms()
        self.total = len(self._document)
        self.sizes: tuple[Size, ...] = tuple(self._size(i) for i in range(min(self.total, PAGES_MAX)))
        if not self.sizes:
            self._document.close()
            raise PdfUnreadableError("Ce PDF n’a aucune page : il n’y a rien à montrer.")

    def close(self) -> None:
        """Give back what pdfium holds."""
        self._document.close()

    def render(self, page: int, largeur: int) -> Dessin | None:
        """Return the picture of a page, *largeur* pixels wide or less when too heavy; None when damaged."""
        import pypdfium2

        try:
            with closing(self._document[page]) as feuille:
                pt_largeur, pt_hauteur = (max(1.0, cote) for cote in feuille.get_size())
                echelle = min((largeur - 0.01) / pt_largeur, (IMAGE_MAX / 4 / (pt_largeur * pt_hauteur)) ** 0.5)
                bitmap = feuille.render(scale=echelle, force_bitmap_format=pypdfium2.raw.FPDFBitmap_BGRx)
        except pypdfium2.PdfiumError:
            return None
        with closing(bitmap):
            return Dessin(
                largeur=bitmap.width, hauteur=bitmap.height, pas=bitmap.stride, octets=bytes(bitmap.buffer)
            )

    def text(self, page: int) -> str:
        """Return the text of a page, character for character as pdfium counts them; «» when damaged."""
        import pypdfium2

        if page not in self._textes:
            try:
                with closing(self._document[page]) as feuille, closing(feuille.get_textpage()) as textpage:
                    code, texte = pypdfium2.raw.FPDFText_GetUnicode, textpage.raw
                    compte = min(textpage.count_chars(), _FIN_DE_TEXTE)
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

    def letters(self, page: int) -> Lettres:
        """Return the characters of a page with their boxes, the first 200,000 of them; none when damaged."""
        import pypdfium2

        try:
            with closing(self._document[page]) as feuille, closing(feuille.get_textpage()) as textpage:
                return _lettres(feuille, textpage)
        except pypdfium2.PdfiumError:
            return Lettres()

    def _size(self, page: int) -> Size:
        largeur, hauteur = self._document.get_page_size(page)
        return min(COTE_MAX, max(1.0, largeur)), min(COTE_MAX, max(1.0, hauteur))


def _zones(feuille: Any, textpage: Any, debut: int, compte: int) -> tuple[Zone, ...]:
    from pypdfium2 import PdfPosConv

    vers_image = PdfPosConv(feuille, (0, 0, _REPERE, _REPERE, 0)).to_bitmap  # knows of crop and rotation
    zones = []
    for rang in range(textpage.count_rects(debut, compte)):
        gauche, bas, droite, haut = textpage.get_rect(rang)
        (x0, y0), (x1, y1) = vers_image(gauche, haut), vers_image(droite, bas)
        zones.append((min(x0, x1) / _REPERE, min(y0, y1) / _REPERE, max(x0, x1) / _REPERE, max(y0, y1) / _REPERE))
    return tuple(zones)


def _lettres(feuille: Any, textpage: Any) -> Lettres:
    from ctypes import byref, c_double

    from pypdfium2 import PdfPosConv, raw

    vers_image = PdfPosConv(feuille, (0, 0, _REPERE, _REPERE, 0)).to_bitmap
    (x0, y0), (x1, y1), (x2, y2) = vers_image(0, 0), vers_image(_COTE_SUR, 0), vers_image(0, _COTE_SUR)
    pas = _REPERE * _COTE_SUR
    a, b, c, d, e, f = (
        (x1 - x0) / pas, (y1 - y0) / pas, (x2 - x0) / pas, (y2 - y0) / pas, x0 / _REPERE, y0 / _REPERE,
    )  # fmt: skip
    ample, serre, texte = raw.FS_RECTF(), [c_double() for _ in range(4)], textpage.raw
    pointeur, pointeurs = byref(ample), [byref(cote) for cote in serre]
    compte = min(textpage.count_chars(), _FIN_DE_TEXTE)
    boites = array("f", bytes(16 * compte))
    for i in range(compte):
        if raw.FPDFText_GetLooseCharBox(texte, i, pointeur) and ample.right > ample.left:
            gauche, haut, droite, bas = ample.left, ample.top, ample.right, ample.bottom
        elif raw.FPDFText_GetCharBox(texte, i, *pointeurs):
            gauche, droite, bas, haut = (cote.value for cote in serre)
        else:
            continue
        xs = (_borne(a * gauche + c * haut + e), _borne(a * droite + c * bas + e))
        ys = (_borne(b * gauche + d * haut + f), _borne(b * droite + d * bas + f))
        boites[4 * i : 4 * i + 4] = array("f", (min(xs), min(ys), max(xs), max(ys)))
    codes = (raw.FPDFText_GetUnicode(texte, i) for i in range(compte))
    return Lettres(
        texte="".join(_INCONNU if 0xD800 <= code < 0xE000 else chr(code) for code in codes), boites=boites
    )


def _borne(valeur: float) -> float:
    """Return *valeur* within the page, 0 for what is no number."""
    return min(1.0, max(0.0, valeur)) if isfinite(valeur) else 0.0


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


def _phrase(source: bytes | Path, detail: str) -> str:
    vide = not source if isinstance(source, bytes) else source.is_file() and not source.stat().st_size
    if vide:
        return "Ce fichier est vide : il n’y a rien à montrer."
    if "password" in detail.lower():
        return "Ce PDF est protégé par un mot de passe : ouvrez-le avec votre lecteur de PDF."
    return "Ce PDF est abîmé, ou n’est pas un PDF : il ne peut pas être montré."
