"""What paths of an archive say: dossier, kind, name, date; and the files that the platform could not give."""

import unicodedata
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from o2r_desktop.dossiers.model import GenrePiece
from o2r_desktop.dossiers.pieces import PieceEnErreur
from o2r_desktop.imports.chemins import (
    Place,
    equivoque,
    est_liste_erreurs,
    lire_erreurs,
    lire_suffixe,
    parasite,
    places,
)
from o2r_desktop.text import PARIS

JUILLET = datetime(2025, 7, 4, 16, 3, tzinfo=PARIS)


def place(chemin: str, archive: str = "a.zip", connus: tuple[int, ...] = ()) -> Place | None:
    (lue,) = places([chemin], archive, connus)
    return lue


@pytest.mark.parametrize(
    ("chemin", "genre", "nom"),
    [
        ("export/dossier-12/pieces_justificatives/a b-04-07-2025-16-03-7.pdf", GenrePiece.PIECE, "a b.pdf"),
        ("export/dossier-12/messagerie/a.tar-04-07-2025-16-03-9999.gz", GenrePiece.MESSAGERIE, "a.tar.gz"),
        ("export/dossier-12/avis/a-04-07-2025-16-03-7.docx", GenrePiece.AVIS, "a.docx"),
        ("export/dossier-12/dossier/a-04-07-2025-16-03-7.pdf", GenrePiece.DECISION, "a.pdf"),
        ("export/dossier-12/horodatage/a-b-04-07-2025-16-03-7.json", GenrePiece.AUTRE, "a-b.json"),
        ("export/dossier-12/export-12-04-07-2025-16-03-12.pdf", GenrePiece.DOSSIER, "export-12.pdf"),
        ("dossiers_ami-2025_2024-01-05_10-30/dossier-12/pieces_justificatives/a-04-07-2025-16-03-7.pdf",
         GenrePiece.PIECE, "a.pdf"),
        ("dossier-12/pieces_justificatives/a-04-07-2025-16-03-7.pdf", GenrePiece.PIECE, "a.pdf"),
        ("export\\dossier-12\\pieces_justificatives\\a-04-07-2025-16-03-7.pdf", GenrePiece.PIECE, "a.pdf"),
        ("export/dossier-12/pieces_justificatives/a-04-07-2025-16-03-7-2.pdf", GenrePiece.PIECE, "a.pdf"),
        ("export/Dossier-12/pieces_justificatives/sans-extension-04-07-2025-16-03-7", GenrePiece.PIECE,
         "sans-extension"),
    ],
)  # fmt: skip
def test_standard_layouts(chemin: str, genre: GenrePiece, nom: str) -> None:
    lue = place(chemin)
    assert lue is not None
    assert (lue.numero, lue.genre, lue.nom, lue.depose_le) == (12, genre, nom, JUILLET)


@pytest.mark.parametrize(
    ("chemin", "numero", "genre", "nom"),
    [
        (
            "export/Nom Projet - 24000001/statuts-24000001-01.pdf",
            24000001,
            GenrePiece.PIECE,
            "statuts-24000001-01.pdf",
        ),
        ("export/24000001 AMI 2025/export-24000001.pdf", 24000001, GenrePiece.DOSSIER, "export-24000001.pdf"),
        ("dossier-24000001/dossier-24000001.pdf", 24000001, GenrePiece.DOSSIER, "dossier-24000001.pdf"),
        ("export/24000001/attestation-24000001.pdf", 24000001, GenrePiece.DECISION, "attestation-24000001.pdf"),
        ("AMI 2025/Asso 123456789 - 24000001/a-24000001-01.pdf", 24000001, GenrePiece.PIECE, "a-24000001-01.pdf"),
        ("export/79008964300024_24000001/a-24000001-02-01.pdf", 24000001, GenrePiece.PIECE, "a-24000001-02-01.pdf"),
        ("export/Projet 2026 n°312/a-312-01.pdf", 312, GenrePiece.PIECE, "a-312-01.pdf"),
        ("export/X 24000001/messagerie/a-04-07-2025-16-03-7.pdf", 24000001, GenrePiece.MESSAGERIE, "a.pdf"),
    ],
)
def test_folders_named_freely(chemin: str, numero: int, genre: GenrePiece, nom: str) -> None:
    lue = place(chemin)
    assert lue is not None
    assert (lue.numero, lue.genre, lue.nom) == (numero, genre, nom)


CONNUS = (23456001, 23456789, 24000001)


@pytest.mark.parametrize(
    ("chemin", "numero"),
    [
        ("export/123456789 puis 23456789 puis 312/a.pdf", 23456789),
        ("Export 20250901/23456789/a.pdf", 23456789),
        ("Pièces reçues 20250901/Asso du Port 23456789/a.pdf", 23456789),
        ("Asso du Port 23456789 - 20250901/a.pdf", 23456789),
        ("Lot 123456/23456789/a.pdf", 23456789),
        ("23456789/annexes 75011/a.pdf", 23456789),
        ("23456789-asso/pieces/attestation-23456001-2.pdf", 23456789),
        ("Asso 23456001 - 23456789/statuts-23456001-01-01.pdf", 23456001),
        ("Asso 23456001/23456789/statuts-23456789-01.pdf", 23456789),
        ("export/dossier-23456789/pieces_justificatives/dossier-23456001/a.pdf", 23456789),
        ("export/dossier-99999999/23456789/a.pdf", 99999999),
        ("23456555/a.pdf", 23456555),
    ],
)
def test_a_known_dossier_wins_over_dates_and_other_numbers(chemin: str, numero: int) -> None:
    lue = place(chemin, connus=CONNUS)
    assert lue is not None
    assert (lue.numero, equivoque(chemin, CONNUS)) == (numero, "Asso 23456001" in chemin)


