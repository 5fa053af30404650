"""Fields of the GraphQL API: from an object of the answer to cells (exports-demarche-numerique §§ 7.4 and 7.5).

Names of types are not relied on alone: the keys that are there decide, then the descriptor, then ``stringValue``.
"""

import base64
import binascii
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from o2r_desktop.dossiers.champs import Brut, texte_de
from o2r_desktop.dossiers.enregistrement import BlocEcrit
from o2r_desktop.dossiers.model import Colonne

Objet = Mapping[str, Any]

_IDENTIFIANT = re.compile(r"Champ-(\d{1,15})(?:\|(.+))?", re.DOTALL)
_VALEURS = (
    "integerNumber",
    "decimalNumber",
    "date",
    "datetime",
    "checked",
    "selected",
    "intValue",
    "decimalValue",
    "dateValue",
    "datetimeValue",
    "boolValue",
    "value",
)
"""Keys of simple values, those of old clients included; the first that is there wins."""
_FICHIER = ("filename", "contentType", "checksum", "byteSize")
_SANS_CELLULE = ("HeaderSection", "Explication")
_BOOLEENS = ("Checkbox", "YesNo")
_LIEUX = {
    "commune": (("Code INSEE", "commune"), ("Département", "departement")),
    "epci": (("Code", "epci"), ("Département", "departement")),
    "departement": (("Code", "departement"),),
    "region": (("Code", "region"),),
    "pays": (("Code", "pays"),),
}
"""Sub-columns of places, under the names of the tables (§ 3.4)."""


def decoder_identifiant(identifiant: object) -> tuple[int | None, str]:
    """Return the stable_id of a field and the key of its row, None and «» when it cannot be decoded."""
    if not isinstance(identifiant, str):
        return None, ""
    try:
        clair = base64.b64decode(identifiant, validate=True).decode()
    except (binascii.Error, ValueError):
        return None, ""
    trouve = _IDENTIFIANT.fullmatch(clair)
    return (int(trouve[1]), trouve[2] or "") if trouve else (None, "")


def objet(valeur: object) -> Objet:
    """Return *valeur* when it is an object, else an empty one."""
    return valeur if isinstance(valeur, dict) else {}


def objets(valeur: object) -> list[Objet]:
    """Return the objects of a list, whatever else it holds."""
    return [v for v in valeur if isinstance(v, dict)] if isinstance(valeur, list) else []


def brut(valeur: object) -> Brut:
    """Return a JSON value as a cell; objects become their label or name."""
    if isinstance(valeur, list):
        return [texte_de(brut(v)) for v in valeur]
    if isinstance(valeur, dict):
        return next((texte_de(brut(valeur[cle])) for cle in ("label", "name", "number", "id") if cle in valeur), "")
    return valeur if valeur is None or isinstance(valeur, (str, int, float)) else str(valeur)


@dataclass(slots=True)
class Schema:
    """Fields known from descriptors and from the dossiers already read; gives equal labels their rank."""

    libelles: dict[int, str] = field(default_factory=dict)
    genres: dict[int, str] = field(default_factory=dict)
    rangs: dict[str, list[int]] = field(default_factory=dict)

    def decrire(self, descripteurs: object) -> None:
        """Learn labels and types; children of blocks are learnt too, without rank."""
        for descripteur in objets(descripteurs):
            stable_id, _ = decoder_identifiant(descripteur.get("id"))
            if stable_id is not None:
                libelle = texte_de(brut(descripteur.get("label"))).strip()
                self.libelles[stable_id] = libelle
                self.genres[stable_id] = texte_de(brut(descripteur.get("__typename") or descripteur.get("type")))
                self.rang(libelle, stable_id)
            for enfant in objets(descripteur.get("champDescriptors")):
                numero, _ = decoder_identifiant(enfant.get("id"))
                if numero is not None:
                    self.libelles[numero] = texte_de(brut(enfant.get("label"))).strip()
                    self.genres[numero] = texte_de(brut(enfant.get("__typename") or enfant.get("type")))

    def rang(self, libelle: str, stable_id: int) -> int:
        """Return the rank of a field among those of equal label."""
        connus = self.rangs.setdefault(libelle, [])
        if stable_id not in connus:
            connus.append(stable_id)
        return connus.index(stable_id) + 1


