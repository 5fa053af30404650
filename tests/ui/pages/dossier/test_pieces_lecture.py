"""The tab «Pièces»: what was read is kept, evidence is marked, the viewer goes to a window of its own."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from o2r_desktop.evaluation.lectures import Lecture
from o2r_desktop.evaluation.reponses import Preuve, Reponse
from o2r_desktop.operations.lectures import load_lectures, save_lecture
from tests.ui.pages.dossier.pieces_recues import NUMERO, importer
from ui.navigation import Onglet
from ui.pages.dossier.page import DossierPage
from ui.pages.dossier.pieces import PiecesVolet
from ui.services import Services

ZONE = (0.1, 0.1, 0.4, 0.13)
COMPTES = "comptes_2024.pdf"
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(services: Services, campagne_demo: Path, tmp_path: Path, qtbot: QtBot) -> DossierPage:
    importer(campagne_demo, tmp_path)
    services.campagne.open(campagne_demo, auteur="Camille Essai")
    services.campagne.load_suivi()
    page = DossierPage(services)
    qtbot.addWidget(page)
    page.resize(1302, 690)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.open_dossier(NUMERO, "FIN-02", Onglet.PIECES)
    return page


@pytest.fixture
def volet(page: DossierPage, qtbot: QtBot) -> PiecesVolet:
    volet = page._onglets.pieces
    qtbot.waitUntil(lambda: bool(volet.vue.cle) and not volet.services.taches.busy)
    return volet


def empreinte(volet: PiecesVolet, nom: str = COMPTES) -> str:
    return next(p.empreinte for p in volet._pieces if p.nom == nom)


def montrer(volet: PiecesVolet, qtbot: QtBot, nom: str = COMPTES, page: int = 1) -> str:
    voulue = empreinte(volet, nom)
    assert volet.show_empreinte(voulue, page)
    qtbot.waitUntil(lambda: volet.vue.cle == voulue and volet.vue.page == page)
    volet.focus_first()
    return voulue


def test_pages_in_view_are_kept_and_all_of_them_make_a_piece_read(volet: PiecesVolet, qtbot: QtBot) -> None:
    session = volet.services.campagne.session
    cle = montrer(volet, qtbot)
    volet.vue.pdf.set_zoom("page")
    volet.carnet._regard.timeout.emit()
    volet.vue.go_to(3)
    with qtbot.waitSignal(volet.lecture_changed) as dite:
        volet.carnet._regard.timeout.emit()
    assert dite.args[0].vues == {1, 3}
    assert volet.leave()
    assert load_lectures(session, NUMERO) == {
        cle: Lecture(empreinte=cle, page=3, zoom="page", vues=frozenset({1, 3}))
    }
    volet.vue.go_to(2)
    volet.carnet._regard.timeout.emit()
    assert volet.lue.isChecked()
    assert volet.carnet._plume.isActive()
    volet.carnet._plume.timeout.emit()
    assert load_lectures(session, NUMERO)[cle].lue


def test_the_place_comes_back_at_the_next_start(volet: PiecesVolet, qtbot: QtBot) -> None:
    cle = empreinte(volet)
    lue = Lecture(empreinte=cle, page=3, zoom="150", vues=frozenset({1, 3}), lue=True)
    save_lecture(volet.services.campagne.session, NUMERO, lue)
    volet.show_dossier(volet.services.campagne.complet(NUMERO))
    volet.show_rang(next(i for i, p in enumerate(volet._pieces) if p.empreinte == cle))
    qtbot.waitUntil(lambda: volet.vue.page == 3)
    assert (volet.vue.taille, volet.lue.isChecked()) == ("150", True)
    volet.focus_first()
    qtbot.keyClick(volet.vue.pdf.canvas, Qt.Key.Key_L, CTRL)
    assert not volet.carnet.lecture(cle).lue


def test_a_piece_is_read_when_one_says_so(volet: PiecesVolet, qtbot: QtBot) -> None:
    cle = montrer(volet, qtbot)
    with qtbot.waitSignal(volet.lecture_changed):
        volet.lue.click()
    volet.carnet.flush()
    assert load_lectures(volet.services.campagne.session, NUMERO)[cle].lue


def test_what_cannot_be_kept_is_said_once(volet: PiecesVolet, qtbot: QtBot) -> None:
    montrer(volet, qtbot)
    db = volet.services.campagne.session.campagne.db
    db.execute("PRAGMA query_only = ON")
    volet.lue.click()
    volet.carnet.flush()
    assert "n’ont pas pu être notées" in volet.panne.texte.text()
    volet.panne.dire("")
    volet.carnet.flush()
    assert volet.panne.texte.text() == ""
    db.execute("PRAGMA query_only = OFF")
    volet.carnet.flush()
    assert load_lectures(volet.services.campagne.session, NUMERO)


def test_a_campagne_open_for_reading_is_not_written(volet: PiecesVolet, campagne_demo: Path, qtbot: QtBot) -> None:
    services = volet.services
    services.campagne.close()
    services.campagne.open(campagne_demo, auteur="x", lecture_seule=True)
    volet.show_dossier(services.campagne.complet(NUMERO))
    montrer(volet, qtbot)
    volet.lue.click()
    volet.carnet.flush()
    assert load_lectures(services.campagne.session, NUMERO) == {}
    assert volet.panne.texte.text() == ""


def test_evidence_is_marked_the_current_critere_with_an_edge(
    page: DossierPage, volet: PiecesVolet, qtbot: QtBot
) -> None:
    cle = montrer(volet, qtbot)
    preuve = Preuve(ou=COMPTES, page=1, empreinte=cle, zones=(ZONE,), extrait="Total <b>")
    ailleurs = Preuve(ou="b", page=1, empreinte="f" * 64, zones=(ZONE,))
    reponse = Reponse(critere="FIN-02", valeur="3", preuves=(preuve, ailleurs))
    assert page.services.campagne.save_reponse(NUMERO, reponse, "essai")
    (marque,) = volet.vue.pdf.canvas._marques._marques
    assert (marque.nom, marque.page, marque.zones) == ("FIN-02\u00a0: Total <b>", 1, (ZONE,))
    volet.set_critere("FIN-03")
    assert not volet.vue.pdf.canvas._marques._marques[0].courante
    volet.set_critere("FIN-02")
    assert volet.vue.pdf.canvas._marques._marques[0].courante
    with qtbot.waitSignal(volet.mark_activated) as clic:
        volet.vue.pdf.mark_activated.emit(0)
    assert clic.args == ["FIN-02"]


def test_a_passage_opens_where_it_is_and_words_are_looked_for(volet: PiecesVolet, qtbot: QtBot) -> None:
    cle = empreinte(volet)
    assert volet.show_empreinte(cle, 3, [ZONE])
    qtbot.waitUntil(lambda: volet.vue.page == 3)
    assert volet.vue.pdf.canvas._montre == (2, (ZONE,))
    assert volet.show_empreinte(cle, 1, mots="fonds")
    qtbot.waitUntil(lambda: volet.vue.pdf.compte.text() == "1 sur 1")
    assert volet.vue.page == 1


def test_the_selection_is_that_of_the_piece_in_view(volet: PiecesVolet, qtbot: QtBot) -> None:
    montrer(volet, qtbot)
    assert volet.selection is None
    volet.vue.pdf.canvas.selecteur.select_zone(0, ZONE)
    assert volet.selection is not None
    texte = empreinte(volet, "précisions.txt")
    volet.show_empreinte(texte)
    qtbot.waitUntil(lambda: volet.vue.cle == texte)
    assert volet.selection is None
    volet.vue.texte.selectAll()
    assert volet.selection is not None
    assert (volet.selection.zones, volet.selection.texte[:3]) == ((), "Été")


def test_the_next_piece_is_looked_at_ahead(volet: PiecesVolet, qtbot: QtBot) -> None:
    rang = next(i for i, p in enumerate(volet._pieces) if p.presente)
    suivant = next(i for i, p in enumerate(volet._pieces) if p.presente and i > rang)
    volet.show_rang(rang)
    qtbot.waitUntil(lambda: volet._pieces[suivant].empreinte in volet.examens._vus)
    volet.show_rang(suivant)
    assert volet.vue.cle == volet._pieces[suivant].empreinte


def test_the_viewer_goes_to_its_window_and_comes_back(page: DossierPage, volet: PiecesVolet, qtbot: QtBot) -> None:
    montrer(volet, qtbot, page=2)
    qtbot.keyClick(volet.vue.pdf.canvas, Qt.Key.Key_F8)
    fenetre = volet.attache.fenetre
    assert fenetre is not None
    assert volet.vue.window() is fenetre
    assert fenetre.windowTitle().startswith(f"{COMPTES} — dossier")
    assert volet.attache.ailleurs.isVisible()
    assert volet.vue.page == 2
    fenetre.activateWindow()
    qtbot.waitUntil(fenetre.isActiveWindow)
    volet.vue.focus_first()
    qtbot.keyClick(volet.vue.pdf.canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert page.critere_id != "FIN-02"
    fenetre.activateWindow()
    volet.vue.focus_first()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is volet.vue.pdf.canvas)
    with qtbot.waitSignal(page.services.campagne.evaluation_changed):
        qtbot.keyClick(volet.vue.pdf.canvas, Qt.Key.Key_2)
    fenetre.close()
    assert not volet.detached
    assert volet.vue.window() is page.window()
    assert not page.services.reglages.octets("pieces/fenetre").isEmpty()


def test_the_place_of_tab_comes_back_with_the_viewer(page: DossierPage, volet: PiecesVolet) -> None:
    def suite() -> list[str]:
        noms, widget = [], page.nextInFocusChain()
        while widget is not None and widget is not page:
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget is not volet.attache.rattacher:
                noms.append(f"{type(widget).__name__} {widget.accessibleName()}")
            widget = widget.nextInFocusChain()
        return noms

    avant = suite()
    volet.toggle_detached()
    volet.toggle_detached()
    assert suite() == avant


def test_small_pictures_lead_to_their_page(volet: PiecesVolet, qtbot: QtBot) -> None:
    montrer(volet, qtbot)
    qtbot.keyClick(volet.vue.pdf.canvas, Qt.Key.Key_F4)
    vignettes = volet.vue.pdf.vignettes
    assert vignettes.isVisible()
    assert vignettes.hasFocus()
    qtbot.waitUntil(lambda: volet.vue.pdf.pages.vignette(2, 84) is not None)
    qtbot.keyClick(vignettes, Qt.Key.Key_Down)
    qtbot.keyClick(vignettes, Qt.Key.Key_Down)
    assert volet.vue.page == 3
    volet.carnet._regard.timeout.emit()
    nom = vignettes.model().index(2, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert nom == "Page 3 sur 3, déjà vue"
    qtbot.keyClick(vignettes, Qt.Key.Key_Return)
    assert volet.vue.pdf.canvas.hasFocus()
    volet.vue.go_to(1)
    assert vignettes.currentIndex().row() == 0
