"""Who instructs a dossier and how the team labelled it, in the store."""

import json
from collections.abc import Mapping
from typing import Any

from o2r_desktop.store.base import Base
from o2r_desktop.store.connection import Campagne, lecture
from o2r_desktop.store.valeurs import en_json, propre


def lire(db: Base, numero: int) -> dict[str, Any]:
    """Return {"instructeur": "", "etiquettes": […]}."""
    ligne = db.execute("SELECT instructeur, etiquettes FROM attribution WHERE numero = ?", [numero]).fetchone()
    return {"instructeur": ligne[0], "etiquettes": json.loads(ligne[1])} if ligne else _vide()


def ecrire(db: Base, numero: int, etat: Mapping[str, Any]) -> None:
    """Write them, inside the caller's transaction; nothing said is nothing kept."""
    if etat == _vide():
        db.execute("DELETE FROM attribution WHERE numero = ?", [numero])
        return
    etiquettes = en_json([propre(e) for e in etat["etiquettes"]])
    db.execute(
        "INSERT INTO attribution (numero, instructeur, etiquettes) VALUES (?, ?, ?) "
        "ON CONFLICT (numero) DO UPDATE SET instructeur = excluded.instructeur, etiquettes = excluded.etiquettes",
        [numero, propre(etat["instructeur"]), etiquettes],
    )


def toutes(campagne: Campagne) -> dict[int, tuple[str, str]]:
    """Return the instructeur and the labels, as the JSON list that is kept, of each dossier that has any.

    Made for the list: ten thousand of them cost some milliseconds, as nothing is parsed.
    """
    with lecture(campagne) as db:
        lignes = db.execute("SELECT numero, instructeur, etiquettes FROM attribution").fetchall()
    return {numero: (instructeur, etiquettes) for numero, instructeur, etiquettes in lignes}


def _vide() -> dict[str, Any]:
    return {"instructeur": "", "etiquettes": []}
