"""Files that are not exports, or that want harm: each costs one sentence, bounded time and memory."""

import time
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from o2r_desktop.errors import (
    CancelledError,
    ExportError,
    ExportFormatError,
    ExportTooLargeError,
    ExportUnreadableError,
)
from o2r_desktop.imports import inflation, processus, read_export
from o2r_desktop.imports.lecteur import lire_export
from o2r_desktop.imports.processus import Limites
from o2r_desktop.progress import SilentReporter
from tests.o2r_desktop.imports.outils import (
    CSV,
    GENRE_ODS,
    JSON,
    O2R,
    ODS,
    STANDARD,
    XLSX,
    contenu_ods,
    demarche,
    ecrire_csv,
    ecrire_json,
    ecrire_ods,
    ecrire_xlsx,
    enregistrements,
    fixe,
    noeud,
    zip_hostile,
)

FEUILLE = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'


def _dossier(chemin: Path) -> Path:
    chemin.mkdir()
    return chemin


def _classeur(chemin: Path, feuille: bytes, **autres: bytes) -> Path:
    """Write a workbook of one sheet «Dossiers» with the given cells."""
    ecrire_xlsx(chemin, {"Dossiers": [["x"]]})
    with ZipFile(chemin) as archive:
        membres = {m: archive.read(m) for m in archive.namelist()}
    return zip_hostile(chemin, membres | {"xl/worksheets/sheet1.xml": FEUILLE % feuille} | autres)


def _octets(octets: bytes) -> Callable[[Path], Path]:
    def ecrire(chemin: Path) -> Path:
        chemin.write_bytes(octets)
        return chemin

    return ecrire


def _tronque(source: Path, part: float) -> Callable[[Path], Path]:
    octets = source.read_bytes()
    return _octets(octets[: int(len(octets) * part)])


V1 = {"dossiers": [{"id": 1, "updated_at": "2019-01-01", "state": "closed"}], "pagination": {"page": 1}}
V1_SEUL = {"dossier": {"id": 1, "champs": [{"value": "a", "type_de_champ": {"id": 2}}]}}
GEOJSON = {"type": "FeatureCollection", "features": []}
ERREUR_API = {"errors": [{"message": "Demarche not found"}], "data": None}
DESCRIPTEUR = {"data": {"demarcheDescriptor": {"number": 7, "revision": {"champDescriptors": []}}}}
CELLULES = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
MILLION = b"".join(b'<c r="%s1"><v>1</v></c>' % c for c in (b"A", b"ZZZ", b"CCC"))

_ENTITES = b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
_CELLULE_ODS = (
    '<table:table-cell office:value-type="string" table:number-columns-repeated="%s"><text:p>x</text:p>'
    "</table:table-cell>"
)


def _ods_brut(chemin: Path, contenu: bytes) -> Path:
    return zip_hostile(chemin, {"mimetype": GENRE_ODS, "content.xml": contenu})


def _ods(chemin: Path, rangees: str) -> Path:
    """Write an ODS whose sheet holds the given rows; «%s» stands for a cell."""
    return _ods_brut(chemin, contenu_ods({"Dossiers": rangees.replace("%s", _CELLULE_ODS % "1")}))


