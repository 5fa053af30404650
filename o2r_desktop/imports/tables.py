"""Workbooks and CSV files as a reader wants to see them: the beginning of each sheet, in French text.

Runs in a child process (see imports/apercus.py). No formula is evaluated: calamine gives the values that the
spreadsheet computed last.
"""

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from o2r_desktop.errors import ExportTooLargeError, ExportUnreadableError
from o2r_desktop.imports.inflation import peser
from o2r_desktop.imports.refus import ABIME, DEMESURE, PROTEGE, RefusError, verifier_membres
from o2r_desktop.imports.textes import nettoyer
from o2r_desktop.text import date_courte, nombre

LIGNES_MAX, COLONNES_MAX, FEUILLES_MAX = 2_000, 200, 60
"""What is shown of a sheet, and how many sheets are."""
CELLULES_MAX = 400_000
"""Cells that are shown of all the sheets together."""
CARACTERES_MAX = 4_000_000
"""Characters of all the cells together."""
CELLULE_MAX = 5_000
"""Characters of one cell."""
CSV_MAX = 8 * 2**20
"""Bytes of a CSV that are read."""
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SEPARATEURS = (";", ",", "\t", "|")

_LOT = 200
_ESSAI = 20
_SANS_TRANCHES = (10_000, 10**12)
"""Integers below are years, from the second on identifiers: neither is cut in thousands."""
_NOMBRE = re.compile(r"[-+−]?(?:\d{1,3}(?:[  ]\d{3})+|\d+)(?:[.,]\d+)?(?:[  ]?[%€])?")
"""What a spreadsheet would align right in a CSV."""
_MARQUES = re.compile("[\u200e\u200f\u061c]")
"""Marks of direction: alone in a cell they only make a reader see its figures in another order."""

Message = dict[str, Any]
"""«feuille» with its size, then «lignes» and «nombres», a mask by row; «texte» of a page; «coupe»."""


def propre(texte: str) -> str:
    """Return the text of a cell as it is shown: nothing that hides or turns what is read."""
    return _MARQUES.sub("", nettoyer(texte[:CELLULE_MAX]))


