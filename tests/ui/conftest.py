"""A window without a screen, on real campagnes."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from o2r_desktop.errors import CancelledError, O2rError
from o2r_desktop.resources import resource
from tests.conftest import MAINTENANT
from ui.alerts import Alerts
from ui.app import application, build_services
from ui.main_window import MainWindow
from ui.services import Services
from ui.settings import Settings


@dataclass
class Enregistreur(Alerts):
    """Takes the place of message boxes: remembers what was said, answers what the test wants."""

    reponse: bool = True
    dits: list[tuple[str, str]] = field(default_factory=list)
    parent: None = None

    def inform(self, titre: str, texte: str) -> None:
        self.dits.append(("inform", texte))

    def warn(self, titre: str, texte: str) -> None:
        self.dits.append(("warn", texte))

    def ask(self, titre: str, texte: str, *, oui: str, non: str = "Annuler", danger: bool = False) -> bool:
        self.dits.append(("ask", texte))
        return self.reponse

    def show_error(self, erreur: O2rError) -> None:
        if not isinstance(erreur, CancelledError):
            self.dits.append(("error", str(erreur)))


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The application as the program makes it, on no screen unless the caller names a platform.

    In the font that the program ships: what fits must not depend on the fonts of the machine.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = application()
    for nom in ("NotoSans-Regular", "NotoSans-Bold", "NotoSans-Italic", "DejaVuSans"):
        QFontDatabase.addApplicationFont(str(resource("fonts", f"{nom}.ttf")))
    app.setFont(QFont("Noto Sans", 9))
    return app


@pytest.fixture(scope="session")
def police(qapp: QApplication) -> QFont:
    """The system's font, before any text size was chosen."""
    return QFont(qapp.font())


@pytest.fixture
def campagne_demo(demonstration_faite: Path, tmp_path: Path) -> Path:
    """A demonstration campagne of 22 dossiers, three evaluated: 25000101…25000122."""
    return Path(shutil.copytree(demonstration_faite, tmp_path / "campagne"))


@pytest.fixture
def alertes() -> Enregistreur:
    return Enregistreur()


@pytest.fixture
def services(qapp: QApplication, police: QFont, tmp_path: Path, alertes: Enregistreur) -> Iterator[Services]:
    """Services without a campagne; settings of their own; the clock stands still."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # no loop ran to free what tests left
    racine = QObject()
    qapp.setFont(police)  # a former test may have chosen another size
    bruts = build_services(qapp, Settings(tmp_path / "reglages.ini"), lambda: MAINTENANT)
    yield replace(bruts, alertes=alertes)
    assert bruts.taches.wait(20)
    for restee in [w for w in qapp.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]:
        restee.hide()  # a modal dialog would stand before the windows of the next tests
        restee.deleteLater()
    bruts.campagne.close()
    for objet in (bruts.taches, bruts.campagne, bruts.navigation, bruts.theme):
        objet.setParent(racine)


@pytest.fixture
def services_demo(services: Services, campagne_demo: Path) -> Services:
    """Services with the demonstration campagne open and its list loaded."""
    services.campagne.open(campagne_demo, auteur="Camille Essai")
    services.campagne.load_suivi()
    return services


@pytest.fixture
def fenetre(qtbot: QtBot, services: Services, tmp_path: Path) -> Iterator[MainWindow]:
    """The main window, shown, on its home page; the user's documents are a folder of the test."""
    fenetre = MainWindow(services)
    fenetre.campagnes.documents = tmp_path
    with qtbot.waitExposed(fenetre):
        fenetre.start(None)
    yield fenetre
    services.taches.cancel_all()
    qtbot.waitUntil(lambda: not services.taches.busy, timeout=20_000)
    fenetre.close()
    fenetre.deleteLater()


@pytest.fixture
def fenetre_demo(qtbot: QtBot, fenetre: MainWindow, campagne_demo: Path) -> MainWindow:
    """The main window on the demonstration campagne, its list loaded and summed up."""
    with qtbot.waitSignal(fenetre.services.campagne.resumes_loaded, timeout=20_000):
        fenetre.services.navigation.open_campagne(campagne_demo)
    qtbot.waitUntil(lambda: not fenetre.services.taches.busy)
    return fenetre
