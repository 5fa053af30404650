"""Use cases of the correspondence: what to bind, what moved, what a new binding changes in the campagne."""

from collections.abc import Sequence
from pathlib import Path

from o2r_desktop.dossiers.appariement import Appariement, Derive
from o2r_desktop.dossiers.correspondance import Correspondance
from o2r_desktop.dossiers.importation import ExportRead
from o2r_desktop.operations import Session
from o2r_desktop.progress import Reporter


def match(lus: Sequence[ExportRead], correspondance: Correspondance) -> Appariement:
    """Return what the columns of some files are, and could be."""
    from o2r_desktop.imports.proposition import propose

    return propose(lus, correspondance)


def drifts(session: Session, lus: Sequence[ExportRead]) -> tuple[Derive, ...]:
    """Return how the headers of files moved since the last import of their kind; the others are left out."""
    return ()


def match_campagne(session: Session) -> Appariement:
    """Return what the columns of the dossiers already imported are, and could be."""
    return Appariement()


def change_correspondance(session: Session, nouvelle: Correspondance, reporter: Reporter) -> int:
    """Bind the columns of the campagne otherwise; return how many dossiers read differently now.

    The rows of the list are made again; answers to criteria that read an attribute whose value changed become
    «à reconfirmer». The journal keeps the old correspondence. One transaction.
    """
    return 0


def export_correspondance(session: Session, cible: Path) -> None:
    """Write the correspondence of the campagne to a file for colleagues; raises StoreError."""


def import_correspondance(source: Path) -> Correspondance:
    """Read the correspondence that a colleague exported; raises ExportError."""
    from o2r_desktop.imports.correspondance import load_correspondance

    return load_correspondance(source)
