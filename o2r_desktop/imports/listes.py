"""A list of reference read from a workbook or a CSV: which sheet, which row of titles, which column is which.

The file is read in a child process (imports/apercus.py). Nothing is verified here: what is wrong in a row is told,
and can be put right, where the list is shown before it replaces another one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from o2r_desktop.analyse.territoire.listes import Liste
from o2r_desktop.errors import ExportFormatError
from o2r_desktop.imports.apercus import ApercuError, Feuille, apercevoir
from o2r_desktop.imports.gardes import citer
from o2r_desktop.imports.tables import LIGNES_MAX
from o2r_desktop.progress import Reporter, SilentReporter
from o2r_desktop.text import NBSP, NNBSP, enumeration, normalise

_TITRES_PARMI = 12
"""Rows among which the titles are looked for: some files begin with a heading."""
_NOMBRE = re.compile(r"[-+−]?\d[\d  \u202f]*(?:[.,]\d+)?")
_SILENCE = SilentReporter()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListeLue:
    """Rows in the order of the columns of the list; titles of the file that no column takes."""

    fichier: str
    rangees: tuple[tuple[str, ...], ...]
    ignorees: tuple[str, ...] = ()


def lire_liste(chemin: Path, liste: Liste, reporter: Reporter = _SILENCE) -> ListeLue:
    """Read a file into the columns of *liste*; raises ExportFormatError or CancelledError."""
    try:
        apercu = apercevoir(chemin, reporter)
    except OSError as erreur:
        raise ExportFormatError(f"{citer(chemin.name)} ne peut pas être ouvert : vérifiez son nom.") from erreur
    except ApercuError as erreur:
        raise ExportFormatError(
            f"{citer(chemin.name)} ne peut pas être lu comme une liste : donnez un CSV, un XLSX ou un ODS lisible."
        ) from erreur
    trouvees = [(titres, f) for f in apercu.feuilles if (titres := _titres(f, liste)) is not None]
    if not trouvees:
        requises = enumeration([c.titre for c in liste.colonnes if c.requise])
        raise ExportFormatError(
            f"{citer(chemin.name)} n’a pas de ligne de titres où lire {requises} : nommez ses colonnes comme "
            "celles de la liste (exportez-la pour en avoir le modèle), puis recommencez."
        )
    titres, feuille = trouvees[0]
    if feuille.coupe:
        raise ExportFormatError(
            f"{citer(chemin.name)} a plus de {LIGNES_MAX} lignes : une liste de référence est plus courte."
        )
    return _lue(chemin.name, feuille, titres, liste)


def _titres(feuille: Feuille, liste: Liste) -> int | None:
    """Return the rank of the first row that gives every column that is required, None when none does."""
    for rang, ligne in enumerate(feuille.lignes[:_TITRES_PARMI]):
        noms = _noms(ligne, liste)
        if all(c.nom in noms for c in liste.colonnes if c.requise):
            return rang
    return None


def _noms(titres: Sequence[str], liste: Liste) -> list[str]:
    """Return the column of the list that each title names, «» for none; the first of two equal ones counts."""
    connues = {cle: c.nom for c in liste.colonnes for cle in c.cles}
    noms: list[str] = []
    for titre in titres:
        nom = connues.get("".join(c for c in normalise(titre) if c.isalnum()), "")
        noms.append(nom if nom not in noms else "")
    return noms


def _lue(fichier: str, feuille: Feuille, titres: int, liste: Liste) -> ListeLue:
    noms = _noms(feuille.lignes[titres], liste)
    rangees = []
    for rang in range(titres + 1, len(feuille.lignes)):
        cellules = {nom: _cellule(feuille, rang, colonne) for colonne, nom in enumerate(noms) if nom}
        if any(cellules.values()):
            rangees.append(tuple(cellules.get(nom, "") for nom in liste.noms))
    ignorees = tuple(
        texte for texte, nom in zip(feuille.lignes[titres], noms, strict=True) if texte.strip() and not nom
    )
    return ListeLue(fichier=fichier, rangees=tuple(rangees), ignorees=ignorees)


def _cellule(feuille: Feuille, rang: int, colonne: int) -> str:
    """Return a cell on one line; a number without what makes it easy to read: «200067635», «10.5»."""
    texte = " ".join(feuille.texte(rang, colonne).split())
    if feuille.est_nombre(rang, colonne) and _NOMBRE.fullmatch(texte):
        return re.sub(r"\s", "", texte).replace("−", "-").replace(",", ".")
    return texte.removeprefix("'") if texte[:2] in ("'=", "'+", "'-", "'@") else texte


def manque(ignorees: Sequence[str]) -> str:
    """Return in a sentence which columns of a file are not taken, «» when all are."""
    if not ignorees:
        return ""
    cites = enumeration([f"«{NBSP}{t[:40]}{NBSP}»" for t in ignorees[:6]])
    suite = f"{NNBSP}; d’autres aussi" if len(ignorees) > 6 else ""
    return f"Colonnes du fichier non reprises{NBSP}: {cites}{suite}."
