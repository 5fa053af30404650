"""The imports of the campagne: undoing the last one, and what stands or not."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from o2r_desktop import operations
from tests.ui.conftest import Enregistreur
from ui.pages.campagne import CampagnePage
from ui.pages.campagne.imports import ImportsView
from ui.services import Services
from ui.widgets.tableau import ReadTable


@pytest.fixture
def page(qtbot: QtBot, services_demo: Services) -> CampagnePage:
    page = CampagnePage(services_demo)
    qtbot.addWidget(page)
    page.resize(1300, 700)
    page.show()
    page.enter()
    page.show_tab("Imports")
    return page


def etats(vue: ImportsView) -> list[str]:
    table = vue.findChild(ReadTable)
    assert table is not None
    return [table.item(i, 0).text() for i in range(table.rowCount())]


def annuler(vue: ImportsView) -> QPushButton:
    return next(b for b in vue.findChildren(QPushButton) if b.text().startswith("Annuler"))


def test_undoing_keeps_the_dossiers_that_were_begun(
    qtbot: QtBot, page: CampagnePage, services_demo: Services, alertes: Enregistreur
) -> None:
    vue = page.imports
    assert set(etats(vue)) == {"✓ en vigueur"}
    annuler(vue).click()
    genre, texte = alertes.dits[-1]
    assert genre == "ask"
    assert "22\u00a0dossiers entrés quitteront la campagne" in texte
    assert vue.travaille
    assert not page.leave()
    qtbot.waitUntil(lambda: not services_demo.taches.busy, timeout=20_000)
    dit = vue.message.texte.text()
    assert "9\u00a0dossiers gardés" in dit
    assert all(e.startswith("✕ annulé le") for e in etats(vue))
    assert "par Camille Essai" in etats(vue)[0]
    assert not annuler(vue).isEnabled()
    restes = {a.numero for a in operations.list_dossiers(services_demo.campagne.session)}
    assert len(restes) == 9
    assert services_demo.campagne.suivi is not None
    assert len(services_demo.campagne.suivi) == 9
    assert page.leave()


def test_thinking_again_changes_nothing(page: CampagnePage, services_demo: Services, alertes: Enregistreur) -> None:
    vue = page.imports
    alertes.reponse = False
    annuler(vue).click()
    assert not services_demo.taches.busy
    assert set(etats(vue)) == {"✓ en vigueur"}


def test_read_only_offers_no_undoing(qtbot: QtBot, services: Services, campagne_demo: Path) -> None:
    services.campagne.open(campagne_demo, auteur="Camille Essai", lecture_seule=True)
    view = ImportsView(services)
    qtbot.addWidget(view)
    view.refresh()
    assert not annuler(view).isEnabled()
