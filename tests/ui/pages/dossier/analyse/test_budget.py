"""The face «Budget»: typing, pasting, setting aside, asking."""

from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from pytestqt.qtbot import QtBot

from o2r_desktop.analyse.budget.lignes import (
    LigneProjet,
    StatutEcart,
    cle_ecart,
    cle_ligne,
    ecrire_ligne,
    lire_lignes,
)
from o2r_desktop.analyse.saisie import MontantSaisi
from o2r_desktop.evaluation import questions
from o2r_desktop.operations.actes import Genre
from ui.models.budget import Colonne
from ui.models.budget_rangees import Rangee
from ui.pages.dossier.analyse.budget import BudgetFace
from ui.services import Services

NUMERO = 25000112
LIGNES = (
    ("1", "641", "Salaires", ("300000", "310000", "320000")),
    ("2", "645", "Charges sociales", ("100000", "100000", "100000")),
    ("3", "60", "Achats", ("10000", "10000", "10000")),
    ("4", "74", "Subventions", ("410000", "420000", "430000")),
)


def fiches() -> dict[str, Any]:
    return {
        cle_ligne(f"{cle}-{annee}"): ecrire_ligne(
            LigneProjet(
                id=f"{cle}-{annee}",
                compte=compte,
                libelle=libelle,
                annee=annee,
                montant=MontantSaisi(declare=Decimal(combien)),
            )
        )
        for cle, compte, libelle, montants in LIGNES
        for annee, combien in enumerate(montants, 1)
    }


@pytest.fixture
def face(services_demo: Services, qtbot: QtBot) -> BudgetFace:
    face = BudgetFace(services_demo)
    qtbot.addWidget(face)
    face.resize(660, 560)
    campagne = services_demo.campagne
    campagne.evaluation_changed.connect(lambda numero, _c: face.update_dossier(campagne.complet(numero)))
    face.show_dossier(campagne.complet(NUMERO))
    face.show()
    face.activateWindow()
    qtbot.waitUntil(face.isActiveWindow)
    return face


@pytest.fixture
def garnie(face: BudgetFace) -> BudgetFace:
    assert face.save(NUMERO, fiches(), "budget")
    return face


def ecrites(face: BudgetFace) -> dict[str, LigneProjet]:
    lues = lire_lignes(face.services.campagne.state(Genre.ANALYSE, NUMERO))
    return {ligne.id: ligne for ligne in lues}


def taper(qtbot: QtBot, face: BudgetFace, texte: str, touche: Qt.Key) -> None:
    grille = face.lignes.grille
    qtbot.keyClicks(grille, texte[0])
    editeur = grille.indexWidget(grille.currentIndex())
    qtbot.keyClicks(editeur, texte[1:])
    qtbot.keyClick(editeur, touche)


def test_without_lines_the_form_is_told_and_the_ways_in_offered(face: BudgetFace) -> None:
    assert face.vide.isVisible()
    assert "Déclaré au formulaire" in face.vide.phrase.text()
    face.saisir.click()
    assert face.lignes.isVisible()
    assert face.lignes.ajouter.hasFocus()
    assert face.lignes.add("641")
    assert ecrites(face)["1-1"].libelle == "Rémunération des personnels"
    assert face.lignes.grille.place == ("1", Colonne.LIBELLE)


def test_a_committed_cell_is_written_at_once_and_a_key_is_not(garnie: BudgetFace, qtbot: QtBot) -> None:
    grille = garnie.lignes.grille
    assert grille.go_to("1", Colonne.ANNEE_1)
    grille.setFocus()
    qtbot.keyClicks(grille, "2")
    editeur = grille.indexWidget(grille.currentIndex())
    qtbot.keyClicks(editeur, "50000,50")
    assert ecrites(garnie)["1-1"].montant.declare == Decimal(300000)
    qtbot.keyClick(editeur, Qt.Key.Key_Return)
    assert ecrites(garnie)["1-1"].montant.declare == Decimal("250000.50")
    assert grille.place == ("2", Colonne.ANNEE_1)
    soldes = [e for e in garnie.lignes.modele._contenu.elements if e.libelle == "Produits − charges"]
    assert soldes[0].annees == (Decimal("49999.50"), Decimal(0), Decimal(0))


