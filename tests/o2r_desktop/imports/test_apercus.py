"""Workbooks, CSV and office documents as they are shown: French values, plain text, and no more than asked."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from o2r_desktop.errors import CancelledError
from o2r_desktop.imports import apercus, tables
from o2r_desktop.imports.apercus import Apercu, ApercuError, Limites, apercevoir
from o2r_desktop.imports.refus import ABIME, INCONNU, PROTEGE, TROP_LONG, RefusError
from o2r_desktop.imports.rtf import lire_rtf
from o2r_desktop.imports.textes import nettoyer
from tests.o2r_desktop.imports.bureaux import ODP, ODT, docx, ouvert, paragraphe, pptx, xlsx


def lu(chemin: Path) -> Apercu:
    """Read in this process, which is quicker."""
    recu = apercus._Recu()
    for message in apercus.lire(chemin):
        recu.prendre(message)
    return recu.apercu()


def test_a_child_reads_a_workbook(tmp_path: Path) -> None:
    lignes = [
        ["Poste", "Montant"],
        ["Salaires", 150_000.5],
        ["", datetime.fromisoformat("2025-08-13T14:30")],
        ["=1+1", True],
    ]
    classeur = xlsx(tmp_path / "piece.bin", Budget=lignes, Vide=[])
    premiere, seconde = apercevoir(classeur).feuilles
    assert (premiere.nom, premiere.hauteur, premiere.largeur, premiere.coupe) == ("Budget", 4, 2, False)
    assert premiere.lignes == (
        ("Poste", "Montant"), ("Salaires", "150\u202f000,5"), ("", "13/08/2025 14:30"), ("=1+1", "VRAI"),
    )  # fmt: skip
    assert [premiere.est_nombre(ligne, 1) for ligne in range(5)] == [False, True, True, False, False]
    assert (premiere.texte(0, 9), premiere.texte(99, 0), seconde.lignes) == ("", "", ())


@pytest.mark.parametrize(
    ("valeur", "dit"),
    [
        (2024.0, "2024"),
        (-2024.0, "−2024"),
        (75_011.0, "75\u202f011"),
        (12_345_678_900_012.0, "12345678900012"),
        (0.1 + 0.2, "0,3"),
        (1e300, "1e+300"),
        (1e-9, "1e-09"),
        (float("inf"), "inf"),
        (True, "VRAI"),
        (date(2025, 1, 2), "02/01/2025"),
        (time(9, 5, 7), "09:05:07"),
        (timedelta(hours=30, minutes=2), "30:02:00"),
    ],
)
def test_values_are_said_in_french(valeur: object, dit: str) -> None:
    assert tables.dire(valeur) == dit


def test_a_far_corner_and_a_hidden_sheet_keep_their_place(tmp_path: Path) -> None:
    import openpyxl

    classeur = openpyxl.Workbook()
    classeur.worksheets[0]["C3"] = "ici"
    classeur.create_sheet("Notes").sheet_state = "hidden"
    classeur.save(tmp_path / "a.xlsx")
    premiere, seconde = lu(tmp_path / "a.xlsx").feuilles
    assert (premiere.texte(2, 2), premiere.hauteur, premiere.largeur) == ("ici", 3, 3)
    assert seconde.nom == "Notes (masquée)"


def test_a_large_sheet_is_cut_and_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "LIGNES_MAX", 3)
    monkeypatch.setattr(tables, "COLONNES_MAX", 2)
    feuille = lu(xlsx(tmp_path / "a.xlsx", A=[["a", "b", "c"]] * 5)).feuilles[0]
    assert (feuille.lignes, feuille.coupe, feuille.hauteur, feuille.largeur) == ((("a", "b"),) * 3, True, 5, 3)
    monkeypatch.setattr(tables, "CELLULES_MAX", 4)
    assert len(lu(xlsx(tmp_path / "a.xlsx", A=[["a", "b"]] * 3)).feuilles[0].lignes) == 2


@pytest.mark.parametrize(
    ("octets", "lignes"),
    [
        ("Libellé;Montant\r\nété;1 500,50 €\r\n".encode("cp1252"), (("Libellé", "Montant"), ("été", "1 500,50 €"))),
        ("\ufeffa,b\n\"x,y\",2\n".encode(), (("a", "b"), ("x,y", "2"))),
        ("a\tb\n1\t2\n".encode("utf-16"), (("a", "b"), ("1", "2"))),
        (b"sep=|\na|b\n", (("a", "b"),)),
        (b"un seul mot\n", (("un seul mot",),)),
        ('a;"jamais fermé\nb;c'.encode(), (("a", "jamais fermé\nb;c"),)),
        ("a;=1+1;\u202eb\u200f\x07\n".encode(), (("a", "=1+1", "b"),)),
    ],
)  # fmt: skip
def test_a_csv_is_cut_where_it_is(tmp_path: Path, octets: bytes, lignes: tuple[tuple[str, ...], ...]) -> None:
    (tmp_path / "a").write_bytes(octets)
    assert lu(tmp_path / "a").feuilles[0].lignes == lignes


def test_numbers_of_a_csv_are_known(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("n;12;1 500,50 €;-3,5;12 %;0612a\n", "utf-8")
    feuille = lu(tmp_path / "a").feuilles[0]
    assert [feuille.est_nombre(0, c) for c in range(6)] == [False, True, True, True, True, False]


def test_a_word_document_gives_its_paragraphs_headings_and_tables(tmp_path: Path) -> None:
    cellules = f"<w:tc>{paragraphe('a')}{paragraphe('b')}</w:tc><w:tc>{paragraphe('c')}</w:tc>"
    corps = (
        f"{paragraphe('Début')}{paragraphe('Budget', 'Titre1')}<w:tbl><w:tr>{cellules}</w:tr></w:tbl>"
        "<w:p><w:del><w:r><w:t>ôté</w:t></w:r></w:del><w:r><w:t>x</w:t><w:tab/><w:t>y</w:t></w:r></w:p>"
    )
    assert lu(docx(tmp_path / "a", corps)).texte == "Début\n\nBudget\na b | c\nx\ty"


def test_open_documents_give_theirs(tmp_path: Path) -> None:
    corps = (
        "<text:h>Titre</text:h><text:p>Un<text:s text:c='3'/>deux<text:line-break/>trois "
        "<text:span>gras</text:span>"
        "<office:annotation><text:p>non</text:p></office:annotation></text:p><table:table><table:table-row>"
        "<table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p>"
        "</table:table-cell></table:table-row></table:table>"
    )
    assert lu(ouvert(tmp_path / "a", ODT, corps)).texte == "Titre\nUn   deux\ntrois gras\na | b"
    diapositives = "".join(f"<draw:page><text:p>{mot}</text:p></draw:page>" for mot in ("Un", "Deux"))
    assert lu(ouvert(tmp_path / "b", ODP, diapositives)).pages == (
        (1, "Diapositive 1\nUn"), (2, "Diapositive 2\nDeux"),
    )  # fmt: skip


def test_slides_are_pages(tmp_path: Path) -> None:
    assert lu(pptx(tmp_path / "a", *"abcdefghijk")).pages[9:] == (
        (10, "Diapositive 10\nj"), (11, "Diapositive 11\nk"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("corps", "lu"),
    [
        (rb"Montant {\deleted 100 000} 80 000", "Montant  80 000"),
        (rb"Montant \v cache\v0 80 000", "Montant 80 000"),
        (rb"Montant {\v cache}80 000", "Montant 80 000"),
        (rb"Montant \v cache\plain 80 000", "Montant 80 000"),
    ],
)
def test_what_an_rtf_hides_is_no_evidence(tmp_path: Path, corps: bytes, lu: str) -> None:
    chemin = tmp_path / "a.rtf"
    chemin.write_bytes(rb"{\rtf1\ansi " + corps + rb"\par}")
    assert "".join(m["texte"] for m in lire_rtf(chemin)).split() == lu.split()


@pytest.mark.parametrize(("val", "lu"), [("", "80 000"), (' w:val="0"', "100 000 80 000")])
def test_hidden_words_of_a_letter_are_no_evidence(tmp_path: Path, val: str, lu: str) -> None:
    corps = f"<w:p><w:r><w:rPr><w:vanish{val}/></w:rPr><w:t>100 000 </w:t></w:r><w:r><w:t>80 000</w:t></w:r></w:p>"
    assert apercevoir(docx(tmp_path / "a.docx", corps)).texte.strip() == lu


def test_rtf_gives_its_words(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(
        rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\*\generator x;}{\pict 00ff}Bonjour \'e9t\'e9\u8217?\b gras\b0\par "
        rb"Deux\cell trois\cell\row \{fin\}}"
    )
    assert lu(tmp_path / "a").texte == "Bonjour été’gras\nDeux | trois\n{fin}"


def test_long_texts_are_cut_and_their_lines_broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apercus, "TEXTE_MAX", 5_000)
    apercu = lu(docx(tmp_path / "a", paragraphe("é" * 9_000)))
    assert apercu.coupe
    assert len(apercu.texte.replace("\n", "")) == 5_000
    assert max(map(len, apercu.texte.split("\n"))) == apercus.LIGNE_MAX


def test_a_refusal_and_a_limit_come_back_as_sentences(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"PK\x03\x04" + bytes(50))
    with pytest.raises(ApercuError, match="abîmé"):
        apercevoir(tmp_path / "a")
    with pytest.raises(ApercuError) as levee:
        apercevoir(tmp_path / "a", limites=Limites(secondes=0.0))
    assert str(levee.value) in (TROP_LONG, ABIME)


def test_reading_can_be_given_up(tmp_path: Path) -> None:
    class Assez:
        def step(self, done: int, total: int, label: str) -> None:
            raise CancelledError("assez")

    with pytest.raises(CancelledError):
        apercevoir(xlsx(tmp_path / "a", A=[["a"]]), Assez())


def chiffre_ooxml(chemin: Path) -> Path:
    chemin.write_bytes(tables.OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"))
    return chemin


@pytest.mark.parametrize(
    ("faire", "phrase"),
    [
        (chiffre_ooxml, PROTEGE),
        (lambda c: ouvert(c, ODT, "", "<manifest:encryption-data/>"), PROTEGE),
        (lambda c: ouvert(c, "application/epub+zip", ""), INCONNU),
        (lambda c: Path(c.write_bytes(tables.OLE + bytes(600)) and c), INCONNU),
    ],
)
def test_what_is_locked_or_unknown_says_so(tmp_path: Path, faire: Callable[[Path], Path], phrase: str) -> None:
    with pytest.raises(RefusError) as levee:
        lu(faire(tmp_path / "a"))
    assert str(levee.value) == phrase


@settings(max_examples=60, deadline=None)
@given(
    octets=st.lists(
        st.sampled_from([b"{", b"}", b"\\par ", b"\\u8217 ?", b"\\'e9", b"\\*", b"\\uc0 ", b"a", b"\\"])
    )
)
def test_any_rtf_is_read(tmp_path_factory: pytest.TempPathFactory, octets: list[bytes]) -> None:
    chemin = tmp_path_factory.getbasetemp() / "libre.rtf"
    chemin.write_bytes(b"{\\rtf1 " + b"".join(octets))
    try:
        lignes = [ligne for message in lire_rtf(chemin) for ligne in message["texte"].split("\n")]
        assert lignes == [nettoyer(ligne) for ligne in lignes]
    except RefusError:
        assert octets.count(b"{") > 400
