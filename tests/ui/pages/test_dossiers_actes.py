"""The list at work: saved views, who instructs, labels, columns, export; one campagne, keys first."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from o2r_desktop import operations
from o2r_desktop.operations.actes import Genre
from o2r_desktop.suivi import Colonne, Filtre
from o2r_desktop.text import NBSP
from tests.ui.conftest import Enregistreur
from tests.ui.pages.test_dossiers import page, show
from ui.dialogs.colonnes import ColonnesDialog
from ui.dialogs.etiquettes import EtiquettesDialog
from ui.dialogs.exporter import ExporterDialog
from ui.dialogs.nom import NomDialog
from ui.pages.dossiers import DossiersPage
from ui.services import Services
from ui.widgets.filtres import TickMenu

__all__ = ["page"]
Cle, Coche = Qt.Key, Qt.CheckState
CTRL = Qt.KeyboardModifier.ControlModifier


def etat(page: DossiersPage, numero: int) -> tuple[str, tuple[str, ...]]:
    kept = page.services.campagne.state(Genre.ATTRIBUTION, numero)
    return kept["instructeur"], tuple(kept["etiquettes"])


def dialogue(genre: type) -> object:
    """Return the dialog of that kind that is open."""
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, genre) and w.isVisible())


def act(menu: TickMenu, debut: str) -> QAction:
    return next(a for a in menu.actions() if a.text().startswith(debut))


def test_several_dossiers_are_assigned_by_one_act(page: DossiersPage) -> None:
    page.table.selectRow(0)
    page.table.selectAll()
    choisis = page.table.selected_numeros()
    menu = page.tete.attribuer.filled_menu()
    act(menu, "À moi").trigger()

    assert {etat(page, n) for n in choisis} == {("Camille Essai", ())}
    assert page.model.ligne(3).instructeur == "Camille Essai"
    assert act(page.tete.attribuer.filled_menu(), "À moi").isChecked()
    operations.actes.undo(page.services.campagne.session)
    assert {etat(page, n) for n in choisis} == {("", ())}


def test_a_name_is_typed_once_then_offered(page: DossiersPage) -> None:
    page.table.selectRow(1)
    page.actes.ask_instructeur()
    demande = dialogue(NomDialog)
    assert isinstance(demande, NomDialog)
    demande.accept()
    assert demande.refus.text() == "⚠ Donnez le nom de la personne qui instruit."
    demande.champ.setText("  Alix   Martin ")
    demande.accept()
    page.table.selectRow(2)
    page.actes.assign("alix martin")
    noms = [a.text() for a in page.tete.attribuer.filled_menu().actions()]

    assert "Alix Martin  (2)" in noms
    page.set_filtre(Filtre(recherche="instructeur:alix"))
    assert len(page.numeros_affiches()) == 2
    act(page.tete.attribuer.filled_menu(), "Personne").trigger()
    assert len(page.numeros_affiches()) == 1  # a row that does not pass any more leaves


def test_labels_have_three_states(page: DossiersPage) -> None:
    premier, second = page.model.numero(0), page.model.numero(1)
    page.table.selectRow(0)
    page.actes.put_labels(["urgent", "à revoir"], [])
    page.table.restore_rows([premier, second], premier)
    page.actes.ask_labels()
    boite = dialogue(EtiquettesDialog)
    assert isinstance(boite, EtiquettesDialog)
    assert [boite.liste.item(i).checkState() for i in range(2)] == [Coche.PartiallyChecked] * 2
    boite.liste.item(0).setCheckState(Coche.Unchecked)
    boite.champ.setText("URGENT")
    boite.add_typed()
    boite.champ.setText("Comité, mai")
    boite.accept()

    assert etat(page, premier)[1] == ("urgent", "Comité mai")
    assert etat(page, second)[1] == ("urgent", "Comité mai")
    sous_menus = {a.text(): a.menu() for a in page.outils.menus[1].filled_menu().actions()}
    assert [a.text() for a in sous_menus["Étiquette"].actions()] == ["Comité mai  (2)", "urgent  (2)"]  # type: ignore[attr-defined]


def test_a_view_is_saved_changed_renamed_and_removed(page: DossiersPage, alertes: Enregistreur) -> None:
    page.set_filtre(Filtre(recherche="dep:72"))
    page._sort_by((Colonne.DEMANDE, True))
    page.vues.ask_save()
    demande = dialogue(NomDialog)
    assert isinstance(demande, NomDialog)
    demande.champ.setText("à moi")
    demande.accept()
    assert "déjà" in demande.refus.text()
    demande.champ.setText("Sarthe")
    demande.accept()
    attendus = page.numeros_affiches()
    assert (page.vue(), page.tete._vue.text(), page.vues.modifiee) == ("Sarthe", f"Vue{NBSP}: Sarthe", False)

    page.set_filtre(Filtre())
    page.table.show_column(Colonne.SCORE, False)
    assert (page.vue(), page.tete._modifiee.text()) == ("Sarthe (modifiée)", "modifiée")
    menu = page.outils.menus[0].filled_menu()
    assert act(menu, "Mettre à jour").isEnabled()
    act(menu, "Sarthe").trigger()
    assert page.numeros_affiches() == attendus
    assert Colonne.SCORE in page.table.columns()
    page.vues.rename("Sarthe triée")
    assert page.vue() == "Sarthe triée"
    page.vues.ask_remove()
    assert alertes.dits[-1][0] == "ask"
    assert [a.text() for a in page.outils.menus[0].filled_menu().actions()].count("Sarthe triée") == 0
    assert page.vue() == "Tous les dossiers (filtrés)"


def test_shipped_views_can_only_be_applied(page: DossiersPage) -> None:
    page.table.selectRow(0)
    page.actes.assign("Camille Essai")
    act(page.outils.menus[0].filled_menu(), "À moi").trigger()

    assert len(page.numeros_affiches()) == 1
    menu = page.outils.menus[0].filled_menu()
    assert [act(menu, n).isEnabled() for n in ("Enregistrer", "Mettre", "Renommer", "Supprimer")] == [
        True, False, False, False,
    ]  # fmt: skip
    act(menu, "Sans instructeur").trigger()
    assert len(page.numeros_affiches()) == 21


def test_a_campagne_open_for_reading_applies_views_and_writes_nothing(
    services: Services, campagne_demo: Path, qtbot: QtBot
) -> None:
    services.campagne.open(campagne_demo, auteur="Camille Essai", lecture_seule=True)
    services.campagne.load_suivi()
    page = show(DossiersPage(services), qtbot)
    menu = page.outils.menus[0].filled_menu()
    act(menu, "Sans instructeur").trigger()

    assert len(page.numeros_affiches()) == 22
    assert not act(menu, "Enregistrer").isEnabled()
    assert not page.tete.attribuer.isEnabled()
    assert "lecture seule" in page.tete.etiqueter.toolTip()
    assert page.tete.exporter.isEnabled()


def test_columns_are_put_in_order_by_keys(page: DossiersPage, qtbot: QtBot) -> None:
    page.actes.ask_columns()
    boite = dialogue(ColonnesDialog)
    assert isinstance(boite, ColonnesDialog)
    qtbot.waitUntil(boite.isActiveWindow)  # else keys are those of the page
    qtbot.keyClick(boite.liste, Cle.Key_Down, CTRL)
    qtbot.keyClick(boite.liste, Cle.Key_Down)
    qtbot.keyClick(boite.liste, Cle.Key_Space)
    boite.accept()

    assert page.table.columns()[:3] == [Colonne.PORTEUR, Colonne.NUMERO, Colonne.PUBLICS]
    autre = DossiersPage(page.services)
    qtbot.addWidget(autre)
    assert autre.table.columns() == page.table.columns()
    page.table.reset_columns()
    assert page.table.columns()[:3] == [Colonne.NUMERO, Colonne.PORTEUR, Colonne.DEPARTEMENTS]


def test_the_footer_counts_what_is_selected(page: DossiersPage) -> None:
    tout = page.footer.text()
    numeros = page.numeros_affiches()[:2]
    page.table.restore_rows(numeros, numeros[0])
    demande = sum(page.model.ligne(i).demande or 0 for i in range(2))

    assert page.footer.text().startswith(f"2{NBSP}sélectionnés · demande totale")
    assert str(int(demande))[-3:] in page.footer.text()
    page.table.clearSelection()
    assert page.footer.text() == tout


def test_the_columns_shown_are_exported(page: DossiersPage, qtbot: QtBot) -> None:
    page.set_filtre(Filtre(recherche="dep:72"))
    page.table.put_columns(["numero", "demande"])
    page.actes.ask_export()
    boite = dialogue(ExporterDialog)
    assert isinstance(boite, ExporterDialog)
    boite.fichier.setText("liste.csv")
    boite.start()
    assert "format" in boite.panne.findChildren(type(boite.ou))[0].text()
    boite.fichier.setText("liste.ods")
    boite.start()
    qtbot.waitUntil(lambda: boite.ecriture is not None)
    assert boite.ecriture is not None
    lus = CalamineWorkbook.from_path(str(boite.ecriture.chemin))

    assert boite.ecriture.chemin == page.services.campagne.dossier / "exports" / "liste.ods"
    assert [int(ligne[0]) for ligne in lus.get_sheet_by_index(0).to_python()[1:]] == page.numeros_affiches()
    assert ["Choisis par", f"recherche «{NBSP}dep:72{NBSP}»"] in lus.get_sheet_by_index(1).to_python()
    assert boite.bilan.text() == f"4{NBSP}dossiers exportés."


def test_the_menu_of_views_has_its_key(page: DossiersPage) -> None:
    actions = {a.text(): a for a in page.page_actions()}
    assert actions["Vues enregistrées…"].shortcut().toString() == "Ctrl+Shift+V"
    assert actions["Étiqueter les dossiers…"].isEnabled()