def lire_classeur(chemin: Path) -> Iterator[Message]:
    """Yield the sheets of an XLSX, ODS, XLSM or XLS workbook; raises RefusError."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    _peser(chemin)
    try:
        with CalamineWorkbook.from_path(chemin) as classeur:
            yield from _classeur(classeur)
    except PasswordError as erreur:
        raise RefusError(PROTEGE) from erreur
    except (CalamineError, OSError, ValueError) as erreur:
        raise RefusError(ABIME) from erreur


def _peser(chemin: Path) -> None:
    """Refuse a workbook that unpacks to more than it says, or whose cells lie too far."""
    with chemin.open("rb") as flux:
        if flux.read(len(OLE)) == OLE:
            return
    try:
        with zipfile.ZipFile(chemin) as archive:
            verifier_membres(archive.infolist())
        peser(chemin)
    except ExportTooLargeError as erreur:
        raise RefusError(DEMESURE) from erreur
    except (ExportUnreadableError, zipfile.BadZipFile, OSError, ValueError) as erreur:
        raise RefusError(ABIME) from erreur


def _classeur(classeur: Any) -> Iterator[Message]:
    reste = _Reste()
    for rang, details in enumerate(classeur.sheets_metadata):
        if str(details.typ).rpartition(".")[2] != "WorkSheet":  # a chart, or macros
            continue
        if rang >= FEUILLES_MAX or reste.epuise:
            yield {"coupe": True}
            return
        feuille = classeur.get_sheet_by_index(rang)
        masquee = not str(details.visible).endswith(".Visible")
        decalage = feuille.start[1] if feuille.start else 0
        hauteur, largeur = (feuille.end[0] + 1 if feuille.end else 0), decalage + feuille.width
        nom = f"{propre(details.name)[:100]}{' (masquée)' if masquee else ''}"
        yield {"feuille": nom, "hauteur": hauteur, "largeur": largeur}
        vides = [""] * decalage
        lignes = ([*vides, *ligne] for ligne in feuille.iter_rows())
        yield from _lots(lignes, reste, reste.coupe(hauteur, largeur))


class _Reste:
    """What may still be shown of a file."""

    def __init__(self) -> None:
        self.cellules, self.caracteres = CELLULES_MAX, CARACTERES_MAX

    @property
    def epuise(self) -> bool:
        """Whether nothing more may be shown."""
        return self.cellules <= 0 or self.caracteres <= 0

    def coupe(self, hauteur: int, largeur: int) -> bool:
        """Say whether a sheet of this size is shown in part."""
        return hauteur > LIGNES_MAX or largeur > COLONNES_MAX

    def compter(self, ligne: Sequence[str]) -> None:
        """Take a row off."""
        self.cellules -= len(ligne)
        self.caracteres -= sum(map(len, ligne))


def _lots(lignes: Iterable[Sequence[Any]], reste: _Reste, coupe: bool) -> Iterator[Message]:
    """Yield the beginning of a sheet by rows, each without its blank tail."""
    textes: list[list[str]] = []
    nombres: list[int] = []
    for ligne in islice(lignes, LIGNES_MAX):
        dits, masque = _ligne(ligne)
        reste.compter(dits)
        textes.append(dits)
        nombres.append(masque)
        if len(textes) == _LOT:
            yield {"lignes": textes, "nombres": nombres}
            textes, nombres = [], []
        if reste.epuise:
            coupe = True
            break
    yield {"lignes": textes, "nombres": nombres, "coupe": coupe}


def _ligne(ligne: Sequence[Any]) -> tuple[list[str], int]:
    dits: list[str] = []
    masque = 0
    for rang, cellule in enumerate(ligne[:COLONNES_MAX]):
        if cellule == "":
            dits.append("")
        elif isinstance(cellule, str):
            dits.append(propre(cellule))
        else:
            dits.append(dire(cellule))
            masque |= (not isinstance(cellule, bool)) << rang
    while dits and not dits[-1]:
        dits.pop()
    return dits, masque


def dire(valeur: object) -> str:
    """Return a value of a cell in French: «150 000,5», «13/08/2025 14:30», «VRAI»."""
    if isinstance(valeur, bool):
        return "VRAI" if valeur else "FAUX"
    if isinstance(valeur, (int, float)):
        return _nombre(valeur)
    if isinstance(valeur, datetime):
        heure = f" {_heure(valeur.time())}" if valeur.time() != time() else ""
        return date_courte(valeur.date()) + heure
    if isinstance(valeur, date):
        return date_courte(valeur)
    if isinstance(valeur, time):
        return _heure(valeur)
    if isinstance(valeur, timedelta):
        minutes, secondes = divmod(int(valeur.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{secondes:02d}"
    return propre(str(valeur))


def _heure(heure: time) -> str:
    return f"{heure.hour:02d}:{heure.minute:02d}" + (f":{heure.second:02d}" if heure.second else "")


def _nombre(valeur: float) -> str:
    if abs(valeur) >= 1e15 or valeur != valeur or 0 < abs(valeur) < 1e-6:
        return f"{valeur:.10g}".replace(".", ",")
    if valeur == int(valeur):
        entier = int(valeur)
        bas, haut = _SANS_TRANCHES
        if abs(entier) < bas or abs(entier) >= haut:
            return f"{entier}".replace("-", "−")
        return nombre(entier)
    return nombre(Decimal(repr(round(valeur, 6))))


def lire_csv(chemin: Path) -> Iterator[Message]:
    """Yield the rows of a CSV or TSV file as one sheet."""
    with chemin.open("rb") as flux:
        octets = flux.read(CSV_MAX + 1)
    entier = len(octets) <= CSV_MAX
    texte = _decoder(octets[:CSV_MAX], entier=entier)
    csv.field_size_limit(CSV_MAX)  # a quote never closed takes all that follows
    debut = texte.partition("\n")[0].rstrip("\r")
    if debut.startswith("sep=") and len(debut) == 5:  # Excel obeys this first line
        separateur, texte = debut[4], texte.partition("\n")[2]
    else:
        separateur = _separateur(texte)
    lignes = list(islice(csv.reader(io.StringIO(texte, newline=""), delimiter=separateur), LIGNES_MAX + 1))
    largeur = max(map(len, lignes), default=0)
    reste = _Reste()
    hauteur = len(lignes) if entier and len(lignes) <= LIGNES_MAX else 0
    yield {"feuille": "", "hauteur": hauteur, "largeur": largeur}
    coupe = not hauteur or reste.coupe(hauteur, largeur)
    for lot in _lots(lignes, reste, coupe and bool(lignes)):
        lot["nombres"] = [_masque(ligne) for ligne in lot["lignes"]]
        yield lot


def _masque(ligne: Sequence[str]) -> int:
    return sum(1 << rang for rang, texte in enumerate(ligne) if _NOMBRE.fullmatch(texte))


def _decoder(octets: bytes, *, entier: bool) -> str:
    """Read UTF-16 that says so, UTF-8, else what Windows writes; the last character may be cut."""
    if octets.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return octets.decode("utf-16", "replace")
    try:
        return codecs.getincrementaldecoder("utf-8-sig")().decode(octets, final=entier)
    except UnicodeDecodeError:
        return octets.decode("cp1252", "replace")


def _separateur(texte: str) -> str:
    """Return the candidate that cuts the most first lines alike, in the most cells."""
    debut = texte[: 2**16]

    def merite(separateur: str) -> tuple[int, int]:
        tailles = [len(ligne) for ligne in islice(csv.reader(io.StringIO(debut), delimiter=separateur), _ESSAI)]
        largeurs = [taille for taille in tailles if taille > 1]
        commune = max(set(largeurs), key=lambda t: (largeurs.count(t), t), default=0)
        return largeurs.count(commune) if commune else 0, commune

    return max(SEPARATEURS, key=merite)
