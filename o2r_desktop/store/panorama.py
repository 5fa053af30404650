"""What each dossier says that others are compared with, in the store: derived, dropped when its sources changed."""

import json
from collections.abc import Mapping
from typing import Any

from o2r_desktop.store.connection import Campagne, ecriture, lecture
from o2r_desktop.store.valeurs import en_json, propre


def load(campagne: Campagne, *, regles: str) -> dict[int, Any]:
    """Return what still holds, by dossier."""
    with lecture(campagne) as db:
        lignes = db.execute(
            "SELECT p.numero, p.contenu FROM panorama AS p JOIN dossier AS d ON d.numero = p.numero "
            "WHERE p.empreinte = d.empreinte AND p.regles = ? ORDER BY p.numero",
            [regles],
        ).fetchall()
    if not lignes:
        return {}
    contenus = json.loads(f"[{','.join(contenu for _, contenu in lignes)}]")
    return {numero: contenu for (numero, _), contenu in zip(lignes, contenus, strict=True)}


def save(
    campagne: Campagne, contenus: Mapping[int, Any], empreintes: Mapping[int, str], *, regles: str
) -> None:  # fmt: skip
    """Keep lines, each made from the record of that fingerprint; nothing goes to the journal, they are derived."""
    lignes = [(n, empreintes[n], regles, propre(en_json(c))) for n, c in contenus.items() if n in empreintes]
    with ecriture(campagne) as db:
        db.conn.executemany(
            "INSERT OR REPLACE INTO panorama (numero, empreinte, regles, contenu) "
            "SELECT ?1, ?2, ?3, ?4 FROM dossier WHERE numero = ?1 AND empreinte = ?2",
            lignes,
        )