CAS: dict[str, tuple[str, Callable[[Path], Path], type[ExportError], str]] = {
    "empty": ("a.csv", _octets(b""), ExportFormatError, "est vide"),
    "blanks only": ("a.csv", _octets(b" \n\n"), ExportFormatError, "est vide"),
    "header only, CSV": ("a.csv", lambda c: ecrire_csv(c, [STANDARD]), ExportFormatError, "aucun dossier"),
    "header only, XLSX": ("a.xlsx", lambda c: ecrire_xlsx(c, {"Dossiers": [STANDARD]}), ExportFormatError, "aucun"),
    "empty sheet": ("a.xlsx", lambda c: ecrire_xlsx(c, {"Dossiers": []}), ExportFormatError, "aucun dossier"),
    "other workbook": (
        "a.xlsx",
        lambda c: ecrire_xlsx(c, {"F": [["a", "b"], [1, 2]]}),
        ExportFormatError,
        "feuille",
    ),
    "other CSV": ("a.csv", _octets(b"ID,nom\n1,a\n"), ExportFormatError, "n\u2019est pas un export"),
    "no number in template": (
        "a.csv",
        lambda c: ecrire_csv(c, [("État du dossier", "Date de dépôt", "Instructeurs"), ("a", "b", "c")]),
        ExportFormatError,
        "N°\u00a0dossier",
    ),
    "pdf": ("a.xlsx", _octets(b"%PDF-1.7 blah"), ExportFormatError, "PDF"),
    "html": ("a.csv", _octets(b"<!doctype html><html></html>"), ExportFormatError, "page web"),
    "binary": ("a.csv", _octets(bytes(range(256))), ExportFormatError, "ni un classeur"),
    "NUL deep in a CSV": (
        "a.csv",
        lambda c: _octets(CSV.read_bytes() + b"24000099,\0\n")(c),
        ExportFormatError,
        "octets nuls",
    ),
    "password": (
        "a.xlsx",
        _octets(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")),
        ExportUnreadableError,
        "mot de passe",
    ),
    "old xls": ("a.xls", _octets(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600), ExportFormatError, ".xls"),
    "truncated XLSX": ("a.xlsx", _tronque(XLSX, 0.6), ExportUnreadableError, "tronqué"),
    "truncated JSON": ("a.json", _tronque(JSON, 0.5), ExportUnreadableError, "tronqué"),
    "CSV cut inside quotes": (
        "a.csv",
        _octets(CSV.read_bytes()[: CSV.read_bytes().index(b"44000 NANTES")]),
        ExportUnreadableError,
        "guillemets",
    ),
    "GeoJSON": ("a.json", lambda c: ecrire_json(c, GEOJSON), ExportFormatError, "GeoJSON"),
    "API v1, list": ("a.json", lambda c: ecrire_json(c, V1), ExportFormatError, "API v1"),
    "API v1, one": ("a.json", lambda c: ecrire_json(c, V1_SEUL), ExportFormatError, "API v1"),
    "errors only": ("a.json", lambda c: ecrire_json(c, ERREUR_API), ExportFormatError, "Demarche not found"),
    "form only": ("a.json", lambda c: ecrire_json(c, DESCRIPTEUR), ExportFormatError, "formulaire"),
    "no dossier": ("a.json", lambda c: ecrire_json(c, demarche()), ExportFormatError, "aucun dossier"),
    "other JSON": ("a.json", lambda c: ecrire_json(c, {"a": 1}), ExportFormatError, "forme inconnue"),
    "JSON number of 5000 digits": ("a.json", _octets(b"[" + b"1" * 5000 + b"]"), ExportUnreadableError, "JSON"),
    "JSON not UTF-8": ("a.json", _octets(b'{"a": "\xe9"}'), ExportUnreadableError, "JSON"),
    "deep JSON": ("a.json", _octets(b"[" * 200_000), ExportFormatError, "imbriqué"),
    "ODS without content": (
        "a.ods",
        lambda c: zip_hostile(c, {"mimetype": GENRE_ODS}),
        ExportUnreadableError,
        "abîmé",
    ),
    "ODS with a password": (
        "a.ods",
        lambda c: zip_hostile(c, {"mimetype": GENRE_ODS, "META-INF/manifest.xml": b"<m:encryption-data/>"}),
        ExportUnreadableError,
        "mot de passe",
    ),
    "OpenDocument text": (
        "a.odt",
        lambda c: zip_hostile(c, {"mimetype": b"application/vnd.oasis.opendocument.text"}),
        ExportFormatError,
        "bureautique",
    ),
    "other ODS": ("a.ods", lambda c: ecrire_ods(c, {"F": [["a", "b"], [1, 2]]}), ExportFormatError, "feuille"),
    "empty sheet, ODS": (
        "a.ods",
        lambda c: ecrire_ods(c, {"Dossiers": [], "Avis": []}),
        ExportFormatError,
        "aucun dossier",
    ),
    "header only, ODS": (
        "a.ods",
        lambda c: ecrire_ods(c, {"Dossiers": [STANDARD]}),
        ExportFormatError,
        "aucun dossier",
    ),
    "no number in template, ODS": (
        "a.ods",
        lambda c: ecrire_ods(
            c, {"Dossiers": [("État du dossier", "Date de dépôt", "Instructeurs"), ("a", "b", "c")]}
        ),
        ExportFormatError,
        "N°\u00a0dossier",
    ),
    "truncated ODS": ("a.ods", _tronque(ODS, 0.6), ExportUnreadableError, "tronqué"),
    "ODS of no XML": ("a.ods", lambda c: _ods_brut(c, b"<office"), ExportUnreadableError, "abîmé"),
    "ODS, billion laughs": ("a.ods", lambda c: _ods_brut(c, _ENTITES), ExportFormatError, "entités"),
    "ODS, million rows": (
        "a.ods",
        lambda c: _ods(c, '<table:table-row table:number-rows-repeated="1000000">%s</table:table-row>'),
        ExportTooLargeError,
        "lignes",
    ),
    "ODS, million columns": (
        "a.ods",
        lambda c: _ods(c, f"<table:table-row>{_CELLULE_ODS % '1000000'}</table:table-row>"),
        ExportTooLargeError,
        "colonnes",
    ),
    "ODS, too many cells": (
        "a.ods",
        lambda c: _ods(
            c, f'<table:table-row table:number-rows-repeated="199999">{_CELLULE_ODS % "1999"}</table:table-row>'
        ),
        ExportTooLargeError,
        "cellules",
    ),
    "ODS, absurd repeat": (
        "a.ods",
        lambda c: _ods(c, '<table:table-row table:number-rows-repeated="9999999999">%s</table:table-row>'),
        ExportUnreadableError,
        "abîmé",
    ),
    "ODS bomb": ("a.ods", lambda c: _ods(c, " " * 30 * 2**20), ExportTooLargeError, "démesuré"),
    "pieces": ("a.zip", lambda c: zip_hostile(c, {"export/dossier-1/a.pdf": b"x"}), ExportFormatError, "pièces"),
    "word": ("a.docx", lambda c: zip_hostile(c, {"[Content_Types].xml": b"x"}), ExportFormatError, "bureautique"),
    "xlsb": ("a.xlsb", lambda c: zip_hostile(c, {"xl/workbook.bin": b"x"}), ExportFormatError, ".xlsb"),
    "climbing path": ("a.xlsx", lambda c: zip_hostile(c, {"../../evil": b"x"}), ExportFormatError, "chemin"),
    "absolute path": ("a.xlsx", lambda c: zip_hostile(c, {"C:\\evil": b"x"}), ExportFormatError, "chemin"),
    "many members": (
        "a.xlsx",
        lambda c: zip_hostile(c, {"xl/workbook.xml": b""} | {f"m{i}": b"" for i in range(2_001)}),
        ExportTooLargeError,
        "éléments",
    ),
    "zip bomb": (
        "a.xlsx",
        lambda c: _classeur(c, b" " * 30 * 2**20),
        ExportTooLargeError,
        "démesuré",
    ),
    "A1 + XFD1048576": ("a.xlsx", lambda c: _classeur(c, CELLULES), ExportTooLargeError, "colonnes"),
    "million rows": (
        "a.xlsx",
        lambda c: _classeur(c, CELLULES.replace(b"XFD", b"B")),
        ExportTooLargeError,
        "lignes",
    ),
    "million columns, XLSX": (
        "a.xlsx",
        lambda c: _classeur(c, b"<row>%s</row>" % MILLION),
        ExportTooLargeError,
        "colonnes",
    ),
    "million columns, CSV": (
        "a.csv",
        _octets(b"ID,Email" + b"," * 10**6 + b"\n1,a\n"),
        ExportTooLargeError,
        "colonnes",
    ),
    "too many rows, CSV": (
        "a.csv",
        _octets(b"ID,Email\n" + b"1,a\n" * 200_001),
        ExportTooLargeError,
        "lignes",
    ),
    "sheet of no XML": ("a.xlsx", lambda c: _classeur(c, b"<row><c"), ExportUnreadableError, "abîmé"),
    "billion laughs": (
        "a.xlsx",
        lambda c: _classeur(
            c, b"<row><c r='A1' t='inlineStr'><is><t>&lol;</t></is></c></row>", **{"xl/styles.xml": b"<!DOCTYPE a>"}
        ),
        ExportError,
        "a.xlsx",
    ),
    "no such file": ("a.csv", lambda c: c, ExportUnreadableError, "n\u2019existe pas"),
    "folder": ("a.csv", _dossier, ExportUnreadableError, "dossier"),
}


@pytest.mark.parametrize("nom", list(CAS))
def test_refused_with_one_sentence(tmp_path: Path, nom: str) -> None:
    fichier, ecrire, genre, mots = CAS[nom]
    chemin = ecrire(tmp_path / fichier)
    debut = time.monotonic()
    with pytest.raises(ExportError) as refus:
        read_export(chemin, O2R)
    phrase = str(refus.value)
    assert isinstance(refus.value, genre), phrase
    assert mots in phrase
    assert fichier in phrase
    assert str(tmp_path) not in phrase
    assert phrase.endswith(".")
    assert phrase.count("\n") == 0
    assert time.monotonic() - debut < 20


def test_same_content_under_another_extension(tmp_path: Path) -> None:
    chemin = tmp_path / "export.bin"
    chemin.write_bytes(JSON.read_bytes())
    assert len(read_export(chemin, O2R).dossiers) == 38


def test_memory_is_bounded(tmp_path: Path) -> None:
    chemin = ecrire_json(tmp_path / "a.json", demarche(noeud(1)))
    chemin.write_bytes(chemin.read_bytes()[:-1] + b" " * 250 * 2**20 + b"}")
    with pytest.raises(ExportTooLargeError, match="mémoire"):
        lire_export(chemin, O2R, SilentReporter(), Limites(memoire=300 * 2**20))


def test_a_child_that_aborts_costs_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system bounds its memory; elsewhere it would not have been let to read."""
    monkeypatch.setattr(inflation, "EPARS_MAX", 0)
    loin = b'<row r="150000"><c r="BXX150000"><v>1</v></c></row>'
    chemin = _classeur(tmp_path / "a.xlsx", b'<row r="1"><c r="A1"><v>1</v></c></row>' + loin)
    attendu = "lecture" if processus.MEMOIRE_BORNEE else "20 millions"
    with pytest.raises(ExportError, match=attendu):
        lire_export(chemin, O2R, SilentReporter(), Limites(memoire=512 * 2**20))


def test_time_is_bounded() -> None:
    debut = time.monotonic()
    with pytest.raises(ExportTooLargeError, match="minute"):
        lire_export(XLSX, O2R, SilentReporter(), Limites(secondes=0.01))
    assert time.monotonic() - debut < 5


def test_cancelling_stops_the_reading() -> None:
    class Annule:
        def step(self, done: int, total: int, label: str) -> None:
            raise CancelledError(f"{done}/{total} {label}")

    with pytest.raises(CancelledError):
        read_export(XLSX, O2R, reporter=Annule())


def test_text_of_any_alphabet_is_kept(tmp_path: Path) -> None:
    hostile = '=cmd|"/c calc"!A1 <b>&amp;</b> \u202eabc \u05e2\u05d1 漢字 🦊 \x07 ' + "long " * 8_000
    chemin = ecrire_csv(tmp_path / "a.csv", [(*STANDARD, "Intitulé du projet"), (*fixe(), hostile)])
    lu = read_export(chemin, O2R)
    assert enregistrements(lu)[101].cellules == (hostile,)
    assert "\u202e" not in lu.dossiers[0].apercu.intitule
    assert "\x07" not in lu.dossiers[0].apercu.intitule
