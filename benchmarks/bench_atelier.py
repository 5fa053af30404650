"""The workspace on 10 000 dossiers: a dossier of 40 pieces, the next one, a level, an hour of work, memory.

The hour is scripted: levels, comments, pages and dossiers follow one another without pauses, while a
watchdog counts how long the window's thread stays without a turn of its loop.
"""

import io
import sys
import tempfile
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

from reportlab.pdfgen.canvas import Canvas

from benchmarks.bench_fenetre import enfant
from benchmarks.fabrique import export_standard
from benchmarks.mesure import ligne
from o2r_desktop import reception

DOSSIERS, PIECES, PAGES = 10_000, 40, 12
AVEC_PIECES = range(24_000_001, 24_000_004)


def main() -> int:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as temporaire:
        lieu = Path(temporaire)
        export = export_standard(lieu / "export.xlsx", DOSSIERS)
        archive = pieces(lieu / "pieces.zip")
        campagne, reglages = lieu / "campagne", lieu / "reglages.ini"
        reception.import_files(campagne, [export], auteur="mesure", essai=False)
        reception.import_files(campagne, [archive], auteur="mesure", essai=False)
        print(f"Atelier sur {DOSSIERS} dossiers, {PIECES} pièces de {PAGES} pages dans trois d’entre eux :")
        enfant("chauffe", campagne, reglages, export)
        dire(enfant("atelier", campagne, reglages, export))
        heure = enfant("heure", campagne, reglages, export)
        ligne("actes de l’heure écrite", f"{heure['actes']:.0f}")
        ligne("arrêts de plus de 50 ms pendant cette heure", f"{heure['arrets']:.0f}", "aucun")
        ligne("le plus long", f"{heure['pire']:.0f} ms", "au plus 50 ms")
    return 0


def dire(mesures: dict[str, float]) -> None:
    """Print what a user feels from dossier to dossier."""
    ligne(
        "dossier de 40 pièces, première peinture utile (médiane)", f"{mesures['ouvert']:.1f} ms", "au plus 100 ms"
    )
    ligne("le même, page 1 de sa pièce dessinée (médiane)", f"{mesures['dessin']:.1f} ms")
    ligne("dossier suivant (médiane)", f"{mesures['suivant']:.1f} ms", "au plus 60 ms")
    ligne("touche de niveau jusqu’à la réponse écrite (médiane)", f"{mesures['niveau']:.1f} ms", "au plus 15 ms")
    ligne("mémoire après 5 dossiers", f"{mesures['apres_5']:.0f} Mo")
    rapport = mesures["apres_200"] / mesures["apres_5"]
    ligne("mémoire après 200, sur celle d’après 5", f"{rapport:.2f}", "au plus 1,3")


def pieces(chemin: Path) -> Path:
    """Write a ZIP of PDF pieces, each of its own bytes."""
    with ZipFile(chemin, "w", ZIP_STORED) as archive:
        for numero in AVEC_PIECES:
            for rang in range(PIECES):
                nom = f"piece-{rang:02}-13-08-2025-12-00-{rang}.pdf"
                archive.writestr(f"export/dossier-{numero}/pieces_justificatives/{nom}", _pdf(numero, rang))
    return chemin


def _pdf(numero: int, rang: int) -> bytes:
    octets = io.BytesIO()
    toile = Canvas(octets, invariant=True)
    for page in range(PAGES):
        for trait in range(45):
            toile.drawString(
                50, 790 - 16 * trait, f"Dossier {numero}, pièce {rang}, page {page + 1}, ligne {trait}"
            )
        toile.showPage()
    toile.save()
    return octets.getvalue()


if __name__ == "__main__":
    sys.exit(main())
