"""Files of the dossiers in the campagne: bytes under their SHA-256, a line for each, written once and checked."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from o2r_desktop.dossiers.pieces import PieceLue, PieceRecue, PlanPieces
from o2r_desktop.progress import Reporter
from o2r_desktop.store.connection import Campagne


def received(campagne: Campagne, numero: int) -> tuple[PieceRecue, ...]:
    """Return the files of a dossier, those that newer ones replaced included, in the order of their names."""
    return ()


def received_by_dossier(campagne: Campagne) -> dict[int, tuple[PieceRecue, ...]]:
    """Return the files of every dossier that has some, replaced ones left out."""
    return {}


def failed(campagne: Campagne, numero: int) -> tuple[str, ...]:
    """Return the names that the platform could not put in the last archive of a dossier."""
    return ()


def path_of(campagne: Campagne, empreinte: str) -> Path:
    """Return where the bytes of a file are; raises StoreError when they are gone or damaged."""
    raise NotImplementedError


def put_bytes(
    campagne: Campagne, entrees: Iterable[tuple[PieceLue, BinaryIO]], reporter: Reporter
) -> dict[str, str]:
    """Keep bytes under their SHA-256 before the transaction that will name them; return chemin → empreinte.

    Streamed by blocks: memory stays flat. What no transaction names is swept at the next opening.
    """
    return {}


def apply(
    campagne: Campagne,
    plan: PlanPieces,
    empreintes: Mapping[str, str],
    *,
    lot: int,
    auteur: str,
    now: datetime,
) -> int:
    """Write the lines of an archive, inside the caller's transaction, and return the number of the import.

    *lot* is the first import made together with this one, 0 when this is the first.
    """
    return 0


def sweep(campagne: Campagne) -> int:
    """Remove the bytes that an interrupted import left without a line; return how many files went."""
    return 0


def set_pages(campagne: Campagne, empreinte: str, pages: int) -> None:
    """Remember how many pages a file has."""
