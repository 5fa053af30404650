"""Imports that are killed: a child ended without warning at a given moment, and what is left of the campagne."""

import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from benchmarks.fabrique import ecrire_csv
from benchmarks.mesure import RACINE
from o2r_desktop import operations
from tests.hostile.zips import Membre, ecrire, range_tel_quel

PIECE = "export/dossier-{}/pieces_justificatives/statuts-13-08-2025-12-00-{}.pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Etat:
    """What a campagne holds: fingerprint of each dossier, number of imports, pieces by dossier and fingerprint."""

    dossiers: tuple[tuple[int, str], ...]
    imports: int
    pieces: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Restes:
    """What a killed import left. ``mort`` when it was killed, and had not ended by itself."""

    mort: bool
    etat: Etat
    defauts: list[str]
    etrangers: list[str]


def tableau(chemin: Path, combien: int, graine: int) -> Path:
    """Write a CSV of *combien* dossiers; another seed gives them other answers."""
    return ecrire_csv(chemin, combien, graine)


def pieces(chemin: Path, combien: int, taille: int) -> Path:
    """Write a ZIP of one piece for each of the first dossiers."""
    hasard = random.Random(7)
    membres: list[Membre] = [
        range_tel_quel(PIECE.format(24_000_001 + rang, rang), hasard.randbytes(taille)) for rang in range(combien)
    ]
    return ecrire(chemin, membres)


def commande(campagne: Path, fichiers: Sequence[Path]) -> "subprocess.Popen[bytes]":
    """Start an import as a user does."""
    return subprocess.Popen(
        [sys.executable, "-m", "o2r_desktop", "importer", *map(str, fichiers), "--campagne", str(campagne)],
        cwd=RACINE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def couper(modele: Path | None, campagne: Path, fichiers: Sequence[Path], secondes: float) -> bool:
    """Import into a copy of *modele* (None: nothing), kill after *secondes*; say whether it was still alive."""
    if modele is not None:
        shutil.copytree(modele, campagne)
    enfant = commande(campagne, fichiers)
    try:
        enfant.wait(secondes)
    except subprocess.TimeoutExpired:
        enfant.kill()
        enfant.wait()
        return True
    return False


def etat(campagne: Path) -> Etat:
    """Read a database as it is; SQLite undoes by itself what was not finished."""
    with closing(sqlite3.connect(campagne / "o2r.db")) as base:
        return Etat(
            dossiers=tuple(base.execute("SELECT numero, empreinte FROM dossier ORDER BY numero")),
            imports=base.execute("SELECT count(*) FROM import_").fetchone()[0],
            pieces=tuple(base.execute("SELECT numero, empreinte FROM piece ORDER BY numero, empreinte")),
        )


def restes(campagne: Path, *, mort: bool) -> Restes:
    """Open a campagne for writing, as the next user does, then say what it holds."""
    with operations.open_session(campagne, auteur="suite") as session:
        defauts = operations.verify(session)
    lu = etat(campagne)
    return Restes(mort=mort, etat=lu, defauts=defauts, etrangers=etrangers(campagne, lu))


_CONNUS = ("o2r.db", "o2r.db-journal", "verrou", "recherche.db", "recherche.db-journal")
"""Files that a killed process may leave: a journal that holds nothing to take back stays until the next write."""


def etrangers(campagne: Path, connu: Etat) -> list[str]:
    """Return the files of a campagne that nothing explains, and the backups that are not whole."""
    nommees = {empreinte for _, empreinte in connu.pieces}
    trouves = []
    for fichier in (f for f in campagne.rglob("*") if f.is_file()):
        place = fichier.relative_to(campagne).as_posix()
        rangee = fichier.parent.parent.name == "pieces" and fichier.name.partition(".")[0] in nommees
        sauvee = fichier.parent.name == "sauvegardes" and fichier.suffix == ".db" and _entiere(fichier)
        if place not in _CONNUS and not rangee and not sauvee:
            trouves.append(place)
    return trouves


def _entiere(base: Path) -> bool:
    with closing(sqlite3.connect(base)) as connexion:
        return [r[0] for r in connexion.execute("PRAGMA integrity_check")] == ["ok"]
