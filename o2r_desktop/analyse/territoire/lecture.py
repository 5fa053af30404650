"""What a dossier and its instructor say of the places where the project acts, by where each is said."""

from dataclasses import dataclass
from functools import cached_property

from o2r_desktop.analyse.saisie import Fiches
from o2r_desktop.analyse.territoire.epci import Epci
from o2r_desktop.analyse.territoire.reconnaissance import Lexique, Lus, departements_cites
from o2r_desktop.analyse.territoire.zones import Zone
from o2r_desktop.dossiers.model import Dossier
from o2r_desktop.dossiers.territoires import codes_departements, epci_declares

EPCI_RETENUS, ZONES_RETENUES, NOTE = "territoire/epci", "territoire/zones", "territoire/note"
"""Keys of what the instructor retains: SIREN of EPCI, names of zones, a text. The two lists add to what is read."""
CHAMPS_LIBRES = ("justification_territoires", "repartition_departements", "ancrage", "resume")
"""Attributes whose texts speak of places; what they name is kept apart from what is answered."""


@dataclass(frozen=True, kw_only=True)
class LieuxLus:
    """The places of a dossier, by where they come from."""

    declares: tuple[str, ...]
    illisibles: tuple[str, ...]
    epci_repondus: Lus
    zones_repondues: Lus
    cites: Lus
    departements_cites: tuple[str, ...]
    epci_retenus: tuple[Epci, ...]
    zones_retenues: tuple[Zone, ...]

    @property
    def epci_lus(self) -> tuple[Epci, ...]:
        """EPCI that are answered or named in a text."""
        return tuple(dict.fromkeys((*self.epci_repondus.epci, *self.cites.epci)))

    @property
    def zones_lues(self) -> tuple[Zone, ...]:
        """Zones that are answered or named in a text."""
        return tuple(dict.fromkeys((*self.zones_repondues.zones, *self.cites.zones)))

    @property
    def epci_surs(self) -> tuple[Epci, ...]:
        """EPCI that are answered or retained."""
        return tuple(dict.fromkeys((*self.epci_repondus.epci, *self.epci_retenus)))

    @property
    def zones_sures(self) -> tuple[Zone, ...]:
        """Zones that are answered or retained."""
        return tuple(dict.fromkeys((*self.zones_repondues.zones, *self.zones_retenues)))

    @property
    def inconnus(self) -> tuple[str, ...]:
        """Answers that name no known place."""
        return (*self.illisibles, *self.epci_repondus.inconnus, *self.zones_repondues.inconnus)

    @cached_property
    def deduits(self) -> tuple[str, ...]:
        """Departments of the EPCI and zones, answered or retained, that lie in none of those declared."""
        codes = {z.departement for z in self.zones_sures}
        codes |= {_principal(e) for e in self.epci_surs if not set(e.departements) & set(self.declares)}
        return tuple(sorted(codes - set(self.declares)))


def _principal(epci: Epci) -> str:
    """Return the department of the region where most people of an EPCI live."""
    return max(zip(epci.populations, epci.departements, strict=True))[1]


def lire(dossier: Dossier, fiches: Fiches, lexique: Lexique) -> LieuxLus:
    """Read the places of a dossier."""
    declares, illisibles = codes_departements(dossier.liste("departements"))
    libres = "\n".join(t for t in map(dossier.texte, CHAMPS_LIBRES) if t)
    efop = dossier.liste("efop") or tuple(t for t in (dossier.texte("efop"),) if t)
    return LieuxLus(
        declares=declares,
        illisibles=illisibles,
        epci_repondus=lexique.reponses(epci_declares(dossier)),
        zones_repondues=lexique.zones_de(efop),
        cites=lexique.texte(libres),
        departements_cites=departements_cites(libres),
        epci_retenus=tuple(lexique.par_siren[s] for s in _liste(fiches, EPCI_RETENUS) if s in lexique.par_siren),
        zones_retenues=tuple(z for nom in _liste(fiches, ZONES_RETENUES) if (z := lexique.zone(nom))),
    )


def _liste(fiches: Fiches, cle: str) -> tuple[str, ...]:
    brut = fiches.get(cle)
    return tuple(x for x in brut if isinstance(x, str)) if isinstance(brut, list | tuple) else ()
