"""The committee driven as a user does, on a real campagne."""

from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDesktopServices, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from o2r_desktop import operations
from o2r_desktop.comite.modele import Bloc, Sens
from o2r_desktop.comite.textes import texte_plateforme
from o2r_desktop.operations.comite import load_comite
from o2r_desktop.store.verification import verify
from tests.ui.conftest import Enregistreur
from ui.main_window import MainWindow
from ui.pages.comite.page import ComitePage

RESERVES, FAVORABLE, REFUS = 25000101, 25000104, 25000110


@pytest.fixture
def page(qtbot: QtBot, fenetre_demo: MainWindow) -> ComitePage:
    fenetre_demo.activateWindow()
    fenetre_demo.go("comite")
    page = fenetre_demo.page
    assert isinstance(page, ComitePage)
    qtbot.waitUntil(lambda: page.donnees.charge, timeout=20_000)
    return page


def cellules(table: object, rang: int) -> list[str]:
    return [table.item(rang, c).text() for c in range(table.columnCount())]  # type: ignore[attr-defined]


def noms(page: ComitePage) -> list[int]:
    return [c.numero for c in page.donnees.ordre]


def test_agenda_is_shown_by_block(page: ComitePage) -> None:
    assert noms(page) == [RESERVES, FAVORABLE, REFUS]
    assert cellules(page.ordre.table, 0)[1:4] == ["À débattre", "25\u202f000\u202f101", "Les Passeurs du Loir"]
    assert "19\u00a0dossiers sans évaluation" in page.ordre.resume.text()
    assert QApplication.focusWidget() is page.ordre.table


