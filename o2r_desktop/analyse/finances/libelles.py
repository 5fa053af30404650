"""How accounts and labels of balance sheets name the posts: account numbers, usual words, headings, subtotals."""

from collections.abc import Mapping

from o2r_desktop.analyse.finances.postes import POSTES, Etat
from o2r_desktop.text import normalise

_TIERS = ("creances", "dettes_exploitation")

COMPTES: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("101", "102", "103", "104", "105", "108", "14"), ("fonds_associatifs",)),
    "106": ("reserves",),
    **dict.fromkeys(("11", "110", "119"), ("report_a_nouveau",)),
    "12": ("resultat",),
    "13": ("subventions_investissement",),
    "15": ("provisions",),
    "16": ("dettes_long_terme",),
    "19": ("fonds_dedies",),
    **dict.fromkeys(("20", "21", "22", "23", "26", "27", "28", "29"), ("actif_immobilise",)),
    "3": ("stocks",),
    **dict.fromkeys(("40", "42", "43", "44", "45", "46"), _TIERS),
    **dict.fromkeys(("401", "403", "404", "408", "419", "421", "428", "431", "437"), ("dettes_exploitation",)),
    **dict.fromkeys(("41", "409", "411", "416", "418", "441"), ("creances",)),
    "486": ("regularisation_actif",),
    "487": ("produits_constates_avance",),
    **dict.fromkeys(("50", "51", "53", "54"), ("disponibilites",)),
    "519": ("decouverts",),
    **dict.fromkeys(("70", "71", "72"), ("ventes",)),
    "73": ("concours_publics",),
    "74": ("subventions",),
    "75": ("autres_produits",),
    "76": ("produits_financiers",),
    "77": ("produits_exceptionnels",),
    "78": ("reprises",),
    "789": ("utilisations_fonds_dedies",),
    "79": ("transferts",),
    "60": ("achats",),
    **dict.fromkeys(("61", "62"), ("services_exterieurs",)),
    "63": ("impots",),
    "64": ("charges_personnel",),
    "65": ("autres_charges",),
    "66": ("charges_financieres",),
    "67": ("charges_exceptionnelles",),
    "68": ("dotations",),
    "689": ("reports_fonds_dedies",),
    "69": ("impot_benefices",),
}
"""Posts by beginning of account; two when only the statement tells (third parties are owed or owing)."""

