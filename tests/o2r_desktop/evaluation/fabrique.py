"""Invented dossiers and parameters: what a test does not name is an ordinary, conforming dossier."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from o2r_desktop.dossiers.champs import Champ, Valeur
from o2r_desktop.dossiers.model import Cofinancement, Dossier, Membre, Origine, Porteur
from o2r_desktop.evaluation.constats import Constat
from o2r_desktop.evaluation.controles import check
from o2r_desktop.evaluation.lot import Lot
from o2r_desktop.evaluation.parametres import Parametres
from o2r_desktop.text import PARIS

JEUNES = "Jeunes de moins de 26 ans en rupture"
RURAUX = "Habitants de zones rurales isolées"
SENIORS = "55 ans et plus"
ALLOPHONES = "Personnes allophones"

ZERO_OU_VIDE = object()
"""A number that a standard export writes 0 whether it was answered or not."""
ABSENT = object()
"""A field that the export does not have."""
ILLISIBLE = object()
"""A number answered in words."""

LIBELLES = {
    "cout_total": "Coût total du projet sur 3 ans (€)",
    "formation_montant": "Montant des dépenses de formation (€)",
    "departements": "Départements",
    "publics": "Publics visés",
}


def parametres(**changements: Any) -> Parametres:
    base = Parametres(
        nom="AMI d’essai",
        service="DREETS d’essai",
        date_limite=datetime(2025, 8, 13, 12, tzinfo=PARIS),
        seuil_cout_total=Decimal(150_000),
        seuil_hors_formation=True,
        demarche_chemin="offre-de-reperage-et-remobilisation",
        demarche_numero=None,
        departements=("44", "49", "53", "72", "85"),
        departements_p1=("44", "49", "53", "72"),
        departements_p2=("53", "72"),
        publics_p1=(JEUNES,),
        publics_p2=(RURAUX, "Santé mentale", SENIORS, ALLOPHONES, "illettrisme", "sans logement stable"),
        exclus_noms=("france travail", "pole emploi", "mission locale", "cap emploi", "conseil departemental",
                     "departement de", "departement de la"),
        exclus_siren=("130005481",),
        exclus_categories=("7220",),
        parcours_mois=9,
        parcours_mois_max=12,
        duree_annees=3,
        etp_cout_min=Decimal(25_000),
        etp_cout_max=Decimal(80_000),
        premiere_annee=2026,
        enveloppe={},
    )  # fmt: skip
    return base.avec(**changements)


ORDINAIRE: Mapping[str, Any] = {
    "nature_porteur": "Association loi 1901",
    "date_creation": date(1990, 5, 1),
    "budget_annuel": Decimal(1_000_000),
    "exclu_declare": False,
    "consortium": False,
    "intitule": "Repérer et remobiliser",
    "missions": ("Repérage", "Remobilisation"),
    "duree_moyenne": 6,
    "duree_maximale": 9,
    "date_debut": date(2026, 1, 1),
    "date_fin": date(2028, 12, 31),
    "publics": (JEUNES,),
    "departements": ("Sarthe",),
    **{f"beneficiaires_annee_{n}": 50 for n in (1, 2, 3)},
    **{f"etp_annee_{n}": Decimal(2) for n in (1, 2, 3)},
    "cout_total": Decimal(300_000),
    **{f"cout_annee_{n}": Decimal(100_000) for n in (1, 2, 3)},
    "demande_total": Decimal(210_000),
    **{f"demande_annee_{n}": Decimal(70_000) for n in (1, 2, 3)},
    "charges_personnel": Decimal(240_000),
    "formation": False,
    "formation_montant": "",
    "compta_analytique": "Oui, en service",
}


def champ(attribut: str, valeur: Any) -> Champ:
    libelle = LIBELLES.get(attribut, attribut.replace("_", " "))
    if valeur is ZERO_OU_VIDE:
        return Champ(libelle=libelle, attribut=attribut, valeur=0, zero_ou_vide=True)
    if valeur is ILLISIBLE:
        return Champ(libelle=libelle, attribut=attribut, valeur="à préciser", anomalie="n’est pas un nombre")
    texte: Valeur = valeur
    return Champ(libelle=libelle, attribut=attribut, valeur=texte)


def annees(prefixe: str, *valeurs: Any) -> dict[str, Any]:
    """Spread three values over the fields of the three years."""
    return {f"{prefixe}_annee_{n}": v for n, v in enumerate(valeurs, 1)}


def dossier(
    *,
    nom: str = "Association d’essai",
    siren: str = "765147731",
    categorie: str = "9220",
    forme: str = "",
    depot: datetime | None = datetime(2025, 7, 1, 10, tzinfo=PARIS),
    membres: tuple[Membre, ...] = (),
    cofinancements: tuple[Cofinancement, ...] | None = None,
    demarche: str = "offre-de-reperage-et-remobilisation",
    numero: int = 24_000_001,
    origine: Origine = Origine.JSON_API,
    **champs: Any,
) -> Dossier:
    valeurs = {**ORDINAIRE, **champs}
    return Dossier(
        numero=numero,
        origine=origine,
        etat=None,
        depot=depot,
        mise_a_jour=None,
        porteur=Porteur(nom=nom, siren=siren, categorie_juridique=categorie, forme_juridique=forme),
        membres=membres,
        cofinancements=cofinancements,
        champs=tuple(champ(a, v) for a, v in valeurs.items() if v is not ABSENT),
        pieces=(),
        demarche=demarche,
    )


def constat(critere: str, examine: Dossier, regles: Parametres | None = None, lot: Lot | None = None) -> Constat:
    """Return the constat of *critere*, through the door that everyone uses."""
    return next(c for c in check(examine, regles or parametres(), lot) if c.critere == critere)


def plat(texte: str) -> str:
    """Return *texte* with ordinary spaces, so that a test reads like a sentence."""
    return texte.replace("\u00a0", " ").replace("\u202f", " ")
