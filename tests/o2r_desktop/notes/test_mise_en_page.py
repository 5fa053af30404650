"""Pages: headings stay with their text, rows stay whole, what no page holds is cut."""

import pytest

from o2r_desktop.notes.blocs import Bloc, Colonnes, Espace, Pile, Saut
from o2r_desktop.notes.intitules import Intitule
from o2r_desktop.notes.mise_en_page import paginer
from o2r_desktop.notes.paragraphe import Paragraphe, paragraphe
from o2r_desktop.notes.tableaux import Rangee, Tableau, liste, tableau

LARGEUR, HAUTEUR = 300.0, 400.0


def corps(blocs: list[Bloc]) -> list[list[str]]:
    return [[type(b).__name__ for b, _ in page.places] for page in paginer(blocs, LARGEUR, HAUTEUR)]


def test_a_heading_goes_with_its_paragraph() -> None:
    blocs = [Espace(HAUTEUR - 40), Intitule("Titre", "a", niveau=3), paragraphe("mot " * 200)]
    assert corps(blocs)[0] == ["Espace"]
    assert corps(blocs)[1][:2] == ["Intitule", "Paragraphe"]


def test_two_headings_go_together() -> None:
    blocs = [
        Espace(HAUTEUR - 60),
        Intitule("Un", "a", niveau=2),
        Intitule("Deux", "b", niveau=3),
        paragraphe("mot " * 200),
    ]
    assert corps(blocs)[0] == ["Espace"]


def test_a_heading_goes_with_the_first_row_of_a_table() -> None:
    table = tableau(("A", "B"), [("x", "mot " * 120)], (1, 1))
    blocs = [Espace(HAUTEUR - 120), Intitule("Titre", "a", niveau=3), table]
    assert corps(blocs) == [["Espace"], ["Intitule", "Tableau"]]


def test_a_row_that_fits_a_page_is_not_cut() -> None:
    lignes = [(f"{i}", "mot " * 60) for i in range(8)]
    pages = paginer([tableau(("A", "B"), lignes, (1, 2))], LARGEUR, HAUTEUR)
    rangees = [r for page in pages for b, _ in page.places if isinstance(b, Tableau) for r in b.corps.blocs]
    assert len(pages) > 1
    assert len(rangees) == len(lignes)
    assert len({id(r) for r in rangees}) == len(lignes)


@pytest.mark.parametrize("avant", [0, 100, 390])
def test_a_row_taller_than_a_page_is_cut(avant: float) -> None:
    blocs = [Espace(avant), Intitule("Titre", "a", niveau=3), tableau(("A", "B"), [("x", "mot " * 4000)], (1, 2))]
    pages = paginer(blocs, LARGEUR, HAUTEUR)
    assert all(page.haut <= HAUTEUR + 1e-6 for page in pages)
    lignes = sum(_lignes(b) for page in pages for b, _ in page.places)
    assert lignes == _lignes(blocs[2])
    assert not any(isinstance(page.places[-1][0], Intitule) for page in pages)


def _lignes(bloc: Bloc) -> int:
    if not isinstance(bloc, Tableau):
        return 0
    rangees = [r for r in bloc.corps.blocs if isinstance(r, Rangee)]
    cellules = [r.cellules[1].bloc for r in rangees]
    return sum(len(c.lignes(LARGEUR * 2 / 3 - 7.2)) for c in cellules if isinstance(c, Paragraphe))


def test_a_long_list_is_cut_between_and_inside_items() -> None:
    pages = paginer([liste(["mot " * 300, "court", "mot " * 300])], LARGEUR, HAUTEUR)
    assert len(pages) > 1
    assert all(page.haut <= HAUTEUR + 1e-6 for page in pages)


def test_breaks_make_no_empty_page() -> None:
    assert corps([Saut(), Espace(10), Saut(), Saut(), Espace(10)]) == [["Espace"], ["Espace"]]


def test_what_nothing_can_cut_is_kept_whole() -> None:
    large = Colonnes([(1, Espace(HAUTEUR + 50)), (1, Pile(()))], 10)
    assert corps([Espace(10), large, Espace(10)]) == [["Espace"], ["Colonnes"], ["Espace"]]
