"""The analytic accounting of the body: a guided sheet, and what it asks of the convention (grille, ANA, CRE-06)."""

from o2r_desktop.analyse.analytique.conditions import Condition
from o2r_desktop.analyse.analytique.fiche import Analytique, EtatPartie, PartieLue, ReponseFiche, analyser, document
from o2r_desktop.analyse.analytique.lectures import constats, reperes
from o2r_desktop.analyse.analytique.questions import QUESTIONS, GenreQuestion, Partie, QuestionFiche

__all__ = [
    "QUESTIONS",
    "Analytique",
    "Condition",
    "EtatPartie",
    "GenreQuestion",
    "Partie",
    "PartieLue",
    "QuestionFiche",
    "ReponseFiche",
    "analyser",
    "constats",
    "document",
    "reperes",
]
