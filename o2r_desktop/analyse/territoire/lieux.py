"""Where a project acts: departments, EPCI, zones; the diagnostic there; who else acts there (metier § 4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from o2r_desktop.analyse.angles import Repere
from o2r_desktop.analyse.panorama import Panorama
from o2r_desktop.analyse.saisie import Fiches
from o2r_desktop.analyse.territoire.diagnostic import ChiffreDiagnostic
from o2r_desktop.analyse.territoire.epci import Epci
from o2r_desktop.analyse.territoire.laureats import Laureat
from o2r_desktop.analyse.territoire.zones import Zone
from o2r_desktop.dossiers.model import Dossier
from o2r_desktop.evaluation.parametres import Parametres
from o2r_desktop.evaluation.priorites import Raisonnement, de_dossier

EPCI_RETENUS, ZONES_RETENUES, NOTE = "territoire/epci", "territoire/zones", "territoire/note"
"""Keys of what the instructor retains: SIREN of EPCI, names of zones, a text. The two lists add to what is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chevauchement:
    """Another dossier, or a laureate of 2024 (``numero`` is None), that aims at the same places and publics."""

    numero: int | None
    porteur: str
    lieux: tuple[str, ...]
    publics: tuple[str, ...]
    demande: Decimal | None = None
    phrase: str = ""


@dataclass(frozen=True, kw_only=True)
class Territoire:
    """Where a project acts. ``departements`` are codes; ``inconnus`` the words that name no known place.

    ``chiffres`` are the figures of the diagnostic for these places, then for the region; ``remarques`` what to keep
    in mind of the diagnostic (metier § 4.3, anomalies).
    """

    numero: int
    priorite: Raisonnement
    departements: tuple[str, ...] = ()
    epci: tuple[Epci, ...] = ()
    zones: tuple[Zone, ...] = ()
    inconnus: tuple[str, ...] = ()
    chiffres: tuple[ChiffreDiagnostic, ...] = ()
    remarques: tuple[str, ...] = ()
    chevauchements: tuple[Chevauchement, ...] = ()
    note: str = ""


def analyser(
    dossier: Dossier,
    fiches: Fiches,
    parametres: Parametres,
    *,
    diagnostic: Sequence[ChiffreDiagnostic],
    epci: Sequence[Epci],
    zones: Sequence[Zone],
    laureats: Sequence[Laureat],
    panorama: Panorama | None = None,
) -> Territoire:
    """Work out where a project acts and what is known of these places."""
    del fiches, diagnostic, epci, zones, laureats, panorama
    return Territoire(numero=dossier.numero, priorite=de_dossier(dossier, parametres))


def reperes(territoire: Territoire) -> tuple[Repere, ...]:
    """Return what the places say of TER, PRI and PUB criteria, in sentences."""
    del territoire
    return ()


def document(territoire: Territoire) -> dict[str, Any]:
    """Return the places in JSON types."""
    return {"departements": list(territoire.departements)}
