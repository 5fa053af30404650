"""What every rule is given: the dossier, the parameters, the lot, and figures read once for all rules."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from o2r_desktop.dossiers.budget import BudgetProjet, Chiffre, Serie, lire_budget, lire_serie, somme
from o2r_desktop.dossiers.model import Dossier
from o2r_desktop.dossiers.territoires import codes_departements
from o2r_desktop.evaluation.constats import Constat, Resultat
from o2r_desktop.evaluation.lot import Lot
from o2r_desktop.evaluation.parametres import Parametres
from o2r_desktop.evaluation.priorites import Raisonnement, prudent, raisonner
from o2r_desktop.text import enumeration

AUCUN_CHAMP = "aucun champ de l’export"


@dataclass(frozen=True, kw_only=True)
class Examen:
    """One dossier under examination."""

    dossier: Dossier
    parametres: Parametres
    lot: Lot | None = None

    @cached_property
    def budget(self) -> BudgetProjet:
        """The money of the project."""
        return lire_budget(self.dossier)

    @cached_property
    def beneficiaires(self) -> Serie:
        """Beneficiaries of the three years."""
        return lire_serie(self.dossier, "beneficiaires_annee")

    @property
    def total_beneficiaires(self) -> Decimal | None:
        """Beneficiaries over three years, None when a year is unknown."""
        return somme(self.beneficiaires)

    @cached_property
    def territoires(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Codes of the departments of the project, and the answers that name none."""
        return codes_departements(self.dossier.liste("departements"))

    @cached_property
    def priorite(self) -> Raisonnement:
        """The level of priority and why."""
        codes, illisibles = self.territoires
        return prudent(raisonner(codes, self.dossier.liste("publics"), self.parametres), illisibles)

    def constat(self, critere: str, resultat: Resultat, parties: list[str], preuve: str, regle: str) -> Constat:
        """Make a constat whose sentence is *parties*, joined by semicolons."""
        valeur = " ; ".join(p for p in parties if p)
        return Constat(critere=critere, resultat=resultat, valeur=valeur, preuve=preuve, regle=regle)

    def preuve(self, *attributs: str) -> str:
        """Return the labels, as in the export, of the fields bound to *attributs*."""
        champs = self.dossier.par_attribut
        return " · ".join([champs[a].libelle for a in attributs if a in champs]) or AUCUN_CHAMP


def inconnus(*chiffres: tuple[str, Chiffre | Serie]) -> str:
    """Return «coût total : 0 ou non renseigné» for those of the named figures and series that are unknown."""
    dits: list[str] = []
    for nom, chiffre in chiffres:
        if isinstance(chiffre, Chiffre):
            dits += [f"{nom} : {chiffre.etat}"] if chiffre.valeur is None else []
            continue
        rangs: dict[str, list[str]] = {}
        for rang, annee in enumerate(chiffre, 1):
            if annee.valeur is None:
                rangs.setdefault(annee.etat, []).append(str(rang))
        dits += [f"{nom}, {annees(r)} : {etat}" for etat, r in rangs.items()]
    return ", ".join(dits)


def annees(rangs: list[str]) -> str:
    """Return «année 2», «années 1, 2 et 3»."""
    return f"année{'s' if len(rangs) > 1 else ''} {enumeration(rangs)}"
