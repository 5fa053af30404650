"""Publics × departments of the dossiers that a scenario pays for, beside the priorities of the AMI."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from o2r_desktop.comite.modele import Candidat
from o2r_desktop.dossiers.territoires import nom_departement
from o2r_desktop.evaluation.mots import souples
from o2r_desktop.evaluation.parametres import Parametres
from o2r_desktop.evaluation.priorites import reconnaitre

_PETITS = frozenset({"et", "ou", "plus", "de", "du", "des", "d", "la", "le", "l", "en"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCouverture:
    """How many candidates name a public in a department, and how many of them are paid for.

    ``prioritaire`` is «P1», «P2» or «». A dossier counts wherever it names: rows and columns do not add up.
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
    """The table: rows are publics, columns departments, all known of the parameters or named by a dossier."""

    publics: tuple[str, ...]
    departements: tuple[str, ...]
    cases: tuple[tuple[CaseCouverture, ...], ...]

    @property
    def trous(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Priorities that nothing kept serves: a public and the names of its departments."""
        trouves = []
        for public, ligne in zip(self.publics, self.cases, strict=True):
            manques = [nom_departement(d) for d, c in zip(self.departements, ligne, strict=True) if c.trou]
            if manques:
                trouves.append((public, tuple(manques)))
        return tuple(trouves)


def couvrir(candidats: Sequence[Candidat], retenus: Collection[int], parametres: Parametres) -> Couverture:
    """Return the coverage (AMI, Publics cibles et territoires visés): P1 and P2 cross territories and publics.

    Priority publics that no dossier names have their row too.
    """
    nommes = dict.fromkeys(p for c in candidats for p in c.publics)
    p1, p2, _ = reconnaitre(tuple(nommes), parametres)
    oublies = _oublies(tuple(nommes), parametres)
    publics = (*nommes, *oublies)
    premiers = {*p1, *(p for p in oublies if p in parametres.publics_p1)}
    seconds = {*p2, *(p for p in oublies if p in parametres.publics_p2)}
    ordre = sorted(publics, key=lambda p: (0 if p in premiers else 1 if p in seconds else 2, souples(p)))
    gardes = frozenset(retenus)

    def case(public: str, code: str) -> CaseCouverture:
        vises = [c for c in candidats if code in c.departements and public in c.publics]
        un = public in premiers and code in parametres.departements_p1
        deux = public in seconds and code in parametres.departements_p2
        return CaseCouverture(
            candidats=len(vises),
            retenus=sum(c.numero in gardes for c in vises),
            prioritaire="P1" if un else "P2" if deux else "",
        )

    return Couverture(
        publics=tuple(ordre),
        departements=parametres.departements,
        cases=tuple(tuple(case(public, code) for code in parametres.departements) for public in ordre),
    )


def _oublies(nommes: Sequence[str], parametres: Parametres) -> tuple[str, ...]:
    """Return the priority publics, as the form words them, that no dossier names.

    The parameters hold choices of the form and words that are searched for in free answers: a choice starts with a
    capital or a figure and has several words. Two ways of saying the same choice count once.
    """
    dits = [_signature(p) for p in nommes]
    trouves: dict[frozenset[str], str] = {}
    for public in (*parametres.publics_p1, *parametres.publics_p2):
        choix = " " in public and (public[0].isupper() or public[0].isdigit())
        sienne = _signature(public)
        if choix and sienne not in trouves and not any(sienne <= dit for dit in dits):
            trouves[sienne] = public
    return tuple(trouves.values())


def _signature(public: str) -> frozenset[str]:
    return frozenset(souples(public)) - _PETITS
