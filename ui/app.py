"""Starting the window: Qt set up in French, services built once, the window shown."""

import gc
import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QStandardPaths, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from o2r_desktop.suivi import Prelecture
from ui.alerts import Alerts
from ui.crash import Crash
from ui.navigation import Navigation
from ui.open_campagne import OpenCampagne
from ui.phrases import Phrases
from ui.services import Services
from ui.settings import Settings
from ui.tasks import TaskRunner
from ui.theme import Theme

ATTENTE_FIN_S = 20.0
"""How long the end of the program waits for work that was asked to stop."""


REPOS_MS = 1500
"""When a start is over, and the garbage collector begins its rounds."""


def run(arguments: Sequence[str], prelecture: Prelecture | None = None) -> int:
    """Open the window, on the campagne of *arguments* when there is one; return the exit status."""
    from ui.main_window import MainWindow

    app = application()
    services = build_services(app, Settings(settings_file()), phrases=phrases_file())
    crash = Crash(log_file(), services.alertes, app)
    crash.install()
    services.campagne.prelecture = prelecture
    fenetre = MainWindow(services)
    fenetre.start(Path(arguments[0]).absolute() if arguments else None)
    QTimer.singleShot(REPOS_MS, app, settle)
    statut = app.exec()
    settle()
    services.taches.cancel_all()
    services.taches.wait(ATTENTE_FIN_S)
    services.phrases.flush()
    services.campagne.close()
    crash.uninstall()
    return statut


def settle() -> None:
    """End the start: the collector works again, and no more looks at what is there to stay."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def application() -> QApplication:
    """Return the one QApplication: French, Fusion, named."""
    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.France))
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("O2R Desktop")
    app.setApplicationDisplayName("O2R Desktop")
    app.setDesktopFileName("o2r-desktop")
    app.setStyle("Fusion")
    traduction = QTranslator(app)
    if traduction.load("qtbase_fr", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(traduction)
    return app


def build_services(
    app: QApplication,
    reglages: Settings,
    horloge: Callable[[], datetime] = lambda: datetime.now(UTC),
    *,
    phrases: Path | None = None,
) -> Services:
    """Build what every page is given, and dress the application; *phrases* is the file of the user's phrases."""
    theme = Theme(app, reglages)
    theme.apply()
    taches = TaskRunner(app)
    return Services(
        reglages=reglages,
        theme=theme,
        alertes=Alerts(),
        taches=taches,
        campagne=OpenCampagne(horloge, app),
        navigation=Navigation(app),
        phrases=Phrases(phrases, taches),
    )


def settings_file() -> Path:
    """Return the file of the user's settings; O2R_REGLAGES, when it is set, names another."""
    autre = os.environ.get("O2R_REGLAGES")
    if autre:
        return Path(autre)
    dossier = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
    return Path(dossier) / "o2r-desktop" / "reglages.ini"


def phrases_file() -> Path:
    """Return the file of the user's phrases, beside the settings: it serves every campagne."""
    return settings_file().with_name("phrases.toml")


def log_file() -> Path:
    """Return the file of the log, in the user's state folder."""
    genre = QStandardPaths.StandardLocation
    dossier = QStandardPaths.writableLocation(genre.GenericStateLocation)
    racine = Path(dossier or QStandardPaths.writableLocation(genre.GenericDataLocation))
    return racine / "o2r-desktop" / "journal.log"
