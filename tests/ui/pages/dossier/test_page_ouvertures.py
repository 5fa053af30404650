"""From elsewhere in the window to a field of the form, or to a page of a piece."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.pages.dossier.pieces_recues import NUMERO, importer
from ui.main_window import MainWindow
from ui.navigation import Onglet
from ui.pages.dossier.page import DossierPage


@pytest.fixture
def fenetre_pieces(qtbot: QtBot, fenetre: MainWindow, campagne_demo: Path, tmp_path: Path) -> Iterator[MainWindow]:
    """The window on a campagne that received an archive."""
    importer(campagne_demo, tmp_path)
    with qtbot.waitSignal(fenetre.services.campagne.resumes_loaded, timeout=20_000):
        fenetre.services.navigation.open_campagne(campagne_demo)
    yield fenetre
    qtbot.waitUntil(lambda: not fenetre.services.taches.busy)


def page_de(fenetre: MainWindow) -> DossierPage:
    assert isinstance(fenetre.page, DossierPage)
    return fenetre.page


def test_a_field_is_shown_by_attribute_by_label_and_by_heading(fenetre_pieces: MainWindow) -> None:
    aller = fenetre_pieces.services.navigation
    aller.open_champ(NUMERO, "cout_total")
    page = page_de(fenetre_pieces)
    vue = page._onglets.formulaire.vue
    assert (page.numero, page.centre.onglet) == (NUMERO, Onglet.FORMULAIRE)
    par_attribut = vue._eclair
    libelle = next(c.libelle for c in page._complet.dossier.champs if c.attribut == "cout_total")  # type: ignore[union-attr]
    vue.flash(page._onglets.formulaire._redaction.titres["Porteur"])  # type: ignore[union-attr]
    aller.open_champ(NUMERO, libelle.upper())
    assert vue._eclair == par_attribut
    assert vue.textCursor().position() == par_attribut.debut  # type: ignore[union-attr]
    assert vue.viewport().rect().intersects(vue._cadre(par_attribut).toRect())  # type: ignore[arg-type]
    assert page.show_champ("Pièces et engagements")
    assert not page.show_champ("inconnu")


def test_a_page_of_a_piece_is_shown_from_another_page(fenetre_pieces: MainWindow, qtbot: QtBot) -> None:
    aller = fenetre_pieces.services.navigation
    aller.open_dossier(25000103)
    page = page_de(fenetre_pieces)
    complet = fenetre_pieces.services.campagne.complet(NUMERO)
    empreinte = next(p.empreinte for p in complet.dossier.pieces if p.nom == "comptes_2024.pdf")
    aller.go("dossiers")
    aller.open_piece(NUMERO, empreinte, page=3)
    assert fenetre_pieces.page is page
    volet = page._onglets.pieces
    qtbot.waitUntil(lambda: volet.vue.page == 3)
    assert page.numero == NUMERO
    assert page.centre.onglet is Onglet.PIECES
