"""The raw record as text: what is kept of a dossier, and its fingerprint.

One JSON object for each dossier, without its columns, which many dossiers share. Only ASCII is written, so that
control characters and lone surrogates cross every store unharmed.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from o2r_desktop.dossiers.champs import Brut
from o2r_desktop.dossiers.model import Bloc, Colonne, Enregistrement, Origine

LigneBloc = Mapping[str, Brut]
BlocEcrit = tuple[str, int | None, Sequence[LigneBloc]]
"""A block as it is written: label, stable_id, rows."""


def iso(valeur: object) -> str:
    """Return a date or a time of a spreadsheet as ISO text, to the second; anything else as its text."""
    if isinstance(valeur, datetime):
        if valeur.microsecond:  # serial numbers are binary fractions of a day
            valeur = (valeur + timedelta(microseconds=500_000)).replace(microsecond=0)
        return valeur.isoformat()
    return valeur.isoformat() if isinstance(valeur, date) else str(valeur)


ecrire: Callable[[Any], str] = json.JSONEncoder(check_circular=False, default=iso, separators=(",", ":")).encode
"""Write JSON, compact and ASCII."""


def ecrire_contenu(
    *,
    origine: Origine,
    fixes: Mapping[str, Brut],
    demandeur: Mapping[str, Brut],
    cellules: Sequence[Brut],
    blocs: Sequence[BlocEcrit] | None,
    autres: Mapping[str, Any],
) -> str:
    """Return the JSON text of a record from its parts; import writes it without building the record."""
    contenu = {
        "origine": origine.value,
        "fixes": fixes,
        "demandeur": demandeur,
        "cellules": cellules,
        "blocs": blocs,
        "autres": autres,
    }
    return ecrire(contenu)


def en_json(enregistrement: Enregistrement) -> str:
    """Return the JSON text of a record, without its number and its columns."""
    blocs = enregistrement.blocs
    return ecrire_contenu(
        origine=enregistrement.origine,
        fixes=dict(enregistrement.fixes),
        demandeur=dict(enregistrement.demandeur),
        cellules=enregistrement.cellules,
        blocs=None if blocs is None else [(b.libelle, b.stable_id, [dict(x) for x in b.lignes]) for b in blocs],
        autres=dict(enregistrement.autres),
    )


def de_json(numero: int, contenu: str, colonnes: Sequence[Colonne]) -> Enregistrement:
    """Return the record that en_json wrote."""
    lu = json.loads(contenu)
    blocs = lu["blocs"]
    return Enregistrement(
        numero=numero,
        origine=Origine(lu["origine"]),
        fixes=lu["fixes"],
        demandeur=lu["demandeur"],
        colonnes=tuple(colonnes),
        cellules=tuple(lu["cellules"]),
        blocs=None if blocs is None else tuple(_bloc(b) for b in blocs),
        autres=lu["autres"],
    )


def _bloc(ecrit: Sequence[Any]) -> Bloc:
    libelle, stable_id, lignes = ecrit
    return Bloc(libelle=libelle, stable_id=stable_id, lignes=tuple(lignes))


def colonnes_en_json(colonnes: Sequence[Colonne]) -> str:
    """Return the JSON text of a set of columns."""
    return ecrire([[c.libelle, c.rang, c.stable_id, *([c.lie_par] if c.lie_par else [])] for c in colonnes])


def colonnes_de_json(texte: str) -> tuple[Colonne, ...]:
    """Return the columns that colonnes_en_json wrote."""
    return tuple(Colonne(*ecrite) for ecrite in json.loads(texte))


def empreinte(colonnes_json: str, contenu: str) -> str:
    """Return the SHA-256, in hexadecimal, of a record with its columns."""
    return hashlib.sha256(f"{colonnes_json}\n{contenu}".encode()).hexdigest()
