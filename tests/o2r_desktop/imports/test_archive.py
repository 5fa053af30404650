"""Archives of pieces: what their directory says, what their bytes must be, and what is refused at once."""

import shutil
import tracemalloc
import unicodedata
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from o2r_desktop.dossiers.model import GenrePiece
from o2r_desktop.dossiers.pieces import PieceEnErreur
from o2r_desktop.errors import ExportError, ExportFormatError, ExportTooLargeError, ExportUnreadableError
from o2r_desktop.imports import archive as lecteur
from o2r_desktop.imports.archive import is_archive, open_pieces, read_archive
from tests.o2r_desktop.archives import DATE, NOM, archive, deposee, standard, zip_brut

EXPORTS = Path(__file__).parents[2] / "data" / "exports"
CHEMIN = deposee(12, "a.pdf")


def octets(chemin: Path) -> dict[str, bytes]:
    lue = read_archive(chemin)
    return {piece.nom: flux.read() for piece, flux in open_pieces(lue, lue.pieces)}


def test_standard_archive_is_read_whole(tmp_path: Path) -> None:
    chemin = standard(tmp_path / NOM, {12: {"a.pdf": b"un", "b.pdf": b""}, 13: {"a.pdf": b"deux"}})
    lue = read_archive(chemin)
    assert (lue.fichier, lue.demarche, f"{lue.date_fichier:%Y-%m-%d_%H-%M}") == (NOM, "offre-de-reperage", DATE)
    assert [(p.numero, p.nom, p.taille, p.genre) for p in lue.pieces] == [
        (12, "a.pdf", 2, GenrePiece.PIECE),
        (12, "b.pdf", 0, GenrePiece.PIECE),
        (13, "a.pdf", 4, GenrePiece.PIECE),
    ]
    assert [(p.numero, flux.read()) for p, flux in open_pieces(lue, lue.pieces)] == [
        (12, b"un"),
        (12, b""),
        (13, b"deux"),
    ]
    assert lue.numeros == (12, 13)


def test_fingerprint_is_that_of_the_content(tmp_path: Path) -> None:
    un = read_archive(standard(tmp_path / "1.zip", {12: {"a.pdf": b"un"}}))
    meme = read_archive(archive(tmp_path / "2.zip", {CHEMIN: b"un"}, zipfile.ZIP_DEFLATED))
    autre = read_archive(standard(tmp_path / "3.zip", {12: {"a.pdf": b"nu"}}))
    assert un.empreinte == meme.empreinte != autre.empreinte


