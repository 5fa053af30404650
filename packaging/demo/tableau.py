"""What the XLSX and the CSV of a standard export share: fixed columns, établissement columns, cells of fields."""

from datetime import datetime
from decimal import Decimal

from donnees import DossierDemo, Reponse
from formulaire import ChampForm, Genre

Cellule = str | int | float | bool | datetime | None

ETATS = {
    "en_construction": "En construction",
    "en_instruction": "En instruction",
    "accepte": "Accepté",
    "refuse": "Refusé",
    "sans_suite": "Classé sans suite",
}
INSTRUCTEURS = {1: "a.instruction@dreets.example b.instruction@dreets.example", 2: "c.instruction@dreets.example"}
DEBUT = ("ID", "Email", "FranceConnect ?")
SUITE = (
    "À archiver",
    "État du dossier",
    "Dernière mise à jour le",
    "Dernière mise à jour du dossier le",
    "Déposé le",
    "Passé en instruction le",
    "Traité le",
    "Motivation de la décision",
    "Instructeurs",
    "Groupe instructeur",
)
ETABLISSEMENT = (
    "Établissement siège social",
    "Établissement NAF",
    "Établissement libellé NAF",
    "Établissement Adresse",
    "Établissement numero voie",
    "Établissement type voie",
    "Établissement nom voie",
    "Établissement complément adresse",
    "Établissement code postal",
    "Établissement localité",
    "Établissement code INSEE localité",
    "Entreprise SIREN",
    "Entreprise capital social",
    "Entreprise numero TVA intracommunautaire",
    "Entreprise forme juridique",
    "Entreprise forme juridique code",
    "Entreprise nom commercial",
    "Entreprise raison sociale",
    "Entreprise SIRET siège social",
    "Entreprise code effectif entreprise",
    "Entreprise date de création",
    "Entreprise état administratif",
    "Entreprise nom",
    "Entreprise prénom",
    "Association RNA",
    "Association titre",
    "Association objet",
    "Association date de création",
    "Association date de déclaration",
    "Association date de publication",
)


def debut(dossier: DossierDemo) -> list[Cellule]:
    """Return the first three cells of a row."""
    return [str(dossier.numero), f"dossier{dossier.numero}@asso.example", False]


def suite(dossier: DossierDemo) -> list[Cellule]:
    """Return the fixed cells that follow the applicant."""
    numero, libelle = dossier.groupe
    return [
        False,
        ETATS[dossier.etat],
        dossier.passage or dossier.mise_a_jour,
        dossier.mise_a_jour,
        dossier.depot,
        dossier.passage,
        None,
        None,
        INSTRUCTEURS[numero] if dossier.passage else None,
        libelle,
    ]


def etablissement(dossier: DossierDemo) -> list[Cellule]:
    """Return the cells of ETABLISSEMENT for the applicant body."""
    p = dossier.porteur
    association = bool(p["rna"])
    valeurs: dict[str, Cellule] = {
        "Établissement siège social": True,
        "Établissement NAF": p["naf"],
        "Établissement libellé NAF": p["libelle_naf"],
        "Établissement Adresse": f"{p['adresse']}\n{p['code_postal']} {p['localite']}",
        "Établissement code postal": p["code_postal"],
        "Établissement localité": p["localite"],
        "Entreprise SIREN": p["siren"],
        "Entreprise forme juridique": p["forme"],
        "Entreprise forme juridique code": p["code"],
        "Entreprise raison sociale": p["nom"],
        "Entreprise SIRET siège social": p["siret"],
        "Entreprise date de création": str(dossier.reponses["date_creation"] or "") or None,
        "Entreprise état administratif": "actif",
        "Association RNA": p["rna"] or None,
        "Association titre": p["nom"] if association else None,
        "Association objet": p["objet"] if association else None,
    }
    return [valeurs.get(titre) for titre in ETABLISSEMENT]


def cellule(champ: ChampForm, valeur: Reponse) -> Cellule:
    """Return a field as a standard export writes it: a blank number is 0, a blank box «off» (exports § 3.4)."""
    if champ.genre is Genre.ENTIER:
        return int(str(valeur or 0))
    if champ.genre is Genre.DECIMAL:
        return float(Decimal(str(valeur))) if valeur else 0
    if champ.genre is Genre.CASE:
        return "on" if valeur else "off"
    if champ.genre is Genre.OUI_NON:
        return None if valeur is None else ("Oui" if valeur else "Non")
    if isinstance(valeur, list):
        return ", ".join(valeur) or None
    return str(valeur) if valeur else None
