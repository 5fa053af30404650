"""What the system opens for us: a file in its own reader, a folder in its file manager, a copy of a piece."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDir, QObject, QTemporaryDir, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from o2r_desktop.errors import StoreUnavailableError

_MODELE = "o2r-desktop-XXXXXX"


def open_file(chemin: Path) -> bool:
    """Open a file with the system's reader; False when it is missing or nothing opens it: say ``not_opened``."""
    return chemin.is_file() and QDesktopServices.openUrl(QUrl.fromLocalFile(str(chemin)))


def show_folder(dossier: Path) -> bool:
    """Show a folder in the system's file manager; False when it is missing or nothing shows it."""
    return dossier.is_dir() and QDesktopServices.openUrl(QUrl.fromLocalFile(str(dossier)))


def not_opened(chemin: Path, lecteur: str = "votre lecteur de PDF") -> str:
    """Return the sentence that says why a file or a folder did not open, and where it is."""
    if not chemin.exists():
        return f"« {chemin} » n’existe plus : il a été déplacé, renommé ou supprimé."
    if chemin.is_dir():
        return f"Le dossier « {chemin} » n’a pas pu être affiché : ouvrez-le avec votre gestionnaire de fichiers."
    return f"« {chemin} » n’a pas pu être ouvert : ouvrez-le avec {lecteur}."


class Copies(QObject):
    """A folder of the system's for copies that other programs open; it goes away with the program."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._dossier: QTemporaryDir | None = None
        self._rang = 0
        app = QCoreApplication.instance()
        assert app is not None
        app.aboutToQuit.connect(self.remove)

    def place(self, nom: str) -> Path:
        """Return where a copy of this name may be written, in a folder of its own; raises StoreUnavailableError."""
        if self._dossier is None:
            self._dossier = QTemporaryDir(QDir.temp().filePath(_MODELE))
        self._rang += 1
        dossier = Path(self._dossier.path()) / str(self._rang)
        try:
            dossier.mkdir(parents=True)
        except OSError as erreur:
            raise StoreUnavailableError(
                "Le dossier temporaire du système ne peut pas être écrit : enregistrez la pièce ailleurs."
            ) from erreur
        return dossier / nom

    @Slot()
    def remove(self) -> None:
        """Remove every copy; what another program keeps open stays until the system tidies up."""
        if self._dossier is not None:
            self._dossier.remove()
            self._dossier = None
