"""The few sentences of the note on the health of a body."""

from collections.abc import Iterator, Sequence

from o2r_desktop.analyse.finances.craintes import Crainte
from o2r_desktop.analyse.finances.mesures import Exercice, Lecture
from o2r_desktop.analyse.finances.phrases import dite, signe
from o2r_desktop.analyse.finances.ratios import ORGANISME_PUBLIC, Ratio
from o2r_desktop.text import NBSP, NNBSP, enumeration, montant


def resumer(
    exercices: Sequence[Exercice],
    previsions: Sequence[Exercice],
    ratios: Sequence[Ratio],
    craintes: Sequence[Crainte],
    sans_objet: str,
) -> str:
    """Sum up the accounts in two to four sentences, for the note."""
    if sans_objet:
        return " ".join(_sans_ratio(exercices, previsions, sans_objet))
    return " ".join(_avec_ratios(exercices, {r.cle: r for r in ratios}, craintes))


def _sans_ratio(exercices: Sequence[Exercice], previsions: Sequence[Exercice], sans_objet: str) -> Iterator[str]:
    if sans_objet == ORGANISME_PUBLIC:
        yield f"Organisme public{NBSP}: les ratios d’association ne s’appliquent pas à ses comptes."
    else:
        yield f"Ratios sans objet, {sans_objet}{NNBSP}; lire le prévisionnel et le soutien d’un réseau."
    if exercices:
        yield f"Exercice {exercices[-1].annee}{NBSP}: {_flux(exercices[-1])}."
    if previsions:
        yield f"Prévisionnel {previsions[-1].annee}{NBSP}: {_flux(previsions[-1])}."


def _flux(exercice: Exercice) -> str:
    produits, charges = exercice.produits, exercice.charges
    dits = [
        f"produits {'inconnus' if produits is None else montant(produits)}",
        f"charges {'inconnues' if charges is None else montant(charges)}",
    ]
    if exercice.resultat is not None:
        dits.append(signe(exercice.resultat))
    return enumeration(dits)


def _avec_ratios(
    exercices: Sequence[Exercice], ratios: dict[str, Ratio], craintes: Sequence[Crainte]
) -> Iterator[str]:
    dernier, premier = exercices[-1], exercices[0]
    yield f"De {premier.annee} à {dernier.annee}, {_produits(premier, dernier)}, {_resultat(dernier)}."
    yield f"{_fonds(dernier, ratios)}{NNBSP}; {_tresorerie(ratios)}."
    rouges = [r.nom.lower() for r in ratios.values() if r.lecture is Lecture.ROUGE]
    if craintes:
        yield " ".join(f"{c.nom}{NBSP}: {c.texte}" for c in craintes)
    elif rouges:
        yield f"À apprécier, au-delà d’un seuil proposé{NBSP}: {enumeration(rouges)}."
    else:
        yield "Aucun indicateur connu n’atteint un seuil rouge proposé."


def _produits(premier: Exercice, dernier: Exercice) -> str:
    if premier.produits is None or dernier.produits is None:
        return "l’évolution des produits est inconnue"
    return f"les produits passent de {montant(premier.produits)} à {montant(dernier.produits)}"


def _resultat(dernier: Exercice) -> str:
    if dernier.resultat is None:
        return f"et le résultat {dernier.annee} est inconnu"
    return f"avec {signe(dernier.resultat)} en {dernier.annee}"


def _fonds(dernier: Exercice, ratios: dict[str, Ratio]) -> str:
    if dernier.fonds_propres is None:
        return "Les fonds propres sont inconnus"
    autonomie = ratios["autonomie"].valeur
    bilan = "" if autonomie is None else f", {dite(autonomie, '%')} du bilan"
    return f"Les fonds propres sont de {montant(dernier.fonds_propres)}{bilan}"


def _tresorerie(ratios: dict[str, Ratio]) -> str:
    jours, libres = ratios["jours"].valeur, ratios["jours_libres"].valeur
    if jours is None:
        return "les jours de charges en trésorerie sont inconnus"
    sans = "" if libres is None or libres == jours else f", {dite(libres, 'jours')} sans les fonds dédiés"
    return f"la trésorerie couvre {dite(jours, 'jours')} de charges{sans}"
