"""The other dossiers of a body and what it asks in all, against its budget."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from o2r_desktop.analyse.panorama import DossierVu
from o2r_desktop.analyse.structure.index import Presence
from o2r_desktop.dossiers.budget import euros
from o2r_desktop.text import arrondi, enumeration, numero, pluriel, pourcentage

AILLEURS_MAX = 200
"""Other dossiers of a body that are listed; all of them are counted and added up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ailleurs:
    """Another dossier where a body of this one appears.

    ``organisme`` is its name here; ``rapprochement`` says how it was recognised; ``demande`` is the request of that
    dossier, ``part`` what comes to the body, None when unknown.
    """

    numero: int
    organisme: str
    cle: str
    porteur: str
    intitule: str
    qualite: str
    rapprochement: str
    role: str
    demande: Decimal | None
    part: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cumul:
    """What a body asks over three years in all the dossiers of the campagne, this one included.

    ``total`` is None when a part is unknown (``inconnus``: in which dossiers); ``connu`` adds those that are known.
    Dossiers where the body is recognised by its name alone (``par_nom``) are not added up. ``poids`` is the yearly
    share of its annual budget, in percentage.
    """

    organisme: str
    dossiers: int
    total: Decimal | None
    connu: Decimal
    inconnus: tuple[int, ...]
    par_nom: tuple[int, ...]
    budget_annuel: Decimal | None
    poids: Decimal | None

    @property
    def phrase(self) -> str:
        """Say the total, in how many dossiers, and its weight: «demandes cumulées : 1 250 000,00 € sur 3 ans…»."""
        ou = f"sur 3 ans dans {pluriel(self.dossiers, 'dossier')}"
        if self.total is None:
            manque = f", part inconnue dans {_numeros(self.inconnus)}" if self.inconnus else ""
            dit = f"demandes cumulées inconnues ; {euros(self.connu)} au moins {ou}{manque}"
        else:
            dit = f"demandes cumulées : {euros(self.connu)} {ou}, soit {euros(arrondi(self.total / 3))} par an"
        if self.poids is not None and self.budget_annuel is not None:
            dit += f" et {pourcentage(self.poids, 0)} du budget annuel déclaré ({euros(self.budget_annuel)})"
        if self.par_nom:
            dit += f" ; non compté, le nom seul étant connu : {_numeros(self.par_nom)}"
        return dit


def cumuler(organisme: str, presences: Sequence[Presence], budget_annuel: Decimal | None) -> Cumul:
    """Add up what comes to a body in the dossiers where it surely appears."""
    sures = [p for p in presences if not p.par_nom]
    connu = sum((p.part for p in sures if p.part is not None), Decimal(0))
    inconnus = tuple(p.numero for p in sures if p.part is None)
    total = None if inconnus or not sures else connu
    poids = None if total is None or not budget_annuel else total * 100 / 3 / budget_annuel
    return Cumul(
        organisme=organisme,
        dossiers=len(sures),
        total=total,
        connu=connu,
        inconnus=inconnus,
        par_nom=tuple(p.numero for p in presences if p.par_nom),
        budget_annuel=budget_annuel,
        poids=poids,
    )


def ailleurs(ici: Presence, presence: Presence, vu: DossierVu) -> Ailleurs:
    """Say how a body of this dossier appears in another one."""
    seul = presence.chef and not any(m.nom or m.siret for m in vu.membres)
    return Ailleurs(
        numero=presence.numero,
        organisme=ici.nom or presence.nom,
        cle=presence.cle,
        porteur=vu.porteur,
        intitule=vu.intitule,
        qualite="porteur" if seul else "chef de file" if presence.chef else "membre",
        rapprochement=_rapprochement(ici, presence),
        role=presence.role,
        demande=vu.demande,
        part=presence.part,
    )


def _rapprochement(ici: Presence, presence: Presence) -> str:
    if ici.par_nom or presence.par_nom or presence.cle.startswith("nom:"):
        return "même nom, sans SIRET"
    if ici.siret == presence.siret and len(ici.siret) == 14:
        return "même SIRET"
    if len(ici.siret) == len(presence.siret) == 14:
        return "même SIREN, autre établissement"
    return "même SIREN"


def _numeros(numeros: Sequence[int]) -> str:
    """Return «le dossier 25 000 101», «les dossiers … et …», the first ones when there are many."""
    dits = [numero(n) for n in numeros[:6]]
    if len(numeros) > len(dits):
        dits.append(f"{len(numeros) - len(dits)} autres")
    return f"{'le dossier' if len(numeros) == 1 else 'les dossiers'} {enumeration(dits)}"
