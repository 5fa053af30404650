"""CSV whose header and rows do not agree."""

from pathlib import Path

import pytest

from o2r_desktop import reception
from o2r_desktop.errors import ExportFormatError
from o2r_desktop.imports import read_export

ENTETE = "ID,Email,FranceConnect ?,État du dossier,Déposé le,Instructeurs,Titre{},Montant\n"
LIGNE = "24000001,a@b.example,false,En instruction,2025-08-01 10:00:00 +0200,,Projet,12\n"


def _ecrire(tmp_path: Path, texte: str) -> Path:
    chemin = tmp_path / "export.csv"
    chemin.write_text(texte, encoding="utf-8")
    return chemin


def test_a_header_longer_than_every_row_is_refused(tmp_path: Path) -> None:
    chemin = _ecrire(tmp_path, ENTETE.format(", sous-titre") + LIGNE)
    with pytest.raises(ExportFormatError, match="9 titres de colonnes et 8 valeurs par ligne"):
        read_export(chemin, reception.default_correspondance())


@pytest.mark.parametrize("texte", [ENTETE.format("") + LIGNE, (ENTETE.format("") + LIGNE).replace(",", ";")])
def test_rows_as_long_as_the_header_are_read(tmp_path: Path, texte: str) -> None:
    (dossier,) = read_export(_ecrire(tmp_path, texte), reception.default_correspondance()).dossiers
    assert dossier.numero == 24_000_001


def test_rows_that_excel_cut_short_are_read(tmp_path: Path) -> None:
    court = (ENTETE.format("") + LIGNE.removesuffix(",12\n") + "\n").replace(",", ";")
    assert len(read_export(_ecrire(tmp_path, court), reception.default_correspondance()).dossiers) == 1
