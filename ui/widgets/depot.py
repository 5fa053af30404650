"""A place where files are dropped, with the button that does the same by keyboard."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QVBoxLayout

from ui.widgets.base import button, fill, label, restyle, row


class DropZone(QFrame):
    """Takes files that are dropped on it or chosen in a dialog; says their paths, in the order they came."""

    files_chosen = Signal(object)

    def __init__(self, phrase: str, precision: str, filtres: Sequence[str]) -> None:
        super().__init__()
        self._filtres = list(filtres)
        self.setAcceptDrops(True)
        self.setProperty("role", "depot")
        self.setAccessibleName(phrase)
        self.bouton = button("Choisir des fichiers…", self.choose)
        fill(
            QVBoxLayout(self),
            row(1, label(phrase, "section"), 1),
            row(1, label(precision, "secondaire"), 1),
            row(1, self.bouton, 1),
            marge=20,
        )

    def choose(self) -> None:
        """Open the dialog of the system; what is chosen comes by ``files_chosen``."""
        dialogue = QFileDialog(self, "Choisir des exports")
        dialogue.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialogue.setNameFilters(self._filtres)
        dialogue.filesSelected.connect(self._say)
        dialogue.finished.connect(dialogue.deleteLater)
        dialogue.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 Qt
        """Take what brings files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
            self._survoler(survol=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: ARG002, N802 Qt
        """Look as before."""
        self._survoler(survol=False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 Qt
        """Take the files."""
        self._survoler(survol=False)
        event.acceptProposedAction()
        self._say([url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()])

    def _say(self, chemins: Sequence[str]) -> None:
        if chemins:
            self.files_chosen.emit([Path(chemin) for chemin in chemins])

    def _survoler(self, *, survol: bool) -> None:
        self.setProperty("survol", survol)
        restyle(self)
