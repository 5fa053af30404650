"""JSON of the GraphQL API, as tools save it (exports-demarche-numerique § 7). Runs in the child process."""

import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from o2r_desktop.dossiers.champs import Brut, texte_de
from o2r_desktop.dossiers.model import Colonne, Origine
from o2r_desktop.errors import ExportError, ExportFormatError, ExportUnreadableError
from o2r_desktop.imports.fiches import Atelier, Fiche, par_lots
from o2r_desktop.imports.gardes import citer, ferme, verifier_etendue
from o2r_desktop.imports.json_champs import (
    Objet,
    Schema,
    brut,
    civilite,
    decoder_identifiant,
    demandeur_moral,
    lire_champs,
    objet,
    objets,
)
from o2r_desktop.text import printable

_FIXES = {
    "state": "etat",
    "dateDepot": "depot",
    "dateDerniereModification": "derniere_maj",
    "dateDerniereModificationChamps": "maj_usager",
    "datePassageEnConstruction": "passage_construction",
    "datePassageEnInstruction": "passage_instruction",
    "dateTraitement": "traitement",
    "dateExpiration": "expiration",
    "motivation": "motivation",
    "archived": "archive",
    "connectionUsager": "connexion",
}
_MANDATAIRE = {
    "deposeParUnTiers": "pour_tiers",
    "nomMandataire": "nom_mandataire",
    "prenomMandataire": "prenom_mandataire",
}
_PERSONNE = {"nom": "nom", "prenom": "prenom", "dateDeNaissance": "date_naissance", "email": "email"}
_ETATS_V1 = frozenset({"initiated", "received", "closed", "refused", "without_continuation", "draft"})
_MESSAGE_MAX = 200
_ENVELOPPES = ("demarche", "groupeInstructeur", "dossier", "demarcheDescriptor")


def lire_json(chemin: Path, demarche: str, atelier: Atelier) -> None:
    """Read an answer of the API and hand its dossiers to *atelier*; raises an ExportError when it is none."""
    sujet = citer(chemin.name)
    racine = _charger(chemin, sujet)
    noeuds: list[Objet] = []
    schema = Schema()
    titres: list[str] = []
    suite = False
    for enveloppe in _enveloppes(racine, sujet):
        schema.decrire(objet(enveloppe.get("activeRevision")).get("champDescriptors"))
        for revision in objets(enveloppe.get("revisions")):
            schema.decrire(revision.get("champDescriptors"))
        titres.append(_titre(enveloppe))
        pages = objet(enveloppe.get("dossiers"))
        suite = suite or objet(pages.get("pageInfo")).get("hasNextPage") is True
        noeuds += _noeuds(enveloppe)
    if not noeuds:
        raise ExportFormatError(f"{sujet} ne contient aucun dossier : la réponse de l’API n’en porte pas.")
    verifier_etendue(sujet, len(noeuds), 0)
    titre = next(filter(None, titres), "") or _titre(objet(noeuds[0].get("demarche"))) or demarche
    atelier.ouvrir(Origine.JSON_API, titre, len(noeuds))
    if suite:
        atelier.remarquer(
            "Ce fichier n’est qu’une page : d’autres dossiers de la démarche sont dans les suivantes."
        )
    for lot in par_lots(enumerate(noeuds, 1)):
        par_jeu: dict[tuple[Colonne, ...], list[Fiche]] = {}
        for rang, noeud in lot:
            colonnes, fiche = _fiche(rang, noeud, schema, titre)
            par_jeu.setdefault(colonnes, []).append(fiche)
        for colonnes, fiches in par_jeu.items():
            atelier.ajouter(colonnes, fiches)


def _charger(chemin: Path, sujet: str) -> Any:
    try:
        octets = chemin.read_bytes()
        texte = octets.decode(json.detect_encoding(octets), "surrogatepass")
        del octets  # as heavy as half of the text; what is read of it will weigh four times as much
        return json.loads(texte, parse_constant=str, parse_float=_reel)
    except OSError as erreur:
        raise ferme(sujet) from erreur
    except ValueError as erreur:  # bad UTF-8, bad JSON, or a number of five thousand digits
        raise ExportUnreadableError(
            f"{sujet} n’est pas un JSON complet : il est abîmé ou tronqué, téléchargez-le de nouveau."
        ) from erreur


