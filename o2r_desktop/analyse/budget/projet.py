"""The budget of the project: its lines, what they add up to, what does not agree, what it costs (metier § 3.4)."""

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from o2r_desktop.analyse.angles import Controle
from o2r_desktop.analyse.budget import dits, totaux
from o2r_desktop.analyse.budget.controles import controler
from o2r_desktop.analyse.budget.couts import Bases, situer
from o2r_desktop.analyse.budget.douteuses import chercher
from o2r_desktop.analyse.budget.lignes import LigneProjet, Sens, lire_lignes, lire_statuts
from o2r_desktop.analyse.budget.modele import (
    BesoinTresorerie,
    Ecart,
    Hypotheses,
    LigneDouteuse,
    LigneTotal,
    PartIndirecte,
    Plafond,
    Situation,
)
from o2r_desktop.analyse.budget.plafonds import cofinancements, part_indirecte, plafond_formulaire, plafond_lignes
from o2r_desktop.analyse.budget.rapprochement import Matiere, rapprocher
from o2r_desktop.analyse.budget.tresorerie import besoin, cofinancements_annee_1, cout_annee
from o2r_desktop.analyse.finances import Finances
from o2r_desktop.analyse.panorama import Panorama
from o2r_desktop.analyse.saisie import Fiches
from o2r_desktop.dossiers.budget import BudgetProjet, lire_budget, lire_serie, somme
from o2r_desktop.dossiers.model import Dossier
from o2r_desktop.evaluation.parametres import Parametres

__all__ = [
    "BesoinTresorerie",
    "Budget",
    "Ecart",
    "Hypotheses",
    "LigneDouteuse",
    "LigneTotal",
    "PartIndirecte",
    "Plafond",
    "Situation",
    "analyser",
]


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
    hypotheses: Hypotheses = field(default_factory=Hypotheses)

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
        return controler(self.dossier, self.formulaire, self.lignes)

    @cached_property
    def ecarts(self) -> tuple[Ecart, ...]:
        """The amounts that several places give."""
        return rapprocher(
            Matiere(
                dossier=self.dossier,
                formulaire=self.formulaire,
                lignes=self.lignes,
                douteuses=self.douteuses,
                finances=self.finances,
                statuts=lire_statuts(self.fiches),
            )
        )

    @cached_property
    def douteuses(self) -> tuple[LigneDouteuse, ...]:
        """The lines that look ineligible."""
        return chercher(self.lignes)

    @cached_property
    def plafonds(self) -> tuple[Plafond, ...]:
        """The cap worked out from the form, then from the lines when there are some (D. 5316-7)."""
        des_lignes = plafond_lignes(self.lignes, self.douteuses, self.formulaire)
        return (plafond_formulaire(self.formulaire), *([des_lignes] if des_lignes is not None else []))

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
        return part_indirecte(self.lignes, self.formulaire)

    @property
    def part_indirecte(self) -> Decimal | None:
        """Indirect expenses over direct ones, in percentage."""
        return None if self.indirectes is None else self.indirectes.part

    @cached_property
    def couts(self) -> tuple[Situation, ...]:
        """The unit costs and where they stand in the campagne."""
        declare, etp = self.formulaire, somme(lire_serie(self.dossier, "etp_annee"))
        des_lignes = self.total_charges.total if self.lignes else None
        bases = Bases(
            cout=declare.cout if des_lignes is None else des_lignes,
            demande=declare.demande,
            personnel=declare.personnel.valeur,
            beneficiaires=somme(lire_serie(self.dossier, "beneficiaires_annee")),
            etp=etp,
        )
        return situer(bases, self.parametres, self.panorama)

    @cached_property
    def tresorerie(self) -> BesoinTresorerie | None:
        """What two payments a year leave to advance."""
        charges, produits = self.cote(Sens.CHARGE), self.cote(Sens.PRODUIT)
        cout = totaux.par_annee(charges)[0] if charges else cout_annee(self.formulaire.couts)
        autres = cofinancements(produits, 1) if produits else None
        if autres is None:
            autres = cofinancements_annee_1(self.formulaire, self.parametres.premiere_annee)
        return besoin(
            charges=cout,
            demande=self.formulaire.demandes[0].valeur,
            cofinancements=autres,
            finances=self.finances,
            hypotheses=self.hypotheses,
        )

    @cached_property
    def lecture(self) -> str:
        """The budget in one sentence."""
        return dits.lire(self) if self.lignes else ""


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
