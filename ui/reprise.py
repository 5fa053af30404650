"""Where the work stopped in a campagne: numbers, identifiers and fingerprints, no word of any dossier."""

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from ui.navigation import Onglet
from ui.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Reprise:
    """A dossier and what was in view: ``haut`` is the character of the form at its top."""

    numero: int
    critere: str = ""
    onglet: str = ""
    empreinte: str = ""
    """SHA-256 of the piece in view."""
    page: int = 1
    haut: int = 0
    par_critere: bool = False


def lire(reglages: Settings, dossier: Path) -> Reprise | None:
    """Return where the work stopped; None when it never began, what makes no sense is left out."""
    debut = reglages.reprise(dossier)
    if debut is None:
        return None
    numero, critere = debut
    try:
        lu = json.loads(reglages.texte(_cle(dossier)))
    except ValueError:
        lu = None
    if not isinstance(lu, dict) or lu.get("numero") != numero:
        return Reprise(numero=numero, critere=critere)
    sues = {f.name: lu[f.name] for f in fields(Reprise) if _vaut(f.name, lu.get(f.name))}
    return Reprise(**{**sues, "numero": numero, "critere": critere})


def garder(reglages: Settings, dossier: Path, reprise: Reprise) -> None:
    """Remember where the work stops."""
    reglages.set_reprise(dossier, reprise.numero, reprise.critere)
    reglages.set_texte(_cle(dossier), json.dumps(asdict(reprise)))


def _cle(dossier: Path) -> str:
    return f"lieu/{hashlib.sha256(str(dossier).encode()).hexdigest()[:16]}"


def _vaut(nom: str, valeur: Any) -> bool:
    match nom:
        case "onglet":
            return valeur in set(Onglet)
        case "par_critere":
            return isinstance(valeur, bool)
        case "critere" | "empreinte":
            return isinstance(valeur, str)
    return isinstance(valeur, int) and not isinstance(valeur, bool) and 0 <= valeur < 2**53