def _reel(texte: str) -> float | str:
    """Return a number, its own text when it is too great for one: «1e999» never becomes an infinity."""
    valeur = float(texte)
    return valeur if math.isfinite(valeur) else texte


def _enveloppes(racine: Any, sujet: str) -> list[Objet]:
    """Return the objects that hold dossiers, whatever the tool that saved them wrapped around (§ 7.2)."""
    if isinstance(racine, list):
        elements = objets(racine)
        if elements and all("data" in e or any(cle in e for cle in _ENVELOPPES) for e in elements):
            return [enveloppe for e in elements for enveloppe in _enveloppes(e, sujet)]
        _refuser(objet(elements[0] if elements else None), sujet)
        if elements and not any("number" in e for e in elements):
            raise _inconnu(sujet)
        return [{"dossiers": {"nodes": elements}}]
    corps = objet(racine)
    _refuser(corps, sujet)
    if isinstance(corps.get("data"), (dict, list)):
        return _enveloppes(corps["data"], sujet)
    if "number" not in corps:
        for cle in _ENVELOPPES:
            if isinstance(corps.get(cle), dict):
                _refuser(corps[cle], sujet)
                return [corps[cle] if cle != "dossier" else _un_dossier(corps[cle])]
    if "dossiers" in corps or "nodes" in corps or "edges" in corps:
        return [corps if "dossiers" in corps else {"dossiers": corps}]
    if "champs" in corps or ("number" in corps and "state" in corps):
        return [_un_dossier(corps)]
    alias = [valeur for valeur in corps.values() if isinstance(valeur, dict)]
    if len(alias) == 1:
        return _enveloppes(alias[0], sujet)
    raise _inconnu(sujet)


def _inconnu(sujet: str) -> ExportFormatError:
    return ExportFormatError(f"{sujet} est un JSON d’une forme inconnue, pas une réponse de l’API GraphQL.")


def _un_dossier(noeud: Objet) -> Objet:
    return {**objet(noeud.get("demarche")), "dossiers": {"nodes": [noeud]}}


def _refuser(corps: Objet, sujet: str) -> None:
    """Raise when an object is surely something else: errors of the API, GeoJSON, API v1, a form without dossier."""
    if corps.get("errors") and not corps.get("data"):
        raise ExportFormatError(f"{sujet} est une erreur de l’API, sans dossier : « {_message(corps)} ».")
    if corps.get("type") in ("FeatureCollection", "Feature"):
        raise ExportFormatError(
            f"{sujet} est un GeoJSON (le « JSON » de l’interface) : demandez un export XLSX ou CSV."
        )
    if _est_v1(corps):
        raise ExportFormatError(
            f"{sujet} vient de l’ancienne API v1, qui n’est pas prise : demandez un export XLSX ou CSV."
        )
    if "demarcheDescriptor" in corps and not any(cle in corps for cle in ("demarche", "dossier", "dossiers")):
        raise _sans_dossier(sujet)


def _message(corps: Objet) -> str:
    """Return what the API says went wrong, on one line and not for long."""
    message = texte_de(brut(next((e.get("message") for e in objets(corps["errors"])), "")))
    ligne = " ".join(printable(message[:_MESSAGE_MAX]).split())
    return ligne if len(message) <= _MESSAGE_MAX else f"{ligne}…"


def _sans_dossier(sujet: str) -> ExportError:
    return ExportFormatError(f"{sujet} décrit le formulaire : il ne contient aucun dossier.")


def _est_v1(corps: Objet) -> bool:
    """Recognise the historical REST API (§ 7.6): its own states, fields that hold their type."""
    if isinstance(corps.get("pagination"), dict) and "dossiers" in corps:
        return True
    dossiers = corps["dossiers"] if isinstance(corps.get("dossiers"), list) else [corps.get("dossier", corps)]
    premier = objet(next(iter(dossiers), None))
    champs = objets(premier.get("champs"))
    etat = premier.get("state")
    return (isinstance(etat, str) and etat in _ETATS_V1) or any("type_de_champ" in champ for champ in champs)


