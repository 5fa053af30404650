"""The dialogs that take a correspondence from a colleague's file, or give it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

_FILTRE = "Correspondance (*.toml)"


def ask_source(parent: QWidget, prendre: Callable[[Path], object]) -> QFileDialog:
    """Ask which file to take; *prendre* is called with it."""
    dialogue = QFileDialog(parent, "Importer une correspondance")
    dialogue.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialogue.setNameFilters([_FILTRE, "Tous les fichiers (*)"])
    return _open(dialogue, prendre)


def ask_target(parent: QWidget, ecrire: Callable[[Path], object]) -> QFileDialog:
    """Ask where to write; *ecrire* is called with the path."""
    dialogue = QFileDialog(parent, "Exporter la correspondance")
    dialogue.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialogue.setNameFilter(_FILTRE)
    dialogue.setDefaultSuffix("toml")
    dialogue.selectFile("correspondance-o2r.toml")
    return _open(dialogue, ecrire)


def _open(dialogue: QFileDialog, suite: Callable[[Path], object]) -> QFileDialog:
    dialogue.fileSelected.connect(lambda chemin: suite(Path(chemin)))
    dialogue.finished.connect(dialogue.deleteLater)
    dialogue.open()
    return dialogue
