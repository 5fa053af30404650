"""How far the pieces of a dossier were read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from o2r_desktop.evaluation.lectures import Lecture
    from o2r_desktop.operations.session import Session


def load_lectures(session: Session, numero: int) -> dict[str, Lecture]:
    """Return what was read of a dossier, by SHA-256 of the piece; raises StoreError."""
    from o2r_desktop.store import lectures

    return lectures.load(session.campagne, numero)


def save_lecture(session: Session, numero: int, lecture: Lecture) -> None:
    """Keep how far a piece was read; raises DossierError or StoreError."""
    from o2r_desktop.store import lectures

    lectures.save(session.campagne, numero, lecture, now=session.horloge())
