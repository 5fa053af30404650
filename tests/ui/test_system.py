from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from ui import system


class Lecteur(QObject):
    """Takes the place of the system's reader, as Qt provides for."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.ouverts: list[Path] = []

    @Slot(QUrl)
    def ouvrir(self, url: QUrl) -> None:
        self.ouverts.append(Path(url.toLocalFile()))


@pytest.fixture
def lecteur(qapp: QApplication) -> Iterator[Lecteur]:
    lecteur = Lecteur(qapp)
    QDesktopServices.setUrlHandler("file", lecteur, "ouvrir")  # type: ignore[arg-type]  # the stub is wrong: bytes are refused
    yield lecteur
    QDesktopServices.unsetUrlHandler("file")


def test_a_file_goes_to_its_reader_whatever_its_name(lecteur: Lecteur, tmp_path: Path) -> None:
    fichier = tmp_path / "note n° 1 #é%20.pdf"
    fichier.write_bytes(b"x")
    assert system.open_file(fichier)
    assert system.show_folder(tmp_path)
    assert lecteur.ouverts == [fichier, tmp_path]


def test_what_is_gone_is_not_opened_and_is_said(lecteur: Lecteur, tmp_path: Path) -> None:
    assert not system.open_file(tmp_path / "absent.pdf")
    assert not system.open_file(tmp_path)
    assert not system.show_folder(tmp_path / "absent")
    assert lecteur.ouverts == []
    assert "n’existe plus" in system.not_opened(tmp_path / "absent.pdf")
    assert "gestionnaire de fichiers" in system.not_opened(tmp_path)


def test_copies_have_a_folder_each_and_leave_together(qapp: QApplication) -> None:
    copies = system.Copies(qapp)
    une, autre = copies.place("rib.pdf"), copies.place("rib.pdf")
    assert une != autre
    une.write_bytes(b"x")
    une.chmod(0o400)
    assert une.parent.parent.stat().st_mode & 0o077 == 0
    copies.remove()
    assert not une.parent.parent.exists()
    assert copies.place("rib.pdf").parent.is_dir()
    copies.remove()
    copies.deleteLater()


def test_a_file_that_is_no_pdf_is_sent_to_another_reader(tmp_path: Path) -> None:
    fichier = tmp_path / "budget.xlsx"
    fichier.write_bytes(b"x")
    assert system.not_opened(fichier, "votre tableur").endswith("votre tableur.")
