"""What is worth finding in the form of a dossier: each text with the name of the place where it stands."""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from unicodedata import is_normalized

from o2r_desktop.dossiers.champs import texte_de
from o2r_desktop.dossiers.model import Bloc, Enregistrement
from o2r_desktop.text import printable

TRANCHE = 20_000
"""Characters of one text that a passage is looked for in; longer ones are cut."""
_RECOUVREMENT = 200
"""What two slices share, so that no phrase is lost between them."""
_FORMULAIRE_MAX = 2_000_000

_PORTEUR = (
    "raison_sociale", "nom_commercial", "enseigne", "association_titre", "entreprise_prenom", "entreprise_nom",
    "prenom", "nom", "siret", "rna", "forme_juridique", "libelle_naf", "adresse", "code_postal", "localite",
)  # fmt: skip
_AUTRES = {
    "association_objet": "Objet de l’association",
    "nom_mandataire": "Nom du mandataire",
    "prenom_mandataire": "Prénom du mandataire",
}
_FIXES = {"email": "Courriel", "motivation": "Motivation de la décision", "labels": "Étiquettes"}
_ECHANGES = {
    "messages": (("body", "Messagerie"),),
    "avis": (("question", "Avis demandé"), ("reponse", "Avis rendu")),
    "traitements": (("motivation", "Motivation de la décision"),),
}
_SEPARATEUR = " · "

_CACHES = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_BALISE = re.compile(r"<[^<>]*>")
_RIEN = frozenset({"oui", "non", "true", "false", "on", "off"})
_FIGURE = re.compile(r"[-+]?\d(?:\s?\d){0,7}(?:[.,]\d+)?\s*[€%]?|\d{4}-\d\d-\d\d(?:[T ][\d:.+Z -]*)?", re.ASCII)
"""Amounts, counts, dates: nobody finds a dossier by them; SIRET and telephones are longer."""


def lignes(enregistrement: Enregistrement, pieces: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Return the texts of a form, its blocks and its messages; *pieces* are the names of the files received."""
    trouvees, reste = [], _FORMULAIRE_MAX
    for ou, texte in _toutes(enregistrement, pieces):
        for tranche in tranches(_propre(texte)[:reste]):
            trouvees.append((_propre(ou), tranche))
            reste -= len(tranche)
    return trouvees


def tranches(texte: str) -> Iterator[str]:
    """Cut a long text between words, the end of a slice said again at the start of the next."""
    debut = 0
    while len(texte) - debut > TRANCHE:
        espace = texte.rfind(" ", debut + TRANCHE // 2, debut + TRANCHE)
        fin = espace if espace > 0 else debut + TRANCHE
        yield texte[debut:fin]
        debut = fin - _RECOUVREMENT
    if texte:
        yield texte[debut:]


def _toutes(enregistrement: Enregistrement, pieces: Sequence[str]) -> Iterator[tuple[str, str]]:
    demandeur, fixes = enregistrement.demandeur, enregistrement.fixes
    yield "Porteur", _SEPARATEUR.join(_dits(demandeur.get(cle) for cle in _PORTEUR))
    for cle, libelle in _AUTRES.items():
        yield libelle, texte_de(demandeur.get(cle))
    for colonne, cellule in zip(enregistrement.colonnes, enregistrement.cellules, strict=True):
        if _utile(dit := texte_de(cellule).strip()):
            yield colonne.libelle, dit
    for bloc in enregistrement.blocs or ():
        yield from _bloc(bloc)
    for cle, libelle in _FIXES.items():
        yield libelle, texte_de(fixes.get(cle))
    yield from _echanges(enregistrement.autres)
    yield "Pièces reçues", _SEPARATEUR.join(pieces)


def _bloc(bloc: Bloc) -> Iterator[tuple[str, str]]:
    for rang, ligne in enumerate(bloc.lignes, 1):
        yield f"{bloc.libelle}, ligne {rang}", _SEPARATEUR.join(_dits(ligne.values()))


def _echanges(autres: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield messages, opinions and decisions, which only the API gives (exports § 7.4)."""
    for cle, places in _ECHANGES.items():
        elements = autres.get(cle)
        for element in elements if isinstance(elements, list) else ():
            for place, libelle in places:
                if isinstance(element, Mapping) and isinstance(texte := element.get(place), str):
                    yield libelle, _sans_balises(texte)


def _dits(cellules: Any) -> Iterator[str]:
    textes = (texte_de(cellule).strip() for cellule in cellules)
    return (texte for texte in textes if _utile(texte))


def _utile(texte: str) -> bool:
    """Say whether somebody may look for a text."""
    if len(texte) > 40:
        return True
    return bool(texte) and not _FIGURE.fullmatch(texte) and texte.casefold() not in _RIEN


def _sans_balises(texte: str) -> str:
    return html.unescape(_BALISE.sub(" ", texte[:_FORMULAIRE_MAX]))


def _propre(texte: str) -> str:
    texte = printable(texte) if _CACHES.search(texte) or not is_normalized("NFC", texte) else texte
    return texte.strip()
