"""How far an evaluation is."""

from decimal import Decimal

import pytest

from o2r_desktop.evaluation.avancement import Avancement, Etape, avancement
from o2r_desktop.evaluation.grille import Grille, load_grille
from o2r_desktop.evaluation.reponses import (
    MANQUANTE,
    SANS_OBJET,
    Avis,
    EtatEvaluation,
    Evaluation,
    ProjetAvis,
    Reponse,
    TypeAvis,
)
from o2r_desktop.resources import resource


@pytest.fixture(scope="module")
def grille() -> Grille:
    return load_grille(resource("grilles", "ami_2025.toml").read_text("utf-8"), "ami_2025.toml")


def evaluer(
    grille: Grille, valeurs: dict[str, str], *, doute: str = "", etat: EtatEvaluation = EtatEvaluation.EN_COURS,
    avis: TypeAvis | None = None,
) -> Avancement:  # fmt: skip
    return avancement(
        grille,
        Evaluation(
            numero=1,
            grille=grille.id,
            version=grille.version,
            etat=etat,
            reponses={c: Reponse(critere=c, valeur=v, a_reconfirmer=c == doute) for c, v in valeurs.items()},
            avis=None if avis is None else Avis(avis=avis, motif=""),
            projet=ProjetAvis(avis=avis),
        ),
    )


def eligible(grille: Grille) -> dict[str, str]:
    return {c.id: "oui" for c in grille.criteres if c.section in ("REC", "ELI")}


def test_nothing_said(grille: Grille) -> None:
    vide = evaluer(grille, {}, etat=EtatEvaluation.VIDE)
    assert (vide.etat, vide.repondus, vide.score, vide.avis) == (EtatEvaluation.VIDE, 0, None, None)
    assert vide.attendus == len(grille.ponderes)
    assert vide.etapes == {Etape.A_ELIGIBILISER}
    assert not vide.avis_en_projet
    assert not vide.score_complet


@pytest.mark.parametrize("manque", ["", MANQUANTE])
def test_one_missing_answer_of_rec_or_eli_keeps_it_to_be_made_eligible(grille: Grille, manque: str) -> None:
    assert evaluer(grille, eligible(grille) | {"ELI-10": manque}).etapes == {Etape.A_ELIGIBILISER}
    assert evaluer(grille, eligible(grille)).etapes == {Etape.A_INSTRUIRE}
    assert evaluer(grille, eligible(grille) | {"ELI-10": SANS_OBJET}).etapes == {Etape.A_INSTRUIRE}


def test_answer_in_doubt_adds_a_stage(grille: Grille) -> None:
    doute = evaluer(grille, eligible(grille), doute="ELI-07")
    assert doute.etapes == {Etape.A_INSTRUIRE, Etape.A_RECONFIRMER}
    assert doute.a_reconfirmer == 1


def test_finalised_is_ready_whatever_was_left_out(grille: Grille) -> None:
    irrecevable = evaluer(grille, {"REC-02": "non"}, etat=EtatEvaluation.FINALISEE, avis=TypeAvis.IRRECEVABLE)
    assert irrecevable.etapes == {Etape.PRETS}
    assert (irrecevable.avis, irrecevable.avis_en_projet) == (TypeAvis.IRRECEVABLE, False)
    rouverte = evaluer(grille, {"REC-02": "non"}, etat=EtatEvaluation.ROUVERTE, avis=TypeAvis.IRRECEVABLE)
    assert rouverte.etapes == {Etape.A_ELIGIBILISER}
    assert rouverte.avis_en_projet


def test_score_is_that_of_the_evaluation(grille: Grille) -> None:
    tous = {c.id: "3" for c in grille.ponderes}
    assert evaluer(grille, tous).score == Decimal("75.00")
    assert evaluer(grille, tous).score_complet
    assert not evaluer(grille, dict(list(tous.items())[1:])).score_complet
