from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from o2r_desktop.store.valeurs import iso
from o2r_desktop.suivi import Etape, Filtre
from tests.ui.conftest import MAINTENANT
from ui.pages.accueil import AccueilPage
from ui.services import Services


def montrer(qtbot: QtBot, services: Services) -> AccueilPage:
    page = AccueilPage(services)
    qtbot.addWidget(page)
    page.resize(1300, 700)
    page.show()
    page.enter()
    return page


def bouton(page: AccueilPage, nom: str) -> QPushButton:
    return next(b for b in page.findChildren(QPushButton) if nom in b.accessibleName() and b.isVisible())


def textes(page: AccueilPage) -> str:
    return "\n".join(mots.text() for mots in page.findChildren(QLabel) if mots.isVisible())


def test_without_a_campagne_it_offers_the_demonstration_first(qtbot: QtBot, services: Services) -> None:
    page = montrer(qtbot, services)
    demonstration = bouton(page, "démonstration")
    qtbot.waitUntil(demonstration.hasFocus)
    with qtbot.waitSignal(services.navigation.demonstration_requested):
        qtbot.keyClick(demonstration, Qt.Key.Key_Space)


def test_a_recent_campagne_is_opened_and_a_lost_one_says_so(
    qtbot: QtBot, services: Services, campagne_demo: Path, tmp_path: Path
) -> None:
    services.reglages.add_recente(tmp_path / "partie")
    services.reglages.add_recente(campagne_demo)
    page = montrer(qtbot, services)
    qtbot.waitUntil(lambda: sum(b.isVisible() and bool(b.toolTip()) for b in page.findChildren(QPushButton)) == 2)
    assert "introuvable" in bouton(page, "partie").text()
    with qtbot.waitSignal(services.navigation.campagne_requested) as demande:
        bouton(page, f"campagne {campagne_demo.name}").click()
    assert demande.args == [campagne_demo]


def test_each_counter_opens_what_it_counts(qtbot: QtBot, services_demo: Services) -> None:
    page = montrer(qtbot, services_demo)
    prets = bouton(page, "Prêts pour le comité")
    assert "3 dossiers" in prets.accessibleName().replace("\u00a0", " ")
    with qtbot.waitSignal(services_demo.navigation.liste_requested) as demande:
        prets.click()
    assert demande.args == [Filtre(etape=Etape.PRETS)]


def test_it_takes_the_work_up_where_it_stopped(qtbot: QtBot, services_demo: Services) -> None:
    services_demo.reglages.set_reprise(services_demo.campagne.dossier, 25000103, "FIN-02")
    page = montrer(qtbot, services_demo)
    assert "FIN-02" in textes(page)
    with qtbot.waitSignal(services_demo.navigation.resume_requested):
        bouton(page, "Reprendre").click()


def test_a_dossier_that_is_gone_is_not_taken_up(qtbot: QtBot, services_demo: Services) -> None:
    services_demo.reglages.set_reprise(services_demo.campagne.dossier, 1, "FIN-02")
    page = montrer(qtbot, services_demo)
    assert "FIN-02" not in textes(page)


def test_late_deposits_are_told(qtbot: QtBot, services_demo: Services) -> None:
    assert "après la date limite du 13/08/2025" in textes(montrer(qtbot, services_demo))


def test_closing_the_campagne_brings_the_first_face_back(qtbot: QtBot, services_demo: Services) -> None:
    page = montrer(qtbot, services_demo)
    services_demo.campagne.close()
    assert "Bienvenue" in textes(page)


def test_an_empty_campagne_says_what_to_do(qtbot: QtBot, services: Services, tmp_path: Path) -> None:
    from o2r_desktop import operations

    operations.create_campagne(tmp_path / "neuve", maintenant=MAINTENANT)
    services.campagne.open(tmp_path / "neuve", auteur="Camille Essai")
    services.campagne.load_suivi()
    page = montrer(qtbot, services)
    assert "aucun dossier" in textes(page)
    importer, couleurs = bouton(page, "Importer"), services.theme.couleurs
    assert importer.grab().toImage().pixelColor(importer.width() // 2, 4).name() == couleurs.bouton
    with qtbot.waitSignal(services.navigation.import_requested):
        bouton(page, "Importer").click()


def test_the_second_of_the_deadline_is_in_time_whatever_its_fraction(qtbot: QtBot, services_demo: Services) -> None:
    campagne = services_demo.campagne
    limite = campagne.session.parametres.date_limite
    avant = textes(montrer(qtbot, services_demo))
    campagne.session.campagne.db.execute(
        "UPDATE dossier SET depot = ? WHERE numero = 25000107", [iso(limite.replace(microsecond=999_999))]
    )
    campagne.load_suivi()
    assert textes(montrer(qtbot, services_demo)) == avant
    campagne.session.campagne.db.execute(
        "UPDATE dossier SET depot = ? WHERE numero = 25000107", [iso(limite + timedelta(seconds=1))]
    )
    campagne.load_suivi()
    assert textes(montrer(qtbot, services_demo)) != avant
    assert "date limite du 13/08/2025 à 12:00" in textes(montrer(qtbot, services_demo))
