"""The JSON of the API, operation getDemarche of ds-query-v2 (exports § 7)."""

import base64
import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from donnees import DossierDemo, Reponse
from formulaire import BLOCS, CHAMPS, OPTIONS, BlocForm, ChampForm, Genre, stable_id

NUMERO_DEMARCHE = 98765
MOIS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
        "novembre", "décembre")  # fmt: skip
TYPES = {
    Genre.TEXTE: "TextChamp",
    Genre.LONG: "TextChamp",
    Genre.ENTIER: "IntegerNumberChamp",
    Genre.DECIMAL: "DecimalNumberChamp",
    Genre.DATE: "DateChamp",
    Genre.OUI_NON: "YesNoChamp",
    Genre.CASE: "CheckboxChamp",
    Genre.CHOIX: "DropDownListChamp",
    Genre.MULTIPLE: "MultipleDropDownListChamp",
    Genre.PIECES: "PieceJustificativeChamp",
    Genre.SIRET: "SiretChamp",
}
CACHES = {
    "exclu_motif": "exclu_declare",
    "laureat_difference": "laureat_2024",
    "convention_consortium": "consortium",
    "formation_montant": "formation",
}
"""Conditional fields: absent from the answer when the question that shows them says no (exports § 7.4)."""


def ecrire_json(dossiers: list[DossierDemo]) -> bytes:
    """Return the bytes of the file."""
    demarche = {
        "id": _id(f"Procedure-{NUMERO_DEMARCHE}"),
        "number": NUMERO_DEMARCHE,
        "title": "Offre de repérage et de remobilisation – Pays de la Loire 2025 (démonstration)",
        "state": "publiee",
        "dateCreation": "2025-05-26T09:00:00+02:00",
        "demarcheURL": "https://demarche.example/commencer/offre-de-reperage-et-remobilisation",
        "activeRevision": {
            "id": _id("ProcedureRevision-251"),
            "datePublication": "2025-06-02T09:00:00+02:00",
            "champDescriptors": [*map(_descripteur, CHAMPS), *map(_descripteur_bloc, BLOCS)],
            "annotationDescriptors": [],
        },
        "dossiers": {
            "pageInfo": {"hasPreviousPage": False, "hasNextPage": False, "startCursor": "MQ", "endCursor": "NA"},
            "nodes": [_noeud(d) for d in dossiers],
        },
    }
    texte = json.dumps({"data": {"demarche": demarche}}, ensure_ascii=False, indent=1)
    return (texte + "\n").encode("utf-8")


def _descripteur(champ: ChampForm) -> dict[str, Any]:
    fait = {
        "__typename": TYPES[champ.genre] + "Descriptor",
        "id": _id(f"Champ-{stable_id(champ)}"),
        "label": champ.libelle,
        "description": "",
        "required": champ.requis,
    }
    if champ.attribut in OPTIONS:
        fait["options"] = list(OPTIONS[champ.attribut])
    return fait


def _descripteur_bloc(bloc: BlocForm) -> dict[str, Any]:
    enfants = [
        {"__typename": TYPES[e.genre] + "Descriptor", "id": _id(f"Champ-{bloc.stable_id + n}"), "label": e.libelle}
        for n, e in enumerate(bloc.enfants, 1)
    ]
    return {
        "__typename": "RepetitionChampDescriptor",
        "id": _id(f"Champ-{bloc.stable_id}"),
        "label": bloc.libelle,
        "description": "",
        "required": False,
        "champDescriptors": enfants,
    }


def _noeud(dossier: DossierDemo) -> dict[str, Any]:
    champs = [_champ(c, f"Champ-{stable_id(c)}", dossier.reponses[c.attribut], dossier) for c in CHAMPS
              if c.attribut not in CACHES or dossier.reponses[CACHES[c.attribut]]]  # fmt: skip
    groupe, libelle = dossier.groupe
    return {
        "__typename": "Dossier",
        "id": _id(f"Dossier-{dossier.numero}"),
        "number": dossier.numero,
        "archived": False,
        "prefilled": False,
        "state": dossier.etat,
        "dateDerniereModification": _instant(dossier.passage or dossier.mise_a_jour),
        "dateDepot": _instant(dossier.depot),
        "datePassageEnConstruction": _instant(dossier.depot),
        "datePassageEnInstruction": _instant(dossier.passage) if dossier.passage else None,
        "dateTraitement": None,
        "dateDerniereModificationChamps": _instant(dossier.mise_a_jour),
        "motivation": None,
        "usager": {"email": f"dossier{dossier.numero}@asso.example"},
        "deposeParUnTiers": False,
        "connectionUsager": "password",
        "groupeInstructeur": {"id": _id(f"GroupeInstructeur-{groupe}"), "number": groupe, "label": libelle},
        "demandeur": _demandeur(dossier),
        "instructeurs": [{"id": _id("Instructeur-3"), "email": "c.instruction@dreets.example"}],
        "traitements": [],
        "champs": [*champs, *(_repetition(b, dossier) for b in BLOCS)],
        "annotations": [],
        "avis": [],
        "messages": [],
    }


