"""Files of the dossiers: what an archive holds, what the campagne keeps, and which field announced each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from o2r_desktop.dossiers.model import Anomalie, GenrePiece, Piece


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceLue:
    """One file in an archive. ``chemin`` is its name there; ``nom`` the applicant's, NFC, without the dated suffix.

    ``crc`` and ``taille`` (bytes, unpacked) come from the archive's directory: no byte of the file was read.
    """

    numero: int
    genre: GenrePiece
    nom: str
    chemin: str
    taille: int
    crc: int
    depose_le: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceEnErreur:
    """A file that the platform could not put in the archive; ``numero`` is None when its line names no dossier."""

    numero: int | None
    nom: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveLue:
    """What a ZIP of pieces holds. ``date_fichier`` is that of its name, Paris time, None when it has none."""

    chemin: Path
    fichier: str
    date_fichier: datetime | None
    demarche: str
    pieces: tuple[PieceLue, ...]
    en_erreur: tuple[PieceEnErreur, ...] = ()
    anomalies: tuple[Anomalie, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceRecue:
    """A file that the campagne has. ``pages`` is None until it was looked at; ``remplacee`` by a newer one."""

    id: int
    numero: int
    genre: GenrePiece
    nom: str
    chemin: str
    empreinte: str
    taille: int
    crc: int
    depose_le: datetime | None
    pages: int | None
    import_id: int
    remplacee: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPieces:
    """What an archive would bring; nothing is written yet.

    ``remplacees`` pairs the file of the campagne with the one that takes its place; ``orphelines`` belong to
    dossiers that neither the campagne nor the files read with it hold, and stay out; ``manquantes`` are, by
    dossier, the names that a field announces and that nothing brings.
    """

    archive: ArchiveLue
    nouvelles: tuple[PieceLue, ...] = ()
    remplacees: tuple[tuple[PieceRecue, PieceLue], ...] = ()
    inchangees: tuple[PieceLue, ...] = ()
    orphelines: tuple[PieceLue, ...] = ()
    manquantes: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    anomalies: tuple[Anomalie, ...] = ()


def rapprocher(
    annoncees: Sequence[Piece], recues: Sequence[PieceRecue], en_erreur: Sequence[str] = ()
) -> tuple[Piece, ...]:
    """Return the files of a dossier: those that fields announce, received or not, then those that none does."""
    return tuple(annoncees)
