"""The plan of the work in the window."""

from pytestqt.qtbot import QtBot

from o2r_desktop.store import reglages
from ui.pages.planning import SEANCE, PlanningPage
from ui.services import Services


def test_the_date_of_the_committee_is_kept_and_shares_the_work(qtbot: QtBot, services_demo: Services) -> None:
    page = PlanningPage(services_demo)
    qtbot.addWidget(page)
    page.enter()
    assert "Indiquez la date du comité" in page.phrase.text()
    page.seance.champ.setText("30/09/202")
    assert reglages.lire(services_demo.campagne.session.campagne, SEANCE) is None
    page.seance.champ.setText("30/09/2025")
    assert reglages.lire(services_demo.campagne.session.campagne, SEANCE) == "2025-09-30"
    assert "30 septembre 2025" in page.phrase.text().replace("\u00a0", " ")
    assert page._jours.count() == 3 * 20
    page.sans_date.click()
    assert reglages.lire(services_demo.campagne.session.campagne, SEANCE) is None
    assert page.seance.champ.text() == ""
