"""The budget of the project: its lines, what they add up to, what does not agree, what it costs (metier § 3.4)."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from o2r_desktop.analyse.angles import Controle, Repere
from o2r_desktop.analyse.budget import totaux
from o2r_desktop.analyse.budget.lignes import LigneProjet, Sens, lire_lignes
from o2r_desktop.analyse.budget.modele import (
    BesoinTresorerie as BesoinTresorerie,
)
from o2r_desktop.analyse.budget.modele import (
    Ecart,
    Hypotheses,
    LigneDouteuse,
    LigneTotal,
    PartIndirecte,
    Plafond,
    Situation,
)
from o2r_desktop.analyse.finances import Finances
from o2r_desktop.analyse.panorama import Panorama
from o2r_desktop.analyse.saisie import Fiches
from o2r_desktop.dossiers.budget import BudgetProjet, lire_budget
from o2r_desktop.dossiers.model import Dossier
from o2r_desktop.evaluation.constats import Constat
from o2r_desktop.evaluation.parametres import Parametres

__all__ = ["BesoinTresorerie", "Ecart", "Hypotheses", "LigneDouteuse", "LigneTotal", "PartIndirecte", "Plafond", "Situation"]


@dataclass(frozen=True, kw_only=True)
class Budget:
    """The budget of a project as far as it is known; each part is worked out when it is first asked for.

    ``lignes`` is empty while none was typed.
    """

    dossier: Dossier
    fiches: Fiches
    parametres: Parametres
    finances: Finances
    panorama: Panorama | None = None
    lignes: tuple[LigneProjet, ...] = ()
    hypotheses: Hypotheses = Hypotheses()

    @property
    def numero(self) -> int:
        """The number of the dossier."""
        return self.dossier.numero

    @cached_property
    def formulaire(self) -> BudgetProjet:
        """What the form says of the money."""
        return lire_budget(self.dossier)

    def cote(self, sens: Sens) -> tuple[LigneProjet, ...]:
        """Return the lines of one side."""
        return totaux.de_sens(self.lignes, sens)

    @cached_property
    def charges(self) -> tuple[LigneTotal, ...]:
        """The expenses by account of two digits, without the 86."""
        return totaux.par_compte(self.cote(Sens.CHARGE))

    @cached_property
    def produits(self) -> tuple[LigneTotal, ...]:
        """The income by account of two digits, without the 87."""
        return totaux.par_compte(self.cote(Sens.PRODUIT))

    @cached_property
    def total_charges(self) -> LigneTotal:
        """The expenses of each year and of the three."""
        return totaux.total("Total des charges", self.cote(Sens.CHARGE))

    @cached_property
    def total_produits(self) -> LigneTotal:
        """The income of each year and of the three."""
        return totaux.total("Total des produits", self.cote(Sens.PRODUIT))

    @cached_property
    def emplois_volontaires(self) -> LigneTotal:
        """Account 86."""
        return totaux.total("Emplois des contributions volontaires", self.cote(Sens.EMPLOI_VOLONTAIRE), compte="86")

    @cached_property
    def contributions_volontaires(self) -> LigneTotal:
        """Account 87."""
        return totaux.total("Contributions volontaires", self.cote(Sens.CONTRIBUTION_VOLONTAIRE), compte="87")

    @cached_property
    def membres(self) -> tuple[LigneTotal, ...]:
        """The expenses of each member of the consortium, none while only the lead has lines."""
        return totaux.par_membre(self.cote(Sens.CHARGE), self.dossier.porteur.nom)

    @cached_property
    def controles(self) -> tuple[Controle, ...]:
        """The checks, in the order of the grille."""
        return ()

    @cached_property
    def ecarts(self) -> tuple[Ecart, ...]:
        """The amounts that several places give."""
        return ()

    @cached_property
    def douteuses(self) -> tuple[LigneDouteuse, ...]:
        """The lines that look ineligible."""
        return ()

    @cached_property
    def plafonds(self) -> tuple[Plafond, ...]:
        """The cap worked out from the form, then from the lines when there are some (D. 5316-7)."""
        return ()

    @property
    def base_eligible(self) -> Decimal | None:
        """The eligible costs worked out from the lines."""
        return next((p.base for p in self.plafonds if p.origine == "lignes"), None)

    @property
    def plafond(self) -> Decimal | None:
        """The cap worked out from the lines, None when they do not say it."""
        return next((p.plafond for p in self.plafonds if p.origine == "lignes"), None)

    @cached_property
    def indirectes(self) -> PartIndirecte | None:
        """The share of indirect expenses."""
        return None

    @property
    def part_indirecte(self) -> Decimal | None:
        """Indirect expenses over direct ones, in percentage."""
        return None if self.indirectes is None else self.indirectes.part

    @cached_property
    def couts(self) -> tuple[Situation, ...]:
        """The unit costs and where they stand in the campagne."""
        return ()

    @cached_property
    def tresorerie(self) -> BesoinTresorerie | None:
        """What two payments a year leave to advance."""
        return None

    @cached_property
    def lecture(self) -> str:
        """The budget in one sentence."""
        return ""


def analyser(
    dossier: Dossier,
    fiches: Fiches,
    parametres: Parametres,
    *,
    finances: Finances,
    panorama: Panorama | None = None,
    hypotheses: Hypotheses | None = None,
) -> Budget:
    """Work out the budget of a project."""
    return Budget(
        dossier=dossier,
        fiches=fiches,
        parametres=parametres,
        finances=finances,
        panorama=panorama,
        lignes=lire_lignes(fiches),
        hypotheses=hypotheses or Hypotheses(),
    )


def constats(budget: Budget) -> tuple[Constat, ...]:
    """Return the findings that rest on the lines (CRE-01, CRE-02, CRE-06, ELI-08), none while there are none."""
    del budget
    return ()


def reperes(budget: Budget) -> tuple[Repere, ...]:
    """Return what the budget says of CRE criteria, in sentences."""
    del budget
    return ()


def document(budget: Budget) -> dict[str, Any]:
    """Return the budget in JSON types."""
    return {"lecture": budget.lecture}
