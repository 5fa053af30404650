"""What ties words to one dossier: names, numbers, addresses. A phrase that is kept should hold none of it."""

import re
from collections.abc import Mapping

from o2r_desktop.dossiers.identifiers import chiffres
from o2r_desktop.dossiers.model import Dossier
from o2r_desktop.text import normalise

_BLANC = r"[ \u00a0\u202f]"
_RENDUES = (
    "porteur", "intitule", "siret", "numero", "cout_total", "demande", "cofinancements", "formation",
    "cout_par_beneficiaire", "departements", "beneficiaires",
)  # fmt: skip
"""Variables that words are turned into; the others are too short or too common to be recognised."""
_MONTANTS = frozenset({"cout_total", "demande", "cofinancements", "formation", "cout_par_beneficiaire"})
_MOT = re.compile(r"\w+")
_COURRIEL = re.compile(r"[^\s@]{1,64}@[^\s@]{1,255}\.\w{2,}")
_TELEPHONE = re.compile(
    rf"(?<![\d,.])(?:0|(?:\+|00)33{_BLANC}?(?:\(0\))?)[1-9](?:[ \u00a0\u202f.-]?\d\d){{4}}(?!\d)"
)
_SIRET = re.compile(rf"(?<!\d)\d{{3}}{_BLANC}?\d{{3}}{_BLANC}?\d{{3}}(?:{_BLANC}?\d{{5}})?(?!{_BLANC}?[\d€])")
_COMMUNS = frozenset(
    {"association", "associations", "agence", "atelier", "ateliers", "centre", "collectif", "comite", "commune",
     "communes", "cooperative", "departement", "emploi", "entreprise", "entreprises", "federation", "fondation",
     "formation", "france", "groupement", "insertion", "jeunes", "loire", "maison", "mission", "mutuelle", "region",
     "regie", "reseau", "service", "services", "social", "sociale", "societe", "solidarite", "territoire", "union"}
)  # fmt: skip
"""Words of the names of bodies that name none of them."""


def generaliser(texte: str, variables: Mapping[str, str]) -> str:
    """Return *texte* as a phrase: names and figures of the dossier become variables, braces stay braces."""
    motifs = {nom: _motif(nom, variables[nom]) for nom in _RENDUES if variables.get(nom)}
    gardes = {nom: motif for nom, motif in motifs.items() if motif}
    if not gardes:
        return _echapper(texte)
    tous = re.compile("|".join(f"(?P<{nom}>{motif})" for nom, motif in gardes.items()), re.IGNORECASE)
    morceaux: list[str] = []
    debut = 0
    for trouve in tous.finditer(texte):
        morceaux += (_echapper(texte[debut : trouve.start()]), f"{{{trouve.lastgroup}}}")
        debut = trouve.end()
    return "".join((*morceaux, _echapper(texte[debut:])))


def traces(texte: str, dossier: Dossier | None = None) -> list[str]:
    """Name in French what still ties *texte* to a dossier or to a person; empty when nothing is seen."""
    vues = [] if dossier is None else _traces_du_dossier(texte, dossier)
    if _SIRET.search(texte):
        vues.append("un SIREN ou un SIRET")
    if _TELEPHONE.search(texte):
        vues.append("un numéro de téléphone")
    if _COURRIEL.search(texte):
        vues.append("une adresse électronique")
    return vues


def _traces_du_dossier(texte: str, dossier: Dossier) -> list[str]:
    lu = f" {' '.join(_MOT.findall(normalise(texte)))} "
    vues = []
    if _nomme(lu, texte, dossier.porteur.nom):
        vues.append("le nom du porteur")
    if any(_contient(lu, membre.nom) for membre in dossier.membres):
        vues.append("le nom d’un membre du consortium")
    if any(_contient(lu, dossier.texte(a)) for a in ("representant_nom", "contact")):
        vues.append("le nom d’une personne")
    if str(dossier.numero) in chiffres(texte):
        vues.append("le numéro du dossier")
    return vues


def _echapper(texte: str) -> str:
    return texte.replace("{", "{{").replace("}", "}}")


def _motif(nom: str, valeur: str) -> str:
    """Return the pattern of a value as people write it; «» when it is too short to be told apart."""
    if nom in _MONTANTS:
        entier, _, centimes = valeur.rstrip("\u00a0€").partition(",")
        groupes = re.findall(r"\d+", entier)
        if len("".join(groupes)) < 3:
            return ""
        fin = f",{centimes}" if centimes else "(?:,00)?"
        return _seul(f"{_BLANC}?".join(groupes) + fin) + rf"(?:{_BLANC}?(?:€|euros?\b))?"
    if nom in ("siret", "numero", "beneficiaires"):
        serre = chiffres(valeur)
        return _seul(f"{_BLANC}?".join(serre)) if len(serre) >= 2 else ""
    if len(valeur) < 4:
        return ""
    mots = (re.escape(mot) for mot in re.split(_BLANC, valeur) if mot)
    motif = f"{_BLANC}+".join(mots).replace("’", "'").replace("'", "['’]")
    return rf"(?<!\w){motif}(?!\w)"


def _seul(motif: str) -> str:
    """Return the pattern of a number that is no part of a longer one."""
    return rf"(?<![\d,.])(?<!\d{_BLANC}){motif}(?![,.]?\d)(?!{_BLANC}\d)"


def _contient(lu: str, nom: str) -> bool:
    mots = " ".join(_MOT.findall(normalise(nom)))
    return len(mots) > 3 and f" {mots} " in lu


def _nomme(lu: str, texte: str, nom: str) -> bool:
    """Say whether the name, or a word of it that is a proper name, is in a text."""
    if _contient(lu, nom):
        return True
    propres = {m for m in _MOT.findall(normalise(nom)) if len(m) > 4 and m not in _COMMUNS}
    return any(m[0].isupper() and normalise(m) in propres for m in _MOT.findall(texte))
