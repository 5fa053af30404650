"""The grille: sections, criteria, worded levels. Loaded from TOML, checked, refused with line and column."""

from dataclasses import dataclass
from enum import StrEnum


class TypeCritere(StrEnum):
    """How a critere is answered."""

    CONTROLE = "controle"
    ECHELLE = "echelle"
    MONTANT = "montant"
    PRIORITE = "priorite"


class Effet(StrEnum):
    """What a «non» or a level of 0 or 1 does to the avis (grille § 1)."""

    BLOQUANT = "bloquant"
    ALERTE = "alerte"
    AUCUN = "aucun"


@dataclass(frozen=True, slots=True, kw_only=True)
class Critere:
    """One question of the grille.

    ``niveaux`` words the levels 0 to 4 of an echelle, empty otherwise. ``sources`` cites the AMI section and law
    articles. ``attributs`` and ``pieces`` say where to look. ``automatise`` is true when a constat is computed.
    ``propositions`` names which of poids, effet, niveaux, seuils are proposals and not rules.
    """

    id: str
    section: str
    libelle: str
    type: TypeCritere
    effet: Effet
    poids: int
    guide: str
    sources: tuple[str, ...]
    niveaux: tuple[str, ...] = ()
    attributs: tuple[str, ...] = ()
    pieces: tuple[str, ...] = ()
    automatise: bool = False
    propositions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the grille; ``poids`` is the sum of its criteria."""

    id: str
    libelle: str
    criteres: tuple[Critere, ...]

    @property
    def poids(self) -> int:
        """Sum of the weights of the section."""
        return sum(c.poids for c in self.criteres)


@dataclass(frozen=True, kw_only=True)
class Grille:
    """A versioned grille. ``seuil_favorable`` and ``seuil_reserves`` are score thresholds, proposals both."""

    id: str
    version: int
    libelle: str
    sections: tuple[Section, ...]
    seuil_favorable: int
    seuil_reserves: int
