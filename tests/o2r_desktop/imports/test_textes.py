"""Text of pieces: told by their bytes, page by page, and hostile files that cost one piece only."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from o2r_desktop.errors import CancelledError
from o2r_desktop.imports.textes import PAGE_MAX, TEXTE_MAX, EtatTexte, LecteurTextes, Limites, TextePiece, nettoyer


def rien() -> None:
    """Goes on."""


def pdf(chemin: Path, *pages: list[str]) -> Path:
    toile = Canvas(str(chemin), invariant=True)
    for lignes in pages:
        for rang, ligne in enumerate(lignes):
            toile.drawString(40, 780 - 14 * rang, ligne)
        toile.showPage()
    toile.save()
    return chemin


@pytest.fixture(scope="module")
def lecteur() -> Iterator[LecteurTextes]:
    with LecteurTextes() as ouvert:
        yield ouvert


def test_pages_of_a_pdf(lecteur: LecteurTextes, tmp_path: Path) -> None:
    chemin = pdf(tmp_path / "piece.bin", ["Budget prévisionnel", "des per-", "sonnes"], [], ["page trois"])
    assert lecteur.lire(chemin, rien) == TextePiece(
        etat=EtatTexte.LU, pages=3, textes=((1, "Budget prévisionnel\ndes personnes"), (3, "page trois"))
    )


def test_one_child_reads_many_pieces(tmp_path: Path) -> None:
    with LecteurTextes(Limites(pieces=2)) as lecteur:
        enfants = []
        for rang in range(3):
            assert lecteur.lire(pdf(tmp_path / f"{rang}.pdf", [f"mot{rang}"]), rien).textes == ((1, f"mot{rang}"),)
            enfants.append(lecteur._enfant.pid)
        assert enfants[0] is not None
        assert enfants[1] is None  # the second was its last
        assert enfants[2] not in (None, enfants[0])


def test_scan_has_no_text(lecteur: LecteurTextes, tmp_path: Path) -> None:
    assert lecteur.lire(pdf(tmp_path / "a.pdf", []), rien) == TextePiece(etat=EtatTexte.SANS_TEXTE, pages=1)


def test_locked_and_damaged_pdf_are_said(lecteur: LecteurTextes, tmp_path: Path) -> None:
    chemin = pdf(tmp_path / "a.pdf", ["secret"])
    with pikepdf.open(chemin) as document:
        document.save(tmp_path / "b.pdf", encryption=pikepdf.Encryption(owner="a", user="b"))
    assert lecteur.lire(tmp_path / "b.pdf", rien) == TextePiece(etat=EtatTexte.ILLISIBLE)
    chemin.write_bytes(chemin.read_bytes()[:300])
    assert lecteur.lire(chemin, rien).etat is EtatTexte.ILLISIBLE


@pytest.mark.parametrize(
    ("octets", "texte"),
    [
        ("Libellé;Montant\r\nété;1".encode(), "Libellé;Montant\nété;1"),
        ("\ufeffété".encode(), "été"),
        ("été".encode("cp1252"), "été"),
        ("été".encode("utf-16"), "été"),
        ("café".encode("cp1252"), "café"),
        (b"a" + "é".encode() * TEXTE_MAX, "a" + "é" * (TEXTE_MAX // 2 - 1)),  # cut in the middle of a character
        ("e\u0301te\u0301 \u202ecaché".encode(), "été caché"),
        (b"", None),
        (b"   ", None),
        (b"\x89PNG\r\n\x1a\n", None),
        (b"\xd0\xcf\x11\xe0\x00\x00", None),
        (b"{\\rtf1 texte}", "texte"),
        (b"octets\x00nuls", None),
    ],
    ids=range(13),
)
def test_other_kinds(lecteur: LecteurTextes, tmp_path: Path, octets: bytes, texte: str | None) -> None:
    (tmp_path / "piece.pdf").write_bytes(octets)
    lu = lecteur.lire(tmp_path / "piece.pdf", rien)
    attendu = TextePiece(etat=EtatTexte.SANS_TEXTE) if texte is None else TextePiece(
        etat=EtatTexte.LU, textes=((1, texte),)
    )  # fmt: skip
    assert lu == attendu


def test_long_page_is_cut(lecteur: LecteurTextes, tmp_path: Path) -> None:
    chemin = pdf(tmp_path / "a.pdf", [f"ligne {n} " + "x" * 400 for n in range(600)])
    ((page, texte),) = lecteur.lire(chemin, rien).textes
    assert page == 1
    assert PAGE_MAX // 2 < len(texte) <= PAGE_MAX


def test_child_that_dies_or_lingers_costs_one_piece(tmp_path: Path) -> None:
    lent = pdf(tmp_path / "lent.pdf", *[["mot " * 20] * 50] * 400)
    court = pdf(tmp_path / "court.pdf", ["mot"])
    with LecteurTextes(Limites(secondes=0.0)) as lecteur:
        assert lecteur.lire(lent, rien).etat is EtatTexte.ILLISIBLE
        assert lecteur._enfant.pid is None
    with LecteurTextes() as lecteur:
        tours = iter(range(99))

        def tuer() -> None:
            if next(tours) == 3 and lecteur._enfant.pid is not None:
                os.kill(lecteur._enfant.pid, signal.SIGTERM)

        lu = lecteur.lire(lent, tuer)
        assert lu.etat is EtatTexte.ILLISIBLE
        assert len(lu.textes) < 400
        assert lecteur.lire(court, rien).textes == ((1, "mot"),)


def test_giving_up_ends_the_child(tmp_path: Path) -> None:
    def arret() -> None:
        raise CancelledError("stop")

    with LecteurTextes() as lecteur:
        with pytest.raises(CancelledError):
            lecteur.lire(pdf(tmp_path / "a.pdf", ["mot"]), arret)
        assert lecteur._enfant.pid is None
        with pytest.raises(FileNotFoundError):
            lecteur.lire(tmp_path / "absent.pdf", rien)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300), st.booleans())
def test_no_bytes_fail(lecteur: LecteurTextes, tmp_path: Path, octets: bytes, entete: bool) -> None:
    (tmp_path / "piece").write_bytes(b"%PDF-1.7\n" * entete + octets)
    assert lecteur.lire(tmp_path / "piece", rien).etat in EtatTexte


def test_cleaning() -> None:
    assert nettoyer("re\u00ad\nmobi\u0002\r\nliser, o\ufb03ce\u0007 ") == "remobiliser, office"
