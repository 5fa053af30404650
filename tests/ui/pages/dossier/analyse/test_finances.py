"""The face «Finances»: the grid by keyboard, what is written and when, the ratios that follow."""

from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from o2r_desktop.analyse.angles import Angle
from o2r_desktop.dossiers.model import Piece
from o2r_desktop.errors import StoreUnavailableError
from o2r_desktop.operations import actes, comptes
from o2r_desktop.operations.actes import Genre
from ui.dialogs.import_comptes import ImportComptesDialog
from ui.models.comptes import LIGNES
from ui.navigation import Onglet
from ui.pages.dossier.analyse.finances import FinancesFace
from ui.pages.dossier.page import DossierPage
from ui.services import Services
from ui.widgets.grille_montants import EditeurMontant, EtatLigne, RoleGrille

NUMERO = 25_000_108
FINALISE = 25_000_101


@pytest.fixture
def face(services_demo: Services, qtbot: QtBot) -> FinancesFace:
    """The face alone, on a dossier where nothing was typed."""
    face = FinancesFace(services_demo)
    qtbot.addWidget(face)
    face.resize(650, 640)
    face.show()
    face.show_dossier(services_demo.campagne.complet(NUMERO))
    services_demo.campagne.evaluation_changed.connect(
        lambda numero, _c: face.update_dossier(services_demo.campagne.complet(numero))
    )
    face.activateWindow()
    qtbot.waitUntil(face.isActiveWindow)
    face.focus_first()
    return face


def kept(face: FinancesFace) -> dict[str, object]:
    return dict(face.services.campagne.state(Genre.ANALYSE, NUMERO))


def type_in(face: FinancesFace, qtbot: QtBot, texte: str, touche: Qt.Key = Qt.Key.Key_Return) -> None:
    """Type in the current cell as a user does, then press a key."""
    for signe in texte:
        cible = face.grille.indexWidget(face.grille.currentIndex()) or face.grille
        qtbot.keyClicks(cible, signe)
    qtbot.keyClick(face.grille.indexWidget(face.grille.currentIndex()) or face.grille, touche)


def at(face: FinancesFace, annee: int, cle: str) -> None:
    face.grille.go(face.modele.find(annee, cle))


def ou(face: FinancesFace) -> tuple[int, str]:
    index = face.grille.currentIndex()
    return face.modele.annee(index), face.modele.ligne(index).cle


def test_shows_the_three_years_before_the_deposit(face: FinancesFace) -> None:
    assert face.modele.annees == (2024, 2023, 2022)
    assert ou(face) == (2024, "actif_immobilise")


def test_typing_replaces_entree_goes_down_and_tab_right(face: FinancesFace, qtbot: QtBot) -> None:
    type_in(face, qtbot, "96000,50")
    assert ou(face) == (2024, "stocks")
    type_in(face, qtbot, "12", Qt.Key.Key_Tab)
    assert ou(face) == (2023, "stocks")
    assert kept(face)["comptes/2024/actif_immobilise"] == {"declare": "96000.50"}
    assert kept(face)["comptes/2024/stocks"] == {"declare": "12.00"}
    assert face.modele.find(2024, "actif_immobilise").data() == "96\u202f000,50"


def test_a_key_alone_writes_nothing_but_the_ratios_follow(face: FinancesFace, qtbot: QtBot) -> None:
    for annee in (2023, 2024):
        for cle, valeur in {"fonds_associatifs": "100", "reserves": "0", "report_a_nouveau": "0", "resultat": "5",
                            "subventions_investissement": "0", "total_passif": "1000"}.items():  # fmt: skip
            at(face, annee, cle)
            type_in(face, qtbot, valeur)
    at(face, 2024, "fonds_associatifs")
    avant = kept(face)
    qtbot.keyClicks(face.grille, "9")
    editeur = face.grille.indexWidget(face.grille.currentIndex())
    assert isinstance(editeur, EditeurMontant)
    qtbot.keyClicks(editeur, "95")
    assert kept(face) == avant
    assert face.ratios.modele.ratios[0].valeur == Decimal(1000)
    qtbot.keyClick(editeur, Qt.Key.Key_Escape)
    assert kept(face) == avant
    assert face.ratios.modele.ratios[0].valeur == Decimal(105)


