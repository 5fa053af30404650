"""The quick view: words at once, constats when one stays, closing."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from o2r_desktop.suivi import LigneSuivi
from o2r_desktop.text import NBSP, NNBSP
from ui.dialogs.apercu import QuickView
from ui.services import Services

CONCLU = 25000104


@pytest.fixture
def apercu(services_demo: Services, qtbot: QtBot) -> QuickView:
    apercu = QuickView(services_demo)
    qtbot.addWidget(apercu)
    apercu.resize(360, 600)
    apercu.show()
    return apercu


@pytest.fixture
def ligne(services_demo: Services) -> LigneSuivi:
    lu = services_demo.campagne.suivi
    assert lu is not None
    rang = lu.rang(CONCLU)
    assert rang is not None
    return lu.ligne(rang)


def test_words_come_at_once_and_constats_a_little_later(apercu: QuickView, ligne: LigneSuivi, qtbot: QtBot) -> None:
    apercu.show_ligne(ligne)

    assert apercu._porteur.text() == "La Fabrique des Chemins"
    assert apercu._chiffres["Demande"].text() == f"237{NNBSP}000,00{NBSP}€"
    assert apercu._compte.text() == "60/60"
    assert not any(place.isVisible() for place in apercu._constats)
    qtbot.waitUntil(lambda: any(place.isVisible() for place in apercu._constats))
    assert "conformes" in apercu._annonce.text()


def test_arrows_held_down_read_only_the_last_dossier(
    apercu: QuickView, ligne: LigneSuivi, services_demo: Services, qtbot: QtBot
) -> None:
    lu = services_demo.campagne.suivi
    assert lu is not None
    for rang in range(5):
        apercu.show_ligne(lu.ligne(rang))
    apercu.show_ligne(ligne)

    assert not any(place.isVisible() for place in apercu._constats)
    qtbot.waitUntil(lambda: any(place.isVisible() for place in apercu._constats))
    lu_seul = services_demo.campagne._complet
    assert lu_seul is not None
    assert lu_seul.dossier.numero == CONCLU


def test_what_is_unknown_is_said(apercu: QuickView, ligne: LigneSuivi) -> None:
    apercu.show_ligne(
        replace(ligne, demande=None, depot=None, departements=(), porteur="", avis=None, score=None, resume=None)
    )

    assert apercu._chiffres["Demande"].text() == "non renseigné"
    assert apercu._chiffres["Départements"].text() == "non renseigné"
    assert apercu._chiffres["Score"].text() == "aucun"
    assert apercu._porteur.text() == "Porteur inconnu"
    assert apercu._avis.isHidden()


def test_a_dossier_that_cannot_be_read_says_why(apercu: QuickView, ligne: LigneSuivi, qtbot: QtBot) -> None:
    apercu.show_ligne(replace(ligne, numero=1))

    qtbot.waitUntil(lambda: "1" in apercu._annonce.text() and "Lecture" not in apercu._annonce.text())


def test_no_dossier_no_words(apercu: QuickView, ligne: LigneSuivi) -> None:
    apercu.show_ligne(ligne)
    apercu.show_ligne(None)

    assert apercu.numero is None
    assert apercu._corps.isHidden()
    assert not apercu._ouvrir.isEnabled()


def test_answers_to_confirm_again_are_said(apercu: QuickView, ligne: LigneSuivi) -> None:
    apercu.show_ligne(replace(ligne, a_reconfirmer=2))

    assert apercu._reconfirmer.text() == f"2{NBSP}réponses à reconfirmer"


def test_it_closes_and_opens_by_keyboard(apercu: QuickView, ligne: LigneSuivi, qtbot: QtBot) -> None:
    apercu.show_ligne(ligne)
    for cle in (Qt.Key.Key_Escape, Qt.Key.Key_Space):
        with qtbot.waitSignal(apercu.closed):
            qtbot.keyClick(apercu, cle)
    with qtbot.waitSignal(apercu.opened) as ouvert:
        qtbot.keyClick(apercu, Qt.Key.Key_Return)
    assert ouvert.args == [CONCLU]
    with qtbot.waitSignal(apercu.opened):
        apercu._ouvrir.click()
