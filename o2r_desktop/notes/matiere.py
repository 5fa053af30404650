"""All that a note is made from, gathered once, with the figures that several parts print."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from o2r_desktop.analyse.ensemble import Analyse
from o2r_desktop.dossiers.budget import BudgetProjet, Serie, lire_budget, lire_serie, somme
from o2r_desktop.dossiers.model import Dossier
from o2r_desktop.evaluation.constats import Constat
from o2r_desktop.evaluation.grille import Critere, Grille, Section
from o2r_desktop.evaluation.parametres import Parametres
from o2r_desktop.evaluation.questions import Question
from o2r_desktop.evaluation.reponses import Evaluation, Reponse
from o2r_desktop.evaluation.score import Score
from o2r_desktop.notes.modele import LotNote

RECEVABILITE, ELIGIBILITE, PRIORITES, FINANCES, CREDIBILITE = "REC", "ELI", "PRI", "FIN", "CRE"
"""Sections of the grille that have a part of their own in the note."""


@dataclass(frozen=True, kw_only=True)
class Matiere:
    """One dossier, its evaluation and what was computed of them.

    ``perimee``: the data changed after the evaluation was finalised; nothing may then look final.
    """

    dossier: Dossier
    evaluation: Evaluation
    grille: Grille
    constats: Sequence[Constat]
    score: Score
    priorite: str
    parametres: Parametres
    lot: LotNote | None
    now: datetime
    version: str
    perimee: bool = False
    questions: Sequence[Question] = ()
    comparee: Analyse | None = None

    @cached_property
    def analyse(self) -> Analyse:
        """The analysis: beside the other dossiers when they were read, else alone."""
        return self.comparee or Analyse(
            dossier=self.dossier, parametres=self.parametres, fiches=self.evaluation.fiches
        )

    @cached_property
    def budget(self) -> BudgetProjet:
        """The money of the project."""
        return lire_budget(self.dossier)

    @cached_property
    def beneficiaires(self) -> Serie:
        """Beneficiaries of the three years."""
        return lire_serie(self.dossier, "beneficiaires_annee")

    @cached_property
    def annees(self) -> tuple[str, ...]:
        """The three years of the form."""
        return tuple(str(self.parametres.premiere_annee + i) for i in range(len(self.beneficiaires)))

    @cached_property
    def constats_par_critere(self) -> Mapping[str, tuple[Constat, ...]]:
        """Findings by critere, in their order."""
        trouves: dict[str, tuple[Constat, ...]] = {}
        for constat in self.constats:
            trouves[constat.critere] = (*trouves.get(constat.critere, ()), constat)
        return trouves

    @property
    def cout_par_beneficiaire(self) -> Decimal | None:
        """Total cost ÷ beneficiaries of the three years, None when one is unknown or nobody is announced."""
        total = somme(self.beneficiaires)
        return self.budget.cout / total if self.budget.cout is not None and total else None

    def constats_de(self, critere: Critere) -> tuple[Constat, ...]:
        """Return the findings about a critere."""
        return self.constats_par_critere.get(critere.id, ())

    def reponse(self, critere: Critere) -> Reponse:
        """Return the answer to a critere, an empty one when nothing was said."""
        return self.evaluation.reponses.get(critere.id) or Reponse(critere=critere.id, valeur="")

    def sections(self, *identifiants: str) -> tuple[Section, ...]:
        """Return the sections of these identifiers, in the order of the grille."""
        return tuple(s for s in self.grille.sections if s.id in identifiants)

    @property
    def autres_sections(self) -> tuple[Section, ...]:
        """Return the sections that have no part of their own."""
        propres = {RECEVABILITE, ELIGIBILITE, PRIORITES, FINANCES, CREDIBILITE}
        return tuple(s for s in self.grille.sections if s.id not in propres)
