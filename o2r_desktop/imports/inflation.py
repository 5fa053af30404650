"""What the members of a workbook really unpack to: bytes, cells and how far they lie, counted and never held.

A directory may lie, and a reader of sheets allocates all that lies between two cells. Works in constant memory.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from pathlib import Path

from o2r_desktop.errors import ExportTooLargeError
from o2r_desktop.imports.gardes import abime, citer, verifier_etendue

BALISES_MAX = 30_000_000
"""Most tags of the members of a workbook: a cell has four to six, 200 MB of a real export ten millions in all."""
EPARS_MAX = 8 * 2**20
"""Largest member whose far cells are always looked for: it is a tenth of the time that reading it takes."""

_MORCEAU = 2**18
_BALISE_MAX = 2**20
_COURT = 9_999
"""Rows of shorter numbers are not told apart: with the most columns they make a sheet that may be read."""
_CELLULES = re.compile(rb'<c(?: r="([A-Z]+(?=\d)(?:\d{5,})?))?')
"""Cells as every known writer makes them: the column, and the row when it is far; «» for another tag."""
_RUPTURE = re.compile(rb'row(?:(?<=</row)(?!><row r="\d|>\Z)|(?<=<row)(?! r="\d))')
_PREFIXE = re.compile(rb":(?:c|row)[\s/>]")
"""What makes a sheet odd: a row without number, one that ends before another thing than a row, and prefixes."""
_REFERENCES = re.compile(rb"""[\s"']r\s*=\s*["']([A-Za-z]*\d+)""")
_BALISES = re.compile(rb"""<(/?)(?:[^\s<>/:]+:)?(c|row)(?=[\s/>])(\s+r\s*=\s*["'][A-Za-z])?""")
_CHIFFRES = b"0123456789"


def peser(chemin: Path, *, tout: bool = True) -> None:
    """Raise an ExportError when a workbook unpacks to another thing than it says, or to more than an export can be.

    Unless *tout*, far cells are looked for in members of EPARS_MAX only: for a child whose memory is bounded.
    """
    sujet = citer(chemin.name)
    balises = 0
    try:
        with zipfile.ZipFile(chemin) as archive:
            for membre in archive.infolist():
                pesee = Pesee(sujet) if tout or membre.file_size <= EPARS_MAX else None
                for morceau in _morceaux(archive, membre, sujet):
                    balises += morceau.count(b"<")
                    _verifier_balises(sujet, balises)
                    if pesee:
                        pesee.ajouter(morceau)
                if pesee:
                    pesee.finir()
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError) as erreur:
        raise abime(sujet) from erreur


def _verifier_balises(sujet: str, balises: int) -> None:
    if balises > BALISES_MAX:
        raise ExportTooLargeError(f"{sujet} a trop de cellules : ce n’est pas un export de dossiers.")


def _morceaux(archive: zipfile.ZipFile, membre: zipfile.ZipInfo, sujet: str) -> Iterator[bytes]:
    """Yield the bytes of a member; raises an ExportError when they are not as many as its directory says."""
    entier = copy(membre)
    entier.file_size = membre.file_size + 1  # else the end of a longer one would never be looked at
    lus = 0
    with archive.open(entier) as flux:
        while morceau := flux.read(_MORCEAU):
            lus += len(morceau)
            yield morceau
    if lus != membre.file_size:
        raise abime(sujet)


@dataclass(slots=True)
class Pesee:
    """How far the cells of a member lie; of an odd sheet, at least half as many rows as a reader would allocate."""

    sujet: str
    _colonnes: int = 0
    _hauteur: int = _COURT
    _rangs: int = 0
    _suite: int = 0
    _suites: int = 0
    _reste: bytes = b""

    def ajouter(self, morceau: bytes) -> None:
        """Look at some bytes; a tag that they cut waits for those that follow."""
        texte = self._reste + morceau
        coupe = max(0, texte.rfind(b"<"))
        self._reste = texte[coupe:]
        if len(self._reste) > _BALISE_MAX:
            if b">" not in self._reste:
                raise abime(self.sujet)
            self._reste = b""
        self._regarder(texte[:coupe])

    def finir(self) -> None:
        """Look at what waits."""
        self._regarder(self._reste)

    def _regarder(self, texte: bytes) -> None:
        trouvees = _CELLULES.findall(texte)
        references = set(trouvees)
        if b"" in references or _RUPTURE.search(texte) or _PREFIXE.search(texte):
            references = set(_REFERENCES.findall(texte))
            self._compter(texte)
        else:
            self._suite = 0 if trouvees else self._suite
            references |= set(_REFERENCES.findall(texte, max(0, texte.rfind(b"<row"))))
        for reference in references:
            lettres = reference.rstrip(_CHIFFRES)
            self._colonnes = max(self._colonnes, _rang(lettres))
            self._hauteur = max(self._hauteur, int(reference[len(lettres) :].lstrip(b"0")[:9] or 0))
        hauteur = max(self._hauteur, self._rangs // 2)
        verifier_etendue(self.sujet, hauteur, self._colonnes + self._suites)

    def _compter(self, texte: bytes) -> None:
        """Count rows, and the cells in a row that do not begin by saying where they are."""
        for ferme, nom, place in _BALISES.findall(texte):
            if nom == b"row":
                self._rangs += 1
                self._suite = 0 if ferme else self._suite
            elif not ferme:
                self._suite = 0 if place else self._suite + 1
                self._suites = max(self._suites, self._suite)


def _rang(lettres: bytes) -> int:
    """Return the rank of a column."""
    rang = 0
    for lettre in lettres[:8].upper():
        rang = rang * 26 + lettre - 64
    return rang
