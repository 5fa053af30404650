"""Annexes as porteurs lay them out, read as rows of accounts and years."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from o2r_desktop.imports.apercus import Feuille
from o2r_desktop.imports.budget_tableur import Annexe, proposer


def feuille(*lignes: tuple[str, ...]) -> Feuille:
    return Feuille(nom="Budget", hauteur=len(lignes), largeur=9, lignes=lignes, nombres=(0,) * len(lignes))


def comptes(annexe: Annexe) -> list[tuple[str, str]]:
    return [(ligne.compte, ligne.libelle) for ligne in annexe.lignes]


def test_one_table_of_three_years_with_totals() -> None:
    annexe = proposer(
        feuille(
            ("Budget prévisionnel",),
            ("", "Année 1", "Année 2", "Année 3", "Total"),
            ("CHARGES",),
            ("60 - Achats", "10 000", "10 000,50", "", "20 000,50"),
            ("64 Charges de personnel", "300", "400", "500", "1200"),
            ("641 Salaires", "200", "300", "400", "900"),
            ("645 Charges sociales", "100", "100", "100", "300"),
            ("Charges indirectes", "7", "7", "7", "21"),
            ("Total des charges", "10307", "10407", "507", "1"),
            ("PRODUITS",),
            ("74 Subventions", "10307", "10407", "507", ""),
            ("Autre recette", "1", "", "", ""),
        )
    )
    assert annexe.annees == {1: 1, 2: 2, 3: 3}
    assert comptes(annexe) == [
        ("60", "60 - Achats"),
        ("", "64 Charges de personnel"),
        ("641", "641 Salaires"),
        ("645", "645 Charges sociales"),
        ("6", "Charges indirectes"),
        ("", "Total des charges"),
        ("74", "74 Subventions"),
        ("7", "Autre recette"),
    ]
    assert annexe.lignes[0].montants[2] == Decimal("10000.50")


def test_two_tables_side_by_side() -> None:
    annexe = proposer(
        feuille(
            ("CHARGES", "2026", "PRODUITS", "2026"),
            ("Location de salles", "500", "Vente de légumes", "30"),
            ("61 Services extérieurs", "20", "75 Autres produits", "490"),
            ("TOTAL", "520", "TOTAL", "520"),
        )
    )
    assert annexe.annees == {1: 1, 3: 1}
    assert comptes(annexe) == [
        ("6", "Location de salles"),
        ("61", "61 Services extérieurs"),
        ("", "TOTAL"),
        ("7", "Vente de légumes"),
        ("75", "75 Autres produits"),
        ("", "TOTAL"),
    ]


def test_accounts_in_a_column_of_their_own_and_years_of_the_calendar() -> None:
    annexe = proposer(
        feuille(
            ("Compte", "Poste", "2027", "2026", "2028"),
            ("641", "Salaires", "2", "1", "3"),
            ("606", "Fournitures", "5", "4", "(6)"),
        )
    )
    assert annexe.annees == {2: 2, 3: 1, 4: 3}
    assert comptes(annexe) == [("641", "641 Salaires"), ("606", "606 Fournitures")]
    assert annexe.lignes[1].montants == {2: Decimal(5), 3: Decimal(4), 4: Decimal(-6)}


def test_a_title_without_amount_gives_its_account() -> None:
    annexe = proposer(feuille(("60 Achats",), ("Papier", "10"), ("Encre", "5"), ("62 Autres services", "3")))
    assert [ligne.compte for ligne in annexe.lignes] == ["60", "60", "62"]


def test_a_post_detailed_without_numbers_is_counted_once() -> None:
    annexe = proposer(feuille(("60 Achats", "15"), ("Papier", "10"), ("Encre", "5"), ("Divers", "3")))
    assert [ligne.compte for ligne in annexe.lignes] == ["", "60", "60", "6"]
    annexe = proposer(feuille(("60 Achats", "15"), ("Papier", "10"), ("Encre", "5"), ("62 Divers", "3")))
    assert [ligne.compte for ligne in annexe.lignes] == ["", "60", "60", "62"]


@given(st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=12))
@settings(max_examples=60, deadline=None)
def test_no_sheet_makes_it_fail(lignes: list[list[str]]) -> None:
    annexe = proposer(feuille(*map(tuple, lignes)))
    assert set(annexe.annees.values()) <= {1, 2, 3}
    assert all(ligne.montants for ligne in annexe.lignes)
