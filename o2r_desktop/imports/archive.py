"""ZIP archives of pieces, in every layout of the platform (exports-demarche-numerique § 6)."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from o2r_desktop.dossiers.pieces import ArchiveLue, PieceLue
from o2r_desktop.errors import ExportFormatError


def is_archive(path: Path) -> bool:
    """Say whether a file is a ZIP that is no workbook."""
    return False


def read_archive(path: Path) -> ArchiveLue:
    """Return what an archive holds from its directory, without unpacking it; raises ExportError."""
    raise ExportFormatError(f"Le fichier « {path.name} » n’est pas une archive de pièces.")


def open_pieces(archive: ArchiveLue, pieces: Iterable[PieceLue]) -> Iterator[tuple[PieceLue, BinaryIO]]:
    """Yield the bytes of files of an archive, one after the other, never a whole one in memory."""
    yield from ()
