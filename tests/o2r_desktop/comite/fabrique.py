"""Invented candidates: what a test does not name is an ordinary, favourable, finalised dossier."""

from decimal import Decimal
from typing import Any

from o2r_desktop.comite.modele import Candidat, Membre
from o2r_desktop.evaluation.grille import Grille, load_grille
from o2r_desktop.evaluation.reponses import EtatEvaluation, TypeAvis
from o2r_desktop.evaluation.score import Score
from o2r_desktop.resources import resource

ANNEES = ("2026", "2027", "2028")
MEMBRES = (
    Membre(id="a", nom="Membre A", present=True),
    Membre(id="b", nom="Membre B", present=True),
    Membre(id="c", nom="Membre C", voix=False, present=True),
    Membre(id="d", nom="Membre D", present=False),
)


def grille() -> Grille:
    return load_grille(resource("grilles", "ami_2025.toml").read_text("utf-8"), "ami_2025.toml")


def montants(*sommes: str | int) -> dict[str, Decimal]:
    return {annee: Decimal(somme) for annee, somme in zip(ANNEES, sommes, strict=True)}


def score(total: str | None, *, complet: bool = True) -> Score:
    note = None if total is None else Decimal(total)
    return Score(total=note, par_section={}, repondus=39 if complet else 5, attendus=39)


def candidat(numero: int = 1, note: str | None = "70", *, complet: bool = True, **dits: Any) -> Candidat:
    par_defaut: dict[str, Any] = {
        "porteur": f"Porteur {numero}",
        "intitule": f"Projet {numero}",
        "departements": ("72",),
        "publics": ("Personnes allophones",),
        "priorite": "P2 renforcée",
        "etat": EtatEvaluation.FINALISEE,
        "avis": TypeAvis.FAVORABLE,
        "score": score(note, complet=complet),
        "montants": montants(100, 100, 100),
        "demandes": montants(120, 120, 120),
        "demande": Decimal(360),
        "limite": Decimal(330),
    }
    return Candidat(numero=numero, **{**par_defaut, **dits})
