"""Make the pictures of README and guide again: page 1 of a real note, and the window, page by page.

Run by `make captures`. Every picture of the window, light, dark and at 200 %, goes to build/captures/ to be looked
at; those that the documents show are copied into docs/images/ in fewer colours. Part of a name takes those alone:
python packaging/captures.py dossier
"""

import os
import sys
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image

RACINE = Path(__file__).resolve().parent.parent
IMAGES = RACINE / "docs" / "images"
REGARDER = RACINE / "build" / "captures"
LARGEUR = 1000
"""Width of the page of the note, in pixels: readable on a page of the forge, under 250 KB."""
COULEURS = 128
OCTETS_MAX = 120_000
MONTREES = (
    "analyse-finances",
    "analyse-budget",
    "analyse-territoire",
    "analyse-reseau",
    "analyse-analytique",
    "analyse-structure",
    "accueil-sans-campagne",
    "accueil",
    "import-correspondance",
    "import-controle",
    "import-rapport",
    "dossiers",
    "dossiers-apercu",
    "dossiers-passages",
    "dossier",
    "dossier-constat",
    "dossier-a-reconfirmer",
    "pieces",
    "dossier-preuves",
    "phrases",
    "par-critere",
    "questions",
    "historique",
    "tri-rapide",
    "plan-de-travail",
    "erreur-enregistrement",
    "conclusion-obstacles",
    "note",
    "produire-notes",
    "campagne-parametres",
    "comparer-carte",
    "comite-ordre-du-jour",
    "comite-enveloppe",
    "comite-seance",
    "palette",
)
"""Pictures that README and guide show, all in light and at the usual size."""


def main(choix: str = "") -> int:
    """Take the pictures in a temporary folder, keep those that are shown."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")
    from captures_fenetre import prendre

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as travail:
        prises = prendre(Path(travail), REGARDER, choix=choix)
        if not choix:
            note = min((Path(travail) / "modele").rglob("*.pdf"))
            dessiner(note, IMAGES / "note-page-1.png")
    print(f"{len(prises)} images dans {REGARDER.relative_to(RACINE).as_posix()}")
    legeres = [garder(nom) for nom in MONTREES if choix in nom]
    return int(not all(legeres))


def garder(nom: str) -> bool:
    """Copy a picture into the documents in fewer colours; return False when it stays too heavy."""
    image = IMAGES / f"{nom}.png"
    image.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(REGARDER / f"{nom}-clair.png") as prise:
        alleger(prise.convert("RGB"), image)
    poids = image.stat().st_size
    print(f"{image.relative_to(RACINE).as_posix()} : {poids // 1000} ko")
    return poids <= OCTETS_MAX


def dessiner(note: Path, image: Path) -> None:
    """Write page 1 of *note* as a PNG of LARGEUR pixels."""
    with pypdfium2.PdfDocument(note) as document:
        page = document[0]
        rendu = page.render(scale=LARGEUR / page.get_width()).to_pil()
        page.close()
    alleger(rendu, image)


def alleger(rendu: Image.Image, image: Path) -> None:
    """Write a picture in at most COULEURS colours."""
    rendu.quantize(colors=COULEURS).save(image, optimize=True)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
