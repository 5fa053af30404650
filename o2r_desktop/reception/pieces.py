"""Use cases of the pieces: what an archive would bring, and its bytes kept before its lines are written."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from o2r_desktop.dossiers.importation import ImportPlan
from o2r_desktop.dossiers.pieces import PlanPieces
from o2r_desktop.operations import Session
from o2r_desktop.progress import Reporter


def plan_archives(
    session: Session | None, chemins: Sequence[Path], plans: Sequence[ImportPlan], reporter: Reporter
) -> tuple[tuple[PlanPieces, ...], tuple[tuple[Path, str], ...]]:
    """Return what archives would bring to a campagne as *plans* would leave it, and those that cannot be read.

    *session* is None when there is no campagne yet.
    """
    return (), ()


@contextmanager
def kept_bytes(
    session: Session, archives: Sequence[PlanPieces], reporter: Reporter
) -> Iterator[Sequence[Mapping[str, str]]]:
    """Keep the bytes of archives under their SHA-256; gives, for each archive, chemin → empreinte.

    When the block fails, or the process dies in it, the bytes that nothing names go: at once, or at the next opening.
    """
    yield [{} for _ in archives]


def apply_archives(
    session: Session,
    archives: Sequence[PlanPieces],
    depots: Sequence[Mapping[str, str]],
    *,
    lot: int,
    now: datetime,
) -> list[int]:
    """Write the lines of archives, inside the transaction of the import; returns the numbers of the imports."""
    return []
