"""Import of 10 000 dossiers × 60 fields from XLSX against reading the sheet and a bare insertion of its cells.

The floor is what nobody can avoid: calamine reads the sheets in this process, and one ``executemany`` each writes
their cells, a column each, into a new SQLite file under the same durability. Both are run in turn, and the ratio
of each pair is what counts: the machine may drift.
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

from benchmarks.fabrique import ecrire_xlsx, export_standard, lignes_dossiers
from benchmarks.mesure import ligne
from o2r_desktop import operations, reception

DOSSIERS = 10_000
FOIS = 5


def plancher(export: Path, base: Path) -> None:
    """Read each sheet and write its cells, as text or numbers, a column each."""
    base.unlink(missing_ok=True)
    connexion = sqlite3.connect(base)
    connexion.execute("PRAGMA synchronous = FULL")
    classeur = CalamineWorkbook.from_path(export)
    with connexion:
        for feuille in classeur.sheet_names:
            rangs = classeur.get_sheet_by_name(feuille).to_python()
            noms = ", ".join(f"c{n}" for n in range(len(rangs[0])))
            connexion.execute(f"CREATE TABLE {feuille} ({noms})")
            connexion.executemany(
                f"INSERT INTO {feuille} VALUES ({', '.join('?' * len(rangs[0]))})",
                ([c if isinstance(c, (str, float)) else str(c) for c in rang] for rang in rangs[1:]),
            )
    connexion.close()


def importer(export: Path, campagne: Path) -> None:
    """Import the export into a new campagne, as the command does."""
    reception.import_files(campagne, [export], auteur="mesure", essai=False)


def rapport(export: Path, lieu: Path, quoi: str) -> None:
    """Print floor, import and the median of the ratios of the pairs."""
    couples = []
    for tour in range(FOIS + 1):
        debut = time.perf_counter()
        plancher(export, lieu / "plancher.db")
        milieu = time.perf_counter()
        importer(export, lieu / f"{quoi}-{tour}")
        couples.append((milieu - debut, time.perf_counter() - milieu))
    bas, haut = zip(*couples[1:], strict=True)
    ligne(f"{quoi} : plancher, lecture et insertion nue", f"{statistics.median(bas):.2f} s")
    ligne(f"{quoi} : import, plan, journal et base durable", f"{statistics.median(haut):.2f} s")
    ligne(f"{quoi} : rapport", f"{statistics.median(h / b for b, h in couples[1:]):.2f}", "≤ 2,0")


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as dossier:
        lieu = Path(dossier)
        nom = "dossiers_offre-de-reperage-et-remobilisation_2025-08-20_10-30.xlsx"
        (lieu / "seule").mkdir()
        seule = ecrire_xlsx(lieu / "seule" / nom, {"Dossiers": lignes_dossiers(DOSSIERS)})
        rapport(seule, lieu, "feuille Dossiers")
        complet = export_standard(lieu / nom, DOSSIERS)
        rapport(complet, lieu, "avec Etablissements")
        debut = time.perf_counter()
        importer(complet, lieu / "avec Etablissements-1")
        ligne("ré-import du même fichier", f"{time.perf_counter() - debut:.2f} s")
        recherche(lieu / "avec Etablissements-1")
    for qui, quoi in ((resource.RUSAGE_SELF, "programme"), (resource.RUSAGE_CHILDREN, "processus lecteur")):
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