def test_archives_are_told_from_workbooks(tmp_path: Path) -> None:
    exports = {c.suffix: c for c in EXPORTS.iterdir()}
    assert is_archive(standard(tmp_path / "sans_extension", {12: {"a.pdf": b"x"}}))
    assert not is_archive(exports[".xlsx"])
    assert not is_archive(exports[".csv"])
    assert not is_archive(Path(shutil.copy(exports[".xlsx"], tmp_path / "classeur.zip")))
    assert not is_archive(
        archive(tmp_path / "a.ods", {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"})
    )
    assert not is_archive(tmp_path / "absent.zip")
    assert not is_archive(tmp_path)
    tronquee = tmp_path / "t.zip"
    tronquee.write_bytes(b"PK\x03\x04" + b"\0" * 100)
    assert is_archive(tronquee)


def test_list_of_errors_is_read(tmp_path: Path) -> None:
    texte = "Impossible de récupérer le fichier dossier-12/pieces_justificatives/budget.xlsx\n"
    chemin = archive(tmp_path / NOM, {"export/-LISTE-DES-FICHIERS-EN-ERREURS.txt": texte.encode(), CHEMIN: b"x"})
    assert read_archive(chemin).en_erreur == (PieceEnErreur(numero=12, nom="budget.xlsx"),)
    ancien = archive(tmp_path / "b.zip", {"export/LISEZMOI.txt": texte.encode("cp1252"), CHEMIN: b"x"})
    assert read_archive(ancien).en_erreur == (PieceEnErreur(numero=12, nom="budget.xlsx"),)


@pytest.mark.parametrize(
    ("nom", "drapeaux"),
    [
        ("é-À-œ.pdf".encode(), 0x800),
        ("é-À-œ.pdf".encode(), 0),
        (unicodedata.normalize("NFD", "é-À-œ.pdf").encode(), 0x800),
    ],
)
def test_names_in_utf_8_flagged_or_not(tmp_path: Path, nom: bytes, drapeaux: int) -> None:
    chemin = zip_brut(tmp_path / "a.zip", [(b"export/dossier-12/pieces_justificatives/" + nom, b"x", drapeaux)])
    assert octets(chemin) == {"é-À-œ.pdf": b"x"}


@pytest.mark.parametrize(("page", "nom"), [("cp437", "été à l'ïle.pdf"), ("cp850", "ÉTÉ À L'ÎLE.pdf")])
def test_names_of_a_windows_without_unicode(tmp_path: Path, page: str, nom: str) -> None:
    brut = f"export\\dossier-12\\pieces_justificatives\\{nom}".encode(page)
    assert octets(zip_brut(tmp_path / "a.zip", [(brut, b"x", 0)])) == {nom: b"x"}


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_equal_paths_are_kept_apart(tmp_path: Path) -> None:
    chemin = tmp_path / "a.zip"
    with zipfile.ZipFile(chemin, "w") as zip_:
        for contenu in ("un", "deux", "trois"):
            zip_.writestr("export/dossier-12/devis-12-01.pdf", contenu)
    lue = read_archive(chemin)
    assert [p.nom for p in lue.pieces] == ["devis-12-01.pdf"] * 3
    assert len({p.chemin for p in lue.pieces}) == 3
    assert [flux.read() for _, flux in open_pieces(lue, lue.pieces)] == [b"un", b"deux", b"trois"]


def test_long_names_and_nested_archives_are_plain_files(tmp_path: Path) -> None:
    long = "é" * 110 + ".pdf"
    dedans = archive(tmp_path / "dedans.zip", {"../../piege": b"x"}).read_bytes()
    chemin = standard(tmp_path / NOM, {12: {long: b"x", "dedans.zip": dedans}})
    assert octets(chemin) == {long: b"x", "dedans.zip": dedans}


def test_files_of_no_dossier_are_told_and_left(tmp_path: Path) -> None:
    chemin = archive(tmp_path / NOM, {CHEMIN: b"x", "export/lisez.pdf": b"x", "export/bills/a.json": b"x"})
    lue = read_archive(chemin)
    assert [p.nom for p in lue.pieces] == ["a.pdf"]
    (anomalie,) = lue.anomalies
    assert "1\u00a0fichier hors de tout dossier" in anomalie.quoi
    assert "lisez.pdf" in anomalie.quoi


def test_files_under_several_numbers_are_told_and_left(tmp_path: Path) -> None:
    ambigus = {f"export/Dossier 23456789 (remplace 23456001)/{nom}.pdf": b"x" for nom in "ab"}
    chemin = archive(tmp_path / NOM, {CHEMIN: b"x", "export/c.pdf": b"x", **ambigus})
    lue = read_archive(chemin, (23456789, 23456001))
    assert [p.numero for p in lue.pieces] == [12]
    dehors, plusieurs = lue.anomalies
    assert dehors.quoi.startswith("1\u00a0fichier hors de tout dossier, laissé de côté")
    assert plusieurs.quoi.startswith("2\u00a0fichiers sous plusieurs numéros de dossier")
    assert "b.pdf" in plusieurs.quoi
    seuls = read_archive(archive(tmp_path / "seuls.zip", ambigus), (23456789,))
    assert (seuls.pieces, [a.quoi for a in seuls.anomalies]) == ((), [plusieurs.quoi])


def _entrees(nombre: int) -> Callable[[Path], Path]:
    return lambda c: archive(c, {f"export/dossier-12/{i}": b"" for i in range(nombre)})


def _tronquer(c: Path) -> Path:
    standard(c, {12: {"a.pdf": b"x" * 1000}})
    c.write_bytes(c.read_bytes()[:-30])
    return c


def _recouvrir(c: Path) -> Path:
    """Make two entries of the directory name the same bytes."""
    standard(c, {12: {"a.pdf": b"x" * 1000, "b.pdf": b"x" * 1000}})
    brut = bytearray(c.read_bytes())
    seconde = brut.rindex(b"PK\x01\x02")
    brut[seconde + 42 : seconde + 46] = b"\0\0\0\0"
    c.write_bytes(brut)
    return c


@pytest.mark.parametrize(
    ("fabrique", "erreur", "mot"),
    [
        (lambda c: archive(c, {"../a.pdf": b"x"}), ExportFormatError, "chemin interdit"),
        (lambda c: archive(c, {"export/dossier-12/../../a.pdf": b"x"}), ExportFormatError, "chemin interdit"),
        (lambda c: archive(c, {"/etc/passwd": b"x"}), ExportFormatError, "chemin interdit"),
        (lambda c: archive(c, {"C:\\dossier-12\\a.pdf": b"x"}), ExportFormatError, "chemin interdit"),
        (lambda c: archive(c, {"export\\dossier-12\\..\\a.pdf": b"x"}), ExportFormatError, "chemin interdit"),
        (lambda c: archive(c, {"lisez.txt": b"x"}), ExportFormatError, "aucun dossier"),
        (lambda c: archive(c, {}), ExportFormatError, "aucun dossier"),
        (lambda c: archive(c, {CHEMIN: b"x"}, zipfile.ZIP_LZMA), ExportFormatError, "comprimé"),
        (lambda c: zip_brut(c, [(CHEMIN.encode(), b"x", 1)]), ExportUnreadableError, "mot de passe"),
        (lambda c: archive(c, {CHEMIN: b"\0" * 20_000_000}, zipfile.ZIP_DEFLATED), ExportTooLargeError, "démesuré"),
        (lambda c: zip_brut(c, [(CHEMIN.encode(), b"x", 0)], declare=2**31), ExportTooLargeError, "démesuré"),
        (_tronquer, ExportUnreadableError, "abîmé"),
        (_recouvrir, ExportUnreadableError, "abîmé"),
    ],
)
def test_hostile_archives_are_refused_by_name(
    tmp_path: Path, fabrique: Callable[[Path], Path], erreur: type[ExportError], mot: str
) -> None:
    chemin = fabrique(tmp_path / "piege.zip")
    with pytest.raises(erreur) as refus:
        read_archive(chemin)
    assert mot in str(refus.value)
    assert "«\u00a0piege.zip\u00a0»" in str(refus.value)


def test_many_small_bombs_are_refused_together(tmp_path: Path) -> None:
    bombes = {deposee(12, f"{i}.txt"): b"\0" * 9_000_000 for i in range(25)}
    with pytest.raises(ExportTooLargeError, match="démesuré"):
        read_archive(archive(tmp_path / "a.zip", bombes, zipfile.ZIP_DEFLATED))


def test_too_many_files_are_refused_before_they_cost_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chemin = _entrees(50)(tmp_path / "a.zip")
    monkeypatch.setattr(lecteur, "ENTREES_MAX", 49)
    with pytest.raises(ExportTooLargeError, match="plus de 49 fichiers"):
        read_archive(chemin)
    monkeypatch.setattr(lecteur, "ENTREES_MAX", 50)
    assert len(read_archive(chemin).pieces) == 50
    monkeypatch.setattr(lecteur, "REPERTOIRE_MAX", 100)
    with pytest.raises(ExportTooLargeError):
        read_archive(chemin)


def test_missing_and_closed_files_say_so(tmp_path: Path) -> None:
    with pytest.raises(ExportUnreadableError, match="n’existe pas"):
        read_archive(tmp_path / "absente.zip")
    with pytest.raises(ExportUnreadableError, match="ne peut pas être ouvert"):
        read_archive(tmp_path)


def test_damaged_bytes_are_told_while_they_are_read(tmp_path: Path) -> None:
    chemin = standard(tmp_path / NOM, {12: {"a.pdf": b"intacte", "b.pdf": b"A" * 5000}})
    brut = bytearray(chemin.read_bytes())
    brut[brut.index(b"A" * 5000) + 2500] = ord("B")
    chemin.write_bytes(brut)
    lue = read_archive(chemin)
    flux = open_pieces(lue, lue.pieces)
    assert next(flux)[1].read() == b"intacte"
    with pytest.raises(ExportUnreadableError, match=r"«\u00a0b\.pdf\u00a0»"):
        next(flux)[1].read()


def test_a_member_gives_what_it_declared_and_no_more(tmp_path: Path) -> None:
    """A stored member that claims fewer bytes than it has, or more, is not the file of its checksum."""
    for declare in (3, 12):
        chemin = zip_brut(tmp_path / f"{declare}.zip", [(CHEMIN.encode(), b"bonjour", 0)], declare=declare)
        lue = read_archive(chemin)
        with pytest.raises(ExportUnreadableError, match="abîmé"):
            [flux.read() for _, flux in open_pieces(lue, lue.pieces)]


def test_an_archive_that_changed_is_refused(tmp_path: Path) -> None:
    chemin = standard(tmp_path / NOM, {12: {"a.pdf": b"avant"}})
    lue = read_archive(chemin)
    standard(chemin, {12: {"a.pdf": b"apres"}})
    with pytest.raises(ExportUnreadableError, match="a changé"):
        next(open_pieces(lue, lue.pieces))


def test_big_files_are_streamed(tmp_path: Path) -> None:
    chemin = standard(tmp_path / NOM, {12: {"gros.pdf": b"\1" * 40_000_000}})
    lue = read_archive(chemin)
    tracemalloc.start()
    try:
        total = 0
        for _, flux in open_pieces(lue, lue.pieces):
            while bloc := flux.read(2**20):
                total += len(bloc)
        assert total == 40_000_000
        assert tracemalloc.get_traced_memory()[1] < 8 * 2**20
    finally:
        tracemalloc.stop()


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=6), st.integers(0, 400))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_altered_bytes_are_refused_or_read_never_a_crash(
    tmp_path: Path, touches: list[tuple[int, int]], coupe: int
) -> None:
    chemin = archive(
        tmp_path / "a.zip", {CHEMIN: b"bonjour" * 9, "export/LISEZMOI.txt": b"x"}, zipfile.ZIP_DEFLATED
    )
    brut = bytearray(chemin.read_bytes())
    for place, octet in touches:
        brut[place % len(brut)] = octet
    chemin.write_bytes(brut[: len(brut) - coupe % 50])
    is_archive(chemin)
    with suppress(ExportError):
        lue = read_archive(chemin)
        for piece, flux in open_pieces(lue, lue.pieces):
            assert len(flux.read()) == piece.taille
