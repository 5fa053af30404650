"""What a team chose for its work and no rule reads, in the store: JSON values under a name."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from o2r_desktop.store.connection import Campagne, ecriture, lecture
from o2r_desktop.store.journal import Action
from o2r_desktop.store.valeurs import en_json


def lire(campagne: Campagne, cle: str) -> Any:
    """Return a value, None when nothing was chosen or when what is kept cannot be read."""
    with lecture(campagne) as db:
        ligne = db.execute("SELECT valeur FROM reglage WHERE cle = ?", [cle]).fetchone()
    if ligne is None:
        return None
    try:
        return json.loads(ligne[0])
    except ValueError:
        return None


def ecrire(campagne: Campagne, cle: str, valeur: Any) -> None:
    """Keep a value, None to forget it. StoreError."""
    with ecriture(campagne) as db:
        if valeur is None:
            db.execute("DELETE FROM reglage WHERE cle = ?", [cle])
        else:
            db.execute("INSERT OR REPLACE INTO reglage (cle, valeur) VALUES (?, ?)", [cle, en_json(valeur)])


def heures_des_reponses(campagne: Campagne, auteur: str, derniers: int) -> list[tuple[datetime, int, str]]:
    """Return when somebody last changed answers, oldest first, with the dossier and the critere."""
    with lecture(campagne) as db:
        lignes = db.execute(
            "SELECT le, numero, critere FROM journal WHERE action = ? AND auteur = ? ORDER BY id DESC LIMIT ?",
            [Action.REPONSE.value, auteur, derniers],
        ).fetchall()
    return list(_dates(reversed(lignes)))


def _dates(lignes: Any) -> Iterator[tuple[datetime, int, str]]:
    for le, numero, critere in lignes:
        yield datetime.fromisoformat(le), numero, critere
