"""What was typed or retained in the analysis of a dossier, in the store: JSON values under a key."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from o2r_desktop.store.base import Base
from o2r_desktop.store.connection import Campagne, lecture
from o2r_desktop.store.valeurs import en_json, iso, propre


def lire(db: Base, numero: int) -> dict[str, Any]:
    """Return all that was typed of a dossier, by key."""
    lignes = db.execute("SELECT cle, valeur FROM analyse WHERE numero = ? ORDER BY cle", [numero])
    return {cle: json.loads(valeur) for cle, valeur in lignes}


def ecrire(db: Base, numero: int, etat: Mapping[str, Any], *, now: datetime) -> None:
    """Write what differs from what is kept, inside the caller's transaction; None and what is missing go."""
    actuel = lire(db, numero)
    voulu = {propre(cle): json.loads(propre(en_json(valeur))) for cle, valeur in etat.items() if valeur is not None}
    db.conn.executemany(
        "DELETE FROM analyse WHERE numero = ? AND cle = ?", [(numero, cle) for cle in actuel.keys() - voulu.keys()]
    )
    db.conn.executemany(
        "INSERT OR REPLACE INTO analyse (numero, cle, valeur, le) VALUES (?, ?, ?, ?)",
        [
            (numero, cle, en_json(valeur), iso(now))
            for cle, valeur in voulu.items()
            if cle not in actuel or actuel[cle] != valeur
        ],
    )


def toutes(db: Base) -> dict[int, dict[str, Any]]:
    """Return all that was typed, by dossier."""
    trouvees: dict[int, dict[str, Any]] = {}
    for numero, cle, valeur in db.execute("SELECT numero, cle, valeur FROM analyse ORDER BY numero, cle"):
        trouvees.setdefault(numero, {})[cle] = json.loads(valeur)
    return trouvees


def written_at(campagne: Campagne, numero: int) -> datetime | None:
    """Return when something was last written in the analysis of a dossier, None when nothing is kept."""
    with lecture(campagne) as db:
        le = db.execute("SELECT max(le) FROM analyse WHERE numero = ?", [numero]).fetchone()[0]
    return None if le is None else datetime.fromisoformat(le)
