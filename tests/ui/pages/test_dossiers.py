"""The list of dossiers, used as a person does: keys first."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QScrollArea, QTableView, QWidget
from pytestqt.qtbot import QtBot

from o2r_desktop import operations, suivi
from o2r_desktop.evaluation.constats import Resultat
from o2r_desktop.evaluation.reponses import Reponse, TypeAvis
from o2r_desktop.suivi import Colonne, Etape, Filtre
from o2r_desktop.text import NBSP, NNBSP
from tests.ui.conftest import MAINTENANT
from ui.pages.colonnes_dossiers import CLE_COLONNES
from ui.pages.dossiers import DossiersPage
from ui.services import Services
from ui.settings import Mode

TOUS = 22
Cle = Qt.Key


@pytest.fixture
def page(services_demo: Services, qtbot: QtBot) -> DossiersPage:
    session, lu = services_demo.campagne.session, services_demo.campagne.suivi
    assert lu is not None
    lu.avec_resumes(suivi.calculer_resumes(session, lu.sans_resume()))
    return show(DossiersPage(services_demo), qtbot)


def show(page: DossiersPage, qtbot: QtBot) -> DossiersPage:
    qtbot.addWidget(page)
    page.resize(1302, 700)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.enter()
    return page


def press(qtbot: QtBot, cle: Qt.Key, *modificateurs: Qt.KeyboardModifier) -> None:
    """Press a key where the focus is."""
    cible = QApplication.focusWidget()
    assert cible is not None
    fleches = Qt.KeyboardModifier.NoModifier
    for modificateur in modificateurs:
        fleches |= modificateur
    qtbot.keyClick(cible, cle, fleches)


def test_everything_is_shown_at_first_in_the_order_of_deposit(page: DossiersPage) -> None:
    lu = page.services.campagne.suivi
    assert lu is not None

    assert page.numeros_affiches() == [lu.numero(rang) for rang in range(TOUS)]
    assert page.tabs.buttons[0].text().split() == ["Tous", str(TOUS)]
    assert page.vue() == "Tous les dossiers"


def test_search_filters_at_each_key_accents_aside(page: DossiersPage) -> None:
    page.search.setText("REGIE")
    sans_accents = page.numeros_affiches()
    page.search.setText("régie")

    assert page.numeros_affiches() == sans_accents
    assert {page.model.ligne(i).porteur for i in range(2)} == {"Régie Sablière", "Régie Grand Large"}
    assert page.tete.compte.text() == f"2 sur {TOUS}"


def test_from_the_search_to_a_dossier_without_a_mouse(page: DossiersPage, qtbot: QtBot) -> None:
    page.focus_search()
    page.search.insert("chemins")
    press(qtbot, Cle.Key_Down)

    assert page.table.hasFocus()
    with qtbot.waitSignal(page.services.navigation.dossier_requested) as demande:
        press(qtbot, Cle.Key_Return)
    assert demande.args == [25000104, "", ""]


def test_escape_empties_the_search_then_goes_to_the_rows(page: DossiersPage, qtbot: QtBot) -> None:
    page.focus_search()
    page.search.insert("chemins")
    press(qtbot, Cle.Key_Escape)

    assert page.search.text() == ""
    assert len(page.numeros_affiches()) == TOUS
    press(qtbot, Cle.Key_Escape)
    assert page.table.hasFocus()


def test_letters_typed_in_the_table_go_to_the_search(page: DossiersPage, qtbot: QtBot) -> None:
    page.table.setFocus()
    press(qtbot, Cle.Key_M)

    assert page.search.text() == "m"
    assert page.search.hasFocus()


def test_tabs_filter_by_stage_and_arrows_go_from_one_to_the_next(page: DossiersPage, qtbot: QtBot) -> None:
    page.tabs.buttons[0].setFocus()
    press(qtbot, Cle.Key_Right)

    assert page.filtre() == Filtre(etape=Etape.A_ELIGIBILISER)
    assert page.vue() == "À éligibiliser"
    press(qtbot, Cle.Key_End)
    assert page.vue() == "Prêts pour le comité"
    assert sorted(page.numeros_affiches())[:2] == [25000101, 25000104]
    press(qtbot, Cle.Key_Home)
    assert page.filtre() == Filtre()


def test_a_filter_asked_from_elsewhere_is_shown_everywhere(page: DossiersPage) -> None:
    page.set_filtre(Filtre(etape=Etape.PRETS, avis=frozenset({TypeAvis.FAVORABLE}), recherche="fabrique"))

    assert page.numeros_affiches() == [25000104]
    assert page.search.text() == "fabrique"
    assert page.tabs.current == 4
    assert [tag.text() for tag in page.tags.tags] == [f"Avis{NBSP}: favorable  ✕"]
    assert page.vue() == "Prêts pour le comité (filtrés)"


def test_tags_are_taken_off_by_keyboard_the_focus_following(page: DossiersPage, qtbot: QtBot) -> None:
    page.set_filtre(
        Filtre(
            controles=frozenset({Resultat.CONFORME}), departements=frozenset({"53"}), priorites=frozenset({"P1"})
        )
    )
    page.tags.tags[1].setFocus()
    press(qtbot, Cle.Key_Delete)

    assert page.filtre() == Filtre(priorites=frozenset({"P1"}), departements=frozenset({"53"}))
    assert page.tags.tags[1].hasFocus()
    press(qtbot, Cle.Key_Return)
    press(qtbot, Cle.Key_Backspace)
    assert page.filtre() == Filtre()
    assert page.search.hasFocus()
    assert page.tags.isHidden()


def test_all_tags_go_at_once_and_the_search_stays(page: DossiersPage) -> None:
    page.set_filtre(Filtre(priorites=frozenset({"P1"}), recherche="a"))
    page.tags.cleared.emit()

    assert page.filtre() == Filtre(recherche="a")


def test_the_filter_menu_offers_what_the_list_has(page: DossiersPage) -> None:
    menu = page.outils.menus[1].filled_menu()
    sous_menus = {a.text(): a.menu() for a in menu.actions() if a.menu() is not None}
    avis = sous_menus["Avis"]
    favorable = next(a for a in avis.actions() if a.text().startswith("Favorable  "))  # type: ignore[attr-defined]
    favorable.trigger()

    assert list(sous_menus) == [
        "État",
        "Priorité",
        "Contrôles",
        "Département",
        "Instructeur",
        "Étiquette",
        "Avis",
        "Statut",
        "Pièces",
    ]
    assert page.filtre() == Filtre(avis=frozenset({TypeAvis.FAVORABLE}))
    favorable.trigger()
    assert page.filtre() == Filtre()


def test_a_click_on_a_header_sorts_both_ways_then_not(page: DossiersPage, qtbot: QtBot) -> None:
    depot = page.numeros_affiches()
    entete = page.table.horizontalHeader()
    section = list(Colonne).index(Colonne.DEMANDE)
    ou = entete.rect().center()
    ou.setX(entete.sectionViewportPosition(section) + 20)

    qtbot.mouseClick(entete.viewport(), Qt.MouseButton.LeftButton, pos=ou)
    croissant = [page.model.ligne(i).demande for i in range(TOUS)]
    qtbot.mouseClick(entete.viewport(), Qt.MouseButton.LeftButton, pos=ou)
    decroissant = [page.model.ligne(i).demande for i in range(TOUS)]
    qtbot.mouseClick(entete.viewport(), Qt.MouseButton.LeftButton, pos=ou)

    connus = [d for d in croissant if d is not None]
    assert connus == sorted(connus)
    assert [d for d in decroissant if d is not None] == sorted(connus, reverse=True)
    assert page.numeros_affiches() == depot


def test_the_order_is_chosen_by_keyboard_too(page: DossiersPage) -> None:
    def action(nom: str) -> None:
        next(a for a in page.outils.menus[2].filled_menu().actions() if a.text() == nom).trigger()

    action("Porteur")
    assert page.model.ligne(0).porteur == "Abri Côtier"
    action("Du dernier au premier")
    assert page.model.ligne(TOUS - 1).porteur == "Abri Côtier"
    action("Ordre de dépôt")
    assert page.model.ligne(0).numero == 25000108


def test_a_filter_that_empties_is_named_and_taken_off(page: DossiersPage, qtbot: QtBot) -> None:
    page.set_filtre(Filtre(recherche="zzz", etape=Etape.PRETS))

    qtbot.waitUntil(lambda: page.places.shows("rien"))
    assert page.places.rien.phrase.text() == (
        f"C’est la recherche de «{NBSP}zzz{NBSP}» qui vide la liste{NBSP}: sans elle, 3{NBSP}dossiers."
    )
    page.focus_search()
    press(qtbot, Cle.Key_Down)
    press(qtbot, Cle.Key_Space)
    assert page.filtre() == Filtre(etape=Etape.PRETS)
    assert page.table.hasFocus()


def test_two_filters_that_empty_together_leave_show_everything(page: DossiersPage, qtbot: QtBot) -> None:
    page.set_filtre(Filtre(recherche="zzz", departements=frozenset({"2A"})))
    qtbot.waitUntil(lambda: page.places.shows("rien"))

    assert page.places.rien.remove.isHidden()
    page.focus_search()
    press(qtbot, Cle.Key_Down)
    press(qtbot, Cle.Key_Space)
    assert len(page.numeros_affiches()) == TOUS


def test_totals_follow_the_rows_shown(page: DossiersPage) -> None:
    page.search.setText("fabrique")

    mille = f"237{NNBSP}000"
    assert page.footer.text() == (
        f"1{NBSP}dossier · demande totale {mille},00{NBSP}€ · médiane {mille}{NBSP}€ · score médian 82,0"
    )


def test_totals_say_how_many_amounts_are_known(page: DossiersPage) -> None:
    lu = page.services.campagne.suivi
    assert lu is not None
    totaux = lu.totaux(range(3))
    page.footer.show_totals(replace(totaux, demandes_connues=2))
    assert f"(2{NBSP}montants connus)" in page.footer.text()

    page.footer.show_totals(replace(totaux, demandes_connues=0, demande_mediane=None, score_median=None))
    assert page.footer.text() == f"3{NBSP}dossiers · demande totale inconnue"


def test_space_opens_a_quick_view_that_follows_the_row(page: DossiersPage, qtbot: QtBot) -> None:
    page.table.setFocus()
    press(qtbot, Cle.Key_Space)
    assert page.apercu.isVisible()
    assert page.apercu.numero == page.table.current_numero()

    press(qtbot, Cle.Key_Down)
    assert page.apercu.numero == page.model.numero(1)
    qtbot.waitUntil(lambda: "conforme" in page.apercu._annonce.text())
    press(qtbot, Cle.Key_Escape)
    assert page.apercu.isHidden()
    assert page.table.hasFocus()


def test_the_quick_view_leaves_the_columns_that_matter(page: DossiersPage, qtbot: QtBot) -> None:
    page.toggle_apercu()
    tableau = page.table
    visibles = [c for c in Colonne if not tableau.isColumnHidden(list(Colonne).index(c))]

    assert {Colonne.NUMERO, Colonne.PORTEUR, Colonne.DEMANDE, Colonne.CONTROLE} <= set(visibles)
    assert Colonne.PUBLICS not in visibles
    qtbot.waitUntil(lambda: not tableau.horizontalScrollBar().isVisible())
    page.toggle_apercu()
    assert not tableau.isColumnHidden(list(Colonne).index(Colonne.PUBLICS))


def test_all_columns_fit_a_small_screen(page: DossiersPage) -> None:
    assert not page.table.horizontalScrollBar().isVisible()
    assert [c for c in Colonne if page.table.isColumnHidden(list(Colonne).index(c))] == [
        Colonne.DEPOT,
        Colonne.ETAT,
        Colonne.BENEFICIAIRES,
        Colonne.INTITULE,
        Colonne.INSTRUCTEUR,
        Colonne.ETIQUETTES,
    ]


def test_rows_grow_with_the_text(page: DossiersPage) -> None:
    hauteur = page.table.rowHeight(0)
    page.services.theme.set_taille(200)

    assert 30 <= hauteur <= 34
    assert 1.8 * hauteur <= page.table.rowHeight(0) <= 2.1 * hauteur


def test_columns_are_remembered(page: DossiersPage, qtbot: QtBot) -> None:
    tableau = page.table
    entete = tableau.horizontalHeader()
    tableau.show_column(Colonne.PUBLICS, False)
    tableau.show_column(Colonne.DEPOT, True)
    entete.moveSection(entete.visualIndex(list(Colonne).index(Colonne.AVIS)), 0)
    entete.resizeSection(list(Colonne).index(Colonne.PORTEUR), 300)
    voulues = tableau.columns()

    autre = show(DossiersPage(page.services), qtbot)

    assert autre.table.columns() == voulues
    assert voulues[0] is Colonne.AVIS
    assert Colonne.DEPOT in voulues
    assert Colonne.PUBLICS not in voulues
    assert abs(autre.table.columnWidth(list(Colonne).index(Colonne.PORTEUR)) - 300) <= 2
    autre.table.reset_columns()
    assert autre.table.columns()[0] is Colonne.NUMERO


@pytest.mark.parametrize("ecrit", ["", "rien porteur=beaucoup", "numero numero numero"])
def test_remembered_columns_that_make_no_sense_do_no_harm(
    services_demo: Services, qtbot: QtBot, ecrit: str
) -> None:
    services_demo.reglages.set_texte(CLE_COLONNES, ecrit)

    page = show(DossiersPage(services_demo), qtbot)

    assert page.table.columns()
    assert set(page.table.columns()) <= set(Colonne)


def test_the_last_column_stays(page: DossiersPage) -> None:
    for colonne in Colonne:
        page.table.show_column(colonne, False)

    assert len(page.table.columns()) == 1


def test_notes_are_those_of_the_selection_else_of_all_the_rows_shown(page: DossiersPage, qtbot: QtBot) -> None:
    navigation = page.services.navigation
    page.search.setText("regie")
    with qtbot.waitSignal(navigation.notes_requested) as demande:
        page.tete.produire.click()
    assert demande.args == [page.numeros_affiches()]

    page.table.setFocus()
    press(qtbot, Cle.Key_Home, Qt.KeyboardModifier.ControlModifier)
    page.table.selectRow(1)
    assert page.tete.produire.text() == "Produire la note…"
    with qtbot.waitSignal(navigation.notes_requested) as demande:
        page.tete.produire.click()
    assert demande.args == [[page.model.numero(1)]]


def test_rows_are_selected_with_shift_and_ctrl_a(page: DossiersPage, qtbot: QtBot) -> None:
    page.search.setText("e")
    page.table.restore_rows([], page.model.numero(4))
    page.table.setFocus()
    for _ in range(2):
        press(qtbot, Cle.Key_Down, Qt.KeyboardModifier.ShiftModifier)

    assert page.table.selected_numeros() == [page.model.numero(i) for i in (4, 5, 6)]
    assert page.footer.text().startswith(f"3{NBSP}sélectionnés")
    assert page.tete.produire.text() == "Produire 3 notes…"
    press(qtbot, Cle.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert page.table.selected_numeros() == page.numeros_affiches()
    press(qtbot, Cle.Key_Escape)
    assert page.table.selected_numeros() == []


def test_tab_leaves_the_table(page: DossiersPage, qtbot: QtBot) -> None:
    page.table.setFocus()
    press(qtbot, Cle.Key_Tab)

    assert not page.table.hasFocus()


def test_an_answer_changes_its_row_and_the_counts_without_moving_anything(page: DossiersPage, qtbot: QtBot) -> None:
    campagne = page.services.campagne
    page.table.selectRow(6)
    numero = page.model.numero(6)
    avant = page.numeros_affiches()
    with qtbot.assertNotEmitted(page.model.modelReset), qtbot.waitSignal(page.model.dataChanged):
        for critere in campagne.session.grille.criteres:
            if critere.section in ("REC", "ELI"):
                valeur = "P1" if critere.type.value == "priorite" else "oui"
                campagne.save_reponse(numero, Reponse(critere=critere.id, valeur=valeur), "réponse")

    assert page.numeros_affiches() == avant
    assert page.tabs.buttons[2].text().split()[-1] == "1"
    assert page.table.selected_numeros() == [numero]


def test_coming_back_from_a_dossier_finds_the_list_as_it_was(page: DossiersPage) -> None:
    campagne = page.services.campagne
    page.set_filtre(Filtre(etape=Etape.A_ELIGIBILISER))
    page.table.selectRow(3)
    numero = page.model.numero(3)
    page.hide()
    critere = campagne.session.grille.criteres[0]
    campagne.save_reponse(numero, Reponse(critere=critere.id, valeur="oui"), "réponse")
    page.show()
    page.enter()

    assert page.table.current_numero() == numero
    assert page.table.selected_numeros() == [numero]
    page.show_numero(page.model.numero(5))
    assert page.table.currentIndex().row() == 5


def test_a_list_read_again_keeps_selection_and_place(page: DossiersPage) -> None:
    page.table.selectRow(12)
    page.table.verticalScrollBar().setValue(4)
    choisis = page.table.selected_numeros()
    page.services.campagne.load_suivi()

    assert page.table.selected_numeros() == choisis
    assert page.table.verticalScrollBar().value() == 4


def test_several_rows_stay_selected_after_a_look_at_one_of_them(page: DossiersPage) -> None:
    choisis = [page.model.numero(i) for i in (2, 3, 7)]
    page.table.restore_rows(choisis, choisis[0])
    page.show_numero(choisis[1])

    assert page.table.selected_numeros() == choisis
    assert page.table.current_numero() == choisis[1]


def test_summaries_take_their_place_as_they_come(services_demo: Services, qtbot: QtBot) -> None:
    campagne = services_demo.campagne
    page = show(DossiersPage(services_demo), qtbot)
    page.table.selectRow(2)
    choisis = page.table.selected_numeros()
    lu = campagne.suivi
    assert lu is not None
    calcules = suivi.calculer_resumes(campagne.session, lu.sans_resume())
    case = page.model.index(0, list(Colonne).index(Colonne.CONTROLE))
    avant = case.data()
    with qtbot.assertNotEmitted(page.model.modelReset), qtbot.waitSignal(page.model.dataChanged):
        campagne.add_resumes(calcules)

    assert (avant, case.data()) == ("…", "✓ recevable")
    assert page.table.selected_numeros() == choisis


def test_a_filter_on_priorities_fills_as_summaries_come(services_demo: Services, qtbot: QtBot) -> None:
    campagne = services_demo.campagne
    page = show(DossiersPage(services_demo), qtbot)
    page.set_filtre(Filtre(priorites=frozenset({"P1"})))
    assert page.numeros_affiches() == []
    lu = campagne.suivi
    assert lu is not None
    campagne.add_resumes(suivi.calculer_resumes(campagne.session, lu.sans_resume()))

    assert len(page.numeros_affiches()) > 3


def test_right_click_and_menu_key_name_what_can_be_done(page: DossiersPage) -> None:
    page.table.selectRow(0)
    menu = page._commandes.context_menu()
    noms = [a.text() for a in menu.actions() if a.text()]

    assert noms[:3] == ["Ouvrir le dossier", "Aperçu du dossier", "Produire la note…"]
    copier = next(a for a in menu.actions() if a.text() == "Copier le numéro")
    copier.trigger()
    assert QApplication.clipboard().text() == str(page.model.numero(0))


def test_without_a_campagne_the_page_shows_the_way(services: Services, qtbot: QtBot) -> None:
    page = DossiersPage(services)
    qtbot.addWidget(page)
    page.show()
    page.enter()

    assert page.places.fermee.isVisible()
    assert page.outils.isHidden()
    with qtbot.waitSignal(services.navigation.page_requested) as demande:
        page.places.fermee.findChildren(QAbstractButton)[0].click()
    assert demande.args == ["accueil"]


def test_an_empty_campagne_offers_to_import(services: Services, qtbot: QtBot, tmp_path: Path) -> None:
    operations.create_campagne(tmp_path / "neuve", maintenant=MAINTENANT)
    services.campagne.open(tmp_path / "neuve", auteur="Camille Essai")
    page = DossiersPage(services)
    qtbot.addWidget(page)
    page.show()
    assert page.places.attente.isVisible()
    services.campagne.load_suivi()

    assert page.places.vide.isVisible()
    with qtbot.waitSignal(services.navigation.import_requested):
        page.places.importer.click()


def test_closing_the_campagne_forgets_rows_and_filter(page: DossiersPage) -> None:
    page.set_filtre(Filtre(recherche="a"))
    page.toggle_apercu()
    page.services.campagne.close()

    assert page.numeros_affiches() == []
    assert page.filtre() == Filtre()
    assert page.places.fermee.isVisible()
    assert page.apercu.numero is None


def test_a_campagne_open_for_reading_shows_all_and_imports_nothing(
    services: Services, campagne_demo: Path, qtbot: QtBot
) -> None:
    services.campagne.open(campagne_demo, auteur="", lecture_seule=True)
    services.campagne.load_suivi()
    page = show(DossiersPage(services), qtbot)

    assert len(page.numeros_affiches()) == TOUS
    assert not page.tete.importer.isEnabled()
    assert "lecture seule" in page.tete.importer.toolTip()


def test_every_control_has_an_accessible_name(page: DossiersPage) -> None:
    page.set_filtre(Filtre(priorites=frozenset({"P1"})))
    page.toggle_apercu()
    controles: list[QWidget] = []
    for genre in (QAbstractButton, QLineEdit, QTableView, QScrollArea):
        controles += page.findChildren(genre)
    internes = ("qt_tabcorner",)
    muets = [
        c
        for c in controles
        if not c.accessibleName()
        and c.objectName() not in internes
        and type(c).__name__ not in ("QTableCornerButton", "QHeaderView")
        and c.metaObject().className() != "QTableCornerButton"
    ]

    assert [f"{type(c).__name__} {c.objectName()}" for c in muets] == []


def test_tab_reaches_every_control_and_comes_back(page: DossiersPage, qtbot: QtBot) -> None:
    page.set_filtre(Filtre(priorites=frozenset({"P1"})))
    page.table.setFocus()
    vus: list[QWidget] = []
    for _ in range(30):
        cible = QApplication.focusWidget()
        assert cible is not None
        if cible in vus:
            break
        vus.append(cible)
        press(qtbot, Cle.Key_Tab)
    attendus = [
        page.tabs.buttons[0],
        page.search,
        *page.outils.menus,
        *page.tags.tags,
        page.table,
        page.tete.produire,
    ]

    assert [w for w in attendus if w not in vus] == []


@pytest.mark.parametrize("mode", [Mode.CLAIR, Mode.SOMBRE])
def test_rows_are_painted_in_the_colours_of_the_theme(page: DossiersPage, mode: Mode) -> None:
    page.services.theme.set_mode(mode)
    page.table.selectRow(0)
    image = page.table.viewport().grab().toImage()
    ligne = page.table.rowHeight(0) // 2
    vues = {image.pixelColor(x, ligne).name() for x in range(0, image.width(), 3)}

    assert page.services.theme.couleurs.action_fond in vues


def test_the_current_row_is_marked_even_when_it_is_not_selected(page: DossiersPage) -> None:
    page.table.clearSelection()
    page.table.selectionModel().setCurrentIndex(page.model.index(2, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
    image = page.table.viewport().grab().toImage()

    def marque(ligne: int) -> str:
        return image.pixelColor(1, page.table.rowHeight(0) * ligne + 8).name()

    assert marque(2) == page.services.theme.couleurs.action
    assert marque(1) != marque(2)
