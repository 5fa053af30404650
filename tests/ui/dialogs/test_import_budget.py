"""The annex, from a workbook to the lines of the budget."""

from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from o2r_desktop.analyse.budget.lignes import LigneProjet, lire_lignes
from o2r_desktop.analyse.saisie import MontantSaisi
from ui.dialogs.import_budget import ImportBudgetDialog
from ui.models.budget_rangees import Rangee, rangees
from ui.services import Services

NUMERO = 25000101
CSV = """;Année 1;Année 2;Année 3
CHARGES;;;
64 - Charges de personnel;300;300;
641 Salaires;200;100;
645 Charges sociales;100;200;
Total des charges;300;300;
PRODUITS;;;
74 Subventions;300;=1+1;300,50
"""


@pytest.fixture
def annexe(tmp_path: Path) -> Path:
    chemin = tmp_path / "annexe.csv"
    chemin.write_text(CSV, encoding="utf-8")
    return chemin


def dialogue(
    services: Services, qtbot: QtBot, chemin: Path, presentes: tuple[Rangee, ...] = ()
) -> ImportBudgetDialog:
    dossier = services.campagne.complet(NUMERO).dossier
    fenetre = ImportBudgetDialog(services, dossier, presentes)
    qtbot.addWidget(fenetre)
    fenetre.read_file(chemin)
    qtbot.waitUntil(lambda: fenetre.modele.rowCount() > 0, timeout=10_000)
    return fenetre


def presente() -> tuple[Rangee, ...]:
    ligne = LigneProjet(
        id="7-1", compte="641", libelle="Salaires", annee=1, montant=MontantSaisi(declare=Decimal(9))
    )
    return rangees([ligne])


def test_an_annex_becomes_lines_as_one_act(services_demo: Services, qtbot: QtBot, annexe: Path) -> None:
    fenetre = dialogue(services_demo, qtbot, annexe)
    assert fenetre.modele.comptes == ["", "641", "645", "", "74"]
    with qtbot.waitSignal(fenetre.chosen) as donnes:
        fenetre.accept()
    ecrits, nom = donnes.args
    lues = lire_lignes(ecrits)
    assert [(x.id, x.compte, x.libelle, x.montant.declare) for x in lues] == [
        ("1-1", "641", "Salaires", Decimal(200)),
        ("1-2", "641", "Salaires", Decimal(100)),
        ("2-1", "645", "Charges sociales", Decimal(100)),
        ("2-2", "645", "Charges sociales", Decimal(200)),
        ("3-1", "74", "Subventions", Decimal(300)),
        ("3-3", "74", "Subventions", Decimal("300.50")),
    ]
    assert lues[0].montant.source is not None
    assert lues[0].montant.source.ou == "annexe.csv"
    assert nom == "import de 3\u00a0lignes de annexe.csv"


def test_what_is_proposed_is_corrected(services_demo: Services, qtbot: QtBot, annexe: Path) -> None:
    fenetre = dialogue(services_demo, qtbot, annexe)
    modele = fenetre.modele
    assert modele.setData(modele.index(1, 0), "648")
    assert not modele.setData(modele.index(1, 0), "n’importe quoi")
    assert modele.setData(modele.index(2, 0), "")
    modele.set_annee(1, 0)
    faites = fenetre.rangees()
    assert [(r.compte, [m.declare for m in r.montants]) for r in faites] == [
        ("648", [None, Decimal(100), None]),
        ("74", [None, None, Decimal("300.50")]),
    ]


def test_present_lines_are_replaced_or_completed(services_demo: Services, qtbot: QtBot, annexe: Path) -> None:
    fenetre = dialogue(services_demo, qtbot, annexe, presente())
    assert fenetre.changements()["budget/ligne/7-1"] is None
    fenetre.remplacer.setChecked(False)
    faits = fenetre.changements()
    assert faits["budget/ligne/7-1"]["declare"] == "200.00"
    assert "budget/ligne/10-1" not in faits
    assert faits["budget/ligne/8-1"]["compte"] == "645"


def test_a_file_that_is_none_is_refused_in_words(services_demo: Services, qtbot: QtBot, tmp_path: Path) -> None:
    faux = tmp_path / "faux.xlsx"
    faux.write_bytes(b"PK\x03\x04rien")
    dossier = services_demo.campagne.complet(NUMERO).dossier
    fenetre = ImportBudgetDialog(services_demo, dossier, ())
    qtbot.addWidget(fenetre)
    fenetre.show()
    fenetre.read_file(faux)
    qtbot.waitUntil(lambda: bool(fenetre.panne.texte.text()), timeout=10_000)
    assert "abîmé" in fenetre.panne.texte.text()
    assert not fenetre.importer.isEnabled()
    qtbot.keyClick(fenetre, Qt.Key.Key_Escape)
