"""A backup is a true copy; coming back loses nothing."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from o2r_desktop.errors import (
    StoreCorruptError,
    StoreError,
    StoreLockedError,
    StoreTooRecentError,
    StoreUnavailableError,
)
from o2r_desktop.store import base, dossiers
from o2r_desktop.store.backup import back_up, latest, list_backups, restore
from o2r_desktop.store.connection import Campagne, ecriture, open_campagne
from o2r_desktop.store.verification import verify
from tests.o2r_desktop.store.conftest import MAINTENANT, creer, lu, plan

PLUS_TARD = datetime(2025, 9, 1, 18, 30, 15, 250_000, tzinfo=UTC)


def numeros(fichier: Path) -> list[int]:
    db = base.connect(fichier, lecture_seule=True)
    try:
        return [ligne[0] for ligne in db.execute("SELECT numero FROM dossier ORDER BY numero")]
    finally:
        db.close()


def test_backup_is_a_whole_copy_with_a_name_that_sorts(remplie: Campagne) -> None:
    premiere = back_up(remplie, motif="Avant l’été !", now=MAINTENANT)
    seconde = back_up(remplie, motif="", now=PLUS_TARD)
    assert premiere.name == "20250901T080000000000Z_avant-l-ete.db"
    copie = base.connect(premiere)
    assert list(copie.conn.iterdump()) == list(remplie.db.conn.iterdump())
    assert base.pragma(copie, "application_id") == base.APPLICATION_ID
    copie.close()
    assert [(s.chemin, s.le, s.motif) for s in list_backups(remplie.dossier)] == [
        (seconde, PLUS_TARD, "manuelle"),
        (premiere, MAINTENANT, "avant-l-ete"),
    ]
    assert list_backups(remplie.dossier)[0].taille == seconde.stat().st_size
    assert latest(remplie.dossier) == seconde


def test_copies_that_a_kill_left_half_made_are_swept(campagne: Campagne) -> None:
    entiere = back_up(campagne, motif="", now=MAINTENANT)
    restes = [entiere.with_name(f"20250901T183015250000Z_x.db.partiel{fin}") for fin in ("", "-journal")]
    for reste in restes:
        reste.write_bytes(b"SQLite")
    campagne.close()
    with open_campagne(campagne.dossier, lecture_seule=True):
        assert all(reste.exists() for reste in restes)
    with open_campagne(campagne.dossier):
        assert sorted((campagne.dossier / "sauvegardes").iterdir()) == [entiere]


def test_files_that_are_no_backups_are_not_listed(campagne: Campagne) -> None:
    (campagne.dossier / "sauvegardes" / "photo.db").write_bytes(b"")
    (campagne.dossier / "sauvegardes" / "20250901T080000000000Z_x.db.partiel").write_bytes(b"")
    assert list_backups(campagne.dossier) == []
    with pytest.raises(StoreError, match="aucune sauvegarde"):
        latest(campagne.dossier)


def test_backup_holds_what_is_committed_and_no_more(remplie: Campagne) -> None:
    with ecriture(remplie) as db:
        db.execute("UPDATE campagne SET nom = 'pas encore'")
        copie = back_up(remplie, motif="x", now=MAINTENANT)
        assert numeros(copie) == [1, 2, 3]
    autre = sqlite3.connect(copie)
    assert autre.execute("SELECT nom FROM campagne").fetchone() == ("AMI d’essai",)
    autre.close()


def test_damaged_base_gives_no_backup(tmp_path: Path) -> None:
    with creer(tmp_path / "c") as campagne:
        dossiers.apply(campagne, plan(*map(lu, range(1, 300))), auteur="C", now=MAINTENANT)
        bonne = back_up(campagne, motif="bonne", now=MAINTENANT)
    fichier = tmp_path / "c" / "o2r.db"
    octets = bytearray(fichier.read_bytes())
    octets[-4096 * 10 : -4096 * 2] = b"\xaa" * 4096 * 8
    fichier.write_bytes(octets)
    with open_campagne(tmp_path / "c") as abimee, pytest.raises(StoreCorruptError):
        back_up(abimee, motif="abimee", now=PLUS_TARD)
    assert [p.name for p in (tmp_path / "c" / "sauvegardes").iterdir()] == [bonne.name]
    gardee = restore(tmp_path / "c", bonne, PLUS_TARD)
    assert gardee is not None
    assert gardee.read_bytes() == bytes(octets)
    with open_campagne(tmp_path / "c") as revenue:
        assert verify(revenue) == []
        assert dossiers.count(revenue) == 299


def test_restoring_brings_back_and_keeps_the_present(remplie: Campagne) -> None:
    ancienne = back_up(remplie, motif="x", now=MAINTENANT)
    dossiers.apply(remplie, plan(lu(4)), auteur="C", now=MAINTENANT)
    with pytest.raises(StoreLockedError):
        restore(remplie.dossier, ancienne, PLUS_TARD)
    remplie.close()
    present = restore(remplie.dossier, ancienne, PLUS_TARD)
    assert present is not None
    assert present.name == "20250901T183015250000Z_avant-restauration.db"
    assert numeros(present) == [1, 2, 3, 4]
    with open_campagne(remplie.dossier) as revenue:
        assert sorted(dossiers.known(revenue)) == [1, 2, 3]
        assert verify(revenue) == []
    assert sorted(p.name for p in remplie.dossier.iterdir()) == [
        "notes",
        "o2r.db",
        "pieces",
        "sauvegardes",
        "verrou",
    ]


def test_journal_left_by_a_crash_is_not_played_into_the_restored_base(remplie: Campagne) -> None:
    ancienne = back_up(remplie, motif="x", now=MAINTENANT)
    remplie.close()
    fichier = remplie.dossier / "o2r.db"
    fichier.write_bytes(b"illisible")
    (remplie.dossier / "o2r.db-journal").write_bytes(b"\xd9\xd5\x05\xf9 \xa1c\xd7" + b"\x00" * 2000)
    restore(remplie.dossier, ancienne, PLUS_TARD)
    with open_campagne(remplie.dossier) as revenue:
        assert verify(revenue) == []
    assert {s.motif for s in list_backups(remplie.dossier)} == {"x", "base-endommagee"}


def test_lost_base_can_be_restored(remplie: Campagne) -> None:
    ancienne = back_up(remplie, motif="x", now=MAINTENANT)
    remplie.close()
    (remplie.dossier / "o2r.db").unlink()
    assert restore(remplie.dossier, ancienne, PLUS_TARD) is None
    assert numeros(remplie.dossier / "o2r.db") == [1, 2, 3]


@pytest.mark.parametrize("contenu", [b"", b"x" * 9000])
def test_what_is_no_backup_is_refused_and_the_present_stays(remplie: Campagne, contenu: bytes) -> None:
    faux = remplie.dossier / "sauvegardes" / "faux.db"
    faux.write_bytes(contenu)
    remplie.close()
    with pytest.raises(StoreCorruptError, match="choisissez-en une autre"):
        restore(remplie.dossier, faux, PLUS_TARD)
    with pytest.raises(StoreError, match="n’existe pas"):
        restore(remplie.dossier, faux.with_name("absente.db"), PLUS_TARD)
    assert numeros(remplie.dossier / "o2r.db") == [1, 2, 3]
    assert list_backups(remplie.dossier) == []


def test_backup_of_a_newer_version_is_refused(remplie: Campagne) -> None:
    copie = back_up(remplie, motif="x", now=MAINTENANT)
    remplie.close()
    db = base.connect(copie)
    db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(StoreTooRecentError):
        restore(remplie.dossier, copie, PLUS_TARD)


def test_backup_that_cannot_be_written_is_told(remplie: Campagne) -> None:
    (remplie.dossier / "sauvegardes").rmdir()
    (remplie.dossier / "sauvegardes").write_text("un fichier à la place")
    with pytest.raises(StoreUnavailableError):
        back_up(remplie, motif="x", now=MAINTENANT)
