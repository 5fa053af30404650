"""One writer at a time, across processes; the dead hold nothing."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from o2r_desktop.errors import StoreLockedError
from o2r_desktop.store.connection import Campagne, identite, open_campagne
from o2r_desktop.store.lock import prendre
from tests.o2r_desktop.store.conftest import MAINTENANT, creer

RACINE = Path(__file__).parents[3]
AUTRE = """
import pathlib, sys
from o2r_desktop.store.connection import open_campagne
from tests.o2r_desktop.store.conftest import MAINTENANT
campagne = open_campagne(pathlib.Path(sys.argv[1]), now=MAINTENANT)
print("ouverte", flush=True)
sys.stdin.read()
"""


@contextmanager
def autre_processus(dossier: Path) -> Iterator["subprocess.Popen[str]"]:
    with subprocess.Popen(
        [sys.executable, "-c", AUTRE, str(dossier)],
        cwd=RACINE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as processus:  # fmt: skip
        assert processus.stdout is not None
        assert processus.stdout.readline() == "ouverte\n"
        try:
            yield processus
        finally:
            processus.kill()


def test_second_process_is_refused_and_told_who_and_since_when(tmp_path: Path) -> None:
    creer(tmp_path / "c").close()
    with autre_processus(tmp_path / "c") as processus:
        with pytest.raises(StoreLockedError) as refus:
            open_campagne(tmp_path / "c")
        assert f"(processus {processus.pid})" in str(refus.value)
        assert "depuis le 01/09/2025 à 10:00" in str(refus.value)
        with open_campagne(tmp_path / "c", lecture_seule=True) as lecteur:
            assert identite(lecteur).nom == "AMI d’essai"
        processus.kill()
        processus.wait()
        open_campagne(tmp_path / "c").close()


def test_same_process_is_refused_too(campagne: Campagne) -> None:
    with pytest.raises(StoreLockedError, match="déjà ouverte"):
        open_campagne(campagne.dossier)


def test_refusal_does_not_free_the_holder(campagne: Campagne) -> None:
    for _ in range(2):
        with pytest.raises(StoreLockedError):
            open_campagne(campagne.dossier)


def test_closed_campagne_opens_again(campagne: Campagne) -> None:
    campagne.close()
    campagne.close()
    open_campagne(campagne.dossier).close()


@pytest.mark.parametrize("texte", [b"", b"{", b"[]", b"\xff", b'{"depuis": "hier"}'])
def test_unreadable_holder_is_somebody(texte: bytes, tmp_path: Path) -> None:
    verrou = prendre(tmp_path, MAINTENANT)
    (tmp_path / "verrou").write_bytes(texte)
    with pytest.raises(StoreLockedError, match="est déjà ouverte\u00a0:"):
        prendre(tmp_path, MAINTENANT)
    verrou.liberer()


def test_failed_opening_gives_the_lock_back(tmp_path: Path) -> None:
    creer(tmp_path / "c").close()
    fichier = tmp_path / "c" / "o2r.db"
    bon = fichier.read_bytes()
    fichier.write_bytes(b"x" * 5000)
    for _ in range(2):
        with pytest.raises(Exception, match="n’est pas une campagne"):
            open_campagne(tmp_path / "c")
    fichier.write_bytes(bon)
    open_campagne(tmp_path / "c").close()
