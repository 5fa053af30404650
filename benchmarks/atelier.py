"""Scenarios of bench_atelier: from dossier to dossier, and an hour of work without its pauses."""

import gc
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.scenarios import attendre, dire, memoire, mesurer_niveau, mesurer_suivant, ouvrir

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.pages.dossier.page import DossierPage

AVEC, SANS = 24_000_001, 24_000_050
ARRET = 0.050


def atelier(campagne: Path, reglages: Path, _export: Path) -> None:
    """Open a dossier of many pieces again and again, walk on, answer, and weigh the memory on the way."""
    app, fenetre = ouvrir(campagne, reglages)
    services = fenetre.services
    attendre(app, lambda: services.campagne.suivi is not None and not services.taches.busy)
    numeros = [services.campagne.suivi.numero(rang) for rang in range(60, 300)]  # type: ignore[union-attr]
    ouvert, dessin = mesurer_pieces(app, fenetre)
    for numero in numeros[:5]:
        passer(app, fenetre, numero)
    apres_5 = memoire()
    suivant = mesurer_suivant(app, fenetre, numeros[5:45])
    for numero in numeros[45:200]:
        passer(app, fenetre, numero)
    gc.collect()
    apres_200 = memoire()
    la_page(fenetre).critere.focus_first()
    niveau = mesurer_niveau(fenetre)
    dire(ouvert=ouvert, dessin=dessin, suivant=suivant, niveau=niveau, apres_5=apres_5, apres_200=apres_200)


def passer(app: QApplication, fenetre: "MainWindow", numero: int) -> None:
    """Open a dossier and let it be painted; what it replaced goes, as in the loop of the program, not run here."""
    fenetre.services.navigation.open_dossier(numero, critere_id="FIN-02")
    fenetre.repaint()
    app.processEvents()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def mesurer_pieces(app: QApplication, fenetre: "MainWindow") -> tuple[float, float]:
    """Return the median times, in ms, to the paint of a dossier with 40 pieces, and to its first drawn page."""
    from ui.navigation import Onglet

    passer(app, fenetre, AVEC)
    page = la_page(fenetre)
    page.centre.show_onglet(Onglet.PIECES)
    vue = page.centre.volet.vue  # type: ignore[attr-defined]
    ouverts, dessins = [], []
    for tour in range(9):
        passer(app, fenetre, SANS)
        debut = time.perf_counter()
        passer(app, fenetre, AVEC + tour % 3)
        ouverts.append((time.perf_counter() - debut) * 1000)
        attendre(app, lambda: bool(vue.pdf.pages.image(0, 10)))
        dessins.append((time.perf_counter() - debut) * 1000)
    page.centre.show_onglet(Onglet.FORMULAIRE)
    return statistics.median(ouverts), statistics.median(dessins)


def la_page(fenetre: "MainWindow") -> "DossierPage":
    """Return the page of the dossier, which is in view."""
    from ui.pages.dossier.page import DossierPage

    page = fenetre.page
    assert isinstance(page, DossierPage)
    return page


def heure(campagne: Path, reglages: Path, _export: Path) -> None:
    """Work without pause in a real loop; count the times when it did not turn."""
    app, fenetre = ouvrir(campagne, reglages)
    services = fenetre.services
    attendre(app, lambda: services.campagne.suivi is not None and not services.taches.busy)
    passer(app, fenetre, AVEC)  # pages and tabs are built once
    for _ in travail(fenetre, [AVEC, SANS]):
        app.processEvents()
    arrets, dernier, actes = [], time.perf_counter(), 0

    def battre() -> None:
        nonlocal dernier
        maintenant = time.perf_counter()
        if maintenant - dernier > ARRET:
            arrets.append(maintenant - dernier)
        dernier = maintenant

    boucle, coeur, main = QEventLoop(), QTimer(), QTimer()
    suite = travail(fenetre, [*range(AVEC, AVEC + 3), *range(SANS, SANS + 17)])

    def agir() -> None:
        nonlocal actes
        if next(suite, "fin") == "fin":
            boucle.quit()
        actes += 1

    coeur.setTimerType(Qt.TimerType.PreciseTimer)
    coeur.timeout.connect(battre)
    main.timeout.connect(agir)
    coeur.start(1)
    main.start(12)
    dernier = time.perf_counter()
    boucle.exec()
    dire(actes=actes, arrets=len(arrets), pire=max(arrets, default=0.0) * 1000)


def travail(fenetre: "MainWindow", numeros: list[int]) -> Iterator[str]:
    """Do what an instructor does on each dossier, one gesture at each step."""
    from ui.navigation import Onglet

    for numero in numeros:
        fenetre.services.navigation.open_dossier(numero)
        yield "dossier"
        page = la_page(fenetre)
        for onglet in Onglet:
            page.centre.show_onglet(onglet)
            yield "onglet"
        page.centre.show_onglet(Onglet.PIECES)
        for _ in range(4):
            QTest.keyClick(page.centre.volet.vue.pdf.canvas, Qt.Key.Key_PageDown)
            yield "page"
        page.centre.show_onglet(Onglet.FORMULAIRE)
        for rang in range(24):
            yield from critere(page, rang)


def critere(page: "DossierPage", rang: int) -> Iterator[str]:
    """Answer the critere in view, comment it, go on to the next."""
    page.critere.focus_first()
    yield "focus"
    QTest.keyClick(QApplication.focusWidget() or page, "0123ON"[rang % 6])
    yield "niveau"
    page.critere.commentaire.setFocus()
    for mot in ("Les ", "comptes ", "sont ", "joints ", "et ", "lisibles. "):
        page.critere.commentaire.insertPlainText(mot)
        yield "mot"
    QTest.keyClick(page.critere.commentaire, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    yield "suivant"
