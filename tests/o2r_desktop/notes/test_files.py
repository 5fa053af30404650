"""A note is written whole or not at all, under a safe name."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from o2r_desktop.errors import NoteTargetError
from o2r_desktop.notes.files import LONGUEUR_MAX, nom_fichier, prepare_folder, write

NOM = "note_24000012.pdf"
RACINE = Path(__file__).resolve().parents[3]


def test_writes_and_tells_the_fingerprint(tmp_path: Path) -> None:
    ecrit = write(b"%PDF", tmp_path, NOM)
    assert ecrit.chemin == tmp_path / NOM
    assert ecrit.chemin.read_bytes() == b"%PDF"
    assert ecrit.sha256 == hashlib.sha256(b"%PDF").hexdigest()
    assert [p.name for p in tmp_path.iterdir()] == [NOM]


def test_replaces_a_former_note(tmp_path: Path) -> None:
    write(b"ancien", tmp_path, NOM)
    write(b"nouveau", tmp_path, NOM)
    assert (tmp_path / NOM).read_bytes() == b"nouveau"
    assert [p.name for p in tmp_path.iterdir()] == [NOM]


def test_missing_folder_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(NoteTargetError, match="n’existe pas"):
        write(b"x", tmp_path / "absent", NOM)


def test_a_folder_in_the_way_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / NOM).mkdir()
    with pytest.raises(NoteTargetError, match="est un dossier"):
        write(b"x", tmp_path, NOM)
    assert [p.name for p in tmp_path.iterdir()] == [NOM]


def test_a_name_too_long_for_the_disk_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(NoteTargetError, match="n’est pas un nom de fichier"):
        write(b"x", tmp_path, "n" * 300 + ".pdf")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "nom", ["", ".", "..", "a/b.pdf", "../x.pdf", "con.pdf", "LPT1", "nul\0.pdf", "NUL.txt.pdf"]
)
def test_a_name_that_is_no_file_name_is_refused(tmp_path: Path, nom: str) -> None:
    with pytest.raises(NoteTargetError, match="n’est pas un nom de fichier"):
        write(b"x", tmp_path, nom)


def test_folder_is_made(tmp_path: Path) -> None:
    prepare_folder(tmp_path / "a" / "b")
    prepare_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()


def test_a_file_in_place_of_the_folder_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")
    with pytest.raises(NoteTargetError, match="ne peut pas être créé"):
        prepare_folder(tmp_path / "a")
    with pytest.raises(NoteTargetError, match="ne peut pas être créé"):
        prepare_folder(tmp_path / "a" / "b")


@pytest.mark.parametrize(
    ("porteur", "attendu"),
    [
        ("Passerelle des Mauges", "note_7_passerelle-des-mauges.pdf"),
        ("Œuvre d’Été – n° 2", "note_7_oeuvre-d-ete-n-2.pdf"),
        ("", "note_7.pdf"),
        ("\u6f22\u5b57 <>:/\\|?*", "note_7.pdf"),
        ("../../etc/passwd", "note_7_etc-passwd.pdf"),
        ("CON", "note_7_con.pdf"),
    ],
)
def test_names(porteur: str, attendu: str) -> None:
    assert nom_fichier(7, porteur) == attendu


@settings(max_examples=100, deadline=None)
@given(st.integers(min_value=1, max_value=10**12), st.text(max_size=300))
def test_any_name_is_safe(numero: int, porteur: str) -> None:
    nom = nom_fichier(numero, porteur)
    assert len(nom) <= LONGUEUR_MAX
    assert set(nom) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_.")
    assert nom.startswith(f"note_{numero}")
    assert nom.endswith(".pdf")
    assert nom.count(".") == 1


_DISQUE_PLEIN = """
import resource, sys
from pathlib import Path
from o2r_desktop.errors import NoteTargetError
from o2r_desktop.notes.files import write
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    write(b"x" * 5000, Path(sys.argv[1]), sys.argv[2])
except NoteTargetError as erreur:
    sys.stdout.buffer.write(str(erreur).encode())
"""


def test_what_the_system_refuses_is_a_sentence_and_changes_nothing(tmp_path: Path) -> None:
    """A disk that is full (a limit on the size of files), or on Windows a note that is open in a reader."""
    cible = write(b"ancienne", tmp_path, NOM).chemin
    if sys.platform == "win32":
        with cible.open("rb"), pytest.raises(NoteTargetError, match="fermez-la"):
            write(b"nouvelle", tmp_path, NOM)
    else:
        commande = [sys.executable, "-c", _DISQUE_PLEIN, str(tmp_path), NOM]
        dit = subprocess.run(commande, capture_output=True, check=True, cwd=RACINE, timeout=30).stdout.decode()
        assert "ne peut pas être écrite" in dit
        assert "disque" in dit
    assert cible.read_bytes() == b"ancienne"
    assert [p.name for p in tmp_path.iterdir()] == [NOM]