def test_arrows_leave_a_cell_begun_by_a_sign_and_move_the_caret_after_f2(face: FinancesFace, qtbot: QtBot) -> None:
    type_in(face, qtbot, "1", Qt.Key.Key_Right)
    assert ou(face) == (2023, "actif_immobilise")
    at(face, 2024, "actif_immobilise")
    qtbot.keyClick(face.grille, Qt.Key.Key_F2)
    editeur = face.grille.indexWidget(face.grille.currentIndex())
    assert isinstance(editeur, EditeurMontant)
    qtbot.keyClick(editeur, Qt.Key.Key_Left)
    assert face.grille.editing


def test_suppr_empties_and_undo_names_the_cell(face: FinancesFace, qtbot: QtBot) -> None:
    at(face, 2024, "total_produits")
    type_in(face, qtbot, "1184000")
    session = face.services.campagne.session
    acte = actes.next_undo(session)
    assert acte is not None
    assert acte.nom == "total des produits 2024"
    at(face, 2024, "total_produits")
    qtbot.keyClick(face.grille, Qt.Key.Key_Delete)
    assert "comptes/2024/total_produits" not in kept(face)
    face.services.campagne.history.undo()
    assert kept(face)["comptes/2024/total_produits"] == {"declare": "1184000.00"}
    assert face.modele.find(2024, "total_produits").data() == "1\u202f184\u202f000,00"


def test_what_cannot_be_read_stays_and_holds_the_page(face: FinancesFace, qtbot: QtBot) -> None:
    type_in(face, qtbot, "1.184")
    assert ou(face) == (2024, "actif_immobilise")
    assert face.modele.find(2024, "actif_immobilise").data() == "1.184"
    assert "deux façons" in face.cellule.phrase.text()
    assert not face.leave()
    assert kept(face) == {}
    type_in(face, qtbot, "1184")
    assert face.leave()


def test_leave_writes_what_is_being_typed(face: FinancesFace, qtbot: QtBot) -> None:
    qtbot.keyClicks(face.grille, "7")
    assert face.leave()
    assert kept(face) == {"comptes/2024/actif_immobilise": {"declare": "7.00"}}


def test_a_sum_is_worked_out(face: FinancesFace, qtbot: QtBot) -> None:
    type_in(face, qtbot, "38412+91203,5")
    assert kept(face)["comptes/2024/actif_immobilise"] == {"declare": "129615.50"}