_DITS: Mapping[str, tuple[str, ...]] = {
    "actif_immobilise": ("actif immobilisé", "total actif immobilisé", "immobilisations nettes", "immobilisations"),
    "stocks": ("stocks", "stocks et encours"),
    "creances": ("créances", "créances clients et comptes rattachés", "autres créances", "clients",
                 "subventions à recevoir", "usagers et comptes rattachés"),
    "disponibilites": ("disponibilités", "trésorerie", "valeurs mobilières de placement", "banques", "caisse",
                       "banque et caisse", "liquidités"),
    "regularisation_actif": ("charges constatées d’avance",),
    "total_actif": ("total actif", "total de l’actif", "total général actif", "total général", "total du bilan"),
    "fonds_associatifs": ("fonds associatif", "fonds associatifs sans droit de reprise", "capital",
                          "capital social",
                          "fonds propres sans droit de reprise", "fonds propres avec droit de reprise"),
    "reserves": ("réserves", "autres réserves", "réserve pour projet associatif", "réserves statutaires",
                 "réserve légale"),
    "report_a_nouveau": ("report à nouveau",),
    "resultat": ("résultat de l’exercice", "excédent ou déficit de l’exercice", "excédent ou déficit",
                 "résultat net", "résultat"),
    "subventions_investissement": ("subventions d’investissement", "subventions d’investissement nettes"),
    "fonds_dedies": ("fonds dédiés", "fonds reportés et dédiés", "fonds reportés",
                     "total fonds reportés et dédiés"),
    "provisions": ("provisions", "provisions pour risques et charges", "provisions pour risques",
                   "provisions pour charges", "total provisions"),
    "dettes_long_terme": ("emprunts", "emprunts et dettes financières", "emprunts à plus d’un an",
                          "emprunts et dettes auprès des établissements de crédit"),
    "emprunts_court_terme": ("emprunts à moins d’un an", "part à moins d’un an des emprunts"),
    "decouverts": ("découverts", "concours bancaires courants", "découvert bancaire",
                   "soldes créditeurs de banque"),
    "dettes_exploitation": ("dettes fournisseurs et comptes rattachés", "dettes fournisseurs", "fournisseurs",
                            "dettes fiscales et sociales", "dettes sociales et fiscales", "dettes sociales",
                            "dettes fiscales", "autres dettes", "dettes d’exploitation"),
    "produits_constates_avance": ("produits constatés d’avance",),
    "total_passif": ("total passif", "total du passif", "total général passif", "total général", "total du bilan"),
    "ventes": ("ventes", "ventes de biens et services", "prestations de services", "ventes de marchandises",
               "production vendue", "ventes de prestations de service", "chiffre d’affaires"),
    "concours_publics": ("concours publics",),
    "subventions": ("subventions d’exploitation", "subventions", "concours publics et subventions d’exploitation"),
    "autres_produits": ("autres produits", "autres produits de gestion courante", "cotisations", "dons",
                        "dons manuels", "mécénats"),
    "produits_financiers": ("produits financiers", "total des produits financiers"),
    "produits_exceptionnels": ("produits exceptionnels", "total des produits exceptionnels"),
    "reprises": ("reprises sur amortissements dépréciations et provisions", "reprises sur provisions", "reprises"),
    "utilisations_fonds_dedies": ("utilisations des fonds dédiés", "utilisation de fonds dédiés",
                                  "report des ressources non utilisées des exercices antérieurs"),
    "transferts": ("transferts de charges",),
    "total_produits": ("total des produits", "total produits", "total général des produits", "total général"),
    "achats": ("achats", "achats de marchandises", "achats de matières premières", "achats stockés"),
    "services_exterieurs": ("services extérieurs", "autres services extérieurs",
                            "autres achats et charges externes"),
    "impots": ("impôts et taxes", "impôts taxes et versements assimilés"),
    "charges_personnel": ("charges de personnel", "salaires et traitements", "charges sociales", "salaires",
                          "frais de personnel"),
    "autres_charges": ("autres charges", "autres charges de gestion courante"),
    "charges_financieres": ("charges financières", "total des charges financières"),
    "charges_exceptionnelles": ("charges exceptionnelles", "total des charges exceptionnelles"),
    "dotations": ("dotations aux amortissements", "dotations aux amortissements et aux dépréciations",
                  "dotations aux provisions", "dotations aux amortissements et provisions"),
    "reports_fonds_dedies": ("reports en fonds dédiés", "engagements à réaliser sur ressources affectées"),
    "impot_benefices": ("impôt sur les bénéfices", "impôts sur les bénéfices", "impôt sur les sociétés"),
    "total_charges": ("total des charges", "total charges", "total général des charges", "total général"),
    "premier_financeur": ("premier financeur", "montant versé par le premier financeur"),
}  # fmt: skip


def mots_de(libelle: str) -> str:
    """Return a label as it is compared: its words alone."""
    return " ".join("".join(c if c.isalnum() else " " for c in normalise(libelle)).split())


def _inverser() -> dict[str, tuple[str, ...]]:
    """Return the posts by words: a label may be a total of several statements."""
    trouves: dict[str, list[str]] = {}
    for poste in POSTES:
        for dit in (poste.libelle, *_DITS.get(poste.cle, ())):
            postes = trouves.setdefault(mots_de(dit), [])
            if poste.cle not in postes:
                postes.append(poste.cle)
    return {mots: tuple(postes) for mots, postes in trouves.items()}


SYNONYMES: Mapping[str, tuple[str, ...]] = _inverser()
"""Posts by the words of a label."""

SECTIONS: Mapping[str, Etat] = {
    **dict.fromkeys(("actif", "bilan actif", "bilan actif net"), Etat.ACTIF),
    **dict.fromkeys(("passif", "bilan passif"), Etat.PASSIF),
    **dict.fromkeys(("produits", "produits d exploitation", "recettes"), Etat.PRODUITS),
    **dict.fromkeys(("charges", "charges d exploitation", "depenses"), Etat.CHARGES),
}
"""Headings that say which statement follows."""

ECARTES = (
    "total i", "total 1", "total 2", "total 3", "sous total", "total produits d exploitation",
    "total des produits d exploitation", "total charges d exploitation", "total des charges d exploitation",
    "resultat d exploitation", "resultat financier", "resultat exceptionnel", "resultat courant", "amortissements",
    "total actif circulant", "total dettes", "total des dettes", "total fonds propres", "total des fonds propres",
    "contributions volontaires", "benevolat",
)  # fmt: skip
"""Beginnings of subtotals and of what is outside the accounts: adding them up would count twice."""
