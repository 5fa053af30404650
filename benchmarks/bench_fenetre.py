"""The window on 10 000 dossiers: cold start, memory, search, next dossier, one answer, the longest stall.

The floor of the start is a bare PySide6 window with an empty table, its process started in turn with ours. Times of
a process count from before its start to the first paint that shows rows. Everything runs on the platform that
QT_QPA_PLATFORM says, «offscreen» when it says nothing.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.fabrique import export_standard
from benchmarks.mesure import ligne
from o2r_desktop import reception

DOSSIERS = 10_000
FOIS = 7
NU = """
import json, os, sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
class Table(QTableView):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, fin)
def fin():
    memoire = int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGESIZE") / 1e6
    print(json.dumps({"peint": time.time(), "memoire": memoire}), flush=True)
    os._exit(0)
app = QApplication([])
fenetre = QMainWindow()
fenetre.setCentralWidget(Table())
fenetre.resize(1366, 768)
fenetre.show()
app.exec()
"""


def main() -> int:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as temporaire:
        lieu = Path(temporaire)
        export = export_standard(lieu / "export.xlsx", DOSSIERS)
        campagne = lieu / "campagne"
        reception.import_files(campagne, [export], auteur="mesure", essai=False)
        reglages = lieu / "reglages.ini"
        print(f"Fenêtre sur {DOSSIERS} dossiers :")
        enfant("chauffe", campagne, reglages, export)  # bytecode, summaries of the checks, last page
        depart(campagne, reglages)
        usage(enfant("usage", campagne, reglages, export))
        import_ = enfant("import", lieu / "neuve", lieu / "autres.ini", export)
        ligne("plus long arrêt de la fenêtre pendant l’import", f"{import_['arret']:.0f} ms", "au plus 50 ms")
    return 0


def depart(campagne: Path, reglages: Path) -> None:
    """Print the cold start and the memory, beside those of a bare window."""
    couples = []
    for _ in range(FOIS):
        avant = time.time()
        nu = lance([sys.executable, "-c", NU])
        milieu = time.time()
        notre = lance([sys.executable, "-m", "benchmarks.depart", str(campagne)], O2R_REGLAGES=str(reglages))
        couples.append((nu["peint"] - avant, notre["peint"] - milieu, nu["memoire"], notre["memoire"]))
    bas, haut, memoire_nue, memoire = (statistics.median(c) for c in zip(*couples, strict=True))
    rapport = statistics.median(notre / nu for nu, notre, *_ in couples)
    ligne("fenêtre nue, jusqu’à sa première peinture", f"{bas * 1000:.0f} ms")
    ligne("O2R Desktop, jusqu’à la liste peinte", f"{haut * 1000:.0f} ms")
    ligne("rapport des paires", f"{rapport:.2f}", "au plus 2,0")
    ligne("mémoire, la liste affichée", f"{memoire:.0f} Mo", f"au plus 250 Mo ; fenêtre nue {memoire_nue:.0f}")


def usage(mesures: dict[str, float]) -> None:
    """Print what a user feels once the window is open."""
    ligne(
        "touche de recherche jusqu’aux lignes peintes (médiane)", f"{mesures['recherche']:.1f} ms", "au plus 50 ms"
    )
    ligne("dossier suivant (médiane)", f"{mesures['suivant']:.1f} ms", "au plus 60 ms")
    ligne("touche de niveau jusqu’à la réponse écrite (médiane)", f"{mesures['niveau']:.1f} ms", "au plus 15 ms")
    ligne("mémoire après usage", f"{mesures['memoire']:.0f} Mo", "au plus 250 Mo")


def enfant(quoi: str, campagne: Path, reglages: Path, export: Path) -> dict[str, float]:
    """Run one of the scenarios of benchmarks.scenarios in a process of its own."""
    return lance([sys.executable, "-m", "benchmarks.scenarios", quoi, str(campagne), str(reglages), str(export)])


def lance(commande: list[str], **autour: str) -> dict[str, float]:
    """Run a command and return the JSON of its last line."""
    # «offscreen» warns of each window that it cannot size; no other platform does, and the log would be opened.
    environnement = {
        "QT_QPA_PLATFORM": "offscreen",
        "QT_LOGGING_RULES": "default.warning=false",
        **os.environ,
        **autour,
    }
    environnement.pop("PYTHONDONTWRITEBYTECODE", None)
    fait = subprocess.run(commande, env=environnement, check=True, capture_output=True, text=True)
    mesures: dict[str, float] = json.loads(fait.stdout.strip().splitlines()[-1])
    return mesures


if __name__ == "__main__":
    sys.exit(main())
