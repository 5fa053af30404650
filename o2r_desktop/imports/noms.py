"""What the name of an export says: procedure and date (exports-demarche-numerique § 1.3)."""

import re
from datetime import datetime

from o2r_desktop.text import PARIS

_NOM = re.compile(r"dossiers_(?P<chemin>.+?)_(?P<jour>\d{4}-\d{2}-\d{2})_(?P<heure>\d{2}-\d{2})(?!\d)", re.ASCII)


def lire_nom(nom: str) -> tuple[str, datetime | None]:
    """Return the public path of the procedure and the Paris time of the export, «» and None when not told."""
    trouve = _NOM.match(nom)
    if trouve is None:
        return "", None
    try:
        moment = datetime.strptime(f"{trouve['jour']} {trouve['heure']}", "%Y-%m-%d %H-%M").replace(tzinfo=PARIS)
    except ValueError:
        return trouve["chemin"], None
    return trouve["chemin"], moment
