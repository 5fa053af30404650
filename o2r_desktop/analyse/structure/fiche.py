"""The body and its partners: identifiers checked, other dossiers where they appear, requests added up."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from o2r_desktop.analyse.angles import Controle
from o2r_desktop.analyse.panorama import DossierVu, Panorama, vu
from o2r_desktop.analyse.structure import identifiants
from o2r_desktop.analyse.structure.cumul import AILLEURS_MAX, Ailleurs, Cumul, ailleurs, cumuler
from o2r_desktop.analyse.structure.graphe import Graphe, grapher
from o2r_desktop.analyse.structure.index import Index, Presence, cle_nom, preparer
from o2r_desktop.dossiers.budget import euros, lire_chiffre
from o2r_desktop.dossiers.model import Dossier
from o2r_desktop.evaluation.constats import Resultat
from o2r_desktop.text import enumeration, pourcentage

_TOLERANCE = Decimal(3)
"""Rounding allowed between the shares and the request: one euro a year, as on every sum (grille, CRE-01)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisme:
    """A body of the dossier; ``part`` of the request comes to it, ``pourcent`` of it, None when unknown."""

    cle: str
    nom: str
    siret: str
    chef: bool
    role: str
    part: Decimal | None
    pourcent: Decimal | None
    controles: tuple[Controle, ...]
    ailleurs: tuple[Ailleurs, ...] = ()
    nombre_ailleurs: int = 0
    cumul: Cumul | None = None

    @property
    def qualite(self) -> str:
        """What it is in the dossier."""
        return "porteur" if self.chef else "membre"


