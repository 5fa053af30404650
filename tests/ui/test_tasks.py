from functools import partial
from threading import Event

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from o2r_desktop.errors import CancelledError, DossierError, O2rError
from o2r_desktop.progress import Reporter
from ui.services import Services
from ui.tasks import Task


class Temoin(QObject):
    """Notes every signal of a task, in order."""

    def __init__(self, task: Task[object]) -> None:
        super().__init__()
        self.vus: list[tuple[object, ...]] = []
        task.progressed.connect(self.progressed)
        task.succeeded.connect(self.succeeded)
        task.failed.connect(self.failed)
        task.finished.connect(self.finished)

    def progressed(self, fait: int, attendu: int, quoi: str) -> None:
        self.vus.append(("progressed", fait, attendu, quoi))

    def succeeded(self, resultat: object) -> None:
        self.vus.append(("succeeded", resultat))

    def failed(self, erreur: O2rError) -> None:
        self.vus.append(("failed", type(erreur), str(erreur)))

    def finished(self) -> None:
        self.vus.append(("finished",))


def trois_pas(reporter: Reporter) -> int:
    for pas in range(3):
        reporter.step(pas + 1, 3, "Lecture")
    return 2**40


def echouer(_: Reporter) -> None:
    raise DossierError("Le dossier est inconnu.")


def buter(_: Reporter) -> None:
    raise ZeroDivisionError


def attendre(depart: Event, reporter: Reporter) -> None:
    assert depart.wait(10)
    reporter.step(0, 1, "Encore")


def jouer(qtbot: QtBot, services: Services, titre: str, work: partial[object] | object) -> Temoin:
    task: Task[object] = services.taches.start(titre, work)  # type: ignore[arg-type]
    temoin = Temoin(task)
    qtbot.waitUntil(lambda: ("finished",) in temoin.vus)
    return temoin


def test_signals_come_in_order_and_numbers_stay_whole(qtbot: QtBot, services: Services) -> None:
    temoin = jouer(qtbot, services, "Lecture", trois_pas)
    assert temoin.vus[-3:] == [("progressed", 3, 3, "Lecture"), ("succeeded", 2**40), ("finished",)]


def test_progress_is_thinned(qtbot: QtBot, services: Services) -> None:
    def work(reporter: Reporter) -> None:
        for pas in range(5000):
            reporter.step(pas, 5000, "Lecture")

    temoin = jouer(qtbot, services, "Lecture", work)
    assert len([v for v in temoin.vus if v[0] == "progressed"]) < 50


def test_a_failure_the_user_can_act_on_is_brought_back(qtbot: QtBot, services: Services) -> None:
    temoin = jouer(qtbot, services, "Lecture", echouer)
    assert temoin.vus == [("failed", DossierError, "Le dossier est inconnu."), ("finished",)]


def test_a_cancel_enters_at_the_next_step(qtbot: QtBot, services: Services) -> None:
    depart = Event()
    task = services.taches.start("Longue", partial(attendre, depart))
    temoin = Temoin(task)  # type: ignore[arg-type]
    services.taches.cancel_all()
    depart.set()
    qtbot.waitUntil(lambda: ("finished",) in temoin.vus)
    assert [v[:2] for v in temoin.vus] == [("failed", CancelledError), ("finished",)]


def test_a_bug_is_raised_again_in_the_window(qtbot: QtBot, services: Services) -> None:
    with qtbot.capture_exceptions() as prises:
        temoin = jouer(qtbot, services, "Lecture", buter)
    assert [genre for genre, *_ in prises] == [ZeroDivisionError]
    assert temoin.vus == [("finished",)]


def test_work_waits_its_turn_and_busy_is_said_twice_only(qtbot: QtBot, services: Services) -> None:
    depart, dits = Event(), []
    services.taches.busy_changed.connect(dits.append)
    silencieuse = services.taches.start("", partial(attendre, depart))
    nommee = services.taches.start("Seconde", trois_pas)
    temoin = Temoin(nommee)  # type: ignore[arg-type]
    assert services.taches.current is silencieuse
    assert services.taches.named is nommee
    assert services.taches.busy
    depart.set()
    qtbot.waitUntil(lambda: not services.taches.busy)
    assert dits == [True, False]
    qtbot.waitUntil(lambda: ("finished",) in temoin.vus)
    assert services.taches.named is None


def test_many_small_works_all_end(qtbot: QtBot, services: Services) -> None:
    temoins = [Temoin(services.taches.start("Lot", trois_pas)) for _ in range(30)]  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: not services.taches.busy)
    qtbot.waitUntil(lambda: all(t.vus[-1:] == [("finished",)] for t in temoins))


def test_work_cancelled_while_it_waits_never_begins(qtbot: QtBot, services: Services) -> None:
    faits: list[str] = []

    def work(_: Reporter) -> None:
        faits.append("fait")

    task = services.taches.start("Sauvegarde", work)
    temoin = Temoin(task)  # type: ignore[arg-type]
    task.cancel()
    qtbot.waitUntil(lambda: ("finished",) in temoin.vus)
    assert faits == []


def test_work_started_when_another_ends_runs_once(qtbot: QtBot, services: Services) -> None:
    faits: list[str] = []

    def noter(quoi: str, _: Reporter) -> None:
        faits.append(quoi)

    def enchainer() -> None:
        services.taches.start("", partial(noter, "suite"))

    services.taches.start("", partial(noter, "première")).finished.connect(enchainer)
    qtbot.waitUntil(lambda: faits == ["première", "suite"] and not services.taches.busy)
    services.taches.start("", partial(noter, "a")).finished.connect(enchainer)
    services.taches.start("", partial(noter, "b"))
    qtbot.waitUntil(lambda: not services.taches.busy)
    assert sorted(faits[2:]) == ["a", "b", "suite"]


def test_what_waits_for_the_rest_comes_before_other_work(qtbot: QtBot, services: Services) -> None:
    vus: list[str] = []
    relances: list[bool] = []
    services.taches.busy_changed.connect(relances.append)
    parti = Event()

    def tourner(reporter: Reporter) -> None:
        parti.set()
        while True:
            reporter.step(0, 0, "Index")

    services.taches.start("", tourner)
    qtbot.waitUntil(parti.is_set)
    services.taches.when_idle(partial(vus.append, "fait"))
    qtbot.waitUntil(lambda: not services.taches.busy)
    assert vus == ["fait"]
    assert relances == [True, False]
    services.taches.when_idle(partial(vus.append, "tout de suite"))
    assert vus == ["fait", "tout de suite"]
