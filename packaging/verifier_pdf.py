"""Check by veraPDF (PDF/A-3a and PDF/UA-1) every PDF that the demonstration makes.

Run by `make test` where Java is found, as: python packaging/verifier_pdf.py .outils build/pdf
"""

import shutil
import subprocess
import sys
from pathlib import Path

VERIFIER = Path(__file__).resolve().parent / "verapdf" / "verifier.py"


def main(outils: Path, sortie: Path) -> int:
    """Make the notes anew in *sortie* and give them to veraPDF, whose status is ours."""
    shutil.rmtree(sortie, ignore_errors=True)
    sortie.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        [sys.executable, "-m", "o2r_desktop", "demo", "--campagne", sortie], check=True, stdout=subprocess.DEVNULL
    )
    documents = sorted(sortie.rglob("*.pdf"))
    if not documents:
        print("La démonstration n’a produit aucun PDF.", file=sys.stderr)
        return 1
    return subprocess.run([sys.executable, VERIFIER, outils, *documents], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
