"""What a view of pages reads: a PDF of ours, a foreign one drawn in a child process, or a picture of one page.

Everything here runs in the thread of PdfWorker.
"""

from pathlib import Path
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from o2r_desktop.imports.pages_pdf import Dessin, DocumentPdf, Hit, Lettres, PdfUnreadableError, Size
from o2r_desktop.imports.rendu import DocumentDistant, Rendeur
from o2r_desktop.text import NBSP

PIXELS_MAX = 48_000_000
"""Pixels of a picture that is shown as it is; a larger one is read smaller, when its kind allows."""
_PIXELS_LUS = 160_000_000
"""Pixels of a picture beyond which it is not read at all."""
_MEGA_ALLOUES = 256
_POINT = 72 / 96


@runtime_checkable
class Reading(Protocol):
    """A document open: the sizes of its pages in points, how many it has, and what each holds."""

    sizes: tuple[Size, ...]
    total: int

    def close(self) -> None:
        """Give back what is held."""

    def render(self, page: int, largeur: int) -> QImage:
        """Return the picture of a page, *largeur* pixels wide or less when too heavy; null when damaged."""

    def text(self, page: int) -> str:
        """Return the text of a page."""

    def search(self, page: int, texte: str) -> tuple[Hit, ...]:
        """Return where a text already normalised is found on a page."""

    def letters(self, page: int) -> Lettres:
        """Return the characters of a page with their boxes; none in a picture."""


class _Document(Protocol):
    sizes: tuple[Size, ...]
    total: int

    def close(self) -> None: ...

    def render(self, page: int, largeur: int) -> Dessin | None: ...

    def text(self, page: int) -> str: ...

    def search(self, page: int, texte: str) -> tuple[Hit, ...]: ...

    def letters(self, page: int) -> Lettres: ...


class _PagesReading:
    """The pages of a document as pictures of Qt."""

    def __init__(self, document: _Document) -> None:
        self._document = document
        self.sizes, self.total = document.sizes, document.total

    def close(self) -> None:
        """Give back what is held."""
        self._document.close()

    def render(self, page: int, largeur: int) -> QImage:
        """Return the picture of a page, *largeur* pixels wide or less when too heavy; null when damaged."""
        dessin = self._document.render(page, largeur)
        if dessin is None:
            return QImage()
        forme = QImage.Format.Format_RGB32
        return QImage(dessin.octets, dessin.largeur, dessin.hauteur, dessin.pas, forme).copy()

    def text(self, page: int) -> str:
        """Return the text of a page, one character for each that pdfium counts; empty when damaged."""
        return self._document.text(page)

    def search(self, page: int, texte: str) -> tuple[Hit, ...]:
        """Return where a text already normalised is found on a page: case and accents do not count."""
        return self._document.search(page, texte)

    def letters(self, page: int) -> Lettres:
        """Return the characters of a page with their boxes."""
        return self._document.letters(page)


class PdfReading(_PagesReading):
    """A PDF of ours, open in this process; raises PdfUnreadableError."""

    def __init__(self, octets: bytes) -> None:
        super().__init__(DocumentPdf(octets))


class ForeignPdfReading(_PagesReading):
    """A PDF that came from outside, open in the child of a rendeur; raises PdfUnreadableError."""

    def __init__(self, rendeur: Rendeur, chemin: Path) -> None:
        super().__init__(DocumentDistant(rendeur, chemin))


class PictureReading:
    """A picture as a document of one page; raises PdfUnreadableError when it cannot be shown."""

    def __init__(self, chemin: Path) -> None:
        self._image = _read_picture(chemin)
        self.sizes: tuple[Size, ...] = (
            (max(1.0, self._image.width() * _POINT), max(1.0, self._image.height() * _POINT)),
        )
        self.total = 1

    def close(self) -> None:
        """Give the picture back."""
        self._image = QImage()

    def render(self, page: int, largeur: int) -> QImage:  # noqa: ARG002 there is one page
        """Return the picture, *largeur* pixels wide; never larger than it is."""
        if largeur >= self._image.width():
            return self._image
        return self._image.scaledToWidth(largeur, Qt.TransformationMode.SmoothTransformation)

    def text(self, page: int) -> str:  # noqa: ARG002 there is one page
        """Return nothing: a picture has no words."""
        return ""

    def search(self, page: int, texte: str) -> tuple[Hit, ...]:  # noqa: ARG002 there is one page
        """Return nothing."""
        return ()

    def letters(self, page: int) -> Lettres:  # noqa: ARG002 there is one page
        """Return nothing."""
        return Lettres()


def _read_picture(chemin: Path) -> QImage:
    QImageReader.setAllocationLimit(_MEGA_ALLOUES)
    lecteur = QImageReader(str(chemin))
    lecteur.setDecideFormatFromContent(True)
    lecteur.setAutoTransform(True)
    taille = lecteur.size()
    pixels = taille.width() * taille.height()
    if not taille.isValid() or pixels <= 0:
        raise PdfUnreadableError("Cette image est abîmée : elle ne peut pas être montrée.")
    if pixels > _PIXELS_LUS:
        raise PdfUnreadableError(_trop_grande(taille))
    if pixels > PIXELS_MAX:
        part = (PIXELS_MAX / pixels) ** 0.5
        lecteur.setScaledSize(QSize(max(1, int(taille.width() * part)), max(1, int(taille.height() * part))))
    image = lecteur.read()
    if image.isNull():
        trop = pixels * 4 > _MEGA_ALLOUES * 2**20
        raise PdfUnreadableError(
            _trop_grande(taille) if trop else "Cette image est abîmée : elle ne peut pas être montrée."
        )
    return image


def _trop_grande(taille: QSize) -> str:
    mesures = f"{taille.width()} × {taille.height()}".replace(" ", NBSP)
    return f"Cette image est trop grande pour être montrée ici ({mesures} pixels) : ouvrez-la autrement."
