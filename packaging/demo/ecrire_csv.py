"""The CSV of a standard export: comma, UTF-8 without BOM, LF, one table (exports § 4.1)."""

import csv
import io
from datetime import datetime

from donnees import DossierDemo
from formulaire import CHAMPS
from tableau import DEBUT, ETABLISSEMENT, SUITE, Cellule, cellule, debut, etablissement, suite


def ecrire_csv(dossiers: list[DossierDemo]) -> bytes:
    """Return the bytes of the file."""
    sortie = io.StringIO(newline="")
    ecrivain = csv.writer(sortie, lineterminator="\n")
    ecrivain.writerow([*DEBUT, "Établissement SIRET", *ETABLISSEMENT, *SUITE, *(c.libelle for c in CHAMPS)])
    for dossier in dossiers:
        champs = [cellule(c, dossier.reponses[c.attribut]) for c in CHAMPS]
        ligne = [*debut(dossier), dossier.porteur["siret"], *etablissement(dossier), *suite(dossier), *champs]
        ecrivain.writerow([_texte(valeur) for valeur in ligne])
    return sortie.getvalue().encode("utf-8")


def _texte(valeur: Cellule) -> str:
    if valeur is None:
        return ""
    if isinstance(valeur, bool):
        return "true" if valeur else "false"
    if isinstance(valeur, datetime):
        return f"{valeur:%Y-%m-%d %H:%M:%S} +0200"  # every deposit of the campagne is in summer
    return str(valeur)
