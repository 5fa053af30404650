"""What each dossier of the campagne says that another one is compared with: bodies, money, people, places."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from o2r_desktop.analyse.saisie import decimal_ou_rien
from o2r_desktop.dossiers.budget import lire_budget, lire_serie, somme
from o2r_desktop.dossiers.model import Dossier
from o2r_desktop.dossiers.territoires import codes_departements


@dataclass(frozen=True, slots=True, kw_only=True)
class MembreVu:
    """A partner of a consortium, as another dossier sees it."""

    nom: str
    siret: str
    role: str
    contribution: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierVu:
    """A dossier as another one sees it. Amounts are euros over three years; None is unknown.

    ``etp`` and ``beneficiaires`` are sums of the three years. ``departements`` are codes, ``epci`` and ``zones``
    the words of the form.
    """

    numero: int
    porteur: str
    siret: str
    siren: str
    intitule: str
    membres: tuple[MembreVu, ...]
    cout: Decimal | None
    demande: Decimal | None
    beneficiaires: Decimal | None
    etp: Decimal | None
    personnel: Decimal | None
    departements: tuple[str, ...]
    epci: tuple[str, ...]
    zones: tuple[str, ...]
    publics: tuple[str, ...]


@dataclass(frozen=True)
class Panorama:
    """All the dossiers of the campagne, by number."""

    dossiers: Mapping[int, DossierVu] = field(default_factory=dict)

    @cached_property
    def couts_par_beneficiaire(self) -> tuple[Decimal, ...]:
        """Cost per beneficiary of the dossiers where both figures are known, ascending."""
        return _quotients((d.cout, d.beneficiaires) for d in self.dossiers.values())

    @cached_property
    def couts_par_etp(self) -> tuple[Decimal, ...]:
        """Total cost per FTE and year of the dossiers where both figures are known, ascending."""
        return _quotients((d.cout, d.etp) for d in self.dossiers.values())


def _quotients(paires: Iterable[tuple[Decimal | None, Decimal | None]]) -> tuple[Decimal, ...]:
    return tuple(sorted(haut / bas for haut, bas in paires if haut is not None and bas is not None and bas > 0))


def vu(dossier: Dossier) -> DossierVu:
    """Return a dossier as others see it."""
    budget = lire_budget(dossier)
    return DossierVu(
        numero=dossier.numero,
        porteur=dossier.porteur.nom,
        siret=dossier.porteur.siret,
        siren=dossier.porteur.siren,
        intitule=dossier.texte("intitule"),
        membres=tuple(
            MembreVu(nom=m.nom, siret=m.siret, role=m.role, contribution=m.contribution) for m in dossier.membres
        ),
        cout=budget.cout,
        demande=budget.demande,
        beneficiaires=somme(lire_serie(dossier, "beneficiaires_annee")),
        etp=somme(lire_serie(dossier, "etp_annee")),
        personnel=budget.personnel.valeur,
        departements=codes_departements(dossier.liste("departements"))[0],
        epci=tuple(t for t in (dossier.texte("epci"), *dossier.liste("epci")) if t),
        zones=dossier.liste("efop"),
        publics=dossier.liste("publics"),
    )


_MONTANTS = ("cout", "demande", "beneficiaires", "etp", "personnel")
_LISTES = ("departements", "epci", "zones", "publics")


def en_json(dossier: DossierVu) -> dict[str, Any]:
    """Return JSON types; amounts are texts."""
    return {
        "numero": dossier.numero,
        **{nom: getattr(dossier, nom) for nom in ("porteur", "siret", "siren", "intitule")},
        "membres": [[m.nom, m.siret, m.role, _texte(m.contribution)] for m in dossier.membres],
        **{nom: _texte(getattr(dossier, nom)) for nom in _MONTANTS},
        **{nom: list(getattr(dossier, nom)) for nom in _LISTES},
    }


def de_json(brut: Mapping[str, Any]) -> DossierVu:
    """Read back what en_json() wrote."""
    montants: dict[str, Any] = {nom: decimal_ou_rien(brut[nom]) for nom in _MONTANTS}
    listes: dict[str, Any] = {nom: tuple(brut[nom]) for nom in _LISTES}
    return DossierVu(
        numero=brut["numero"],
        porteur=brut["porteur"],
        siret=brut["siret"],
        siren=brut["siren"],
        intitule=brut["intitule"],
        membres=tuple(
            MembreVu(nom=nom, siret=siret, role=role, contribution=decimal_ou_rien(contribution))
            for nom, siret, role, contribution in brut["membres"]
        ),
        **montants,
        **listes,
    )


def _texte(valeur: Decimal | None) -> str | None:
    return None if valeur is None else format(valeur, "f")
