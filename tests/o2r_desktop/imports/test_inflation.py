"""What a workbook unpacks to is counted as it goes, however it is written and wherever it is cut."""

from pathlib import Path

import pytest

from o2r_desktop.errors import ExportError, ExportTooLargeError, ExportUnreadableError
from o2r_desktop.imports import inflation, processus
from o2r_desktop.imports.correspondance import load_correspondance
from o2r_desktop.imports.inflation import Pesee, peser
from o2r_desktop.imports.lecteur import lire_export
from o2r_desktop.progress import SilentReporter
from o2r_desktop.resources import resource
from tests.hostile import classeurs
from tests.hostile.zips import plie

O2R = load_correspondance(resource("correspondances", "o2r_2025.toml"))
UN = '<row r="1"><c r="A1"><v>1</v></c></row>'
LOIN = {
    "comme la plateforme": '<row r="200000"><c r="BXX200000"><v>1</v></c></row>',
    "préfixe": '<x:row r="200000"><x:c r="BXX200000"><x:v>1</x:v></x:c></x:row>',
    "apostrophes": "<row r='200000'><c r='BXX200000'><v>1</v></c></row>",
    "blancs": '<row r="200000"><c\n  r =\t"BXX200000" ><v>1</v></c></row>',
    "autre attribut d’abord": '<row r="200000"><c s="1" r="BXX200000"><v>1</v></c></row>',
    "attribut trompeur": '<row r="200000"><c s=">" r="BXX200000"><v>1</v></c></row>',
    "minuscules": '<row r="200000"><c r="bxx200000"><v>1</v></c></row>',
    "zéros devant": '<row r="200000"><c r="BXX000000000200000"><v>1</v></c></row>',
    "colonne à quatre lettres": '<row r="2"><c r="AAAA2"><v>1</v></c></row>',
    "ligne seule dans une autre": '<row r="1"><c r="B200001"><v>1</v></c></row>',
    "ligne dite, colonnes comptées": f'<row r="150000">{"<c><v>1</v></c>" * 1_900}</row>',
    "lignes comptées": "<row></row>" * 40_000 + '<row><c r="BXX9"><v>1</v></c></row>',
    "lignes vides d’une balise": "<row/>" * 60_000 + '<row><c r="BXX9"><v>1</v></c></row>',
    "colonnes d’une seule ligne": f"<row>{'<c><v>1</v></c>' * 2_100}</row>",
    "fausses places": f"""<row>{'<c s=" r="><v>1</v></c>' * 2_100}</row>""",
}


def _regarder(xml: str, pas: int) -> None:
    octets = xml.encode()
    pesee = Pesee("Le fichier « a.xlsx »")
    for debut in range(0, len(octets), pas):
        pesee.ajouter(octets[debut : debut + pas])
    pesee.finir()


@pytest.mark.parametrize("nom", list(LOIN))
@pytest.mark.parametrize("pas", [2**18, 5_003])
def test_far_cells_are_seen_however_they_are_written(nom: str, pas: int) -> None:
    with pytest.raises(ExportTooLargeError, match=r"lignes|colonnes|cellules"):
        _regarder(classeurs.feuille(UN + LOIN[nom]), pas)


@pytest.mark.parametrize("pas", [1, 2, 7, 50])
def test_a_tag_may_be_cut_anywhere(pas: int) -> None:
    with pytest.raises(ExportTooLargeError):
        _regarder(classeurs.feuille(UN + LOIN["comme la plateforme"]), pas)


def _rangees(lignes: int, colonnes: list[str], balise: str) -> str:
    return "".join(
        f'<row r="{n}">' + "".join(balise.format(place=f"{c}{n}") for c in colonnes) + "</row>"
        for n in range(1, lignes + 1)
    )


SIMPLE = '<c r="{place}" t="n"><v>1</v></c>'
HONNETES = {
    "régulière": _rangees(12_000, list("ABCDEFGHIJ"), SIMPLE),
    "large": _rangees(3, [a + b for a in "ABC" for b in "ABCDEFGHIJ"], SIMPLE) + UN.replace("A1", "BXW4"),
    "sans places": f"<row>{'<c><v>1</v></c>' * 60}</row>" * 5_000,
    "attributs retournés": _rangees(5_000, list("ABCDEFGHIJ"), '<c t="n" r="{place}"><v>1</v></c>'),
    "sur plusieurs lignes": _rangees(5_000, list("ABCDEFGHIJ"), SIMPLE).replace("</row>", "</row>\n  "),
    "texte de balises": '<row r="1"><c r="A1" t="inlineStr"><is><t>&lt;c r="B12"</t></is></c></row>',
    "texte d’un mot": '<row r="1"><c r="A1" t="inlineStr"><is><t>color="rouge" r = "vert" :c </t></is></c></row>',
    "longue cellule": f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"a " * 700_000}</t></is></c></row>',
}


@pytest.mark.parametrize("nom", list(HONNETES))
@pytest.mark.parametrize("pas", [2**18, 5_003])
def test_honest_sheets_pass(nom: str, pas: int) -> None:
    _regarder(classeurs.feuille(HONNETES[nom], avant='<cols><col min="1" max="3"/></cols>'), pas)


@pytest.mark.parametrize("ecart", [-1, 1, 4_000])
def test_a_member_is_as_long_as_it_says(ecart: int, tmp_path: Path) -> None:
    xml = classeurs.feuille(classeurs.rangees(classeurs.STANDARD) * 100).encode()
    chemin = classeurs.xlsx(tmp_path / "a.xlsx", plie(classeurs.FEUILLE, xml, deplie=len(xml) + ecart))
    with pytest.raises(ExportUnreadableError, match="abîmé"):
        peser(chemin)


def test_too_many_tags(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chemin = classeurs.classeur(tmp_path / "a.xlsx", classeurs.STANDARD, classeurs.ligne())
    peser(chemin)
    monkeypatch.setattr(inflation, "BALISES_MAX", 50)
    with pytest.raises(ExportTooLargeError, match="trop de cellules"):
        peser(chemin)


def test_far_cells_of_a_large_member_are_left_to_a_bounded_child(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    xml = classeurs.feuille(UN + LOIN["comme la plateforme"]).encode()
    chemin = classeurs.xlsx(tmp_path / "a.xlsx", plie(classeurs.FEUILLE, xml))
    with pytest.raises(ExportTooLargeError):
        peser(chemin, tout=False)
    monkeypatch.setattr(inflation, "EPARS_MAX", 100)
    peser(chemin, tout=False)
    with pytest.raises(ExportTooLargeError):
        peser(chemin)


@pytest.mark.parametrize("bornee", [True, False])
def test_both_ways_of_waiting_read_and_refuse(
    bornee: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processus, "MEMOIRE_BORNEE", bornee)
    bon = classeurs.classeur(tmp_path / "a.xlsx", classeurs.STANDARD, classeurs.ligne())
    assert [d.numero for d in lire_export(bon, O2R, SilentReporter()).dossiers] == [24000001]
    xml = classeurs.feuille(UN + LOIN["préfixe"]).encode()
    mauvais = classeurs.xlsx(tmp_path / "b.xlsx", plie(classeurs.FEUILLE, xml))
    with pytest.raises(ExportError, match=r"b\.xlsx.*20 millions"):
        lire_export(mauvais, O2R, SilentReporter())