def test_tab_goes_to_the_next_cell(garnie: BudgetFace, qtbot: QtBot) -> None:
    garnie.lignes.grille.go_to("1", Colonne.ANNEE_1)
    taper(qtbot, garnie, "12", Qt.Key.Key_Tab)
    assert garnie.lignes.grille.place == ("1", Colonne.ANNEE_2)


def test_an_account_that_changes_takes_its_row_along(garnie: BudgetFace, qtbot: QtBot) -> None:
    garnie.lignes.grille.go_to("3", Colonne.COMPTE)
    taper(qtbot, garnie, "756", Qt.Key.Key_Tab)
    assert ecrites(garnie)["3-2"].compte == "756"
    assert garnie.lignes.grille.place == ("3", Colonne.LIBELLE)
    assert [r.cle for r in garnie.lignes.modele.rangees()] == ["1", "2", "4", "3"]


def test_what_is_no_amount_stays_marked_and_nothing_is_lost(garnie: BudgetFace, qtbot: QtBot) -> None:
    grille = garnie.lignes.grille
    grille.go_to("1", Colonne.ANNEE_1)
    taper(qtbot, garnie, "12x", Qt.Key.Key_Return)
    assert grille.place == ("1", Colonne.ANNEE_1)
    assert grille.currentIndex().data() == "12x"
    assert ecrites(garnie)["1-1"].montant.declare == Decimal(300000)


def test_letters_typed_in_words_stay_in_the_grid(garnie: BudgetFace, qtbot: QtBot) -> None:
    garnie.lignes.grille.go_to("1", Colonne.LIBELLE)
    taper(qtbot, garnie, "on", Qt.Key.Key_Return)
    assert ecrites(garnie)["1-3"].libelle == "on"


def test_a_block_is_pasted_as_one_act_and_adds_lines(garnie: BudgetFace) -> None:
    modele, grille = garnie.lignes.modele, garnie.lignes.grille
    grille.go_to("4", Colonne.COMPTE)
    garnie.lignes.paste(
        grille.currentIndex(), "74\tSubventions\t1\t2\t3\r\n756\tCotisations\t1 000,50\tabc\t\r\n\tSans compte\t5"
    )
    lues = ecrites(garnie)
    assert lues["4-3"].montant.declare == Decimal(3)
    assert (lues["5-1"].compte, lues["5-1"].montant.declare) == ("756", Decimal("1000.50"))
    assert "5-2" not in lues
    assert not any(ligne.libelle == "Sans compte" for ligne in lues.values())
    assert garnie.lignes.dit.text().startswith("2\u00a0cases collées")
    garnie.services.campagne.history.undo()
    assert "5-1" not in ecrites(garnie)
    assert len(modele.rangees()) == 4


