from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QTextBrowser, QTreeWidget
from pytestqt.qtbot import QtBot

from o2r_desktop import operations
from o2r_desktop.store import backup
from tests.ui.conftest import Enregistreur
from ui.pages.campagne import CampagnePage
from ui.pages.campagne.parametres import ParametresView
from ui.services import Services
from ui.widgets.base import Banner
from ui.widgets.tableau import ReadTable


@pytest.fixture
def page(qtbot: QtBot, services_demo: Services) -> CampagnePage:
    vue = CampagnePage(services_demo)
    qtbot.addWidget(vue)
    vue.resize(1300, 700)
    vue.show()
    vue.enter()
    return vue


def champ(page: CampagnePage, nom: str) -> QLineEdit:
    return next(c for c in page.findChildren(QLineEdit) if c.accessibleName() == nom)


def bouton(page: CampagnePage, nom: str) -> QPushButton:
    return next(b for b in page.findChildren(QPushButton) if b.accessibleName() == nom)


def bandeau_parametres(page: CampagnePage) -> Banner:
    vue = page.findChild(ParametresView)
    assert vue is not None
    return vue.findChildren(Banner)[0]


def test_a_changed_parameter_is_saved_and_used_by_the_rules(page: CampagnePage, services_demo: Services) -> None:
    enregistrer = bouton(page, "Enregistrer les paramètres")
    assert not enregistrer.isEnabled()
    champ(page, "Date limite de dépôt").setText("01/08/2025 12:00")
    champ(page, "Enveloppe 2026").setText("1 200 000")
    enregistrer.click()
    parametres = services_demo.campagne.session.parametres
    assert parametres.enveloppe["2026"] == Decimal(1200000)
    assert not enregistrer.isEnabled()
    complet = services_demo.campagne.complet(25000101)
    rec_02 = next(c for c in complet.constats if c.critere == "REC-02")
    assert "01/08/2025" in rec_02.regle + rec_02.valeur
    with operations.twin_session(services_demo.campagne.session) as relue:
        assert relue.parametres == parametres


def test_a_wrong_value_is_told_beside_its_field_and_nothing_is_saved(
    page: CampagnePage, services_demo: Services
) -> None:
    saisie = champ(page, "Coût total minimal")
    saisie.setText("150.000")
    assert not bouton(page, "Enregistrer les paramètres").isEnabled()
    assert "montant" in saisie.accessibleDescription()
    assert services_demo.campagne.session.parametres.seuil_cout_total == Decimal(150000)


def test_finalised_evaluations_are_named_before_saving(page: CampagnePage) -> None:
    champ(page, "Service instructeur").setText("Autre service")
    bandeau = bandeau_parametres(page)
    assert "3 évaluations finalisées" in bandeau.texte.text().replace("\u00a0", " ")


@pytest.mark.parametrize(("reponse", "attendu"), [(True, "Autre service"), (False, "DREETS Pays de la Loire")])
def test_leaving_asks_what_becomes_of_changes(
    page: CampagnePage, services_demo: Services, alertes: Enregistreur, reponse: bool, attendu: str
) -> None:
    champ(page, "Service instructeur").setText("Autre service")
    alertes.reponse = reponse
    assert page.leave() is reponse
    assert [genre for genre, _ in alertes.dits] == ["ask"]
    assert services_demo.campagne.session.parametres.service == attendu
    assert champ(page, "Service instructeur").text() == "Autre service"


def test_the_name_of_the_instructeur_signs_and_is_remembered(page: CampagnePage, services_demo: Services) -> None:
    nom = champ(page, "Votre nom, pour signer les réponses")
    nom.setText("  Dominique   Exemple ")
    nom.editingFinished.emit()
    assert services_demo.campagne.session.auteur == "Dominique Exemple"
    assert services_demo.reglages.instructeur == "Dominique Exemple"


def test_the_grille_marks_its_proposals(page: CampagnePage) -> None:
    page.show_tab("Grille")
    arbre = page.findChild(QTreeWidget)
    assert arbre is not None
    trouves = arbre.findItems("FIN-02", Qt.MatchFlag.MatchStartsWith | Qt.MatchFlag.MatchRecursive)
    assert trouves[0].text(1).endswith("*")
    arbre.setCurrentItem(trouves[0])
    detail = page.findChild(QTextBrowser)
    assert detail is not None
    assert "Proposition à valider par la DREETS : le poids" in detail.toPlainText().replace("\u00a0", " ")


def test_a_past_import_opens_its_report(qtbot: QtBot, page: CampagnePage, services_demo: Services) -> None:
    page.show_tab("Imports")
    table = next(t for t in page.findChildren(ReadTable) if t.accessibleName().startswith("Imports"))
    assert [table.item(i, 4).text() for i in range(table.rowCount())] == ["0", "4", "4", "14"]
    table.selectRow(3)
    with qtbot.waitSignal(services_demo.navigation.rapport_requested) as demande:
        bouton(page, "Voir le rapport").click()
    assert demande.args == [1]


def test_a_backup_is_brought_back(
    qtbot: QtBot, page: CampagnePage, services_demo: Services, alertes: Enregistreur, campagne_demo: Path
) -> None:
    operations.back_up(services_demo.campagne.session)
    champ(page, "Service instructeur").setText("Autre service")
    bouton(page, "Enregistrer les paramètres").click()
    page.show_tab("Sauvegardes")
    with qtbot.waitSignal(services_demo.navigation.campagne_requested, timeout=10_000) as demande:
        bouton(page, "Revenir à cette sauvegarde").click()
    assert demande.args == [campagne_demo]
    assert [genre for genre, _ in alertes.dits] == ["ask", "inform"]
    services_demo.campagne.open(campagne_demo, auteur="Camille Essai")
    assert services_demo.campagne.session.parametres.service == "DREETS Pays de la Loire"
    assert any(s.motif == "avant-restauration" for s in backup.list_backups(campagne_demo))


def test_going_back_is_refused_when_the_user_thinks_again(
    page: CampagnePage, services_demo: Services, alertes: Enregistreur
) -> None:
    alertes.reponse = False
    page.show_tab("Sauvegardes")
    bouton(page, "Revenir à cette sauvegarde").click()
    assert services_demo.campagne.is_open


def test_read_only_shows_and_changes_nothing(qtbot: QtBot, services: Services, campagne_demo: Path) -> None:
    services.campagne.open(campagne_demo, auteur="Camille Essai", lecture_seule=True)
    page = CampagnePage(services)
    qtbot.addWidget(page)
    page.show()
    page.enter()
    assert not champ(page, "Service instructeur").isEnabled()
    assert "lecture seule" in bandeau_parametres(page).texte.text()
    assert all(not c.isEnabled() for c in page.findChildren(QPlainTextEdit) if c.accessibleName())
    page.show_tab("Sauvegardes")
    assert not bouton(page, "Revenir à cette sauvegarde").isEnabled()


def test_without_a_campagne_it_shows_the_way_out(qtbot: QtBot, services: Services) -> None:
    page = CampagnePage(services)
    qtbot.addWidget(page)
    page.show()
    page.enter()
    with qtbot.waitSignal(services.navigation.page_requested) as demande:
        bouton(page, "Aller à l’accueil").click()
    assert demande.args == ["accueil"]
