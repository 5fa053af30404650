"""The whole analysis of a dossier; each angle is worked out when it is first asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from o2r_desktop.analyse import analytique, budget, finances, reseau, structure, territoire
from o2r_desktop.analyse.analytique import Analytique
from o2r_desktop.analyse.angles import Angle, Repere
from o2r_desktop.analyse.budget import Budget
from o2r_desktop.analyse.finances import Finances
from o2r_desktop.analyse.panorama import Panorama
from o2r_desktop.analyse.referentiels import Referentiels
from o2r_desktop.analyse.reseau import Reseau
from o2r_desktop.analyse.saisie import Fiches
from o2r_desktop.analyse.structure import Structure
from o2r_desktop.analyse.territoire import Territoire
from o2r_desktop.dossiers.model import Dossier
from o2r_desktop.evaluation.constats import Constat
from o2r_desktop.evaluation.parametres import Parametres


@dataclass(frozen=True, kw_only=True)
class Analyse:
    """A dossier under analysis: what is declared, what was typed (``fiches``), what it is compared with.

    ``panorama`` is None while the other dossiers are not read: nothing is then said of them.
    """

    dossier: Dossier
    parametres: Parametres
    fiches: Fiches = field(default_factory=dict)
    referentiels: Referentiels = field(default_factory=Referentiels)
    panorama: Panorama | None = None

    @cached_property
    def finances(self) -> Finances:
        """The health of the body, from its accounts (metier § 3)."""
        return finances.analyser(self.dossier, self.fiches)

    @cached_property
    def budget(self) -> Budget:
        """The budget of the project, line by line (metier § 3.4)."""
        return budget.analyser(
            self.dossier, self.fiches, self.parametres, finances=self.finances, panorama=self.panorama
        )

    @cached_property
    def territoire(self) -> Territoire:
        """Where the project acts, against the diagnostic of the AMI (metier § 4)."""
        listes = self.referentiels
        return territoire.analyser(
            self.dossier,
            self.fiches,
            self.parametres,
            diagnostic=listes.diagnostic,
            epci=listes.epci,
            zones=listes.zones,
            laureats=listes.laureats,
            panorama=self.panorama,
        )

    @cached_property
    def reseau(self) -> Reseau:
        """The actors of the employment network that the dossier names (metier § 4.5)."""
        return reseau.analyser(self.dossier, self.fiches, acteurs=self.referentiels.acteurs)

    @cached_property
    def analytique(self) -> Analytique:
        """The analytic accounting (grille, ANA)."""
        return analytique.analyser(self.dossier, self.fiches)

    @cached_property
    def structure(self) -> Structure:
        """The body, its partners, and where else they appear."""
        return structure.analyser(self.dossier, self.panorama)

    def constats(self) -> tuple[Constat, ...]:
        """Return the findings that rest on what was typed, none while nothing is."""
        return (
            *finances.constats(self.finances),
            *budget.constats(self.budget),
            *analytique.constats(self.analytique),
        )

    def reperes(self, critere: str) -> tuple[Repere, ...]:
        """Return what the analysis found that may help to answer a critere: sentences, never a level."""
        section = critere.partition("-")[0]
        trouves: tuple[Repere, ...] = ()
        if section == "FIN":
            trouves = finances.reperes(self.finances)
        elif section == "CRE":
            bodies = structure.reperes(self.structure)
            trouves = (*budget.reperes(self.budget), *analytique.reperes(self.analytique), *bodies)
        elif section == "ANA":
            trouves = analytique.reperes(self.analytique)
        elif section in ("TER", "PRI", "PUB"):
            trouves = territoire.reperes(self.territoire)
        elif section in ("RES", "APP"):
            trouves = reseau.reperes(self.reseau)
        elif section in ("REC", "ELI", "GOU"):
            trouves = structure.reperes(self.structure)
        return tuple(r for r in trouves if r.critere == critere)

    def document(self) -> dict[str, Any]:
        """Return the analysis in JSON types: amounts are texts with a dot, unknown ones null (produit § 6)."""
        documents: Mapping[Angle, dict[str, Any]] = {
            Angle.FINANCES: finances.document(self.finances),
            Angle.BUDGET: budget.document(self.budget),
            Angle.TERRITOIRE: territoire.document(self.territoire),
            Angle.RESEAU: reseau.document(self.reseau),
            Angle.ANALYTIQUE: analytique.document(self.analytique),
            Angle.STRUCTURE: structure.document(self.structure),
        }
        return {angle.value: contenu for angle, contenu in documents.items()}
