"""What archives would change: equal files stay, others replace or are added, and the newest deposit wins."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from o2r_desktop.dossiers.model import GenrePiece
from o2r_desktop.dossiers.pieces import ArchiveLue, PieceLue, PieceRecue, PlanPieces, recue
from o2r_desktop.imports.plan_pieces import EtatPieces
from o2r_desktop.text import PARIS

JOUR = datetime(2025, 7, 4, 16, 3, tzinfo=PARIS)


def lue(
    nom: str, crc: int, *, jour: int | None = 0, numero: int = 1, genre: GenrePiece = GenrePiece.PIECE
) -> PieceLue:
    depose_le = None if jour is None else JOUR + timedelta(days=jour)
    return PieceLue(
        numero=numero, genre=genre, nom=nom, chemin=f"{genre}/{nom}/{crc}", taille=9, crc=crc, depose_le=depose_le
    )


def archive(*pieces: PieceLue, date: datetime | None = None) -> ArchiveLue:
    return ArchiveLue(chemin=Path("a.zip"), fichier="a.zip", date_fichier=date, demarche="", pieces=pieces)


def plans(presentes: list[PieceLue], *lots: list[PieceLue]) -> list[PlanPieces]:
    connues: dict[int, list[PieceRecue]] = {}
    for rang, p in enumerate(presentes, 1):
        connues.setdefault(p.numero, []).append(recue(p, id=rang))
    etat = EtatPieces(frozenset({1, 2}), connues)
    for lot in lots:
        etat.prendre(archive(*lot))
    return etat.plans


def crcs(plan: PlanPieces) -> dict[str, list[object]]:
    return {
        "nouvelles": [p.crc for p in plan.nouvelles],
        "remplacees": [(r.crc, p.crc) for r, p in plan.remplacees],
        "inchangees": [p.crc for p in plan.inchangees],
    }


def test_first_archive_brings_everything_known_and_leaves_the_rest() -> None:
    (plan,) = plans([], [lue("a", 1), lue("a", 2, numero=2), lue("a", 3, numero=9)])
    assert crcs(plan) == {"nouvelles": [1, 2], "remplacees": [], "inchangees": []}
    assert [p.numero for p in plan.orphelines] == [9]


def test_same_archive_changes_nothing() -> None:
    (plan,) = plans([lue("a", 1), lue("b", 2)], [lue("b", 2), lue("a", 1, jour=5)])
    assert crcs(plan) == {"nouvelles": [], "remplacees": [], "inchangees": [2, 1]}


def test_another_content_under_the_same_name_replaces() -> None:
    (plan,) = plans([lue("a", 1), lue("b", 2)], [lue("a", 3), lue("b", 2, genre=GenrePiece.MESSAGERIE)])
    assert crcs(plan) == {"nouvelles": [2], "remplacees": [(1, 3)], "inchangees": []}


def test_equal_names_keep_what_is_equal_and_replace_the_oldest() -> None:
    (plan,) = plans([lue("a", 1), lue("a", 2, jour=1)], [lue("a", 2, jour=1), lue("a", 3, jour=2)])
    assert crcs(plan) == {"nouvelles": [], "remplacees": [(1, 3)], "inchangees": [2]}
    (plan,) = plans([lue("a", 1)], [lue("a", 1), lue("a", 2), lue("a", 3)])
    assert crcs(plan) == {"nouvelles": [2, 3], "remplacees": [], "inchangees": [1]}
    (plan,) = plans([lue("a", 1), lue("a", 2, jour=1)], [lue("a", 3, jour=2)])
    assert crcs(plan) == {"nouvelles": [], "remplacees": [(1, 3)], "inchangees": []}


def test_an_older_deposit_never_takes_the_place_of_a_newer() -> None:
    (plan,) = plans([lue("a", 1, jour=3)], [lue("a", 2, jour=1)])
    assert crcs(plan) == {"nouvelles": [], "remplacees": [], "inchangees": []}
    assert [(a.numero, a.ou) for a in plan.anomalies] == [(1, "pièce «\u00a0a\u00a0»")]
    (plan,) = plans([lue("a", 1, jour=3)], [lue("a", 2, jour=None)])
    assert crcs(plan)["remplacees"] == [(1, 2)]


@pytest.mark.parametrize(
    ("jour", "jour_lu", "lue_le", "apportee_le", "reste"),
    [
        (None, None, -1, 0, True),
        (0, None, -1, 0, True),
        (None, None, 1, 0, False),
        (None, None, None, 0, False),
        (None, None, -1, None, False),
        (0, 1, -1, 0, False),
    ],
)
def test_without_dates_of_deposit_those_of_the_archives_tell(
    jour: int | None, jour_lu: int | None, lue_le: int | None, apportee_le: int | None, reste: bool
) -> None:
    def le(ecart: int | None) -> datetime | None:
        return None if ecart is None else JOUR + timedelta(days=ecart)

    connues = {1: [recue(lue("a", 1, jour=jour), id=1, import_id=7)]}
    etat = EtatPieces(frozenset({1}), connues, {7: le(apportee_le)})
    etat.prendre(archive(lue("a", 2, jour=jour_lu), date=le(lue_le)))
    (plan,) = etat.plans
    assert crcs(plan) == {"nouvelles": [], "remplacees": [] if reste else [(1, 2)], "inchangees": []}
    assert ["archive plus ancienne" in a.quoi for a in plan.anomalies] == [True] * reste


def test_archives_of_one_go_each_count_on_the_former() -> None:
    premier, second = plans([lue("a", 1)], [lue("a", 2), lue("b", 3)], [lue("a", 4), lue("b", 3)])
    assert crcs(premier) == {"nouvelles": [3], "remplacees": [], "inchangees": []}
    assert crcs(second) == {"nouvelles": [], "remplacees": [(1, 4)], "inchangees": [3]}
    premier, second = plans([], [lue("a", 1)], [lue("a", 2)])
    assert (crcs(premier)["nouvelles"], crcs(second)["nouvelles"]) == ([], [2])


def test_what_would_be_there_has_numbers_of_its_own() -> None:
    etat = EtatPieces(frozenset({1}), {1: [recue(lue("a", 1), id=7)]})
    etat.prendre(archive(lue("a", 2), lue("b", 3)))
    (presentes,) = etat.recues().values()
    assert [(p.nom, p.crc) for p in presentes] == [("a", 2), ("b", 3)]
    assert len({p.id for p in presentes}) == 2
