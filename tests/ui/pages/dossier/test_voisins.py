"""Before and after, following the list."""

import pytest

from ui.pages.dossier.voisins import Voisins


def voisins(courant: int, liste: list[int], vue: str = "À instruire") -> Voisins:
    tous = Voisins()
    tous.set_liste(liste, vue)
    tous.set_courant(courant)
    return tous


@pytest.mark.parametrize(("courant", "avant", "apres"), [(10, None, 20), (20, 10, 30), (30, 20, None)])
def test_the_ends_have_no_neighbour(courant: int, avant: int | None, apres: int | None) -> None:
    tous = voisins(courant, [10, 20, 30])
    assert (tous.voisin(-1), tous.voisin(1)) == (avant, apres)


def test_a_dossier_that_left_the_list_keeps_its_place() -> None:
    tous = voisins(20, [10, 20, 30, 40])
    tous.set_liste([10, 30, 40], "À instruire")
    assert (tous.voisin(-1), tous.voisin(1)) == (10, 30)
    assert tous.position == "hors de la vue «\u00a0À instruire\u00a0» (3)"
    tous.set_courant(30)
    assert tous.position.startswith("2\u00a0/\u00a03")


def test_the_last_dossier_that_left_the_list_has_only_one_before() -> None:
    tous = voisins(40, [10, 20, 40])
    tous.set_liste([10, 20], "À instruire")
    assert (tous.voisin(-1), tous.voisin(1)) == (20, None)


def test_without_a_list_nothing_is_said() -> None:
    tous = voisins(20, [])
    assert (tous.voisin(-1), tous.voisin(1), tous.position) == (None, None, "")


def test_the_position_names_the_view() -> None:
    assert voisins(20, [10, 20]).position == "2\u00a0/\u00a02 · vue «\u00a0À instruire\u00a0»"
    assert voisins(20, [10, 20], vue="").position == "2\u00a0/\u00a02 · tous les dossiers"
