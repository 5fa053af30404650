"""Workbooks and documents that want harm, shown by the viewer: each costs a sentence, soon, and nothing else."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from o2r_desktop.imports.apercus import ApercuError, Limites, apercevoir
from o2r_desktop.imports.refus import ABIME, DEMESURE, ENTITES, FATAL, PROTEGE, TROP_LONG
from o2r_desktop.imports.tables import OLE
from tests.hostile.bombes import AU_DEHORS, QUADRATIQUE, RIRES
from tests.hostile.classeurs import FEUILLE
from tests.hostile.classeurs import xlsx as classeur
from tests.hostile.zips import CHIFFRE, bombe, ecrire, plie
from tests.o2r_desktop.imports.bureaux import W, docx, paragraphe

SECONDES = 15.0
DEBUT = f"<w:document {W}><w:body>".encode()
FIN = b"</w:body></w:document>"
WORD = "word/document.xml"


def _feuille(chemin: Path, cellules: str) -> Path:
    xml = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{cellules}'
    return classeur(chemin, plie(FEUILLE, f"{xml}</sheetData></worksheet>".encode()))


def _large(chemin: Path) -> Path:
    return _feuille(chemin, '<row r="1">' + '<c r="XFD1"><v>1</v></c>' * 100_000 + "</row>")


def _lointaine(chemin: Path) -> Path:
    return _feuille(
        chemin, '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )


def _tronque(chemin: Path) -> Path:
    chemin.write_bytes(docx(chemin, paragraphe("a")).read_bytes()[:-30])
    return chemin


def _ole(chemin: Path) -> Path:
    chemin.write_bytes(OLE + bytes(4_000) + "EncryptedPackage".encode("utf-16-le") + bytes(4_000))
    return chemin


def _faux_xls(chemin: Path) -> Path:
    chemin.write_bytes(OLE + "Workbook".encode("utf-16-le") + bytes(range(256)) * 40)
    return chemin


CAS: dict[str, tuple[Callable[[Path], Path], tuple[str, ...]]] = {
    "bombe": (lambda c: ecrire(c, [bombe(WORD, b"<w:p/>" * 4096, 40_000, DEBUT, FIN)]), (DEMESURE,)),
    "bombe qui ment": (
        lambda c: ecrire(c, [bombe(WORD, b"<w:p/>" * 4096, 40_000, DEBUT, FIN, deplie=900)]),
        (DEMESURE, ABIME),
    ),
    "rires": (lambda c: docx(c, paragraphe("&a10;"), RIRES), (ENTITES,)),
    "quadratique": (lambda c: docx(c, paragraphe("&a;" * 9_999), QUADRATIQUE), (ENTITES,)),
    "au dehors": (lambda c: docx(c, paragraphe("&a;"), AU_DEHORS), (ENTITES,)),
    "profond": (lambda c: docx(c, "<w:p>" * 200_000), (DEMESURE,)),
    "tronqué": (_tronque, (ABIME,)),
    "membre chiffré": (lambda c: ecrire(c, [plie(WORD, b"<a/>", drapeaux=CHIFFRE)]), (PROTEGE,)),
    "chiffré": (_ole, (PROTEGE,)),
    "faux xls": (_faux_xls, (ABIME, FATAL)),
    "colonnes": (_large, (DEMESURE,)),
    "coin lointain": (_lointaine, (DEMESURE,)),
}  # fmt: skip


@pytest.mark.parametrize("nom", CAS)
def test_a_trap_costs_a_sentence(nom: str, tmp_path: Path) -> None:
    faire, phrases = CAS[nom]
    debut = time.monotonic()
    with pytest.raises(ApercuError) as levee:
        apercevoir(faire(tmp_path / "piece"), limites=Limites(secondes=SECONDES))
    assert str(levee.value) in phrases
    assert str(levee.value) != TROP_LONG
    assert time.monotonic() - debut < SECONDES


def test_formulas_overrides_and_commands_are_shown_as_text(tmp_path: Path) -> None:
    cellules = "".join(
        f'<c t="inlineStr"><is><t>{texte}</t></is></c>'
        for texte in ("=cmd|'/C calc'!A0", "\u202eexe.fdp", "\u200f12\u200e", "&lt;b&gt;gras&lt;/b&gt;")
    )
    feuille = apercevoir(_feuille(tmp_path / "a", f"<row>{cellules}</row>")).feuilles[0]
    assert feuille.lignes == (("=cmd|'/C calc'!A0", "exe.fdp", "12", "<b>gras</b>"),)
    assert feuille.nombres == (0,)
