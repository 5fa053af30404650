"""Tables and extracted text in the viewer: read aside, found, copied, quoted."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from pytestqt.qtbot import QtBot

from o2r_desktop.imports.apercus import Apercu, Feuille
from o2r_desktop.imports.natures import examiner
from tests.o2r_desktop.imports.bureaux import docx, paragraphe, pptx, xlsx
from ui.services import Services
from ui.widgets.vue_autre import AutreVue
from ui.widgets.vue_tableau import VueTableau, colonne_dite, lieu_dit

BUDGET = [["Poste", "Montant"], ["Salaires", 150_000.0], ["=1+1", -5.5], ["Été", None]]


@pytest.fixture
def vue(qtbot: QtBot, services: Services) -> Iterator[AutreVue]:
    vue = AutreVue(services.theme, services.taches.start)
    qtbot.addWidget(vue)
    vue.resize(640, 480)
    vue.show()
    vue.activateWindow()
    qtbot.waitUntil(vue.isActiveWindow)
    yield vue
    vue.clear()


def montrer(vue: AutreVue, qtbot: QtBot, chemin: Path, nom: str, page: int = 1, mots: str = "") -> None:
    with qtbot.waitSignal(vue.opened):
        vue.show_file(chemin, examiner(chemin, nom), nom, page=page, mots=mots)


def choisir(tableau: VueTableau, haut: int, gauche: int, bas: int, droite: int) -> None:
    modele = tableau.modele
    choix = QItemSelection(modele.index(haut, gauche), modele.index(bas, droite))
    tableau.grille.selectionModel().select(choix, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def test_columns_and_places_are_those_of_a_spreadsheet() -> None:
    assert [colonne_dite(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert (lieu_dit(3, 1, 3, 1), lieu_dit(3, 1, 6, 2)) == ("B4", "B4:C7")


def test_a_workbook_is_read_aside_then_shown(vue: AutreVue, qtbot: QtBot, tmp_path: Path) -> None:
    montrer(vue, qtbot, xlsx(tmp_path / "a.xlsx", Budget=BUDGET, Suite=[["x"]]), "budget.xlsx")
    modele, droite = vue.tableau.modele, Qt.AlignmentFlag.AlignRight
    assert (modele.rowCount(), modele.columnCount()) == (4, 2)
    assert modele.index(1, 1).data() == "150\u202f000"
    assert modele.index(1, 1).data(Qt.ItemDataRole.TextAlignmentRole) & droite
    assert not modele.index(1, 0).data(Qt.ItemDataRole.TextAlignmentRole) & droite
    assert modele.index(3, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "B4\u00a0: vide"
    assert modele.headerData(1, Qt.Orientation.Horizontal) == "B"
    assert vue.tableau.grille.accessibleName() == "Cellules de budget.xlsx, feuille Budget"
    with qtbot.waitSignal(vue.page_changed):
        vue.go_to(2)
    assert (vue.page, modele.index(0, 0).data()) == (2, "x")


def test_cells_are_quoted_with_their_place_and_copied_without_danger(
    vue: AutreVue, qtbot: QtBot, tmp_path: Path
) -> None:
    montrer(vue, qtbot, xlsx(tmp_path / "a.xlsx", Autre=[["x"]], Budget=BUDGET), "budget.xlsx", page=2)
    with qtbot.waitSignal(vue.selection_changed):
        choisir(vue.tableau, 1, 0, 2, 1)
    choix = vue.selection
    assert choix is not None
    assert (choix.page, choix.zones) == (2, ())
    assert choix.texte == "Budget, A2:B3\u00a0: Salaires | 150\u202f000\n=1+1 | −5,5"
    vue.focus_first()
    qtbot.keyClick(vue.tableau.grille, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Salaires\t150000\n'=1+1\t-5,5"
    choisir(vue.tableau, 3, 1, 3, 1)
    assert vue.selection is None


def test_words_are_found_from_sheet_to_sheet(vue: AutreVue, qtbot: QtBot, tmp_path: Path) -> None:
    montrer(vue, qtbot, xlsx(tmp_path / "a.xlsx", Budget=BUDGET, Suite=[["l’ete"]]), "b.xlsx", mots="ETE")
    assert vue.compte.text() == "1 sur 2"
    assert vue.tableau.grille.currentIndex().row() == 3
    assert vue.tableau.modele.index(3, 0).data(Qt.ItemDataRole.BackgroundRole) is not None
    qtbot.keyClick(vue.champ, Qt.Key.Key_Return)
    assert (vue.page, vue.compte.text()) == (2, "2 sur 2")
    for mots, compte in (("150 000", "1 sur 1"), ("150000", "1 sur 1"), ("rien", "aucun résultat"), ("", "")):
        vue.champ.setText(mots)
        assert vue.compte.text() == compte
    qtbot.keyClick(vue.champ, Qt.Key.Key_Escape)
    assert vue.tableau.grille.hasFocus()


def test_a_document_is_shown_as_text_that_says_so(vue: AutreVue, qtbot: QtBot, tmp_path: Path) -> None:
    corps = paragraphe("Été 😀") + paragraphe("&lt;b&gt;gras&lt;/b&gt; en été")
    montrer(vue, qtbot, docx(tmp_path / "a.docx", corps), "lettre.docx", mots="ete")
    assert vue.document.texte.toPlainText() == "Été 😀\n<b>gras</b> en été"
    assert "sans mise en page" in vue.document.avis.texte.text()
    assert vue.compte.text() == "1 sur 2"
    vue.document.texte.selectAll()
    choix = vue.selection
    assert choix is not None
    assert choix.texte.startswith("Été 😀\n<b>")


def test_a_slide_is_a_page(vue: AutreVue, qtbot: QtBot, tmp_path: Path) -> None:
    montrer(vue, qtbot, pptx(tmp_path / "a.pptx", "un", "deux"), "a.pptx", page=2)
    assert vue.page == 2
    vue.document.texte.moveCursor(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
    choix = vue.selection
    assert choix is not None
    assert (choix.page, choix.texte) == (2, "Diapositive 2\u00a0: Diapositive 2\ndeux")


def test_a_broken_file_says_why_and_one_left_is_forgotten(vue: AutreVue, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04" + bytes(60))
    examen = examiner(tmp_path / "a.xlsx", "a.xlsx")
    with qtbot.waitSignal(vue.failed) as panne:
        vue.show_file(tmp_path / "a.xlsx", examen, "a.xlsx")
    assert "abîmé" in panne.args[0]
    assert vue.message.phrase.text() == panne.args[0]
    with qtbot.assertNotEmitted(vue.failed):
        vue.show_file(tmp_path / "a.xlsx", examen, "a.xlsx")
        vue.clear()
        montrer(vue, qtbot, xlsx(tmp_path / "b.xlsx", A=[["b"]]), "b.xlsx")
    assert vue.selection is not None


def test_a_large_table_is_lazy_and_says_what_is_left_out(qtbot: QtBot, services: Services) -> None:
    lignes = tuple(tuple(f"{r}-{c}" for c in range(200)) for r in range(2_000))
    feuille = Feuille(nom="", hauteur=9_000, largeur=900, lignes=lignes, nombres=(0,) * 2_000, coupe=True)
    vue = VueTableau(services.theme)
    qtbot.addWidget(vue)
    vue.show_apercu(Apercu(feuilles=(feuille,)), "a.csv", index=())
    assert vue.ampleur.text().startswith("Coupé\u00a0: 2\u202f000\u00a0lignes sur 9\u202f000")
    vue.grille.selectAll()
    lieu, texte = vue.selection_text()
    assert (lieu, len(texte)) == ("A1:GR2000", 2_000)
    assert vue.modele.rowCount(vue.modele.index(0, 0)) == 0
    assert vue.modele.data(QModelIndex()) is None


@pytest.mark.parametrize(
    ("cellule", "copiee"),
    [
        ('"=HYPERLINK(""x"")"', '"""=HYPERLINK(""""x"""")"""'),
        ("\uff1d1+1", "'\uff1d1+1"),
        ('=1+"1"', '"\'=1+""1"""'),
        ("Salaires", "Salaires"),
    ],
)
def test_a_copied_cell_stays_one_cell_of_text(
    vue: AutreVue, qtbot: QtBot, tmp_path: Path, cellule: str, copiee: str
) -> None:
    montrer(vue, qtbot, xlsx(tmp_path / "a.xlsx", Budget=[[cellule]]), "budget.xlsx")
    choisir(vue.tableau, 0, 0, 0, 0)
    vue.tableau.copy()
    assert QGuiApplication.clipboard().text() == copiee
