"""Cells that cannot be read as their type, found column by column while the child reads on."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from o2r_desktop.dossiers.champs import Brut, TypeChamp, lire, texte_de
from o2r_desktop.dossiers.correspondance import Attribut
from o2r_desktop.dossiers.lecture import court
from o2r_desktop.dossiers.model import Colonne
from o2r_desktop.imports.fiches import controlees
from o2r_desktop.text import normalise, pluriel

_MEMOIRE = 5_000
_OPTIONS_MAX = 200
_OPTIONS_DITES = 10


@dataclass(slots=True)
class ControleColonne:
    """Finds the unreadable cells of one column, reading each distinct value once."""

    libelle: str
    attribut: Attribut
    bons: set[Brut] = field(default_factory=set)

    def defauts(self, cellules: Sequence[Brut]) -> Iterator[tuple[int, str]]:
        """Yield the place of each unreadable cell and what is wrong with it."""
        if {list, bool} & set(map(type, cellules)):
            suspects = list(range(len(cellules)))  # not hashable, or equal to 0 and 1
        else:
            neufs = set(cellules) - self.bons
            mauvais = {v for v in self._douteux(neufs) if self._anomalie(v)}
            self.bons = neufs - mauvais if len(self.bons) > _MEMOIRE else self.bons | neufs - mauvais
            suspects = [i for i, v in enumerate(cellules) if v in mauvais] if mauvais else []
        for i in suspects:
            if anomalie := self._anomalie(cellules[i]):
                yield i, anomalie

    def _douteux(self, valeurs: set[Brut]) -> Iterator[Brut]:
        """Yield the values that are not surely right at first sight: those are read for good."""
        genre = self.attribut.type
        if genre is TypeChamp.MONTANT:
            return (v for v in valeurs if type(v) is not float or round(v, 2) != v or not -1e15 < v < 1e15)
        if genre is TypeChamp.ENTIER:
            return (v for v in valeurs if type(v) is not float or not v.is_integer() or not -1e15 < v < 1e15)
        if genre is TypeChamp.DECIMAL:
            return (v for v in valeurs if type(v) is not float or not -1e15 < v < 1e15)
        return iter(valeurs)

    def _anomalie(self, valeur: Brut) -> str:
        lu = lire(valeur, self.attribut.type, self.attribut.options)
        return f"« {court(texte_de(valeur))} » {lu.anomalie}" if lu.anomalie else ""


@dataclass(slots=True)
class ControleChoix:
    """Counts the choices that the known list of a field does not hold: the form has changed, or was not ours."""

    libelle: str
    attribut: Attribut
    connues: frozenset[str]
    inconnues: Counter[str] = field(default_factory=Counter)
    _lues: dict[Hashable, tuple[str, ...]] = field(default_factory=dict)

    def defauts(self, cellules: Sequence[Brut]) -> Iterator[tuple[int, str]]:
        """Count; no cell is wrong by itself."""
        for cellule in cellules:
            cle = tuple(cellule) if isinstance(cellule, list) else cellule
            if cle not in self._lues:
                if len(self._lues) >= _MEMOIRE:
                    self._lues.clear()
                self._lues[cle] = self._hors_liste(cellule)
            for option in self._lues[cle]:
                if option in self.inconnues or len(self.inconnues) < _OPTIONS_MAX:
                    self.inconnues[option] += 1
        return iter(())

    def _hors_liste(self, cellule: Brut) -> tuple[str, ...]:
        lus = lire(cellule, self.attribut.type, self.attribut.options).valeur
        return tuple(o for o in lus if normalise(o) not in self.connues) if isinstance(lus, tuple) else ()


Controle = ControleColonne | ControleChoix


def controles(colonnes: Sequence[Colonne], lies: Sequence[Attribut | None]) -> list[Controle]:
    """Return the checks of a set of columns, in the order of ``Lot.typees``."""
    return [_controle(colonnes[i].libelle, attribut) for i, attribut in controlees(lies)]


def _controle(libelle: str, attribut: Attribut) -> Controle:
    if attribut.type is TypeChamp.CHOIX_MULTIPLE:
        return ControleChoix(libelle, attribut, frozenset(map(normalise, attribut.options)))
    return ControleColonne(libelle, attribut)


def options_inconnues(verifications: Iterable[Controle]) -> Iterator[tuple[str, str]]:
    """Yield labels and sentences on the choices that no known list holds, the most frequent first."""
    comptes: dict[str, Counter[str]] = {}
    for controle in verifications:
        if isinstance(controle, ControleChoix):
            comptes.setdefault(controle.libelle, Counter()).update(controle.inconnues)
    for libelle, inconnues in comptes.items():
        for option, combien in sorted(inconnues.items(), key=lambda x: (-x[1], x[0]))[:_OPTIONS_DITES]:
            quoi = (
                f"« {court(option)} » n’est pas dans la liste connue ({pluriel(combien, 'dossier')}) : lu tel quel."
            )
            yield libelle, quoi