def test_a_failed_write_is_told_kept_and_written_when_one_leaves(
    face: FinancesFace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def en_panne(*_: object, **__: object) -> None:
        raise StoreUnavailableError("Le disque ne répond pas.")

    with monkeypatch.context() as panne:
        panne.setattr(actes, "change", en_panne)
        with qtbot.waitSignal(face.services.campagne.save_failed):
            type_in(face, qtbot, "7")
        assert face.modele.find(2024, "actif_immobilise").data() == "7,00"
        assert not face.leave()
    assert kept(face) == {}
    assert face.leave()
    assert kept(face) == {"comptes/2024/actif_immobilise": {"declare": "7.00"}}


def test_what_waits_is_forgotten_once_tried_again_elsewhere(
    face: FinancesFace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def en_panne(*_: object, **__: object) -> None:
        raise StoreUnavailableError("Le disque ne répond pas.")

    with monkeypatch.context() as panne:
        panne.setattr(actes, "change", en_panne)
        with qtbot.waitSignal(face.services.campagne.save_failed) as dit:
            type_in(face, qtbot, "7")
    assert dit.args is not None
    assert dit.args[0].retry()
    assert kept(face) == {"comptes/2024/actif_immobilise": {"declare": "7.00"}}
    at(face, 2024, "actif_immobilise")
    qtbot.keyClick(face.grille, Qt.Key.Key_Delete)
    assert face.leave()
    assert kept(face) == {}


def test_a_block_is_copied_and_pasted(face: FinancesFace, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("96 000,00\t88 000\n\t(12)\r\nabc\t4")
    qtbot.keyClick(face.grille, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert kept(face) == {
        "comptes/2024/actif_immobilise": {"declare": "96000.00"},
        "comptes/2023/actif_immobilise": {"declare": "88000.00"},
        "comptes/2023/stocks": {"declare": "-12.00"},
        "comptes/2023/creances": {"declare": "4.00"},
    }
    acte = actes.next_undo(face.services.campagne.session)
    assert acte is not None
    assert acte.nom == "collage de 4\xa0montants"
    assert "1\xa0case illisible" in face.barre.bilan.text()
    face.grille.selectAll()
    face._copy_all()
    lignes = QGuiApplication.clipboard().text().splitlines()
    assert lignes[0] == "Poste\tComptes\t2024\t2023\t2022"
    assert next(li for li in lignes if li.startswith("Stocks")).split("\t")[2:] == ["", "-12,00", ""]


def test_a_block_with_words_goes_to_the_posts_that_they_name(face: FinancesFace, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("Produits\t2023\t2024\nTotal des produits\t1080000\t1184000")
    qtbot.keyClick(face.grille, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert kept(face) == {
        "comptes/2024/total_produits": {"declare": "1184000.00"},
        "comptes/2023/total_produits": {"declare": "1080000.00"},
    }


def test_retained_shows_both_and_asks_why(face: FinancesFace, qtbot: QtBot) -> None:
    type_in(face, qtbot, "100")
    at(face, 2024, "actif_immobilise")
    face.cellule.champs["retenu"].setFocus()
    qtbot.keyClicks(face.cellule.champs["retenu"], "90")
    qtbot.keyClick(face.cellule.champs["retenu"], Qt.Key.Key_Return)
    index = face.modele.find(2024, "actif_immobilise")
    assert index.data() == "90,00"
    assert index.data(RoleGrille.SOUS) == "déclaré 100,00"
    assert "pourquoi" in face.cellule.phrase.text()
    face.cellule.note.setFocus()
    qtbot.keyClicks(face.cellule.note, "amortissement oublie")
    qtbot.keyClick(face.cellule.note, Qt.Key.Key_Return)
    assert kept(face)["comptes/2024/actif_immobilise"] == {
        "declare": "100.00", "retenu": "90.00", "note": "amortissement oublie",
    }  # fmt: skip
    assert "pourquoi" not in face.cellule.phrase.text()


def test_the_source_of_a_column_goes_to_what_is_typed_next(face: FinancesFace, qtbot: QtBot) -> None:
    at(face, 2024, "source")
    face.modele.setData(face.grille.currentIndex(), {"ou": "comptes_2024.pdf", "empreinte": "ab"})
    at(face, 2024, "total_produits")
    type_in(face, qtbot, "1184000")
    at(face, 2024, "total_produits")
    face.cellule.page.setText("4")
    face.cellule.flush()
    at(face, 2024, "total_charges")
    type_in(face, qtbot, "5")
    source = {"ou": "comptes_2024.pdf", "page": 4, "empreinte": "ab"}
    assert kept(face)["comptes/2024/total_charges"] == {"declare": "5.00", "source": source}
    at(face, 2024, "total_produits")
    preuve = face.selection
    assert preuve is not None
    assert (preuve.ou, preuve.page, preuve.empreinte) == ("comptes_2024.pdf", 4, "ab")
    assert preuve.extrait == "Total des produits 2024\xa0: 1\u202f184\u202f000,00\xa0€"
    with qtbot.waitSignal(face.piece_requested) as demande:
        face.cellule.voir.click()
    assert demande.args == ["ab", 4]


def test_details_of_an_exercice(face: FinancesFace, qtbot: QtBot) -> None:
    at(face, 2024, "cloture")
    type_in(face, qtbot, "31/12/2024")
    type_in(face, qtbot, "18")
    assert kept(face) == {"comptes/2024": {"cloture": "2024-12-31", "mois": 18}}
    at(face, 2024, "mois")
    type_in(face, qtbot, "99")
    assert face.grille.currentIndex().data(RoleGrille.FAUTE)
    qtbot.keyClick(face.grille, Qt.Key.Key_Delete)
    assert kept(face) == {"comptes/2024": {"cloture": "2024-12-31"}}


def test_exercices_are_added_and_taken_away_as_one_act(face: FinancesFace, qtbot: QtBot) -> None:
    type_in(face, qtbot, "7")
    at(face, 2024, "actif_immobilise")
    offres = {a.text(): a for a in face.barre.actions_offered()}
    offres["Ajouter l’exercice 2021"].trigger()
    assert face.modele.annees == (2024, 2023, 2022, 2021)
    at(face, 2024, "actif_immobilise")
    next(a for a in face.barre.actions_offered() if a.text() == "Retirer l’exercice 2024").trigger()
    assert face.modele.annees == (2023, 2022, 2021)
    assert kept(face) == {"comptes/colonnes": [2021, 2022, 2023]}
    face.services.campagne.history.undo()
    assert face.modele.annees == (2024, 2023, 2022, 2021)
    assert face.modele.find(2024, "actif_immobilise").data() == "7,00"


def test_checks_follow_what_is_typed(face: FinancesFace, qtbot: QtBot) -> None:
    at(face, 2024, "total_actif")
    type_in(face, qtbot, "100")
    at(face, 2024, "total_passif")
    type_in(face, qtbot, "112")
    rang = next(r for r, li in enumerate(LIGNES) if li.etat is EtatLigne.CONTROLE and li.groupe == "passif")
    index = face.modele.index(rang, 0)
    assert "12,00" in index.data()
    face.grille.go(index)
    assert "12,00" in face.cellule.phrase.text()


def test_letters_and_digits_never_reach_the_criterion(services_demo: Services, qtbot: QtBot) -> None:
    page = DossierPage(services_demo)
    qtbot.addWidget(page)
    page.resize(1302, 690)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.open_dossier(NUMERO, "FIN-02", Onglet.ANALYSE)
    page._onglets.show_angle(Angle.FINANCES)
    face = page.centre.volet.face  # type: ignore[attr-defined]
    face.grille.setFocus()
    for touche in "onsi":
        qtbot.keyClicks(face.grille, touche)
    qtbot.keyClicks(face.grille, "3")
    qtbot.keyClick(face.grille.indexWidget(face.grille.currentIndex()), Qt.Key.Key_Return)
    reponse = services_demo.campagne.complet(NUMERO).evaluation.reponse("FIN-02")
    assert reponse.valeur is None or reponse.valeur == ""
    assert services_demo.campagne.state(Genre.ANALYSE, NUMERO) == {
        "comptes/2024/actif_immobilise": {"declare": "3.00"}
    }
    source = {"comptes/2024/actif_immobilise": {"declare": "3", "source": {"ou": "comptes_2024.pdf", "page": 4}}}
    services_demo.campagne.change(Genre.ANALYSE, {NUMERO: source}, "source")
    at(face, 2024, "actif_immobilise")
    qtbot.keyClicks(face.grille, "e")
    (preuve,) = services_demo.campagne.complet(NUMERO).evaluation.reponse("FIN-02").preuves
    assert (preuve.ou, preuve.page, preuve.extrait) == (
        "comptes_2024.pdf", 4, "Actif immobilisé net 2024\xa0: 3,00\xa0€",
    )  # fmt: skip


def test_a_finalised_evaluation_is_read_only_and_says_why(face: FinancesFace, qtbot: QtBot) -> None:
    complet = face.services.campagne.complet(FINALISE)
    assert complet.evaluation.finalisee
    face.show_dossier(complet)
    assert "finalisée" in face.bandeau.texte.text()
    avant = face.services.campagne.state(Genre.ANALYSE, FINALISE)
    qtbot.keyClicks(face.grille, "5")
    qtbot.keyClick(face.grille, Qt.Key.Key_Delete)
    QGuiApplication.clipboard().setText("5")
    qtbot.keyClick(face.grille, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert not face.grille.editing
    assert face.services.campagne.state(Genre.ANALYSE, FINALISE) == avant
    assert not face.barre.importer.isEnabled()


def test_what_is_being_typed_stays_when_the_dossier_changes_under_it(face: FinancesFace, qtbot: QtBot) -> None:
    qtbot.keyClicks(face.grille, "8")
    face.services.campagne.change(Genre.ANALYSE, {NUMERO: {"comptes/2023/stocks": {"declare": "4"}}}, "ailleurs")
    editeur = face.grille.indexWidget(face.grille.currentIndex())
    assert isinstance(editeur, EditeurMontant)
    assert editeur.text() == "8"
    qtbot.keyClick(editeur, Qt.Key.Key_Return)
    assert kept(face) == {
        "comptes/2024/actif_immobilise": {"declare": "8.00"}, "comptes/2023/stocks": {"declare": "4"},
    }  # fmt: skip


def test_the_same_digits_as_the_live_figures_are_written(face: FinancesFace, qtbot: QtBot) -> None:
    """What is being typed already shows in the model: it must be told apart from what is kept."""
    type_in(face, qtbot, "96000,50")
    at(face, 2024, "actif_immobilise")
    type_in(face, qtbot, "96000,51")
    assert kept(face) == {"comptes/2024/actif_immobilise": {"declare": "96000.51"}}


def test_an_import_is_one_act(face: FinancesFace, qtbot: QtBot, tmp_path: Path) -> None:
    fichier = tmp_path / "comptes.csv"
    fichier.write_text(
        "Poste;2024;2023\nStocks;12;13\nMystère;5;6\nTotal des produits;1 184 000,50;1080000\n", "utf-8"
    )
    face.barre.importer.click()
    dialogue = face.dialogue
    dialogue.read_file(fichier)
    qtbot.waitUntil(lambda: dialogue.modele.rowCount() == 3, timeout=20_000)
    assert dialogue.modele.postes == {1: "stocks", 3: "total_produits"}
    assert dialogue.modele.annees == {1: 2024, 2: 2023}
    assert dialogue.bilan.text().startswith("4\xa0montants à écrire pour 2023 et 2024")
    dialogue.modele.setData(dialogue.modele.index(1, 0), "creances")
    assert kept(face) == {}
    dialogue.importer.click()
    source = {"ou": "comptes.csv"}
    assert kept(face)["comptes/2024/creances"] == {"declare": "5.00", "source": source}
    assert kept(face)["comptes/2024/total_produits"] == {"declare": "1184000.50", "source": source}
    assert len(kept(face)) == 6
    assert comptes.load_correspondance(face.services.campagne.session) == {"mystere": "creances"}
    face.services.campagne.history.undo()
    assert kept(face) == {}


def test_a_file_and_a_piece_are_told_apart(face: FinancesFace, qtbot: QtBot, tmp_path: Path) -> None:
    fichier = tmp_path / "comptes.csv"
    fichier.write_text("Poste;2024\nStocks;12", "utf-8")
    piece = Piece(nom="bilan.xlsx", champ="", presente=True, empreinte="0" * 64)
    dialogue = ImportComptesDialog(face.services, [piece], {}, (2024,), face)
    qtbot.waitUntil(lambda: bool(dialogue.panne.texte.text()), timeout=20_000)  # its bytes are gone
    dialogue.read_file(fichier)
    qtbot.waitUntil(lambda: dialogue.modele.rowCount() == 1, timeout=20_000)
    for rang in (0, 1):
        dialogue.piece.setCurrentIndex(rang)
        dialogue.piece.activated.emit(rang)
    qtbot.waitUntil(lambda: dialogue.modele.rowCount() == 1, timeout=20_000)
    attendu = {"declare": "12.00", "source": {"ou": "comptes.csv"}}
    assert dialogue.changements() == {"comptes/2024/stocks": attendu}
    dialogue.reject()


def test_an_unreadable_file_is_one_sentence(face: FinancesFace, qtbot: QtBot, tmp_path: Path) -> None:
    fichier = tmp_path / "comptes.xlsx"
    fichier.write_bytes(b"PK\x03\x04" + bytes(500))
    face.barre.importer.click()
    face.dialogue.read_file(fichier)
    qtbot.waitUntil(lambda: bool(face.dialogue.panne.texte.text()), timeout=20_000)
    assert not face.dialogue.importer.isEnabled()
    face.dialogue.reject()


def test_ratios_tell_their_trail(face: FinancesFace, qtbot: QtBot) -> None:
    source = {"ou": "comptes_2024.pdf", "page": 4, "empreinte": "ab"}
    postes = {"fonds_associatifs": 100, "reserves": 0, "report_a_nouveau": 0, "resultat": 5,
              "subventions_investissement": 0, "total_passif": 1000}  # fmt: skip
    fiches = {
        f"comptes/{annee}/{cle}": {"declare": str(valeur), "source": source}
        for annee in (2023, 2024)
        for cle, valeur in postes.items()
    }
    face.services.campagne.change(Genre.ANALYSE, {NUMERO: fiches}, "essai")
    fiche = face.ratios.fiche
    face.ratios.table.setCurrentIndex(face.ratios.modele.index(0, 0))
    assert fiche.titre.text() == "Fonds propres\xa0: 105\xa0€"
    assert fiche.montants[0].text() == "105,00\xa0€"
    assert fiche.boutons[0].text() == "comptes_2024.pdf, p.\xa04"
    assert "Appui" in fiche.seuil.text()
    with qtbot.waitSignal(face.ratios.piece_requested) as demande:
        fiche.boutons[0].click()
    assert demande.args == ["ab", 4]
    serie = face.ratios.modele.index(0, 3).data(Qt.ItemDataRole.AccessibleTextRole)
    assert serie == "2023\xa0: 105\xa0€\u202f; 2024\xa0: 105\xa0€"
