"""Ranking, blocks, coverage: each rule with its cases."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from o2r_desktop.comite.blocs import bloc_de, proposer
from o2r_desktop.comite.classement import classer, deplacer, ordonner, rangs
from o2r_desktop.comite.couverture import couvrir
from o2r_desktop.comite.modele import Bloc, Comite
from o2r_desktop.evaluation.reponses import EtatEvaluation, TypeAvis
from tests.o2r_desktop.comite.fabrique import candidat, grille
from tests.o2r_desktop.evaluation.fabrique import ALLOPHONES, JEUNES, parametres

GRILLE = grille()


def test_equals_share_a_rank_and_the_unknown_has_none() -> None:
    notes = {1: Decimal(70), 2: Decimal(80), 3: Decimal(70), 4: None, 5: Decimal(10)}
    assert rangs(notes) == {1: 2, 2: 1, 3: 2, 4: None, 5: 4}


def test_score_then_priority_then_number() -> None:
    candidats = [
        candidat(5, "90", complet=False),
        candidat(4, "70", priorite="P2"),
        candidat(3, "70", priorite="P1"),
        candidat(2, "70", priorite="P1"),
        candidat(1, "80", priorite="hors priorité"),
    ]
    assert [c.numero for c in classer(candidats)] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("dits", "attendu", "raison"),
    [
        ({"avis": TypeAvis.IRRECEVABLE}, Bloc.INELIGIBLE, "irrecevable"),
        ({"refus": ("ELI-05",)}, Bloc.INELIGIBLE, "ELI-05"),
        ({"perime": True}, Bloc.DEBAT, "données modifiées"),
        ({"etat": EtatEvaluation.ROUVERTE}, Bloc.DEBAT, "non finalisée"),
        ({"note": str(GRILLE.seuil_favorable)}, Bloc.CONSENSUS, "favorable"),
        ({"note": str(GRILLE.seuil_favorable - Decimal("0.01"))}, Bloc.DEBAT, "ne disent pas"),
        ({"avis": TypeAvis.DEFAVORABLE, "note": "10"}, Bloc.CONSENSUS, "défavorable"),
        ({"avis": TypeAvis.DEFAVORABLE, "note": str(GRILLE.seuil_reserves)}, Bloc.DEBAT, "ne disent pas"),
        ({"avis": TypeAvis.DEFAVORABLE, "note": None, "complet": False}, Bloc.CONSENSUS, "défavorable"),
        ({"avis": TypeAvis.FAVORABLE_AVEC_RESERVES, "note": "90"}, Bloc.DEBAT, "réserves"),
        ({"avis": TypeAvis.AJOURNE}, Bloc.DEBAT, "ajourné"),
        ({"note": "90", "complet": False}, Bloc.DEBAT, "ne disent pas"),
    ],
)
def test_proposed_block(dits: dict[str, Any], attendu: Bloc, raison: str) -> None:
    bloc, pourquoi = proposer(candidat(**dits), GRILLE)
    assert bloc is attendu
    assert raison in pourquoi


def test_a_chosen_block_wins() -> None:
    comite = Comite(blocs={1: Bloc.INELIGIBLE})
    assert bloc_de(candidat(1, "95"), comite, GRILLE) == (Bloc.INELIGIBLE, "choisi pour la séance")


def test_agenda_by_block_then_score_and_newcomers_at_the_end_of_theirs() -> None:
    debat = candidat(1, "60", avis=TypeAvis.AJOURNE)
    consensus, meilleur = candidat(2, "80"), candidat(3, "90")
    refuse = candidat(4, avis=TypeAvis.IRRECEVABLE)
    tous = [refuse, consensus, meilleur, debat]
    assert [c.numero for c in ordonner(tous, Comite(), GRILLE)] == [1, 3, 2, 4]
    range_ = Comite(ordre=(4, 2, 99))
    assert [c.numero for c in ordonner(tous, range_, GRILLE)] == [1, 4, 2, 3]


@given(st.permutations(list(range(6))), st.integers(-3, 9), st.sampled_from(range(6)))
def test_moving_keeps_the_others_in_order(ordre: list[int], vers: int, numero: int) -> None:
    deplace = deplacer(ordre, numero, vers)
    assert sorted(deplace) == sorted(ordre)
    assert [n for n in deplace if n != numero] == [n for n in ordre if n != numero]
    assert deplace.index(numero) == max(0, min(vers, 5))


def test_coverage_counts_and_tells_what_nothing_serves() -> None:
    params = parametres()
    candidats = [
        candidat(1, departements=("44", "72"), publics=(JEUNES,)),
        candidat(2, departements=("72",), publics=(ALLOPHONES, "Autre public")),
    ]
    c = couvrir(candidats, [1], params)
    assert c.departements == ("44", "49", "53", "72", "85")
    lignes = dict(zip(c.publics, c.cases, strict=True))
    jeunes, allophones, autres = lignes[JEUNES], lignes[ALLOPHONES], lignes["Autre public"]
    assert [(x.candidats, x.retenus, x.prioritaire) for x in jeunes] == [
        (1, 1, "P1"), (0, 0, "P1"), (0, 0, "P1"), (1, 1, "P1"), (0, 0, ""),
    ]  # fmt: skip
    assert [(x.candidats, x.retenus, x.prioritaire) for x in allophones][3] == (1, 0, "P2")
    assert not any(x.prioritaire for x in autres)
    trous = dict(c.trous)
    assert trous[JEUNES] == ("Maine-et-Loire (49)", "Mayenne (53)")
    assert trous[ALLOPHONES] == ("Mayenne (53)", "Sarthe (72)")
    assert "55 ans et plus" in trous  # named by nobody, told all the same


def test_a_public_said_in_other_words_is_not_forgotten() -> None:
    params = parametres(publics_p2=("55 ans et plus", "55 ans ou plus"))
    c = couvrir([candidat(1, publics=("Personnes de 55 ans ou plus",))], [1], params)
    assert [p for p in c.publics if "55" in p] == ["Personnes de 55 ans ou plus"]
