"""The health of a body: its exercices, their checks, the ratios, the two fears of a public funder (metier § 3)."""

from dataclasses import dataclass
from typing import Any

from o2r_desktop.analyse.angles import Controle, Repere
from o2r_desktop.analyse.finances.comptes import ExerciceSaisi, lire_comptes
from o2r_desktop.analyse.finances.ratios import Exercice, Ratio
from o2r_desktop.analyse.saisie import Fiches
from o2r_desktop.dossiers.model import Dossier
from o2r_desktop.evaluation.constats import Constat


@dataclass(frozen=True, slots=True, kw_only=True)
class Crainte:
    """One of the two fears: a body on the brink, cash that sleeps; why, in one sentence with its figures."""

    nom: str
    texte: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finances:
    """What the accounts say. ``sans_objet`` says why no ratio is worked out («organisme public»), «» otherwise.

    ``saisis`` are the exercices as typed and ``exercices`` what the ratios take from them, both ascending;
    ``controles`` are the balance checks; ``lecture`` is one sentence for the note.
    """

    numero: int
    saisis: tuple[ExerciceSaisi, ...] = ()
    exercices: tuple[Exercice, ...] = ()
    sans_objet: str = ""
    controles: tuple[Controle, ...] = ()
    ratios: tuple[Ratio, ...] = ()
    craintes: tuple[Crainte, ...] = ()
    lecture: str = ""

    @property
    def saisie(self) -> bool:
        """Whether any figure was typed."""
        return any(not m.vide for e in self.saisis for m in e.montants.values())


def analyser(dossier: Dossier, fiches: Fiches) -> Finances:
    """Read the accounts that were typed of a dossier."""
    return Finances(numero=dossier.numero, saisis=lire_comptes(fiches))


def constats(finances: Finances) -> tuple[Constat, ...]:
    """Return the findings FIN-02 to FIN-07, none while no figure is typed."""
    del finances
    return ()


def reperes(finances: Finances) -> tuple[Repere, ...]:
    """Return what the accounts say of FIN criteria, in sentences."""
    del finances
    return ()


def document(finances: Finances) -> dict[str, Any]:
    """Return the health in JSON types."""
    return {"sans_objet": finances.sans_objet}
