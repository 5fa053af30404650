"""The journal only grows, and shows whoever touched it."""

import sqlite3

import pytest
from sqlite_utils import Database

from o2r_desktop.evaluation.reponses import Reponse
from o2r_desktop.store import evaluations, journal
from o2r_desktop.store.connection import Campagne, ecriture
from o2r_desktop.store.journal import Acte, Action
from tests.o2r_desktop.store.conftest import MAINTENANT


@pytest.fixture
def ecrite(remplie: Campagne) -> Campagne:
    for numero in (1, 2, 3):
        reponse = Reponse(critere="REC-01", valeur="oui")
        evaluations.save_reponse(remplie, numero, reponse, auteur="Alix", now=MAINTENANT)
    return remplie


def test_lines_are_chained(ecrite: Campagne) -> None:
    lignes = journal.entries(ecrite)
    assert [e.action for e in lignes] == ["creation", "import", "reponse", "reponse", "reponse"]
    assert [e.precedent for e in lignes] == ["", *(e.empreinte for e in lignes[:-1])]
    assert [e.numero for e in journal.entries(ecrite, 2)] == [2]
    assert journal.entries(ecrite, 10**30) == []
    assert lignes[-1].le == MAINTENANT
    assert journal.verify(ecrite) == []


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE journal SET auteur = 'X'",
        "DELETE FROM journal WHERE id = 2",
        "INSERT OR REPLACE INTO journal SELECT id, le, 'X', action, numero, critere, avant, apres, precedent, "
        "empreinte FROM journal WHERE id = 2",
    ],
)
def test_lines_cannot_be_changed(ecrite: Campagne, sql: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="journal en ajout seul"):
        ecrite.db.execute(sql)
    assert journal.verify(ecrite) == []


@pytest.mark.parametrize(
    ("sql", "ligne", "mot"),
    [
        *(
            (f"UPDATE journal SET {champ} = '7' WHERE id = 3", 3, "modifiée")
            for champ in ("auteur", "action", "numero", "critere", "avant", "apres", "empreinte")
        ),
        ("UPDATE journal SET le = '2025-09-01T08:00:01+00:00' WHERE id = 3", 3, "modifiée"),
        ("UPDATE journal SET precedent = '' WHERE id = 3", 3, "retirée"),
        ("DELETE FROM journal WHERE id = 3", 4, "retirée"),
        ("DELETE FROM journal WHERE id = 1", 2, "retirée"),
        ("DELETE FROM journal WHERE id = 5", 5, "coupée"),
        ("DELETE FROM journal", 1, "coupée"),
    ],
)
def test_tampering_shows(ecrite: Campagne, sql: str, ligne: int, mot: str) -> None:
    for declencheur in ("journal_sans_modification", "journal_sans_suppression"):
        ecrite.db.execute(f"DROP TRIGGER {declencheur}")
    ecrite.db.execute(sql)
    anomalies = journal.verify(ecrite)
    assert any(a.ou.endswith(f"ligne\u00a0{ligne}") and mot in a.quoi for a in anomalies)


def _ajouter_puis_echouer(db: Database) -> None:
    journal.append(db, [Acte(action=Action.NOTE)], auteur="A", now=MAINTENANT)
    db.execute("UPDATE campagne SET id = 2")


def test_line_needs_the_transaction_of_its_act(campagne: Campagne) -> None:
    acte = Acte(action=Action.NOTE)
    with pytest.raises(RuntimeError):
        journal.append(campagne.db, [acte], auteur="A", now=MAINTENANT)
    with pytest.raises(sqlite3.IntegrityError), ecriture(campagne) as db:
        _ajouter_puis_echouer(db)
    assert len(journal.entries(campagne)) == 1
    assert journal.verify(campagne) == []
