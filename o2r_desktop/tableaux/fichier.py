"""Writing a table to a file: whole or not at all."""

import contextlib
import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from o2r_desktop.errors import TableauError
from o2r_desktop.progress import Reporter, SilentReporter
from o2r_desktop.tableaux.modele import Tableau
from o2r_desktop.text import NBSP, NNBSP

Ecrivain = Callable[[IO[bytes], Tableau, Reporter], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ecriture:
    """A table written: where, how many rows, how many cells were too long and had to be cut."""

    chemin: Path
    lignes: int
    coupees: int


def _xlsx(flux: IO[bytes], tableau: Tableau, reporter: Reporter) -> int:
    from o2r_desktop.tableaux import xlsx  # the library is read when a table is written

    return xlsx.ecrire(flux, tableau, reporter)


def _ods(flux: IO[bytes], tableau: Tableau, reporter: Reporter) -> int:
    from o2r_desktop.tableaux import ods

    return ods.ecrire(flux, tableau, reporter)


FORMATS: Mapping[str, tuple[str, Ecrivain]] = {
    ".xlsx": ("Classeur Excel (XLSX)", _xlsx),
    ".ods": ("Classeur OpenDocument (ODS)", _ods),
}
"""Endings of file names, the name of each format and what writes it."""


def verifier(chemin: Path) -> Ecrivain:
    """Return what writes a file of that name; raises TableauError when none does."""
    connu = FORMATS.get(chemin.suffix.lower())
    if connu is None:
        raise TableauError(
            f"«{NBSP}{chemin.name}{NBSP}» ne dit pas son format{NBSP}: donnez un nom qui finit par .xlsx ou .ods."
        )
    return connu[1]


def preparer(dossier: Path) -> None:
    """Make a folder for tables when it is missing; raises TableauError."""
    try:
        dossier.mkdir(exist_ok=True)
    except OSError as erreur:
        raise _pas_ecrit(dossier, erreur) from erreur


def ecrire(chemin: Path, tableau: Tableau, reporter: Reporter | None = None) -> Ecriture:
    """Write *tableau*, replacing a former file in one step; the end of the name is the format.

    Raises TableauError when the name has no known ending, the folder is missing or read-only, the disk is full or
    the file is open elsewhere, CancelledError when *reporter* says so; a former file is untouched then.
    """
    ecrivain = verifier(chemin)
    if chemin.is_dir():
        raise TableauError(f"«{NBSP}{chemin}{NBSP}» est un dossier{NBSP}: choisissez un autre nom de fichier.")
    with contextlib.ExitStack() as si_echec:
        try:
            with tempfile.NamedTemporaryFile(
                dir=chemin.parent, prefix=".tableau-", suffix=".tmp", delete=False
            ) as flux:
                provisoire = Path(flux.name)
                si_echec.callback(_effacer, provisoire)
                coupees = ecrivain(flux, tableau, reporter or SilentReporter())
                flux.flush()
                os.fsync(flux.fileno())
            provisoire.chmod(0o644)
        except OSError as erreur:
            raise _pas_ecrit(chemin, erreur) from erreur
        try:
            provisoire.replace(chemin)
        except OSError as erreur:
            raise TableauError(
                f"«{NBSP}{chemin.name}{NBSP}» ne peut pas être remplacé{NBSP}: fermez-le dans le tableur qui l’a "
                "ouvert, ou choisissez un autre nom, puis recommencez."
            ) from erreur
        si_echec.pop_all()
    return Ecriture(chemin=chemin, lignes=len(tableau.lignes), coupees=coupees)


def _pas_ecrit(chemin: Path, erreur: OSError) -> TableauError:
    if not chemin.parent.is_dir():
        return TableauError(
            f"Le dossier «{NBSP}{chemin.parent}{NBSP}» n’existe pas{NBSP}: créez-le ou choisissez-en un autre."
        )
    return TableauError(
        f"«{NBSP}{chemin}{NBSP}» ne peut pas être écrit ({erreur.strerror or 'erreur du système'}){NBSP}: vérifiez "
        f"que le dossier est ouvert en écriture et que le disque n’est pas plein{NNBSP}; sinon, choisissez un "
        "autre dossier."
    )


def _effacer(provisoire: Path) -> None:
    with contextlib.suppress(OSError):
        provisoire.unlink()
