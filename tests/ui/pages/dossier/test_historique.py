"""The tab «Historique»: latest first by day, searched, filtered, opened, copied."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from o2r_desktop.operations.actes import Genre
from o2r_desktop.text import NBSP
from ui.models.historique import EVENEMENT
from ui.pages.dossier.historique import HistoriqueVolet
from ui.services import Services

NUMERO = 25000112


def repondre(services: Services, critere: str, **valeurs: str) -> None:
    reponse = services.campagne.complet(NUMERO).evaluation.reponse(critere)
    assert services.campagne.save_reponse(NUMERO, replace(reponse, **valeurs), f"réponse à {critere}")  # type: ignore[arg-type]


@pytest.fixture
def volet(services_demo: Services, qtbot: QtBot) -> Iterator[HistoriqueVolet]:
    repondre(services_demo, "FIN-02", valeur="2")
    repondre(services_demo, "FIN-02", commentaire="Été\nstable")
    repondre(services_demo, "CRE-03", valeur="3")
    volet = HistoriqueVolet(services_demo)
    qtbot.addWidget(volet)
    volet.resize(700, 600)
    volet.show_dossier(services_demo.campagne.complet(NUMERO))
    assert volet.modele.rowCount() == 0  # nothing is read before it is looked at
    volet.show()
    qtbot.waitUntil(lambda: volet.modele.rowCount() == 5)
    yield volet
    volet.hide()


def lignes(volet: HistoriqueVolet) -> list[str]:
    return [volet.modele.index(rang).data() for rang in range(volet.modele.rowCount())]


def test_the_latest_comes_first_under_its_day(volet: HistoriqueVolet) -> None:
    jour, premiere, *_ = lignes(volet)
    assert jour == f"2{NBSP}septembre 2025"
    assert premiere == f"10:42{NBSP}{NBSP}Niveau de CRE-03{NBSP}: 3{NBSP}— Camille Essai"
    assert not volet.modele.flags(volet.modele.index(0)) & Qt.ItemFlag.ItemIsSelectable
    assert volet.evenement is not None
    assert volet.evenement.critere == "CRE-03"


def test_search_and_filter(volet: HistoriqueVolet, services_demo: Services) -> None:
    volet.chercher.setText("stable ete")
    assert volet.compte.text() == f"1{NBSP}ligne"
    assert (volet.details.avant.toPlainText(), volet.details.apres.toPlainText()) == ("(rien)", "Été\nstable")
    volet.chercher.clear()
    volet.set_critere("FIN-02")
    assert volet.compte.text() == f"2{NBSP}lignes"
    volet.set_critere("REC-01")
    assert volet.compte.text() == "Rien ici."
    assert volet.evenement is None
    assert not volet.copier.isEnabled()
    volet.show_dossier(services_demo.campagne.complet(25000103))
    assert volet.critere.currentData() == ""


def test_a_filter_follows_the_critere_in_view(volet: HistoriqueVolet) -> None:
    volet.follow_critere("FIN-02")
    assert volet.critere.currentData() == ""
    volet.set_critere("CRE-03")
    volet.follow_critere("FIN-02")
    assert volet.compte.text() == f"2{NBSP}lignes"


def test_a_line_opens_its_critere_and_can_be_copied(volet: HistoriqueVolet, qtbot: QtBot) -> None:
    with qtbot.waitSignal(volet.critere_chosen) as demande:
        qtbot.keyClick(volet.liste, Qt.Key.Key_Return)
    assert demande.args == ["CRE-03"]
    qtbot.keyClick(volet.liste, Qt.Key.Key_Down)
    qtbot.keyClick(volet.liste, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == (
        f"02/09/2025 à 10:42, Camille Essai{NBSP}: Commentaire de FIN-02 ajouté\n"
        f"Commentaire{NBSP}: (rien) → Été\nstable"
    )


def test_it_follows_what_is_done(volet: HistoriqueVolet, services_demo: Services, qtbot: QtBot) -> None:
    etat = {NUMERO: {"instructeur": "Lou", "etiquettes": []}}
    assert services_demo.campagne.change(Genre.ATTRIBUTION, etat, "instructeur")
    qtbot.waitUntil(lambda: volet.modele.rowCount() == 6)
    repondre(services_demo, "FIN-02", valeur="1")
    volet.update_dossier(services_demo.campagne.complet(NUMERO))
    qtbot.waitUntil(lambda: volet.modele.rowCount() == 7)
    assert volet.modele.index(1).data(EVENEMENT).phrase == f"Niveau de FIN-02{NBSP}: 2 → 1"


def test_the_list_keeps_two_thirds_whatever_the_text_chosen(volet: HistoriqueVolet, qtbot: QtBot) -> None:
    police = volet.font()
    police.setPointSizeF(police.pointSizeF() * 2)
    volet.setFont(police)
    volet.resize(530, 480)
    volet.liste.setCurrentIndex(volet.modele.index(2))  # a comment, shown beside what it was
    assert volet.details.apres.toPlainText() == "Été\nstable"
    bas = volet.copier.parentWidget()
    assert bas is not None
    qtbot.waitUntil(lambda: volet.liste.height() > 1.5 * bas.height())
