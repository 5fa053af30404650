"""A sound campagne says nothing; each damage says what it is. Notes are remembered with it."""

import hashlib
from pathlib import Path

import pytest

from o2r_desktop.errors import DossierError
from o2r_desktop.store import dossiers, journal
from o2r_desktop.store.connection import Campagne, open_campagne
from o2r_desktop.store.notes import notes, record_note
from o2r_desktop.store.verification import verify
from tests.o2r_desktop.store.conftest import MAINTENANT, creer, lu, plan


def produire(campagne: Campagne, fichier: Path, octets: bytes = b"%PDF-1", numero: int = 1) -> None:
    fichier.write_bytes(octets)
    record_note(
        campagne,
        numero=numero,
        fichier=fichier,
        sha256=hashlib.sha256(octets).hexdigest(),
        pages=4,
        empreinte_donnees="ef" * 32,
        projet=True,
        auteur="Alix",
        now=MAINTENANT,
    )


def test_sound_campagne_says_nothing(remplie: Campagne) -> None:
    dossiers.apply(remplie, plan(modifies=(lu(1, "B"),)), auteur="C", now=MAINTENANT)
    produire(remplie, remplie.dossier / "notes" / "é.pdf")
    assert verify(remplie) == []
    with open_campagne(remplie.dossier, lecture_seule=True) as lecteur:
        assert verify(lecteur) == []


def test_note_comes_back_where_it_was_written(remplie: Campagne, tmp_path: Path) -> None:
    dedans, dehors = remplie.dossier / "notes" / "1.pdf", tmp_path / "2.pdf"
    produire(remplie, dedans)
    produire(remplie, dehors, numero=2)
    premiere, seconde = notes(remplie)
    assert (premiere.numero, premiere.fichier, premiere.pages, premiere.le) == (1, dedans, 4, MAINTENANT)
    assert (premiere.projet, premiere.empreinte_donnees) == (True, "ef" * 32)
    assert seconde.fichier == dehors
    assert notes(remplie, 2) == [seconde]
    assert remplie.db.execute("SELECT fichier FROM note WHERE numero = 1").fetchone() == ("notes/1.pdf",)
    assert journal.entries(remplie, 2)[-1].action == "note"
    with pytest.raises(DossierError):
        produire(remplie, dehors, numero=99)
    with pytest.raises(DossierError):
        notes(remplie, 99)


def test_altered_and_missing_notes_are_told(remplie: Campagne, tmp_path: Path) -> None:
    alteree, perdue = remplie.dossier / "notes" / "1.pdf", remplie.dossier / "notes" / "2.pdf"
    dehors, retouchee = tmp_path / "rangee.pdf", tmp_path / "retouchee.pdf"
    for fichier in (alteree, perdue, dehors, retouchee):
        produire(remplie, fichier)
    alteree.write_bytes(b"autre")
    retouchee.write_bytes(b"autre")
    perdue.unlink()
    dehors.unlink()
    phrases = verify(remplie)
    assert len(phrases) == 3
    assert "1.pdf" in phrases[0]
    assert "modifiée" in phrases[0]
    assert "2.pdf" in phrases[1]
    assert "n’existe plus" in phrases[1]
    assert "retouchee.pdf" in phrases[2]


def test_note_written_again_counts_once(remplie: Campagne) -> None:
    fichier = remplie.dossier / "notes" / "1.pdf"
    produire(remplie, fichier, b"un")
    produire(remplie, fichier, b"deux")
    assert verify(remplie) == []


@pytest.mark.parametrize(
    ("sql", "mots"),
    [
        ("UPDATE dossier SET contenu = replace(contenu, 'Projet', 'Projeu') WHERE numero = 2", "dossier n°\u00a02"),
        ("UPDATE dossier_version SET contenu = contenu || ' ' WHERE numero = 1", "dossier n°\u00a01"),
        ("UPDATE colonnes SET json = replace(json, '42', '43')", "dossier n°\u00a03"),
        ("UPDATE dossier SET import_id = 77 WHERE numero = 3", "« dossier »"),
        ("DROP TRIGGER journal_sans_suppression; DELETE FROM journal WHERE id = 2", "journal"),
    ],
)
def test_each_damage_is_told(remplie: Campagne, sql: str, mots: str) -> None:
    dossiers.apply(remplie, plan(modifies=(lu(1, "B"),)), auteur="C", now=MAINTENANT)
    remplie.db.execute("PRAGMA foreign_keys = OFF")
    for ordre in sql.split(";"):
        remplie.db.execute(ordre)
    phrases = verify(remplie)
    assert any(mots.replace("« ", "«\u00a0").replace(" »", "\u00a0»") in p for p in phrases)
    assert all(p.endswith(".") for p in phrases)


def test_damaged_base_is_told(tmp_path: Path) -> None:
    with creer(tmp_path / "c") as campagne:
        dossiers.apply(campagne, plan(*map(lu, range(1, 300))), auteur="C", now=MAINTENANT)
    fichier = tmp_path / "c" / "o2r.db"
    octets = bytearray(fichier.read_bytes())
    octets[-4096 * 10 : -4096 * 2] = b"\xaa" * 4096 * 8
    fichier.write_bytes(octets)
    with open_campagne(tmp_path / "c") as abimee:
        phrases = verify(abimee)
    assert len(phrases) == 1
    assert "endommagée" in phrases[0]
