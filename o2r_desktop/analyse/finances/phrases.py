"""The sentence of each ratio: its figure, the year before, the threshold and what it means."""

from collections.abc import Sequence
from decimal import Decimal

from o2r_desktop.analyse.finances.definitions import Definition, Suite
from o2r_desktop.analyse.finances.demande import Demande
from o2r_desktop.analyse.finances.mesures import Exercice, Lecture, Montant
from o2r_desktop.text import NBSP, NNBSP, enumeration, montant, nombre, pluriel, pourcentage

_RANG = {Lecture.VERT: 0, Lecture.INFORMATIF: 0, Lecture.ORANGE: 1, Lecture.ROUGE: 2}


def dite(valeur: Montant, unite: str) -> str:
    """Return a value with its unit, rounded for reading: «34,5 %», «86 jours», «1,60»."""
    if valeur is None:
        return "non calculable"
    if unite == "€":
        return montant(valeur)
    if unite == "%":
        return pourcentage(valeur, 1)
    return f"{nombre(valeur, 0)}{NBSP}jours" if unite == "jours" else nombre(valeur, 2)


def sans_objet(definition: Definition, raison: str) -> str:
    """Say that a ratio does not apply, and why."""
    return f"{definition.nom}{NBSP}: sans objet, {raison}."


def lire(
    definition: Definition, suite: Suite, serie: Sequence[Montant], lecture: Lecture, manque: Sequence[str]
) -> str:
    """Read a ratio in one sentence."""
    valeur = serie[-1]
    if lecture is Lecture.INCONNU:
        absents = f"il manque {enumeration(tuple(manque))}" if manque else "une donnée n’a pas de sens ici"
        connue = "" if valeur is None else f"{dite(valeur, definition.unite)} en {suite[-1].annee}, lecture "
        return f"{definition.nom}{NBSP}: {connue}inconnue, {absents}."
    sens = _sens(definition, valeur, lecture)
    return f"{_figure(definition, suite, serie)}{NNBSP}; {sens}{_duree(definition, suite)}."


def poids(
    definition: Definition,
    suite: Suite,
    serie: Sequence[Montant],
    lecture: Lecture,
    manque: Sequence[str],
    demande: Demande,
) -> str:
    """Read the weight of the request, and what stays with the lead of a consortium."""
    if lecture is Lecture.INCONNU:
        return lire(definition, suite, serie, lecture, manque)
    phrase = lire(definition, suite[-1:], serie[-1:], lecture, manque).removesuffix(".")
    phrase = phrase.replace(f"{NNBSP}; ", f" ({demande.texte}){NNBSP}; ", 1)
    du_chef, valeur = demande.annuelle_du_chef, serie[-1]
    if du_chef is None or demande.annuelle is None or valeur is None or not demande.annuelle:
        return f"{phrase}."
    part = pourcentage(valeur * du_chef / demande.annuelle, 1)
    return f"{phrase}{NNBSP}; la part du chef de file ({montant(du_chef)}) en ferait {part}."


def _figure(definition: Definition, suite: Suite, serie: Sequence[Montant]) -> str:
    figure = f"{definition.nom}{NBSP}: {dite(serie[-1], definition.unite)} en {suite[-1].annee}"
    if len(serie) > 1 and serie[-2] is not None and serie[-1] is not None:
        figure += f", contre {dite(serie[-2], definition.unite)} en {suite[-2].annee}"
    return figure


def _sens(definition: Definition, valeur: Montant, lecture: Lecture) -> str:
    if definition.au_dela is not None and valeur is not None and valeur > definition.au_dela[0]:
        return definition.au_dela[1]
    return definition.sens[_RANG[lecture]]


def _duree(definition: Definition, suite: Suite) -> str:
    """Say that flows were brought to twelve months."""
    autres = duree_autre(suite) if definition.flux else ()
    if not autres:
        return ""
    dits = enumeration(tuple(f"{e.annee} de {pluriel(e.mois, 'mois', 'mois')}" for e in autres))
    return f" (flux ramenés à douze mois, exercice {dits})"


def duree_autre(suite: Suite) -> tuple[Exercice, ...]:
    """Return the exercices that do not last twelve months."""
    return tuple(e for e in suite if e.mois != 12)


def signe(valeur: Decimal) -> str:
    """Return «un excédent de 21 300,00 €», «un déficit de 9 700,00 €», «un résultat nul»."""
    if not valeur:
        return "un résultat nul"
    return f"un {'excédent' if valeur > 0 else 'déficit'} de {montant(abs(valeur))}"
