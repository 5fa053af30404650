"""The directory of the actors of the employment network, by department (metier § 4.5)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Acteur:
    """An actor, or a kind of actor: «France Travail», «Mission locale», «CCAS».

    ``formes`` are the names and acronyms that it is known by; ``departement`` is «» for a kind that is everywhere;
    ``groupe`` is one of the groups of metier § 4.5 («reseau», «participant», «autre»).
    """

    id: str
    nom: str
    famille: str
    groupe: str
    formes: tuple[str, ...] = ()
    departement: str = ""
    source: str = ""


def lire(texte: str) -> tuple[Acteur, ...]:
    """Read the CSV of the directory; raises DossierError with the line at fault."""
    del texte
    return ()
