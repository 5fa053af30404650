"""Where a project acts: departments, EPCI, zones; the diagnostic there; who else acts there (metier § 4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from o2r_desktop.analyse.panorama import Panorama
from o2r_desktop.analyse.saisie import Fiches, texte
from o2r_desktop.analyse.territoire import remarques as phrases
from o2r_desktop.analyse.territoire.chevauchements import (
    CHEVAUCHEMENTS_MAX,
    Chevauchement,
    Vise,
    de_laureats,
    voisinage,
)
from o2r_desktop.analyse.territoire.chiffres import Chiffres, comparer
from o2r_desktop.analyse.territoire.diagnostic import ChiffreDiagnostic
from o2r_desktop.analyse.territoire.epci import Epci
from o2r_desktop.analyse.territoire.laureats import Laureat
from o2r_desktop.analyse.territoire.lecture import EPCI_RETENUS, NOTE, ZONES_RETENUES, LieuxLus, lire
from o2r_desktop.analyse.territoire.population import Population, compter
from o2r_desktop.analyse.territoire.reconnaissance import Lexique
from o2r_desktop.analyse.territoire.zones import Zone
from o2r_desktop.dossiers.model import Dossier
from o2r_desktop.dossiers.territoires import DEPARTEMENTS
from o2r_desktop.evaluation.parametres import Parametres
from o2r_desktop.evaluation.priorites import Raisonnement, de_dossier, prudent, raisonner

__all__ = [
    "CHEVAUCHEMENTS_MAX",
    "EPCI_RETENUS",
    "NOTE",
    "ZONES_RETENUES",
    "Chevauchement",
    "Population",
    "Territoire",
    "analyser",
]


@dataclass(frozen=True, kw_only=True)
class Territoire:
    """Where a project acts. ``departements`` are codes; ``inconnus`` the words that name no known place.

    ``declares`` are the departments that the form answers, ``deduits`` those that only its EPCI and zones name.
    ``epci`` and ``zones`` are those read (``epci_lus``, ``zones_lues``), then those that the instructor added; of
    those read, ``epci_cites`` and ``zones_citees`` are only named in a running text, where a project may also say
    where it does not act. ``enjeux`` are the territories à enjeux of the AMI that it covers. ``chiffres`` are the
    figures of the diagnostic for these places, then for the region and France; ``comparaisons`` sets two figures of
    one indicator and date side by side; ``remarques`` what to keep in mind, of the answers and of the diagnostic
    (metier § 4.3, anomalies). ``reperes_publics`` are facts about the publics, ``siege`` where the body is.
    """

    numero: int
    priorite: Raisonnement
    departements: tuple[str, ...] = ()
    declares: tuple[str, ...] = ()
    deduits: tuple[str, ...] = ()
    epci: tuple[Epci, ...] = ()
    epci_lus: tuple[Epci, ...] = ()
    epci_cites: tuple[Epci, ...] = ()
    zones: tuple[Zone, ...] = ()
    zones_lues: tuple[Zone, ...] = ()
    zones_citees: tuple[Zone, ...] = ()
    inconnus: tuple[str, ...] = ()
    population: Population | None = None
    enjeux: tuple[str, ...] = ()
    chiffres: tuple[ChiffreDiagnostic, ...] = ()
    comparaisons: tuple[str, ...] = ()
    remarques: tuple[str, ...] = ()
    chevauchements: tuple[Chevauchement, ...] = ()
    chevauchements_total: int = 0
    siege: str = ""
    reperes_publics: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class _Reference:
    """The lists of a campagne and what is worked out of them once."""

    diagnostic: tuple[ChiffreDiagnostic, ...]
    epci: tuple[Epci, ...]
    zones: tuple[Zone, ...]

    @cached_property
    def lexique(self) -> Lexique:
        return Lexique(self.epci, self.zones)

    @cached_property
    def chiffres(self) -> Chiffres:
        return Chiffres(self.diagnostic, self.lexique)


@lru_cache(maxsize=2)
def _reference(
    diagnostic: tuple[ChiffreDiagnostic, ...], epci: tuple[Epci, ...], zones: tuple[Zone, ...]
) -> _Reference:
    return _Reference(diagnostic, epci, zones)


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
    reference = _reference(tuple(diagnostic), tuple(epci), tuple(zones))
    lieux = lire(dossier, fiches, reference.lexique)
    departements = tuple(sorted({*lieux.declares, *lieux.deduits}))
    tous_epci = tuple(dict.fromkeys((*lieux.epci_lus, *lieux.epci_retenus)))
    toutes_zones = tuple(dict.fromkeys((*lieux.zones_lues, *lieux.zones_retenues)))
    situes = reference.chiffres.des_lieux(departements, tous_epci, toutes_zones)
    proches, total = _chevauchements(dossier, departements, tous_epci, laureats, panorama, reference.lexique)
    priorite = _priorite(dossier, lieux, parametres)
    enjeux = _enjeux(toutes_zones, tous_epci, reference)
    return Territoire(
        numero=dossier.numero,
        priorite=priorite,
        departements=departements,
        declares=lieux.declares,
        deduits=lieux.deduits,
        epci=tous_epci,
        epci_lus=lieux.epci_lus,
        epci_cites=tuple(e for e in lieux.cites.epci if e not in lieux.epci_repondus.epci),
        zones=toutes_zones,
        zones_lues=lieux.zones_lues,
        zones_citees=tuple(z for z in lieux.cites.zones if z not in lieux.zones_repondues.zones),
        inconnus=lieux.inconnus,
        population=compter(departements, lieux.epci_surs or tous_epci, toutes_zones, reference.epci),
        enjeux=enjeux,
        chiffres=tuple(s.chiffre for s in situes),
        comparaisons=comparer(situes),
        remarques=(
            *phrases.des_reponses(lieux, departements),
            *phrases.des_enjeux(departements, enjeux, reference.chiffres.enjeux, reference.lexique),
            *phrases.du_diagnostic(departements, situes, priorite),
        ),
        chevauchements=proches,
        chevauchements_total=total,
        siege=phrases.siege(dossier, departements),
        reperes_publics=phrases.des_publics(dossier, priorite),
        note=texte(fiches.get(NOTE)),
    )


def _priorite(dossier: Dossier, lieux: LieuxLus, parametres: Parametres) -> Raisonnement:
    """Apply the rule to the departments declared, else to those that the EPCI and zones name (metier § 4.4)."""
    if lieux.declares or not lieux.deduits:
        return de_dossier(dossier, parametres)
    return prudent(raisonner(lieux.deduits, dossier.liste("publics"), parametres), lieux.illisibles)


def _enjeux(zones: Sequence[Zone], epci: Sequence[Epci], reference: _Reference) -> tuple[str, ...]:
    """Return the territories à enjeux that are aimed at, by name or by an EPCI that the list gives them."""
    sirens, noms = {e.siren for e in epci}, {z.nom for z in zones}
    composes = {z.nom for z in reference.zones if sirens.intersection(z.epci)}
    return tuple(nom for nom in reference.chiffres.enjeux if nom in noms | composes)


def _chevauchements(
    dossier: Dossier,
    departements: Sequence[str],
    epci: Sequence[Epci],
    laureats: Sequence[Laureat],
    panorama: Panorama | None,
    lexique: Lexique,
) -> tuple[tuple[Chevauchement, ...], int]:
    vise = Vise(
        numero=dossier.numero,
        departements=tuple(d for d in departements if d in DEPARTEMENTS),
        epci=tuple(e.siren for e in epci),
        publics=dossier.liste("publics"),
        siren=dossier.porteur.siren,
    )
    retenus = tuple(de_laureats(vise, laureats))
    if panorama is None:
        return retenus[:CHEVAUCHEMENTS_MAX], len(retenus)
    autres, total = voisinage(panorama, lexique).chercher(vise)
    return (*retenus[:CHEVAUCHEMENTS_MAX], *autres), len(retenus) + total
