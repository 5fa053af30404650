"""Text of office documents: paragraphs as lines, tables as lines whose cells are apart by « | ».

Runs in a child process (see imports/apercus.py). XML is read as it is unpacked and never held; a document type is
refused, for entities are how XML grows without end.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.parsers import expat

from o2r_desktop.imports.refus import ABIME, DEMESURE, ENTITES, INCONNU, PROTEGE, RefusError, verifier_membres
from o2r_desktop.imports.textes import nettoyer

LU_MAX = 64 * 2**20
"""Bytes of XML of one document that are unpacked."""
OLE_MAX = 8 * 2**20
"""Bytes of an OLE file in which a ciphered document is looked for."""
LIGNES_LOT = 500
PROFONDEUR_MAX = 500

_MORCEAU = 2**16
_MANIFESTE_MAX = 2**20
_OUVERTS = {
    b"application/vnd.oasis.opendocument.spreadsheet": "classeur",
    b"application/vnd.oasis.opendocument.text": "opendocument",
    b"application/vnd.oasis.opendocument.presentation": "opendocument",
}
_PANNES = (zipfile.BadZipFile, zlib.error, expat.ExpatError, OSError, EOFError, KeyError, RuntimeError, ValueError)
_DIAPOSITIVE = re.compile(r"ppt/slides/slide(\d{1,5})\.xml")

Attributs = Mapping[str, str]
Message = dict[str, Any]


def verifier_ole(chemin: Path) -> None:
    """Raise RefusError when an OLE file is a document that a password ciphers, or is not a workbook."""
    with chemin.open("rb") as flux:
        octets = flux.read(OLE_MAX)
    if "EncryptedPackage".encode("utf-16-le") in octets:
        raise RefusError(PROTEGE)
    if not any(nom.encode("utf-16-le") in octets for nom in ("Workbook", "Book")):
        raise RefusError(INCONNU)


def reconnaitre(archive: zipfile.ZipFile) -> str:
    """Return «classeur», «word», «powerpoint» or «opendocument»; raises RefusError for anything else."""
    verifier_membres(archive.infolist())
    noms = set(archive.namelist())
    if "xl/workbook.xml" in noms:
        return "classeur"
    if "word/document.xml" in noms:
        return "word"
    if "ppt/presentation.xml" in noms:
        return "powerpoint"
    if "mimetype" not in noms:
        raise RefusError(INCONNU)
    with archive.open("mimetype") as flux:
        genre = _OUVERTS.get(flux.read(200).strip().removesuffix(b"-template"))
    if genre is None:
        raise RefusError(INCONNU)
    if "encrypted-package" in noms or _chiffre(archive, noms):
        raise RefusError(PROTEGE)
    return genre


def _chiffre(archive: zipfile.ZipFile, noms: set[str]) -> bool:
    if "META-INF/manifest.xml" not in noms:
        return False
    with archive.open("META-INF/manifest.xml") as flux:
        return b"encryption-data" in flux.read(_MANIFESTE_MAX)


def lire_document(chemin: Path, genre: str) -> Iterator[Message]:
    """Yield the text of a document by pages: its slides, or all of a letter as page one. Raises RefusError."""
    try:
        with zipfile.ZipFile(chemin) as archive:
            lu = _Compteur()
            if genre == "powerpoint":
                yield from _diapositives(archive, lu)
            elif genre == "word":
                for nom in ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml"):
                    if nom == "word/document.xml" or nom in archive.namelist():
                        yield from _partie(archive, nom, WORD, lu, 1)
            else:
                yield from _partie(archive, "content.xml", OUVERT, lu, 1)
    except _PANNES as erreur:
        raise RefusError(ABIME) from erreur


def _diapositives(archive: zipfile.ZipFile, lu: "_Compteur") -> Iterator[Message]:
    rangs = sorted((int(t[1]), t[0]) for nom in archive.namelist() if (t := _DIAPOSITIVE.fullmatch(nom)))
    for page, (_rang, nom) in enumerate(rangs, 1):
        yield {"page": page, "texte": f"Diapositive {page}"}
        yield from _partie(archive, nom, POWERPOINT, lu, page)


class _Compteur:
    """How many bytes of XML were unpacked."""

    def __init__(self) -> None:
        self.octets = 0

    def ajouter(self, combien: int) -> None:
        """Count; raises RefusError beyond LU_MAX."""
        self.octets += combien
        if self.octets > LU_MAX:
            raise RefusError(DEMESURE)


class Vocabulaire:
    """What the elements of a kind of document are, by local name within its name spaces."""

    def __init__(
        self,
        espaces: tuple[str, ...],
        *,
        paragraphes: str,
        titres: str = "",
        textes: str = "",
        cellule: str,
        rangee: str,
        tues: str,
        signes: Mapping[str, str],
        page: str = "",
        course: str = "",
        caches: str = "",
    ) -> None:
        self.espaces = espaces
        self.paragraphes = frozenset(paragraphes.split())
        self.titres = frozenset(titres.split())
        self.textes = frozenset(textes.split())
        """Elements whose text counts; when there is none, all the text of a paragraph does."""
        self.cellule, self.rangee, self.page = cellule, rangee, page
        self.tues = frozenset(tues.split())
        self.course, self.caches = course, frozenset(caches.split())
        """A run of words, and what says in it that they are hidden."""
        self.signes = signes


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_WS = "http://purl.oclc.org/ooxml/wordprocessingml/main "
_A = "http://schemas.openxmlformats.org/drawingml/2006/main "
_AS = "http://purl.oclc.org/ooxml/drawingml/main "
_T, _D = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 ", "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0 "
_TAB, _OFF = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 ", "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_PRES = "urn:oasis:names:tc:opendocument:xmlns:presentation:1.0 "
WORD = Vocabulaire(
    (_W, _WS),
    paragraphes="p", textes="t", cellule="tc", rangee="tr", tues="del moveFrom", titres="", course="r",
    caches="vanish webHidden",
    signes={"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "numPr": "• "},
)  # fmt: skip
POWERPOINT = Vocabulaire(
    (_A, _AS), paragraphes="p", textes="t", cellule="tc", rangee="tr", tues="", signes={"br": "\n"}
)
OUVERT = Vocabulaire(
    (_T, _TAB, _D, _OFF, _PRES),
    paragraphes="p h", titres="h", cellule="table-cell", rangee="table-row",
    tues="tracked-changes annotation notes settings forms note-citation", page="page",
    signes={"tab": "\t", "line-break": "\n", "s": " "},
)  # fmt: skip


def _partie(archive: zipfile.ZipFile, nom: str, mots: Vocabulaire, lu: _Compteur, page: int) -> Iterator[Message]:
    """Yield the lines of a member by packets."""
    lecteur = _Lecteur(mots, page)
    analyseur = expat.ParserCreate(namespace_separator=" ")
    analyseur.buffer_text = True
    analyseur.StartElementHandler = lecteur.ouvrir
    analyseur.EndElementHandler = lecteur.fermer
    analyseur.CharacterDataHandler = lecteur.lire
    analyseur.StartDoctypeDeclHandler = _refuser
    with archive.open(nom) as flux:
        while morceau := flux.read(_MORCEAU):
            lu.ajouter(len(morceau))
            analyseur.Parse(morceau, False)
            if len(lecteur.pretes) >= LIGNES_LOT:
                yield from lecteur.rendre()
    analyseur.Parse(b"", True)
    yield from lecteur.rendre()


def _refuser(*_declaration: object) -> None:
    raise RefusError(ENTITES)


class _Lecteur:
    """Turns elements into lines."""

    def __init__(self, mots: Vocabulaire, page: int) -> None:
        self._mots = mots
        self._page = page
        self._saut = self._profondeur = self._dans = 0
        self._morceaux: list[str] = []
        self._rangees: list[list[str]] = []
        self._cellules: list[list[str]] = []
        self._diapositives = 0
        self._course = self._cache = False
        """Within a run of words; whether its words are hidden, as a letter that was corrected may keep them."""
        self.pretes: list[tuple[int, str]] = []

    def rendre(self) -> Iterator[Message]:
        """Yield the lines that are ready, those of a page together, and forget them."""
        pretes, self.pretes = self.pretes, []
        par_page: dict[int, list[str]] = {}
        for page, ligne in pretes:
            par_page.setdefault(page, []).append(ligne)
        for page, lignes in par_page.items():
            yield {"page": page, "texte": "\n".join(lignes)}

    def lire(self, texte: str) -> None:
        """Take text, when it is some of a paragraph."""
        if self._dans and not self._saut and not self._cache:
            self._morceaux.append(texte)

    def ouvrir(self, nom: str, attributs: Attributs) -> None:
        """Enter an element."""
        self._profondeur += 1
        if self._profondeur > PROFONDEUR_MAX:
            raise RefusError(DEMESURE)
        espace, _, local = nom.rpartition(" ")
        if self._saut or local == "Fallback":  # what old programs show instead of the choice before it
            self._saut += 1
        elif f"{espace} " in self._mots.espaces:
            self._ouvrir(local, attributs)

    def _ouvrir(self, local: str, attributs: Attributs) -> None:
        mots = self._mots
        if local in mots.tues:
            self._saut = 1
        elif local == mots.course and mots.course:
            self._course = True
        elif local in mots.caches and self._course:
            self._cache = _dit_oui(attributs)
        elif local in mots.paragraphes:
            self._flush()
            if not mots.textes:
                self._dans += 1
            if local in mots.titres:
                self._vide()
        elif local in mots.textes:
            self._dans += 1
        elif local == "pStyle" and _est_titre(attributs):
            self._vide()
        elif local == mots.rangee:
            self._rangees.append([])
        elif local == mots.cellule:
            self._cellules.append([])
        elif local == mots.page and mots.page:
            self._diapositives += 1
            self._page = self._diapositives
            self._ecrire(f"Diapositive {self._page}")
        elif (signe := mots.signes.get(local)) is not None:
            self._morceaux.append(signe * _fois(attributs))

    def fermer(self, nom: str) -> None:
        """Leave an element."""
        self._profondeur -= 1
        if self._saut:
            self._saut -= 1
            return
        espace, _, local = nom.rpartition(" ")
        mots = self._mots
        if f"{espace} " not in mots.espaces:
            return
        if local in mots.paragraphes:
            self._flush()
            if not mots.textes:
                self._dans -= 1
        elif local in mots.textes:
            self._dans -= 1
        elif local == mots.course:
            self._course = self._cache = False
        elif local == mots.cellule and self._cellules:
            cellule = " ".join(self._cellules.pop())
            if self._rangees:
                self._rangees[-1].append(cellule)
        elif local == mots.rangee and self._rangees:
            rangee = self._rangees.pop()
            if any(rangee):
                self._ecrire(" | ".join(rangee))

    def _flush(self) -> None:
        """End the line that is being made."""
        texte = nettoyer("".join(self._morceaux))
        self._morceaux = []
        if texte and texte != "•":
            self._ecrire(texte)

    def _vide(self) -> None:
        """Leave a blank line before a heading."""
        if self.pretes and not self._cellules and self.pretes[-1][1]:
            self.pretes.append((self._page, ""))

    def _ecrire(self, ligne: str) -> None:
        if self._cellules:
            self._cellules[-1].append(ligne.replace("\n", " "))
        else:
            self.pretes.append((self._page, ligne))


def _dit_oui(attributs: Attributs) -> bool:
    """Say whether a switch is on: it is unless it says otherwise (ECMA-376 part 1, § 17.17.4)."""
    return (attributs.get(f"{_W}val") or attributs.get(f"{_WS}val") or "1") not in ("0", "false", "off")


def _est_titre(attributs: Attributs) -> bool:
    style = attributs.get(f"{_W}val") or attributs.get(f"{_WS}val") or ""
    return style.lower().startswith(("heading", "titre", "title"))


def _fois(attributs: Attributs) -> int:
    """Return how many blanks an OpenDocument element stands for."""
    texte = attributs.get(f"{_T}c", "1")
    return min(100, int(texte)) if texte.isascii() and texte.isdigit() and len(texte) < 9 else 1
