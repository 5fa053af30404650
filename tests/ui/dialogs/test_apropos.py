from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

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


def test_it_stays_within_the_window_in_large_text(qtbot: QtBot, services: Services) -> None:
    fenetre = QWidget()
    qtbot.addWidget(fenetre)
    fenetre.resize(1366, 768)
    for taille, defile in ((100, False), (200, True)):
        services.theme.set_taille(taille)
        dialogue = AproposDialog(fenetre)
        dialogue.show()
        dialogue.grab()
        assert dialogue.height() <= 728
        assert dialogue.rect().contains(dialogue.fermer.geometry())
        assert (dialogue.defilement.verticalScrollBar().maximum() > 0) is defile
        dialogue.close()
    services.theme.set_taille(100)
