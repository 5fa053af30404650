"""The sentences of the history about the analysis: which figures were typed, retained or taken away."""

from collections.abc import Mapping
from typing import Any

from o2r_desktop.analyse.finances.postes import PAR_CLE
from o2r_desktop.store.journal import Entree
from o2r_desktop.suivi.historique_phrases import DEUX_POINTS, Dit, Phrase, lire
from o2r_desktop.text import NBSP, enumeration, pluriel

_ANGLES = {
    "comptes": "comptes",
    "budget": "budget du projet",
    "territoire": "territoire",
    "reseau": "réseau pour l’emploi",
    "analytique": "comptabilité analytique",
}
_CHAMPS = {
    "declare": "déclaré",
    "retenu": "retenu",
    "source": "source",
    "note": "note",
    "statut": "statut",
    "reponse": "réponse",
    "compte": "compte",
    "libelle": "libellé",
    "annee": "année",
    "membre": "membre",
    "ecartee": "écartée",
    "mois": "durée en mois",
    "cloture": "clôture",
    "certification": "certification",
}


def analyse(entree: Entree) -> Phrase:
    """Tell what was typed or retained in the analysis."""
    avant, apres = lire(entree.avant), lire(entree.apres)
    cles = sorted(avant.keys() | apres.keys())
    angles = dict.fromkeys(_ANGLES.get(cle.partition("/")[0], "analyse") for cle in cles)
    dits = [Dit(libelle=_nom(cle), avant=_valeur(avant.get(cle)), apres=_valeur(apres.get(cle))) for cle in cles]
    compte = f" ({pluriel(len(cles), 'valeur')})" if len(cles) > 1 else ""
    return f"analyse{DEUX_POINTS}{enumeration(list(angles))}{compte}", dits


def _nom(cle: str) -> str:
    angle, _, reste = cle.partition("/")
    if angle == "comptes":
        annee, _, poste = reste.partition("/")
        connu = PAR_CLE.get(poste)
        return f"{connu.libelle}, {annee}" if connu else f"Exercice {annee}"
    return f"{_ANGLES.get(angle, angle).capitalize()}, {reste}"


def _valeur(brut: Any) -> str:
    if brut is None:
        return ""
    if isinstance(brut, Mapping):
        dits = (f"{_CHAMPS.get(c, c)}{DEUX_POINTS}{_valeur(v)}" for c, v in brut.items())
        return f"{NBSP}; ".join(dits)
    if isinstance(brut, list):
        return ", ".join(map(_valeur, brut))
    return str(brut)
