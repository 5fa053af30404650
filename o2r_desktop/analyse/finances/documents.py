"""The health of a body in JSON types: amounts are texts with a dot, unknown ones null (produit § 6)."""

from decimal import Decimal
from typing import Any

from o2r_desktop.analyse.finances.agregats import resoudre
from o2r_desktop.analyse.finances.comptes import ExerciceSaisi
from o2r_desktop.analyse.finances.postes import POSTES
from o2r_desktop.analyse.finances.ratios import Ratio
from o2r_desktop.analyse.finances.sante import Finances
from o2r_desktop.analyse.saisie import MontantSaisi, ecrire_source
from o2r_desktop.text import arrondi


def document(finances: Finances) -> dict[str, Any]:
    """Return the health in JSON types; nothing but why no ratio applies while no figure is typed."""
    if not finances.saisie:
        return {"sans_objet": finances.sans_objet}
    return {
        "sans_objet": finances.sans_objet,
        "exercices": [_exercice(e) for e in finances.saisis],
        "controles": [
            {"cle": c.cle, "nom": c.nom, "resultat": c.resultat.value, "valeur": c.valeur, "regle": c.regle}
            for c in finances.controles
        ],
        "ratios": [_ratio(r) for r in finances.ratios],
        "craintes": [
            {"cle": c.cle, "nom": c.nom, "texte": c.texte, "signes": list(c.signes)} for c in finances.craintes
        ],
        "lecture": finances.lecture,
    }


def decimal(valeur: Decimal | None) -> str | None:
    """Return an amount or a ratio with two decimals, None when it is unknown."""
    return None if valeur is None else format(arrondi(valeur), "f")


def _exercice(saisi: ExerciceSaisi) -> dict[str, Any]:
    valeurs, deduits = resoudre(saisi)
    return {
        "annee": saisi.annee,
        "mois": saisi.mois,
        "cloture": saisi.cloture or None,
        "certification": saisi.certification or None,
        "previsionnel": saisi.previsionnel,
        "postes": [
            _poste(p.cle, saisi.montant(p.cle), valeurs.get(p.cle), deduits.get(p.cle))
            for p in POSTES
            if p.cle in valeurs or not saisi.montant(p.cle).vide
        ],
    }


def _poste(cle: str, montant: MontantSaisi, valeur: Decimal | None, deduit: str | None) -> dict[str, Any]:
    return {
        "poste": cle,
        "declare": decimal(montant.declare),
        "retenu": decimal(montant.retenu),
        "valeur": decimal(valeur),
        "deduit": deduit,
        "source": None if montant.source is None else ecrire_source(montant.source),
        "note": montant.note or None,
    }


def _ratio(ratio: Ratio) -> dict[str, Any]:
    return {
        "cle": ratio.cle,
        "nom": ratio.nom,
        "valeur": decimal(ratio.valeur),
        "unite": ratio.unite,
        "formule": ratio.formule,
        "entrees": {nom: decimal(valeur) for nom, valeur in ratio.entrees},
        "seuil": ratio.seuil,
        "appui": ratio.appui,
        "lecture": ratio.lecture.value,
        "phrase": ratio.phrase,
        "serie": {str(annee): decimal(v) for annee, v in zip(ratio.annees, ratio.serie, strict=True)},
        "tendance": ratio.tendance or None,
        "manque": list(ratio.manque),
    }
