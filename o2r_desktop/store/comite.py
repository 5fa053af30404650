"""What the committee has of its own, in the store: JSON values under a key, each change in the journal."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from o2r_desktop.store import journal
from o2r_desktop.store.base import Base
from o2r_desktop.store.connection import Campagne, ecriture, lecture
from o2r_desktop.store.journal import Acte, Action
from o2r_desktop.store.valeurs import en_json, iso, propre


def load_all(campagne: Campagne) -> dict[str, Any]:
    """Return every value by key."""
    with lecture(campagne) as db:
        return _toutes(db)


def save(
    campagne: Campagne, valeurs: Mapping[str, Any], numeros: Mapping[str, int], *, auteur: str, now: datetime
) -> dict[str, Any]:
    """Write values by key, None to take one away, all or nothing; return those that they replace, None for none.

    *numeros* says which dossier a key is about, for the journal. What stays as it was is neither written nor told.
    """
    avant: dict[str, Any] = {}
    with ecriture(campagne) as db:
        presentes = _toutes(db)
        actes = []
        for cle, valeur in valeurs.items():
            ancienne, voulue = presentes.get(cle), json.loads(propre(en_json(valeur)))
            if ancienne == voulue:
                continue
            avant[cle] = ancienne
            if voulue is None:
                db.execute("DELETE FROM comite WHERE cle = ?", [cle])
            else:
                db.execute(
                    "INSERT OR REPLACE INTO comite (cle, valeur, le, auteur) VALUES (?, ?, ?, ?)",
                    [cle, en_json(voulue), iso(now), propre(auteur)],
                )
            actes.append(
                Acte(
                    action=Action.COMITE,
                    numero=numeros.get(cle),
                    avant=en_json({cle: ancienne}),
                    apres=en_json({cle: voulue}),
                )
            )
        journal.append(db, actes, auteur=auteur, now=now)
    return avant


def alterees(db: Base) -> list[str]:
    """Return the keys whose value is not the one that the journal last wrote."""
    ecrites: dict[str, Any] = {}
    for (apres,) in db.execute("SELECT apres FROM journal WHERE action = ? ORDER BY id", [Action.COMITE.value]):
        ecrites.update(json.loads(apres))
    presentes = _toutes(db)
    toutes = sorted({*ecrites, *presentes})
    return [cle for cle in toutes if ecrites.get(cle) != presentes.get(cle)]


def _toutes(db: Base) -> dict[str, Any]:
    return {cle: json.loads(valeur) for cle, valeur in db.execute("SELECT cle, valeur FROM comite ORDER BY cle")}
