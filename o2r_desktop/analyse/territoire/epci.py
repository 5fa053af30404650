"""The intercommunalités of the region, and how a form names them (metier § 4.2)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Epci:
    """An intercommunalité: SIREN, name, departments it lies in (those of the region), population of each.

    ``departement`` is the one where most of its people live, which may lie outside the region.
    """

    siren: str
    nom: str
    departement: str
    departements: tuple[str, ...]
    populations: tuple[int, ...]


def lire(texte: str) -> tuple[Epci, ...]:
    """Read the CSV of the EPCI; raises DossierError with the line at fault."""
    del texte
    return ()
