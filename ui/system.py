"""What the system opens for us: a file in its own reader, a folder in its file manager."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_file(chemin: Path) -> bool:
    """Open a file with the system's reader; False when it is missing or nothing opens it: say ``not_opened``."""
    return chemin.is_file() and QDesktopServices.openUrl(QUrl.fromLocalFile(str(chemin)))


def show_folder(dossier: Path) -> bool:
    """Show a folder in the system's file manager; False when it is missing or nothing shows it."""
    return dossier.is_dir() and QDesktopServices.openUrl(QUrl.fromLocalFile(str(dossier)))


def not_opened(chemin: Path) -> str:
    """Return the sentence that says why a file or a folder did not open, and where it is."""
    if not chemin.exists():
        return f"« {chemin} » n’existe plus : il a été déplacé, renommé ou supprimé."
    if chemin.is_dir():
        return f"Le dossier « {chemin} » n’a pas pu être affiché : ouvrez-le avec votre gestionnaire de fichiers."
    return f"« {chemin} » n’a pas pu être ouvert : ouvrez-le avec votre lecteur de PDF."