@pytest.mark.parametrize(
    "chemin",
    [
        "Dossier 23456789 (remplace 23456001)/a.pdf",
        "Dossier 23456555 (remplace 23456001)/a.pdf",
        "Dossier 23456555 (remplace 23456556)/a.pdf",
        "Dossier 23456789 (remplace 23456001)/a-23456789-23456001-01.pdf",
        "23456001/23456789/a.pdf",
    ],
)
def test_several_numbers_and_nothing_to_decide_are_never_guessed(chemin: str) -> None:
    assert place(chemin, connus=CONNUS) is None
    assert equivoque(chemin, CONNUS)


@pytest.mark.parametrize("chemin", ["export/dossier-0/a.pdf", "export/0/a.pdf", "Export 20250901/a.pdf", "a.pdf"])
def test_neither_zero_nor_a_date_is_a_number(chemin: str) -> None:
    assert place(chemin, connus=CONNUS) is None
    assert not equivoque(chemin, CONNUS)
    assert place("export/20250901/a.pdf", connus=(20250901,)) is not None


def test_files_of_one_folder_decide_together() -> None:
    dossier = "Dossier 23456789 (remplace 23456001)"
    lues = places([f"{dossier}/lettre.pdf", f"{dossier}/statuts-23456789-01.pdf"], "a.zip", CONNUS)
    assert [lue and lue.numero for lue in lues] == [23456789, 23456789]


def test_name_of_the_archive_of_one_dossier_tells_its_number() -> None:
    lue = place("pieces_justificatives/a-04-07-2025-16-03-7.pdf", "dossier-24000001 (1).zip")
    assert lue == Place(numero=24000001, genre=GenrePiece.PIECE, nom="a.pdf", depose_le=JUILLET)
    assert place("pieces_justificatives/a.pdf", "pieces.zip") is None


def test_names_are_composed_and_printable() -> None:
    decompose = unicodedata.normalize("NFD", "export/dossier-12/pieces_justificatives/é\u202eà.pdf")
    lue = place(decompose)
    assert lue is not None
    assert lue.nom == "éà.pdf"


@pytest.mark.parametrize(
    "nom",
    [
        "a-99-07-2025-16-03-7.pdf",
        "a-04-07-2025-16-03.pdf",
        "a-04-07-2025-16-03-12345.pdf",
        "-04-07-2025-16-03-7.pdf",
    ],
)
def test_what_is_no_suffix_stays(nom: str) -> None:
    assert lire_suffixe(nom) == (nom, None)


@given(
    st.from_regex(r"[^/\\.\x00]{1,60}", fullmatch=True),
    st.sampled_from(["", ".pdf", ".é"]),
    st.dates(date(2015, 1, 1), date(2040, 1, 1)).map(
        lambda d: datetime(d.year, d.month, d.day, 16, 3, tzinfo=PARIS)
    ),
    st.integers(0, 9999),
)
def test_suffix_of_the_platform_comes_off(nom: str, extension: str, moment: datetime, rang: int) -> None:
    lu, depose_le = lire_suffixe(f"{nom}-{moment:%d-%m-%Y-%H-%M}-{rang}{extension}")
    assert lu == nom + extension
    assert depose_le == moment


@given(st.lists(st.text(max_size=80), max_size=6), st.text(max_size=30))
def test_no_path_is_refused_by_a_crash(chemins: list[str], archive: str) -> None:
    assert len(places(chemins, archive)) == len(chemins)
    for chemin in chemins:
        parasite(chemin)
        est_liste_erreurs(chemin)
        list(lire_erreurs(chemin))


@pytest.mark.parametrize(
    ("chemin", "liste"),
    [
        ("export/-LISTE-DES-FICHIERS-EN-ERREURS.txt", True),
        ("dossiers_x_2021-01-01_10-00/LISEZMOI.txt", True),
        ("dossier-12/-LISTE-DES-FICHIERS-EN-ERREURS.txt", True),
        ("export/dossier-12/pieces_justificatives/LISEZMOI.txt", False),
        ("export/dossier-12/pieces_justificatives/a.txt", False),
    ],
)
def test_list_of_errors_is_known_by_its_place(chemin: str, liste: bool) -> None:
    assert est_liste_erreurs(chemin) is liste


def test_errors_are_read_with_their_dossier() -> None:
    texte = (
        "Bonjour,\n"
        "Impossible de récupérer le fichier dossier-12/pieces_justificatives/budget-04-07-2025-16-03-7.xlsx\r\n"
        "Impossible de récupérer le fichier export/Projet - 24000001/statuts-24000001-01.pdf\n"
        "Impossible de récupérer le fichier orphelin.pdf\n"
        "Impossible de récupérer le fichier orphelin.pdf\n"
        "Impossible de récupérer le fichier export/20250901/312/b.pdf\n"
    )
    assert list(lire_erreurs(unicodedata.normalize("NFD", texte), (312,))) == [
        PieceEnErreur(numero=12, nom="budget.xlsx"),
        PieceEnErreur(numero=24000001, nom="statuts-24000001-01.pdf"),
        PieceEnErreur(numero=None, nom="orphelin.pdf"),
        PieceEnErreur(numero=312, nom="b.pdf"),
    ]


def test_what_systems_add_is_no_piece() -> None:
    assert parasite("__MACOSX/export/dossier-12/pieces_justificatives/._a.pdf")
    assert parasite("export/dossier-12/.DS_Store")
    assert parasite("export/bills/horodatage/a.json")
    assert not parasite("export/dossier-12/pieces_justificatives/a.pdf")
