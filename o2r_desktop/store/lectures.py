"""How far each piece was read, in the store: no judgement, so neither the journal nor undo know of it."""

import json
from datetime import datetime

from o2r_desktop.evaluation.lectures import Lecture
from o2r_desktop.store import dossiers
from o2r_desktop.store.connection import Campagne, ecriture, lecture
from o2r_desktop.store.valeurs import en_json, est_entier, iso, propre


def load(campagne: Campagne, numero: int) -> dict[str, Lecture]:
    """Return what was read of a dossier, by SHA-256 of the piece."""
    if not est_entier(numero):
        return {}
    with lecture(campagne) as db:
        lignes = db.execute(
            "SELECT empreinte, page, zoom, vues, lue FROM lecture WHERE numero = ?", [numero]
        ).fetchall()
    return {
        empreinte: Lecture(
            empreinte=empreinte, page=page, zoom=zoom, vues=frozenset(json.loads(vues)), lue=bool(lue)
        )
        for empreinte, page, zoom, vues, lue in lignes
    }


def save(campagne: Campagne, numero: int, lue: Lecture, *, now: datetime) -> None:
    """Keep how far a piece was read, in place of what was kept; DossierError when there is no such dossier."""
    with ecriture(campagne) as db:
        dossiers.exiger(db, numero)
        db.execute(
            "INSERT INTO lecture (numero, empreinte, page, zoom, vues, lue, le) VALUES (?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (numero, empreinte) DO UPDATE SET page = excluded.page, zoom = excluded.zoom, "
            "vues = excluded.vues, lue = excluded.lue, le = excluded.le",
            [numero, lue.empreinte, lue.page, propre(lue.zoom), en_json(sorted(lue.vues)), int(lue.lue), iso(now)],
        )
