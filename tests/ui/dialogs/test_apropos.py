from PySide6.QtWidgets import QApplication, QWidget

from o2r_desktop import __version__
from ui.dialogs.apropos import LICENCES, AproposDialog, informations
from ui.services import Services


def test_versions_name_no_machine_and_no_user(services: Services) -> None:
    assert services is not None
    texte = informations()
    assert __version__ in texte
    assert "SQLite" in texte
    assert "/" not in texte


def test_licences_are_said_and_versions_copied(services: Services) -> None:
    assert services is not None
    fenetre = QWidget()
    dialogue = AproposDialog(fenetre)
    dialogue.copier.click()
    assert QApplication.clipboard().text() == informations()
    assert any("LGPL" in licence for nom, licence in LICENCES if "Qt" in nom)
