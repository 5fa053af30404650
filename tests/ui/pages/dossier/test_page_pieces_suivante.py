"""While the next piece opens, nothing of the one before is taken for it; keys act on the dossier in view only."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.pages.dossier.pieces_recues import NUMERO, importer
from tests.ui.pages.dossier.test_page import VIDE
from ui.main_window import MainWindow
from ui.navigation import Onglet
from ui.pages.dossier.page import DossierPage
from ui.pages.dossier.pieces import PiecesVolet
from ui.services import Services


@pytest.fixture
def page(services_demo: Services, campagne_demo: Path, tmp_path: Path, qtbot: QtBot) -> DossierPage:
    """A dossier at page 3 of its first PDF."""
    services_demo.campagne.close()
    importer(campagne_demo, tmp_path)
    services_demo.campagne.open(campagne_demo, auteur="Camille Essai")
    services_demo.campagne.load_suivi()
    page = DossierPage(services_demo)
    qtbot.addWidget(page)
    page.resize(1302, 690)
    page.show()
    assert page.open_dossier(NUMERO, "FIN-06", Onglet.PIECES)
    pieces = volet(page)
    pieces.show_rang(rang(pieces, "comptes_2024"))
    qtbot.waitUntil(lambda: pieces.vue.total == 3, timeout=10_000)
    pieces.vue.go_to(3)
    qtbot.waitUntil(lambda: pieces.vue.page == 3)
    return page


def volet(page: DossierPage) -> PiecesVolet:
    pieces = page.centre.volet
    assert isinstance(pieces, PiecesVolet)
    return pieces


def rang(pieces: PiecesVolet, nom: str) -> int:
    return next(i for i, p in enumerate(pieces._pieces) if p.nom.startswith(nom) and p.presente)


@pytest.mark.parametrize("suivante", ["rib", "façade"])
def test_nothing_of_the_former_piece_is_pinned_under_the_next(page: DossierPage, suivante: str) -> None:
    pieces = volet(page)
    pieces.vue.pdf.canvas.selecteur.select_zone(1, (0.1, 0.1, 0.5, 0.2))
    assert pieces.selection is not None
    pieces.show_rang(rang(pieces, suivante))
    assert pieces.selection is None
    page.critere.pin()
    assert page.services.campagne.complet(NUMERO).evaluation.reponse("FIN-06").preuves == ()


def test_pages_of_the_former_piece_are_not_those_of_the_next(
    page: DossierPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    pieces = volet(page)
    monkeypatch.setattr(pieces.vue.pdf.pages._worker, "wake", lambda: None)  # it never opens
    facade = rang(pieces, "façade")
    pieces.show_rang(facade)
    empreinte = pieces._pieces[facade].empreinte
    qtbot.waitUntil(lambda: pieces.vue.cle == empreinte)
    assert (pieces.vue.page, pieces.vue.total, tuple(pieces.vue.pages_vues())) == (0, 0, ())
    pieces.carnet._looked()
    assert pieces.carnet.lecture(empreinte).vues == frozenset()


def test_a_detached_window_answers_no_dossier_that_is_not_in_view(fenetre_demo: MainWindow, qtbot: QtBot) -> None:
    campagne, navigation = fenetre_demo.services.campagne, fenetre_demo.services.navigation
    navigation.open_dossier(VIDE, critere_id="ELI-02", onglet=Onglet.PIECES)
    page = fenetre_demo.page
    assert isinstance(page, DossierPage)
    volet(page).attache.detach()
    detachee = volet(page).attache.fenetre
    assert detachee is not None
    navigation.go("dossiers")
    detachee.activateWindow()
    qtbot.waitUntil(detachee.isActiveWindow)
    qtbot.keyClick(detachee.focusWidget() or detachee, Qt.Key.Key_O)
    assert campagne.complet(VIDE).evaluation.reponse("ELI-02").valeur == ""
    volet(page).attache.bring_back()
