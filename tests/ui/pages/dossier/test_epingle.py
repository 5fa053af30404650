"""Pinning what is selected in the dossier to the critere in view, with E, and coming back to it."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from o2r_desktop.evaluation.reponses import Preuve
from o2r_desktop.text import NBSP
from tests.ui.pages.dossier.pieces_recues import NUMERO, importer
from ui.navigation import Onglet
from ui.pages.dossier.epingle import Epingle
from ui.pages.dossier.page import DossierPage
from ui.services import Services

CRITERE = "FIN-06"


def preuves(page: DossierPage) -> tuple[Preuve, ...]:
    assert page.numero is not None
    return page.services.campagne.complet(page.numero).evaluation.reponse(page.critere_id).preuves


def presser(page: DossierPage, qtbot: QtBot, touche: Qt.Key = Qt.Key.Key_E) -> None:
    cible = page.window().focusWidget()
    assert cible is not None
    qtbot.keyClick(cible, touche)


def choisir(page: DossierPage, debut: str, fin: str = "") -> None:
    """Select from the beginning of some words to the end of others, in the form."""
    vue = page._onglets.formulaire.vue
    texte = vue.document().toRawText()
    place = texte.index(debut)
    curseur = vue.textCursor()
    curseur.setPosition(place)
    if fin:
        curseur.setPosition(texte.index(fin, place) + len(fin), QTextCursor.MoveMode.KeepAnchor)
    vue.setTextCursor(curseur)
    vue.setFocus()


def shown(page: DossierPage, qtbot: QtBot) -> DossierPage:
    qtbot.addWidget(page)
    page.resize(1302, 690)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


@pytest.fixture
def ouverte(page: DossierPage) -> DossierPage:
    assert page.open_dossier(NUMERO, CRITERE, Onglet.FORMULAIRE)
    return page


def test_words_of_the_form_are_pinned_undone_and_found_again(ouverte: DossierPage, qtbot: QtBot) -> None:
    dossier = ouverte.services.campagne.complet(NUMERO).dossier
    intitule = str(dossier.valeur("intitule_projet") or dossier.valeur("intitule"))
    choisir(ouverte, intitule, intitule)
    presser(ouverte, qtbot)
    (preuve,) = preuves(ouverte)
    assert preuve.extrait == intitule
    assert preuve.empreinte == ""
    champ = next(c for c in dossier.champs if c.valeur == intitule)
    assert preuve.ou == champ.libelle
    assert ouverte.critere.barre.message.text() == f"✓ Épinglé à {CRITERE}{NBSP}: {champ.libelle}."
    dernier = ouverte.services.campagne.history.next_undo
    assert dernier is not None
    assert dernier.nom == f"preuve de {CRITERE}"
    presser(ouverte, qtbot)
    assert len(preuves(ouverte)) == 1
    assert ouverte.critere.barre.message.text().startswith("Déjà épinglé")
    ouverte._onglets.show(Onglet.CONCLUSION)
    ouverte.critere.preuves.puces[0].click()
    assert ouverte.centre.onglet is Onglet.FORMULAIRE
    eclair = ouverte._onglets.formulaire.vue._eclair
    assert eclair is not None
    assert eclair.fin - eclair.debut == len(intitule)
    ouverte.services.campagne.history.undo()
    assert preuves(ouverte) == ()


def test_without_words_the_field_under_the_caret_is_pinned(ouverte: DossierPage, qtbot: QtBot) -> None:
    assert ouverte.show_champ("cout_total")
    ouverte._onglets.formulaire.vue.setFocus()
    presser(ouverte, qtbot)
    (preuve,) = preuves(ouverte)
    assert preuve == Preuve(ou="Coût total du projet sur 3 ans (€)")


def test_who_applies_is_pinned_by_words_only(ouverte: DossierPage, qtbot: QtBot) -> None:
    choisir(ouverte, "Porteur")
    presser(ouverte, qtbot)
    assert preuves(ouverte) == ()
    assert ouverte.critere.barre.message.text().startswith("Rien à épingler")
    choisir(ouverte, "SIRET", "SIRET")
    presser(ouverte, qtbot)
    assert preuves(ouverte) == (Preuve(ou="Porteur", extrait="SIRET"),)


def test_the_field_of_a_raw_line_and_a_field_that_is_gone(ouverte: DossierPage, qtbot: QtBot) -> None:
    formulaire = ouverte._onglets.formulaire
    formulaire.brutes.setChecked(True)
    formulaire.table.setCurrentIndex(formulaire.table.modele.index(2, 1))
    formulaire.table.setFocus()
    presser(ouverte, qtbot)
    assert preuves(ouverte) == (Preuve(ou=formulaire.table.libelle),)
    assert not formulaire.show_preuve(Preuve(ou="Champ d’un autre formulaire"))
    assert "n’est plus dans le formulaire" in formulaire.aide.texte.text()


def test_a_year_of_a_series_is_pinned_by_its_own_field(ouverte: DossierPage) -> None:
    formulaire = ouverte._onglets.formulaire
    dossier = ouverte.services.campagne.complet(NUMERO).dossier
    champs = [c for c in dossier.champs if (c.attribut or "").startswith("demande_annee_")]
    assert len(champs) == 3
    assert ouverte.show_champ(champs[0].attribut or "")
    for rang, champ in enumerate(champs, 1):
        curseur = formulaire.vue.textCursor()
        bloc = curseur.block()
        for _ in range(rang):
            bloc = bloc.next()
        curseur.setPosition(bloc.position())
        formulaire.vue.setTextCursor(curseur)
        assert formulaire.selection == Preuve(ou=champ.libelle)
        assert ouverte.show_champ(champs[0].attribut or "")


def test_keys_typed_in_a_field_pin_nothing(ouverte: DossierPage, qtbot: QtBot) -> None:
    choisir(ouverte, "SIRET", "SIRET")
    ouverte.critere.commentaire.setFocus()
    qtbot.keyClicks(ouverte.critere.commentaire, "EeVv")
    assert ouverte.critere.commentaire.text() == "EeVv"
    assert preuves(ouverte) == ()


def test_the_page_of_a_piece_is_pinned_and_shown_again(
    services: Services, campagne_demo: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    importer(campagne_demo, tmp_path)
    services.campagne.open(campagne_demo, auteur="Camille Essai")
    services.campagne.load_suivi()
    page = shown(DossierPage(services), qtbot)
    assert page.open_dossier(NUMERO, CRITERE, Onglet.PIECES)
    pieces = page._onglets.pieces
    comptes = next(p for p in services.campagne.complet(NUMERO).dossier.pieces if p.nom == "comptes_2024.pdf")
    assert page.show_piece(comptes.empreinte, 2)
    qtbot.waitUntil(lambda: pieces.vue.page == 2, timeout=10_000)
    pieces.focus_first()
    presser(page, qtbot)
    assert preuves(page) == (Preuve(ou="comptes_2024.pdf", page=2, empreinte=comptes.empreinte),)
    page.centre.show_onglet(Onglet.FORMULAIRE)
    page.critere.preuves.puces[0].click()
    assert page.centre.onglet is Onglet.PIECES
    assert pieces.piece == comptes


def test_other_tabs_have_nothing_to_pin(ouverte: DossierPage) -> None:
    ouverte.centre.show_onglet(Onglet.CONCLUSION)
    assert Epingle(ouverte._onglets)() is None
