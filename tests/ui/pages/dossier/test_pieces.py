"""The tab «Pièces»: what was received, what is missing, what goes outside."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from o2r_desktop.dossiers.model import GenrePiece
from tests.ui.pages.dossier.pieces_recues import NUMERO, fichiers, importer
from ui.models.plan import PIECES, Genre
from ui.navigation import Onglet
from ui.pages.dossier.page import DossierPage
from ui.pages.dossier.pieces import PiecesVolet
from ui.services import Services


@pytest.fixture
def services_pieces(services: Services, campagne_demo: Path, tmp_path: Path) -> Services:
    importer(campagne_demo, tmp_path)
    services.campagne.open(campagne_demo, auteur="Camille Essai")
    services.campagne.load_suivi()
    return services


@pytest.fixture
def page(services_pieces: Services, qtbot: QtBot) -> DossierPage:
    page = DossierPage(services_pieces)
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
    qtbot.waitUntil(lambda: bool(volet.vue.cle))
    return volet


def rang(volet: PiecesVolet, nom: str) -> int:
    return next(i for i, p in enumerate(volet._pieces) if p.nom == nom)


def montrer(volet: PiecesVolet, nom: str, qtbot: QtBot) -> None:
    volet.show_rang(rang(volet, nom))
    qtbot.waitUntil(lambda: not volet.examens.busy)


def empreinte(volet: PiecesVolet, nom: str) -> str:
    return volet._pieces[rang(volet, nom)].empreinte


def test_the_first_received_piece_is_shown_and_marked_in_the_outline(page: DossierPage, volet: PiecesVolet) -> None:
    assert volet.piece is not None
    assert volet.piece.presente
    assert page.plan.modele.piece == str(volet.rang)
    assert volet.choix.liste.currentText() == f"✓ {volet.piece.nom}"
    page.centre.show_onglet(Onglet.FORMULAIRE)
    assert page.plan.modele.piece == ""


def test_the_outline_groups_the_pieces_and_counts_those_that_miss(page: DossierPage, volet: PiecesVolet) -> None:
    modele = page.plan.modele
    groupe = modele.entree(modele.find(Genre.GROUPE, PIECES))
    manquent = sum(not p.presente for p in volet._pieces)
    assert groupe.mot == f"{manquent}\u00a0manquantes"
    assert [e.cle for e in groupe.enfants] == [GenrePiece.PIECE, GenrePiece.MESSAGERIE, GenrePiece.AVIS]
    ligne = modele.entree(modele.find(Genre.PIECE, str(rang(volet, "statuts.pdf"))))
    assert (ligne.mot, ligne.signe) == ("manquante", "!")
    assert "importez l’archive ZIP" in ligne.bulle
    recue = modele.entree(modele.find(Genre.PIECE, str(rang(volet, "façade.png"))))
    assert recue.signe == "✓"


def test_a_missing_piece_says_what_to_do_and_leads_to_the_import(volet: PiecesVolet, qtbot: QtBot) -> None:
    montrer(volet, "statuts.pdf", qtbot)
    assert volet.etat.text() == "! manquante"
    assert "«\u00a0Statuts\u00a0»" in volet.absente.phrase.text()
    assert not volet.sorties.ouvrir.isVisible()
    assert not volet.sorties.enregistrer.isVisible()
    assert not volet.sorties.menu.isVisible()
    volet.focus_first()
    assert volet.importer.hasFocus()
    with qtbot.waitSignal(volet.services.navigation.import_requested):
        qtbot.keyClick(volet.importer, Qt.Key.Key_Return)


def test_choosing_in_the_outline_reads_the_piece_and_takes_the_focus_there(
    page: DossierPage, volet: PiecesVolet, qtbot: QtBot
) -> None:
    page.centre.show_onglet(Onglet.FORMULAIRE)
    page.plan.setFocus()
    page.plan.piece_chosen.emit(rang(volet, "précisions.txt"))
    qtbot.waitUntil(lambda: volet.vue.texte.isVisible())
    assert "les effectifs" in volet.vue.texte.toPlainText()
    assert volet.vue.texte.hasFocus()
    assert page.centre.onglet is Onglet.PIECES


def test_keys_and_buttons_go_from_piece_to_piece(volet: PiecesVolet, qtbot: QtBot) -> None:
    volet.show_rang(0)
    assert not volet.choix.precedente.isEnabled()
    volet.choix.liste.setFocus()
    qtbot.keyClick(volet.choix.liste, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert volet.rang == 1
    volet.choix.precedente.click()
    assert volet.rang == 0


def test_a_search_opens_the_page_of_a_piece(page: DossierPage, volet: PiecesVolet, qtbot: QtBot) -> None:
    page.centre.show_onglet(Onglet.CONCLUSION)
    assert page.show_piece(empreinte(volet, "comptes_2024.pdf"), 3)
    qtbot.waitUntil(lambda: volet.vue.page == 3)
    assert page.show_piece(empreinte(volet, "comptes_2024.pdf"), 2)
    assert volet.vue.page == 2
    assert not page.show_piece("f" * 64, 1)
    assert "remplacée ou retirée" in volet.panne.texte.text()


def test_pdfs_that_cannot_be_read_say_so(volet: PiecesVolet, qtbot: QtBot) -> None:
    for nom, mot in (("comptes_2023.pdf", "mot de passe"), ("comptes_2022.pdf", "abîmé")):
        qtbot.waitUntil(lambda: not volet.services.taches.busy)
        with qtbot.waitSignal(volet.vue.failed) as dit:
            montrer(volet, nom, qtbot)
        assert mot in dit.args[0]


def test_a_program_under_the_name_of_a_pdf_is_only_saved(volet: PiecesVolet, tmp_path: Path, qtbot: QtBot) -> None:
    for nom in ("rib.pdf", "page.html"):
        montrer(volet, nom, qtbot)
        assert not volet.sorties.ouvrir.isVisible()
        assert volet.sorties.menu.filled_menu().actions() == [volet.sorties.ouvrir, volet.sorties.enregistrer]
        assert volet.sorties.enregistrer.isVisible()
        assert "jamais ouvert" in volet.vue.avis.texte.text()
        volet.sorties.open_outside()
    cible = tmp_path / "garde.html"
    volet.sorties.save_to(str(cible))
    qtbot.waitUntil(lambda: not volet.services.taches.busy)
    assert cible.read_bytes() == fichiers()["avis/page.html"]


def test_a_copy_goes_to_the_system_under_its_true_end_and_leaves_with_the_program(
    volet: PiecesVolet, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    ouverts: list[Path] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: bool(ouverts.append(Path(url.toLocalFile()))) or True
    )
    montrer(volet, "budget_projet_2026-2028.xlsx", qtbot)
    assert volet.vue.autre.isVisible()
    volet.sorties.ouvrir.trigger()
    qtbot.waitUntil(lambda: bool(ouverts))
    (copie,) = ouverts
    assert copie.name == "budget_projet_2026-2028.xlsx"
    assert copie.read_bytes() == fichiers()["pieces_justificatives/budget_projet_2026-2028.xlsx"]
    volet.sorties.copies.remove()
    assert not copie.parent.parent.exists()


def test_bytes_that_are_gone_are_said_and_can_be_tried_again(
    volet: PiecesVolet, campagne_demo: Path, qtbot: QtBot
) -> None:
    secret = empreinte(volet, "façade.png")
    (chemin,) = (campagne_demo / "pieces").rglob(f"{secret}*")
    mis_de_cote = chemin.rename(chemin.with_name("ailleurs"))
    montrer(volet, "façade.png", qtbot)
    assert volet.erreur.isVisible()
    assert "importez de nouveau" in volet.erreur.phrase.text()
    assert not volet.sorties.enregistrer.isEnabled()
    mis_de_cote.rename(chemin)
    volet._read()
    qtbot.waitUntil(lambda: volet.vue.cle == secret)


def test_an_answer_leaves_the_piece_where_it_is(page: DossierPage, volet: PiecesVolet, qtbot: QtBot) -> None:
    montrer(volet, "comptes_2024.pdf", qtbot)
    qtbot.waitUntil(lambda: volet.vue.page == 1)
    volet.vue.go_to(3)
    page.critere.choix.chosen.emit("3")
    assert volet.vue.page == 3


def test_a_name_in_the_form_leads_to_its_piece(page: DossierPage, volet: PiecesVolet, qtbot: QtBot) -> None:
    formulaire = page._onglets.formulaire
    page.centre.show_onglet(Onglet.FORMULAIRE)
    document = formulaire.vue.document().toRawText()
    assert "comptes_2024.pdf  ✓\u00a0reçue" in document
    assert "statuts.pdf  \u00a0! manquante\u00a0" in document
    with qtbot.waitSignal(formulaire.piece_requested) as voulue:
        curseur = formulaire.vue.document().find("comptes_2024.pdf")
        curseur.setPosition(curseur.selectionStart() + 1)
        formulaire.vue.anchorClicked.emit(curseur.charFormat().anchorHref())
    assert voulue.args == [rang(volet, "comptes_2024.pdf")]
    assert page.centre.onglet is Onglet.PIECES


def test_another_campagne_lets_the_files_go(volet: PiecesVolet) -> None:
    volet.services.campagne.close()
    assert (volet.piece, volet.vue.cle) == (None, "")
    assert not volet.sorties.ouvrir.isEnabled()
