"""Departments of the region and how forms name them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from o2r_desktop.text import normalise

if TYPE_CHECKING:
    from o2r_desktop.dossiers.model import Dossier  # the list starts without it

DEPARTEMENTS = {
    "44": "Loire-Atlantique",
    "49": "Maine-et-Loire",
    "53": "Mayenne",
    "72": "Sarthe",
    "85": "Vendée",
}
"""Pays de la Loire: code → name."""

AUTRES_DEPARTEMENTS = {
    "01": "Ain", "02": "Aisne", "03": "Allier", "04": "Alpes-de-Haute-Provence", "05": "Hautes-Alpes",
    "06": "Alpes-Maritimes", "07": "Ardèche", "08": "Ardennes", "09": "Ariège", "10": "Aube", "11": "Aude",
    "12": "Aveyron", "13": "Bouches-du-Rhône", "14": "Calvados", "15": "Cantal", "16": "Charente",
    "17": "Charente-Maritime", "18": "Cher", "19": "Corrèze", "2A": "Corse-du-Sud", "2B": "Haute-Corse",
    "21": "Côte-d’Or", "22": "Côtes-d’Armor", "23": "Creuse", "24": "Dordogne", "25": "Doubs", "26": "Drôme",
    "27": "Eure", "28": "Eure-et-Loir", "29": "Finistère", "30": "Gard", "31": "Haute-Garonne", "32": "Gers",
    "33": "Gironde", "34": "Hérault", "35": "Ille-et-Vilaine", "36": "Indre", "37": "Indre-et-Loire",
    "38": "Isère", "39": "Jura", "40": "Landes", "41": "Loir-et-Cher", "42": "Loire", "43": "Haute-Loire",
    "45": "Loiret", "46": "Lot", "47": "Lot-et-Garonne", "48": "Lozère", "50": "Manche", "51": "Marne",
    "52": "Haute-Marne", "54": "Meurthe-et-Moselle", "55": "Meuse", "56": "Morbihan", "57": "Moselle",
    "58": "Nièvre", "59": "Nord", "60": "Oise", "61": "Orne", "62": "Pas-de-Calais", "63": "Puy-de-Dôme",
    "64": "Pyrénées-Atlantiques", "65": "Hautes-Pyrénées", "66": "Pyrénées-Orientales", "67": "Bas-Rhin",
    "68": "Haut-Rhin", "69": "Rhône", "70": "Haute-Saône", "71": "Saône-et-Loire", "73": "Savoie",
    "74": "Haute-Savoie", "75": "Paris", "76": "Seine-Maritime", "77": "Seine-et-Marne", "78": "Yvelines",
    "79": "Deux-Sèvres", "80": "Somme", "81": "Tarn", "82": "Tarn-et-Garonne", "83": "Var", "84": "Vaucluse",
    "86": "Vienne", "87": "Haute-Vienne", "88": "Vosges", "89": "Yonne", "90": "Territoire de Belfort",
    "91": "Essonne", "92": "Hauts-de-Seine", "93": "Seine-Saint-Denis", "94": "Val-de-Marne",
    "95": "Val-d’Oise", "971": "Guadeloupe", "972": "Martinique", "973": "Guyane", "974": "La Réunion",
    "976": "Mayotte",
}  # fmt: skip
"""The rest of France, so that a department outside the region is told from a text that names none."""

_NOMS = DEPARTEMENTS | AUTRES_DEPARTEMENTS
_MOTS = re.compile(r"[a-z0-9]+")


def _cle(texte: str) -> str:
    return " ".join(_MOTS.findall(normalise(texte)))


_PAR_CLE = {_cle(nom): code for code, nom in _NOMS.items()}
_PAR_CLE |= {code.lower(): code for code in _NOMS}
_PAR_CLE |= {f"{code.lower()} {_cle(nom)}": code for code, nom in _NOMS.items()}
_PAR_CLE |= {f"{_cle(nom)} {code.lower()}": code for code, nom in _NOMS.items()}
_EXACT = {nom: code for code, nom in _NOMS.items()} | {code: code for code in _NOMS}
_REGION = frozenset({"pays de la loire", "les pays de la loire", "region pays de la loire",
                     "region des pays de la loire", "toute la region", "region entiere",
                     "ensemble de la region", "regional"})  # fmt: skip


def code_departement(texte: str) -> str:
    """Return the code of a department written «Sarthe», «72», «72 – Sarthe» or «Sarthe (72)»; else «».

    The code and the name must agree; «20 communes de la Sarthe» names no department.
    """
    return _PAR_CLE.get(_cle(texte), "")


def codes_departements(textes: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the codes of the departments named, sorted, and the texts that name none.

    «Pays de la Loire» stands for its five departments.
    """
    codes: set[str] = set()
    inconnus: list[str] = []
    for texte in textes:
        if code := _EXACT.get(texte) or code_departement(texte):
            codes.add(code)
        elif _cle(texte) in _REGION:
            codes.update(DEPARTEMENTS)
        else:
            inconnus.append(texte)
    return tuple(sorted(codes)), tuple(inconnus)


def epci_declares(dossier: Dossier) -> tuple[str, ...]:
    """Return what a dossier answers about its intercommunalités, field and repetition block, as it is written."""
    texte = dossier.texte("epci")
    return tuple(dict.fromkeys((*((texte,) if texte else ()), *dossier.liste("epci"), *dossier.intercommunalites)))


def nom_departement(code: str) -> str:
    """Return «Sarthe (72)», or the code when no department bears it."""
    return f"{_NOMS[code]} ({code})" if code in _NOMS else code