def test_pasting_and_emptying_by_key(garnie: BudgetFace, qtbot: QtBot) -> None:
    grille = garnie.lignes.grille
    grille.go_to("1", Colonne.ANNEE_2)
    bloc = QMimeData()
    bloc.setText("7\t8")
    QGuiApplication.clipboard().setMimeData(bloc)
    qtbot.keyClick(grille, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert ecrites(garnie)["1-3"].montant.declare == Decimal(8)
    qtbot.keyClick(grille, Qt.Key.Key_Delete)
    assert "1-2" not in ecrites(garnie)


def test_a_line_is_retained_otherwise_with_its_reason(garnie: BudgetFace, qtbot: QtBot) -> None:
    detail = garnie.lignes.detail
    garnie.lignes.grille.go_to("1", Colonne.ANNEE_2)
    assert detail.titre.text() == "641 Salaires — année 2"
    detail.retenu.setFocus()
    qtbot.keyClicks(detail.retenu, "300000")
    detail.motif.setFocus()
    qtbot.keyClicks(detail.motif, "hors projet")
    assert garnie.leave()
    montant = ecrites(garnie)["1-2"].montant
    assert (montant.declare, montant.retenu, montant.note) == (Decimal(310000), Decimal(300000), "hors projet")
    assert garnie.lignes.grille.currentIndex().data() == "≠ 300\u202f000"
    detail.retenu.setText("abc")
    detail.flush()
    assert detail.faute.isVisible()
    assert ecrites(garnie)["1-2"].montant.retenu == Decimal(300000)


def test_a_line_is_set_aside_and_taken_back(garnie: BudgetFace) -> None:
    garnie._toggle_line("2-1", "Formation")
    assert {ecrites(garnie)[f"2-{a}"].ecartee for a in (1, 2, 3)} == {"Formation"}
    garnie.lignes.grille.go_to("2", Colonne.ANNEE_1)
    garnie.lignes.detail.ecarter.click()
    assert ecrites(garnie)["2-1"].ecartee == ""


def test_a_line_is_removed_and_comes_back(garnie: BudgetFace) -> None:
    garnie.lignes.grille.go_to("2", Colonne.ANNEE_1)
    garnie.lignes.retirer.click()
    assert "2-1" not in ecrites(garnie)
    garnie.services.campagne.history.undo()
    assert ecrites(garnie)["2-3"].montant.declare == Decimal(100000)


def test_a_gap_is_told_and_asked_of_the_porteur(garnie: BudgetFace) -> None:
    ligne = next(e for e in garnie.rapprochements.ecarts if e.ecart is not None and e.ecart.ecart)
    cle = ligne.ecart.cle if ligne.ecart else ""
    garnie.show_part(1)
    ligne.note.insertPlainText("voir le budget")
    garnie.leave()
    assert ligne.note.text() == "voir le budget"
    garnie.ask(cle)
    garnie.ask(cle)
    posees = questions.lire(garnie.services.campagne.state(Genre.QUESTIONS, NUMERO))
    siennes = [q for q in posees if "n’est pas le même partout" in q.texte]
    assert [q.critere for q in siennes] == ["CRE-01"]
    garde = garnie.services.campagne.state(Genre.ANALYSE, NUMERO)[cle_ecart(cle)]
    assert garde == {"statut": StatutEcart.A_DEMANDER.value, "note": "voir le budget"}


def test_a_final_evaluation_is_read_only(garnie: BudgetFace) -> None:
    garnie.lignes.modele.modifiable = False
    garnie.lignes.grille.go_to("1", Colonne.ANNEE_1)
    assert not garnie.lignes.grille.editable(garnie.lignes.grille.currentIndex())
    garnie.lignes.paste(garnie.lignes.grille.currentIndex(), "1")
    assert ecrites(garnie)["1-1"].montant.declare == Decimal(300000)


def test_the_other_dossiers_are_read_once(face: BudgetFace, qtbot: QtBot) -> None:
    session = face.services.campagne.session
    qtbot.waitUntil(lambda: session.panorama is not None, timeout=10_000)
    autre = BudgetFace(face.services)
    qtbot.addWidget(autre)
    autre.show_dossier(face.services.campagne.complet(NUMERO))
    assert not autre._panorama.pending
    assert autre._panorama is face._panorama
    assert autre._complet is not None
    assert autre._complet.analyse.panorama is session.panorama


def test_the_source_of_a_line_is_what_is_pinned(garnie: BudgetFace) -> None:
    garnie.lignes.grille.go_to("1", Colonne.ANNEE_1)
    assert garnie.selection is None
    rangee = garnie.lignes.modele.rangee(garnie.lignes.modele.rang("1"))
    assert isinstance(rangee, Rangee)
    from o2r_desktop.analyse.saisie import Source

    source = Source(ou="annexe.xlsx", page=2, empreinte="a" * 64)
    garnie.lignes._write_row(rangee, rangee.avec_source(source), "source")
    preuve = garnie.selection
    assert preuve is not None
    assert (preuve.ou, preuve.page) == ("annexe.xlsx", 2)
    assert preuve.extrait.startswith("641 Salaires, année 1\u00a0: 300")


@pytest.mark.parametrize("colonne", [Colonne.LIBELLE, Colonne.ANNEE_1, Colonne.TOTAL])
@pytest.mark.parametrize("touche", [(Qt.Key.Key_O, "o"), (Qt.Key.Key_2, "2")])
def test_no_letter_nor_digit_reaches_the_keys_of_the_critere(
    garnie: BudgetFace, colonne: Colonne, touche: tuple[Qt.Key, str]
) -> None:
    garnie.lignes.grille.go_to("1", colonne)
    event = QKeyEvent(QEvent.Type.ShortcutOverride, touche[0], Qt.KeyboardModifier.NoModifier, touche[1])
    event.ignore()
    garnie.lignes.grille.event(event)
    assert event.isAccepted()
