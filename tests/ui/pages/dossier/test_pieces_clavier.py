"""The tab «Pièces» and the panel of an answer in doubt: named, reached by Tab, in the order of the eye."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from o2r_desktop import operations
from o2r_desktop.evaluation.reponses import Reponse
from tests.ui.pages.dossier.pieces_recues import NUMERO, importer
from tests.ui.pages.dossier.test_reconfirmer import CHANGEMENTS
from tests.ui.test_accessibilite import _groupe, commandes, decrire, nom_accessible, tour_au_clavier
from ui.main_window import MainWindow
from ui.navigation import Onglet
from ui.pages.dossier.page import DossierPage
from ui.services import Services

CAS = ("comptes_2024.pdf", "statuts.pdf", "précisions.txt", "budget_projet_2026-2028.xlsx", "rib.pdf")


@pytest.fixture
def montrer(
    qtbot: QtBot, services: Services, campagne_demo: Path, tmp_path: Path
) -> Iterator[Callable[[str], MainWindow]]:
    """Show a piece in the window, beside a critere whose answer is in doubt."""
    importer(campagne_demo, tmp_path)
    fenetre = MainWindow(services)
    fenetre.resize(1366, 768)
    fenetre.start(campagne_demo)
    qtbot.waitUntil(lambda: services.campagne.suivi is not None and not services.taches.busy, timeout=20_000)
    doute = Reponse(critere="FIN-02", valeur="3", a_reconfirmer=True, changements=CHANGEMENTS)
    operations.write_reponse(services.campagne.session, NUMERO, doute)

    def ouvrir(nom: str) -> MainWindow:
        services.navigation.open_dossier(NUMERO, critere_id="FIN-02", onglet=Onglet.PIECES)
        page = fenetre.page
        assert isinstance(page, DossierPage)
        volet = page._onglets.pieces
        page._onglets.show_rang(next(i for i, p in enumerate(volet._pieces) if p.nom == nom))
        qtbot.waitUntil(lambda: not services.taches.busy, timeout=20_000)
        if nom.endswith("4.pdf"):
            qtbot.waitUntil(lambda: volet.vue.page == 1)
        fenetre.activateWindow()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        qtbot.waitUntil(lambda: all(w.height() > 8 for w in commandes(fenetre)))
        return fenetre

    yield ouvrir
    services.taches.cancel_all()
    qtbot.waitUntil(lambda: not services.taches.busy, timeout=20_000)
    fenetre.close()
    fenetre.deleteLater()


@pytest.mark.parametrize("nom", CAS)
def test_each_control_has_a_name_and_is_reached_by_tab_down_the_page(
    montrer: Callable[[str], MainWindow], qtbot: QtBot, nom: str
) -> None:
    fenetre = montrer(nom)
    en_vue = commandes(fenetre)
    assert "; ".join(decrire(w) for w in en_vue if not nom_accessible(w)) == ""
    suite, retours = tour_au_clavier(qtbot, fenetre)
    assert "; ".join(retours) == ""
    groupes = {id(_groupe(w)) for w in suite if _groupe(w) is not None}
    oublies = [w for w in en_vue if w not in suite and id(_groupe(w)) not in groupes]
    assert "; ".join(decrire(w) for w in oublies) == ""
