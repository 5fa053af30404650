"""What files dropped on the window are: a campagne, exports, or nothing that we take."""

from pathlib import Path

from PySide6.QtCore import QMimeData

from o2r_desktop import operations

EXPORTS = frozenset({".xlsx", ".csv", ".json", ".zip", ".ods"})


def campagne_in(donnees: QMimeData) -> Path | None:
    """Return the campagne among what is dropped: its folder, or the database inside it."""
    for chemin in _chemins(donnees):
        for dossier in (chemin, chemin.parent if chemin.suffix == ".db" else chemin):
            if operations.is_campagne(dossier):
                return dossier
    return None


def exports_in(donnees: QMimeData) -> list[Path]:
    """Return the files that look like exports of the platform."""
    return [c for c in _chemins(donnees) if c.suffix.lower() in EXPORTS and c.is_file()]


def _chemins(donnees: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in donnees.urls() if url.isLocalFile()]
