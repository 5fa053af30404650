"""Foreign PDFs are drawn in a child process: one that breaks pdfium, or keeps it busy, costs a page or a sentence.

What comes back is JSON and raw pixels, never pickles: the child handles bytes that nobody vouches for.
"""

import json
import sys
from array import array
from pathlib import Path
from typing import TYPE_CHECKING, Any

from o2r_desktop.enfant import Enfant
from o2r_desktop.imports.pages_pdf import Dessin, DocumentPdf, Hit, Lettres, PdfUnreadableError, Size

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

MEMOIRE_MAX = 1024 * 2**20
"""Bytes that the child may use, where the system can tell."""
SECONDES_OUVERTURE, SECONDES = 20.0, 8.0
"""How long a document may take to open, and each of its pages to be drawn, read or searched."""
_LENT = "Ce PDF demande trop de temps : ouvrez-le avec votre lecteur de PDF."
_FATAL = "Ce PDF a fait échouer sa lecture : il est abîmé ou piégé, et ne peut pas être montré."

Reponse = dict[str, Any]


class RenduInterrompuError(Exception):
    """The child died or took too long; the text is a French sentence. The next order starts another child."""


class Rendeur:
    """A child process that has one document open at a time; it starts at the first one.

    Belongs to one thread at a time.
    """

    def __init__(self, *, secondes: float = SECONDES) -> None:
        self._secondes = secondes
        self._enfant = Enfant(_travailler, "rendeur")
        self._ouvert: Path | None = None
        self._entete: Reponse = {}

    def ouvrir(self, chemin: Path) -> tuple[tuple[Size, ...], int]:
        """Open a document in place of the one before; return the sizes of its pages, and how many it has.

        Raises PdfUnreadableError, or RenduInterrompuError.
        """
        if self._ouvert != chemin:
            self._ouvert = None
            self._entete = self._echanger(("ouvrir", str(chemin)), SECONDES_OUVERTURE)
            self._ouvert = chemin
        return tuple((float(w), float(h)) for w, h in self._entete["tailles"]), int(self._entete["total"])

    def dessiner(self, chemin: Path, page: int, largeur: int) -> Dessin | None:
        """Return the picture of a page, None when it is damaged; raises as ``ouvrir``."""
        self.ouvrir(chemin)
        lu = self._echanger(("dessiner", page, largeur), self._secondes)
        if not lu["hauteur"]:
            return None
        octets = self._octets(lu["pas"] * lu["hauteur"])
        return Dessin(largeur=lu["largeur"], hauteur=lu["hauteur"], pas=lu["pas"], octets=octets)

    def texte(self, chemin: Path, page: int) -> str:
        """Return the text of a page; raises as ``ouvrir``."""
        self.ouvrir(chemin)
        return str(self._echanger(("lire", page), self._secondes)["texte"])

    def chercher(self, chemin: Path, page: int, mots: str) -> tuple[Hit, ...]:
        """Return where a text already normalised is found on a page; raises as ``ouvrir``."""
        self.ouvrir(chemin)
        lieux = self._echanger(("chercher", page, mots), self._secondes)["lieux"]
        return tuple(Hit(page=page, zones=tuple((a, b, c, d) for a, b, c, d in zones)) for zones in lieux)

    def lettres(self, chemin: Path, page: int) -> Lettres:
        """Return the characters of a page with their boxes, none when what came makes no sense; as ``ouvrir``."""
        self.ouvrir(chemin)
        texte = str(self._echanger(("lettres", page), self._secondes)["lettres"])
        boites = array("f")
        if texte:
            boites.frombytes(self._octets(16 * len(texte)))
        lues = Lettres(texte=texte, boites=boites)
        return lues if lues.valides else Lettres()

    def fermer(self, chemin: Path) -> None:
        """Close a document, when it is the one that is open: its file can be moved then."""
        if self._ouvert == chemin:
            self._ouvert = None
            try:
                self._echanger(("fermer",), self._secondes)
            except RenduInterrompuError:
                return

    def close(self) -> None:
        """End the child; the next document starts another one."""
        self._ouvert = None
        self._enfant.close()

    def _echanger(self, ordre: tuple[object, ...], secondes: float) -> Reponse:
        fil = self._enfant.joindre()
        try:
            fil.send(ordre)
            if not fil.poll(secondes):
                self.close()
                raise RenduInterrompuError(_LENT)
            lu: Reponse = json.loads(fil.recv_bytes())
        except (EOFError, OSError, ValueError) as erreur:
            self.close()
            raise RenduInterrompuError(_FATAL) from erreur
        if phrase := lu.get("refus"):
            raise PdfUnreadableError(str(phrase))
        return lu

    def _octets(self, attendus: int) -> bytes:
        """Return the pixels that follow what was said of them."""
        try:
            octets = self._enfant.joindre().recv_bytes(attendus)
        except (EOFError, OSError) as erreur:
            self.close()
            raise RenduInterrompuError(_FATAL) from erreur
        if len(octets) != attendus:
            self.close()
            raise RenduInterrompuError(_FATAL)
        return octets


