"""The banner after a session that was cut."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from o2r_desktop.store.brouillon import FICHIER
from o2r_desktop.store.lock import VERROU
from ui.bandeau_reprise import BandeauReprise
from ui.main_window import MainWindow
from ui.pages.dossier.page import DossierPage
from ui.services import Services
from ui.widgets.base import fill

LIBRE = 25000107


@pytest.fixture
def bandeau(services: Services, qtbot: QtBot) -> Iterator[BandeauReprise]:
    fond = QWidget()
    qtbot.addWidget(fond)
    bandeau = BandeauReprise(services)
    bandeau.setParent(fond)
    yield bandeau
    fond.close()


def couper(services: Services, campagne: Path) -> None:
    """Write something, then leave the lock as a killed program does."""
    services.campagne.open(campagne, auteur="Camille Essai")
    reponse = replace(services.campagne.complet(LIBRE).evaluation.reponse("FIN-02"), valeur="3")
    assert services.campagne.save_reponse(LIBRE, reponse, "niveau de FIN-02")
    services.campagne.close()
    (campagne / VERROU).write_text('{"depuis":"2025-09-02T08:00:00+00:00"}', encoding="utf-8")


def test_it_leads_back_to_where_the_session_was_cut(
    bandeau: BandeauReprise, services: Services, campagne_demo: Path, qtbot: QtBot
) -> None:
    couper(services, campagne_demo)
    assert bandeau.isHidden()
    services.campagne.open(campagne_demo, auteur="Camille Essai")
    assert not bandeau.isHidden()
    assert bandeau.texte.text().endswith("tout ce qui a été écrit jusqu’au 02/09/2025 à 10:42 est là.")
    assert bandeau.copier.isHidden()
    with qtbot.waitSignal(services.navigation.dossier_requested) as demande:
        bandeau.reprendre.click()
    assert demande.args == [LIBRE, "FIN-02", ""]
    assert bandeau.isHidden()


def test_a_draft_is_copied_then_thrown_away(
    bandeau: BandeauReprise, services: Services, campagne_demo: Path
) -> None:
    (campagne_demo / FICHIER).write_text("Fonds propres", encoding="utf-8")
    services.campagne.open(campagne_demo, auteur="Camille Essai")
    assert bandeau.reprendre.isHidden()
    bandeau.fermer.click()
    assert (campagne_demo / FICHIER).exists()  # nobody has its text yet
    services.campagne.close()
    services.campagne.open(campagne_demo, auteur="Camille Essai")
    bandeau.copier.click()
    assert QGuiApplication.clipboard().text() == "Fonds propres"
    bandeau.fermer.click()
    assert bandeau.isHidden()
    assert not (campagne_demo / FICHIER).exists()


@pytest.mark.parametrize("largeur", [760, 1366])
def test_large_letters_cut_none_of_its_words(
    bandeau: BandeauReprise, services: Services, campagne_demo: Path, qtbot: QtBot, largeur: int
) -> None:
    couper(services, campagne_demo)
    services.campagne.open(campagne_demo, auteur="Camille Essai")
    services.theme.set_taille(200)
    fond = bandeau.window()
    fill(QVBoxLayout(fond), bandeau, 1)
    fond.resize(largeur, 600)
    fond.show()
    qtbot.waitExposed(fond)
    mots = bandeau.texte
    assert mots.height() >= mots.heightForWidth(mots.width())
    assert mots.width() >= largeur // 3
    for bouton in (bandeau.reprendre, bandeau.fermer):
        assert bouton.width() >= bouton.sizeHint().width()
        assert bandeau.rect().contains(bouton.mapTo(bandeau, bouton.rect().bottomRight()))
    services.theme.set_taille(100)


def test_the_window_shows_it_above_its_pages(
    services: Services, campagne_demo: Path, qtbot: QtBot, fenetre: MainWindow
) -> None:
    couper(services, campagne_demo)
    with qtbot.waitSignal(services.campagne.suivi_loaded):
        fenetre.start(campagne_demo)
    bandeau = fenetre.reprise
    assert bandeau.isVisible()
    assert bandeau.geometry().bottom() < fenetre.pile.geometry().top()
    bandeau.reprendre.click()
    page = fenetre.page
    assert isinstance(page, DossierPage)
    assert (page.numero, page.critere_id) == (LIBRE, "FIN-02")
    assert bandeau.isHidden()
    qtbot.waitUntil(lambda: not services.taches.busy)
