"""What remains until the committee: sums that hold whatever the list."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from o2r_desktop.suivi.planning import ResteDossier, dire, duree_dite, mesurer, planifier

LUNDI = date(2025, 9, 1)
DEBUT = datetime(2025, 9, 1, 8, 0, tzinfo=UTC)
RESTES = st.lists(
    st.builds(
        ResteDossier,
        numero=st.integers(1, 10**9),
        porteur=st.just("Association"),
        reste=st.integers(0, 60),
        a_reconfirmer=st.integers(0, 3),
        instructeur=st.sampled_from(("", "Camille", "Sacha")),
        commence=st.booleans(),
    ),
    max_size=40,
)


def gestes(combien: int, ecart: timedelta) -> list[tuple[datetime, int, str]]:
    return [(DEBUT + n * ecart, 1, f"C-{n}") for n in range(combien)]


def test_the_pace_cuts_idle_gaps() -> None:
    matin = gestes(31, timedelta(minutes=2))
    apres_midi = [(le + timedelta(hours=6), 2, critere) for le, _, critere in matin]
    assert mesurer(matin) == pytest.approx(31)
    assert mesurer([*matin, *apres_midi]) == pytest.approx(31)


def test_too_few_answers_say_nothing() -> None:
    assert mesurer([]) is None
    assert mesurer(gestes(20, timedelta(minutes=2))) is None
    assert mesurer(gestes(40, timedelta(0))) is None
    assert mesurer([(le, 1, "FIN-02") for le, _, _ in gestes(60, timedelta(minutes=1))]) is None


@given(RESTES, st.integers(-5, 60), st.one_of(st.none(), st.floats(0.1, 500)))
def test_sums_hold_and_nothing_is_negative(restes: list[ResteDossier], dans: int, rythme: float | None) -> None:
    plan = planifier(restes, aujourd_hui=LUNDI, seance=LUNDI + timedelta(days=dans), rythme=rythme)
    assert plan.criteres == sum(r.reste for r in restes) == sum(plan.par_instructeur.values())
    if plan.jours:
        assert sum(j.criteres for j in plan.jours) == plan.criteres
        assert plan.jours[-1].reste == 0
        assert max(j.criteres for j in plan.jours) - min(j.criteres for j in plan.jours) <= 1
    assert all(j.criteres >= 0 and j.reste >= 0 for j in plan.jours)
    assert all(r.reste > 0 for r in plan.d_abord)
    assert dire(plan)


def test_it_says_whether_it_can_be_done() -> None:
    restes = [ResteDossier(numero=1, porteur="A", reste=60), ResteDossier(numero=2, porteur="B", reste=20)]
    seance = date(2025, 9, 5)
    assert planifier(restes, aujourd_hui=LUNDI, seance=seance, rythme=10).tenable is True
    tard = planifier(restes, aujourd_hui=LUNDI, seance=seance, rythme=5)
    assert (tard.tenable, tard.heures, len(tard.jours)) == (False, 16, 4)
    assert planifier(restes, aujourd_hui=LUNDI, seance=LUNDI, rythme=50).tenable is False
    assert planifier(restes, aujourd_hui=LUNDI, seance=None, rythme=50).tenable is None
    assert "20 critères par jour" in dire(tard).replace("\u00a0", " ")
    assert "pas encore assez de données" in dire(planifier(restes, aujourd_hui=LUNDI, seance=seance, rythme=None))


def test_nothing_left_is_exact() -> None:
    fini = planifier([], aujourd_hui=LUNDI, seance=date(2025, 9, 5), rythme=None)
    assert (fini.criteres, fini.dossiers, fini.tenable, fini.d_abord) == (0, 0, True, ())
    assert dire(fini).startswith("Tous les critères")


def test_what_is_in_doubt_comes_first() -> None:
    restes = [
        ResteDossier(numero=1, porteur="A", reste=60),
        ResteDossier(numero=2, porteur="B", reste=5, commence=True),
        ResteDossier(numero=3, porteur="C", reste=1, a_reconfirmer=1),
    ]
    plan = planifier(restes, aujourd_hui=LUNDI, seance=None, rythme=None)
    assert [r.numero for r in plan.d_abord] == [3, 2, 1]


@pytest.mark.parametrize(
    ("heures", "dite"),
    [(0.01, "15 min"), (0.5, "30 min"), (1, "1 h"), (7.5, "7 h 30"), (16, "16 h"), (1.99, "2 h")],
)
def test_hours_in_words(heures: float, dite: str) -> None:
    assert duree_dite(heures).replace("\u00a0", " ") == dite


def reste(numero: int, combien: int, instructeur: str = "") -> ResteDossier:
    return ResteDossier(numero=numero, porteur="A", reste=combien, instructeur=instructeur)


def test_a_team_is_judged_by_who_has_the_most() -> None:
    """Each has 12 hours over nine days: the sum would not hold for one person."""
    equipe = [reste(rang, 120, instructeur=nom) for rang, nom in enumerate(("Ana", "Bob", "Cleo", "Dan"))]
    plan = planifier(equipe, aujourd_hui=LUNDI, seance=date(2025, 9, 12), rythme=10)
    assert (plan.heures, plan.charge, plan.tenable) == (48, 12, True)
    assert "dont 12\u00a0h pour la personne la plus chargée" in dire(plan)


def test_what_nobody_has_is_shared_by_all() -> None:
    restes = [reste(1, 10, instructeur="Ana"), reste(2, 90)]
    assert planifier(restes, aujourd_hui=LUNDI, seance=None, rythme=10).charge == 10
