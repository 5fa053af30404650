"""An archive of pieces for a dossier of the demonstration, of every kind that the window shows or refuses."""

import zipfile
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage

from o2r_desktop import reception
from tests.ui.widgets.feuilles import chiffre, pdf

NUMERO = 25_000_108
SUFFIXE = "-04-07-2025-16-03-0111"
COMPTES = [["Bilan au 31 décembre 2024", "Total des fonds propres : 201 765"], ["Annexe"], ["Équipe dédiée"]]


def image(largeur: int = 320, hauteur: int = 200, couleur: str = "#336699") -> bytes:
    """Return a PNG of one colour."""
    picture = QImage(largeur, hauteur, QImage.Format.Format_RGB32)
    picture.fill(QColor(couleur))
    tampon = QBuffer()
    tampon.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(tampon, "PNG")
    return bytes(tampon.data().data())


def fichiers() -> dict[str, bytes]:
    """Return what the archive holds, by folder and name."""
    return {
        "pieces_justificatives/comptes_2024.pdf": pdf(COMPTES),
        "pieces_justificatives/comptes_2023.pdf": chiffre(pdf([["secret"]])),
        "pieces_justificatives/comptes_2022.pdf": b"%PDF-1.7 puis plus rien",
        "pieces_justificatives/budget_projet_2026-2028.xlsx": b"PK\x03\x04" + bytes(2_000),
        "pieces_justificatives/rib.pdf": b"MZ\x90\x00" + bytes(600),
        "messagerie/façade.png": image(),
        "messagerie/précisions.txt": "Été : les effectifs\nsont de 12.".encode(),
        "avis/page.html": b"<html><script>alert(1)</script></html>",
    }


def ecrire(chemin: Path, contenu: dict[str, bytes], numero: int = NUMERO) -> Path:
    """Write the archive as the platform does: each name with its date before its end."""
    with zipfile.ZipFile(chemin, "w", zipfile.ZIP_STORED) as archive:
        for nom, octets in contenu.items():
            tronc, _, fin = nom.rpartition(".")
            archive.writestr(f"export/dossier-{numero}/{tronc}{SUFFIXE}.{fin}", octets)
    return chemin


def importer(campagne: Path, travail: Path, numero: int = NUMERO) -> None:
    """Have the campagne receive them."""
    nom = "dossiers_offre-de-reperage-et-remobilisation_2025-08-20_10-50.zip"
    archive = ecrire(travail / nom, fichiers(), numero)
    reception.import_files(campagne, [archive], auteur="Essai", essai=False)
