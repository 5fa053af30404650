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
    """Read in the annexe or the report: the largest funder, what corrects the self-financing capacity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Poste:
    """A line of the accounts: its key for good, its name, the accounts that it gathers, where to read it.

    ``total`` when it is a sum printed on the statement, which the posts of that statement must reach;
    ``signe`` when it may be negative (a debit balance, a deficit): a total that is reached says nothing of it.
    """

    cle: str
    libelle: str
    etat: Etat
    comptes: str = ""
    aide: str = ""
    total: bool = False
    signe: bool = False


def _p(
    cle: str,
    libelle: str,
    etat: Etat,
    comptes: str = "",
    aide: str = "",
    *,
    total: bool = False,
    signe: bool = False,
) -> Poste:
    return Poste(cle=cle, libelle=libelle, etat=etat, comptes=comptes, aide=aide, total=total, signe=signe)


POSTES: tuple[Poste, ...] = (
    _p("actif_immobilise", "Actif immobilisé net", Etat.ACTIF, "20 à 27, − 28 et 29"),
    _p("stocks", "Stocks et en-cours", Etat.ACTIF, "3"),
    _p("creances", "Créances d’exploitation", Etat.ACTIF, "40 à 46",
       "côté actif : clients, subventions à recevoir, avances versées"),
    _p("disponibilites", "Disponibilités et placements", Etat.ACTIF, "50, 51, 53"),
    _p("regularisation_actif", "Charges constatées d’avance", Etat.ACTIF, "486"),
    _p("total_actif", "Total de l’actif", Etat.ACTIF, total=True),
    _p("fonds_associatifs", "Fonds propres (fonds associatif, capital)", Etat.PASSIF, "101 à 105, 108, 14",
       "avec ou sans droit de reprise, écarts de réévaluation"),
    _p("reserves", "Réserves", Etat.PASSIF, "106"),
    _p("report_a_nouveau", "Report à nouveau", Etat.PASSIF, "110 − 119", "débiteur : en négatif", signe=True),
    _p("resultat", "Résultat de l’exercice", Etat.PASSIF, "12", "déficit : en négatif", signe=True),
    _p("subventions_investissement", "Subventions d’investissement", Etat.PASSIF, "13"),
    _p("fonds_dedies", "Fonds reportés et dédiés", Etat.PASSIF, "19"),
    _p("provisions", "Provisions pour risques et charges", Etat.PASSIF, "15"),
    _p("dettes_long_terme", "Emprunts et dettes à plus d’un an", Etat.PASSIF, "16"),
    _p("emprunts_court_terme", "Emprunts à moins d’un an", Etat.PASSIF, "16", "échéances de l’annexe"),
    _p("decouverts", "Découverts et concours bancaires", Etat.PASSIF, "519"),
    _p("dettes_exploitation", "Dettes d’exploitation", Etat.PASSIF, "40 à 46",
       "côté passif : fournisseurs, dettes sociales et fiscales"),
    _p("produits_constates_avance", "Produits constatés d’avance", Etat.PASSIF, "487"),
    _p("total_passif", "Total du passif", Etat.PASSIF, total=True),
    _p("ventes", "Ventes et prestations", Etat.PRODUITS, "70 à 72"),
    _p("concours_publics", "Concours publics", Etat.PRODUITS, "73"),
    _p("subventions", "Subventions d’exploitation", Etat.PRODUITS, "74"),
    _p("autres_produits", "Autres produits de gestion, dons, cotisations", Etat.PRODUITS, "75"),
    _p("produits_financiers", "Produits financiers", Etat.PRODUITS, "76"),
    _p("produits_exceptionnels", "Produits exceptionnels", Etat.PRODUITS, "77"),
    _p("reprises", "Reprises sur amortissements et provisions", Etat.PRODUITS, "78, hors 789"),
    _p("utilisations_fonds_dedies", "Utilisations de fonds dédiés", Etat.PRODUITS, "789"),
    _p("transferts", "Transferts de charges", Etat.PRODUITS, "79"),
    _p("total_produits", "Total des produits", Etat.PRODUITS, total=True),
    _p("achats", "Achats", Etat.CHARGES, "60"),
    _p("services_exterieurs", "Services extérieurs", Etat.CHARGES, "61, 62"),
    _p("impots", "Impôts et taxes", Etat.CHARGES, "63"),
    _p("charges_personnel", "Charges de personnel", Etat.CHARGES, "64"),
    _p("autres_charges", "Autres charges de gestion", Etat.CHARGES, "65"),
    _p("charges_financieres", "Charges financières", Etat.CHARGES, "66"),
    _p("charges_exceptionnelles", "Charges exceptionnelles", Etat.CHARGES, "67"),
    _p("dotations", "Dotations aux amortissements et provisions", Etat.CHARGES, "68, hors 689"),
    _p("reports_fonds_dedies", "Reports en fonds dédiés", Etat.CHARGES, "689"),
    _p("impot_benefices", "Impôt sur les bénéfices", Etat.CHARGES, "69"),
    _p("total_charges", "Total des charges", Etat.CHARGES, total=True),
    _p("premier_financeur", "Montant versé par le premier financeur", Etat.ANNEXE),
    _p("quote_part_subventions", "Quote-part de subventions d’investissement virée au résultat", Etat.ANNEXE,
       "777, 747",
       "déjà comptée dans les produits ; corrige la capacité d’autofinancement"),
    _p("cessions", "Plus ou moins-value de cession", Etat.ANNEXE, "775 − 675, 757 − 657",
       "moins-value : en négatif ; corrige la capacité d’autofinancement", signe=True),
)  # fmt: skip
"""In the order of the statements; the posts of a statement add up to its total, those of the annexe to none."""

PAR_CLE = {p.cle: p for p in POSTES}
DE_ETAT = {etat: tuple(p for p in POSTES if p.etat is etat and not p.total) for etat in Etat}
TOTAL_DE = {p.etat: p for p in POSTES if p.total}
