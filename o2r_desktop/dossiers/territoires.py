"""Departments of the region and how forms name them."""

import re
from collections.abc import Iterable

from o2r_desktop.text import normalise

DEPARTEMENTS = {
    "44": "Loire-Atlantique",
    "49": "Maine-et-Loire",
    "53": "Mayenne",
    "72": "Sarthe",
    "85": "Vendée",
}
"""Pays de la Loire: code → name."""

_PAR_NOM = {normalise(nom): code for code, nom in DEPARTEMENTS.items()}
_CODE = re.compile(r"^\(?(\d{2}|2[ab]|9[78]\d)\b|\((\d{2,3}|2[ab])\)$")
_REGION = {"pays de la loire", "region pays de la loire", "toute la region", "region entiere", "regional"}


def code_departement(texte: str) -> str:
    """Return the code of a department written «Sarthe», «72», «72 – Sarthe» or «Sarthe (72)»; else «»."""
    cle = normalise(texte)
    if cle in _PAR_NOM:
        return _PAR_NOM[cle]
    trouve = _CODE.search(cle)
    return (trouve[1] or trouve[2]).upper() if trouve else ""


def codes_departements(textes: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the codes of the departments named, sorted, and the texts that name none.

    «Pays de la Loire» stands for its five departments.
    """
    codes: set[str] = set()
    inconnus: list[str] = []
    for texte in textes:
        if normalise(texte) in _REGION:
            codes.update(DEPARTEMENTS)
        elif code := code_departement(texte):
            codes.add(code)
        else:
            inconnus.append(texte)
    return tuple(sorted(codes)), tuple(inconnus)


def nom_departement(code: str) -> str:
    """Return «Sarthe (72)» for a department of the region, else the code."""
    return f"{DEPARTEMENTS[code]} ({code})" if code in DEPARTEMENTS else code