@dataclass(slots=True)
class Reponses:
    """Columns and cells of one dossier, its blocks, and the establishments of its SIRET fields."""

    colonnes: list[Colonne] = field(default_factory=list)
    cellules: list[Brut] = field(default_factory=list)
    blocs: list[BlocEcrit] = field(default_factory=list)
    etablissements: list[dict[str, Any]] = field(default_factory=list)
    pieces: list[dict[str, Any]] = field(default_factory=list)


def lire_champs(champs: Sequence[Objet], schema: Schema) -> Reponses:
    """Read the fields of a dossier, annotations after them."""
    reponses = Reponses()
    vus: dict[str, int] = {}
    for champ in champs:
        stable_id, libelle, genre = _identite(champ, schema)
        if genre.startswith(_SANS_CELLULE):
            continue
        if genre.startswith("Repetition") or "rows" in champ or "champs" in champ:
            reponses.blocs.append((libelle, stable_id, _lignes(champ, schema)))
            continue
        vus[libelle] = vus.get(libelle, 0) + 1
        rang = vus[libelle] if stable_id is None else schema.rang(libelle, stable_id)
        for suffixe, cellule in _cellules(champ, genre):
            numero = stable_id if not suffixe else None
            reponses.colonnes.append(Colonne(libelle + suffixe, rang, numero))
            reponses.cellules.append(cellule)
        _annexes(champ, libelle, reponses)
    return reponses


def _identite(champ: Objet, schema: Schema) -> tuple[int | None, str, str]:
    """Return stable_id, label and type of a field."""
    stable_id, _ = decoder_identifiant(champ.get("champDescriptorId"))
    if stable_id is None:
        stable_id, _ = decoder_identifiant(champ.get("id"))
    libelle = texte_de(brut(champ.get("label"))).strip()
    decrit = schema.genres.get(stable_id, "") if stable_id is not None else ""
    if not libelle and stable_id is not None:
        libelle = schema.libelles.get(stable_id, f"champ {stable_id}")
    genre = texte_de(brut(champ.get("__typename")))
    return stable_id, libelle or "(champ sans titre)", decrit if genre in ("", "TextChamp") and decrit else genre


def _annexes(champ: Objet, libelle: str, reponses: Reponses) -> None:
    etablissement = objet(champ.get("etablissement"))
    if etablissement:
        reponses.etablissements.append({"champ": libelle, **demandeur_moral(etablissement)})
    for fichier in _fichiers(champ) or []:
        # the address of a file expires in minutes and opens it to anyone: never kept
        connu = {cle: brut(fichier[cle]) for cle in _FICHIER if cle in fichier}
        reponses.pieces.append({"champ": libelle, **connu})


def _cellules(champ: Objet, genre: str) -> Iterator[tuple[str, Brut]]:
    """Yield suffixes of columns and cells: most fields have one, places have two or three."""
    yield "", _valeur(champ, genre)
    for lieu, colonnes in _LIEUX.items():
        if lieu in champ and genre.lower().startswith(lieu):
            for suffixe, source in colonnes:
                trouve = objet(champ.get(source))
                code = texte_de(brut(trouve.get("code")))
                if suffixe == "Département" and code:
                    code = f"{code} – {texte_de(brut(trouve.get('name')))}"
                yield f" ({suffixe})", code


def _valeur(champ: Objet, genre: str) -> Brut:
    fichiers = _fichiers(champ)
    if fichiers is not None:
        return [texte_de(brut(f.get("filename"))) for f in fichiers]
    if "values" in champ and isinstance(champ["values"], list):
        return brut(champ["values"])
    if "primaryValue" in champ:
        parts = [texte_de(brut(champ.get(cle))) for cle in ("primaryValue", "secondaryValue")]
        return ";".join(parts) if any(parts) else ""
    if "civilite" in champ:
        return civilite(champ["civilite"])
    for cle in _VALEURS:
        if cle in champ:
            return brut(champ[cle])
    if "geoAreas" in champ:
        return "\n".join(texte_de(brut(zone.get("description"))) for zone in objets(champ["geoAreas"]))
    return _texte(champ, genre)


def _texte(champ: Objet, genre: str) -> Brut:
    texte = brut(champ.get("stringValue"))
    if texte is None and "address" in champ:
        return brut(champ["address"])
    if genre.startswith(_BOOLEENS) or genre in ("yes_no", "checkbox"):
        return {"true": True, "false": False}.get(texte_de(texte), texte)
    return texte


