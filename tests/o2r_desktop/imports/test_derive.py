"""How headers moved: added, missing, moved, renamed with the same values."""

from datetime import UTC, datetime

import pytest

from o2r_desktop.dossiers.appariement import Derive
from o2r_desktop.dossiers.champs import Brut
from o2r_desktop.dossiers.importation import ExportRead
from o2r_desktop.dossiers.model import Colonne, Origine
from o2r_desktop.imports.derive import drift
from tests.o2r_desktop.imports.lus import bruts, lu

HIER = datetime(2025, 9, 1, 8, 0, tzinfo=UTC)


def _derive(avant: ExportRead, apres: ExportRead) -> Derive:
    connus = bruts(avant)
    return drift(
        apres,
        reference="hier.xlsx",
        reference_le=HIER,
        jeux=avant.jeux,
        connus=dict.fromkeys(connus, ""),
        charger=connus.__getitem__,
    )


def _libelles(colonnes: tuple[Colonne, ...]) -> list[str]:
    return [c.libelle for c in colonnes]


def test_nothing_moved() -> None:
    derive = _derive(lu(["A", "B", "B"]), lu(["a", "B ", "B"]))
    assert derive.vide
    assert (derive.fichier, derive.reference, derive.reference_le) == ("export.xlsx", "hier.xlsx", HIER)


def test_one_more_column_makes_none_move() -> None:
    derive = _derive(lu(["A", "B", "C", "D"]), lu(["N", "A", "B", "D"]))
    assert _libelles(derive.ajoutees) == ["N"]
    assert _libelles(derive.manquantes) == ["C"]
    assert derive.deplacees == ()


@pytest.mark.parametrize(
    ("apres", "deplacees"),
    [
        ("ACDEB", [("B", 2, 5)]),
        ("EABCD", [("E", 5, 1)]),
        ("ABCDE", []),
        ("NACDBE", [("B", 2, 5)]),
    ],
)
def test_moved_columns(apres: str, deplacees: list[tuple[str, int, int]]) -> None:
    derive = _derive(lu(list("ABCDE")), lu(list(apres)))
    assert [(c.libelle, avant, place) for c, avant, place in derive.deplacees] == deplacees


def test_duplicate_labels_are_told_apart_by_rank() -> None:
    derive = _derive(lu([Colonne("P", 1), Colonne("P", 2)]), lu([Colonne("P", 1)]))
    assert derive.manquantes == (Colonne("P", 2),)


def test_a_renamed_column_holds_the_same_values_whatever_the_format() -> None:
    avant = lu(
        ["Budget", "Début", "X"], [["12 000,50", "01/03/2026", "a"], [8000, "2026-04-01", "b"], ["9", "", "c"]]
    )
    apres = lu(
        ["Y", "Prévu", "Montant"],
        [["a2", "2026-03-01", 12000.5], ["b2", "01/04/2026", "8000.0"], ["c2", "2026-05-01", 9]],
        origine=Origine.CSV_STANDARD,
    )
    derive = _derive(avant, apres)
    assert [(r.ancienne.libelle, r.nouvelle.libelle, r.egales, r.comparees) for r in derive.renommees] == [
        ("Budget", "Montant", 3, 3)
    ]
    assert _libelles(derive.manquantes) == ["Début", "X"]
    assert _libelles(derive.ajoutees) == ["Y", "Prévu"]


@pytest.mark.parametrize(
    ("avant", "apres"),
    [
        (["a", "b"], ["a", "b"]),  # two dossiers prove nothing
        (["Oui", "Oui", "Oui", "Oui"], ["Oui", "Oui", "Oui", "Oui"]),  # nor does one answer everywhere
        (["a", "b", "c", "d"], ["a", "b", "x", "d"]),  # three in four
        (["", "", "", "a"], ["", "", "", "a"]),
    ],
)
def test_too_little_to_say_renamed(avant: list[Brut], apres: list[Brut]) -> None:
    derive = _derive(lu(["Ancien"], [[v] for v in avant]), lu(["Nouveau"], [[v] for v in apres]))
    assert derive.renommees == ()
    assert _libelles(derive.manquantes) == ["Ancien"]


def test_four_in_five_are_enough() -> None:
    avant, apres = ["a", "b", "c", "d", "e"], ["a", "b", "c", "d", "x"]
    derive = _derive(lu(["Ancien"], [[v] for v in avant]), lu(["Nouveau"], [[v] for v in apres]))
    assert [(r.egales, r.comparees) for r in derive.renommees] == [(4, 5)]
    assert derive.ajoutees == derive.manquantes == ()


def test_each_column_is_renamed_once_to_its_likest() -> None:
    lignes: list[list[Brut]] = [[n, n] for n in range(1, 6)]
    derive = _derive(lu(["Coût an 1", "Coût an 2"], lignes), lu(["Coût année 2", "Coût année 1"], lignes))
    assert {(r.ancienne.libelle, r.nouvelle.libelle) for r in derive.renommees} == {
        ("Coût an 1", "Coût année 1"),
        ("Coût an 2", "Coût année 2"),
    }


def test_a_stable_id_says_it_without_values() -> None:
    avant = lu([Colonne("Ancien", 1, 7)], [["x"]], origine=Origine.JSON_API)
    derive = _derive(avant, lu([Colonne("Nouveau", 1, 7)], [["y"]], origine=Origine.JSON_API))
    assert [(r.ancienne.libelle, r.egales, r.comparees) for r in derive.renommees] == [("Ancien", 0, 1)]


def test_dossiers_that_the_campagne_lacks_are_not_asked_for() -> None:
    avant = lu(["Ancien"], [[v] for v in "abcd"])
    apres = lu(["Nouveau"], [[v] for v in "abcd"], premier=900)
    assert _derive(avant, apres).renommees == ()
