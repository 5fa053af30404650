from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from o2r_desktop.analyse.referentiels import Referentiel
from o2r_desktop.operations.analyse import load_referentiel
from tests.ui.conftest import Enregistreur
from ui.dialogs.referentiel import ReferentielDialog
from ui.pages.campagne.listes import ListesView
from ui.services import Services

ZONES = list(Referentiel).index(Referentiel.ZONES)


@pytest.fixture
def vue(qtbot: QtBot, services_demo: Services) -> ListesView:
    vue = ListesView(services_demo)
    qtbot.addWidget(vue)
    vue.resize(1000, 600)
    vue.show()
    vue.refresh()
    vue.table.selectRow(ZONES)
    return vue


def ligne(vue: ListesView) -> list[str]:
    cases = [vue.table.item(ZONES, colonne) for colonne in range(vue.table.columnCount())]
    return [case.text() for case in cases if case is not None]


def test_a_list_is_changed_by_hand_then_brought_back(
    vue: ListesView, services_demo: Services, qtbot: QtBot, alertes: Enregistreur
) -> None:
    avant = load_referentiel(services_demo.campagne.session, Referentiel.ZONES).texte
    assert ligne(vue)[1:3] == ["livrée avec le programme", "—"]
    assert not vue.revenir.isEnabled()
    dialogue = vue.edit()
    assert isinstance(dialogue, ReferentielDialog)
    dialogue.modele.setData(dialogue.modele.add_row(dialogue.modele.index(-1, -1)), "72 Sud inventé")
    dialogue.modele.setData(dialogue.modele.index(dialogue.modele.rowCount() - 1, 1), "72")
    with qtbot.waitSignal(services_demo.campagne.parametres_changed):
        dialogue.accept()
    assert not dialogue.isVisible()
    assert ligne(vue)[1:3] == ["modifiée, par Camille Essai", "02/09/2025 à 10:42"]
    assert "72 Sud inventé" in [z.nom for z in services_demo.campagne.session.referentiels.zones]
    vue.bring_back()
    assert alertes.dits[-1][0] == "ask"
    assert load_referentiel(services_demo.campagne.session, Referentiel.ZONES).texte == avant
    assert ligne(vue)[1] == "livrée avec le programme"


def test_a_file_is_shown_before_it_replaces_the_list(
    vue: ListesView, services_demo: Services, qtbot: QtBot, tmp_path: Path
) -> None:
    fichier = tmp_path / "zones.csv"
    fichier.write_text("Nom;Département;Avis\n72 Sud;72;bon\n49 Est;4;\n", "utf-8")
    vue.take(fichier)
    qtbot.waitUntil(lambda: vue.findChild(ReferentielDialog) is not None, timeout=15_000)
    dialogue = vue.findChild(ReferentielDialog)
    assert dialogue is not None
    assert "2\u00a0lignes lues" in dialogue.bandeau.texte.text()
    assert "«\u00a0Avis\u00a0»" in dialogue.bandeau.texte.text()
    assert not dialogue.garder.isEnabled(), "a row is at fault"
    dialogue.modele.setData(dialogue.modele.index(1, 1), "49")
    dialogue.accept()
    garde = load_referentiel(services_demo.campagne.session, Referentiel.ZONES)
    assert garde.texte == "nom,departement,epci,source\n72 Sud,72,,\n49 Est,49,,\n"
    assert garde.origine == "zones.csv"


def test_a_list_is_written_to_a_file(
    vue: ListesView, qtbot: QtBot, tmp_path: Path, services_demo: Services
) -> None:
    vue.table.selectRow(list(Referentiel).index(Referentiel.EPCI))
    vue.give(tmp_path / "epci.csv")
    qtbot.waitUntil(lambda: not services_demo.taches.busy, timeout=10_000)
    assert "200067635" in (tmp_path / "epci.csv").read_text("utf-8-sig")
    assert "epci.csv" in vue.message.texte.text()


def test_read_only_says_why_nothing_can_be_changed(services: Services, campagne_demo: Path, qtbot: QtBot) -> None:
    services.campagne.open(campagne_demo, auteur="Camille Essai", lecture_seule=True)
    vue = ListesView(services)
    qtbot.addWidget(vue)
    vue.refresh()
    assert "lecture seule" in vue.message.texte.text()
    assert not any(b.isEnabled() for b in (vue.modifier, vue.importer, vue.revenir))
    assert vue.exporter.isEnabled()
    assert vue.edit() is None
