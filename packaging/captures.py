"""Make the picture of the README again: page 1 of a real note of the demonstration campagne.

Run by `make captures`. The note is the first by name unless part of a name is given:
python packaging/captures.py 24000003
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2

RACINE = Path(__file__).resolve().parent.parent
IMAGE = RACINE / "docs" / "images" / "note-page-1.png"
LARGEUR = 1000  # pixels: readable on a page of the forge, under 250 KB


def main(choix: str = "") -> int:
    """Run the demonstration in a temporary folder and draw the first page of one note."""
    with tempfile.TemporaryDirectory() as dossier:
        campagne = Path(dossier) / "demo"
        subprocess.run(
            [sys.executable, "-m", "o2r_desktop", "demo", "--campagne", campagne], cwd=RACINE, check=True
        )
        notes = sorted(note for note in campagne.rglob("*.pdf") if choix in note.name)
        if not notes:
            print(f"Aucune note dont le nom contient « {choix} ».", file=sys.stderr)
            return 1
        dessiner(notes[0], IMAGE)
    print(f"{IMAGE.relative_to(RACINE).as_posix()} : page 1 de {notes[0].name}")
    return 0


def dessiner(note: Path, image: Path) -> None:
    """Write page 1 of *note* as a PNG of LARGEUR pixels in at most 128 colours."""
    image.parent.mkdir(parents=True, exist_ok=True)
    with pypdfium2.PdfDocument(note) as document:
        page = document[0]
        rendu = page.render(scale=LARGEUR / page.get_width()).to_pil()
        page.close()
    rendu.quantize(colors=128).save(image, optimize=True)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
