"""What archives would bring, dossier by dossier; and archives without the dossiers that the user left out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from o2r_desktop.dossiers.pieces import PieceLue, PieceRecue, PlanPieces


@dataclass(frozen=True, slots=True, kw_only=True)
class PiecesDossier:
    """The files of one dossier in the archives; ``manquantes`` are announced by a field and brought by nothing."""

    nouvelles: tuple[PieceLue, ...] = ()
    remplacees: tuple[tuple[PieceRecue, PieceLue], ...] = ()
    inchangees: tuple[PieceLue, ...] = ()
    manquantes: tuple[str, ...] = ()

    @property
    def apport(self) -> int:
        """Return how many files would be written."""
        return len(self.nouvelles) + len(self.remplacees)


RIEN = PiecesDossier()
"""A dossier of which the archives hold nothing."""


def pieces_by_dossier(archives: Sequence[PlanPieces]) -> dict[int, PiecesDossier]:
    """Return what the archives hold of each dossier, and lack; orphans are left out."""
    par_dossier: dict[int, PiecesDossier] = {}
    for plan in archives:
        for numero, part in _parts(plan).items():
            avant = par_dossier.get(numero, RIEN)
            par_dossier[numero] = PiecesDossier(
                nouvelles=avant.nouvelles + part.nouvelles,
                remplacees=avant.remplacees + part.remplacees,
                inchangees=avant.inchangees + part.inchangees,
                manquantes=tuple(dict.fromkeys(avant.manquantes + part.manquantes)),
            )
    return par_dossier


def _parts(plan: PlanPieces) -> dict[int, PiecesDossier]:
    nouvelles: dict[int, list[PieceLue]] = {}
    remplacees: dict[int, list[tuple[PieceRecue, PieceLue]]] = {}
    inchangees: dict[int, list[PieceLue]] = {}
    for piece in plan.nouvelles:
        nouvelles.setdefault(piece.numero, []).append(piece)
    for paire in plan.remplacees:
        remplacees.setdefault(paire[1].numero, []).append(paire)
    for piece in plan.inchangees:
        inchangees.setdefault(piece.numero, []).append(piece)
    numeros = {*nouvelles, *remplacees, *inchangees, *plan.manquantes}
    return {
        n: PiecesDossier(
            nouvelles=tuple(nouvelles.get(n, ())),
            remplacees=tuple(remplacees.get(n, ())),
            inchangees=tuple(inchangees.get(n, ())),
            manquantes=tuple(plan.manquantes.get(n, ())),
        )
        for n in numeros
    }


def retain_archives(archives: Sequence[PlanPieces], exclus: Collection[int]) -> tuple[PlanPieces, ...]:
    """Return the archives without the files of the dossiers *exclus*."""
    return tuple(_retain(plan, exclus) for plan in archives) if exclus else tuple(archives)


def _retain(plan: PlanPieces, exclus: Collection[int]) -> PlanPieces:
    return replace(
        plan,
        nouvelles=tuple(p for p in plan.nouvelles if p.numero not in exclus),
        remplacees=tuple(paire for paire in plan.remplacees if paire[1].numero not in exclus),
        inchangees=tuple(p for p in plan.inchangees if p.numero not in exclus),
        manquantes={n: noms for n, noms in plan.manquantes.items() if n not in exclus},
    )
