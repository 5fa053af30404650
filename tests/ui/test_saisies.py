"""Typed filters as tags."""

import pytest

from o2r_desktop.suivi import Etape, Filtre
from o2r_desktop.text import NBSP, NNBSP
from ui import saisies


@pytest.mark.parametrize(
    ("ecrit", "dit"),
    [
        ("score>=60", f"Score ≥{NBSP}60"),
        ("demande<=150000", f"Demande ≤{NBSP}150{NNBSP}000{NBSP}€"),
        ("Coût>90k", "⚠ Coût>90k"),
        ("depot<13/08/2025", f"Dépôt <{NBSP}13/08/2025"),
        ("beneficiaires:50", f"Bénéficiaires ={NBSP}50"),
        ("statut:instruction", f"Statut{NBSP}: en instruction"),
        ("piece:manquante", f"Pièces{NBSP}: manquantes"),
        ("dep:72", f"Département{NBSP}: Sarthe (72)"),
        ("avis:zzz", "⚠ avis:zzz"),
    ],
)
def test_a_typed_filter_is_a_tag_that_comes_off_alone(ecrit: str, dit: str) -> None:
    filtre = Filtre(recherche=f'jeunes {ecrit} "perdus de vue" -loi', etape=Etape.PRETS)

    assert saisies.tags(filtre) == [(dit, Filtre(recherche='jeunes "perdus de vue" -loi', etape=Etape.PRETS))]


@pytest.mark.parametrize("ecrit", ["score>", "dep:", "zzz:72", '"dep:72"', "-dep:72", ""])
def test_what_is_no_filter_yet_is_no_tag(ecrit: str) -> None:
    assert saisies.tags(Filtre(recherche=ecrit)) == []


def test_words_are_set_apart_from_filters() -> None:
    filtre = Filtre(recherche="jeunes dep:72 score>=x", priorites=frozenset({"P1"}))

    assert saisies.without_words(filtre) == Filtre(recherche="dep:72 score>=x", priorites=frozenset({"P1"}))
    assert saisies.without_malformed(filtre) == Filtre(recherche="jeunes dep:72", priorites=frozenset({"P1"}))


def test_all_that_may_be_typed_is_understood_and_told() -> None:
    for ecrit, quoi in saisies.SAISIES:
        assert Filtre(recherche=ecrit).malformes() == []
        assert f"{ecrit}{NBSP}: {quoi}" in saisies.hint()