def test_keys_move_a_line_and_ctrl_z_brings_it_back(qtbot: QtBot, page: ComitePage) -> None:
    qtbot.keyClick(page.ordre.table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert noms(page) == [FAVORABLE, RESERVES, REFUS]
    assert page.ordre.table.numero == RESERVES
    assert load_comite(page.donnees.session).ordre == (FAVORABLE, RESERVES, REFUS)
    assert "place du dossier" in page.faire[0].text()
    qtbot.keyClick(page.ordre.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert noms(page) == [RESERVES, FAVORABLE, REFUS]
    qtbot.keyClick(page.ordre.table, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert noms(page) == [FAVORABLE, RESERVES, REFUS]
    page.ordre.ranger.click()
    assert noms(page) == [RESERVES, FAVORABLE, REFUS]


def test_a_line_is_dropped_where_it_is_let_go(page: ComitePage) -> None:
    table = page.ordre.table
    table.selectRow(2)
    haut = table.visualItemRect(table.item(0, 0))
    lache = QDropEvent(
        QPointF(haut.center()), Qt.DropAction.MoveAction, QMimeData(), Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    table.dropEvent(lache)
    assert noms(page)[0] == REFUS
    assert table.rowCount() == 3


def test_a_block_is_chosen_then_left_to_the_tool(page: ComitePage) -> None:
    page.ordre.bloc.setCurrentIndex(2)
    page.ordre.bloc.activated.emit(2)
    assert page.donnees.comite.blocs == {RESERVES: Bloc.CONSENSUS}
    page.ordre.bloc.activated.emit(0)
    assert page.donnees.comite.blocs == {}


def test_scenario_is_changed_kept_and_an_amount_fixed(page: ComitePage) -> None:
    page.show_tab("Enveloppe")
    onglet = page.enveloppe
    assert cellules(onglet.table, 0)[-2].startswith("✓")
    onglet.choix.setCurrentIndex(2)
    onglet.choix.activated.emit(2)
    onglet.taux.setText("50")
    onglet.taux.editingFinished.emit()
    assert onglet.scenario.taux == Decimal(50)
    assert cellules(onglet.table, 0)[-4] == "282\u202f700,00\u00a0€"
    onglet.score_min.setText("cent")
    onglet.score_min.editingFinished.emit()
    assert not onglet.faute.isHidden()
    assert onglet.scenario.score_min == Decimal(50)
    onglet.retenir.click()
    assert page.donnees.comite.retenu == "C"
    onglet.score_min.setText("81")
    onglet.score_min.editingFinished.emit()
    assert [li.sort.value for li in page.donnees.simulation.lignes] == ["ecarte", "retenu", "ecarte"]
    onglet.table.choose(FAVORABLE)
    for champ in onglet.montants.champs.values():
        champ.setText("90 000")
    assert "au-dessus du plafond" in onglet.montants.etat.text()
    onglet.poser.click()
    assert page.donnees.comite.ajustes == {}
    for champ in onglet.montants.champs.values():
        champ.setText("50 000,50")
    onglet.poser.click()
    assert sum(page.donnees.comite.ajustes[FAVORABLE].values()) == Decimal("150001.50")
    onglet.lever.click()
    assert page.donnees.comite.ajustes == {}


def test_coverage_tells_the_holes(page: ComitePage) -> None:
    page.show_tab("Couverture")
    assert cellules(page.couverture.table, 0)[0] == "Jeunes de moins de 26 ans en rupture"
    assert any("trou" in c for c in cellules(page.couverture.table, 0))
    assert "Personnes allophones" in page.couverture.trous.text()


def decider(page: ComitePage, sens: Sens, motif: str = "") -> None:
    volet = page.seance.volet
    volet.sens[sens].click()
    volet.motif.insertPlainText(motif)


def test_a_decision_is_checked_then_written_and_the_next_dossier_comes(qtbot: QtBot, page: ComitePage) -> None:
    page.show_tab("Séance")
    volet = page.seance.volet
    assert "Membre C" in volet.deports.texte.text()
    decider(page, Sens.CONDITIONS)
    qtbot.keyClick(page.seance.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "au moins une condition" in volet.manques.text()
    volet.conditions.ajouter.click()
    for champ, dit in zip(volet.conditions.lignes[0], ("Budget corrigé", "Porteur", "01/12/2025"), strict=True):
        champ.insert(dit)
    volet.votes["pour"].setText("3")
    assert not volet.record()
    assert "2 votants" in volet.manques.text().replace("\u00a0", " ")
    volet.votes["pour"].setText("2")
    assert volet.record()
    decision = page.donnees.comite.decisions[RESERVES]
    assert (decision.sens, decision.montant, decision.pour) == (Sens.CONDITIONS, Decimal("565400.00"), 2)
    assert decision.conditions[0].texte == "Budget corrigé"
    assert page.donnees.comite.brouillons == {}
    assert page.seance.table.numero == FAVORABLE
    assert verify(page.donnees.session.campagne) == []
    page.seance.table.choose(RESERVES)
    assert volet.sens[Sens.CONDITIONS].isChecked()
    assert volet.conditions.conditions() == decision.conditions
    volet.retirer.click()
    assert page.donnees.comite.decisions == {}
    page.donnees.undo()
    assert page.donnees.comite.decisions == {RESERVES: decision}


def test_what_is_typed_is_kept_before_it_is_a_decision(
    qtbot: QtBot, page: ComitePage, fenetre_demo: MainWindow
) -> None:
    page.show_tab("Séance")
    volet = page.seance.volet
    page.seance.table.choose(REFUS)
    decider(page, Sens.REFUSE, "Hors du champ de l’AMI,")
    page.seance.table.choose(RESERVES)  # without a pause
    assert page.donnees.comite.brouillons[REFUS]["motif"] == "Hors du champ de l’AMI,"
    assert REFUS not in page.donnees.comite.decisions
    page.seance.table.choose(REFUS)
    assert volet.motif.text() == "Hors du champ de l’AMI,"
    assert volet.sens[Sens.REFUSE].isChecked()
    volet.motif.insertPlainText(" suite")
    qtbot.waitUntil(lambda: "suite" in page.donnees.comite.brouillons[REFUS]["motif"], timeout=3000)
    volet.motif.insertPlainText(" fin")
    fenetre_demo.go("dossiers")
    with operations.twin_session(page.donnees.session) as relue:
        assert "fin" in load_comite(relue).brouillons[REFUS]["motif"]


def test_a_write_that_fails_is_told_and_what_is_typed_stays(page: ComitePage, alertes: Enregistreur) -> None:
    page.show_tab("Séance")
    page.seance.table.choose(FAVORABLE)
    decider(page, Sens.RETENU, "Bon projet.")
    page.donnees.session.campagne.db.execute("PRAGMA query_only = ON")
    assert not page.seance.volet.record()
    page.donnees.session.campagne.db.execute("PRAGMA query_only = OFF")
    assert [genre for genre, _ in alertes.dits] == ["error"]
    assert page.seance.volet.motif.text() == "Bon projet."
    assert page.seance.volet.record()


def test_a_draft_that_fails_keeps_the_page_in_view(
    page: ComitePage, fenetre_demo: MainWindow, alertes: Enregistreur
) -> None:
    assert alertes.dits == []
    page.show_tab("Séance")
    decider(page, Sens.AJOURNE, "À revoir.")
    page.donnees.session.campagne.db.execute("PRAGMA query_only = ON")
    fenetre_demo.go("dossiers")
    assert fenetre_demo.page is page
    page.seance.table.choose(FAVORABLE)
    assert page.seance.volet.motif.text() == "À revoir."
    page.donnees.session.campagne.db.execute("PRAGMA query_only = OFF")
    fenetre_demo.go("dossiers")
    assert fenetre_demo.page is not page
    with operations.twin_session(page.donnees.session) as relue:
        assert load_comite(relue).brouillons[RESERVES]["motif"] == "À revoir."


def test_projection_hides_names_until_they_are_asked_for(qtbot: QtBot, page: ComitePage) -> None:
    page.show_tab("Séance")
    page.seance.project()
    projection = page.seance.projection
    assert projection is not None
    qtbot.addWidget(projection)
    dits = " ".join(m.text() for m in (projection.titre, projection.rang, projection.avis, projection.argent))
    assert "Passeurs" not in dits
    assert "575" in dits
    qtbot.keyClick(projection, Qt.Key.Key_N)
    assert projection.titre.text() == "Les Passeurs du Loir"
    qtbot.keyClick(projection, Qt.Key.Key_Right)
    assert projection.titre.text() == "La Fabrique des Chemins"
    assert page.seance.table.numero == FAVORABLE
    qtbot.keyClick(projection, Qt.Key.Key_Escape)
    assert not projection.isVisible()


def test_the_text_is_copied_and_ticked_until_the_decision_changes(page: ComitePage) -> None:
    page.show_tab("Séance")
    page.seance.table.choose(FAVORABLE)
    decider(page, Sens.RETENU, "Bon projet.")
    assert page.seance.volet.record()
    page.show_tab("Suites")
    suites = page.suites
    assert cellules(suites.table, 0)[-1] == "à copier"
    suites.copier.click()
    c = page.donnees.candidat(FAVORABLE)
    assert c is not None
    attendu = texte_plateforme(c, page.donnees.comite.decisions[FAVORABLE], page.donnees.comite)
    assert QApplication.clipboard().text() == attendu
    assert cellules(suites.table, 0)[-1] == "copié ✓"
    page.show_tab("Séance")
    page.seance.table.choose(FAVORABLE)
    page.seance.volet.motif.insertPlainText(" Oui.")
    assert page.seance.volet.record()
    page.show_tab("Suites")
    assert cellules(suites.table, 0)[-1] == "à copier"


def test_members_meeting_and_who_steps_aside(page: ComitePage) -> None:
    page.show_tab("Membres")
    onglet = page.membres
    onglet.nom.setText("Membre E")
    onglet.ajouter.click()
    assert [m.nom for m in page.donnees.comite.membres][-1] == "Membre E"
    assert not page.donnees.comite.membres[-1].present  # nobody sits by default
    onglet.membres.selectRow(4)
    onglet.presence.click()
    onglet.membres.selectRow(4)
    onglet.voix.click()
    dernier = page.donnees.comite.membres[-1]
    assert (dernier.present, dernier.voix) == (True, False)
    onglet.dossier.setCurrentIndex(1)
    onglet.qui.setCurrentIndex(0)
    onglet.motif.setText("parent du porteur")
    onglet.declarer.click()
    assert page.donnees.comite.deports[FAVORABLE][0].motif == "parent du porteur"
    onglet.deports.selectRow(1)
    onglet.lever.click()
    assert FAVORABLE not in page.donnees.comite.deports
    onglet.membres.selectRow(4)
    onglet.retirer.click()
    assert len(page.donnees.comite.membres) == 4
    onglet.textes["lieu"].setText("ailleurs")
    page.show_tab("Séance")  # leaving the tab writes
    assert page.donnees.comite.seance.lieu == "ailleurs"
    page.show_tab("Membres")
    onglet.jour.champ.setText("15/10/2025")
    assert page.donnees.comite.seance.jour is not None
    assert page.donnees.comite.seance.jour.day == 15


def test_papers_are_written_from_the_menu(
    qtbot: QtBot, page: ComitePage, campagne_demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: True)
    for quoi in ("papiers", "recueil", "xlsx", "ods"):
        page.write(quoi)
        qtbot.waitUntil(lambda: not page.services.taches.busy, timeout=20_000)
    ecrits = {f.name for f in (campagne_demo / "comite").iterdir()}
    assert {"proces-verbal.pdf", "recueil.pdf", "comite.xlsx", "comite.ods"} <= ecrits
    assert "comite.ods" in page.message.texte.text()


def test_a_folder_that_cannot_be_written_is_told(
    qtbot: QtBot, page: ComitePage, campagne_demo: Path, alertes: Enregistreur
) -> None:
    (campagne_demo / "comite").write_text("un fichier")
    page.write("papiers")
    qtbot.waitUntil(lambda: bool(alertes.dits), timeout=20_000)
    assert alertes.dits[0][0] == "error"


def test_read_only_shows_and_writes_nothing(qtbot: QtBot, fenetre: MainWindow, campagne_demo: Path) -> None:
    campagne = fenetre.services.campagne
    campagne.open(campagne_demo, auteur="Alix", lecture_seule=True)
    fenetre.go("comite")
    page = fenetre.page
    assert isinstance(page, ComitePage)
    qtbot.waitUntil(lambda: page.donnees.charge, timeout=20_000)
    assert not page.ordre.monter.isEnabled()
    page.ordre.shift(1)
    page.show_tab("Séance")
    assert not page.seance.volet.isEnabled()
    assert not page.seance.volet.record()
    page.show_tab("Membres")
    page.membres.nom.setText("X")
    page.membres.add_membre()
    assert page.leave()


def test_an_empty_committee_leads_to_the_dossiers(qtbot: QtBot, fenetre: MainWindow, tmp_path: Path) -> None:
    operations.create_campagne(tmp_path / "vide", maintenant=fenetre.services.campagne.horloge())
    fenetre.services.campagne.open(tmp_path / "vide", auteur="Alix")
    fenetre.go("comite")
    page = fenetre.page
    assert isinstance(page, ComitePage)
    qtbot.waitUntil(lambda: page.donnees.charge, timeout=20_000)
    assert page._faces.currentIndex() == 0
    fenetre.services.campagne.close()
    assert page.donnees.candidats == ()
