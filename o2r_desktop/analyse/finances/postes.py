"""The posts of a balance sheet and of an income statement that the ratios need (metier §§ 3.2 and 3.3)."""

from dataclasses import dataclass
from enum import StrEnum


class Etat(StrEnum):
    """The statement that a post belongs to."""

    ACTIF = "actif"
    PASSIF = "passif"
    PRODUITS = "produits"
    CHARGES = "charges"
    ANNEXE = "annexe"
    """Read in the annexe or the report: the largest funder, loans due after a year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Poste:
    """A line of the accounts: its key for good, its name, the accounts that it gathers, where to read it.

    ``total`` when it is a sum printed on the statement, which the posts of that statement must reach.
    """

    cle: str
    libelle: str
    etat: Etat
    comptes: str = ""
    aide: str = ""
    total: bool = False


def _p(cle: str, libelle: str, etat: Etat, comptes: str = "", aide: str = "", *, total: bool = False) -> Poste:
    return Poste(cle=cle, libelle=libelle, etat=etat, comptes=comptes, aide=aide, total=total)


POSTES: tuple[Poste, ...] = (
    _p("actif_immobilise", "Actif immobilisé net", Etat.ACTIF, "20 à 27, − 28 et 29"),
    _p("stocks", "Stocks et en-cours", Etat.ACTIF, "3"),
    _p("creances", "Créances d’exploitation", Etat.ACTIF, "40, 41, 43, 44, 46"),
    _p("disponibilites", "Disponibilités et placements", Etat.ACTIF, "50, 51, 53"),
    _p("regularisation_actif", "Charges constatées d’avance", Etat.ACTIF, "486"),
    _p("total_actif", "Total de l’actif", Etat.ACTIF, total=True),
    _p("fonds_associatifs", "Fonds propres sans droit de reprise, capital", Etat.PASSIF, "101 à 103"),
    _p("reserves", "Réserves", Etat.PASSIF, "106"),
    _p("report_a_nouveau", "Report à nouveau", Etat.PASSIF, "110 − 119", "débiteur : en négatif"),
    _p("resultat", "Résultat de l’exercice", Etat.PASSIF, "12", "déficit : en négatif"),
    _p("subventions_investissement", "Subventions d’investissement", Etat.PASSIF, "13"),
    _p("fonds_dedies", "Fonds reportés et dédiés", Etat.PASSIF, "19"),
    _p("provisions", "Provisions pour risques et charges", Etat.PASSIF, "15"),
    _p("dettes_long_terme", "Emprunts et dettes à plus d’un an", Etat.PASSIF, "16"),
    _p("emprunts_court_terme", "Emprunts à moins d’un an", Etat.PASSIF, "16"),
    _p("decouverts", "Découverts et concours bancaires", Etat.PASSIF, "519"),
    _p("dettes_exploitation", "Dettes d’exploitation", Etat.PASSIF, "40, 42, 43, 44, 46"),
    _p("produits_constates_avance", "Produits constatés d’avance", Etat.PASSIF, "487"),
    _p("total_passif", "Total du passif", Etat.PASSIF, total=True),
    _p("ventes", "Ventes et prestations", Etat.PRODUITS, "70"),
    _p("concours_publics", "Concours publics", Etat.PRODUITS, "73"),
    _p("subventions", "Subventions d’exploitation", Etat.PRODUITS, "74"),
    _p("autres_produits", "Autres produits de gestion, dons, cotisations", Etat.PRODUITS, "75"),
    _p("produits_financiers", "Produits financiers", Etat.PRODUITS, "76"),
    _p("produits_exceptionnels", "Produits exceptionnels", Etat.PRODUITS, "77"),
    _p("reprises", "Reprises sur amortissements et provisions, transferts", Etat.PRODUITS, "78, 79"),
    _p("utilisations_fonds_dedies", "Utilisations de fonds dédiés", Etat.PRODUITS, "789"),
    _p("total_produits", "Total des produits", Etat.PRODUITS, total=True),
    _p("achats", "Achats", Etat.CHARGES, "60"),
    _p("services_exterieurs", "Services extérieurs", Etat.CHARGES, "61, 62"),
    _p("impots", "Impôts et taxes", Etat.CHARGES, "63"),
    _p("charges_personnel", "Charges de personnel", Etat.CHARGES, "64"),
    _p("autres_charges", "Autres charges de gestion", Etat.CHARGES, "65"),
    _p("charges_financieres", "Charges financières", Etat.CHARGES, "66"),
    _p("charges_exceptionnelles", "Charges exceptionnelles", Etat.CHARGES, "67"),
    _p("dotations", "Dotations aux amortissements et provisions", Etat.CHARGES, "68"),
    _p("reports_fonds_dedies", "Reports en fonds dédiés", Etat.CHARGES, "689"),
    _p("impot_benefices", "Impôt sur les bénéfices", Etat.CHARGES, "69"),
    _p("total_charges", "Total des charges", Etat.CHARGES, total=True),
    _p("premier_financeur", "Montant versé par le premier financeur", Etat.ANNEXE),
)
"""In the order of the statements; a post of neither total is added up."""

PAR_CLE = {p.cle: p for p in POSTES}
