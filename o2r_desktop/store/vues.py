"""Named views of the list, in the store: a name, and a JSON object that the store does not look into."""

import json
from collections.abc import Mapping
from typing import Any

from o2r_desktop.errors import DossierError
from o2r_desktop.store.connection import Campagne, ecriture, lecture
from o2r_desktop.store.valeurs import en_json, propre
from o2r_desktop.text import NBSP


def lire(campagne: Campagne) -> dict[str, dict[str, Any]]:
    """Return the views by name, in the order they were made."""
    with lecture(campagne) as db:
        return {nom: json.loads(dit) for nom, dit in db.execute("SELECT nom, contenu FROM vue ORDER BY rang, nom")}


def ecrire(campagne: Campagne, nom: str, contenu: Mapping[str, Any]) -> None:
    """Write a view, in place of the one of that name. StoreError."""
    with ecriture(campagne) as db:
        db.execute(
            "INSERT INTO vue (nom, rang, contenu) VALUES (?, (SELECT coalesce(max(rang), 0) + 1 FROM vue), ?) "
            "ON CONFLICT (nom) DO UPDATE SET contenu = excluded.contenu",
            [propre(nom), propre(en_json(contenu))],
        )


def renommer(campagne: Campagne, ancien: str, nouveau: str) -> None:
    """Give a view another name, which must be free: DossierError otherwise."""
    with ecriture(campagne) as db:
        if db.execute("SELECT 1 FROM vue WHERE nom = ?", [propre(nouveau)]).fetchone():
            raise DossierError(f"Une vue s’appelle déjà «{NBSP}{nouveau}{NBSP}»{NBSP}: choisissez un autre nom.")
        db.execute("UPDATE vue SET nom = ? WHERE nom = ?", [propre(nouveau), propre(ancien)])


def supprimer(campagne: Campagne, nom: str) -> None:
    """Forget a view; nothing happens when there is none of that name."""
    with ecriture(campagne) as db:
        db.execute("DELETE FROM vue WHERE nom = ?", [propre(nom)])
