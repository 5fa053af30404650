"""The chips of evidence: their words, their state, their keys."""

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from o2r_desktop.dossiers.model import Piece
from o2r_desktop.evaluation.reponses import Preuve, Reponse
from o2r_desktop.text import NBSP
from ui.pages.dossier.preuves import PreuvesView
from ui.services import Services

A, B = "ab" * 32, "cd" * 32
PIECES = (Piece(nom="comptes_2024.pdf", champ="Comptes", presente=True, empreinte=A),)
COMPTES = Preuve(ou="comptes_2024.pdf", page=4, empreinte=A, extrait="Total <b>201 765</b>", zones=((0, 0, 1, 1),))
ANCIENS = Preuve(ou="comptes_2024.pdf", page=9, empreinte=B, zones=((0, 0, 1, 1),))
PERDUE = Preuve(ou="rib.pdf", page=1, empreinte=B)
CHAMP = Preuve(ou="Intitulé du projet", extrait="Les Horizons")


@dataclass
class Banc:
    page: QWidget
    vue: PreuvesView
    demandees: list[Preuve] = field(default_factory=list)
    retirees: list[Preuve] = field(default_factory=list)

    def montrer(self, *preuves: Preuve, valeur: str = "2", modifiable: bool = True) -> None:
        reponse = Reponse(critere="FIN-02", valeur=valeur, preuves=preuves)
        self.vue.show_preuves(reponse, PIECES, modifiable=modifiable)


@pytest.fixture
def banc(services: Services, qtbot: QtBot) -> Banc:
    page = QWidget()
    corps = QVBoxLayout(page)
    vue = PreuvesView(services.theme)
    corps.addWidget(vue)
    qtbot.addWidget(page)
    page.resize(400, 400)
    page.show()
    with qtbot.waitExposed(page):
        page.activateWindow()
    banc = Banc(page, vue)
    vue.preuve_requested.connect(banc.demandees.append)
    vue.removal_requested.connect(banc.retirees.append)
    return banc


def test_without_evidence_the_way_to_pin_is_said(banc: Banc) -> None:
    banc.montrer()
    assert banc.vue.invite.text() == "Sélectionnez un passage du dossier, puis E"
    banc.montrer(valeur="4")
    assert banc.vue.invite.text().startswith("! Ce niveau se justifie")
    banc.montrer(modifiable=False)
    assert banc.vue.isHidden()


def test_a_chip_names_the_place_and_quotes_it_as_text(banc: Banc) -> None:
    banc.montrer(COMPTES, CHAMP)
    puce, champ = banc.vue.puces
    assert puce.text().replace("\u200b", "") == f"▣ comptes_2024.pdf, p.{NBSP}4"
    assert puce.accessibleName() == f"Preuve{NBSP}: comptes_2024.pdf, p.{NBSP}4"
    assert "201 765" in puce.accessibleDescription()
    assert "&lt;b>" in puce.toolTip()
    assert champ.text() == "▤ Intitulé du projet"
    assert banc.vue.invite.isHidden()


def test_a_chip_opens_its_place(banc: Banc, qtbot: QtBot) -> None:
    banc.montrer(COMPTES, CHAMP, Preuve(ou="Comptes_2024.PDF", page=2))
    banc.vue.puces[0].setFocus()
    qtbot.keyClick(banc.vue.puces[0], Qt.Key.Key_Return)
    qtbot.mouseClick(banc.vue.puces[1], Qt.MouseButton.LeftButton)
    banc.vue.puces[2].click()
    assert banc.demandees[:2] == [COMPTES, CHAMP]
    assert (banc.demandees[2].empreinte, banc.demandees[2].page) == (A, 2)


def test_a_replaced_piece_is_flagged_and_checked_in_the_new_one(banc: Banc) -> None:
    banc.montrer(ANCIENS, COMPTES, PERDUE)
    lignes = banc.vue._lignes
    assert lignes[0].etat.text() == "! remplacée depuis"
    assert lignes[0].puce.accessibleName().endswith(", remplacée depuis")
    assert not lignes[0].verifier.isHidden()
    assert lignes[1].etat.text() == ""
    assert lignes[1].verifier.isHidden()
    assert lignes[2].etat.text() == "✕ pièce absente"
    lignes[0].verifier.click()
    assert (banc.demandees[0].empreinte, banc.demandees[0].page, banc.demandees[0].zones) == (A, 9, ())


def test_one_tab_stop_arrows_and_removal(banc: Banc, qtbot: QtBot) -> None:
    banc.montrer(COMPTES, CHAMP, PERDUE)
    puces = banc.vue.puces
    puces[0].setFocus()
    qtbot.keyClick(puces[0], Qt.Key.Key_Right)
    assert puces[1].hasFocus()
    assert [bool(p.focusPolicy() & Qt.FocusPolicy.TabFocus) for p in puces] == [False, True, False]
    qtbot.keyClick(puces[1], Qt.Key.Key_Left)
    qtbot.keyClick(puces[0], Qt.Key.Key_Up)
    assert puces[2].hasFocus()
    qtbot.keyClick(puces[2], Qt.Key.Key_Delete)
    assert banc.retirees == [PERDUE]
    banc.montrer(COMPTES, CHAMP)
    assert banc.vue.puces[1].hasFocus()
    qtbot.mouseClick(puces[0].croix, Qt.MouseButton.LeftButton)
    assert banc.retirees == [PERDUE, COMPTES]
    assert banc.demandees == []


def test_what_is_only_read_cannot_be_removed(banc: Banc, qtbot: QtBot) -> None:
    banc.montrer(COMPTES, modifiable=False)
    puce = banc.vue.puces[0]
    assert puce.croix.isHidden()
    puce.setFocus()
    qtbot.keyClick(puce, Qt.Key.Key_Delete)
    assert banc.retirees == []
    qtbot.keyClick(puce, Qt.Key.Key_Return)
    assert banc.demandees == [COMPTES]
