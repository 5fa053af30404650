"""CSV as French spreadsheets open it: semicolons, UTF-8 that says so, no cell that would be a formula."""

import contextlib
import csv
import io
import re
import tempfile
from pathlib import Path

from o2r_desktop.errors import TableauError
from o2r_desktop.tableaux.fichier import Ecriture
from o2r_desktop.tableaux.modele import Tableau, formule_possible, propre
from o2r_desktop.text import NBSP

_NOMBRE = re.compile(r"[-+]?\d+(?:[.,]\d+)?")


def ecrire_csv(chemin: Path, tableau: Tableau) -> Ecriture:
    """Write the texts of *tableau*, replacing a former file in one step; raises TableauError."""
    flux = io.StringIO(newline="")
    ecrivain = csv.writer(flux, delimiter=";", lineterminator="\r\n")
    ecrivain.writerow([r.titre for r in tableau.rubriques])
    coupees = 0
    for ligne in tableau.lignes:
        cellules = [propre("" if c is None else str(c)) for c in ligne]
        coupees += sum(coupee for _, coupee in cellules)
        ecrivain.writerow([_sans_formule(texte) for texte, _ in cellules])
    _poser(chemin, flux.getvalue().encode("utf-8-sig"))
    return Ecriture(chemin=chemin, lignes=len(tableau.lignes), coupees=coupees)


def _sans_formule(texte: str) -> str:
    """Return a text that no spreadsheet runs: an apostrophe before, which reading takes away; numbers are safe."""
    return f"'{texte}" if formule_possible(texte) and not _NOMBRE.fullmatch(texte) else texte


def _poser(chemin: Path, contenu: bytes) -> None:
    with contextlib.ExitStack() as si_echec:
        try:
            with tempfile.NamedTemporaryFile(
                dir=chemin.parent, prefix=".tableau-", suffix=".tmp", delete=False
            ) as flux:
                provisoire = Path(flux.name)
                si_echec.callback(provisoire.unlink, missing_ok=True)
                flux.write(contenu)
            provisoire.chmod(0o644)
            provisoire.replace(chemin)
        except OSError as erreur:
            raise TableauError(
                f"«{NBSP}{chemin}{NBSP}» ne peut pas être écrit ({erreur.strerror or 'erreur du système'}){NBSP}: "
                "fermez-le s’il est ouvert, ou choisissez un autre dossier, puis recommencez."
            ) from erreur
        si_echec.pop_all()
