"""Import of 10 000 dossiers × 60 fields in each format against its bare reading and a bare insertion.

The floor of a format is what nobody can avoid: the usual library (calamine, csv, json) reads the file in this
process, and one ``executemany`` writes the cells, a column each, into a new SQLite file under the same durability.
Both run in turn; the ratio of each pair is what counts. Memory is that of a process of its own.
"""

import csv
import json
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from benchmarks.fabrique import ecrire_csv, ecrire_json, ecrire_ods, ecrire_xlsx, lignes_dossiers
from benchmarks.mesure import cout, ligne
from o2r_desktop import reception

DOSSIERS = 10_000
FOIS = 3
NOM = "dossiers_offre-de-reperage-et-remobilisation_2025-08-20_10-30"
Table = tuple[int, Iterable[Sequence[Any]]]
"""How many columns, then the rows."""


def _classeur(chemin: Path) -> Table:
    rangs = CalamineWorkbook.from_path(chemin).get_sheet_by_name("Dossiers").to_python()
    return len(rangs[0]), rangs[1:]


def _csv(chemin: Path) -> Table:
    with chemin.open(encoding="utf-8", newline="") as flux:
        rangs = list(csv.reader(flux))
    return len(rangs[0]), rangs[1:]


def _json(chemin: Path) -> Table:
    noeuds = json.loads(chemin.read_bytes())["data"]["demarche"]["dossiers"]["nodes"]
    rangs = [[n["number"], n["state"], n["dateDepot"], *(c["stringValue"] for c in n["champs"])] for n in noeuds]
    return len(rangs[0]), rangs


def _xlsx(chemin: Path, combien: int) -> Path:
    return ecrire_xlsx(chemin, {"Dossiers": lignes_dossiers(combien)})


FORMATS: dict[str, tuple[Callable[[Path, int], Path], Callable[[Path], Table]]] = {
    "xlsx": (_xlsx, _classeur),
    "ods": (ecrire_ods, _classeur),
    "csv": (ecrire_csv, _csv),
    "json": (ecrire_json, _json),
}


def plancher(lire: Callable[[Path], Table], export: Path, base: Path) -> None:
    """Read the file and write its cells, as text or numbers, a column each."""
    base.unlink(missing_ok=True)
    largeur, rangs = lire(export)
    connexion = sqlite3.connect(base)
    connexion.execute("PRAGMA synchronous = FULL")
    with connexion:
        connexion.execute(f"CREATE TABLE dossiers ({', '.join(f'c{n}' for n in range(largeur))})")
        connexion.executemany(
            f"INSERT INTO dossiers VALUES ({', '.join('?' * largeur)})",
            ([c if isinstance(c, (str, float, int)) else str(c) for c in rang] for rang in rangs),
        )
    connexion.close()


def rapport(lieu: Path, genre: str) -> None:
    """Print floor, import, the median of the ratios of the pairs, and the memory."""
    ecrire, lire = FORMATS[genre]
    export = ecrire(lieu / f"{NOM}.{genre}", DOSSIERS)
    couples = []
    for tour in range(FOIS + 1):
        debut = time.perf_counter()
        plancher(lire, export, lieu / "plancher.db")
        milieu = time.perf_counter()
        reception.import_files(lieu / f"{genre}-{tour}", [export], auteur="mesure", essai=False)
        couples.append((milieu - debut, time.perf_counter() - milieu))
    bas, haut = zip(*couples[1:], strict=True)
    ligne(f"{genre} ({export.stat().st_size >> 20} Mio) : plancher", f"{statistics.median(bas):.2f} s")
    ligne(f"{genre} : import", f"{statistics.median(haut):.2f} s")
    ligne(f"{genre} : rapport", f"{statistics.median(h / b for b, h in couples[1:]):.2f}")
    mesure = cout(["importer", str(export), "--campagne", str(lieu / f"{genre}-memoire")])
    ligne(f"{genre} : mémoire au plus haut, programme et lecteur", f"{mesure.memoire} + {mesure.lecteur} Mio")


def main() -> None:
    """Measure and print."""
    for genre in FORMATS:
        with tempfile.TemporaryDirectory() as dossier:
            rapport(Path(dossier), genre)


if __name__ == "__main__":
    main()
