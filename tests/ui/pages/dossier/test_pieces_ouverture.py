"""While a piece opens, and while its page is out of view: nothing of another piece or dossier is touched."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.pages.dossier.test_page import VIDE
from tests.ui.pages.dossier.test_pieces_lecture import montrer, page, volet  # noqa: F401 fixtures
from ui.main_window import MainWindow
from ui.navigation import Onglet
from ui.pages.dossier.page import DossierPage
from ui.pages.dossier.pieces import PiecesVolet
from ui.reprise import Reprise


def _bloquer(pieces: PiecesVolet, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the next document never open: its reader is not woken."""
    monkeypatch.setattr(pieces.vue.pdf.pages._worker, "wake", lambda: None)


def test_the_small_pictures_of_the_piece_before_go_at_once(
    volet: PiecesVolet, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch  # noqa: F811
) -> None:  # fmt: skip
    vue = volet.vue.pdf
    montrer(volet, qtbot, page=3)
    vue.toggle_vignettes()
    assert vue.vignettes.model().rowCount() > 0
    _bloquer(volet, monkeypatch)
    vue.set_file(volet._examen.chemin)
    assert vue.vignettes.model().rowCount() == 0


def test_a_zone_drawn_while_a_piece_opens_pins_nothing(
    page: DossierPage, volet: PiecesVolet, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch  # noqa: F811
) -> None:  # fmt: skip
    montrer(volet, qtbot, page=3)
    _bloquer(volet, monkeypatch)
    volet.show_rang(next(i for i, p in enumerate(volet._pieces) if p.nom.startswith("façade")))
    qtbot.waitUntil(lambda: volet.vue.cle == volet.piece.empreinte)
    volet.vue.pdf.canvas.selecteur.select_zone(3, (0.1, 0.1, 0.5, 0.2))
    assert page._epingle() is None


def test_the_page_of_the_piece_before_is_not_remembered_for_the_next(
    page: DossierPage, volet: PiecesVolet, qtbot: QtBot  # noqa: F811
) -> None:  # fmt: skip
    montrer(volet, qtbot, page=3)
    volet.show_rang(next(i for i, p in enumerate(volet._pieces) if p.nom.startswith("rib")))
    assert page._onglets.place(Reprise(numero=25000108, critere="FIN-02")).page == 1


def test_keys_of_the_detached_window_leave_a_hidden_dossier_alone(
    fenetre_demo: MainWindow, qtbot: QtBot
) -> None:  # fmt: skip
    fenetre_demo.services.navigation.open_dossier(VIDE, critere_id="ELI-02", onglet=Onglet.PIECES)
    dossier = fenetre_demo.findChild(DossierPage)
    dossier._onglets.pieces.attache.detach()
    detachee = dossier._onglets.pieces.attache.fenetre
    fenetre_demo.services.navigation.go("dossiers")
    detachee.activateWindow()
    qtbot.waitUntil(detachee.isActiveWindow)
    for touche, avec in ((Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier),
                         (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)):  # fmt: skip
        qtbot.keyClick(detachee.focusWidget() or detachee, touche, avec)
    assert dossier.critere_id == "ELI-02"
    qtbot.keyClick(detachee.focusWidget() or detachee, Qt.Key.Key_F8)
    assert not dossier._onglets.pieces.detached
