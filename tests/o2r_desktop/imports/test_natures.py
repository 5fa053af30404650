"""What a received file is: its first bytes say it, and its name never opens a door."""

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from o2r_desktop.errors import CancelledError, StoreUnavailableError
from o2r_desktop.imports import natures
from o2r_desktop.imports.natures import Nature, copier, examiner, nom_sur
from o2r_desktop.progress import SilentReporter

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(20)


def fichier(dossier: Path, octets: bytes) -> Path:
    chemin = dossier / "octets"
    chemin.write_bytes(octets)
    return chemin


@pytest.mark.parametrize(
    ("nom", "octets", "nature", "extension"),
    [
        ("a.pdf", b"%PDF-1.4\n", Nature.PDF, ".pdf"),
        ("a.docx", b"\n%PDF-1.4\n", Nature.PDF, ".pdf"),
        ("photo.pdf", PNG, Nature.IMAGE, ".png"),
        ("p.jpeg", b"\xff\xd8\xff\xe0", Nature.IMAGE, ".jpg"),
        ("p.gif", b"GIF89a", Nature.IMAGE, ".gif"),
        ("p.webp", b"RIFF\0\0\0\0WEBPVP8 ", Nature.IMAGE, ".webp"),
        ("p.bmp", b"BM" + bytes(12) + (40).to_bytes(4, "little"), Nature.IMAGE, ".bmp"),
        ("budget.xlsx", b"PK\x03\x04" + bytes(30), Nature.TABLEAU, ".xlsx"),
        ("lettre.odt", b"PK\x03\x04" + bytes(30), Nature.DOCUMENT, ".odt"),
        ("tout.zip", b"PK\x03\x04" + bytes(30), Nature.AUTRE, ".zip"),
        ("ancien.xls", OLE, Nature.TABLEAU, ".xls"),
        ("ancien.doc", OLE, Nature.AUTRE, ".doc"),
        ("secret.docx", OLE + "EncryptedPackage".encode("utf-16-le"), Nature.AUTRE, ".docx"),
        ("secret.docx", OLE, Nature.AUTRE, ""),
        ("lettre.rtf", b"{\\rtf1 a}", Nature.DOCUMENT, ".rtf"),
        ("lignes.CSV", b"a;b\n1;2\n", Nature.TABLEAU, ".csv"),
        ("note", "Été\n".encode(), Nature.TEXTE, ".txt"),
        ("note.json", b"{}", Nature.TEXTE, ".txt"),
        ("note.txt", "Été".encode("utf-16"), Nature.TEXTE, ".txt"),
    ],
)
def test_bytes_say_what_it_is(tmp_path: Path, nom: str, octets: bytes, nature: Nature, extension: str) -> None:
    lu = examiner(fichier(tmp_path, octets), nom)
    assert (lu.nature, lu.extension, lu.taille) == (nature, extension, len(octets))


@pytest.mark.parametrize(
    ("nom", "octets"),
    [
        ("facture.pdf.exe", b"%PDF-1.4\n"),
        ("facture.pdf", b"MZ\x90\x00"),
        ("lettre.txt", b"#!/bin/sh\nrm -rf ~\n"),
        ("raccourci.pdf", b"L\x00\x00\x00\x01\x14\x02\x00"),
        ("page.HTML", b"bonjour"),
        ("page.txt", b"<!DOCTYPE html><p>a"),
        ("dessin.png", b"<svg onload='x'/>"),
        ("fait.bat ", b"echo"),
        ("fait.ps1.", b"echo"),
        ("budget.xlsm", b"PK\x03\x04" + bytes(30)),
        ("inconnu.xlsx", bytes(40)),
        ("vide.pdf", b""),
        ("tout.jar", b"PK\x03\x04" + bytes(30)),
    ],
)
def test_what_a_system_would_run_is_never_opened(tmp_path: Path, nom: str, octets: bytes) -> None:
    lu = examiner(fichier(tmp_path, octets), nom)
    assert lu.extension == ""
    assert lu.avertissement


def test_a_text_is_read_up_to_its_bound_and_its_lines_are_broken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(natures, "TEXTE_MAX", 5_000)
    lu = examiner(fichier(tmp_path, ("é" * 9_000).encode()), "a.txt")
    assert lu.coupe
    assert len(lu.texte.replace("\n", "")) <= 5_000
    assert max(map(len, lu.texte.split("\n"))) == natures.LIGNE_MAX
    entier = examiner(fichier(tmp_path, b"caf\xe9\r\nun"), "a.txt")
    assert (entier.texte, entier.coupe) == ("café\nun", False)


def test_a_text_cannot_turn_its_direction(tmp_path: Path) -> None:
    assert examiner(fichier(tmp_path, "a\u202eb\n".encode()), "a.txt").texte == "ab"


def test_a_file_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailableError, match="rib"):
        examiner(tmp_path / "absent", "rib.pdf")


@given(st.text(max_size=300), st.sampled_from(["", ".pdf", ".txt"]))
def test_a_name_is_safe_on_every_system(nom: str, extension: str) -> None:
    sur = nom_sur(nom, extension)
    assert sur.endswith(extension)
    assert 0 < len(sur) <= 80
    assert not set(sur) & set('/\\<>:"|?*\0\n\t\u202e')
    assert sur == sur.strip(" ")
    assert sur.strip(".")
    assert sur.partition(".")[0].lower() not in {"con", "nul", "com1", "lpt9"}
    assert Path(sur).name == sur


def test_a_name_keeps_its_words_and_takes_the_true_end() -> None:
    assert nom_sur("Comptes annuels 2024.docx", ".pdf") == "Comptes annuels 2024.pdf"
    assert nom_sur("../../etc/cron.d/x.txt", ".txt") == "x.txt"
    assert nom_sur("NUL.txt", ".txt") == "piece NUL.txt"
    assert nom_sur("facture.pdf.exe", "") == "facture.pdf.exe"


class Arret(SilentReporter):
    def step(self, done: int, total: int, label: str) -> None:
        raise CancelledError("arrêt")


def test_a_copy_is_whole_or_not_there(tmp_path: Path) -> None:
    source = tmp_path / "source"
    with zipfile.ZipFile(source, "w") as archive:
        archive.writestr("a", bytes(3_000_000))
    cible = tmp_path / "copie.zip"
    with pytest.raises(CancelledError):
        copier(source, cible, Arret())
    assert sorted(p.name for p in tmp_path.iterdir()) == ["source"]
    assert copier(source, cible, SilentReporter(), lecture_seule=True).read_bytes() == source.read_bytes()
    assert not cible.stat().st_mode & 0o222
    with pytest.raises(StoreUnavailableError, match="place et les droits"):
        copier(source, tmp_path / "absent" / "copie.zip", SilentReporter())
