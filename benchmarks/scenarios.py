"""What the child processes of bench_fenetre do: use, import; each prints one line of JSON."""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QTableView

from benchmarks.mesure import mediane

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
    app, fenetre = ouvrir(campagne, reglages)
    services = fenetre.services
    attendre(app, lambda: services.campagne.suivi is not None and not services.taches.busy)
    recherche = mesurer_recherche(app, fenetre)
    numeros = [services.campagne.suivi.numero(rang) for rang in range(1, 40)]  # type: ignore[union-attr]
    suivant = mesurer_suivant(app, fenetre, numeros)
    niveau = mesurer_niveau(fenetre)
    dire(recherche=recherche, suivant=suivant, niveau=niveau, memoire=memoire())


def mesurer_recherche(app: QApplication, fenetre: "MainWindow") -> float:
    """Return the time of a key in the search field, rows painted."""
    from o2r_desktop.suivi import Filtre

    fenetre.services.navigation.show_liste(Filtre())
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

    duree = mediane(chercher, 60)
    champ.clear()  # type: ignore[union-attr]
    return duree


def mesurer_suivant(app: QApplication, fenetre: "MainWindow", numeros: list[int]) -> float:
    """Return the time from one dossier to the next, painted."""
    ouvrir_dossier = fenetre.services.navigation.open_dossier
    ouvrir_dossier(numeros[0], critere_id="FIN-02")
    app.processEvents()
    suite = iter(numeros[1:])

    def suivant() -> None:
        ouvrir_dossier(next(suite), critere_id="FIN-02")
        fenetre.repaint()
        app.processEvents()

    return mediane(suivant, 30)


def mesurer_niveau(fenetre: "MainWindow") -> float:
    """Return the time of a level key on the dossier in view, its answer stored."""
    from PySide6.QtTest import QTest

    page = fenetre.page
    assert page is not None
    numero, campagne = page.numero, fenetre.services.campagne  # type: ignore[attr-defined]
    touches = iter("0123" * 50)
    avant = campagne.complet(numero).evaluation.reponse("FIN-02").modifiee
    duree = mediane(lambda: QTest.keyClick(QApplication.focusWidget() or page, next(touches)), 100)
    assert campagne.complet(numero).evaluation.reponse("FIN-02").modifiee != avant, "la touche n’a rien écrit"
    return duree


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


def main(quoi: str, *chemins: str) -> None:
    """Run one scenario, of this module or of atelier."""
    from benchmarks import atelier

    (SCENARIOS | {"atelier": atelier.atelier, "heure": atelier.heure})[quoi](*map(Path, chemins))


if __name__ == "__main__":
    main(*sys.argv[1:])
