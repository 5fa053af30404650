"""A dossier in a few words for the list: its priority, and the worst finding about REC and ELI.

The list shows summaries that are kept: the rules are imported when one is worked out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from o2r_desktop.evaluation.constats import Constat, Resultat, pire
from o2r_desktop.text import NBSP, PARIS, date_courte, nombre

if TYPE_CHECKING:
    from o2r_desktop.dossiers.model import Dossier
    from o2r_desktop.evaluation.examen import Examen
    from o2r_desktop.evaluation.parametres import Parametres

SECTIONS = ("REC", "ELI")
"""Sections that say whether a dossier may be examined at all."""


class Priorite(StrEnum):
    """Level of priority; the values are the words of the grille."""

    P1 = "P1"
    P2_RENFORCEE = "P2 renforcée"
    P2 = "P2"
    HORS = "hors priorité"
    INCONNUE = "inconnue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    """What the list says of a dossier before anybody evaluates it.

    ``priorite`` is a word of Priorite; ``libelle`` says in a few words why ``controle`` is what it is.
    """

    priorite: str
    controle: Resultat
    libelle: str
    publics: tuple[str, ...]


def resumer(dossier: Dossier, parametres: Parametres) -> Resume:
    """Sum a dossier up: the worst of the findings about REC and ELI wins, the first in the order of the grille."""
    from o2r_desktop.evaluation.controles import REGLES
    from o2r_desktop.evaluation.examen import Examen

    examen = Examen(dossier=dossier, parametres=parametres)
    constats = [regle.fonction(examen) for regle in REGLES if regle.critere.startswith(SECTIONS)]
    controle = pire(c.resultat for c in constats)
    return Resume(
        priorite=examen.priorite.niveau.value,
        controle=controle,
        libelle=_libelle(examen, [c for c in constats if c.resultat is controle]),
        publics=dossier.liste("publics"),
    )


def _libelle(examen: Examen, constats: Sequence[Constat]) -> str:
    """Return the short words of the findings that share the worst result."""
    if not constats or (constats[0].resultat is Resultat.INCONNU and len(constats) > 1):
        return "à vérifier"
    premier = constats[0]
    if premier.resultat is Resultat.CONFORME:
        return "recevable"
    mots = _MOTS.get((premier.critere, premier.resultat))
    dits = mots(examen) if callable(mots) else mots
    return dits or f"{premier.critere} {premier.resultat.libelle}"


def _depot(examen: Examen) -> str:
    """Return the hour of a deposit on the day of the deadline, the day of a later one."""
    if examen.dossier.depot is None:
        return ""
    depot, limite = (m.astimezone(PARIS) for m in (examen.dossier.depot, examen.parametres.date_limite))
    if depot.date() == limite.date():
        return f"déposé à {depot:%H:%M:%S}"
    return f"déposé le {date_courte(depot.date())}"


def _cout(examen: Examen) -> str:
    budget, parametres = examen.budget, examen.parametres
    if budget.cout is None:
        return ""
    ecarte = (budget.a_ecarter or Decimal(0)) if parametres.seuil_hors_formation else Decimal(0)
    return f"{_euros(budget.cout - ecarte)} < {_euros(parametres.seuil_cout_total)}"


def _euros(somme: Decimal) -> str:
    """Return an amount without useless cents; never rounded, it stands beside a threshold."""
    return f"{nombre(somme)}{NBSP}€"


def _parcours(examen: Examen) -> str:
    return f"parcours > {examen.parametres.parcours_mois_max} mois"


_MOTS: dict[tuple[str, Resultat], str | Callable[[Examen], str]] = {
    ("REC-01", Resultat.ALERTE): "autre démarche",
    ("REC-01", Resultat.INCONNU): "démarche à vérifier",
    ("REC-02", Resultat.NON_CONFORME): _depot,
    ("REC-02", Resultat.INCONNU): "dépôt à vérifier",
    ("ELI-02", Resultat.ALERTE): "exclu « en principe »",
    ("ELI-02", Resultat.INCONNU): "organisme à vérifier",
    ("ELI-06", Resultat.NON_CONFORME): "hors de la région",
    ("ELI-06", Resultat.INCONNU): "territoire à vérifier",
    ("ELI-07", Resultat.NON_CONFORME): _cout,
    ("ELI-07", Resultat.ALERTE): "coût à corriger",
    ("ELI-07", Resultat.INCONNU): "coût à vérifier",
    ("ELI-08", Resultat.ALERTE): "formation à écarter",
    ("ELI-08", Resultat.INCONNU): "formation à vérifier",
    ("ELI-09", Resultat.NON_CONFORME): _parcours,
    ("ELI-09", Resultat.ALERTE): "durées à justifier",
    ("ELI-09", Resultat.INCONNU): "durées à vérifier",
}
"""Short words by critere and result; a rule that has none is named by its critere."""
