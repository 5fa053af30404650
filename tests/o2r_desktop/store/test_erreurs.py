"""Each failure of SQLite, real wherever one can be made, becomes one French sentence."""

import errno
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from o2r_desktop.errors import (
    NotAStoreError,
    StoreCorruptError,
    StoreError,
    StoreLockedError,
    StoreUnavailableError,
)
from o2r_desktop.store import base, dossiers
from o2r_desktop.store.connection import Campagne, ecriture, open_campagne
from o2r_desktop.store.erreurs import erreur_store, traduire
from tests.o2r_desktop.store.conftest import MAINTENANT, creer, lu, plan

RACINE = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("nom", "genre"),
    [
        ("SQLITE_BUSY", StoreLockedError),
        ("SQLITE_BUSY_SNAPSHOT", StoreLockedError),
        ("SQLITE_LOCKED_SHAREDCACHE", StoreLockedError),
        ("SQLITE_READONLY_DBMOVED", StoreUnavailableError),
        ("SQLITE_IOERR_WRITE", StoreUnavailableError),
        ("SQLITE_CORRUPT_INDEX", StoreCorruptError),
        ("SQLITE_FULL", StoreUnavailableError),
        ("SQLITE_CANTOPEN_ISDIR", StoreUnavailableError),
        ("SQLITE_NOTADB", NotAStoreError),
    ],
)
def test_code_becomes_a_sentence_that_names_the_folder(nom: str, genre: type[StoreError], tmp_path: Path) -> None:
    brute = sqlite3.OperationalError("english")
    brute.sqlite_errorname = nom
    traduite = erreur_store(brute, tmp_path / "été")
    assert type(traduite) is genre
    assert str(tmp_path / "été") in str(traduite)
    assert str(traduite).endswith(".")
    assert "english" not in str(traduite)


@pytest.mark.parametrize("sql", ["SELECT * FROM absente", "INSERT INTO campagne (id) VALUES (2)"])
def test_bug_is_not_translated(campagne: Campagne, sql: str) -> None:
    with pytest.raises(sqlite3.Error), traduire(campagne.dossier):
        campagne.db.execute(sql)


@pytest.mark.parametrize(
    ("code", "mot"), [(errno.ENOSPC, "place"), (errno.EROFS, "lecture seule"), (errno.EIO, "support")]
)
def test_failure_of_the_system_is_translated(code: int, mot: str, tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailableError, match=mot), traduire(tmp_path):
        raise OSError(code, "english")


def test_garbage_is_no_campagne(tmp_path: Path) -> None:
    (tmp_path / "o2r.db").write_bytes(b"rien de SQLite" * 500)
    with pytest.raises(NotAStoreError, match="n’est pas une campagne"):
        open_campagne(tmp_path)


@pytest.mark.parametrize("contenu", [b"", None])
def test_empty_file_or_foreign_database_is_no_campagne(contenu: bytes | None, tmp_path: Path) -> None:
    fichier = tmp_path / "o2r.db"
    if contenu is None:
        conn = sqlite3.connect(fichier)
        conn.execute("CREATE TABLE t (a)")
        conn.close()
    else:
        fichier.write_bytes(contenu)
    avant = fichier.read_bytes()
    with pytest.raises(NotAStoreError):
        open_campagne(tmp_path)
    assert fichier.read_bytes() == avant


def test_damaged_pages_are_told(tmp_path: Path) -> None:
    with creer(tmp_path / "c") as campagne:
        dossiers.apply(campagne, plan(*map(lu, range(1, 300))), auteur="C", now=MAINTENANT)
    fichier = tmp_path / "c" / "o2r.db"
    octets = bytearray(fichier.read_bytes())
    octets[4096 * 3 :] = b"\xaa" * (len(octets) - 4096 * 3)
    fichier.write_bytes(octets)
    with pytest.raises(StoreCorruptError, match="restaurez"), open_campagne(tmp_path / "c") as abimee:
        dossiers.list_apercus(abimee)


def test_full_disk_is_told_and_nothing_is_written(remplie: Campagne) -> None:
    pages = base.pragma(remplie.db, "page_count")
    remplie.db.execute(f"PRAGMA max_page_count = {pages}")
    gros = tuple(lu(n, "x" * 5000) for n in range(10, 60))
    with pytest.raises(StoreUnavailableError, match="plus de place"):
        dossiers.apply(remplie, plan(*gros), auteur="C", now=MAINTENANT)
    assert sorted(dossiers.known(remplie)) == [1, 2, 3]


def test_writing_while_read_only_is_told(remplie: Campagne) -> None:
    with (
        open_campagne(remplie.dossier, lecture_seule=True) as lecteur,
        pytest.raises(StoreUnavailableError, match="lecture seule"),
    ):
        dossiers.apply(lecteur, plan(lu(9)), auteur="C", now=MAINTENANT)


def test_busy_database_is_told(remplie: Campagne) -> None:
    autre = sqlite3.connect(remplie.dossier / "o2r.db")
    autre.execute("BEGIN IMMEDIATE")
    remplie.db.execute("PRAGMA busy_timeout = 1")
    with pytest.raises(StoreLockedError, match="occupée"):
        dossiers.apply(remplie, plan(lu(9)), auteur="C", now=MAINTENANT)
    autre.close()


def test_table_locked_by_our_own_query_is_told(remplie: Campagne) -> None:
    curseur = remplie.db.execute("SELECT numero FROM dossier")
    curseur.fetchone()
    with pytest.raises(StoreLockedError), ecriture(remplie) as db:
        db.execute("DROP TABLE reponse")
    curseur.close()


def test_folder_in_the_place_of_the_database_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailableError, match="ne peut pas être ouverte"), traduire(tmp_path):
        base.connect(tmp_path)


if sys.platform != "win32":  # Windows has no limit on the size of files

    def test_failing_write_is_told(tmp_path: Path) -> None:
        creer(tmp_path / "c").close()
        programme = (
            "import pathlib, resource, sys\n"
            "from tests.o2r_desktop.store.conftest import *\n"
            "from o2r_desktop.store import connection, dossiers\n"
            "c = connection.open_campagne(pathlib.Path(sys.argv[1]))\n"
            "c.db.execute('PRAGMA cache_size = 10')\n"
            "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))\n"
            "try:\n"
            "    dossiers.apply(c, plan(*(lu(n, 'x' * 9000) for n in range(1, 90))), auteur='C', now=MAINTENANT)\n"
            "except Exception as e:\n"
            "    print(type(e).__name__, type(e.__cause__).__name__, e.__cause__.sqlite_errorname)\n"
        )
        fini = subprocess.run(
            [sys.executable, "-c", programme, str(tmp_path / "c")],
            cwd=RACINE, capture_output=True, text=True, check=True, timeout=60,
        )  # fmt: skip
        assert fini.stdout.split() == ["StoreUnavailableError", "OperationalError", "SQLITE_IOERR_WRITE"]
        with open_campagne(tmp_path / "c") as campagne:
            assert dossiers.count(campagne) == 0
