"""Levels and comments that contradict each other, and those that only look so."""

from decimal import Decimal

import pytest

from o2r_desktop.evaluation.contradictions import contradictions
from o2r_desktop.evaluation.reponses import Evaluation, ProjetAvis, Reponse, TypeAvis
from o2r_desktop.evaluation.score import Score
from tests.o2r_desktop.comite.fabrique import grille, score

GRILLE = grille()
CRITERE = GRILLE.ponderes[0].id


def dites(niveau: str, commentaire: str) -> list[str]:
    reponse = Reponse(critere=CRITERE, valeur=niveau, commentaire=commentaire)
    evaluation = Evaluation(numero=1, grille=GRILLE.id, version=1, reponses={CRITERE: reponse})
    return [c.texte for c in contradictions(GRILLE, evaluation, score(None), ProjetAvis())]


@pytest.mark.parametrize(
    ("niveau", "commentaire", "contredit"),
    [
        ("1", "Un dossier solide, bien étayé.", True),
        ("0", "Trésorerie solide.", True),
        ("1", "Excellente connaissance du territoire.", True),
        ("1", "Partenariat pleinement démontré par trois conventions.", True),
        ("2", "Un dossier solide.", False),
        ("3", "Un dossier solide.", False),
        ("1", "Le dossier n’est pas solide.", False),
        ("1", "Un budget peu convaincant.", False),
        ("0", "Aucun élément solide.", False),
        ("1", "Équipe solide mais budget incohérent.", False),
        ("1", "Équipe solide, budget insuffisant.", False),
        ("4", "Preuves insuffisantes.", True),
        ("3", "Les lettres sont absentes du dossier.", True),
        ("4", "Aucune preuve de terrain.", True),
        ("4", "Aucune insuffisance relevée.", False),
        ("4", "Le besoin n’est pas insuffisant.", False),
        ("4", "Démarche solide ; une lettre est absente.", False),
        ("3", "Solide, cependant la trésorerie est lacunaire.", False),
        ("1", "Insuffisant.", False),
        ("4", "", False),
        ("", "Un dossier solide.", False),
        ("sans_objet", "Un dossier solide.", False),
        ("1", "SOLIDE", True),
        ("1", "consolidé en 2024", False),
    ],
)
def test_pairs(niveau: str, commentaire: str, contredit: bool) -> None:
    assert bool(dites(niveau, commentaire)) is contredit


@pytest.mark.parametrize(
    ("note", "avis", "contredit"),
    [
        (score("10"), TypeAvis.FAVORABLE, True),
        (score(str(GRILLE.seuil_reserves)), TypeAvis.FAVORABLE, False),
        (score("10"), TypeAvis.FAVORABLE_AVEC_RESERVES, False),
        (score("10"), TypeAvis.DEFAVORABLE, False),
        (score(str(GRILLE.seuil_favorable)), TypeAvis.DEFAVORABLE, True),
        (score("10", complet=False), TypeAvis.FAVORABLE, False),
        (score("10"), None, False),
        (Score(total=Decimal(0), par_section={}, repondus=1, attendus=1), TypeAvis.FAVORABLE, True),
    ],
)
def test_avis_and_score(note: Score, avis: TypeAvis | None, contredit: bool) -> None:
    evaluation = Evaluation(numero=1, grille=GRILLE.id, version=1)
    assert bool(contradictions(GRILLE, evaluation, note, ProjetAvis(avis=avis))) is contredit