@dataclass(frozen=True, kw_only=True)
class Structure:
    """What is known of the bodies of a dossier; of the others nothing while ``panorama`` is None."""

    dossier: Dossier
    panorama: Panorama | None = None

    @property
    def numero(self) -> int:
        """The dossier."""
        return self.dossier.numero

    @property
    def comparee(self) -> bool:
        """Whether the other dossiers are read."""
        return self.panorama is not None

    @cached_property
    def vue(self) -> DossierVu:
        """The dossier as others see it."""
        return vu(self.dossier)

    @cached_property
    def presences(self) -> tuple[Presence, ...]:
        """The bodies of the dossier, the lead first, one of each."""
        index = self._index
        return (index if index is not None else Index({self.numero: self.vue})).presences(self.vue)

    @property
    def porteur(self) -> Organisme:
        """The lead."""
        return self.organismes[0]

    @property
    def membres(self) -> tuple[Organisme, ...]:
        """The other bodies."""
        return self.organismes[1:]

    @cached_property
    def organismes(self) -> tuple[Organisme, ...]:
        """The lead, then the members."""
        return tuple(self._organisme(rang, presence) for rang, presence in enumerate(self.presences))

    @cached_property
    def ailleurs(self) -> tuple[Ailleurs, ...]:
        """Every other dossier where one of the bodies appears."""
        return tuple(a for o in self.organismes for a in o.ailleurs)

    @cached_property
    def controles(self) -> tuple[Controle, ...]:
        """The checks of the lead, then of the members, then of the consortium as a whole."""
        return (*(c for o in self.organismes for c in o.controles), *self.controles_consortium)

    @cached_property
    def controles_consortium(self) -> tuple[Controle, ...]:
        """What the list of members says as a whole; none when the lead is alone."""
        if not self.membres:
            return (_membres_attendus(),) if self.dossier.valeur("consortium") is True else ()
        return (_membres_complets(self.membres), self._somme())

    @cached_property
    def graphe(self) -> Graphe:
        """Who works with whom."""
        return grapher(self.numero, self.presences, self._index)

    @property
    def _index(self) -> Index | None:
        return None if self.panorama is None else preparer(self.panorama)

    def _organisme(self, rang: int, presence: Presence) -> Organisme:
        ou = "porteur" if presence.chef else f"membre/{rang}"
        demande = self.vue.demande
        autres = self._autres(presence)
        listees = () if self.panorama is None else tuple(
            ailleurs(presence, p, self.panorama.dossiers[p.numero]) for p in autres[:AILLEURS_MAX]
        )  # fmt: skip
        pourcent = None if presence.part is None or not demande else presence.part * 100 / demande
        return Organisme(
            cle=presence.cle,
            nom=presence.nom,
            siret=presence.siret,
            chef=presence.chef,
            role=presence.role,
            part=presence.part,
            pourcent=pourcent,
            controles=self._controles(presence, ou),
            ailleurs=listees,
            nombre_ailleurs=len(autres),
            cumul=self._cumul(presence, autres),
        )

    def _autres(self, presence: Presence) -> tuple[Presence, ...]:
        if (index := self._index) is None:
            return ()
        return tuple(p for p in index.par_cle.get(presence.cle, ()) if p.numero != self.numero)

    def _cumul(self, presence: Presence, autres: tuple[Presence, ...]) -> Cumul | None:
        if self.panorama is None:
            return None
        budget = lire_chiffre(self.dossier, "budget_annuel").valeur if presence.chef else None
        return cumuler(presence.nom, (presence, *autres), budget)

    def _controles(self, presence: Presence, ou: str) -> tuple[Controle, ...]:
        siret = self.dossier.porteur.siret if presence.chef else presence.siret
        nom = self._nom(presence, ou)
        premiers = (identifiants.controler_siret(siret, ou),)
        if not presence.chef:
            return (*premiers, *nom)
        porteur = self.dossier.porteur
        return (
            *premiers,
            identifiants.controler_siren(porteur),
            identifiants.controler_etat(porteur),
            identifiants.controler_rna(self.dossier),
            *nom,
            *identifiants.controles_du_formulaire(self.dossier),
        )

    def _nom(self, presence: Presence, ou: str) -> tuple[Controle, ...]:
        """Compare the name with those that the same SIREN bears in the campagne."""
        index = self._index
        if index is None or presence.cle.startswith("nom:"):
            return ()
        autres = [n for n in index.noms(presence.cle) if not meme_nom(n, presence.nom)]
        homonymes = index.sirens_par_nom.get(cle_nom(presence.nom), frozenset()) - {presence.cle}
        if autres:
            resultat = Resultat.ALERTE
            valeur = f"ce SIREN porte aussi le nom {enumeration([f'« {n} »' for n in autres[:3]])}, à vérifier"
        elif homonymes:
            resultat = Resultat.ALERTE
            valeur = f"ce nom porte aussi le SIREN {enumeration(sorted(homonymes)[:3])}, à vérifier"
        elif presence.par_nom:
            resultat, valeur = Resultat.ALERTE, f"reconnu par son nom seul (SIREN {presence.cle}), à vérifier"
        else:
            resultat, valeur = Resultat.CONFORME, "un seul nom pour ce SIREN dans la campagne"
        regle = "un SIREN, un nom dans tous les dossiers de la campagne (proposition)"
        return (Controle(cle=f"nom/{ou}", nom="Nom et SIREN", resultat=resultat, valeur=valeur, regle=regle),)

    def _somme(self) -> Controle:
        """Compare what the members and the lead receive with the request."""
        parts, demande = [o.part for o in self.organismes], self.vue.demande
        connues = [p for p in parts if p is not None]
        total = sum(connues, Decimal(0))
        if demande is None:
            resultat, valeur = Resultat.INCONNU, f"parts connues {euros(total)}, demande inconnue"
        elif len(connues) < len(parts):
            manque = enumeration([o.nom or "sans nom" for o in self.organismes if o.part is None])
            resultat = Resultat.ALERTE if total > demande + _TOLERANCE else Resultat.INCONNU
            valeur = f"parts connues {euros(total)} pour une demande de {euros(demande)} ; part inconnue : {manque}"
        else:
            bon = abs(total - demande) <= _TOLERANCE
            resultat = Resultat.CONFORME if bon else Resultat.ALERTE
            ecart = "" if bon else f", écart de {euros(total - demande)} à expliquer"
            valeur = f"parts {euros(total)}, demande {euros(demande)}{ecart}"
        return Controle(
            cle="consortium/somme", nom="Parts et demande", resultat=resultat, valeur=valeur,
            regle="la part du chef de file et celles des membres font la demande, à 1 € par année près "
            "(C. trav. D. 5316-3 1° e ; tolérance : proposition)",
        )  # fmt: skip


