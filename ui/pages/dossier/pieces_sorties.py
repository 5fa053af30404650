"""What a piece becomes outside the window: opened by another program, or saved where the user wants it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from o2r_desktop.dossiers.model import Piece
from o2r_desktop.errors import CancelledError, O2rError
from o2r_desktop.imports.natures import Examen, copier, nom_sur
from o2r_desktop.progress import Reporter
from ui import system
from ui.services import Services
from ui.tasks import Task
from ui.widgets.filtres import MenuButton

OUVRIR = "Ouvrir une copie avec l’application du système"


class Sorties(QObject):
    """The menu of two acts, and what they do with the piece in view."""

    failed = Signal(str)
    """A French sentence, «» once something else is tried."""

    def __init__(self, services: Services, parent: QWidget) -> None:
        super().__init__(parent)
        self._services = services
        self._fenetre = parent
        self._piece: Piece | None = None
        self._examen: Examen | None = None
        self.copies = system.Copies(self)
        self.ouvrir = self._make_action("Ouvrir ailleurs…", self.open_outside)
        self.ouvrir.setToolTip(OUVRIR)
        self.enregistrer = self._make_action("Enregistrer sous…", self.save_as)
        self.menu = MenuButton("Fichier", self._fill, nom="Fichier de la pièce")
        self.menu.setProperty("role", "discret")
        self.menu.setToolTip("Ouvrir la pièce dans une autre application, ou l’enregistrer")

    def show_piece(self, piece: Piece | None, examen: Examen | None) -> None:
        """Say which piece is in view, and what was found of it; None until that is known."""
        self._piece, self._examen = piece, examen
        self.enregistrer.setEnabled(examen is not None)
        self.ouvrir.setEnabled(examen is not None and bool(examen.extension))
        presente = piece is not None and piece.presente
        self.enregistrer.setVisible(presente)
        self.ouvrir.setVisible(presente and (examen is None or bool(examen.extension)))
        self.menu.setVisible(presente)
        self.menu.setEnabled(examen is not None)

    def _make_action(self, texte: str, faire: Callable[[], None]) -> QAction:
        action = QAction(texte, self)
        action.triggered.connect(lambda *_: faire())
        return action

    def _fill(self, menu: QMenu) -> None:
        menu.addActions([self.ouvrir, self.enregistrer])

    def open_outside(self) -> None:
        """Give a copy of the piece to the program of the system that opens such files."""
        piece, examen = self._piece, self._examen
        if piece is None or examen is None or not examen.extension:
            return
        try:
            cible = self.copies.place(nom_sur(piece.nom, examen.extension))
        except O2rError as erreur:
            self.failed.emit(str(erreur))
            return
        tache = self._copy(examen.chemin, cible, lecture_seule=True)
        tache.succeeded.connect(self._copied_outside)

    def save_as(self) -> None:
        """Ask where to save the piece."""
        piece, examen = self._piece, self._examen
        if piece is None or examen is None:
            return
        dialogue = QFileDialog(self._fenetre, "Enregistrer la pièce")
        dialogue.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialogue.selectFile(nom_sur(piece.nom, examen.extension))
        dialogue.fileSelected.connect(self.save_to)
        dialogue.finished.connect(dialogue.deleteLater)
        dialogue.open()

    def save_to(self, chemin: str) -> None:
        """Copy the piece in view to a place that the user chose."""
        if self._examen is not None:
            self._copy(self._examen.chemin, Path(chemin))

    def _copied_outside(self, cible: Path) -> None:
        if not system.open_file(cible):
            self.failed.emit(
                f"Aucune application n’a ouvert « {cible.name} » : enregistrez la pièce puis ouvrez-la."
            )

    def _copy(self, source: Path, cible: Path, *, lecture_seule: bool = False) -> Task[Path]:
        self.failed.emit("")
        work = partial(_copy, source, cible, lecture_seule)
        tache = self._services.taches.start(f"Copie de {cible.name}", work)
        tache.failed.connect(self._copy_failed)
        return tache

    def _copy_failed(self, erreur: O2rError) -> None:
        if not isinstance(erreur, CancelledError):
            self.failed.emit(str(erreur))


def _copy(source: Path, cible: Path, lecture_seule: bool, reporter: Reporter) -> Path:
    return copier(source, cible, reporter, lecture_seule=lecture_seule)
