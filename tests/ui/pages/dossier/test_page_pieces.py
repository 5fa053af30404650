"""The page and the pieces being read: outline, pins, marks and keys follow the viewer, detached or not."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from o2r_desktop.evaluation.reponses import Preuve, Reponse
from tests.ui.pages.dossier.pieces_recues import NUMERO
from tests.ui.pages.dossier.test_pieces_lecture import COMPTES, ZONE, empreinte, montrer, page, volet
from ui.models.plan import Genre
from ui.navigation import Onglet
from ui.pages.dossier.page import DossierPage
from ui.pages.dossier.pieces import PiecesVolet

__all__ = ["page", "volet"]


def mot_de(page: DossierPage, volet: PiecesVolet, nom: str = COMPTES) -> str:
    """Return what the outline says of a piece."""
    modele = page.plan.modele
    rang = next(i for i, p in enumerate(volet._pieces) if p.nom == nom)
    return modele.entree(modele.find(Genre.PIECE, str(rang))).mot


def test_the_outline_says_how_far_a_piece_was_read(page: DossierPage, volet: PiecesVolet, qtbot: QtBot) -> None:
    montrer(volet, qtbot)
    volet.vue.pdf.set_zoom("page")
    volet.carnet._regard.timeout.emit()
    assert mot_de(page, volet) == "1 sur 3"
    volet.lue.click()
    assert mot_de(page, volet) == "lu"
    volet.lue.click()
    assert mot_de(page, volet) == "3\u00a0p."
    volet.vue.go_to(3)
    volet.carnet._regard.timeout.emit()
    assert page.open_dossier(25000103)
    assert page.open_dossier(NUMERO)
    assert mot_de(page, volet) == "1 sur 3"


def test_e_pins_from_the_window_of_the_pieces_only_while_it_is_active(
    page: DossierPage, volet: PiecesVolet, qtbot: QtBot
) -> None:
    montrer(volet, qtbot, page=2)
    page._onglets.show(Onglet.FORMULAIRE)
    volet.toggle_detached()
    fenetre = volet.attache.fenetre
    assert fenetre is not None
    qtbot.waitUntil(fenetre.isActiveWindow)
    volet.vue.focus_first()
    qtbot.keyClick(fenetre.focusWidget(), Qt.Key.Key_E)
    (preuve,) = page.services.campagne.complet(NUMERO).evaluation.reponse("FIN-02").preuves
    assert (preuve.ou, preuve.page) == (COMPTES, 2)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.show_champ("cout_total")
    page._onglets.formulaire.vue.setFocus()
    qtbot.keyClick(page._onglets.formulaire.vue, Qt.Key.Key_E)
    preuves = page.services.campagne.complet(NUMERO).evaluation.reponse("FIN-02").preuves
    assert [p.empreinte == "" for p in preuves] == [False, True]
    volet.toggle_detached()


def test_evidence_is_marked_and_a_mark_opens_its_critere(
    page: DossierPage, volet: PiecesVolet, qtbot: QtBot
) -> None:
    preuve = Preuve(ou=COMPTES, page=1, empreinte=empreinte(volet), zones=(ZONE,), extrait="Bilan")
    reponse = Reponse(critere="FIN-03", valeur="", preuves=(preuve,))
    assert page.services.campagne.save_reponse(NUMERO, reponse, "preuve de FIN-03")
    montrer(volet, qtbot)
    assert list(volet.vue.pdf.canvas.marks_on(0)) or list(volet.vue.pdf.canvas.marks_on(1))
    volet.vue.mark_activated.emit(0)
    assert page.critere_id == "FIN-03"
    assert page.centre.onglet is Onglet.PIECES


def test_the_menu_shows_what_the_viewer_does_and_its_keys(
    page: DossierPage, volet: PiecesVolet, qtbot: QtBot
) -> None:
    montrer(volet, qtbot)
    actions = {a.text().replace("&", "").partition("\t")[0]: a for a in page.page_actions()}
    detacher = actions["Détacher la visionneuse, ou la rattacher"]
    page._onglets.show(Onglet.CONCLUSION)
    page.critere.focus_first()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F8)
    assert volet.detached
    detacher.trigger()
    assert not volet.detached
    vignettes = actions["Vignettes des pages"]
    assert vignettes.text().endswith("\tF4")
    assert not volet.vue.pdf.vignettes.isVisible()
    vignettes.trigger()
    assert page.centre.onglet is Onglet.PIECES
    assert volet.vue.pdf.vignettes.isVisible()