class DocumentDistant:
    """A document that a rendeur has open; a page that made it fail is asked no more. Like DocumentPdf."""

    def __init__(self, rendeur: Rendeur, chemin: Path) -> None:
        self._rendeur = rendeur
        self._chemin = chemin
        self._fautives: set[int] = set()
        try:
            self.sizes, self.total = rendeur.ouvrir(chemin)
        except RenduInterrompuError as erreur:
            raise PdfUnreadableError(str(erreur)) from erreur

    def close(self) -> None:
        """Close the document; the rendeur stays for the next one."""
        self._rendeur.fermer(self._chemin)

    def render(self, page: int, largeur: int) -> Dessin | None:
        """Return the picture of a page, None when it is damaged or made the rendeur fail."""
        if page in self._fautives:
            return None
        try:
            return self._rendeur.dessiner(self._chemin, page, largeur)
        except (RenduInterrompuError, PdfUnreadableError):
            self._fautives.add(page)
            return None

    def text(self, page: int) -> str:
        """Return the text of a page, «» when it cannot be read."""
        if page in self._fautives:
            return ""
        try:
            return self._rendeur.texte(self._chemin, page)
        except (RenduInterrompuError, PdfUnreadableError):
            self._fautives.add(page)
            return ""

    def search(self, page: int, texte: str) -> tuple[Hit, ...]:
        """Return where a text already normalised is found on a page."""
        if page in self._fautives:
            return ()
        try:
            return self._rendeur.chercher(self._chemin, page, texte)
        except (RenduInterrompuError, PdfUnreadableError):
            self._fautives.add(page)
            return ()

    def letters(self, page: int) -> Lettres:
        """Return the characters of a page with their boxes, none when they cannot be read."""
        if page in self._fautives:
            return Lettres()
        try:
            return self._rendeur.lettres(self._chemin, page)
        except (RenduInterrompuError, PdfUnreadableError):
            self._fautives.add(page)
            return Lettres()


def _travailler(fil: "Connection") -> None:
    """Obey until the window has had enough; runs in the child."""
    from o2r_desktop.imports.processus import limiter, se_taire  # the window has no use for them

    se_taire()
    limiter(MEMOIRE_MAX)
    atelier = _Atelier()
    try:
        while True:
            ordre = fil.recv()
            reponse, octets = atelier.obeir(*ordre)
            fil.send_bytes(json.dumps(reponse).encode())
            if octets:
                fil.send_bytes(octets)
    except (EOFError, OSError):
        sys.exit(0)


class _Atelier:
    """What the child has open, and what it can do of it."""

    def __init__(self) -> None:
        self._document: DocumentPdf | None = None

    def obeir(self, verbe: str, *ou: Any) -> tuple[Reponse, bytes]:
        """Return the answer to an order, and the bytes that follow it."""
        try:
            if verbe == "ouvrir":
                self._fermer()
                self._document = DocumentPdf(Path(ou[0]))
                return {"tailles": self._document.sizes, "total": self._document.total}, b""
            if verbe == "fermer":
                self._fermer()
                return {}, b""
            assert self._document is not None
            return _repondre(self._document, verbe, *ou)
        except PdfUnreadableError as erreur:
            return {"refus": str(erreur)}, b""
        except MemoryError:
            return {"refus": "Ce PDF demande trop de mémoire : ouvrez-le avec votre lecteur de PDF."}, b""

    def _fermer(self) -> None:
        if self._document is not None:
            self._document.close()
            self._document = None


def _repondre(document: DocumentPdf, verbe: str, *ou: Any) -> tuple[Reponse, bytes]:
    if verbe == "lire":
        return {"texte": document.text(ou[0])}, b""
    if verbe == "chercher":
        return {"lieux": [hit.zones for hit in document.search(*ou)]}, b""
    if verbe == "lettres":
        lettres = document.letters(*ou)
        return {"lettres": lettres.texte}, lettres.boites.tobytes()
    dessin = document.render(*ou)
    if dessin is None:
        return {"hauteur": 0}, b""
    return {"largeur": dessin.largeur, "hauteur": dessin.hauteur, "pas": dessin.pas}, dessin.octets
