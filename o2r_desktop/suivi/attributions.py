"""Who instructs each dossier of the list and how it is labelled: looked up, counted, filtered."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property, lru_cache

from o2r_desktop.text import normalise, sort_key

MOI, PERSONNE = "moi", "personne"
"""What may be typed for an instructeur beside a name."""

_RIEN = ("", "[]")


class Attributions:
    """The instructeur and the labels of dossiers, as ``store.attributions.toutes`` gives them."""

    def __init__(self, brutes: Mapping[int, tuple[str, str]], moi: str = "") -> None:
        self.brutes = brutes
        self.moi = moi

    def instructeur(self, numero: int) -> str:
        """Return who instructs a dossier, «» when nobody does."""
        return self.brutes.get(numero, _RIEN)[0]

    def etiquettes(self, numero: int) -> tuple[str, ...]:
        """Return the labels of a dossier, in the order they were put."""
        return _liste(self.brutes.get(numero, _RIEN)[1])

    def instructeurs(self) -> dict[str, int]:
        """Return the names in use, in French order, and how many dossiers each has."""
        return _en_ordre(Counter({nom: fois for nom, fois in self._noms.items() if nom}))

    def toutes_etiquettes(self) -> dict[str, int]:
        """Return the labels in use, in French order, and how many dossiers bear each."""
        comptes: Counter[str] = Counter()
        for dites, fois in self._listes.items():
            comptes.update(dict.fromkeys(_liste(dites), fois))
        return _en_ordre(comptes)

    @cached_property
    def _noms(self) -> Counter[str]:
        return Counter(nom for nom, _ in self.brutes.values())

    @cached_property
    def _listes(self) -> Counter[str]:
        return Counter(dites for _, dites in self.brutes.values())

    def de(self, choisis: Collection[str]) -> Callable[[int], bool]:
        """Return a test of a dossier: one of *choisis* instructs it; a blank is nobody."""
        dits = {self.moi if _simple(choisi) == MOI else choisi for choisi in choisis}
        personne = any(_simple(dit) in ("", PERSONNE) for dit in dits)
        noms = designes([dit for dit in dits if dit], filter(None, self._noms))
        brutes = self.brutes
        return lambda numero: personne if not (nom := brutes.get(numero, _RIEN)[0]) else nom in noms

    def portant(self, choisies: Collection[str]) -> Callable[[int], bool]:
        """Return a test of a dossier: it bears one of *choisies*."""
        voulues = designes(choisies, {etiquette for dites in self._listes for etiquette in _liste(dites)})
        listes = {dites for dites in self._listes if not voulues.isdisjoint(_liste(dites))}
        brutes = self.brutes
        return lambda numero: brutes.get(numero, _RIEN)[1] in listes


def designes(dits: Iterable[str], connus: Iterable[str]) -> set[str]:
    """Return the known names that are typed: the very name, else those of which a word begins so."""
    simples = {connu: _simple(connu) for connu in connus}
    trouves: set[str] = set()
    for dit in map(_simple, dits):
        exacts = {connu for connu, simple in simples.items() if simple == dit}
        trouves |= exacts or {connu for connu, simple in simples.items() if dit and f" {dit}" in f" {simple}"}
    return trouves


@lru_cache(maxsize=4096)
def _simple(nom: str) -> str:
    """Return a name without case, accents nor signs: a blank may be typed «_» or «-»."""
    return " ".join("".join(c if c.isalnum() else " " for c in normalise(nom)).split())


@lru_cache(maxsize=4096)
def _liste(dites: str) -> tuple[str, ...]:
    return tuple(json.loads(dites))


def _en_ordre(comptes: Counter[str]) -> dict[str, int]:
    return {nom: comptes[nom] for nom in sorted(comptes, key=sort_key)}
