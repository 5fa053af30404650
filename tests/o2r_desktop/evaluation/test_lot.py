"""Figures of the lot."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from o2r_desktop.dossiers.importation import Apercu
from o2r_desktop.evaluation.lot import Lot, lot, quantile
from tests.o2r_desktop.evaluation.fabrique import ZERO_OU_VIDE, annees, dossier

VALEURS = st.lists(st.decimals(0, 10**6, places=2), min_size=1, max_size=40)


def apercu(cout: Decimal | None, beneficiaires: int | None) -> Apercu:
    return Apercu(
        numero=1,
        etat=None,
        depot=None,
        mise_a_jour=None,
        porteur="",
        siret="",
        intitule="",
        departements=(),
        cout_total=cout,
        demande=None,
        beneficiaires=beneficiaires,
        recherche="",
    )


@pytest.mark.parametrize(
    ("part", "attendu"), [("0", "1"), ("0.25", "2"), ("0.5", "3.5"), ("0.75", "5.5"), ("1", "10")]
)
def test_quantiles_by_hand(part: str, attendu: str) -> None:
    valeurs = tuple(map(Decimal, ("1", "2", "2", "3.5", "5", "6", "10")))
    assert quantile(valeurs, Decimal(part)) == Decimal(attendu)


def test_quantile_of_nothing() -> None:
    with pytest.raises(ValueError, match="aucune valeur"):
        quantile((), Decimal("0.5"))


@given(VALEURS)
@settings(max_examples=100, deadline=None)
def test_quartiles_are_ordered(valeurs: list[Decimal]) -> None:
    trie = Lot(couts_par_beneficiaire=tuple(sorted(valeurs)))
    q1, q3 = trie.quartiles
    bas, haut = trie.bornes
    assert min(valeurs) <= q1 <= trie.mediane <= q3 <= max(valeurs)
    assert bas <= q1 <= q3 <= haut


def test_lot_leaves_out_what_is_unknown() -> None:
    elements = [
        apercu(Decimal(300), 3),
        apercu(None, 3),
        apercu(Decimal(300), None),
        apercu(Decimal(300), 0),
        apercu(Decimal(-1), 3),
        dossier(),
        dossier(**annees("beneficiaires", 50, 50, ZERO_OU_VIDE)),
    ]
    assert lot(elements) == Lot(couts_par_beneficiaire=(Decimal(100), Decimal(2000)))


@pytest.mark.parametrize(("taille", "utile"), [(0, False), (7, False), (8, True)])
def test_small_lots_say_nothing(taille: int, utile: bool) -> None:
    assert Lot(couts_par_beneficiaire=(Decimal(1),) * taille).utile is utile
