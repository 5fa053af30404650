"""From an older store to this one; never from a newer one."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from o2r_desktop.errors import StoreCorruptError, StoreTooRecentError, StoreUnavailableError
from o2r_desktop.resources import resource
from o2r_desktop.store import base, dossiers, liste
from o2r_desktop.store.backup import list_backups
from o2r_desktop.store.connection import Campagne, identite, open_campagne
from o2r_desktop.store.migrations import Scripts

SCHEMA = Path(__file__).parents[2] / "data" / "schema.sql"


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    """A folder with the shipped scripts, for the test to add one."""
    return Path(shutil.copytree(resource("migrations"), tmp_path / "migrations"))


def test_schema_is_the_golden_one(campagne: Campagne) -> None:
    """A script that changes the schema changes tests/data/schema.sql in the same commit."""
    lignes = campagne.db.execute(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name"
    ).fetchall()
    assert "\n\n".join(f"{ligne[0]};" for ligne in lignes) + "\n" == SCHEMA.read_text(encoding="utf-8")


def test_older_store_is_backed_up_then_migrated(remplie: Campagne, suite: Path) -> None:
    remplie.close()
    (suite / "0003_lieu.sql").write_text(
        "-- un ; dans un commentaire\nALTER TABLE dossier ADD COLUMN lieu TEXT NOT NULL DEFAULT '; ';\n"
        "CREATE TRIGGER t AFTER INSERT ON note\nBEGIN\n  SELECT 1;\n  SELECT 2;\nEND;\n",
        encoding="utf-8",
    )
    with open_campagne(remplie.dossier, scripts=Scripts(suite)) as nouvelle:
        assert base.pragma(nouvelle.db, "user_version") == 3
        assert base.pragma(nouvelle.db, "foreign_keys") == 1
        assert nouvelle.db.execute("SELECT lieu FROM dossier WHERE numero = 1").fetchone() == ("; ",)
    (sauvegarde,) = list_backups(remplie.dossier)
    assert sauvegarde.motif == "avant-mise-a-jour"
    ancienne = base.connect(sauvegarde.chemin)
    assert base.pragma(ancienne, "user_version") == 2
    ancienne.close()
    with open_campagne(remplie.dossier, scripts=Scripts(suite)):
        assert len(list_backups(remplie.dossier)) == 1  # nothing left to do: no second backup


def test_campagne_of_the_first_version_gets_the_summaries(remplie: Campagne) -> None:
    _as_first_version(remplie)
    remplie.close()
    with open_campagne(remplie.dossier) as nouvelle:
        assert base.pragma(nouvelle.db, "user_version") == 2
        assert nouvelle.db.table("resume").count == 0
        assert [ligne[0] for ligne in liste.load(nouvelle, regles="r")[0]] == [1, 2, 3]
    (sauvegarde,) = list_backups(remplie.dossier)
    assert sauvegarde.motif == "avant-mise-a-jour"


def _as_first_version(campagne: Campagne) -> None:
    """Undo what came after 0001_campagne.sql."""
    for ordre in (
        "DROP TABLE resume",
        "DROP INDEX dossier_liste",
        "DELETE FROM _sqlite_migrations WHERE name <> '0001_campagne'",
        "PRAGMA user_version = 1",
    ):
        campagne.db.execute(ordre)


def test_failing_migration_changes_nothing(remplie: Campagne, suite: Path) -> None:
    remplie.close()
    (suite / "0003_bon.sql").write_text("CREATE TABLE bon (a TEXT) STRICT;\n")
    (suite / "0004_faux.sql").write_text("DELETE FROM journal;\n")
    with pytest.raises(sqlite3.IntegrityError):
        open_campagne(remplie.dossier, scripts=Scripts(suite))
    with open_campagne(remplie.dossier) as rouverte:
        assert base.pragma(rouverte.db, "user_version") == 2
        assert not rouverte.db.table("bon").exists()
        assert dossiers.count(rouverte) == 3


def test_migration_that_breaks_a_link_changes_nothing(remplie: Campagne, suite: Path) -> None:
    remplie.close()
    (suite / "0003_orphelins.sql").write_text("DELETE FROM import_;\n")
    with pytest.raises(StoreCorruptError, match="sans lien"):
        open_campagne(remplie.dossier, scripts=Scripts(suite))
    with open_campagne(remplie.dossier) as rouverte:
        assert len(dossiers.imports(rouverte)) == 1


def test_reader_cannot_migrate(remplie: Campagne, suite: Path) -> None:
    (suite / "0003_x.sql").write_text("CREATE TABLE x (a TEXT) STRICT;\n")
    with pytest.raises(StoreUnavailableError, match="une fois en écriture"):
        open_campagne(remplie.dossier, lecture_seule=True, scripts=Scripts(suite))


@pytest.mark.parametrize("lecture_seule", [True, False])
@pytest.mark.parametrize(
    "sql",
    [
        "PRAGMA user_version = 99",
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('o2r', '0003_demain', '')",
    ],
)
def test_newer_store_is_refused_untouched(campagne: Campagne, sql: str, *, lecture_seule: bool) -> None:
    campagne.db.execute(sql)
    campagne.close()
    avant = (campagne.dossier / "o2r.db").read_bytes()
    with pytest.raises(StoreTooRecentError, match="mettez le programme à jour"):
        open_campagne(campagne.dossier, lecture_seule=lecture_seule)
    assert (campagne.dossier / "o2r.db").read_bytes() == avant
    assert list_backups(campagne.dossier) == []


def test_opening_an_up_to_date_store_writes_nothing_in_it(remplie: Campagne) -> None:
    remplie.close()
    avant = (remplie.dossier / "o2r.db").read_bytes()
    with open_campagne(remplie.dossier) as rouverte:
        assert identite(rouverte).version == 1
    assert (remplie.dossier / "o2r.db").read_bytes() == avant
