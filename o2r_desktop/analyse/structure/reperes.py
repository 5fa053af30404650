"""What the bodies of a dossier and their other dossiers say of REC, ELI, CRE and GOU criteria, in sentences."""

from collections.abc import Iterable

from o2r_desktop.analyse.angles import Angle, Controle, Repere
from o2r_desktop.analyse.structure.cumul import Ailleurs
from o2r_desktop.analyse.structure.fiche import Organisme, Structure
from o2r_desktop.dossiers.budget import euros
from o2r_desktop.evaluation.constats import Resultat
from o2r_desktop.text import NBSP, enumeration, numero, pluriel, pourcentage

_CITES = 4
"""Other dossiers that a sentence names; the sheet lists them all."""


def reperes(structure: Structure) -> tuple[Repere, ...]:
    """Return what was found for REC-04, ELI-10, GOU-01 and CRE-08, in sentences."""
    dits = [
        *(("REC-04", t) for t in _identite(structure)),
        *(("ELI-10", t) for t in _consortium(structure)),
        *(("GOU-01", t) for t in _gouvernance(structure)),
        *(("CRE-08", t) for t in _double_financement(structure)),
    ]
    return tuple(Repere(critere=c, texte=t, angle=Angle.STRUCTURE) for c, t in dits)


def _identite(structure: Structure) -> Iterable[str]:
    """Say what the identifiers of the lead give."""
    siens = [c for c in structure.porteur.controles if c.resultat is not Resultat.SANS_OBJET]
    yield f"Porteur : {' ; '.join(_dit(c) for c in siens)}."


def _consortium(structure: Structure) -> Iterable[str]:
    if not structure.membres:
        dits = [_dit(c) for c in structure.controles_consortium]
        yield f"{dits[0]}." if dits else "Porteur seul : aucun membre déclaré."
        return
    annoncee = "annoncée au formulaire" if structure.dossier.liste("convention_consortium") else "pas annoncée"
    yield (
        f"Consortium de {pluriel(len(structure.organismes), 'organisme')}, chef de file "
        f"« {structure.porteur.nom} » ; convention ou lettres d’engagement {annoncee}."
    )
    for controle in structure.controles_consortium:
        yield f"{_dit(controle)}."
    faux = [o.nom or "membre sans nom" for o in structure.membres if _mauvais(o)]
    if faux:
        yield f"SIRET à corriger : {enumeration(faux)}."


def _gouvernance(structure: Structure) -> Iterable[str]:
    if structure.membres:
        yield f"Répartition déclarée de la demande : {enumeration([_part(o) for o in structure.organismes])}."
    yield from _partages(structure)


def _part(organisme: Organisme) -> str:
    qualite = " (chef de file)" if organisme.chef else ""
    if organisme.part is None:
        return f"{organisme.nom}{qualite} part inconnue"
    pour = f", {pourcentage(organisme.pourcent, 1)}" if organisme.pourcent is not None else ""
    return f"{organisme.nom}{qualite} {euros(organisme.part)}{pour}"


def _partages(structure: Structure) -> Iterable[str]:
    """Say which bodies lead or join other dossiers: their time and their team are shared."""
    for organisme in structure.organismes:
        if organisme.ailleurs:
            yield f"« {organisme.nom} » figure aussi dans {_cites(organisme)}."


def _double_financement(structure: Structure) -> Iterable[str]:
    if not structure.comparee:
        return
    for organisme in structure.organismes:
        if organisme.ailleurs and organisme.cumul is not None:
            yield (
                f"« {organisme.nom} » figure aussi dans {_cites(organisme)} : mêmes salariés, mêmes actions, mêmes "
                f"personnes ? À comparer. {organisme.cumul.phrase[:1].upper()}{organisme.cumul.phrase[1:]}."
            )


def _cites(organisme: Organisme) -> str:
    premiers = [_cite(a) for a in organisme.ailleurs[:_CITES]]
    if (reste := organisme.nombre_ailleurs - len(premiers)) > 0:
        premiers.append(f"{reste} autre{'s' if reste > 1 else ''}")
    mot = "le dossier" if organisme.nombre_ailleurs == 1 else "les dossiers"
    return f"{mot} {enumeration(premiers)}"


def _cite(ailleurs: Ailleurs) -> str:
    return f"n°{NBSP}{numero(ailleurs.numero)} ({ailleurs.qualite}, {ailleurs.rapprochement})"


def _mauvais(organisme: Organisme) -> bool:
    return any(c.resultat is Resultat.NON_CONFORME and c.cle.startswith("siret/") for c in organisme.controles)


def _dit(controle: Controle) -> str:
    return f"{controle.nom} : {controle.valeur}"
