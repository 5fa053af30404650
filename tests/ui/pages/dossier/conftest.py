"""The page of a dossier, shown and active."""

import pytest
from pytestqt.qtbot import QtBot

from ui.pages.dossier.page import DossierPage
from ui.services import Services


@pytest.fixture
def page(services_demo: Services, qtbot: QtBot) -> DossierPage:
    page = DossierPage(services_demo)
    qtbot.addWidget(page)
    page.resize(1302, 690)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page
