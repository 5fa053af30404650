"""The figures of the diagnostic that speak of some places, and two of them side by side."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property

from o2r_desktop.analyse.territoire.diagnostic import ChiffreDiagnostic
from o2r_desktop.analyse.territoire.epci import Epci
from o2r_desktop.analyse.territoire.reconnaissance import Lexique
from o2r_desktop.analyse.territoire.zones import Zone
from o2r_desktop.dossiers.territoires import code_departement
from o2r_desktop.text import nombre, normalise

ENJEUX = "territoire a enjeux"
"""How the indicator of the territories à enjeux begins."""
INFRA = {"nord mayenne": "53", "le mans": "72", "sable-sur-sarthe": "72"}
"""Department of the places of the AMI that are neither a department, nor an EPCI, nor a zone."""
LARGES = ("région", "national")
"""Levels that a place is compared with."""
_PARENTHESE = re.compile(r"\([^)]*\)|«[^»]*»")
_RANGS = ("département", "EPCI", "EFOP/CLPE", "infra-départemental", "commune", "région", "national")


@dataclass(frozen=True, slots=True)
class Situe:
    """A figure with what it is looked for by: place, key, month or quarter, its number if it has one."""

    chiffre: ChiffreDiagnostic
    departement: str
    siren: str
    zone: str
    cle: str
    date: str
    nombre: Decimal | None


@dataclass(frozen=True)
class Chiffres:
    """The diagnostic, set in its places."""

    diagnostic: Sequence[ChiffreDiagnostic]
    lexique: Lexique

    @cached_property
    def situes(self) -> tuple[Situe, ...]:
        """The figures in the order in which they are shown: the places, then the region, then France."""
        situes = [self._situer(c) for c in self.diagnostic]
        return tuple(sorted(situes, key=lambda s: _rang(s.chiffre.niveau)))

    @cached_property
    def enjeux(self) -> tuple[str, ...]:
        """Names of the territories à enjeux, as the list of zones writes them when it knows them."""
        return tuple(dict.fromkeys(s.zone or s.chiffre.territoire for s in self.situes if s.cle.startswith(ENJEUX)))

    def des_lieux(
        self, departements: Collection[str], epci: Iterable[Epci], zones: Iterable[Zone]
    ) -> tuple[Situe, ...]:
        """Return the figures of some places, then those of the region and of France."""
        sirens, noms = {e.siren for e in epci}, {z.nom for z in zones}
        return tuple(
            s
            for s in self.situes
            if s.chiffre.niveau in LARGES or s.departement in departements or s.siren in sirens or s.zone in noms
        )

    def _situer(self, c: ChiffreDiagnostic) -> Situe:
        departement = siren = zone = ""
        if c.niveau == "département":
            departement = code_departement(c.territoire)
        elif c.niveau == "EPCI":
            siren = next((e.siren for e in self.lexique.reponses([c.territoire]).epci), "")
        elif c.niveau == "EFOP/CLPE":
            trouvee = self.lexique.zone(c.territoire)
            zone = trouvee.nom if trouvee else c.territoire
        elif c.niveau in ("infra-départemental", "commune"):
            departement = INFRA.get(normalise(c.territoire), "")
        cle = " ".join(_PARENTHESE.sub(" ", normalise(c.indicateur)).split())
        date = c.date.replace("(contexte)", "").strip()
        return Situe(c, departement, siren, zone, cle, "" if "précisée" in date else date, _nombre(c.valeur))


def _rang(niveau: str) -> int:
    return _RANGS.index(niveau) if niveau in _RANGS else len(_RANGS)


def _nombre(valeur: str) -> Decimal | None:
    try:
        lu = Decimal("".join(valeur.split()).replace(",", "."))
    except InvalidOperation:
        return None
    return lu if lu.is_finite() else None


TAUX = ("%", "pour 100")
"""Units of what can be compared from one place to another."""


def comparer(situes: Sequence[Situe]) -> tuple[str, ...]:
    """Set each dated rate of a place beside the one of the region or of France: same indicator, same date.

    Numbers of people are left out: a place always has fewer of them than the region that holds it.
    """
    comptes = [s for s in situes if s.nombre is not None and s.date and s.chiffre.unite in TAUX]
    larges = [s for s in comptes if s.chiffre.niveau in LARGES]
    return tuple(
        _phrase(local, large)
        for local in comptes
        if local.chiffre.niveau not in LARGES
        for large in larges
        if (large.cle, large.date, large.chiffre.unite) == (local.cle, local.date, local.chiffre.unite)
    )


def _phrase(local: Situe, large: Situe) -> str:
    assert local.nombre is not None
    assert large.nombre is not None
    ecart = local.nombre - large.nombre
    sens = "au-dessus de" if ecart > 0 else "au-dessous de" if ecart < 0 else "au niveau de"
    ou = "la région" if large.chiffre.niveau == "région" else "la France"
    unite = "" if local.chiffre.unite in ("qualitatif", "rang") else f" {local.chiffre.unite}"
    reserve = ", date déduite du contexte" if "contexte" in local.chiffre.date + large.chiffre.date else ""
    return (
        f"{_titre(local.chiffre)}, {local.chiffre.territoire} : {nombre(local.nombre)}{unite}, {sens} {ou} "
        f"({nombre(large.nombre)}{unite}) ; {local.date}{reserve}, {source_courte(local.chiffre)}."
    )


def _titre(chiffre: ChiffreDiagnostic) -> str:
    return " ".join(re.sub(r"\([^)]*\)", " ", chiffre.indicateur).split())


def source_courte(chiffre: ChiffreDiagnostic) -> str:
    """Return the source of a figure without saying again that the AMI cites it."""
    return chiffre.source.partition(" (cité")[0]
