"""Import of an unchanged file again, against the first import of that file, in each format: 10 000 dossiers."""

import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.bench_formats import DOSSIERS, FORMATS, NOM
from benchmarks.mesure import cout, ligne
from o2r_desktop import reception

FOIS = 3


def _duree(campagne: Path, export: Path) -> float:
    debut = time.perf_counter()
    reception.import_files(campagne, [export], auteur="mesure", essai=False)
    return time.perf_counter() - debut


def rapport(lieu: Path, genre: str) -> None:
    """Print first import, second one, and the median of the ratios of the pairs."""
    export = FORMATS[genre][0](lieu / f"{NOM}.{genre}", DOSSIERS)
    couples = []
    for tour in range(FOIS + 1):
        campagne = lieu / f"{genre}-{tour}"
        couples.append((_duree(campagne, export), _duree(campagne, export)))
    premiers, seconds = zip(*couples[1:], strict=True)
    ligne(f"{genre} : premier import", f"{statistics.median(premiers):.2f} s")
    ligne(f"{genre} : ré-import du fichier inchangé", f"{statistics.median(seconds):.2f} s")
    ligne(f"{genre} : rapport", f"{statistics.median(s / p for p, s in couples[1:]):.2f}", "≤ 0,35")
    mesure = cout(["importer", str(export), "--campagne", str(lieu / f"{genre}-0")])
    ligne(f"{genre} : mémoire du ré-import, programme et lecteur", f"{mesure.memoire} + {mesure.lecteur} Mio")


def main() -> None:
    """Measure and print."""
    for genre in FORMATS:
        with tempfile.TemporaryDirectory() as dossier:
            rapport(Path(dossier), genre)


if __name__ == "__main__":
    main()