def _titre(source: Objet) -> str:
    """Return «98765 – AMI O2R», whichever part is there."""
    parts = (texte_de(brut(source.get(cle))).strip() for cle in ("number", "title"))
    return " – ".join(part for part in parts if part)


def _noeuds(enveloppe: Objet) -> list[Objet]:
    """Return dossiers of ``nodes``, of ``edges[].node`` or of a bare list."""
    dossiers = enveloppe.get("dossiers")
    if isinstance(dossiers, list):
        return objets(dossiers)
    pages = objet(dossiers)
    if isinstance(pages.get("nodes"), list):
        return objets(pages["nodes"])
    return [noeud for arete in objets(pages.get("edges")) if (noeud := objet(arete.get("node")))]


def _fiche(rang: int, noeud: Objet, schema: Schema, titre: str) -> tuple[tuple[Colonne, ...], Fiche]:
    fixes = {notre: _fixe(noeud[cle]) for cle, notre in _FIXES.items() if cle in noeud}
    fixes |= dict(_fixes_composes(noeud))
    if titre:
        fixes["demarche"] = titre
    reponses = lire_champs([*objets(noeud.get("champs")), *objets(noeud.get("annotations"))], schema)
    autres = {cle: noeud[cle] for cle in ("avis", "messages", "traitements") if noeud.get(cle)}
    autres = _sans_adresses(autres)
    if reponses.etablissements:
        autres["etablissements"] = reponses.etablissements
    if reponses.pieces:
        autres["pieces"] = reponses.pieces
    if isinstance(noeud.get("annotations"), list):
        autres["annotations"] = [decoder_identifiant(a.get("id"))[0] for a in objets(noeud["annotations"])]
    blocs = reponses.blocs if isinstance(noeud.get("champs"), list) else None
    demandeur = _demandeur(noeud)
    numero = brut(noeud.get("number", noeud.get("dossier_id")))
    fiche = Fiche(rang, numero, fixes, demandeur, reponses.cellules, blocs, autres)
    return tuple(reponses.colonnes), fiche


def _fixe(valeur: object) -> Brut:
    return "" if valeur is None else brut(valeur)


def _fixes_composes(noeud: Objet) -> Iterator[tuple[str, Brut]]:
    if "usager" in noeud:
        yield "email", texte_de(brut(objet(noeud["usager"]).get("email")))
    if "connectionUsager" in noeud:
        yield "franceconnect", noeud["connectionUsager"] == "france_connect"
    if "groupeInstructeur" in noeud:
        yield "groupe_instructeur", texte_de(brut(objet(noeud["groupeInstructeur"]).get("label")))
    if "instructeurs" in noeud:
        yield "instructeurs", " ".join(texte_de(brut(i.get("email"))) for i in objets(noeud["instructeurs"]))
    if "labels" in noeud:
        yield "labels", ", ".join(texte_de(brut(label.get("name"))) for label in objets(noeud["labels"]))


def _demandeur(noeud: Objet) -> dict[str, Brut]:
    source = objet(noeud.get("demandeur"))
    genre = source.get("__typename")
    connu: dict[str, Brut] = {}
    if genre == "PersonnePhysique" or (genre is None and "siret" not in source and "nom" in source):
        connu = {notre: texte_de(brut(source[cle])) for cle, notre in _PERSONNE.items() if cle in source}
        if "civilite" in source:
            connu["civilite"] = civilite(source["civilite"])
    elif source:
        connu = demandeur_moral(source)
    connu |= {notre: _fixe(noeud[cle]) for cle, notre in _MANDATAIRE.items() if cle in noeud}
    return connu


def _sans_adresses(valeur: Any) -> Any:
    """Drop the addresses of files: they expire, and would make the same dossier look changed."""
    if isinstance(valeur, Mapping):
        return {cle: _sans_adresses(v) for cle, v in valeur.items() if cle != "url"}
    if isinstance(valeur, list):
        return [_sans_adresses(v) for v in valeur]
    return valeur
