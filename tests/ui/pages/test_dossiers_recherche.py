"""The full text in the list of dossiers: rows, passages, typed filters."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from o2r_desktop import recherche, suivi
from o2r_desktop.progress import SilentReporter
from o2r_desktop.store.recherche import FICHIER
from o2r_desktop.suivi import Filtre
from o2r_desktop.text import NBSP
from tests.ui.pages.test_dossiers import TOUS, show
from ui.main_window import MainWindow
from ui.pages.dossier.page import DossierPage
from ui.pages.dossiers import DossiersPage
from ui.services import Services

Cle = Qt.Key


@pytest.fixture
def page(services_demo: Services, qtbot: QtBot) -> DossiersPage:
    session, lu = services_demo.campagne.session, services_demo.campagne.suivi
    assert lu is not None
    lu.avec_resumes(suivi.calculer_resumes(session, lu.sans_resume()))
    recherche.indexer(session, SilentReporter())
    return show(DossiersPage(services_demo), qtbot)


def answered(page: DossiersPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page.texte.pending)


def test_words_of_pieces_join_the_rows_and_show_their_passages(page: DossiersPage, qtbot: QtBot) -> None:
    page.search.setText("fonds dédiés")
    assert page.numeros_affiches() == [], "les lignes seules ne le disent pas"
    assert page.places.shows("lignes"), "rien n’est dit avant la réponse"
    answered(page, qtbot)

    assert sorted(page.numeros_affiches()) == [25000101, 25000106]
    assert page.centre.passages.isVisible()
    assert page.centre.passages.titre.text().endswith(f"dans 2{NBSP}dossiers")
    page.search.clear()
    assert page.centre.passages.isHidden()
    assert len(page.numeros_affiches()) == TOUS


def test_rows_found_do_not_blink_while_the_question_grows(page: DossiersPage, qtbot: QtBot) -> None:
    page.search.setText("fonds dé")
    answered(page, qtbot)
    avant = page.numeros_affiches()
    page.search.insert("diés")

    assert page.numeros_affiches() == avant
    assert page.centre.passages.isVisible()


def test_the_current_row_comes_back_with_the_full_text(page: DossiersPage, qtbot: QtBot) -> None:
    page.show_numero(25000106)
    page.focus_search()
    page.search.setText("fonds dédiés")
    answered(page, qtbot)

    assert page.table.current_numero() == 25000106


def test_rows_that_come_leave_the_place_of_who_scrolled_away(page: DossiersPage) -> None:
    tous = list(page.model.rangs)
    page.resize(1302, 420)
    page.model.show(page.services.campagne.suivi, tous[4:])
    page.table.restore_rows([], page.model.numero(0))
    barre = page.table.verticalScrollBar()
    barre.setValue(6)
    premier = page.model.numero(barre.value())
    assert barre.value() == 6
    page.table.keep_place(lambda: page.model.show(page.services.campagne.suivi, tous))

    assert page.model.numero(barre.value()) == premier


def test_a_passage_opens_and_coming_back_finds_everything(fenetre_demo: MainWindow, qtbot: QtBot) -> None:
    recherche.indexer(fenetre_demo.services.campagne.session, SilentReporter())
    fenetre_demo.services.navigation.show_liste(Filtre(recherche="fonds dédiés"))
    page = fenetre_demo.page
    assert isinstance(page, DossiersPage)
    answered(page, qtbot)
    page.centre.go_to_passages()
    liste = page.centre.passages.liste
    voulu = liste.modele.passage(liste.currentIndex())
    assert voulu is not None
    with qtbot.waitSignal(fenetre_demo.services.navigation.piece_requested) as demande:
        qtbot.keyClick(liste, Cle.Key_Return)
    assert demande.args[:3] == [25000101, voulu.empreinte, 4]
    assert isinstance(fenetre_demo.page, DossierPage)
    fenetre_demo.go("dossiers")

    assert page.search.text() == "fonds dédiés"
    assert page.table.current_numero() == 25000101
    assert liste.modele.passage(liste.currentIndex()) == voulu
    assert liste.hasFocus()


def test_a_passage_of_the_form_opens_its_field(page: DossiersPage, qtbot: QtBot) -> None:
    page.search.setText("fonds dédiés")
    answered(page, qtbot)
    modele = page.centre.passages.liste.modele
    passages = [modele.passage(modele.index(rang)) for rang in range(modele.rowCount())]
    bloc = next(p for p in passages if p is not None and p.ou == "Cofinancements, ligne 2")
    with qtbot.waitSignal(page.services.navigation.champ_requested) as demande:
        page.centre.passages.liste.opened.emit(bloc)

    assert demande.args == [25000106, "Cofinancements", 1]


def test_keys_go_to_the_passages_and_back(page: DossiersPage, qtbot: QtBot) -> None:
    page.search.setText("fonds dédiés")
    answered(page, qtbot)
    page.table.setFocus()
    qtbot.keyClick(page.table, Cle.Key_F6)
    liste = page.centre.passages.liste
    assert liste.hasFocus()
    qtbot.keyClick(liste, Cle.Key_Escape)
    assert page.table.hasFocus()
    qtbot.keyClick(page.table, Cle.Key_F, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert page.centre.passages.is_folded
    qtbot.keyClick(page.table, Cle.Key_F6)
    assert liste.hasFocus()


def test_passages_put_away_stay_so(page: DossiersPage, qtbot: QtBot) -> None:
    page.search.setText("fonds dédiés")
    answered(page, qtbot)
    page.centre.passages.plier.click()
    autre = show(DossiersPage(page.services), qtbot)
    autre.search.setText("fonds dédiés")
    answered(autre, qtbot)

    assert autre.centre.passages.is_folded
    assert autre.centre.passages.isVisible()


def test_other_filters_narrow_the_passages_too(page: DossiersPage, qtbot: QtBot) -> None:
    page.search.setText("fonds dédiés dep:72")
    answered(page, qtbot)

    assert page.numeros_affiches() == [25000101]
    assert page.centre.passages.titre.text().endswith(f"dans 1{NBSP}dossier")
    assert [tag.text() for tag in page.tags.tags] == [f"Département{NBSP}: Sarthe (72)  ✕"]
    page.tags.tags[0].click()
    assert page.search.text() == "fonds dédiés"


def test_a_filter_that_means_nothing_is_told_and_comes_off(page: DossiersPage) -> None:
    page.search.setText("jeunes score>=abc")

    assert page.outils.alerte.isVisible()
    assert page.outils.alerte.text().startswith("⚠ ")
    assert page.outils.alerte.text() == page.search.accessibleDescription()
    assert page.numeros_affiches() == []
    assert page.places.shows("rien")
    assert page.places.rien.phrase.text() in page.outils.alerte.text()
    page.places.rien.remove.click()
    assert page.search.text() == "jeunes"
    assert page.outils.alerte.isHidden()


def test_all_the_filters_go_and_the_words_stay(page: DossiersPage) -> None:
    page.search.setText("fonds dep:72 score>=abc")
    page.tags.cleared.emit()

    assert page.search.text() == "fonds"


def test_pieces_are_filtered_once_they_are_known(page: DossiersPage) -> None:
    campagne = page.services.campagne
    page.search.setText("piece:recue")
    assert page.numeros_affiches() == []
    recues, manquantes = suivi.etats_des_pieces(campagne.session)
    assert campagne.suivi is not None
    campagne.suivi.avec_pieces(recues=recues, manquantes=manquantes)
    campagne.add_resumes({})

    assert sorted(page.numeros_affiches()) == sorted(recues)


def test_before_the_index_is_made_an_empty_list_says_so(
    page: DossiersPage, qtbot: QtBot, campagne_demo: Path
) -> None:
    (campagne_demo / FICHIER).unlink()
    page.search.setText("fonds dédiés")
    answered(page, qtbot)

    assert page.places.shows("rien")
    assert "en cours" in page.places.rien.phrase.text()
    recherche.indexer(page.services.campagne.session, SilentReporter())
    page.services.taches.start("", lambda _: None)
    qtbot.waitUntil(lambda: page.places.shows("lignes"))
    assert sorted(page.numeros_affiches()) == [25000101, 25000106]


def test_what_may_be_typed_is_told(page: DossiersPage, qtbot: QtBot) -> None:
    assert "score&gt;=60" in page.search.toolTip() or "score>=60" in page.search.toolTip()
    page.search.setText("zzzz")
    answered(page, qtbot)

    assert "piece:manquante" in page.places.rien.aide.text()
