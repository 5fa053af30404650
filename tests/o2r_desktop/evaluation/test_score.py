"""The score: exact, bounded, blind to what does not apply and to what is not answered."""

from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from o2r_desktop.evaluation.grille import load_grille
from o2r_desktop.evaluation.reponses import MANQUANTE, SANS_OBJET, Reponse
from o2r_desktop.evaluation.score import compute
from o2r_desktop.resources import resource

GRILLE = load_grille(resource("grilles", "ami_2025.toml").read_text(encoding="utf-8"), "ami_2025.toml")
PONDERES = [c.id for c in GRILLE.ponderes]
POIDS = {c.id: c.poids for c in GRILLE.ponderes}
VALEURS = st.sampled_from(["0", "1", "2", "3", "4", SANS_OBJET, MANQUANTE, ""])
JEUX = st.dictionaries(st.sampled_from(PONDERES), VALEURS)
AU_PLUS = settings(max_examples=100, deadline=None)


def reponses(valeurs: dict[str, str]) -> dict[str, Reponse]:
    return {critere: Reponse(critere=critere, valeur=valeur) for critere, valeur in valeurs.items()}


@pytest.mark.parametrize(
    ("valeurs", "total", "repondus", "attendus"),
    [
        pytest.param({}, None, 0, 39, id="nothing"),
        pytest.param(dict.fromkeys(PONDERES, "4"), "100.00", 39, 39, id="best"),
        pytest.param(dict.fromkeys(PONDERES, "0"), "0.00", 39, 39, id="worst"),
        pytest.param(dict.fromkeys(PONDERES, "2"), "50.00", 39, 39, id="middle"),
        pytest.param({"FIN-02": "4"}, "100.00", 1, 39, id="one answer is not a low score"),
        pytest.param({"FIN-02": "4", "FIN-06": "0"}, "75.00", 2, 39, id="3 out of 4"),
        pytest.param({"FIN-02": "4", "FIN-03": SANS_OBJET}, "100.00", 1, 38, id="not applicable"),
        pytest.param({"FIN-02": "4", "FIN-03": MANQUANTE}, "100.00", 1, 39, id="missing is not zero"),
        pytest.param({"FIN-02": "1", "TER-01": "2"}, "39.29", 2, 39, id="275/7 rounds up"),
        pytest.param({"REC-01": "oui", "PRI-01": "P1"}, None, 0, 39, id="controls do not count"),
        pytest.param(dict.fromkeys(PONDERES, SANS_OBJET), None, 0, 0, id="nothing applies"),
    ],
)
def test_total(valeurs: dict[str, str], total: str | None, repondus: int, attendus: int) -> None:
    score = compute(GRILLE, reponses(valeurs))
    assert (score.total, score.repondus, score.attendus) == (total and Decimal(total), repondus, attendus)
    assert score.complet is (repondus == attendus)


def test_total_keeps_two_decimals() -> None:
    assert str(compute(GRILLE, reponses({"FIN-02": "2"})).total) == "50.00"


def test_half_a_cent_rounds_up() -> None:
    # 1/4 of one criterion that weighs 2 among answers that weigh 16: 3.125.
    valeurs = {"FIN-03": "1", "TER-01": "0", "TER-02": "0", "CRE-04": "0", "APP-02": "0"}
    assert compute(GRILLE, reponses(valeurs)).total == Decimal("3.13")


def test_sections() -> None:
    valeurs = dict.fromkeys(PONDERES, "3") | {c: SANS_OBJET for c in PONDERES if c.startswith("ANA")}
    valeurs |= {c: "" for c in PONDERES if c.startswith("SUI")}
    par_section = compute(GRILLE, reponses(valeurs)).par_section
    assert list(par_section) == [s.id for s in GRILLE.sections]
    assert par_section["FIN"] == Decimal("75.00")
    assert [s for s, valeur in par_section.items() if valeur is None] == ["REC", "ELI", "PRI", "ANA", "SUI"]


@AU_PLUS
@given(JEUX)
def test_bounds_and_exactness(valeurs: dict[str, str]) -> None:
    score = compute(GRILLE, reponses(valeurs))
    notes = {c: int(v) for c, v in valeurs.items() if v in "01234" and v}
    assert (score.total is None) is (not notes)
    assert score.repondus == len(notes) <= score.attendus
    if score.total is not None:
        exact = Fraction(sum(n * POIDS[c] for c, n in notes.items()) * 25, sum(POIDS[c] for c in notes))
        assert 0 <= score.total <= 100
        assert abs(Fraction(score.total) - exact) <= Fraction(1, 200)
    assert all(v is None or 0 <= v <= 100 for v in score.par_section.values())


@AU_PLUS
@given(JEUX, st.sampled_from(PONDERES), st.integers(0, 3))
def test_a_better_level_never_lowers_the_score(valeurs: dict[str, str], critere: str, niveau: int) -> None:
    avant = compute(GRILLE, reponses(valeurs | {critere: str(niveau)})).total
    apres = compute(GRILLE, reponses(valeurs | {critere: str(niveau + 1)})).total
    assert avant is not None
    assert apres is not None
    assert avant < apres


@AU_PLUS
@given(JEUX, st.sampled_from(PONDERES), st.sampled_from([SANS_OBJET, MANQUANTE, ""]))
def test_what_is_no_level_leaves_the_others_as_they_are(valeurs: dict[str, str], critere: str, sans: str) -> None:
    seuls = {c: v for c, v in valeurs.items() if c != critere}
    avec, sans_lui = compute(GRILLE, reponses(seuls | {critere: sans})), compute(GRILLE, reponses(seuls))
    assert (avec.total, avec.par_section) == (sans_lui.total, sans_lui.par_section)
    assert avec.attendus == sans_lui.attendus - (sans == SANS_OBJET)


@AU_PLUS
@given(JEUX, st.randoms(use_true_random=False))
def test_order_does_not_matter(valeurs: dict[str, str], hasard: Random) -> None:
    paires = list(valeurs.items())
    hasard.shuffle(paires)
    assert compute(GRILLE, reponses(dict(paires))) == compute(GRILLE, reponses(valeurs))


@AU_PLUS
@given(JEUX, st.sampled_from(PONDERES))
def test_unanswered_is_not_zero(valeurs: dict[str, str], critere: str) -> None:
    seuls = {c: v for c, v in valeurs.items() if c != critere}
    sans_lui = compute(GRILLE, reponses(seuls)).total
    assume(sans_lui)
    a_zero = compute(GRILLE, reponses(seuls | {critere: "0"})).total
    assert sans_lui is not None
    assert a_zero is not None
    assert a_zero < sans_lui
