"""Filters that are typed among the words of a search, as tags that can be taken off one by one."""

import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import partial

from o2r_desktop.dossiers.question import Terme, termes
from o2r_desktop.suivi import Colonne, Filtre, Mesure
from o2r_desktop.suivi.saisie import Saisie, lire_saisie
from o2r_desktop.text import NBSP, montant, nombre, normalise

_SIGNES = {"<=": "≤", ">=": "≥", "=>": "≥", "=<": "≤", ":": "="}
_ECRITE = re.compile(r"([<>=:≤≥]+)")
_NOMS = {
    "score": "Score",
    "cout": "Coût total",
    "demande": "Demande",
    "beneficiaires": "Bénéficiaires",
    "depot": "Dépôt",
}
"""What is said of a comparison."""

SAISIES = (
    ("dep:72,44", "départements"),
    ("statut:instruction", "état sur la plateforme"),
    ("etat:en_cours", "état de l’évaluation"),
    ("priorite:p1", "priorité"),
    ("controle:alerte", "contrôles"),
    ("avis:favorable", "avis"),
    ("piece:manquante", "pièces manquantes ou reçues"),
    ("instructeur:moi", "qui instruit : un nom, moi ou personne"),
    ("etiquette:urgent", "étiquette"),
    ("-etiquette:urgent", "sans cette étiquette"),
    ("score>=60", "score"),
    ("cout>150000", "coût total"),
    ("demande<100000", "demande"),
    ("beneficiaires>50", "bénéficiaires"),
    ("depot<13/08/2025", "date de dépôt"),
    ('"fonds dédiés"', "ces mots côte à côte"),
    ("-mot", "sans ce mot"),
)
"""What may be typed, and what it looks at."""


def tags(filtre: Filtre) -> list[tuple[str, Filtre]]:
    """Return a tag for each filter, chosen or typed, and the filter without it; the stage has its own tabs."""
    choisis = replace(filtre, etape=None).etiquettes()
    trouves = [(texte, replace(reste, etape=filtre.etape)) for texte, reste in choisis]
    for terme, saisie in _saisies(filtre):
        if saisie.champs or saisie.defaut:
            trouves.append((_tag(terme, saisie), _kept(filtre, partial(operator.ne, terme))))
    return trouves


def without_words(filtre: Filtre) -> Filtre:
    """Return the filter without its words: what is typed as filters stays."""
    typees = {terme for terme, _ in _saisies(filtre)}
    return _kept(filtre, lambda terme: terme in typees) if filtre.recherche else filtre


def without_malformed(filtre: Filtre) -> Filtre:
    """Return the filter without what is typed and means nothing."""
    fautes = {terme for terme, saisie in _saisies(filtre) if saisie.defaut}
    return _kept(filtre, lambda terme: terme not in fautes)


def hint() -> str:
    """Return what may be typed, one line each."""
    lignes = [f"{ecrit}{NBSP}: {quoi}" for ecrit, quoi in SAISIES]
    return "\n".join(("Des mots, avec ou sans accents, entiers ou commencés. Et aussi, parmi eux :", *lignes))


def _saisies(filtre: Filtre) -> Iterator[tuple[Terme, Saisie]]:
    for terme in termes(filtre.recherche):
        saisie = None if terme.phrase else lire_saisie(terme.texte, exclu=terme.exclu)
        if saisie is not None:
            yield terme, saisie


def _kept(filtre: Filtre, garde: Callable[[Terme], bool]) -> Filtre:
    gardes = [terme.ecrit() for terme in termes(filtre.recherche) if garde(terme)]
    return replace(filtre, recherche=" ".join(gardes))


def _tag(terme: Terme, saisie: Saisie) -> str:
    if saisie.defaut:
        return f"⚠ {terme.texte}"
    dits = [texte for texte, _ in Filtre(**saisie.champs).etiquettes()]
    return dits[0] if dits else _comparison(terme.texte, saisie.champs["mesures"][0])


def _comparison(ecrit: str, mesure: Mesure) -> str:
    """Return «Demande ≥ 60 000 €» for what is typed «demande>=60000»; dates are said as they were typed."""
    nom, signe, valeur = _ECRITE.split(ecrit, maxsplit=1)
    if isinstance(mesure.valeur, Decimal):
        euros = mesure.colonne in (Colonne.COUT, Colonne.DEMANDE)
        valeur = montant(mesure.valeur / 100, 0) if euros else nombre(mesure.valeur)
    return f"{_NOMS.get(normalise(nom), nom)} {_SIGNES.get(signe, signe)}{NBSP}{valeur}"
