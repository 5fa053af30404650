"""The undoing of a whole import: records put back as they were, answers untouched."""

from dataclasses import dataclass
from datetime import datetime

from o2r_desktop.store.connection import Campagne


@dataclass(frozen=True, slots=True, kw_only=True)
class Annulation:
    """What an undoing did: dossiers that left, records put back, new dossiers kept because somebody began them."""

    imports: tuple[int, ...]
    retires: tuple[int, ...]
    remis: tuple[int, ...]
    gardes: tuple[int, ...]
    pieces: int


def undo_import(campagne: Campagne, import_id: int, *, auteur: str, now: datetime) -> Annulation:
    """Undo an import and those made together with it, in one transaction; raises StoreError when it cannot be.

    Only the last import that stands can be undone: an older one would leave newer records on nothing.
    """
    raise NotImplementedError
