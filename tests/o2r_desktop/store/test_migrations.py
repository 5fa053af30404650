"""From an older store to this one; never from a newer one."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from o2r_desktop.dossiers.enregistrement import colonnes_en_json
from o2r_desktop.errors import StoreCorruptError, StoreTooRecentError, StoreUnavailableError
from o2r_desktop.evaluation.reponses import Preuve
from o2r_desktop.resources import resource
from o2r_desktop.store import annulation, base, dossiers, evaluations, imports, journal, liste
from o2r_desktop.store.backup import list_backups
from o2r_desktop.store.connection import Campagne, identite, open_campagne
from o2r_desktop.store.journal import Acte, Action
from o2r_desktop.store.migrations import Scripts
from o2r_desktop.store.valeurs import en_json, sha256
from o2r_desktop.store.verification import verify
from tests.o2r_desktop.store.conftest import COLONNES, MAINTENANT, creer, lu

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
    (suite / "0007_lieu.sql").write_text(
        "-- un ; dans un commentaire\nALTER TABLE dossier ADD COLUMN lieu TEXT NOT NULL DEFAULT '; ';\n"
        "CREATE TRIGGER t AFTER INSERT ON note\nBEGIN\n  SELECT 1;\n  SELECT 2;\nEND;\n",
        encoding="utf-8",
    )
    with open_campagne(remplie.dossier, scripts=Scripts(suite)) as nouvelle:
        assert base.pragma(nouvelle.db, "user_version") == 7
        assert base.pragma(nouvelle.db, "foreign_keys") == 1
        assert nouvelle.db.execute("SELECT lieu FROM dossier WHERE numero = 1").fetchone() == ("; ",)
    (sauvegarde,) = list_backups(remplie.dossier)
    assert sauvegarde.motif == "avant-mise-a-jour"
    ancienne = base.connect(sauvegarde.chemin)
    assert base.pragma(ancienne, "user_version") == 6
    ancienne.close()
    with open_campagne(remplie.dossier, scripts=Scripts(suite)):
        assert len(list_backups(remplie.dossier)) == 1  # nothing left to do: no second backup


@pytest.mark.parametrize("version", [1, 2])
def test_older_campagne_becomes_this_one(tmp_path: Path, version: int) -> None:
    """Made by the first scripts only, and written as their programs did."""
    _older(tmp_path, version)
    with open_campagne(tmp_path) as nouvelle:
        assert base.pragma(nouvelle.db, "user_version") == 6
        assert nouvelle.db.table("resume").count == 0
        assert [ligne[0] for ligne in liste.load(nouvelle, regles="r")[0]] == [1]
        (rapport,) = dossiers.imports(nouvelle)
        assert (rapport.id, rapport.lot, rapport.lecture, rapport.numeros) == (1, 1, "", ())
        assert (rapport.pieces, rapport.annule_le, rapport.annule_par) == ({}, None, "")
        assert imports.columns(nouvelle, 1) == ()
        reponse = evaluations.load(nouvelle, 1).reponses["FIN-02"]
        assert reponse.preuves == (Preuve(ou="budget.pdf", page=4, extrait="x"),)
        assert (reponse.a_reconfirmer, reponse.changements) == (True, ())
        assert verify(nouvelle) == []
        schema = nouvelle.db.execute("SELECT name FROM pragma_table_info('import_') ORDER BY name").fetchall()
    (sauvegarde,) = list_backups(tmp_path)
    assert sauvegarde.motif == "avant-mise-a-jour"
    with creer(tmp_path / "neuve") as neuve:
        attendu = neuve.db.execute("SELECT name FROM pragma_table_info('import_') ORDER BY name").fetchall()
    assert schema == attendu


def test_import_of_an_older_version_can_be_undone(tmp_path: Path) -> None:
    _older(tmp_path, 2)
    with open_campagne(tmp_path) as nouvelle:
        assert annulation.last_undoable(nouvelle) == 1
        relecture = annulation.Relecture(apercu=lambda e: lu(e.numero).apercu, changements=lambda _a, _b: {})
        faite = annulation.undo_import(nouvelle, 1, auteur="Alix", now=MAINTENANT, relecture=relecture)
        assert (faite.retires, faite.gardes) == ((), (1,))  # somebody began it
        reponse = evaluations.load(nouvelle, 1).reponses["FIN-02"]
        assert (reponse.valeur, reponse.a_reconfirmer) == ("3", True)  # another import had put it in doubt
        assert annulation.last_undoable(nouvelle) is None


_INSERTS = (
    "INSERT INTO grille VALUES ('ami_2025', 1, 'id = 1')",
    "INSERT INTO campagne VALUES (1, 'AMI', '2025-08-01T08:00:00+00:00', '{}', '', 'ami_2025', 1)",
    "INSERT INTO import_ VALUES (1, 'a.xlsx', 'ab', 'xlsx_standard', '2025-08-02T08:00:00+00:00', 'C', NULL, "
    "'essai', 1, 0, 0, '[]', '[]', '[]')",
    "INSERT INTO evaluation (numero, grille, version, etat) VALUES (1, 'ami_2025', 1, 'en_cours')",
    "INSERT INTO reponse VALUES (1, 'FIN-02', '3', '', NULL, '', '[{\"extrait\":\"x\",\"ou\":\"budget.pdf\","
    "\"page\":4}]', 1, '2025-08-03T08:00:00+00:00', 'C')",
)


def _older(dossier: Path, version: int) -> None:
    """Make a campagne with the first scripts, one dossier imported, one answer that an import put in doubt."""
    scripts = dossier / "scripts"
    scripts.mkdir()
    for script in sorted(resource("migrations").glob("*.sql"))[:version]:
        shutil.copy(script, scripts)
    (dossier / base.SAUVEGARDES).mkdir()
    db = base.connect(dossier / base.FICHIER)
    db.execute(f"PRAGMA application_id = {base.APPLICATION_ID}")
    Scripts(scripts).appliquer(db)
    fiche, jeu = lu(1), colonnes_en_json(COLONNES)
    with db.atomic():
        db.execute("INSERT INTO colonnes VALUES (?, ?)", [sha256(jeu), jeu])
        for ordre in _INSERTS[:3]:
            db.execute(ordre)
        db.execute(
            "INSERT INTO dossier (numero, porteur, siret, intitule, departements, recherche, colonnes, empreinte, "
            "import_id, contenu) VALUES (1, 'A', '', 'P', '[]', '1 a p', ?, ?, 1, ?)",
            [sha256(jeu), fiche.empreinte, fiche.contenu],
        )
        for ordre in _INSERTS[3:]:
            db.execute(ordre)
        ecrite = {"valeur": "3", "commentaire": "", "decision": None, "motif": "", "a_reconfirmer": 0}
        preuves = [{"ou": "budget.pdf", "page": 4, "extrait": "x"}]
        actes = (
            Acte(action=Action.IMPORT, apres=en_json({"import": 1, "nouveaux": [1], "modifies": []})),
            Acte(action=Action.REPONSE, numero=1, critere="FIN-02", apres=en_json({**ecrite, "preuves": preuves})),
        )
        journal.append(db, actes, auteur="C", now=MAINTENANT)
    db.close()


def test_failing_migration_changes_nothing(remplie: Campagne, suite: Path) -> None:
    remplie.close()
    (suite / "0007_bon.sql").write_text("CREATE TABLE bon (a TEXT) STRICT;\n")
    (suite / "0007_faux.sql").write_text("DELETE FROM journal;\n")
    with pytest.raises(sqlite3.IntegrityError):
        open_campagne(remplie.dossier, scripts=Scripts(suite))
    with open_campagne(remplie.dossier) as rouverte:
        assert base.pragma(rouverte.db, "user_version") == 6
        assert not rouverte.db.table("bon").exists()
        assert dossiers.count(rouverte) == 3


def test_migration_that_breaks_a_link_changes_nothing(remplie: Campagne, suite: Path) -> None:
    remplie.close()
    (suite / "0006_orphelins.sql").write_text("DELETE FROM import_;\n")
    with pytest.raises(StoreCorruptError, match="sans lien"):
        open_campagne(remplie.dossier, scripts=Scripts(suite))
    with open_campagne(remplie.dossier) as rouverte:
        assert len(dossiers.imports(rouverte)) == 1


def test_reader_cannot_migrate(remplie: Campagne, suite: Path) -> None:
    (suite / "0005_x.sql").write_text("CREATE TABLE x (a TEXT) STRICT;\n")
    with pytest.raises(StoreUnavailableError, match="une fois en écriture"):
        open_campagne(remplie.dossier, lecture_seule=True, scripts=Scripts(suite))


@pytest.mark.parametrize("lecture_seule", [True, False])
@pytest.mark.parametrize(
    "sql",
    [
        "PRAGMA user_version = 99",
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('o2r', '0005_demain', '')",
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
