"""Archives of pieces written as the platform writes them: stored, with entries for folders."""

import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

SUFFIXE = "-04-07-2025-16-03-"
"""What the platform adds to a name, before the number of the file and the extension."""
DATE = "2025-08-20_10-30"
NOM = f"dossiers_offre-de-reperage_{DATE}.zip"


def archive(chemin: Path, fichiers: Mapping[str, bytes], methode: int = zipfile.ZIP_STORED) -> Path:
    """Write an archive that holds *fichiers*, by path."""
    with zipfile.ZipFile(chemin, "w", methode) as zip_:
        for nom, octets in fichiers.items():
            zip_.writestr(nom, octets)
    return chemin


def deposee(
    numero: int, nom: str, *, jour: str = "04-07-2025", sous: str = "pieces_justificatives", rang: int = 7
) -> str:
    """Return the path of a file in a standard export."""
    tige, point, extension = nom.rpartition(".")
    return f"export/dossier-{numero}/{sous}/{tige}-{jour}-16-03-{rang}{point}{extension}"


def standard(chemin: Path, dossiers: Mapping[int, Mapping[str, bytes]], **plus: str) -> Path:
    """Write a standard export: the pieces of each dossier, by name."""
    return archive(
        chemin, {deposee(n, nom, **plus): o for n, pieces in dossiers.items() for nom, o in pieces.items()}
    )


def zip_brut(chemin: Path, entrees: list[tuple[bytes, bytes, int]], *, declare: int | None = None) -> Path:
    """Write members whose raw name and flags are chosen; *declare* is the size that they all claim."""
    corps, repertoire = b"", b""
    for nom, octets, drapeaux in entrees:
        taille = len(octets) if declare is None else declare
        commun = struct.pack(
            "<5H3L2H", 20, drapeaux, 0, 0, 33, zlib.crc32(octets), len(octets), taille, len(nom), 0
        )
        repertoire += b"PK\x01\x02" + struct.pack("<H", 20) + commun
        repertoire += struct.pack("<3H2L", 0, 0, 0, 0, len(corps)) + nom
        corps += b"PK\x03\x04" + commun + nom + octets
    fin = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, len(entrees), len(entrees), len(repertoire), len(corps), 0)
    chemin.write_bytes(corps + repertoire + fin)
    return chemin
