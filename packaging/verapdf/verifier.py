"""Check PDF files by veraPDF (PDF/A-3a and PDF/UA-1): python packaging/verapdf/verifier.py .outils a.pdf b.pdf

The tools are prepared by `make outils`. Exit status: 0 all conform, 1 a rule failed, 2 a file is unreadable,
3 the tools are not there (nothing was checked).
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

PROFILS = "3a,ua1"
LAISSE = 3


def commande(outils: Path) -> list[str] | None:
    """Return the beginning of the command line of the driver, None when Java or the tools are missing."""
    java = shutil.which("java")
    classes, chemin = outils / "classes", outils / "classpath"
    if java is None or not chemin.is_file() or not (classes / "Vera.class").is_file():
        return None
    jars = [jar for jar in chemin.read_text(encoding="utf-8").strip().split(os.pathsep) if jar]
    base = outils.parent
    return [java, "-cp", os.pathsep.join([str(classes), *(str(base / jar) for jar in jars)]), "Vera", PROFILS]


def main(outils: Path, documents: list[Path]) -> int:
    """Check *documents*; return the exit status."""
    debut = commande(outils)
    if debut is None:
        print("veraPDF laissé de côté : lancez « make outils » sur une machine qui a Java et JAXB.")
        return LAISSE
    return subprocess.run([*debut, *documents], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve(), [Path(mot) for mot in sys.argv[2:]]))
