"""From the posts of an exercice as typed to the sums that the ratios need (metier §§ 3.2 and 3.3).

A post that nobody typed is unknown, but for what the statement itself proves: a post is zero when the total that
is typed is already reached by the others, a total is the sum of its posts once all are known, and the result is
produits less charges. Each figure so deduced says why.
"""

from collections.abc import Mapping
from decimal import Decimal

from o2r_desktop.analyse.finances.comptes import ExerciceSaisi
from o2r_desktop.analyse.finances.mesures import ZERO, Exercice, Montant
from o2r_desktop.analyse.finances.postes import DE_ETAT, PAR_CLE, TOTAL_DE, Etat
from o2r_desktop.analyse.saisie import Source

ATTEINT = "poste à zéro, le total est atteint"
SOMME = "somme des postes"
DIFFERENCE = "produits − charges"

COMPOSITION: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "fonds_propres": (
        ("fonds_associatifs", "reserves", "report_a_nouveau", "resultat", "subventions_investissement"),
        (),
    ),
    "report_a_nouveau": (("report_a_nouveau",), ()),
    "fonds_dedies": (("fonds_dedies",), ()),
    "provisions": (("provisions",), ()),
    "dettes_long_terme": (("dettes_long_terme",), ()),
    "dettes_financieres": (("dettes_long_terme", "emprunts_court_terme", "decouverts"), ()),
    "dettes_exploitation": (("dettes_exploitation", "produits_constates_avance", "emprunts_court_terme"), ()),
    "dettes_court_terme": (
        ("dettes_exploitation", "produits_constates_avance", "emprunts_court_terme", "decouverts"),
        (),
    ),
    "actif_immobilise": (("actif_immobilise",), ()),
    "actif_circulant": (("stocks", "creances", "regularisation_actif", "disponibilites"), ()),
    "stocks": (("stocks",), ()),
    "creances": (("creances", "regularisation_actif"), ()),
    "disponibilites": (("disponibilites",), ()),
    "decouverts": (("decouverts",), ()),
    "produits": (("total_produits",), ()),
    "charges": (("total_charges",), ()),
    "charges_decaissables": (("total_charges",), ("dotations", "reports_fonds_dedies")),
    "charges_personnel": (("charges_personnel",), ()),
    "subventions": (("concours_publics", "subventions"), ()),
    "premier_financeur": (("premier_financeur",), ()),
    "dotations": (("dotations",), ()),
    "reprises": (("reprises",), ()),
    "quote_part": (("quote_part_subventions",), ()),
    "cessions": (("cessions",), ()),
    "resultat": (("resultat",), ()),
}
"""By field of an exercice: the posts that add up, those that come off."""


Resolu = tuple[dict[str, Decimal], dict[str, str]]
"""The posts that are known, typed or proven, and why each of the latter is."""


def agreger(saisi: ExerciceSaisi, resolu: Resolu | None = None) -> Exercice:
    """Return what the ratios take from an exercice as typed; *resolu* when its posts are already worked out."""
    valeurs, deduits = resoudre(saisi) if resolu is None else resolu
    lus: dict[str, Montant] = {}
    manques: dict[str, tuple[str, ...]] = {}
    for champ, (plus, en_moins) in COMPOSITION.items():
        lus[champ] = _total(valeurs, plus, en_moins)
        if lus[champ] is None:
            vides = (p for p in (*plus, *en_moins) if p not in valeurs)
            manques[champ] = tuple(_nom(p) for p in vides)
    lus["total_bilan"] = valeurs.get("total_actif", valeurs.get("total_passif"))
    if lus["total_bilan"] is None:
        manques["total_bilan"] = ("total du bilan",)
    return Exercice(
        annee=saisi.annee, mois=saisi.mois, sources=_sources(saisi), deduits=deduits, manques=manques, **lus
    )


def resoudre(saisi: ExerciceSaisi) -> Resolu:
    """Return the posts that are known, typed or proven, and why each of the latter is."""
    valeurs = {p: v for p, m in saisi.montants.items() if (v := m.valeur) is not None}
    deduits: dict[str, str] = {}
    for etat in (Etat.ACTIF, Etat.PRODUITS, Etat.CHARGES):
        _completer(etat, valeurs, deduits, valeurs.get(TOTAL_DE[etat].cle))
    produits, charges = valeurs.get("total_produits"), valeurs.get("total_charges")
    if "resultat" not in valeurs and produits is not None and charges is not None:
        valeurs["resultat"], deduits["resultat"] = produits - charges, DIFFERENCE
    total_actif = valeurs.get("total_actif")
    _completer(Etat.PASSIF, valeurs, deduits, valeurs.get("total_passif", total_actif))
    if "total_actif" not in valeurs:
        _completer(Etat.ACTIF, valeurs, deduits, valeurs.get("total_passif"))
    return valeurs, deduits


def _completer(etat: Etat, valeurs: dict[str, Decimal], deduits: dict[str, str], total: Montant) -> None:
    """Fill in what the statement proves: zeros once its total is reached, else its total."""
    postes = DE_ETAT[etat]
    vides = [p for p in postes if p.cle not in valeurs]
    if len(vides) == len(postes):
        return
    atteint = sum((valeurs[p.cle] for p in postes if p.cle in valeurs), ZERO)
    if vides and (atteint != total or (len(vides) > 1 and any(p.signe for p in vides))):
        return
    for poste in vides:
        valeurs[poste.cle], deduits[poste.cle] = ZERO, ATTEINT
    cle = TOTAL_DE[etat].cle
    if cle not in valeurs:
        valeurs[cle], deduits[cle] = atteint, SOMME


def _total(valeurs: Mapping[str, Decimal], plus: tuple[str, ...], en_moins: tuple[str, ...]) -> Montant:
    total = ZERO
    for poste in plus:
        if poste not in valeurs:
            return None
        total += valeurs[poste]
    for poste in en_moins:
        if poste not in valeurs:
            return None
        total -= valeurs[poste]
    return total


def _sources(saisi: ExerciceSaisi) -> dict[str, tuple[Source, ...]]:
    """Return where the posts of each field were read, those that were typed with a source."""
    lues = {poste: m.source for poste, m in saisi.montants.items() if m.source is not None}
    if not lues:
        return {}
    par_champ = {
        champ: tuple(dict.fromkeys(lues[p] for p in (*plus, *en_moins) if p in lues))
        for champ, (plus, en_moins) in COMPOSITION.items()
    }
    totaux = [lues[p] for p in ("total_actif", "total_passif") if p in lues]
    return {champ: places for champ, places in {**par_champ, "total_bilan": tuple(totaux[:1])}.items() if places}


def _nom(poste: str) -> str:
    libelle = PAR_CLE[poste].libelle
    return libelle[0].lower() + libelle[1:]
