"""The window opens again where the work stopped, and its settings hold no word of any dossier."""

import re
from pathlib import Path

from pytestqt.qtbot import QtBot

from o2r_desktop import operations
from ui.main_window import MainWindow
from ui.navigation import Onglet
from ui.pages.accueil import AccueilPage
from ui.pages.dossier.page import DossierPage
from ui.services import Services

NUMERO, CRITERE = 25000107, "FIN-02"


def travailler(fenetre: MainWindow) -> DossierPage:
    """Read a dossier far into its form, write something, close the window."""
    fenetre.services.navigation.open_dossier(NUMERO, critere_id=CRITERE, onglet=Onglet.FORMULAIRE)
    page = fenetre.page
    assert isinstance(page, DossierPage)
    page.critere.commentaire.insertPlainText("Réserves confidentielles")
    barre = page._onglets.formulaire.vue.verticalScrollBar()
    barre.setValue(barre.maximum() // 2)
    assert fenetre.close()
    return page


def test_given_a_campagne_it_opens_where_the_work_stopped(
    qtbot: QtBot, fenetre_demo: MainWindow, campagne_demo: Path, services: Services
) -> None:
    avant = travailler(fenetre_demo)._onglets.formulaire.vue.verticalScrollBar().value()
    suivante = MainWindow(services)
    qtbot.addWidget(suivante)
    with qtbot.waitSignal(services.campagne.suivi_loaded):
        suivante.start(campagne_demo)
    page = suivante.page
    assert isinstance(page, DossierPage)
    assert (page.numero, page.critere_id, page.centre.onglet) == (NUMERO, CRITERE, Onglet.FORMULAIRE)
    assert abs(page._onglets.formulaire.vue.verticalScrollBar().value() - avant) < 60
    assert len(page.parcours.voisins.numeros) == 22
    assert page.critere.commentaire.text() == "Réserves confidentielles"
    qtbot.waitUntil(lambda: not services.taches.busy)
    assert suivante.close()


def test_without_a_campagne_it_opens_on_the_home_page(
    qtbot: QtBot, fenetre_demo: MainWindow, campagne_demo: Path, services: Services
) -> None:
    travailler(fenetre_demo)
    suivante = MainWindow(services)
    qtbot.addWidget(suivante)
    suivante.start(None)
    assert isinstance(suivante.page, AccueilPage)
    with qtbot.waitSignal(services.campagne.suivi_loaded):
        services.navigation.open_campagne(campagne_demo)
    assert isinstance(suivante.page, AccueilPage)
    services.navigation.resume()
    page = suivante.page
    assert isinstance(page, DossierPage)
    assert (page.numero, page.critere_id) == (NUMERO, CRITERE)
    qtbot.waitUntil(lambda: not services.taches.busy)
    assert suivante.close()


def test_no_word_of_a_dossier_is_in_the_settings(
    fenetre_demo: MainWindow, campagne_demo: Path, services: Services, tmp_path: Path
) -> None:
    travailler(fenetre_demo)
    services.reglages.flush()
    (fichier,) = tmp_path.glob("*.ini")
    ecrit = fichier.read_text(encoding="utf-8", errors="replace").casefold()
    assert str(NUMERO) in ecrit
    assert "confidentielles" not in ecrit
    with operations.open_session(campagne_demo, auteur="Camille Essai", lecture_seule=True) as session:
        dossier = operations.load_dossier(session, NUMERO).dossier
    dits = [str(c.valeur) for c in dossier.champs if c.valeur is not None]
    mots = {mot.casefold() for dit in dits for mot in re.findall(r"\w{8,}", dit)}
    assert len(mots) > 20
    assert not [mot for mot in mots if re.search(rf"\b{mot}\b", ecrit)]
