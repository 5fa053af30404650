"""What the child processes of bench_fenetre do: use, import; each prints one line of JSON."""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QTableView

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class Peinture(QObject):
    """Tells when the table has painted rows."""

    def __init__(self, table: QTableView, faire: object) -> None:
        super().__init__(table)
        self.table, self.faire, self.vu = table, faire, False
        table.viewport().installEventFilter(self)

    def eventFilter(self, objet: QObject, event: QEvent) -> bool:  # noqa: ARG002, N802 Qt
        if event.type() == QEvent.Type.Paint and not self.vu and self.table.model().rowCount():
            self.vu = True
            QTimer.singleShot(0, self.faire)
        return False


def memoire() -> float:
    """Return the resident memory of this process in MB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE") / 1e6


def dire(**mesures: float) -> None:
    """Print and leave at once: the end of a process is not measured."""
    print(json.dumps(mesures), flush=True)
    os._exit(0)


def ouvrir(campagne: Path | None, reglages: Path) -> tuple[QApplication, "MainWindow"]:
    """Open the window as the program does."""
    from ui.app import application, build_services
    from ui.main_window import MainWindow
    from ui.settings import Settings

    app = application()
    fenetre = MainWindow(build_services(app, Settings(reglages)))
    fenetre.start(campagne)
    return app, fenetre


def attendre(app: QApplication, condition: object, secondes: float = 120) -> None:
    """Turn the event loop until *condition* holds."""
    fin = time.time() + secondes
    while not condition() and time.time() < fin:  # type: ignore[operator]
        app.processEvents()
        time.sleep(0.001)


def chauffe(campagne: Path, reglages: Path, _export: Path) -> None:
    """Let the summaries be computed and the list be the last page."""
    app, fenetre = ouvrir(campagne, reglages)
    services = fenetre.services
    attendre(app, lambda: services.campagne.suivi is not None)
    fenetre.go("dossiers")
    attendre(app, lambda: not services.campagne.suivi.sans_resume() and not services.taches.busy)  # type: ignore[union-attr]
    fenetre.close()
    services.reglages.flush()
    dire(fait=1)


def usage(campagne: Path, reglages: Path, _export: Path) -> None:
    """Search, walk from dossier to dossier, answer."""
    from benchmarks.bench_fenetre import mediane
    from o2r_desktop.suivi import Filtre

    app, fenetre = ouvrir(campagne, reglages)
    services = fenetre.services
    attendre(app, lambda: services.campagne.suivi is not None and not services.taches.busy)
    services.navigation.show_liste(Filtre())
    app.processEvents()
    page = fenetre.page
    assert page is not None
    table = page.findChild(QTableView)
    assert table is not None
    page.focus_search()  # type: ignore[attr-defined]
    champ = QApplication.focusWidget()
    lettres = iter("relais sarthe mauges horizon associa passerelle" * 2)

    def chercher() -> None:
        champ.insert(next(lettres))  # type: ignore[union-attr]
        table.viewport().repaint()

    recherche = mediane(chercher, 60)
    champ.clear()  # type: ignore[union-attr]
    numeros = [services.campagne.suivi.numero(rang) for rang in range(1, 40)]  # type: ignore[union-attr]
    services.navigation.open_dossier(numeros[0], critere_id="FIN-02")
    app.processEvents()
    suite = iter(numeros[1:])

    def suivant() -> None:
        services.navigation.open_dossier(next(suite), critere_id="FIN-02")
        fenetre.repaint()
        app.processEvents()

    vers_suivant = mediane(suivant, 30)
    touches = iter("0123" * 50)
    dossier = fenetre.page

    def niveau() -> None:
        touche = next(touches)
        code = Qt.Key(ord(touche))
        for genre in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(
                QApplication.focusWidget() or dossier,
                QKeyEvent(genre, code, Qt.KeyboardModifier.NoModifier, touche),
            )

    from PySide6.QtTest import QTest

    def niveau_clavier() -> None:
        QTest.keyClick(QApplication.focusWidget() or dossier, next(touches))

    numero = numeros[30]
    avant = services.campagne.complet(numero).evaluation.reponse("FIN-02").modifiee
    mesure = mediane(niveau_clavier, 100)
    apres = services.campagne.complet(numero).evaluation.reponse("FIN-02").modifiee
    assert avant != apres, "la touche n’a rien écrit"
    dire(recherche=recherche, suivant=vers_suivant, niveau=mesure, memoire=memoire())


def importation(campagne: Path, reglages: Path, export: Path) -> None:
    """Import the export through the assistant, and watch the longest time without a turn of the event loop."""
    from datetime import UTC, datetime

    from PySide6.QtWidgets import QPushButton

    from o2r_desktop import operations

    operations.create_campagne(campagne, maintenant=datetime.now(UTC))
    app, fenetre = ouvrir(campagne, reglages)
    services = fenetre.services
    attendre(app, lambda: services.campagne.suivi is not None and not services.taches.busy)
    pire, dernier = 0.0, time.perf_counter()

    def battre() -> None:
        nonlocal pire, dernier
        maintenant = time.perf_counter()
        pire, dernier = max(pire, maintenant - dernier), maintenant

    coeur = QTimer()
    coeur.setTimerType(Qt.TimerType.PreciseTimer)
    coeur.timeout.connect(battre)
    services.navigation.import_files([export])
    app.processEvents()
    dernier = time.perf_counter()
    coeur.start(1)

    def bouton() -> QPushButton | None:
        trouves = [b for b in fenetre.findChildren(QPushButton) if b.isVisible() and b.isEnabled()]
        return next((b for b in trouves if b.text().startswith("Importer 10")), None)

    attendre_en_boucle(lambda: bouton() is not None)
    importer = bouton()
    assert importer is not None
    importer.click()
    attendre_en_boucle(
        lambda: services.campagne.suivi is not None and len(services.campagne.suivi) >= 10_000,
    )
    dire(arret=pire * 1000)


def attendre_en_boucle(condition: Callable[[], bool]) -> None:
    """Run a real event loop until *condition* holds, looked at every 100 ms; quit() would close the window."""
    boucle, pendule = QEventLoop(), QTimer()
    pendule.timeout.connect(lambda: boucle.quit() if condition() else None)
    pendule.start(100)
    boucle.exec()
    pendule.stop()


SCENARIOS = {"chauffe": chauffe, "usage": usage, "import": importation}

if __name__ == "__main__":
    SCENARIOS[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]), Path(sys.argv[4]))
