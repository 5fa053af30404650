"""The lists of reference as tables: what their columns are, how a CSV of any hand is read, how one is written."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from o2r_desktop.errors import DossierError
from o2r_desktop.text import NBSP, NNBSP, enumeration, normalise, pluriel, printable

LIGNES_MAX = 20_000
CELLULE_MAX = 10_000
"""More rows and longer cells than any list of the region will ever have."""
_SEPARATEURS = (",", ";", "\t")


@dataclass(frozen=True, slots=True, kw_only=True)
class Colonne:
    """A column: ``nom`` in the file, ``titre`` in a table, ``aide`` says what is expected.

    ``autres`` are other names under which a file may give it; ``requise`` when no row may leave it blank.
    """

    nom: str
    titre: str
    aide: str
    requise: bool = False
    autres: tuple[str, ...] = ()

    @property
    def cles(self) -> tuple[str, ...]:
        """Names under which a file may give it, as they are compared."""
        return tuple(_cle(n) for n in (self.nom, self.titre, *self.autres))


@dataclass(frozen=True)
class Rangee:
    """A row of a file: the line where it begins, its cells by name of column."""

    ligne: int
    cellules: dict[str, str]

    def __getitem__(self, nom: str) -> str:
        """Return a cell, «» when the file has no such column."""
        return self.cellules.get(nom, "")


@dataclass(frozen=True)
class Liste:
    """A list of reference: what it is called, its columns in the order of the file."""

    nom: str
    colonnes: tuple[Colonne, ...]

    @cached_property
    def noms(self) -> tuple[str, ...]:
        """Names of the columns."""
        return tuple(c.nom for c in self.colonnes)

    def rangees(self, texte: str) -> Iterator[Rangee]:
        """Yield the rows of a CSV text: comma, semicolon or tab, any order of columns, BOM or not.

        Raises DossierError with the line at fault and what it should hold.
        """
        entete: _Entete | None = None
        for ligne, cellules in self._lignes(texte):
            if entete is None:
                entete = self._entete(ligne, cellules)
            else:
                yield self._rangee(ligne, cellules, entete)
        if entete is None:
            raise DossierError(
                f"{self.nom}{NBSP}: le fichier est vide{NNBSP}; il faut une ligne de titres ({self._titres})."
            )

    def cellules(self, texte: str) -> tuple[tuple[str, ...], ...]:
        """Return the rows as texts, in the order of the columns: what a table shows."""
        return tuple(tuple(r[nom] for nom in self.noms) for r in self.rangees(texte))

    def ecrire(self, rangees: Iterable[Sequence[str]]) -> str:
        """Return the CSV text of rows given in the order of the columns; blank rows are left out."""
        sortie = io.StringIO(newline="")
        ecrivain = csv.writer(sortie, lineterminator="\n")
        ecrivain.writerow(self.noms)
        for rangee in rangees:
            propre = [printable(c).strip() for c in rangee]
            if any(propre):
                ecrivain.writerow(propre)
        return sortie.getvalue()

    def erreur(self, ligne: int, quoi: str) -> DossierError:
        """Return the failure to raise about a line."""
        return DossierError(f"{self.nom}, ligne {ligne}{NBSP}: {quoi}.")

    @property
    def _titres(self) -> str:
        return ", ".join(self.noms)

    def _lignes(self, texte: str) -> Iterator[tuple[int, list[str]]]:
        """Yield the lines that hold something, with their number."""
        texte = texte.removeprefix("\ufeff").replace("\0", "")
        premiere = next((x for x in texte.splitlines() if x.strip()), "")
        separateur = max(_SEPARATEURS, key=premiere.count)
        lecteur = csv.reader(io.StringIO(texte, newline=""), delimiter=separateur, strict=True)
        debut = 1
        try:
            for brutes in lecteur:
                if lecteur.line_num > LIGNES_MAX:
                    raise self.erreur(debut, f"plus de {LIGNES_MAX} lignes{NNBSP}; donnez une liste plus courte")
                cellules = [printable(c).strip() for c in brutes]
                if any(cellules):
                    yield debut, cellules
                debut = lecteur.line_num + 1
        except csv.Error as erreur:
            quoi = "un guillemet est mal placé ou une cellule est trop longue"
            raise self.erreur(
                debut, f"{quoi}{NNBSP}; corrigez-la dans le tableur d’où vient le fichier"
            ) from erreur

    def _entete(self, ligne: int, titres: list[str]) -> "_Entete":
        connues = {cle: c.nom for c in self.colonnes for cle in c.cles}
        noms = [connues.get(_cle(titre), "") for titre in titres]
        double = next((n for n in noms if n and noms.count(n) > 1), None)
        if double:
            raise self.erreur(ligne, f"la colonne «{NBSP}{double}{NBSP}» est donnée deux fois")
        absentes = [f"«{NBSP}{c.nom}{NBSP}»" for c in self.colonnes if c.requise and c.nom not in noms]
        if absentes:
            quoi = f"il manque {pluriel(len(absentes), 'colonne')}, {enumeration(absentes)}"
            raise self.erreur(ligne, f"{quoi}{NNBSP}; titres attendus{NBSP}: {self._titres}")
        return noms

    def _rangee(self, ligne: int, cellules: list[str], entete: "_Entete") -> Rangee:
        if any(cellules[len(entete) :]):
            quoi = "plus de cellules que de titres"
            raise self.erreur(ligne, f"{quoi}{NNBSP}; mettez entre guillemets les textes qui ont une virgule")
        lues = {nom: cellule for nom, cellule in zip(entete, cellules, strict=False) if nom}
        for colonne in self.colonnes:
            valeur = lues.get(colonne.nom, "")
            if colonne.requise and not valeur:
                raise self.erreur(ligne, f"«{NBSP}{colonne.nom}{NBSP}» est vide{NNBSP}; {colonne.aide}")
            if len(valeur) > CELLULE_MAX:
                raise self.erreur(ligne, f"«{NBSP}{colonne.nom}{NBSP}» dépasse {CELLULE_MAX} caractères")
        return Rangee(ligne, lues)


_Entete = list[str]
"""The name of the column at each place, «» for those of others."""


def _cle(titre: str) -> str:
    return "".join(c for c in normalise(titre) if c.isalnum())


def morceaux(cellule: str, separateurs: str = ",;|/ ") -> tuple[str, ...]:
    """Return the parts of a cell that holds several, blanks left out."""
    for separateur in separateurs:
        cellule = cellule.replace(separateur, "\n")
    return tuple(dict.fromkeys(m.strip() for m in cellule.split("\n") if m.strip()))


def entier(liste: Liste, rangee: Rangee, nom: str) -> int | None:
    """Read a count, blanks between thousands allowed; None when the cell is blank."""
    brut = rangee[nom]
    chiffres = "".join(brut.split())
    if not chiffres:
        return None
    if not (chiffres.isascii() and chiffres.isdigit() and len(chiffres) <= 9):
        quoi = f"«{NBSP}{nom}{NBSP}» vaut «{NBSP}{brut[:40]}{NBSP}»"
        raise liste.erreur(rangee.ligne, f"{quoi}{NNBSP}; il faut un nombre entier, sans unité")
    return int(chiffres)