def meme_nom(un: str, autre: str) -> bool:
    """Say whether two names may be those of one body: the words of one are all in the other, or one is empty."""
    a, b = set(cle_nom(un).split()), set(cle_nom(autre).split())
    return a <= b or b <= a


def _membres_attendus() -> Controle:
    return Controle(
        cle="consortium/membres", nom="Membres", resultat=Resultat.INCONNU,
        valeur="consortium déclaré, aucun membre dans cet export",
        regle="chef de file désigné, membres identifiés (AMI, Conditions d’éligibilité ; D. 5316-3 1° e)",
    )  # fmt: skip


def _membres_complets(membres: tuple[Organisme, ...]) -> Controle:
    manques = []
    for quoi, absents in (
        ("SIRET", [m for m in membres if not m.siret]),
        ("rôle", [m for m in membres if not m.role.strip()]),
        ("contribution", [m for m in membres if m.part is None]),
    ):
        if absents:
            manques.append(f"{quoi} absent{'e' if quoi == 'contribution' else ''} : "
                           f"{enumeration([m.nom or 'membre sans nom' for m in absents])}")  # fmt: skip
    return Controle(
        cle="consortium/membres",
        nom="Membres",
        resultat=Resultat.ALERTE if manques else Resultat.CONFORME,
        valeur=" ; ".join(manques) or "SIRET, rôle et contribution de chaque membre sont donnés",
        regle="rôle et contribution de chaque organisme (C. trav. D. 5316-3 1° e)",
    )


def analyser(dossier: Dossier, panorama: Panorama | None) -> Structure:
    """Look at the body and its partners."""
    return Structure(dossier=dossier, panorama=panorama)


def document(structure: Structure) -> dict[str, Any]:
    """Return the sheet in JSON types; what is said of other dossiers is null while they are not read."""
    return {
        "organismes": [_organisme(o) for o in structure.organismes],
        "controles": [
            {"cle": c.cle, "nom": c.nom, "resultat": c.resultat.value, "valeur": c.valeur, "regle": c.regle}
            for c in structure.controles
        ],
        "ailleurs": [_ailleurs(a) for a in structure.ailleurs] if structure.comparee else None,
        "graphe": _graphe(structure.graphe) if structure.comparee else None,
    }


def _organisme(organisme: Organisme) -> dict[str, Any]:
    cumul = organisme.cumul
    return {
        "nom": organisme.nom,
        "siret": organisme.siret,
        "qualite": organisme.qualite,
        "role": organisme.role,
        "part": _montant(organisme.part),
        "part_pourcent": None if organisme.pourcent is None else pourcentage(organisme.pourcent, 1),
        "cumul": None
        if cumul is None
        else {
            "dossiers": cumul.dossiers,
            "total": _montant(cumul.total),
            "connu": _montant(cumul.connu),
            "inconnus": list(cumul.inconnus),
            "par_nom": list(cumul.par_nom),
            "phrase": cumul.phrase,
        },
    }


def _ailleurs(ailleurs: Ailleurs) -> dict[str, Any]:
    return {
        "numero": ailleurs.numero,
        "organisme": ailleurs.organisme,
        "qualite": ailleurs.qualite,
        "rapprochement": ailleurs.rapprochement,
        "demande": _montant(ailleurs.demande),
        "part": _montant(ailleurs.part),
    }


def _graphe(graphe: Graphe) -> Mapping[str, Any]:
    return {
        "noeuds": [
            {"cle": n.cle, "nom": n.nom, "pas": n.pas, "dirige": list(n.dirige), "participe": list(n.participe)}
            for n in graphe.noeuds
        ],
        "liens": [
            {"chef": x.chef, "membre": x.membre, "numero": x.numero, "role": x.role, "part": _montant(x.part)}
            for x in graphe.liens
        ],
        "omis": graphe.omis,
        "dossiers_omis": graphe.dossiers_omis,
    }


def _montant(valeur: Decimal | None) -> str | None:
    return None if valeur is None else format(valeur, "f")