def _demandeur(dossier: DossierDemo) -> dict[str, Any]:
    p = dossier.porteur
    return {
        "__typename": "PersonneMorale",
        "siret": p["siret"],
        "siegeSocial": True,
        "naf": p["naf"],
        "libelleNaf": p["libelle_naf"],
        "address": {
            "label": f"{p['adresse']} {p['code_postal']} {p['localite']}",
            "type": "housenumber",
            "postalCode": p["code_postal"],
            "cityName": p["localite"],
            "departmentCode": p["code_postal"][:2],
        },
        "entreprise": {
            "siren": p["siren"],
            "capitalSocial": "-1",
            "formeJuridique": p["forme"],
            "formeJuridiqueCode": p["code"],
            "nomCommercial": "",
            "raisonSociale": p["nom"],
            "siretSiegeSocial": p["siret"],
            "dateCreation": dossier.reponses["date_creation"],
        },
        "association": {"rna": p["rna"], "titre": p["nom"], "objet": p["objet"]} if p["rna"] else None,
    }


def _repetition(bloc: BlocForm, dossier: DossierDemo) -> dict[str, Any]:
    rangees = []
    for rang, ligne in enumerate(dossier.blocs[bloc.cle], 1):
        ulid = f"01K2DEM0{dossier.numero}{rang:010d}"
        champs = []
        for n, enfant in enumerate(bloc.enfants, 1):
            fait = _champ(enfant, f"Champ-{bloc.stable_id + n}|{ulid}", ligne.get(enfant.attribut), dossier)
            if enfant.genre is Genre.SIRET:
                entreprise = {
                    "raisonSociale": ligne["nom"],
                    "siren": ligne["siret"][:9],
                    "formeJuridique": ligne["forme"],
                    "formeJuridiqueCode": ligne["code"],
                }
                fait["etablissement"] = {"siret": ligne["siret"], "entreprise": entreprise}
            champs.append(fait)
        rangees.append({"id": _id(f"Row-{ulid}"), "champs": champs})
    identifiant = _id(f"Champ-{bloc.stable_id}")
    return {
        "__typename": "RepetitionChamp",
        "id": identifiant,
        "champDescriptorId": identifiant,
        "label": bloc.libelle,
        "stringValue": "",
        "rows": rangees,
    }


def _champ(champ: ChampForm, identifiant: str, valeur: Reponse, dossier: DossierDemo) -> dict[str, Any]:
    propre = _PROPRES.get(champ.genre, _texte)(valeur, dossier)
    return {
        "__typename": TYPES[champ.genre],
        "id": _id(identifiant),
        "champDescriptorId": _id(identifiant.split("|", maxsplit=1)[0]),
        "label": champ.libelle,
        "updatedAt": _instant(dossier.mise_a_jour),
        "prefilled": False,
        **propre,
    }


def _texte(valeur: Reponse, _dossier: DossierDemo) -> dict[str, Any]:
    return {"stringValue": str(valeur or "")}


def _entier(valeur: Reponse, _dossier: DossierDemo) -> dict[str, Any]:
    texte = None if valeur is None else str(valeur)
    return {"integerNumber": texte, "stringValue": texte or ""}


def _decimal(valeur: Reponse, _dossier: DossierDemo) -> dict[str, Any]:
    nombre = None if valeur is None else float(str(valeur))
    return {"decimalNumber": nombre, "stringValue": "" if nombre is None else str(nombre)}


def _date(valeur: Reponse, _dossier: DossierDemo) -> dict[str, Any]:
    if not valeur:
        return {"date": None, "stringValue": ""}
    jour = date.fromisoformat(str(valeur))
    return {"date": jour.isoformat(), "stringValue": f"{jour.day:02d} {MOIS[jour.month - 1]} {jour.year}"}


def _oui_non(valeur: Reponse, _dossier: DossierDemo) -> dict[str, Any]:
    return {"selected": valeur, "stringValue": "" if valeur is None else str(valeur).lower()}


def _case(valeur: Reponse, _dossier: DossierDemo) -> dict[str, Any]:
    return {"checked": bool(valeur), "stringValue": str(bool(valeur)).lower()}


def _choix(valeur: Reponse, _dossier: DossierDemo) -> dict[str, Any]:
    return {"value": valeur or None, "stringValue": str(valeur or "")}


def _multiple(valeur: Reponse, _dossier: DossierDemo) -> dict[str, Any]:
    choix = valeur if isinstance(valeur, list) else []
    return {"values": choix, "stringValue": ", ".join(choix)}


def _pieces(valeur: Reponse, dossier: DossierDemo) -> dict[str, Any]:
    noms = valeur if isinstance(valeur, list) else []
    fichiers = [
        {
            "__typename": "File",
            "filename": nom,
            "contentType": "application/pdf" if nom.endswith(".pdf") else "application/octet-stream",
            "checksum": "",
            "byteSize": "0",
            "url": f"https://stockage.example/{dossier.numero}/{rang}",
            "createdAt": _instant(dossier.depot),
        }
        for rang, nom in enumerate(noms, 1)
    ]
    return {"stringValue": None, "files": fichiers}


_PROPRES: dict[Genre, Callable[[Reponse, DossierDemo], dict[str, Any]]] = {
    Genre.ENTIER: _entier,
    Genre.DECIMAL: _decimal,
    Genre.DATE: _date,
    Genre.OUI_NON: _oui_non,
    Genre.CASE: _case,
    Genre.CHOIX: _choix,
    Genre.MULTIPLE: _multiple,
    Genre.PIECES: _pieces,
}


def _instant(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S}+02:00"  # every date of the campagne is in summer


def _id(texte: str) -> str:
    return base64.b64encode(texte.encode()).decode()
