"""Import of 10 000 dossiers × 60 fields from XLSX against reading the sheet and a bare insertion of its cells.

The floor is what nobody can avoid: calamine reads the main sheet in this process, and one ``executemany`` writes
its cells, a column each, into a new SQLite file under the same durability. Both are run in turn, and the ratio of
each pair is what counts: the machine may drift.
"""

import resource
import sqlite3
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from python_calamine import CalamineWorkbook

from benchmarks.fabrique import export_standard
from benchmarks.mesure import ligne
from o2r_desktop import operations

DOSSIERS = 10_000
FOIS = 5


def plancher(export: Path, base: Path) -> None:
    """Read the main sheet and write its cells, as text or numbers, a column each."""
    base.unlink(missing_ok=True)
    rangs = CalamineWorkbook.from_path(export).get_sheet_by_name("Dossiers").to_python()
    connexion = sqlite3.connect(base)
    connexion.execute("PRAGMA synchronous = FULL")
    noms = ", ".join(f"c{n}" for n in range(len(rangs[0])))
    connexion.execute(f"CREATE TABLE t ({noms})")
    marques = ", ".join("?" * len(rangs[0]))
    with connexion:
        connexion.executemany(
            f"INSERT INTO t VALUES ({marques})",
            ([c if isinstance(c, (str, float)) else str(c) for c in rang] for rang in rangs[1:]),
        )
    connexion.close()


def importer(export: Path, campagne: Path) -> None:
    """Import the export into a new campagne, as the command does."""
    operations.import_files(campagne, [export], auteur="mesure", essai=False)


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as dossier:
        lieu = Path(dossier)
        export = export_standard(
            lieu / "dossiers_offre-de-reperage-et-remobilisation_2025-08-20_10-30.xlsx", DOSSIERS
        )
        couples = []
        for tour in range(FOIS + 1):
            debut = time.perf_counter()
            plancher(export, lieu / "plancher.db")
            milieu = time.perf_counter()
            importer(export, lieu / f"campagne-{tour}")
            couples.append((milieu - debut, time.perf_counter() - milieu))
        bas, haut = zip(*couples[1:], strict=True)
        ligne("plancher : lecture et insertion nue", f"{statistics.median(bas):.2f} s")
        ligne("import de 10 000 dossiers, plan et journal compris", f"{statistics.median(haut):.2f} s")
        rapport = statistics.median(h / b for b, h in couples[1:])
        ligne("rapport", f"{rapport:.2f}", "≤ 2,0")
        debut = time.perf_counter()
        importer(export, lieu / "campagne-1")
        ligne("ré-import du même fichier", f"{time.perf_counter() - debut:.2f} s")
        recherche(lieu / "campagne-1")
    for qui, quoi in ((resource.RUSAGE_SELF, "processus"), (resource.RUSAGE_CHILDREN, "lecteur")):
        ligne(f"mémoire au plus haut, {quoi}", f"{resource.getrusage(qui).ru_maxrss / 1024:.0f} Mio")


def recherche(campagne: Path) -> None:
    """Time the list and a search in it, opening included."""
    for texte in ("", "relais 85"):
        debut = time.perf_counter()
        with operations.open_session(
            campagne, auteur="mesure", lecture_seule=True, horloge=lambda: datetime.now(UTC)
        ) as session:
            operations.list_dossiers(session, texte)
        ligne(f"liste des 10 000 dossiers, recherche « {texte} »", f"{(time.perf_counter() - debut) * 1000:.0f} ms")


if __name__ == "__main__":
    sys.exit(main())
