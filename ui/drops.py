"""What files dropped on the window are: a campagne, exports, or nothing that we take."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from o2r_desktop import operations

EXPORTS = frozenset({".xlsx", ".csv", ".json", ".zip", ".ods"})
_MAX_FICHIERS = 200
"""Exports taken from one folder: more would be a whole disk dropped by mistake."""


def welcome(event: QDragEnterEvent) -> None:
    """Take a campagne or exports over a window, nothing else."""
    if campagne_in(event.mimeData()) or exports_in(event.mimeData()):
        event.acceptProposedAction()


def receive(event: QDropEvent, ouvrir: Callable[[Path], object], importer: Callable[[list[Path]], object]) -> None:
    """Open the campagne that is dropped, or import the exports."""
    event.acceptProposedAction()
    campagne = campagne_in(event.mimeData())
    if campagne is not None:
        ouvrir(campagne)
    else:
        importer(exports_in(event.mimeData()))


def campagne_in(donnees: QMimeData) -> Path | None:
    """Return the campagne among what is dropped: its folder, or the database inside it."""
    for chemin in _chemins(donnees):
        for dossier in (chemin, chemin.parent if chemin.suffix == ".db" else chemin):
            if operations.is_campagne(dossier):
                return dossier
    return None


def exports_in(donnees: QMimeData) -> list[Path]:
    """Return the files that look like exports of the platform, those of the folders included."""
    return [c for c in exports_among(_chemins(donnees)) if c.suffix.lower() in EXPORTS and c.is_file()]


def exports_among(chemins: Iterable[Path]) -> list[Path]:
    """Return files as they are, and in place of a folder the exports that it holds, in the order of their names.

    Folders inside it are not looked into; what cannot be read is passed over.
    """
    trouves: list[Path] = []
    for chemin in chemins:
        trouves += sorted(islice(_exports_of(chemin), _MAX_FICHIERS)) if chemin.is_dir() else [chemin]
    return trouves


def _exports_of(dossier: Path) -> Iterator[Path]:
    try:
        yield from (c for c in dossier.iterdir() if c.suffix.lower() in EXPORTS and c.is_file())
    except OSError:
        return


def _chemins(donnees: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in donnees.urls() if url.isLocalFile()]
