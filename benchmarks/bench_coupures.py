"""kill -9 at fifty random moments of an import of a table and a ZIP: all or nothing, store intact, no scraps."""

import random
import tempfile
import time
from collections import Counter
from pathlib import Path

from benchmarks.mesure import ligne
from o2r_desktop import reception
from tests.hostile.coupures import couper, pieces, restes, tableau

COUPURES = 50
DOSSIERS = 1_500


def main() -> None:
    """Kill, look, print."""
    hasard = random.Random(20_250_813)
    issues: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as dossier:
        lieu = Path(dossier)
        modele = lieu / "modele"
        reception.import_files(modele, [tableau(lieu / "a.csv", DOSSIERS // 2, 1)], auteur="mesure", essai=False)
        fichiers = [
            tableau(lieu / "b.csv", DOSSIERS, 2),
            pieces(lieu / "dossiers_ami_2025-08-20_10-30.zip", 60, 300_000),
        ]
        debut = time.perf_counter()
        couper(modele, lieu / "entier", fichiers, 600)
        duree = time.perf_counter() - debut
        avant, apres = restes(modele, mort=False).etat, restes(lieu / "entier", mort=False).etat
        for rang in range(COUPURES):
            campagne = lieu / f"c{rang}"
            mort = couper(modele, campagne, fichiers, duree * (0.2 + 0.8 * hasard.random()))
            laisse = restes(campagne, mort=mort)
            issues["coupés"] += mort
            issues["tout"] += laisse.etat == apres
            issues["rien"] += laisse.etat == avant
            issues["défauts"] += bool(laisse.defauts)
            issues["restes"] += bool(laisse.etrangers)
    ligne("durée de l’import entier", f"{duree:.2f} s")
    ligne("imports coupés", f"{issues['coupés']}/{COUPURES}")
    ligne("campagnes avec tout, avec rien", f"{issues['tout']}, {issues['rien']}", f"total {COUPURES}")
    ligne("campagnes en défaut, avec des restes", f"{issues['défauts']}, {issues['restes']}", "0, 0")


if __name__ == "__main__":
    main()