def _fichiers(champ: Objet) -> list[Objet] | None:
    """Return the files of a piece, None when the field is no piece; old clients ask for a single one."""
    if "files" in champ:
        return objets(champ["files"])
    if "file" in champ:
        return [champ["file"]] if isinstance(champ["file"], dict) else []
    return None


def civilite(valeur: object) -> str:
    """Return «M.» or «Mme»; the API says «M»."""
    texte = texte_de(brut(valeur))
    return "M." if texte == "M" else texte


def _lignes(champ: Objet, schema: Schema) -> list[dict[str, Brut]]:
    """Return the rows of a block; old answers give its cells one after the other."""
    if isinstance(champ.get("rows"), list):
        return [_ligne(objets(rangee.get("champs")), schema) for rangee in objets(champ["rows"])]
    return [_ligne(enfants, schema) for enfants in _rangees(objets(champ.get("champs")), schema)]


def _rangees(enfants: Sequence[Objet], schema: Schema) -> list[list[Objet]]:
    """Cut a flat list into rows: by the key of the row in identifiers, else when a label comes back."""
    rangees: dict[object, list[Objet]] = {}
    vus: set[str] = set()
    rang = 0
    for enfant in enfants:
        _, cle = decoder_identifiant(enfant.get("id"))
        _, libelle, _ = _identite(enfant, schema)
        if libelle in vus:
            rang, vus = rang + 1, set()
        vus.add(libelle)
        rangees.setdefault(cle or rang, []).append(enfant)
    return list(rangees.values())


def _ligne(enfants: Sequence[Objet], schema: Schema) -> dict[str, Brut]:
    ligne: dict[str, Brut] = {}
    for enfant in enfants:
        _, libelle, genre = _identite(enfant, schema)
        if genre.startswith(_SANS_CELLULE):
            continue
        for suffixe, cellule in _cellules(enfant, genre):
            ligne.setdefault(libelle + suffixe, cellule)
        entreprise = objet(objet(enfant.get("etablissement")).get("entreprise"))
        for cle, nom in (("raisonSociale", "raison sociale"), ("formeJuridiqueCode", "forme juridique code")):
            if entreprise.get(cle):
                ligne.setdefault(f"{libelle} – Entreprise {nom}", brut(entreprise[cle]))
    return ligne


_ETABLISSEMENT = {
    "siret": "siret",
    "siegeSocial": "siege_social",
    "naf": "naf",
    "libelleNaf": "libelle_naf",
    "adresse": "adresse",
    "codePostal": "code_postal",
    "localite": "localite",
    "codeInseeLocalite": "code_insee",
}
_ADRESSE = {"label": "adresse", "postalCode": "code_postal", "cityName": "localite", "cityCode": "code_insee"}
_ENTREPRISE = {
    "siren": "siren",
    "capitalSocial": "capital_social",
    "numeroTvaIntracommunautaire": "tva",
    "formeJuridique": "forme_juridique",
    "formeJuridiqueCode": "forme_juridique_code",
    "nomCommercial": "nom_commercial",
    "raisonSociale": "raison_sociale",
    "siretSiegeSocial": "siret_siege",
    "codeEffectifEntreprise": "code_effectif",
    "dateCreation": "date_creation",
    "etatAdministratif": "etat_administratif",
    "enseigne": "enseigne",
    "nom": "entreprise_nom",
    "prenom": "entreprise_prenom",
}
_ASSOCIATION = {
    "rna": "rna",
    "titre": "association_titre",
    "objet": "association_objet",
    "dateCreation": "association_date_creation",
    "dateDeclaration": "association_date_declaration",
    "datePublication": "association_date_publication",
}
_ETATS = {"Actif": "actif", "Ferme": "fermé"}


def demandeur_moral(source: Objet) -> dict[str, Brut]:
    """Return an establishment under canonical keys; keys that the query did not ask for are absent."""
    connu: dict[str, Brut] = {}
    for partie, cles in (
        (source, _ETABLISSEMENT),
        (objet(source.get("address")), _ADRESSE),
        (objet(source.get("entreprise")), _ENTREPRISE),
        (objet(source.get("association")), _ASSOCIATION),
    ):
        connu.update({cles[cle]: texte_de(brut(partie[cle])) for cle in cles if cle in partie})
    if connu.get("capital_social") == "-1":
        connu["capital_social"] = ""
    if "etat_administratif" in connu:
        etat = texte_de(connu["etat_administratif"])
        connu["etat_administratif"] = _ETATS.get(etat, etat)
    return connu
