"""Exports of every format that carry the same texts: one dossier for each, from number 1."""

import base64
import csv
import json
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.hostile import classeurs

LIE, LIBRE = "Résumé du projet (10 lignes)", "Colonne <b>que</b> nul ne connaît & sans lien"
"""A field that the grille reads and one that it does not."""
ENTETE = [*classeurs.STANDARD, LIE, LIBRE]


def _ligne(numero: int, texte: str) -> list[object]:
    cellules = classeurs.ligne(str(numero), lie=texte, libre=texte)
    cellules[classeurs.STANDARD.index("Entreprise raison sociale")] = texte
    return cellules


def _lignes(textes: Mapping[str, str]) -> list[list[object]]:
    return [_ligne(numero, texte) for numero, texte in enumerate(textes.values(), 1)]


def en_csv(chemin: Path, textes: Mapping[str, str]) -> None:
    """Write a CSV."""
    with chemin.open("w", encoding="utf-8", newline="") as flux:
        csv.writer(flux, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows([ENTETE, *_lignes(textes)])


def en_xlsx(chemin: Path, textes: Mapping[str, str]) -> None:
    """Write an XLSX."""
    classeurs.classeur(chemin, ENTETE, *_lignes(textes))


def en_ods(chemin: Path, textes: Mapping[str, str]) -> None:
    """Write an ODS."""
    classeurs.ods(chemin, classeurs.table_ods(ENTETE, *_lignes(textes)))


def en_json(chemin: Path, textes: Mapping[str, str]) -> None:
    """Write an answer of the API."""
    noeuds = [noeud(numero, texte) for numero, texte in enumerate(textes.values(), 1)]
    chemin.write_text(json.dumps({"data": {"demarche": {"number": 1, "dossiers": {"nodes": noeuds}}}}), "utf-8")


def noeud(numero: object, texte: str = "", **autres: object) -> dict[str, object]:
    """Return a dossier of the API."""
    champs = [
        {"id": base64.b64encode(f"Champ-{rang}".encode()).decode(), "label": libelle, "stringValue": texte}
        for rang, libelle in enumerate((LIE, LIBRE), 1)
    ]
    return {
        "number": numero,
        "state": "en_instruction",
        "dateDepot": "2025-08-01T10:00:00+02:00",
        "dateDerniereModification": "2025-08-02T10:00:00+02:00",
        "demandeur": {"__typename": "PersonneMorale", "siret": "", "entreprise": {"raisonSociale": texte}},
        "champs": champs,
        **autres,
    }


FORMATS: dict[str, Callable[[Path, Mapping[str, str]], None]] = {
    "csv": en_csv,
    "xlsx": en_xlsx,
    "ods": en_ods,
    "json": en_json,
}
