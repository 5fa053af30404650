"""The accounts of a project's budget, as the Cerfa n° 12156 lays them out (metier § 3.2)."""

import re

from o2r_desktop.text import normalise

SANS_COMPTE_CHARGES, SANS_COMPTE_PRODUITS = "6", "7"
"""The accounts of a line whose annex gives none: its side is known, nothing more."""

COMPTES: dict[str, str] = {
    "60": "Achats",
    "61": "Services extérieurs",
    "62": "Autres services extérieurs",
    "63": "Impôts et taxes",
    "64": "Charges de personnel",
    "65": "Autres charges de gestion courante",
    "66": "Charges financières",
    "67": "Charges exceptionnelles",
    "68": "Dotations aux amortissements, provisions et engagements",
    "69": "Impôt sur les bénéfices, participation des salariés",
    "86": "Emplois des contributions volontaires en nature",
    "70": "Ventes de produits, prestations de services",
    "73": "Dotations et concours publics",
    "74": "Subventions d’exploitation",
    "75": "Autres produits de gestion courante",
    "76": "Produits financiers",
    "77": "Produits exceptionnels",
    "78": "Reprises sur amortissements, provisions et fonds dédiés",
    "79": "Transferts de charges",
    "87": "Contributions volontaires en nature",
}
"""In the order of the Cerfa: expenses then 86, income then 87."""

SOUS_COMPTES: dict[str, str] = {
    "602": "Achats stockés de matières et fournitures",
    "603": "Variation des stocks",
    "604": "Achats d’études et de prestations de services",
    "606": "Achats non stockés de matières et fournitures",
    "607": "Achats de marchandises",
    "611": "Sous-traitance générale",
    "613": "Locations",
    "614": "Charges locatives",
    "615": "Entretien et réparation",
    "616": "Assurance",
    "618": "Documentation, colloques, divers",
    "621": "Personnel extérieur",
    "622": "Rémunérations d’intermédiaires et honoraires",
    "623": "Publicité, publications, relations publiques",
    "624": "Transports de biens et transports collectifs",
    "625": "Déplacements, missions et réceptions",
    "626": "Frais postaux et de télécommunications",
    "627": "Services bancaires",
    "628": "Divers, cotisations",
    "631": "Impôts et taxes sur rémunérations",
    "633": "Formation continue, effort de construction et autres taxes sur rémunérations",
    "635": "Autres impôts et taxes",
    "641": "Rémunération des personnels",
    "645": "Charges sociales",
    "647": "Autres charges sociales",
    "648": "Autres charges de personnel",
    "657": "Aides et subventions versées",
    "658": "Charges diverses de gestion courante",
    "661": "Charges d’intérêts",
    "681": "Dotations d’exploitation aux amortissements et provisions",
    "689": "Reports en fonds dédiés",
    "860": "Secours en nature",
    "861": "Mise à disposition gratuite de biens et services",
    "862": "Prestations",
    "864": "Personnel bénévole",
    "706": "Prestations de services",
    "707": "Ventes de marchandises",
    "708": "Produits des activités annexes",
    "741": "État",
    "742": "Région",
    "743": "Département",
    "744": "Communes et intercommunalités",
    "745": "Organismes sociaux",
    "746": "Fonds européens",
    "747": "Agence de services et de paiement, emplois aidés",
    "748": "Autres établissements publics et aides privées",
    "754": "Dons, mécénat",
    "756": "Cotisations",
    "758": "Produits divers de gestion courante",
    "789": "Utilisations de fonds dédiés",
    "791": "Transferts de charges d’exploitation",
    "870": "Bénévolat",
    "871": "Prestations en nature",
    "875": "Dons en nature",
}
"""Usual accounts of three digits, proposed while typing; any other one is accepted."""

_NUMERO = re.compile(r"(?:comptes? |cpte |c/ ?|n° ?)?(\d{2,8})(?![\d,.%€])\b")
_MOTS: tuple[tuple[str, str], ...] = (
    ("emplois des contributions volontaires", "86"),
    ("secours en nature", "860"),
    ("mise a disposition gratuite", "861"),
    ("personnel benevole", "864"),
    ("contributions volontaires", "87"),
    ("benevolat", "870"),
    ("dons en nature", "875"),
    ("achats", "60"),
    ("fournitures", "606"),
    ("autres services exterieurs", "62"),
    ("services exterieurs", "61"),
    ("sous-traitance", "611"),
    ("locations", "613"),
    ("loyer", "613"),
    ("entretien", "615"),
    ("assurance", "616"),
    ("documentation", "618"),
    ("honoraires", "622"),
    ("remunerations intermediaires", "622"),
    ("publicite", "623"),
    ("communication", "623"),
    ("deplacement", "625"),
    ("services bancaires", "627"),
    ("impots et taxes sur remuneration", "631"),
    ("impot sur les benefices", "69"),
    ("impots et taxes", "63"),
    ("charges de personnel", "64"),
    ("frais de personnel", "64"),
    ("remuneration des personnels", "641"),
    ("remuneration du personnel", "641"),
    ("salaire", "641"),
    ("charges sociales", "645"),
    ("autres charges de personnel", "648"),
    ("autres charges de gestion", "65"),
    ("charges financieres", "66"),
    ("charges exceptionnelles", "67"),
    ("dotations aux amortissements", "68"),
    ("produits financiers", "76"),
    ("produits exceptionnels", "77"),
    ("autres produits de gestion", "75"),
    ("cotisations", "756"),
    ("mecenat", "754"),
    ("dons", "754"),
    ("fondation", "754"),
    ("concours publics", "73"),
    ("transferts de charges", "79"),
    ("transfert de charges", "79"),
    ("reprises sur", "78"),
    ("ventes", "70"),
    ("remuneration des services", "70"),
    ("subvention", "74"),
)
"""Words that begin a label, and their account; the first that fits wins."""


def normaliser(saisi: str) -> str:
    """Return the account typed («641 », «64 Charges de personnel», «charges de personnel»), «» if none."""
    texte = normalise(saisi)
    if trouve := _NUMERO.match(texte):
        compte = trouve[1]
        return compte if compte[:2] in COMPTES or compte[0] == "2" else ""
    if texte in (SANS_COMPTE_CHARGES, SANS_COMPTE_PRODUITS):
        return texte
    return next((compte for mots, compte in _MOTS if texte.startswith(mots)), "")


def deux_chiffres(compte: str) -> str:
    """Return the account of two digits that gathers *compte*."""
    return compte[:2]


def libelle_compte(compte: str) -> str:
    """Return the label of an account, that of its two digits when it has none of its own."""
    if compte == SANS_COMPTE_CHARGES:
        return "Charges sans compte indiqué"
    if compte == SANS_COMPTE_PRODUITS:
        return "Produits sans compte indiqué"
    if compte.startswith("2"):
        return "Immobilisations"
    return SOUS_COMPTES.get(compte[:3]) or COMPTES.get(compte[:2], "")


def propositions(debut: str) -> tuple[tuple[str, str], ...]:
    """Return the accounts (number, label) that begin with *debut* or hold its words, to complete what is typed."""
    cherche = normalise(debut)
    tous = sorted({**COMPTES, **SOUS_COMPTES}.items())
    if cherche.isdecimal():
        return tuple(c for c in tous if c[0].startswith(cherche))
    return tuple(c for c in tous if cherche in normalise(c[1])) if cherche else tuple(tous)
