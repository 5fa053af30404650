"""Tables read back by two readers that are not ours: types, formulas that are not, texts that are hostile."""

import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from o2r_desktop.errors import CancelledError, TableauError
from o2r_desktop.progress import SilentReporter
from o2r_desktop.tableaux import Cellule, Genre, Rubrique, Tableau, ecrire
from o2r_desktop.tableaux.modele import TEXTE_MAX, propre

MIDI = datetime(2025, 8, 13, 12, tzinfo=UTC).replace(tzinfo=None)
SUFFIXES = (".xlsx", ".ods")
RUBRIQUES = (
    Rubrique(titre="N°", genre=Genre.NUMERO),
    Rubrique(titre="=Porteur"),
    Rubrique(titre="Demande", genre=Genre.MONTANT),
    Rubrique(titre="Score", genre=Genre.DECIMAL),
    Rubrique(titre="Déposé le", genre=Genre.INSTANT),
)
LIGNE: tuple[Cellule, ...] = (
    25000101,
    "Élan & <Rivage>",
    Decimal("1234567.89"),
    Decimal("79.5"),
    MIDI,
)


def tableau(*lignes: Sequence[Cellule], rubriques: Sequence[Rubrique] = RUBRIQUES) -> Tableau:
    return Tableau(titre="Dossiers", rubriques=rubriques, lignes=lignes, apropos=[("Campagne", "=AMI(1)")])


def textes(*valeurs: str) -> Tableau:
    return tableau(*[[v] for v in valeurs], rubriques=[Rubrique(titre="Texte")])


@pytest.mark.parametrize("suffixe", SUFFIXES)
def test_cells_keep_their_types(tmp_path: Path, suffixe: str) -> None:
    ecriture = ecrire(tmp_path / f"t{suffixe}", tableau(LIGNE, (1, "", None, None, None)))
    classeur = CalamineWorkbook.from_path(str(ecriture.chemin))
    entete, premiere, seconde = classeur.get_sheet_by_name("Dossiers").to_python()

    assert (ecriture.lignes, ecriture.coupees) == (2, 0)
    assert entete == [r.titre for r in RUBRIQUES]
    assert premiere == [25000101.0, "Élan & <Rivage>", 1234567.89, 79.5, MIDI]
    assert seconde == [1.0, "", "", "", ""]
    assert classeur.get_sheet_by_name("À propos").to_python() == [["Campagne", "=AMI(1)"]]
    assert [f.name for f in tmp_path.iterdir()] == [f"t{suffixe}"]


def test_xlsx_says_formats_first_row_and_filter(tmp_path: Path) -> None:
    feuille = openpyxl.load_workbook(ecrire(tmp_path / "t.xlsx", tableau(LIGNE)).chemin)["Dossiers"]

    assert [c.number_format for c in feuille[2]] == [
        "0", "General", '#,##0.00\\ "€"', "#,##0.0", "dd/mm/yyyy hh:mm",
    ]  # fmt: skip
    assert (feuille.freeze_panes, feuille.auto_filter.ref) == ("A2", "A1:E2")


@pytest.mark.parametrize(
    "texte",
    ["=1+1", "+33 1", "-2", "@SOMME(A1)", "\t=1", "\r=1", "\n=1", '=HYPERLINK("x")', "http://essai.invalid"],
)
def test_no_text_is_a_formula(tmp_path: Path, texte: str) -> None:
    xlsx = ecrire(tmp_path / "t.xlsx", textes(texte)).chemin
    ods = ecrire(tmp_path / "t.ods", textes(texte)).chemin
    case = openpyxl.load_workbook(xlsx)["Dossiers"]["A2"]

    assert (case.data_type, case.value) == ("s", texte.replace("\r", "\n"))
    assert case.quotePrefix is not texte.startswith("http")
    assert case.hyperlink is None
    with zipfile.ZipFile(xlsx) as archive:
        assert not any(b"<f>" in archive.read(nom) for nom in archive.namelist())
    with zipfile.ZipFile(ods) as archive:
        assert b"table:formula" not in archive.read("content.xml")


