"""Write the demonstration exports into resources/demo/, always with the same bytes.

Run ``python packaging/demo/fabriquer.py [--sortie DOSSIER]`` after any change of packaging/demo/{dossiers,pieces}/.
"""

import argparse
from pathlib import Path

from donnees import lire_dossiers
from ecrire_csv import ecrire_csv
from ecrire_json import ecrire_json
from ecrire_xlsx import ecrire_xlsx
from ecrire_zip import ecrire_zip

DEMO = Path(__file__).resolve().parents[2] / "resources" / "demo"
BASE = "dossiers_offre-de-reperage-et-remobilisation_2025-08-20"
NOMS = {"xlsx": f"{BASE}_10-30.xlsx", "csv": f"{BASE}_10-35.csv", "json": "getDemarche.json"}
ARCHIVE = f"{BASE}_10-40.zip"


def fabriquer(sortie: Path) -> list[Path]:
    """Write the three exports and the archive of pieces into *sortie* and return their paths."""
    sortie.mkdir(parents=True, exist_ok=True)
    dossiers = lire_dossiers()
    ecrits = []
    for genre, nom in NOMS.items():
        chemin = sortie / nom
        chemin.write_bytes(_ECRIVAINS[genre]([d for d in dossiers if d.fichier == genre]))
        ecrits.append(chemin)
    archive = sortie / ARCHIVE
    archive.write_bytes(ecrire_zip(dossiers))
    return [*ecrits, archive]


_ECRIVAINS = {"xlsx": ecrire_xlsx, "csv": ecrire_csv, "json": ecrire_json}


def main() -> None:
    """Read the command line and write."""
    parser = argparse.ArgumentParser(description="Fabrique les exports de la campagne de démonstration.")
    parser.add_argument("--sortie", type=Path, default=DEMO, help="dossier où écrire")
    for chemin in fabriquer(parser.parse_args().sortie):
        print(f"{chemin.name} : {chemin.stat().st_size} octets")


if __name__ == "__main__":
    main()
