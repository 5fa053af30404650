"""One key in the grid of accounts to refreshed ratios, and over the floor: a key in an empty grid, painted."""

import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from benchmarks.mesure import ligne, mediane

NUMERO, FOIS = 25_000_108, 60
ANNEES = (2022, 2023, 2024)


def main() -> int:
    """Measure and print."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as temporaire:
        touche, socle, memoire = mesurer(Path(temporaire))
    print("Saisie des comptes, trois exercices entièrement remplis :")
    ligne("une touche jusqu’aux ratios peints (médiane)", f"{touche:.1f} ms", "au plus 16 ms")
    ligne("ratios recalculés en mémoire seulement (médiane)", f"{memoire:.2f} ms")
    ligne("une touche dans une grille vide, peinte (médiane)", f"{socle:.1f} ms")
    ligne("rapport de la première à la dernière", f"{touche / socle:.1f}")
    return 0


def mesurer(lieu: Path) -> tuple[float, float, float]:
    """Return the cost of a key with ratios, of a key without any, of the figures alone; milliseconds."""
    from datetime import UTC, datetime

    from o2r_desktop import demonstration
    from o2r_desktop.analyse.finances.postes import POSTES
    from o2r_desktop.operations.actes import Genre
    from ui.app import application, build_services
    from ui.pages.dossier.analyse.finances import FinancesFace
    from ui.settings import Settings

    app = application()
    maintenant = datetime(2025, 9, 1, 8, tzinfo=UTC)
    demonstration.run(lieu / "campagne", maintenant=maintenant)
    services = build_services(app, Settings(lieu / "reglages.ini"), lambda: maintenant)
    services.theme.apply()
    services.campagne.open(lieu / "campagne", auteur="mesure")
    face = FinancesFace(services)
    face.resize(650, 640)
    face.show()
    complet = services.campagne.complet(NUMERO)
    face.show_dossier(complet)
    socle = _touche(face)
    fiches = {
        f"comptes/{annee}/{poste.cle}": {"declare": str(annee * (rang + 1))}
        for annee in ANNEES
        for rang, poste in enumerate(POSTES)
    }
    services.campagne.change(Genre.ANALYSE, {NUMERO: fiches}, "mesure")
    complet = services.campagne.complet(NUMERO)
    face.update_dossier(complet)
    touche = _touche(face)
    memoire = mediane(lambda: replace(complet.analyse, fiches=fiches).finances, FOIS)
    face.close()
    services.campagne.close()
    return touche, socle, memoire


def _touche(face: object) -> float:
    """Return the median time of one digit, typed in an editor and painted."""
    from PySide6.QtWidgets import QApplication, QLineEdit

    from ui.pages.dossier.analyse.finances import FinancesFace

    assert isinstance(face, FinancesFace)
    face.grille.go(face.modele.find(2024, "total_produits"))
    face.grille.start("1")
    editeur = face.grille.indexWidget(face.grille.currentIndex())
    assert isinstance(editeur, QLineEdit)

    def appuyer() -> None:
        editeur.setText("1")
        QApplication.sendEvent(
            editeur, QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_5, Qt.KeyboardModifier(0), "5")
        )
        face.grab()

    duree = mediane(appuyer, FOIS)
    face.grille.delegue.moved.emit(editeur, None)
    return duree


if __name__ == "__main__":
    sys.exit(main())
