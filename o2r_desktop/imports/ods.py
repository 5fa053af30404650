"""ODS exports, standard and template (exports-demarche-numerique § 4.3). Runs in the child process.

``content.xml`` is read as it is unpacked and never held: bytes, rows, columns and cells are counted on the way. The
generic readers lose the line breaks and the runs of blanks that LibreOffice writes, and give booleans as numbers.
"""

import math
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from o2r_desktop.dossiers.champs import Brut
from o2r_desktop.dossiers.model import Origine
from o2r_desktop.errors import ExportFormatError, ExportTooLargeError
from o2r_desktop.imports.fiches import Atelier
from o2r_desktop.imports.gardes import CELLULES_MAX, MEMBRE_MAX, abime, citer, verifier_etendue
from o2r_desktop.imports.tableur import lire_feuilles

_PANNES = (zipfile.BadZipFile, zlib.error, expat.ExpatError, OSError, EOFError, KeyError, RuntimeError, ValueError)
_MORCEAU = 2**16
_BLANCS_MAX = 100
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_FEUILLE, _LIGNE = f"{_TABLE}table", f"{_TABLE}table-row"
_CELLULES = frozenset({f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"})
_PARAGRAPHES = frozenset({f"{_TEXT}p", f"{_TEXT}h"})
_DANS_LE_TEXTE = frozenset({f"{_TEXT}span", f"{_TEXT}a"})
_BLANC, _TABULATION, _RETOUR = f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"
_LIGNES_REPETEES, _COLONNES_REPETEES = f"{_TABLE}number-rows-repeated", f"{_TABLE}number-columns-repeated"
_GENRE, _VALEUR, _TEXTE = f"{_OFFICE}value-type", f"{_OFFICE}value", f"{_OFFICE}string-value"
_NOMBRES = frozenset({"float", "percentage", "currency"})
_BOOLEENS = {"1": True, "true": True, "0": False, "false": False}

Attributs = Mapping[str, str]


@dataclass(slots=True)
class FeuilleOds:
    """A sheet: the rows that hold something, each with its number and without its empty tail."""

    nom: str
    rangs: list[tuple[int, list[Brut]]] = field(default_factory=list)
    hauteur: int = 0
    largeur: int = 0

    def lignes(self) -> Iterator[tuple[int, list[Brut]]]:
        """Yield rows of equal length; they are filled one by one, a far cell costs nothing to the others."""
        for numero, cellules in self.rangs:
            yield numero, cellules + [""] * (self.largeur - len(cellules))


def lire_ods(chemin: Path, demarche: str, atelier: Atelier) -> None:
    """Read a workbook and hand its dossiers to *atelier*; raises an ExportError when it is not an export."""
    sujet = citer(chemin.name)
    lecteur = _Lecteur(sujet)
    try:
        with zipfile.ZipFile(chemin) as archive:
            _lire_contenu(archive, lecteur, sujet)
    except (
        zipfile.BadZipFile,
        zlib.error,
        expat.ExpatError,
        OSError,
        EOFError,
        KeyError,
        RuntimeError,
        ValueError,
    ) as erreur:
        raise abime(sujet) from erreur
    feuilles = sorted(lecteur.feuilles, key=lambda feuille: feuille.nom != "Dossiers")
    lire_feuilles(feuilles, sujet, demarche, atelier, (Origine.ODS_STANDARD, Origine.ODS_MODELE))


def _lire_contenu(archive: zipfile.ZipFile, lecteur: "_Lecteur", sujet: str) -> None:
    analyseur = expat.ParserCreate(namespace_separator=" ")
    analyseur.buffer_text = True
    analyseur.StartElementHandler = lecteur.ouvrir
    analyseur.EndElementHandler = lecteur.fermer
    analyseur.CharacterDataHandler = lecteur.lire
    analyseur.StartDoctypeDeclHandler = lecteur.refuser
    lus = 0
    with archive.open("content.xml") as flux:
        while morceau := flux.read(_MORCEAU):
            lus += len(morceau)
            if lus > MEMBRE_MAX:
                raise ExportTooLargeError(f"{sujet} est trop volumineux une fois décompressé : il est refusé.")
            analyseur.Parse(morceau, False)
    analyseur.Parse(b"", True)


class _Lecteur:
    """Turns the elements of ``content.xml`` into sheets."""

    def __init__(self, sujet: str) -> None:
        self.feuilles: list[FeuilleOds] = []
        self._sujet = sujet
        self._feuille: FeuilleOds | None = None
        self._saut = 0
        self._total = 0
        self._numero = 0
        self._fois = 1
        self._cellules: list[Brut] | None = None
        self._vides = 0
        self._cellule: Attributs | None = None
        self._paragraphes: list[str] = []
        self._morceaux: list[str] | None = None

    def refuser(self, *_declaration: object) -> None:
        """Refuse a document type: no export has one, and entities are how XML grows without end."""
        raise ExportFormatError(f"{self._sujet} est refusé : il déclare des entités XML, qu’aucun export n’a.")

    def lire(self, texte: str) -> None:
        """Take text; only that of a paragraph of a cell is an answer."""
        if self._morceaux is not None and not self._saut:
            self._morceaux.append(texte)

    def ouvrir(self, nom: str, attributs: Attributs) -> None:
        """Enter an element; whatever is not expected in a cell (a comment, a drawing) is left out whole."""
        if self._saut:
            self._saut += 1
        elif self._morceaux is not None:
            self._ouvrir_dans_texte(nom, attributs)
        elif self._cellule is not None:
            if nom in _PARAGRAPHES:
                self._morceaux = []
            else:
                self._saut = 1
        elif self._cellules is not None:
            if nom in _CELLULES:
                self._cellule = attributs
            else:
                self._saut = 1
        elif nom == _LIGNE and self._feuille is not None:
            self._fois = self._combien(attributs.get(_LIGNES_REPETEES))
            self._cellules, self._vides = [], 0
        elif nom == _FEUILLE and self._feuille is None:
            self._feuille, self._numero = FeuilleOds(attributs.get(f"{_TABLE}name", "")), 0
            self.feuilles.append(self._feuille)

    def _ouvrir_dans_texte(self, nom: str, attributs: Attributs) -> None:
        assert self._morceaux is not None
        if nom == _BLANC:
            self._morceaux.append(" " * min(_BLANCS_MAX, self._combien(attributs.get(f"{_TEXT}c"))))
        elif nom == _RETOUR:
            self._morceaux.append("\n")
        elif nom == _TABULATION:
            self._morceaux.append("\t")
        elif nom not in _DANS_LE_TEXTE:
            self._saut = 1

    def fermer(self, nom: str) -> None:
        """Leave an element."""
        if self._saut:
            self._saut -= 1
        elif self._morceaux is not None:
            if nom in _PARAGRAPHES:
                self._paragraphes.append("".join(self._morceaux))
                self._morceaux = None
        elif self._cellule is not None:
            self._finir_cellule(self._cellule)
        elif self._cellules is not None:
            self._finir_ligne(self._cellules)
        elif nom == _FEUILLE:
            self._feuille = None

    def _finir_cellule(self, attributs: Attributs) -> None:
        """Add a cell to the row; blanks wait until something follows them."""
        assert self._cellules is not None
        brut = _valeur(attributs, "\n".join(self._paragraphes).strip()) if attributs or self._paragraphes else ""
        self._cellule, self._paragraphes = None, []
        fois = self._combien(attributs.get(_COLONNES_REPETEES)) if attributs else 1
        if brut == "":
            self._vides += fois
            return
        verifier_etendue(self._sujet, 0, len(self._cellules) + self._vides + fois)
        self._cellules += [""] * self._vides
        self._cellules += [brut] * fois
        self._vides = 0

    def _finir_ligne(self, cellules: list[Brut]) -> None:
        """Add a row to the sheet as many times as it is repeated; blank rows only move the numbers."""
        feuille = self._feuille
        assert feuille is not None
        self._cellules = None
        if cellules:
            self._total += self._fois * len(cellules)
            verifier_etendue(self._sujet, self._numero + self._fois, 0)
            if self._total > CELLULES_MAX:
                raise ExportTooLargeError(
                    f"{self._sujet} a plus de 20 millions de cellules : ce n’est pas un export de dossiers."
                )
            feuille.rangs += [(self._numero + n, cellules) for n in range(1, self._fois + 1)]
            feuille.hauteur = self._numero + self._fois
            feuille.largeur = max(feuille.largeur, len(cellules))
        self._numero += self._fois

    def _combien(self, texte: str | None) -> int:
        """Return how many times something is repeated; anything but a short number is a damaged file."""
        if texte is None:
            return 1
        if not (texte.isascii() and texte.isdigit() and len(texte) <= 9):
            raise abime(self._sujet)
        return max(1, int(texte))


def _valeur(attributs: Attributs, texte: str) -> Brut:
    """Return what a cell holds; a boolean of a template has no text, and its value under another name (§ 4.3)."""
    genre = attributs.get(_GENRE)
    if genre is None or genre == "string":
        return texte or attributs.get(_TEXTE, "").strip()
    if genre in _NOMBRES:
        return _nombre(attributs.get(_VALEUR, ""), texte)
    if genre == "boolean":
        brut = attributs.get(f"{_OFFICE}boolean-value") or attributs.get(_VALEUR) or ""
        return _BOOLEENS.get(brut.lower(), texte)
    # a date or a time, that LibreOffice writes when it saves: ISO, as our own readers of spreadsheets
    return attributs.get(f"{_OFFICE}{genre}-value", "").partition(".")[0] or texte


def _nombre(brut: str, texte: str) -> Brut:
    try:
        valeur = float(brut)
    except ValueError:
        return texte
    return valeur if math.isfinite(valeur) else texte
