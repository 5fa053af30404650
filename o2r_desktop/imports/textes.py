"""Text of the pieces, page by page, for the search: a child process reads PDF and office files, within limits.

The kind of a file is told by its first bytes, never by its name; a sheet counts as a page. A hostile file kills the
child and nothing else;
one child reads many pieces, for starting one costs a tenth of a second.
"""

from __future__ import annotations

import codecs
import re
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from unicodedata import normalize

from o2r_desktop.enfant import Enfant

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

PAGES_MAX = 2_000
"""Pages of one piece whose text is read."""
PAGE_MAX = 200_000
"""Characters of one page that are read."""
TOTAL_MAX = 10_000_000
"""Characters of one piece that are read."""
TEXTE_MAX = 4 * 2**20
"""Bytes of a text file that are read."""

_DEBUT = 4096
_BUREAUTIQUE = (b"PK", b"{\\rtf", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_TOUR_S = 0.1
_COUPURES = re.compile("[\u00ad\u0002\ufffe]\\s*")
"""How pdfium and word processors write a word cut at the end of a line."""
_CACHES = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
"""What text.printable drops: a whole piece goes through here, and one character at a time would be felt."""
_COMMANDES = re.compile(b"[\x00-\x08\x0e-\x1a]")
"""Bytes that no text begins with."""
_LIGATURES = (("ﬀ", "ff"), ("ﬁ", "fi"), ("ﬂ", "fl"), ("ﬃ", "ffi"), ("ﬄ", "ffl"), ("ﬅ", "st"), ("ﬆ", "st"))

Page = tuple[int, str]
_Message = tuple[str, int, str]
"""«pages» with their count, «texte» of a page, «fin», «illisible»."""


class EtatTexte(StrEnum):
    """What the text of a piece is worth."""

    LU = "lu"
    SANS_TEXTE = "sans_texte"
    """A picture, a scan, an archive: nothing to search in."""
    ILLISIBLE = "illisible"
    """Locked by a password, damaged, or beyond the limits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limites:
    """What reading one piece may cost; see imports/processus.py for what Windows knows of them."""

    memoire: int = 1024 * 2**20
    secondes: float = 60.0
    pieces: int = 200
    """Pieces that one child reads: what pdfium never gives back goes with the child."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextePiece:
    """The pages that hold text, counted from one; ``pages`` is how many a PDF has, 0 when it is none."""

    etat: EtatTexte
    pages: int = 0
    textes: tuple[Page, ...] = ()


class LecteurTextes:
    """Reads pieces one after the other. Use it in a ``with``: the child ends with the block."""

    def __init__(self, limites: Limites | None = None) -> None:
        self._limites = limites or Limites()
        self._enfant = Enfant(_travailler, "textes", self._limites.memoire)
        self._lues = 0

    def __enter__(self) -> Self:
        """Return the reader itself."""
        return self

    def __exit__(
        self, genre: type[BaseException] | None, erreur: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the child."""
        self.close()

    def close(self) -> None:
        """End the child; the next piece starts another."""
        self._enfant.close()

    def lire(self, chemin: Path, pouls: Callable[[], None]) -> TextePiece:
        """Return the text of a piece; *pouls* is called several times a second and may raise to give up.

        Raises OSError when the file cannot be opened.
        """
        with chemin.open("rb") as flux:
            debut = flux.read(_DEBUT)
            if b"%PDF-" not in debut[:1024] and not debut.startswith(_BUREAUTIQUE):
                return _texte_nu(debut + flux.read(TEXTE_MAX - len(debut)))
        return self._faire_lire(chemin, pouls)

    def _faire_lire(self, chemin: Path, pouls: Callable[[], None]) -> TextePiece:
        pages, textes, fin = 0, [], ""
        for genre, nombre, texte in self._messages(chemin, pouls):
            if genre == "pages":
                pages = nombre
            elif genre == "texte":
                textes.append((nombre, texte))
            fin = genre
        if fin != "fin":
            return TextePiece(etat=EtatTexte.ILLISIBLE, pages=pages, textes=tuple(textes))
        etat = EtatTexte.LU if textes else EtatTexte.SANS_TEXTE
        return TextePiece(etat=etat, pages=pages, textes=tuple(textes))

    def _messages(self, chemin: Path, pouls: Callable[[], None]) -> Iterator[_Message]:
        """Yield what the child says of a file, until «fin» or «illisible», or until a limit is met."""
        echeance = time.monotonic() + self._limites.secondes
        complet = False
        try:
            lien = self._joindre()
            lien.send(str(chemin))
            while not complet:
                pouls()
                if lien.poll(_TOUR_S):
                    message: _Message = lien.recv()
                    yield message
                    complet = message[0] in ("fin", "illisible")
                elif time.monotonic() > echeance:
                    return
        except (EOFError, OSError):  # the child is dead
            return
        finally:
            if not complet or self._lues >= self._limites.pieces:
                self.close()

    def _joindre(self) -> Connection:
        """Return the way to the child, and count what it reads: one child does not read for ever."""
        self._lues = self._lues + 1 if self._enfant.pid is not None else 1
        return self._enfant.joindre()


def nettoyer(texte: str) -> str:
    """Return text as it is searched and shown: words whole again, nothing that hides."""
    for ligature, lettres in _LIGATURES:
        texte = texte.replace(ligature, lettres)
    texte = normalize("NFC", _COUPURES.sub("", texte))
    return _CACHES.sub("", texte.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _texte_nu(octets: bytes) -> TextePiece:
    """Return the text of a text file, nothing for any other kind."""
    if octets.startswith((b"\xff\xfe", b"\xfe\xff")):
        texte = octets.decode("utf-16", "replace")
    elif _COMMANDES.search(octets[:_DEBUT]) or octets.startswith((b"\x89PNG", b"\xff\xd8\xff")):
        return TextePiece(etat=EtatTexte.SANS_TEXTE)
    else:
        texte = _decoder(octets)
    texte = nettoyer(texte)
    if not texte:
        return TextePiece(etat=EtatTexte.SANS_TEXTE)
    return TextePiece(etat=EtatTexte.LU, textes=((1, texte),))


def _decoder(octets: bytes) -> str:
    """Read UTF-8, else what Windows writes; where the file was cut, a character may have been."""
    decodeur = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        return decodeur.decode(octets, final=len(octets) < TEXTE_MAX)
    except UnicodeDecodeError:
        return octets.decode("cp1252", "replace")


def _travailler(lien: Connection, memoire: int) -> None:
    """Read pieces as they are asked for; runs in the child, until the parent hangs up."""
    from o2r_desktop.imports.processus import limiter, se_taire

    se_taire()
    limiter(memoire)
    try:
        while True:
            for message in _lire(lien.recv()):
                lien.send(message)
    except (EOFError, BrokenPipeError):
        return


def _lire(chemin: str) -> Iterator[_Message]:
    """Yield the pages of a file that hold text; runs in the child."""
    with Path(chemin).open("rb") as flux:
        debut = flux.read(8)
    return _lire_bureautique(chemin) if debut.startswith(_BUREAUTIQUE) else _lire_pdf(chemin)


def _lire_bureautique(chemin: str) -> Iterator[_Message]:
    """Yield the sheets of a workbook by rows, the text of a document; runs in the child."""
    from o2r_desktop.imports.apercus import lire
    from o2r_desktop.imports.refus import INCONNU, RefusError

    page, reste = 0, TOTAL_MAX
    try:
        for message in lire(Path(chemin)):
            page = message.get("page", page + ("feuille" in message))
            lignes = [message.get("feuille", ""), message.get("texte", "")]
            lignes += ["\t".join(cellules) for cellules in message.get("lignes", ())]
            texte = "\n".join(ligne for ligne in lignes if ligne)[: min(reste, PAGE_MAX)]
            reste -= len(texte)
            if texte:
                yield "texte", page, texte
    except RefusError as erreur:
        yield "fin" if str(erreur) == INCONNU else "illisible", 0, ""
        return
    yield "fin", 0, ""


def _lire_pdf(chemin: str) -> Iterator[_Message]:
    """Yield the pages of a PDF that hold text; runs in the child."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(chemin)
    except pypdfium2.PdfiumError:
        yield "illisible", 0, ""
        return
    with closing(document):
        yield "pages", len(document), ""
        reste = TOTAL_MAX
        for rang in range(min(len(document), PAGES_MAX)):
            texte = _page(document, rang)[:reste]
            if texte:
                reste -= len(texte)
                yield "texte", rang + 1, texte
    yield "fin", 0, ""


def _page(document: Any, rang: int) -> str:
    import pypdfium2

    try:
        with closing(document[rang]) as feuille, closing(feuille.get_textpage()) as textpage:
            lu = textpage.get_text_range(0, min(textpage.count_chars(), PAGE_MAX))
    except pypdfium2.PdfiumError:  # this page only
        return ""
    return nettoyer(lu)
