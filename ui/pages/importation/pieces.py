"""What archives would bring, in words: received, replaced, identical, orphans, missing, lost by the platform."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from o2r_desktop.dossiers.model import Anomalie
from o2r_desktop.dossiers.pieces import PieceLue, PlanPieces
from o2r_desktop.text import NBSP, enumeration, instant, nombre, pluriel, printable
from o2r_desktop.text import numero as numero_lisible
from ui.pages.importation.mots import poids
from ui.pages.importation.redaction import Redacteur

_T = TypeVar("_T")
_MAX = 200
"""Items of a list that are written one by one; the others are counted."""
_NOMMES = 20


def apport(archives: Sequence[PlanPieces]) -> int:
    """Return how many files the archives would bring."""
    return sum(len(a.nouvelles) + len(a.remplacees) for a in archives)


def recognised(plan: PlanPieces) -> str:
    """Say what an archive is: how many files, of how many dossiers, how heavy, when and where it was made."""
    lue = plan.archive
    dossiers = len({p.numero for p in lue.pieces})
    parties = [
        "archive de pièces",
        f"{pluriel(len(lue.pieces), 'pièce')} de {pluriel(dossiers, 'dossier')}",
        poids(sum(p.taille for p in lue.pieces)),
        f"export du {instant(lue.date_fichier)}" if lue.date_fichier else "date d’export inconnue",
    ]
    if lue.demarche:
        parties.append(f"démarche «{NBSP}{printable(lue.demarche)}{NBSP}»")
    return " · ".join(parties)


def remarks(plan: PlanPieces) -> list[str]:
    """Return what is odd in an archive as a whole."""
    phrases = [f"{printable(a.ou)}{NBSP}: {printable(a.quoi)}" for a in _anomalies(plan) if a.numero is None]
    if plan.orphelines:
        numeros = sorted({p.numero for p in plan.orphelines})
        phrases.append(
            f"{pluriel(len(plan.orphelines), 'pièce laissée', 'pièces laissées')} de côté, de dossiers qui ne sont "
            f"ni dans la campagne ni dans ces fichiers{NBSP}: {_numeros(numeros)}."
        )
    if plan.archive.en_erreur:
        combien = pluriel(len(plan.archive.en_erreur), "fichier")
        phrases.append(f"{combien} que la plateforme n’a pas pu donner{NBSP}: demandez l’archive à nouveau.")
    return [f"! {phrase}" for phrase in phrases]


def _anomalies(plan: PlanPieces) -> list[Anomalie]:
    return list(dict.fromkeys((*plan.archive.anomalies, *plan.anomalies)))


def tell_pieces(plume: Redacteur, archives: Sequence[PlanPieces]) -> None:
    """Write all that the archives would bring, leave out and lack."""
    plume.section("Pièces")
    plume.phrase(summary(archives))
    manquantes: dict[int, list[str]] = {}
    for plan in archives:
        for numero, noms in plan.manquantes.items():
            manquantes[numero] = list(dict.fromkeys([*manquantes.get(numero, ()), *noms]))
    orphelines = [p for a in archives for p in a.orphelines]
    erreurs = [e for a in archives for e in a.archive.en_erreur]
    remplacees = [r for a in archives for r in a.remplacees]
    _liste(plume, "Que la plateforme n’a pas pu donner", erreurs, lambda e: (_dossier(e.numero), e.nom))
    _liste(
        plume,
        "Annoncées par un dossier, et manquantes",
        sorted(manquantes.items()),
        lambda x: (_dossier(x[0]), enumeration([printable(nom) for nom in x[1]])),
    )
    _liste(plume, "De dossiers inconnus, laissées de côté", _by_dossier(orphelines), _noms)
    _liste(plume, "Remplacées par une plus récente", remplacees, lambda r: (_dossier(r[1].numero), r[1].nom))
    _liste(plume, "À recevoir", _by_dossier(p for a in archives for p in a.nouvelles), _noms)
    _liste(plume, "Déjà reçues, identiques", _by_dossier(p for a in archives for p in a.inchangees), _noms)


def summary(archives: Sequence[PlanPieces]) -> str:
    """Count what becomes of the files."""
    comptes = (
        (sum(len(a.nouvelles) for a in archives), "à recevoir", "à recevoir"),
        (sum(len(a.remplacees) for a in archives), "remplacée", "remplacées"),
        (sum(len(a.inchangees) for a in archives), "déjà reçue", "déjà reçues"),
        (sum(len(a.orphelines) for a in archives), "d’un dossier inconnu", "de dossiers inconnus"),
        (sum(len(n) for a in archives for n in a.manquantes.values()), "manquante", "manquantes"),
        (sum(len(a.archive.en_erreur) for a in archives), "perdue par la plateforme", "perdues par la plateforme"),
    )
    dits = [pluriel(n, un, plusieurs) for n, un, plusieurs in comptes if n]
    return (enumeration(dits) if dits else "Aucune pièce") + "."


def _liste(plume: Redacteur, titre: str, sujets: Sequence[_T], dire: Callable[[_T], tuple[str, str]]) -> None:
    if not sujets:
        return
    plume.section(f"{titre} ({nombre(len(sujets))})")
    for sujet in sujets[:_MAX]:
        plume.element(*dire(sujet))
    if len(sujets) > _MAX:
        plume.phrase(f"et {pluriel(len(sujets) - _MAX, 'autre')}", secondaire=True)


def _by_dossier(pieces: Iterable[PieceLue]) -> list[tuple[int, list[PieceLue]]]:
    par_dossier: dict[int, list[PieceLue]] = {}
    for piece in pieces:
        par_dossier.setdefault(piece.numero, []).append(piece)
    return sorted(par_dossier.items())


def _noms(groupe: tuple[int, list[PieceLue]]) -> tuple[str, str]:
    numero, pieces = groupe
    noms = [printable(p.nom) for p in pieces[:_NOMMES]]
    reste = [pluriel(len(pieces) - _NOMMES, "autre")] if len(pieces) > _NOMMES else []
    return _dossier(numero), enumeration([*noms, *reste])


def _dossier(numero: int | None) -> str:
    return "Dossier inconnu" if numero is None else f"Dossier {numero_lisible(numero)}"


def _numeros(numeros: Sequence[int]) -> str:
    dits = [f"n°{NBSP}{numero_lisible(n)}" for n in numeros[:_NOMMES]]
    return enumeration([*dits, *([pluriel(len(numeros) - _NOMMES, "autre")] if len(numeros) > _NOMMES else [])])
