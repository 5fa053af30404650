"""The correspondence of the campagne: shown, changed with care, given and taken."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from o2r_desktop import operations
from o2r_desktop.dossiers.model import Colonne
from tests.ui.conftest import Enregistreur
from ui.models.correspondance import EtatAttribut, LigneAttribut
from ui.pages.campagne import CampagnePage
from ui.pages.campagne.correspondance import CorrespondanceView, question
from ui.services import Services


@pytest.fixture
def page(qtbot: QtBot, services_demo: Services) -> CampagnePage:
    vue = CampagnePage(services_demo)
    qtbot.addWidget(vue)
    vue.resize(1300, 700)
    vue.show()
    vue.enter()
    vue.show_tab("Correspondance")
    calme(qtbot, services_demo)
    return vue


def calme(qtbot: QtBot, services: Services) -> None:
    qtbot.waitUntil(lambda: not services.taches.busy, timeout=20_000)


def ligne(vue: CorrespondanceView, attribut: str) -> LigneAttribut:
    return next(x for x in vue.vue.modele.lignes if x.proposition.attribut.id == attribut)


def test_what_the_dossiers_are_bound_to_is_shown(page: CampagnePage) -> None:
    intitule = ligne(page.correspondance, "intitule")
    assert intitule.etat is EtatAttribut.SUR
    assert intitule.colonne is not None
    assert not page.correspondance.appliquer.isEnabled()


def test_another_binding_is_counted_confirmed_and_written(
    qtbot: QtBot, page: CampagnePage, services_demo: Services, alertes: Enregistreur
) -> None:
    vue = page.correspondance
    vue.vue.choose("intitule", None)
    assert vue.appliquer.isEnabled()
    vue.appliquer.click()
    calme(qtbot, services_demo)
    assert "22\u00a0dossiers seront lus autrement" in alertes.dits[-1][1]
    assert "22\u00a0dossiers se lisent autrement" in vue.message.texte.text()
    assert vue.vue.modele.choix == {}
    assert ligne(vue, "intitule").colonne is None
    lu = operations.load_dossier(services_demo.campagne.session, 25000105)
    assert lu.dossier.texte("intitule") == ""
    assert services_demo.campagne.suivi is not None


def test_a_refusal_leaves_the_choices(
    qtbot: QtBot, page: CampagnePage, services_demo: Services, alertes: Enregistreur
) -> None:
    avant = services_demo.campagne.session.correspondance
    page.correspondance.vue.choose("intitule", None)
    alertes.reponse = False
    page.correspondance.appliquer.click()
    calme(qtbot, services_demo)
    assert page.correspondance.vue.modele.choix == {"intitule": None}
    assert services_demo.campagne.session.correspondance == avant
    assert not page.leave()
    alertes.reponse = True
    assert page.leave()
    assert page.correspondance.vue.modele.choix == {}


def test_it_is_given_to_a_colleague_and_taken(
    qtbot: QtBot, page: CampagnePage, services_demo: Services, tmp_path: Path, alertes: Enregistreur
) -> None:
    vue = page.correspondance
    vue.give(tmp_path / "partage.toml")
    assert "partage.toml" in vue.message.texte.text()
    vue.take(tmp_path / "partage.toml")
    calme(qtbot, services_demo)
    assert "Aucun dossier déjà importé" in alertes.dits[-1][1]
    vue.take(tmp_path / "nulle-part.toml")
    assert "nulle-part.toml" in vue.message.texte.text()


def test_read_only_shows_and_changes_nothing(qtbot: QtBot, services: Services, campagne_demo: Path) -> None:
    services.campagne.open(campagne_demo, auteur="Camille Essai", lecture_seule=True)
    vue = CorrespondanceView(services)
    qtbot.addWidget(vue)
    vue.refresh()
    calme(qtbot, services)
    vue.vue.choose("intitule", Colonne(libelle="Autre"))
    assert not vue.appliquer.isEnabled()
    assert not vue.importer.isEnabled()
    assert vue.exporter.isEnabled()


def test_the_question_tells_what_changes() -> None:
    assert "1\u00a0dossier sera lu" in question(1)
    assert "Aucun dossier" in question(0)
