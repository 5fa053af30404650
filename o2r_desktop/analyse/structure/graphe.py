"""Who works with whom: bodies of this dossier, and of those that share one of them, two steps away at most."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from o2r_desktop.analyse.structure.index import Index, Presence

PAS_MAX = 2
NOEUDS_MAX = 40
DOSSIERS_MAX = 120
"""Bounds of the graph (proposition): more could not be read; what is left out is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noeud:
    """A body; ``pas`` is 0 for those of this dossier. ``dirige`` and ``participe`` are dossiers of the graph."""

    cle: str
    nom: str
    pas: int
    chef: bool
    dirige: tuple[int, ...] = ()
    participe: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lien:
    """A lead and one of its members in a dossier; ``part`` is what comes to the member, None when unknown."""

    chef: str
    membre: str
    numero: int
    role: str
    part: Decimal | None
    ici: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Graphe:
    """Bodies, nearest first, and what links them; ``omis`` bodies and ``dossiers_omis`` dossiers are left out."""

    numero: int
    noeuds: tuple[Noeud, ...]
    liens: tuple[Lien, ...]
    omis: int = 0
    dossiers_omis: int = 0


def grapher(numero: int, presences: Sequence[Presence], index: Index | None) -> Graphe:
    """Draw the graph of a dossier whose bodies are *presences*; without index, of this dossier alone."""
    pas = {p.cle: 0 for p in presences}
    noms = {p.cle: p.nom for p in presences}
    dossiers: dict[int, Sequence[Presence]] = {numero: presences}
    ecartes: set[str] = set()
    laisses: set[int] = set()
    bord = list(pas)
    for etape in range(1, PAS_MAX + 1 if index is not None else 0):
        voisins = _voisins(index, bord, dossiers, laisses) if index is not None else []
        bord = []
        for presence in voisins:
            if presence.cle in pas:
                continue
            if len(pas) >= NOEUDS_MAX:
                ecartes.add(presence.cle)
                continue
            pas[presence.cle], noms[presence.cle] = etape, presence.nom
            bord.append(presence.cle)
    gardes = list(pas)[:NOEUDS_MAX]
    ecartes.update(list(pas)[NOEUDS_MAX:])
    return Graphe(
        numero=numero,
        noeuds=tuple(_noeud(cle, noms[cle], pas[cle], numero, dossiers) for cle in gardes),
        liens=tuple(_liens(dossiers, frozenset(gardes), numero)),
        omis=len(ecartes),
        dossiers_omis=len(laisses),
    )


def _voisins(
    index: Index, bord: Iterable[str], dossiers: dict[int, Sequence[Presence]], laisses: set[int]
) -> list[Presence]:
    """Take in the dossiers of some bodies and return the bodies found there."""
    trouves: list[Presence] = []
    for cle in bord:
        for presence in index.par_cle.get(cle, ()):
            if presence.numero in dossiers:
                continue
            if len(dossiers) >= DOSSIERS_MAX:
                laisses.add(presence.numero)
                continue
            siennes = index.par_dossier[presence.numero]
            dossiers[presence.numero] = siennes
            trouves += siennes
    return trouves


def _noeud(cle: str, nom: str, pas: int, ici: int, dossiers: dict[int, Sequence[Presence]]) -> Noeud:
    siennes = [p for presences in dossiers.values() for p in presences if p.cle == cle]
    return Noeud(
        cle=cle,
        nom=nom or "sans nom",
        pas=pas,
        chef=any(p.chef and p.numero == ici for p in siennes),
        dirige=tuple(p.numero for p in siennes if p.chef),
        participe=tuple(p.numero for p in siennes if not p.chef),
    )


def _liens(dossiers: dict[int, Sequence[Presence]], gardes: frozenset[str], ici: int) -> Iterable[Lien]:
    for numero, presences in dossiers.items():
        chef = next((p for p in presences if p.chef), None)
        for membre in presences:
            if chef is None or membre is chef or not {chef.cle, membre.cle} <= gardes:
                continue
            yield Lien(
                chef=chef.cle, membre=membre.cle, numero=numero, role=membre.role, part=membre.part,
                ici=numero == ici,
            )  # fmt: skip
