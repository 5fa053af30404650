"""Writes that failed: each keeps its own dossiers, whatever fails after it."""

import pytest
from pytestqt.qtbot import QtBot

from o2r_desktop.errors import StoreUnavailableError
from o2r_desktop.operations import actes
from o2r_desktop.operations.actes import Etat, Genre
from ui.pages.dossier.echec import BarreEchec
from ui.services import Services

TROIS = (25000103, 25000107, 25000112)


def test_another_failure_does_not_hide_that_of_a_lot(
    services_demo: Services, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    campagne = services_demo.campagne
    barre = BarreEchec(services_demo)
    qtbot.addWidget(barre)

    def en_panne(*_: object, **__: object) -> None:
        raise StoreUnavailableError("Le disque ne répond pas.")

    def confie(numero: int, nom: str) -> Etat:
        return {**campagne.state(Genre.ATTRIBUTION, numero), "instructeur": nom}

    with monkeypatch.context() as panne:
        panne.setattr(actes, "change", en_panne)
        campagne.change(Genre.ATTRIBUTION, {n: confie(n, "Ana") for n in TROIS}, "attribution")
        campagne.change(Genre.ATTRIBUTION, {TROIS[0]: confie(TROIS[0], "Bob")}, "attribution")
    barre.retry()
    assert [campagne.state(Genre.ATTRIBUTION, n)["instructeur"] for n in TROIS] == ["Bob", "Ana", "Ana"]
