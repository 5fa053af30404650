"""Lists of reference as tables: faults by row, files out and in again."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from o2r_desktop.analyse.referentiels import Referentiel, livre
from o2r_desktop.errors import ExportFormatError, TableauError
from o2r_desktop.operations.listes import export_liste, fautes, liste_de, read_liste


@pytest.mark.parametrize("nom", list(Referentiel))
def test_a_shipped_list_has_no_fault(nom: Referentiel) -> None:
    liste = liste_de(nom)
    assert liste.colonnes
    assert fautes(nom, liste.cellules(livre(nom))) == {}


def test_every_row_at_fault_is_told_with_what_it_should_hold() -> None:
    rangees = [list(r) for r in liste_de(Referentiel.EPCI).cellules(livre(Referentiel.EPCI))]
    rangees[2][1] = "12"
    rangees.insert(3, [""] * len(rangees[0]))
    rangees[7][0] = "99"
    trouvees = fautes(Referentiel.EPCI, rangees)
    assert set(trouvees) == {2, 7}
    assert "SIREN" in trouvees[2]
    assert "département" in trouvees[7]


@pytest.mark.parametrize(("nom", "suffixe"), [
    (Referentiel.DIAGNOSTIC, ".csv"), (Referentiel.EPCI, ".xlsx"), (Referentiel.EPCI, ".ods"),
])  # fmt: skip
def test_what_is_exported_is_read_again_as_it_was(tmp_path: Path, nom: Referentiel, suffixe: str) -> None:
    rangees = liste_de(nom).cellules(livre(nom))
    fichier = tmp_path / f"liste{suffixe}"
    assert export_liste(nom, rangees, fichier).lignes == len(rangees)
    lue = read_liste(nom, fichier)
    assert lue.rangees == rangees
    assert (lue.fichier, lue.ignorees) == (fichier.name, ())


def test_a_cell_never_becomes_a_formula(tmp_path: Path) -> None:
    piege = ("=CMD()", "", "", "", "", "+33 2")
    fichier = tmp_path / "laureats.csv"
    export_liste(Referentiel.LAUREATS, [piege], fichier)
    assert b"'=CMD()" in fichier.read_bytes()
    assert read_liste(Referentiel.LAUREATS, fichier).rangees == (piege,)


def test_titles_are_found_under_a_heading_and_unknown_ones_are_told(tmp_path: Path) -> None:
    classeur = Workbook()
    feuille = classeur.active
    assert feuille is not None
    for ligne in (["Liste du service"], [], ["Observations", "DÉPARTEMENT", "Nom"], ["vu", 72, "72 Sud"]):
        feuille.append(ligne)
    classeur.save(tmp_path / "zones.xlsx")
    lue = read_liste(Referentiel.ZONES, tmp_path / "zones.xlsx")
    assert lue.rangees == (("72 Sud", "72", "", ""),)
    assert lue.ignorees == ("Observations",)


def test_a_file_without_the_titles_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "autre.csv").write_text("a;b\n1;2\n", "utf-8")
    with pytest.raises(ExportFormatError, match="ligne de titres"):
        read_liste(Referentiel.ZONES, tmp_path / "autre.csv")
    with pytest.raises(ExportFormatError, match="absent"):
        read_liste(Referentiel.ZONES, tmp_path / "absent.csv")


def test_a_folder_that_does_not_exist_is_told(tmp_path: Path) -> None:
    with pytest.raises(TableauError, match="autre dossier"):
        export_liste(Referentiel.ZONES, (), tmp_path / "absent" / "zones.csv")
    assert list(tmp_path.iterdir()) == []
