"""What remains to be done until the committee meets: criteria, hours, days; pure arithmetic on the list."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from math import ceil

from o2r_desktop.dossiers.calendrier import jours_ouvres
from o2r_desktop.text import NBSP, NNBSP, date_longue, nombre, pluriel

PAUSE = timedelta(minutes=15)
"""Beyond it, two answers belong to two sittings: somebody did something else meanwhile."""
GESTES_MIN = 30
"""Criteria answered below which a pace would be chance."""
HEURES_PAR_JOUR = 3.0
"""Hours a working day of an instructeur at the screen, unless the team says otherwise: a sitting lasts 2 to 4."""
_EN_TETE = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class ResteDossier:
    """A dossier of the list that is not finished: what is left in it, and who has it."""

    numero: int
    porteur: str
    reste: int
    a_reconfirmer: int = 0
    instructeur: str = ""
    commence: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Jour:
    """A working day of the plan: what is to be done on it, and what is left in the evening."""

    jour: date
    criteres: int
    reste: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Planning:
    """The work that remains. ``rythme`` (criteria an hour) and hours are None while the pace is not known.

    ``charge`` is the hours of who has the most to do, at a pace measured on one person.
    """

    dossiers: int
    criteres: int
    seance: date | None
    rythme: float | None
    heures: float | None
    charge: float | None
    jours: tuple[Jour, ...]
    par_instructeur: Mapping[str, int]
    d_abord: tuple[ResteDossier, ...]
    tenable: bool | None
    """Whether the days that are left suffice; None when it cannot be said."""


def mesurer(heures: Sequence[tuple[datetime, int, str]]) -> float | None:
    """Return criteria answered per hour of work, idle gaps cut; None while there are too few to say.

    *heures* are the writes of answers, oldest first: several on the same critere are one answer.
    """
    criteres = {(numero, critere) for _, numero, critere in heures}
    travail = timedelta()
    for (avant, _, _), (apres, _, _) in pairwise(heures):
        ecart = apres - avant
        if timedelta() <= ecart <= PAUSE:
            travail += ecart
    minutes = travail.total_seconds() / 60
    if len(criteres) < GESTES_MIN or minutes < 1:
        return None
    return len(criteres) * 60 / minutes


def planifier(
    restes: Iterable[ResteDossier],
    *,
    aujourd_hui: date,
    seance: date | None,
    rythme: float | None,
    heures_par_jour: float = HEURES_PAR_JOUR,
) -> Planning:
    """Share what remains evenly, in whole numbers, between the working days left before the committee."""
    ouverts = [r for r in restes if r.reste > 0]
    total = sum(r.reste for r in ouverts)
    jours = jours_ouvres(aujourd_hui, seance - timedelta(days=1)) if seance is not None else []
    heures = total / rythme if rythme else None
    par_instructeur = _par_instructeur(ouverts)
    charge = _charge(par_instructeur) / rythme if rythme else None
    if not total:
        tenable: bool | None = True
    elif seance is None:
        tenable = None
    elif not jours:
        tenable = False
    else:
        tenable = None if charge is None else charge <= len(jours) * heures_par_jour
    return Planning(
        dossiers=len(ouverts),
        criteres=total,
        seance=seance,
        rythme=rythme,
        heures=heures,
        charge=charge,
        jours=tuple(_jours(jours, total)),
        par_instructeur=par_instructeur,
        d_abord=tuple(sorted(ouverts, key=_urgence)[:_EN_TETE]),
        tenable=tenable,
    )


def dire(planning: Planning) -> str:
    """Return in plain words what remains and whether it can be done in time."""
    if not planning.criteres:
        return f"Tous les critères des dossiers de la campagne sont traités{NBSP}: il ne reste qu’à conclure."
    phrases = [
        f"Il reste {pluriel(planning.criteres, 'critère')} à traiter dans {pluriel(planning.dossiers, 'dossier')}."
    ]
    if planning.heures is None or planning.rythme is None:
        phrases.append(
            f"Le rythme n’est pas connu{NBSP}: pas encore assez de données (trente critères traités au moins)."
        )
    else:
        phrases.append(
            f"À votre rythme mesuré, {nombre(round(planning.rythme))} critères par heure, il faut environ "
            f"{duree_dite(planning.heures)}{_dont(planning)}."
        )
    if planning.seance is None:
        phrases.append("Indiquez la date du comité pour répartir ce travail.")
    elif not planning.jours:
        phrases.append(f"Il n’y a plus de jour ouvré avant le comité du {date_longue(planning.seance)}{NNBSP}!")
    else:
        par_jour = ceil(planning.criteres / len(planning.jours))
        phrases.append(
            f"D’ici le comité du {date_longue(planning.seance)}, "
            f"{pluriel(len(planning.jours), 'jour ouvré', 'jours ouvrés')}{NBSP}: "
            f"{pluriel(par_jour, 'critère')} par jour."
        )
    par_personne = f"à {duree_dite(HEURES_PAR_JOUR)} par jour et par personne"
    verdict = {
        True: f"✓ C’est tenable, {par_personne}.",
        False: f"✕ Ce n’est pas tenable {par_personne}{NBSP}: répartissez les dossiers ou décalez.",
    }
    return " ".join([*phrases, *([verdict[planning.tenable]] if planning.tenable is not None else [])])


def _dont(planning: Planning) -> str:
    """Return the part of who has the most to do, when the work is shared."""
    seul = planning.charge is None or planning.heures is None or planning.charge >= planning.heures
    return (
        ""
        if seul or planning.charge is None
        else (f" en tout, dont {duree_dite(planning.charge)} pour la personne la plus chargée")
    )


def duree_dite(heures: float) -> str:
    """Return «7 h 30», to the nearest quarter of an hour, at least a quarter."""
    quarts = max(1, round(heures * 4))
    pleines, reste = divmod(quarts, 4)
    return (
        f"{nombre(pleines)}{NBSP}h" + (f"{NBSP}{reste * 15:02d}" if reste else "")
        if pleines
        else f"{reste * 15}{NBSP}min"
    )


def _jours(jours: Sequence[date], total: int) -> Iterable[Jour]:
    fait = 0
    for rang, jour in enumerate(jours, start=1):
        cumul = total * rang // len(jours)
        yield Jour(jour=jour, criteres=cumul - fait, reste=total - cumul)
        fait = cumul


def _par_instructeur(restes: Iterable[ResteDossier]) -> dict[str, int]:
    """Return the criteria left by instructeur, the most loaded first; «» is nobody."""
    comptes: dict[str, int] = {}
    for reste in restes:
        comptes[reste.instructeur] = comptes.get(reste.instructeur, 0) + reste.reste
    return dict(sorted(comptes.items(), key=lambda c: (-c[1], c[0])))


def _charge(par_instructeur: Mapping[str, int]) -> int:
    """Return the criteria left to who has the most, dossiers of nobody being shared by all who have a name."""
    nommes = [reste for nom, reste in par_instructeur.items() if nom]
    total = sum(par_instructeur.values())
    return max(*nommes, ceil(total / len(nommes))) if nommes else total


def _urgence(reste: ResteDossier) -> tuple[bool, bool, int, int]:
    """Sort what an import put in doubt first, then what is begun, then what has the most left."""
    return not reste.a_reconfirmer, not reste.commence, -reste.reste, reste.numero
