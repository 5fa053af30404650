"""Spending the envelope."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from o2r_desktop.comite.enveloppe import Part, Sort, part_de, plafonner, simuler
from o2r_desktop.comite.modele import Base, Candidat, Comite, Decision, Scenario, Sens
from o2r_desktop.evaluation.reponses import TypeAvis
from tests.o2r_desktop.comite.fabrique import ANNEES, candidat, montants

A = Scenario(id="A", nom="A", base=Base.PROPOSE)
B = Scenario(id="B", nom="B", base=Base.DEMANDE)
C = Scenario(id="C", nom="C", base=Base.REDUIT, taux=Decimal(10))


def sorts(
    ordre: list[Candidat], enveloppe: dict[str, Decimal], scenario: Scenario = A, **comite: Any
) -> list[Sort]:
    s = simuler(ordre, scenario, Comite(**comite), enveloppe, ANNEES)
    return [li.sort for li in s.lignes]


@pytest.mark.parametrize(
    ("scenario", "dits", "attendus", "remarque"),
    [
        (A, {}, ("100", "100", "100"), ""),
        (B, {}, ("110", "110", "110"), "ramené au plafond"),
        (B, {"limite": Decimal(360)}, ("120", "120", "120"), ""),
        (B, {"demandes": {"2026": Decimal(1), "2027": None}}, (), "demande inconnue en 2027 et 2028"),
        (C, {"limite": None}, ("90", "90", "90"), "moins 10 %, plafond inconnu"),
        (A, {"limite": Decimal(100)}, ("33.33", "33.33", "33.34"), "ramené au plafond"),
        (A, {"limite": Decimal(-5)}, ("0", "0", "0"), "ramené au plafond"),
        (A, {"montants": {}}, (), ""),
    ],
)
def test_part(scenario: Scenario, dits: dict[str, Any], attendus: tuple[str, ...], remarque: str) -> None:
    part = part_de(candidat(**dits), scenario, Comite(), ANNEES)
    assert tuple(part.montants.values()) == tuple(map(Decimal, attendus))
    assert part.remarque.replace("\u202f", " ").startswith(remarque)


def test_what_the_committee_typed_or_decided_holds_in_every_scenario() -> None:
    ajuste = Comite(ajustes={1: montants(10, 20, 30)})
    decide = Comite(ajustes={1: montants(10, 20, 30)},
                    decisions={1: Decision(sens=Sens.RETENU, montants=montants(1, 2, 3))})  # fmt: skip
    for scenario in (A, B, C):
        assert part_de(candidat(), scenario, ajuste, ANNEES).total == 60
        assert part_de(candidat(), scenario, decide, ANNEES).total == 6
    trop = Comite(ajustes={1: montants(200, 200, 200)})
    assert part_de(candidat(), A, trop, ANNEES).total == 330


def test_the_line_is_strict_and_what_would_fit_is_told() -> None:
    gros = candidat(2, montants=montants(250, 0, 0))
    petit = candidat(3, montants=montants(50, 0, 0))
    s = simuler([candidat(1), gros, petit], A, Comite(), montants(200, 200, 200), ANNEES)
    assert [li.sort for li in s.lignes] == [Sort.RETENU, Sort.ATTENTE, Sort.ATTENTE]
    assert [li.tiendrait for li in s.lignes] == [False, False, True]
    assert (s.coupe, s.total, dict(s.reste)) == (1, 300, montants(100, 100, 100))
    assert "2026" in s.lignes[1].raison
    assert "150,00" in s.lignes[1].raison


@pytest.mark.parametrize(
    ("dits", "comite", "scenario", "attendu"),
    [
        ({}, {}, A, Sort.RETENU),
        ({"avis": None}, {}, A, Sort.ECARTE),
        ({"avis": TypeAvis.AJOURNE}, {}, A, Sort.ECARTE),
        ({"avis": TypeAvis.DEFAVORABLE}, {}, A, Sort.ECARTE),
        ({"montants": {}}, {}, A, Sort.ECARTE),
        ({"note": "49.99"}, {}, Scenario(id="S", nom="", base=Base.PROPOSE, score_min=Decimal(50)), Sort.ECARTE),
        ({"note": "50"}, {}, Scenario(id="S", nom="", base=Base.PROPOSE, score_min=Decimal(50)), Sort.RETENU),
        ({"complet": False}, {}, Scenario(id="S", nom="", base=Base.PROPOSE, score_min=Decimal(50)), Sort.ECARTE),
        ({}, {"decisions": {1: Decision(sens=Sens.REFUSE)}}, A, Sort.ECARTE),
        (
            {"avis": TypeAvis.DEFAVORABLE, "montants": {}},
            {"decisions": {1: Decision(sens=Sens.RETENU, montants=montants(1, 1, 1))}},
            A,
            Sort.RETENU,
        ),
    ],
)
def test_who_may_be_paid(dits: dict[str, Any], comite: dict[str, Any], scenario: Scenario, attendu: Sort) -> None:
    assert sorts([candidat(**dits)], montants(1000, 1000, 1000), scenario, **comite) == [attendu]


def test_without_envelope_everything_is_kept_and_nothing_is_left() -> None:
    s = simuler([candidat(1), candidat(2)], A, Comite(), {}, ANNEES)
    assert len(s.retenus) == 2
    assert (s.coupe, dict(s.reste)) == (None, {})


def test_a_year_that_the_envelope_does_not_name_pays_nothing() -> None:
    assert sorts([candidat()], {"2026": Decimal(1000)}) == [Sort.ATTENTE]


SOMMES = st.decimals(0, 10**7, places=2)


@given(st.lists(SOMMES, min_size=3, max_size=3), SOMMES)
def test_capped_to_the_cent_and_never_above(sommes: list[Decimal], limite: Decimal) -> None:
    avant = Part(montants=dict(zip(ANNEES, sommes, strict=True)))
    apres = plafonner(avant, candidat(limite=limite))
    assert apres.total == min(avant.total, limite)
    assert all(0 <= apres.montants[a] == apres.montants[a].quantize(Decimal("0.01")) for a in ANNEES)


@given(
    st.lists(st.lists(SOMMES, min_size=3, max_size=3), max_size=8),
    st.lists(SOMMES, min_size=3, max_size=3),
)
def test_no_year_is_ever_overspent(demandes: list[list[Decimal]], enveloppe: list[Decimal]) -> None:
    ordre = [candidat(i, montants=dict(zip(ANNEES, d, strict=True)), limite=Decimal(10**9))
             for i, d in enumerate(demandes)]  # fmt: skip
    s = simuler(ordre, A, Comite(), dict(zip(ANNEES, enveloppe, strict=True)), ANNEES)
    assert all(reste >= 0 for reste in s.reste.values())
    assert s.total == sum((li.part.total for li in s.retenus), Decimal(0))