@given(st.lists(st.text(max_size=30), min_size=1, max_size=5))
@settings(max_examples=40, deadline=None)
def test_any_text_comes_back_without_what_xml_cannot_hold(
    tmp_path_factory: pytest.TempPathFactory, dits: list[str]
) -> None:
    dossier = tmp_path_factory.mktemp("t")
    attendus = [propre(dit)[0] or None for dit in dits]
    lus = openpyxl.load_workbook(ecrire(dossier / "t.xlsx", textes(*dits)).chemin)["Dossiers"]
    assert [lus.cell(rang + 2, 1).value for rang in range(len(dits))] == attendus

    ecrire(dossier / "t.ods", textes(*dits))
    with zipfile.ZipFile(dossier / "t.ods") as archive:
        feuille = ET.fromstring(archive.read("content.xml")).find(".//{*}table")
    assert feuille is not None
    assert [_ods(ligne) or None for ligne in feuille.findall("{*}table-row")] == attendus


def _ods(ligne: ET.Element) -> str:
    return "\n".join(_texte(p) for p in ligne.findall(".//{*}p"))


def _texte(paragraphe: ET.Element) -> str:
    signes = {"s": " ", "tab": "\t"}
    return (paragraphe.text or "") + "".join(signes[e.tag.rpartition("}")[2]] + (e.tail or "") for e in paragraphe)


@pytest.mark.parametrize("suffixe", SUFFIXES)
def test_a_text_too_long_is_cut_and_counted(tmp_path: Path, suffixe: str) -> None:
    ecriture = ecrire(tmp_path / f"t{suffixe}", textes("a" * TEXTE_MAX, "😀" * TEXTE_MAX))
    lus = [ligne[0] for ligne in CalamineWorkbook.from_path(str(ecriture.chemin)).get_sheet_by_index(0).to_python()]

    assert ecriture.coupees == 1
    assert lus[1] == "a" * TEXTE_MAX
    assert lus[2].endswith("😀…")
    assert len(lus[2].encode("utf-16-le")) // 2 <= TEXTE_MAX


@pytest.mark.parametrize("suffixe", SUFFIXES)
def test_values_a_spreadsheet_cannot_hold_are_text(tmp_path: Path, suffixe: str) -> None:
    valeurs = (10**17, "", Decimal("NaN"), "inconnu", MIDI.replace(year=1))
    chemin = ecrire(tmp_path / f"t{suffixe}", tableau(valeurs)).chemin
    ligne = CalamineWorkbook.from_path(str(chemin)).get_sheet_by_index(0).to_python()[1]

    assert ligne == [str(10**17), "", "NaN", "inconnu", "0001-08-13 12:00:00"]


def test_a_name_without_a_known_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableauError, match=r"finit par \.xlsx ou \.ods"):
        ecrire(tmp_path / "t.csv", tableau())
    with pytest.raises(TableauError, match="n’existe pas"):
        ecrire(tmp_path / "nulle" / "t.ods", tableau())
    (tmp_path / "d.ods").mkdir()
    with pytest.raises(TableauError, match="est un dossier"):
        ecrire(tmp_path / "d.ods", tableau())


class Arret(SilentReporter):
    def step(self, done: int, total: int, label: str) -> None:
        raise CancelledError("Opération annulée.")


@pytest.mark.parametrize("suffixe", SUFFIXES)
def test_a_cancel_leaves_the_former_file(tmp_path: Path, suffixe: str) -> None:
    chemin = tmp_path / f"t{suffixe}"
    chemin.write_bytes(b"avant")
    with pytest.raises(CancelledError):
        ecrire(chemin, tableau(LIGNE), Arret())

    assert chemin.read_bytes() == b"avant"
    assert list(tmp_path.iterdir()) == [chemin]


def test_a_file_open_elsewhere_is_said_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Path) -> Path:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(TableauError, match="fermez-le dans le tableur"):
        ecrire(tmp_path / "t.ods", tableau(LIGNE))
    assert list(tmp_path.iterdir()) == []
