"""A ZIP of pieces of 2 GB planned, imported, imported again, against a bare copy with SHA-256 of the same bytes."""

import hashlib
import os
import tempfile
import time
from pathlib import Path
from zipfile import ZipFile

from benchmarks.fabrique import ecrire_csv, ecrire_zip
from benchmarks.mesure import cout, ligne

OCTETS = 2 * 10**9
TAILLE = 2 * 10**6
DOSSIERS = 100
BLOC = 2**20


def plancher(archive: Path, lieu: Path) -> float:
    """Copy each member to a durable file of its own, take its SHA-256 on the way; return the seconds."""
    lieu.mkdir()
    debut = time.perf_counter()
    with ZipFile(archive) as lue:
        for rang, membre in enumerate(lue.infolist()):
            somme = hashlib.sha256()
            with lue.open(membre) as flux, (lieu / str(rang)).open("wb") as sortie:
                while bloc := flux.read(BLOC):
                    somme.update(bloc)
                    sortie.write(bloc)
                sortie.flush()
                os.fsync(sortie.fileno())
    return time.perf_counter() - debut


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as dossier:
        lieu = Path(dossier)
        nom = "dossiers_offre-de-reperage-et-remobilisation_2025-08-20_10-30"
        table = ecrire_csv(lieu / f"{nom}.csv", DOSSIERS)
        archive = ecrire_zip(lieu / f"{nom}.zip", OCTETS, TAILLE, DOSSIERS)
        campagne = str(lieu / "ami")
        cout(["importer", str(table), "--campagne", campagne])
        bas = plancher(archive, lieu / "plancher")
        mots = ["importer", str(archive), "--campagne", campagne]
        plan, fait, encore = cout([*mots, "--essai"]), cout(mots), cout(mots)
        debit = OCTETS / 10**6
        ligne("copie et SHA-256 nus, un fichier par pièce", f"{bas:.1f} s", f"{debit / bas:.0f} Mo/s")
        ligne("lecture du répertoire et plan", f"{plan.secondes:.2f} s")
        ligne("import de l’archive", f"{fait.secondes:.1f} s", f"{debit / fait.secondes:.0f} Mo/s")
        ligne("rapport à la copie nue", f"{fait.secondes / bas:.2f}")
        ligne("ré-import de la même archive", f"{encore.secondes:.2f} s")
        ligne("mémoire au plus haut", f"{max(fait.memoire, fait.lecteur)} Mio", "plate, quelle que soit l’archive")


if __name__ == "__main__":
    main()
