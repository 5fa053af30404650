"""Making, opening and closing a campagne."""

import sqlite3
import threading
from decimal import Decimal
from pathlib import Path

import pytest
from sqlite_utils import Database

from o2r_desktop.errors import NotAStoreError, StoreError, StoreLockedError, StoreUnavailableError
from o2r_desktop.evaluation.parametres import Parametres
from o2r_desktop.store import base, connection, dossiers, journal
from o2r_desktop.store.connection import (
    Campagne,
    check_free,
    correspondance_toml,
    create_campagne,
    ecriture,
    grille_toml,
    identite,
    lecture,
    open_campagne,
    set_parametres,
)
from tests.o2r_desktop.store.conftest import CORRESPONDANCE, GRILLE, MAINTENANT, creer, lu, parametres, plan


def test_new_campagne_has_the_layout_and_says_what_it_was_given(campagne: Campagne) -> None:
    assert sorted(p.name for p in campagne.dossier.iterdir()) == [
        "notes",
        "o2r.db",
        "pieces",
        "sauvegardes",
        "verrou",
    ]
    assert connection.parametres(campagne) == parametres()
    assert grille_toml(campagne) == GRILLE
    assert grille_toml(campagne, "ami_2025", 1) == GRILLE
    assert correspondance_toml(campagne) == CORRESPONDANCE
    qui = identite(campagne)
    assert (qui.nom, qui.cree_le, qui.grille, qui.version) == ("AMI d’essai", MAINTENANT, "ami_2025", 1)


def test_unknown_grille_is_told(campagne: Campagne) -> None:
    with pytest.raises(StoreError, match="version 9"):
        grille_toml(campagne, "ami_2025", 9)


@pytest.mark.parametrize(
    ("nom", "attendu"),
    [
        ("foreign_keys", 1),
        ("synchronous", 2),
        ("application_id", int.from_bytes(b"O2RD", "big")),
        ("busy_timeout", 5000),
        ("user_version", 6),
        ("trusted_schema", 0),
    ],
)
def test_connection_is_set_as_the_house_wants(campagne: Campagne, nom: str, attendu: int) -> None:
    assert base.pragma(campagne.db, nom) == attendu


def test_journal_of_sqlite_is_a_rollback_journal(campagne: Campagne) -> None:
    assert campagne.db.utils.journal_mode == "delete"


def test_every_table_is_strict(campagne: Campagne) -> None:
    tables = [t for t in campagne.db.utils.tables if not t.name.startswith("sqlite_")]
    assert len(tables) == 25
    assert [t.name for t in tables if not t.strict] == []


def test_campagne_is_made_where_a_path_needs_folders_and_accents(tmp_path: Path) -> None:
    dossier = tmp_path / "à faire" / "AMI n° 1 #50% ?"
    creer(dossier).close()
    with open_campagne(dossier, lecture_seule=True) as rouverte:
        assert identite(rouverte).nom == "AMI d’essai"


def test_empty_folder_is_taken(tmp_path: Path) -> None:
    creer(tmp_path).close()
    assert (tmp_path / "o2r.db").is_file()


def test_second_campagne_in_one_folder_is_refused(campagne: Campagne) -> None:
    with pytest.raises(StoreError, match="déjà une campagne"):
        creer(campagne.dossier)
    with pytest.raises(StoreError, match="déjà une campagne"):
        check_free(campagne.dossier)


def test_folder_with_other_files_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "vacances.txt").write_text("à garder")
    with pytest.raises(StoreError, match="n’est pas vide"):
        creer(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["vacances.txt"]


@pytest.mark.parametrize("existe", [True, False])
def test_failed_creation_leaves_nothing_behind(tmp_path: Path, *, existe: bool) -> None:
    dossier = tmp_path / "a" / "b"
    if existe:
        dossier.mkdir(parents=True)
    avant = sorted(tmp_path.rglob("*"))
    with pytest.raises(sqlite3.IntegrityError):
        create_campagne(
            dossier,
            nom="x",
            parametres=parametres(),
            grille_toml=None,  # type: ignore[arg-type]
            grille_id="g",
            grille_version=1,
            correspondance_toml="",
            now=MAINTENANT,
        )
    assert sorted(tmp_path.rglob("*")) == avant


def test_creation_that_was_killed_can_be_done_again(tmp_path: Path) -> None:
    (tmp_path / "pieces").mkdir()
    (tmp_path / "o2r.db.creation").write_bytes(b"moitie")
    (tmp_path / "verrou").write_bytes(b"")
    creer(tmp_path).close()
    assert not (tmp_path / "o2r.db.creation").exists()


def test_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("")
    with pytest.raises(StoreUnavailableError):
        creer(tmp_path / "fichier" / "campagne")


def test_folder_without_campagne_is_told_and_not_touched(tmp_path: Path) -> None:
    with pytest.raises(NotAStoreError, match="ne contient pas de campagne"):
        open_campagne(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_campagne_can_be_moved(tmp_path: Path) -> None:
    creer(tmp_path / "ici").close()
    (tmp_path / "ici").rename(tmp_path / "là-bas")
    with open_campagne(tmp_path / "là-bas") as rouverte:
        assert identite(rouverte).nom == "AMI d’essai"


def test_parameters_change_and_the_journal_keeps_the_old_ones(campagne: Campagne) -> None:
    nouveaux: Parametres = parametres().avec(seuil_cout_total=Decimal("160000.05"))
    set_parametres(campagne, nouveaux, auteur="Dominique", now=MAINTENANT)
    set_parametres(campagne, nouveaux, auteur="Dominique", now=MAINTENANT)
    assert connection.parametres(campagne) == nouveaux
    derniere = journal.entries(campagne)[-1]
    assert (derniere.id, derniere.auteur, derniere.action) == (2, "Dominique", "parametres")
    assert '"150000.00"' in derniere.avant
    assert '"160000.05"' in derniere.apres


def test_twin_serves_another_thread_under_the_same_lock(remplie: Campagne) -> None:
    vus: list[int] = []

    def travail() -> None:
        with remplie.jumelle() as jumelle:
            dossiers.apply(jumelle, plan(lu(4)), auteur="C", now=MAINTENANT)
            vus.append(dossiers.count(jumelle))

    fil = threading.Thread(target=travail)
    fil.start()
    fil.join()
    assert vus == [4]
    assert dossiers.count(remplie) == 4
    with pytest.raises(StoreLockedError):
        open_campagne(remplie.dossier)


def _renommer_puis_echouer(db: Database) -> None:
    db.execute("UPDATE campagne SET nom = 'dedans'")
    db.execute("UPDATE campagne SET id = 2")


def test_inner_failure_undoes_the_inner_writing_only(remplie: Campagne) -> None:
    with ecriture(remplie) as db:
        db.execute("UPDATE campagne SET nom = 'dehors'")
        with pytest.raises(sqlite3.IntegrityError), ecriture(remplie):
            _renommer_puis_echouer(db)
    assert identite(remplie).nom == "dehors"
    assert not remplie.db.conn.in_transaction


def test_readings_see_one_moment(remplie: Campagne) -> None:
    with open_campagne(remplie.dossier, lecture_seule=True) as autre, lecture(autre) as db:
        avant = db.execute("SELECT count(*) FROM dossier").fetchone()
        remplie.db.execute("PRAGMA busy_timeout = 1")
        with pytest.raises(StoreLockedError):
            dossiers.apply(remplie, plan(lu(9)), auteur="C", now=MAINTENANT)
        assert db.execute("SELECT count(*) FROM dossier").fetchone() == avant
