"""The figures of the AMI's own diagnostic, each with its date and source (metier § 4.3)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ChiffreDiagnostic:
    """One figure: «Sarthe (72)», «département», what it measures, value as text, unit, date and source.

    ``anomalie`` says what is wrong with it in the AMI, «» when nothing is known to be.
    """

    territoire: str
    niveau: str
    indicateur: str
    valeur: str
    unite: str
    date: str
    source: str
    anomalie: str = ""


def lire(texte: str) -> tuple[ChiffreDiagnostic, ...]:
    """Read the CSV of the diagnostic; raises DossierError with the line at fault."""
    del texte
    return ()
