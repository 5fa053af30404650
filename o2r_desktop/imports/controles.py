"""Cells that cannot be read as their type, found column by column while the child reads on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from o2r_desktop.dossiers.champs import Brut, TypeChamp, lire, texte_de
from o2r_desktop.dossiers.correspondance import Attribut
from o2r_desktop.dossiers.lecture import court
from o2r_desktop.dossiers.model import Colonne
from o2r_desktop.imports.fiches import controlees

_MEMOIRE = 5_000


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


def controles(colonnes: Sequence[Colonne], lies: Sequence[Attribut | None]) -> list[ControleColonne]:
    """Return the checks of a set of columns, in the order of ``Lot.typees``."""
    return [ControleColonne(colonnes[i].libelle, attribut) for i, attribut in controlees(lies)]
