"""Departments × publics of the dossiers that a scenario pays for, beside the priorities of the AMI."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from o2r_desktop.comite.modele import Candidat
from o2r_desktop.dossiers.territoires import nom_departement
from o2r_desktop.evaluation.mots import contient, souples
from o2r_desktop.evaluation.parametres import Parametres


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCouverture:
    """How many candidates, and kept ones, name a public in a department; ``prioritaire`` by the AMI.

    A dossier counts in each department and public that it names: rows and columns do not add up.
    """

    candidats: int
    retenus: int
    prioritaire: str

    @property
    def trou(self) -> bool:
        """Whether a priority of the AMI is served by no dossier that is paid for."""
        return bool(self.prioritaire) and not self.retenus


@dataclass(frozen=True, slots=True, kw_only=True)
class Couverture:
    """The table: rows are departments, columns publics; ``hors`` are publics that no column names."""

    departements: tuple[str, ...]
    publics: tuple[str, ...]
    cases: tuple[tuple[CaseCouverture, ...], ...]
    hors: tuple[str, ...]

    @property
    def trous(self) -> tuple[tuple[str, str], ...]:
        """Priorities that nothing kept serves: names of department and public."""
        return tuple(
            (nom_departement(d), p)
            for d, ligne in zip(self.departements, self.cases, strict=True)
            for p, case in zip(self.publics, ligne, strict=True)
            if case.trou
        )


def couvrir(candidats: Sequence[Candidat], retenus: Sequence[int], parametres: Parametres) -> Couverture:
    """Return the coverage (AMI, Publics cibles et territoires visés): P1 and P2 cross territories and publics."""
    publics = tuple(dict.fromkeys((*parametres.publics_p1, *parametres.publics_p2)))
    gardes = frozenset(retenus)
    lignes = []
    for code in parametres.departements:
        ici = [c for c in candidats if code in c.departements]
        lignes.append(tuple(_case(code, public, ici, gardes, parametres) for public in publics))
    nommes = dict.fromkeys(p for c in candidats for p in c.publics)
    hors = tuple(p for p in nommes if not any(_nomme(p, public) for public in publics))
    return Couverture(departements=tuple(parametres.departements), publics=publics, cases=tuple(lignes), hors=hors)


def _case(
    code: str, public: str, ici: Sequence[Candidat], gardes: frozenset[int], parametres: Parametres
) -> CaseCouverture:
    vises = [c for c in ici if any(_nomme(p, public) for p in c.publics)]
    p1 = code in parametres.departements_p1 and public in parametres.publics_p1
    p2 = code in parametres.departements_p2 and public in parametres.publics_p2
    return CaseCouverture(
        candidats=len(vises),
        retenus=sum(c.numero in gardes for c in vises),
        prioritaire="P1" if p1 else "P2" if p2 else "",
    )


def _nomme(dit: str, public: str) -> bool:
    return contient(souples(dit), souples(public))


def par_departement(candidats: Sequence[Candidat], sommes: dict[int, Decimal]) -> dict[str, Decimal]:
    """Return what is given by department; an amount for several is counted under «plusieurs»."""
    totaux: dict[str, Decimal] = {}
    for c in candidats:
        if c.numero in sommes:
            ou = c.departements[0] if len(c.departements) == 1 else "plusieurs"
            totaux[ou] = totaux.get(ou, Decimal(0)) + sommes[c.numero]
    return totaux
