"""The lists that an analysis compares with: shipped ones, or those that a campagne put in their place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from o2r_desktop.analyse.reseau import repertoire
from o2r_desktop.analyse.territoire import diagnostic, epci, laureats, zones
from o2r_desktop.resources import resource


class Referentiel(StrEnum):
    """A list; its value is the name of the shipped file, without «.csv»."""

    DIAGNOSTIC = "diagnostic"
    EPCI = "epci_pdl"
    ZONES = "zones"
    LAUREATS = "laureats_2024"
    ACTEURS = "acteurs"

    @property
    def libelle(self) -> str:
        """Return what it is called."""
        return _LIBELLES[self]


_LIBELLES = {
    Referentiel.DIAGNOSTIC: "Diagnostic de l’AMI",
    Referentiel.EPCI: "Intercommunalités",
    Referentiel.ZONES: "Territoires EFOP et comités locaux pour l’emploi",
    Referentiel.LAUREATS: "Lauréats de l’AMI 2024",
    Referentiel.ACTEURS: "Acteurs du réseau pour l’emploi",
}


def livre(nom: Referentiel) -> str:
    """Return the CSV text of a list as the program ships it."""
    return resource("references", f"{nom.value}.csv").read_text("utf-8")


_LECTEURS: Mapping[Referentiel, Callable[[str], object]] = {
    Referentiel.DIAGNOSTIC: diagnostic.lire,
    Referentiel.EPCI: epci.lire,
    Referentiel.ZONES: zones.lire,
    Referentiel.LAUREATS: laureats.lire,
    Referentiel.ACTEURS: repertoire.lire,
}


def verifier(nom: Referentiel, texte: str) -> None:
    """Read a list to be kept; raises DossierError with the line at fault and what it should hold."""
    _LECTEURS[nom](texte)


@dataclass(frozen=True)
class Referentiels:
    """The lists of a campagne; each is read when it is first needed. ``propres`` are the texts of its own ones."""

    propres: Mapping[str, str] = field(default_factory=dict)

    def texte(self, nom: Referentiel) -> str:
        """Return the CSV text of a list."""
        return self.propres.get(nom.value) or livre(nom)

    @cached_property
    def diagnostic(self) -> "tuple[diagnostic.ChiffreDiagnostic, ...]":
        """The figures of the AMI."""
        return diagnostic.lire(self.texte(Referentiel.DIAGNOSTIC))

    @cached_property
    def epci(self) -> "tuple[epci.Epci, ...]":
        """The intercommunalités of the region."""
        return epci.lire(self.texte(Referentiel.EPCI))

    @cached_property
    def zones(self) -> "tuple[zones.Zone, ...]":
        """The territories EFOP, with the EPCI that they hold when somebody said which."""
        return zones.lire(self.texte(Referentiel.ZONES))

    @cached_property
    def laureats(self) -> "tuple[laureats.Laureat, ...]":
        """The bodies retained in 2024."""
        return laureats.lire(self.texte(Referentiel.LAUREATS))

    @cached_property
    def acteurs(self) -> "tuple[repertoire.Acteur, ...]":
        """The actors of the employment network."""
        return repertoire.lire(self.texte(Referentiel.ACTEURS))
