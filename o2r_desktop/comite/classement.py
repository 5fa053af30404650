"""Ranking of the candidates, and the order in which the committee takes them."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from o2r_desktop.comite.blocs import bloc_de
from o2r_desktop.comite.modele import Bloc, Candidat, Comite
from o2r_desktop.evaluation.grille import Grille

PRIORITES = ("P1", "P2 renforcée", "P2", "hors priorité")


def rangs(notes: Mapping[int, Decimal | None]) -> dict[int, int | None]:
    """Return the rank of each dossier by its score, the best first; equals share a rank, None has none."""
    connues = [n for n in notes.values() if n is not None]
    return {
        numero: None if note is None else 1 + sum(autre > note for autre in connues)
        for numero, note in notes.items()
    }


def classer(candidats: Iterable[Candidat]) -> list[Candidat]:
    """Return the candidates by score, those without complete score last; priority then number part equals.

    A proposal of the tool: neither the law nor the AMI ranks (metier § 2.4).
    """
    return sorted(candidats, key=_cle)


def _cle(c: Candidat) -> tuple[bool, Decimal, int, int]:
    priorite = PRIORITES.index(c.priorite) if c.priorite in PRIORITES else len(PRIORITES)
    return c.note is None, -(c.note or Decimal(0)), priorite, c.numero


def ordonner(candidats: Sequence[Candidat], comite: Comite, grille: Grille) -> list[Candidat]:
    """Return the candidates in the order of the agenda, as it was arranged; a new one goes to its block's end.

    Without an arrangement: block after block, by score inside each.
    """
    blocs = list(Bloc)
    par_defaut = sorted(classer(candidats), key=lambda c: blocs.index(bloc_de(c, comite, grille)[0]))
    places = {numero: rang for rang, numero in enumerate(comite.ordre)}
    ranges = sorted((c for c in par_defaut if c.numero in places), key=lambda c: places[c.numero])
    for nouveau in (c for c in par_defaut if c.numero not in places):
        ranges.insert(_place(ranges, nouveau, comite, grille), nouveau)
    return ranges


def _place(ranges: Sequence[Candidat], nouveau: Candidat, comite: Comite, grille: Grille) -> int:
    """Return where a dossier that nobody placed goes: after the last one of its block or of a block before."""
    blocs = list(Bloc)
    sien = blocs.index(bloc_de(nouveau, comite, grille)[0])
    avant = [i for i, c in enumerate(ranges) if blocs.index(bloc_de(c, comite, grille)[0]) <= sien]
    return avant[-1] + 1 if avant else 0


def deplacer(ordre: Sequence[int], numero: int, vers: int) -> tuple[int, ...]:
    """Return the order with one dossier moved to the rank *vers*, from 0, kept inside the list."""
    autres = [n for n in ordre if n != numero]
    vers = max(0, min(vers, len(autres)))
    return (*autres[:vers], numero, *autres[vers:])
