"""How many people live where a project acts, and the share of Vendée among them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from o2r_desktop.analyse.territoire.epci import Epci
from o2r_desktop.analyse.territoire.zones import Zone
from o2r_desktop.dossiers.territoires import nom_departement
from o2r_desktop.text import enumeration, nombre, pluriel, pourcentage

VENDEE = "85"


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """People who live where the project acts, None where a figure is missing; ``phrase`` says how it was counted.

    ``part_vendee`` is the share of Vendée in it, per cent: the department that no priority names.
    """

    habitants: int | None
    vendee: int | None
    part_vendee: Decimal | None
    phrase: str


def compter(
    departements: Collection[str], vises: Iterable[Epci], zones: Iterable[Zone], tous: Sequence[Epci]
) -> Population | None:
    """Count the people of the EPCI aimed at; a department where none is named is counted whole.

    Figures are those of the list of EPCI: municipal population, the Île-d'Yeu, which has no EPCI, left out.
    """
    if not departements:
        return None
    sirens = {s for z in zones for s in z.epci}
    choisis = tuple(dict.fromkeys((*vises, *(e for e in tous if e.siren in sirens))))
    entiers = tuple(d for d in sorted(departements) if not any(d in e.departements for e in choisis))
    parts = [(d, e.habitants_de(d)) for e in choisis for d in e.departements]
    parts += [(d, e.habitants_de(d)) for d in entiers for e in tous if d in e.departements]
    habitants = _somme([p for _, p in parts])
    vendee = _somme([p for d, p in parts if d == VENDEE])
    part = Decimal(100 * vendee) / habitants if habitants and vendee is not None else None
    return Population(
        habitants=habitants, vendee=vendee, part_vendee=part, phrase=_phrase(habitants, part, choisis, entiers)
    )


def _somme(parts: Iterable[int | None]) -> int | None:
    parts = list(parts)
    return None if None in parts else sum(p for p in parts if p is not None)


def _phrase(habitants: int | None, part: Decimal | None, choisis: Sequence[Epci], entiers: Sequence[str]) -> str:
    noms = enumeration([nom_departement(d) for d in entiers])
    compte = "compté en entier" if len(entiers) == 1 else "comptés en entier"
    base = [pluriel(len(choisis), "intercommunalité")] if choisis else []
    base += [f"{noms} {compte}, aucune intercommunalité n’y étant nommée"] if entiers else []
    comment = enumeration(base)
    if habitants is None:
        return f"Population inconnue : il manque celle d’une intercommunalité dans la liste ({comment})."
    vendee = f", dont {pourcentage(part)} en Vendée" if part else ""
    return f"{nombre(habitants)} habitants vivent sur les territoires visés{vendee} ({comment})."
