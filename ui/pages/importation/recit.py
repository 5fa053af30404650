"""What a report of import says, on the screen and on paper: the same words, in the same order."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from o2r_desktop.dossiers.importation import Refus
from o2r_desktop.dossiers.model import Anomalie
from o2r_desktop.reception import CompteRendu
from o2r_desktop.store.dossiers import RapportImport
from o2r_desktop.text import NBSP, NNBSP, enumeration, instant, nombre, pluriel
from o2r_desktop.text import numero as numero_lisible
from ui.pages.importation.redaction import Redacteur

_T = TypeVar("_T")

LISTE_MAX = 200
"""Items of a list that are written one by one; the others are counted."""


def summary(comptes: Sequence[CompteRendu]) -> str:
    """Say in a sentence what came of the import of some files."""
    entres = sum(len(c.nouveaux) for c in comptes)
    changes = sum(len(c.modifies) for c in comptes)
    refuses = sum(len(c.rapport.refuses) for c in comptes)
    pieces = sum(c.rapport.pieces.get(sort, 0) for c in comptes for sort in ("recues", "remplacees"))
    if pieces and not (entres or changes or refuses):
        return f"{pluriel(pieces, 'pièce reçue', 'pièces reçues')}. Les réponses des dossiers n’ont pas changé."
    if not (entres or changes or refuses):
        return "Rien n’a changé : la campagne avait déjà tout."
    phrases = [
        f"{pluriel(entres, 'dossier entré', 'dossiers entrés')}",
        f"{pluriel(changes, 'modifié')}",
        f"{pluriel(sum(c.rapport.inchanges for c in comptes), 'inchangé')}",
        f"{pluriel(refuses, 'ligne refusée', 'lignes refusées')}",
        pluriel(pieces, "pièce reçue", "pièces reçues") if pieces else "",
    ]
    return ", ".join(p for p in phrases if p) + "."


def tell_undoing(c: CompteRendu) -> str:
    """Say when and by whom an import was undone, «» when it stands."""
    r = c.rapport
    if r.annule_le is None:
        return ""
    return f"annulé le {instant(r.annule_le)}{f' par {r.annule_par}' if r.annule_par else ''}"


def tell_report(plume: Redacteur, comptes: Sequence[CompteRendu], campagne: str) -> None:
    """Write the report of the files imported together."""
    if not comptes:
        return
    premier = comptes[0].rapport
    plume.titre("Rapport d’import")
    auteur = f" par {premier.auteur}" if premier.auteur else ""
    plume.phrase(f"Campagne «{NBSP}{campagne}{NBSP}» · importé le {instant(premier.le)}{auteur}", secondaire=True)
    for dit in dict.fromkeys(filter(None, map(tell_undoing, comptes))):
        plume.phrase(
            f"Cet import est {dit}{NBSP}: la campagne est revenue à l’état d’avant. Voici ce qu’il avait fait."
        )
    plume.phrase(summary(comptes))
    plume.section("Fichiers")
    for c in comptes:
        plume.element(c.rapport.fichier, _fichier(c))
    _tell_lists(plume, comptes)


def _tell_lists(plume: Redacteur, comptes: Sequence[CompteRendu]) -> None:
    """Write what happened to which dossiers; only the items in view are put into words."""
    nommer = partial(_nom, comptes)
    deposer = partial(_depose, comptes)
    _liste(plume, "Lignes refusées", _refuses(comptes), _mots_refus)
    _modifies(plume, comptes)
    _liste(plume, "Réponses à reconfirmer", _a_reconfirmer(comptes), lambda x: (nommer(x[0]), enumeration(x[1])))
    _liste(plume, "Dépôts hors délai", list(dict.fromkeys(n for c in comptes for n in c.hors_delai)), deposer)
    _liste(
        plume,
        "À voir",
        list(dict.fromkeys(a for c in comptes for a in c.rapport.anomalies)),
        partial(_dire, comptes),
    )
    _liste(plume, "Dossiers entrés", [n for c in comptes for n in c.nouveaux], deposer)
    _pieces(plume, comptes)
    tables = [set(c.rapport.absents) for c in comptes if not c.rapport.pieces]
    absents = sorted(set.intersection(*tables)) if tables else []
    autre = "ces fichiers" if len(comptes) > 1 else "ce fichier"
    titre = f"Dossiers de la campagne absents de {autre}, gardés tels quels"
    _liste(plume, titre, absents, lambda n: (nommer(n), ""))


_SORTS = {
    "recues": ("reçue", "reçues"),
    "remplacees": ("remplacée", "remplacées"),
    "inchangees": ("déjà reçue", "déjà reçues"),
    "orphelines": ("de dossier inconnu, laissée de côté", "de dossiers inconnus, laissées de côté"),
    "en_erreur": ("perdue par la plateforme", "perdues par la plateforme"),
}
"""What becomes of the files of an archive, by the names of its counts."""


def _pieces(plume: Redacteur, comptes: Sequence[CompteRendu]) -> None:
    archives = [c.rapport for c in comptes if c.rapport.pieces]
    if not archives:
        return
    plume.section("Pièces")
    for r in archives:
        plume.element(r.fichier, _compte_pieces(r))


def _compte_pieces(r: RapportImport) -> str:
    dits = [pluriel(r.pieces[sort], *mots) for sort, mots in _SORTS.items() if r.pieces.get(sort)]
    return enumeration(dits) or "aucune pièce"


def _fichier(c: CompteRendu) -> str:
    r = c.rapport
    date = f"export du {instant(r.date_fichier)}" if r.date_fichier else "date d’export inconnue"
    if r.pieces:
        return f"{r.origine.libelle}, {date}"
    comptes = (
        pluriel(r.nouveaux, "nouveau", "nouveaux"),
        pluriel(r.modifies, "modifié"),
        pluriel(r.inchanges, "inchangé"),
        pluriel(len(r.refuses), "refusé"),
    )
    return f"{r.origine.libelle}, {date}{NNBSP}; {', '.join(comptes)}"


def _liste(plume: Redacteur, titre: str, sujets: Sequence[_T], dire: Callable[[_T], tuple[str, str]]) -> None:
    if not sujets:
        return
    plume.section(f"{titre} ({nombre(len(sujets))})")
    for sujet in sujets[:LISTE_MAX]:
        plume.element(*dire(sujet))
    _reste(plume, len(sujets))


def _reste(plume: Redacteur, combien: int) -> None:
    if combien > LISTE_MAX:
        plume.phrase(f"et {pluriel(combien - LISTE_MAX, 'autre')}", secondaire=True)


def _modifies(plume: Redacteur, comptes: Sequence[CompteRendu]) -> None:
    modifies = [m for c in comptes for m in c.modifies]
    if not modifies:
        return
    plume.section(f"Dossiers modifiés ({nombre(len(modifies))})")
    for numero, differences in modifies[:LISTE_MAX]:
        plume.element(
            _nom(comptes, numero), pluriel(len(differences), "réponse changée", "réponses changées"), haut=4
        )
        for d in differences:
            plume.ecart(d.libelle, d.avant, d.apres)
    _reste(plume, len(modifies))


def _refuses(comptes: Sequence[CompteRendu]) -> list[tuple[str, Refus]]:
    """Return the refused lines, each with its file when there are several."""
    plusieurs = len(comptes) > 1
    return [(c.rapport.fichier if plusieurs else "", r) for c in comptes for r in c.rapport.refuses]


def _mots_refus(refus: tuple[str, Refus]) -> tuple[str, str]:
    fichier, r = refus
    return f"{fichier}, ligne{NBSP}{r.ligne}" if fichier else f"Ligne{NBSP}{r.ligne}", r.motif


def _a_reconfirmer(comptes: Sequence[CompteRendu]) -> list[tuple[int, list[str]]]:
    par_dossier: dict[int, list[str]] = {}
    for c in comptes:
        for numero, critere in c.a_reconfirmer:
            par_dossier.setdefault(numero, []).append(critere)
    return list(par_dossier.items())


def _depose(comptes: Sequence[CompteRendu], numero: int) -> tuple[str, str]:
    return _nom(comptes, numero), f"déposé le {_depot(comptes, numero)}"


def _dire(comptes: Sequence[CompteRendu], a: Anomalie) -> tuple[str, str]:
    return (a.ou if a.numero is None else f"{_nom(comptes, a.numero)}, {a.ou}", a.quoi)


def _depot(comptes: Sequence[CompteRendu], numero: int) -> str:
    apercu = comptes[-1].apercus.get(numero)
    return instant(apercu.depot) if apercu and apercu.depot else "(date inconnue)"


def _nom(comptes: Sequence[CompteRendu], numero: int) -> str:
    apercu = comptes[-1].apercus.get(numero)
    return f"{numero_lisible(numero)} — {apercu.porteur}" if apercu else numero_lisible(numero)
