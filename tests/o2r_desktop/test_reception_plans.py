"""A plan is written only in the campagne that it was made for: what changed in between refuses it, whole."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from o2r_desktop import operations, reception
from o2r_desktop.dossiers.importation import ImportPlan
from o2r_desktop.dossiers.pieces import PlanPieces
from o2r_desktop.errors import StoreError
from o2r_desktop.operations import Session
from o2r_desktop.progress import SilentReporter
from o2r_desktop.reception.fraicheur import lecture
from o2r_desktop.store import imports as store_imports
from o2r_desktop.store import journal
from o2r_desktop.store import pieces as store_pieces
from tests.o2r_desktop.archives import standard
from tests.o2r_desktop.test_reception_annulation import (
    COLONNES,
    MAINTENANT,
    Etat,
    Horloge,
    etat,
    export,
    importer,
)

SILENCE = SilentReporter()
A = {1: ("T", "1000", "77"), 2: ("U", "2000", "88")}
B = {1: ("T", "5000", "99"), 2: ("U", "2000", "88")}
C = {1: ("T", "9000", "99"), 2: ("U", "2000", "88")}


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    operations.create_campagne(tmp_path / "c", maintenant=MAINTENANT)
    with operations.open_session(tmp_path / "c", auteur="Camille", horloge=Horloge()) as ouverte:
        importer(ouverte, A)
        yield ouverte


def photo(session: Session) -> tuple[Etat, int, int, list[Path]]:
    """Return all that a refused import must leave as it was, backups included."""
    sauvegardes = sorted((session.campagne.dossier / "sauvegardes").iterdir())
    return (
        etat(session),
        len(journal.entries(session.campagne)),
        len(store_imports.imports(session.campagne)),
        sauvegardes,
    )


def refuser(session: Session, plans: list[ImportPlan], archives: tuple[PlanPieces, ...] = ()) -> None:
    avant = photo(session)
    with pytest.raises(StoreError, match=r"a changé depuis que cet import a été préparé.*relancez l’import"):
        reception.apply_plans(session, plans, archives=archives)
    assert photo(session) == avant


def relier(session: Session) -> None:
    nouvelle = session.correspondance.avec({"cout_total": COLONNES[2]})
    with operations.twin_session(session) as jumelle:
        reception.change_correspondance(jumelle, nouvelle, SILENCE)
    session.oublier_correspondance()


def annuler(session: Session) -> None:
    dernier = reception.last_undoable(session)
    assert dernier is not None
    reception.undo_import(session, dernier)


@pytest.mark.parametrize(
    "changer",
    [relier, lambda s: importer(s, C), lambda s: importer(s, A), annuler],
    ids=["correspondance", "import", "import sans effet", "annulation"],
)
def test_a_plan_made_before_a_change_is_refused(session: Session, changer: Callable[[Session], object]) -> None:
    plans = reception.plan_in_campagne(session, [export(session, B)])
    changer(session)
    refuser(session, plans)
    reception.apply_plans(session, reception.plan_in_campagne(session, [export(session, B)]))
    assert {n: e.cellules for n, e in etat(session).fiches.items()} == B


def test_a_plan_that_changes_nothing_is_refused_once_the_import_is_undone(session: Session) -> None:
    importer(session, B)
    plans = reception.plan_in_campagne(session, [export(session, B)])
    assert not plans[0].modifies
    annuler(session)
    refuser(session, plans)
    assert store_imports.identical(session.campagne, ["ab" * 32], lecture_=lecture(session))
    assert etat(session).fiches[1].cellules == A[1]


def test_an_archive_planned_twice_is_received_once(session: Session, tmp_path: Path) -> None:
    zip_ = standard(tmp_path / "p.zip", {1: {"bilan.pdf": b"un"}})
    premiere, seconde = (reception.prepare(session, [zip_], SILENCE) for _ in "ab")
    reception.apply_plans(session, premiere.plans, archives=premiere.archives)
    refuser(session, [], seconde.archives)
    assert len(store_pieces.received(session.campagne, 1)) == 1


def test_what_changes_during_the_reading_refuses_the_plan(session: Session, tmp_path: Path) -> None:
    class Temoin(SilentReporter):
        def step(self, done: int, total: int, label: str) -> None:
            if label == "Comparaison des pièces avec la campagne":
                relier(session)

    zip_ = standard(tmp_path / "p.zip", {1: {"bilan.pdf": b"un"}})
    refuser(session, [], reception.prepare(session, [zip_], Temoin()).archives)


def test_an_answer_given_meanwhile_refuses_nothing(session: Session) -> None:
    plans = reception.plan_in_campagne(session, [export(session, B)])
    operations.save_reponse(session, 1, "ELI-07", "oui")
    reception.apply_plans(session, plans)
    assert etat(session).reponses[1, "ELI-07"].a_reconfirmer


def test_files_with_an_archive_and_a_new_correspondence_enter_in_one_go(session: Session, tmp_path: Path) -> None:
    nouvelle = session.correspondance.avec({"cout_total": COLONNES[2]})
    zip_ = standard(tmp_path / "p.zip", {1: {"bilan.pdf": b"un"}})
    lus = [export(session, B, "b.xlsx"), export(session, C, "c.xlsx")]
    plans = reception.plan_in_campagne(session, lus, correspondance=nouvelle)
    archives = reception.prepare(session, [zip_], SILENCE, nouvelle).archives
    assert len(reception.apply_plans(session, plans, archives=archives, correspondance=nouvelle)) == 3
    assert session.correspondance == nouvelle
    assert etat(session).rangees[1].cout_total == 99
