"""What the face «Territoire» shows, worked out from the analysis: pure functions, no widget."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from o2r_desktop.analyse.territoire.lieux import EPCI_RETENUS, ZONES_RETENUES
from o2r_desktop.dossiers.territoires import DEPARTEMENTS, nom_departement
from o2r_desktop.text import NBSP, NNBSP, enumeration, normalise, sort_key

if TYPE_CHECKING:
    from o2r_desktop.analyse.ensemble import Analyse
    from o2r_desktop.analyse.referentiels import Referentiels
    from o2r_desktop.analyse.territoire.diagnostic import ChiffreDiagnostic

_ENJEUX = "territoire a enjeux"
_LARGES = ("pays de la loire", "france", "france metropolitaine")
"""Territories beside which the places of the project are shown."""


class Famille(StrEnum):
    """What a place is; the value is the heading of the list."""

    DEPARTEMENT = "Départements"
    EPCI = "Intercommunalités"
    ZONE = "Territoires EFOP et comités locaux"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lieu:
    """A place of the list: its code (department, SIREN, name of a zone), who names it: the form, or you."""

    famille: Famille
    code: str
    nom: str
    lu: bool = False
    deduit: bool = False
    cite: bool = False
    retenu: bool = False
    enjeux: bool = False

    @property
    def vise(self) -> bool:
        """Whether the project acts there."""
        return self.lu or self.deduit or self.retenu

    @property
    def etat(self) -> str:
        """Return what is said of it, «» when nothing is."""
        deduit = "→ déduit d’un autre lieu" if self.deduit else ""
        lu = "≈ cité dans un texte" if self.cite else "✓ dans le dossier"
        dit = lu if self.lu else "✚ retenu par vous" if self.retenu else deduit
        parts = [dit] if dit else []
        return " · ".join([*parts, "◆ à enjeux"] if self.enjeux else parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Couple:
    """A row of the table of figures: an indicator, and its figures by territory."""

    indicateur: str
    unite: str
    chiffres: Mapping[str, Sequence["ChiffreDiagnostic"]]


def retained(analyse: "Analyse", cle: str) -> tuple[str, ...]:
    """Return what the instructor added under a key; what cannot be read is left out."""
    brut = analyse.fiches.get(cle)
    return tuple(v for v in brut if isinstance(v, str)) if isinstance(brut, list | tuple) else ()


def stakes(listes: "Referentiels") -> frozenset[str]:
    """Return the names, simplified, of the territories à enjeux that the diagnostic names (metier § 4.3)."""
    return frozenset(simple(c.territoire) for c in listes.diagnostic if normalise(c.indicateur).startswith(_ENJEUX))


def simple(nom: str) -> str:
    """Return a name such that «44 Nord-Ouest» and «44 Nord Ouest» are one."""
    return " ".join(normalise(nom).replace("-", " ").split())


def places(analyse: "Analyse") -> list[Lieu]:
    """Return every place of the region, those of the project first in each family."""
    territoire, listes = analyse.territoire, analyse.referentiels
    enjeux = stakes(listes)
    epci_retenus, zones_retenues = retained(analyse, EPCI_RETENUS), retained(analyse, ZONES_RETENUES)
    vises = {e.siren for e in territoire.epci_lus}
    zones = {z.nom for z in territoire.zones_lues}
    codes = dict.fromkeys((*DEPARTEMENTS, *territoire.departements))
    lieux = [
        Lieu(
            famille=Famille.DEPARTEMENT,
            code=c,
            nom=nom_departement(c),
            lu=c in territoire.departements and c not in territoire.deduits,
            deduit=c in territoire.deduits,
        )
        for c in codes
    ]
    lieux += [
        Lieu(
            famille=Famille.EPCI,
            code=e.siren,
            nom=e.nom,
            lu=e.siren in vises,
            cite=e in territoire.epci_cites,
            retenu=e.siren in epci_retenus and e.siren not in vises,
        )
        for e in listes.epci
    ]
    lieux += [
        Lieu(
            famille=Famille.ZONE,
            code=z.nom,
            nom=z.nom,
            lu=z.nom in zones,
            cite=z in territoire.zones_citees,
            retenu=z.nom in zones_retenues and z.nom not in zones,
            enjeux=simple(z.nom) in enjeux,
        )
        for z in listes.zones
    ]
    rangs = list(Famille)
    return sorted(lieux, key=lambda p: (rangs.index(p.famille), not p.vise, sort_key(p.nom)))


def stake_codes(analyse: "Analyse") -> frozenset[str]:
    """Return the SIREN of the EPCI of territories à enjeux; none while nobody said what these are made of."""
    enjeux = stakes(analyse.referentiels)
    return frozenset(s for z in analyse.referentiels.zones if simple(z.nom) in enjeux for s in z.epci)


def not_drawn(analyse: "Analyse") -> str:
    """Return which territories à enjeux the map cannot draw, and why; «» when it draws them all."""
    enjeux = stakes(analyse.referentiels)
    tus = [z.nom for z in analyse.referentiels.zones if simple(z.nom) in enjeux and not z.epci]
    if not tus:
        return ""
    ou = f"Campagne, «{NBSP}Listes de référence{NBSP}»"
    return (
        f"À enjeux, mais non dessinés faute de connaître leurs intercommunalités ({ou}){NBSP}: {enumeration(tus)}."
    )


def other_dossiers(analyse: "Analyse") -> dict[str, int]:
    """Return how many other dossiers aim at each department of the region; empty while they are not read."""
    if analyse.panorama is None:
        return {}
    autres = [d for n, d in analyse.panorama.dossiers.items() if n != analyse.dossier.numero]
    return {code: sum(code in d.departements for d in autres) for code in DEPARTEMENTS}


def columns(chiffres: Iterable["ChiffreDiagnostic"]) -> list[str]:
    """Return the territories of some figures: departments, the region and France beside, then smaller places."""
    noms = {c.territoire: c.niveau for c in chiffres}
    larges = [n for mot in _LARGES for n in noms if simple(n) == mot]
    premiers = [n for n, niveau in noms.items() if niveau == "département" and n not in larges]
    return [*premiers, *larges, *(n for n in noms if n not in premiers and n not in larges)]


def rows(chiffres: Iterable["ChiffreDiagnostic"]) -> list[Couple]:
    """Return the figures by indicator, in the order in which these come; those that only the region has go last."""
    groupes: dict[tuple[str, str], dict[str, list[ChiffreDiagnostic]]] = {}
    for chiffre in chiffres:
        par_lieu = groupes.setdefault((normalise(chiffre.indicateur), chiffre.unite), {})
        par_lieu.setdefault(chiffre.territoire, []).append(chiffre)
    couples = [
        Couple(indicateur=next(iter(g.values()))[0].indicateur, unite=cle[1], chiffres=g)
        for cle, g in groupes.items()
    ]
    return sorted(couples, key=lambda c: all(simple(t) in _LARGES for t in c.chiffres))


def value(chiffre: "ChiffreDiagnostic", *, dated: bool = True) -> str:
    """Return «7,2 % (T4 2023)», with a sign when something is wrong with the figure."""
    from o2r_desktop.analyse.saisie import decimal_ou_rien
    from o2r_desktop.text import nombre

    lu = decimal_ou_rien(chiffre.valeur.replace(",", "."))
    dit = chiffre.valeur if lu is None else nombre(lu)
    if lu is not None and chiffre.valeur.startswith("+"):
        dit = f"+{dit}"
    muette = lu is None or chiffre.unite in ("", "qualitatif", "rang")
    unite = "" if muette else f"{NNBSP if chiffre.unite == '%' else NBSP}{chiffre.unite}"
    connue = any(c.isdigit() for c in chiffre.date)  # «non précisée dans l’AMI» is told in full under the table
    date = f" ({chiffre.date if connue else 's. d.'})" if dated else ""
    return f"{'⚠ ' if chiffre.anomalie else ''}{dit}{unite}{date}"


def detail(chiffre: "ChiffreDiagnostic") -> str:
    """Return everything about a figure in sentences: date and source always, what is wrong with it."""
    quoi = f"{chiffre.territoire}, {chiffre.indicateur}{NBSP}: {value(chiffre, dated=False)}."
    dates = f" Date{NBSP}: {chiffre.date or 'non précisée par l’AMI'}."
    source = f" Source{NBSP}: {chiffre.source or 'non précisée'}."
    anomalie = f" Anomalie{NBSP}: {chiffre.anomalie}" if chiffre.anomalie else ""
    return quoi + dates + source + anomalie


def covered(analyse: "Analyse") -> tuple[frozenset[str], frozenset[str]]:
    """Return the codes that the map hatches as aimed at, then those that the instructor added."""
    territoire = analyse.territoire
    lus = {e.siren for e in territoire.epci_lus} | {s for z in territoire.zones_lues for s in z.epci}
    ajoutes = {e.siren for e in territoire.epci} | {s for z in territoire.zones for s in z.epci}
    return frozenset({*territoire.departements, *lus}), frozenset(ajoutes - lus)
