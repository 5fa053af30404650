"""Work in the background, one thing at a time: progress, cancel, and failures brought back to the window."""

import time
from collections.abc import Callable
from functools import partial
from threading import Event
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, QTimer, Signal, Slot

from o2r_desktop.errors import CancelledError, O2rError
from o2r_desktop.progress import Reporter

T = TypeVar("T")
Work = Callable[[Reporter], T]
_ENTRE_DEUX_S = 0.05


class Task(QObject, Generic[T]):
    """One piece of work, seen from the window's thread. Signals come one after the other, ``finished`` last.

    ``failed`` carries an O2rError (CancelledError when the user asked to stop). Anything else that the work
    raises is a bug: it is raised again in the window's thread.
    """

    progressed = Signal(object, object, str)
    succeeded = Signal(object)
    failed = Signal(object)
    finished = Signal()

    def __init__(self, titre: str, parent: QObject) -> None:
        super().__init__(parent)
        self.titre = titre
        self.arret = Event()

    @Slot()
    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self.arret.set()


class _Relais(QObject):
    """The only thing that the background thread speaks to; it outlives every task, and speaks in the window's."""

    progressed = Signal(object, object, object, str)
    ended = Signal(object)


class _Suivi:
    """Reporter of a task: twenty signals a second at most, and the way a cancel enters the work."""

    def __init__(self, task: Task[T], relais: _Relais) -> None:
        self._task = task
        self._relais = relais
        self._dernier = 0.0

    def check(self) -> None:
        """Raise CancelledError when the work must stop."""
        if self._task.arret.is_set():
            raise CancelledError("Opération annulée.")

    def step(self, done: int, total: int, label: str) -> None:
        """Say where the work is; raises CancelledError when it must stop."""
        self.check()
        maintenant = time.monotonic()
        if done == total or maintenant - self._dernier >= _ENTRE_DEUX_S:
            self._dernier = maintenant
            self._relais.progressed.emit(self._task, done, total, label)


class _Execution(QRunnable):
    def __init__(self, task: Task[T], work: Work[T], relais: _Relais) -> None:
        super().__init__()
        self._task = task
        self._work = work
        self._relais = relais

    def run(self) -> None:
        """Do the work in the pool's thread; what came of it is told in the window's."""
        suivi = _Suivi(self._task, self._relais)
        suite: Callable[[], None]
        try:
            suivi.check()  # cancelled while it waited for its turn
            suite = partial(self._task.succeeded.emit, self._work(suivi))
        except O2rError as erreur:
            suite = partial(self._task.failed.emit, erreur)
        except Exception as erreur:  # noqa: BLE001 raised again in the window's thread
            suite = partial(_raise_again, erreur)
        self._relais.ended.emit(suite)


def _raise_again(erreur: Exception) -> None:
    raise erreur


class TaskRunner(QObject):
    """Runs tasks one after the other in one background thread; says when it is busy."""

    started = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._en_cours: list[Task[object]] = []
        self._en_attente: list[QRunnable] = []
        self._ensuite: Callable[[], object] | None = None
        self._relais = _Relais(self)
        self._relais.progressed.connect(self._progressed, Qt.ConnectionType.QueuedConnection)
        self._relais.ended.connect(self._ended, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether some work is running or waiting."""
        return bool(self._en_cours)

    @property
    def current(self) -> "Task[object] | None":
        """The work that runs now, None when there is none."""
        return self._en_cours[0] if self._en_cours else None

    @property
    def named(self) -> "Task[object] | None":
        """The first work, running or waiting, that is not silent; None when there is none."""
        return next((task for task in self._en_cours if task.titre), None)

    def start(self, titre: str, work: "Work[T]") -> "Task[T]":
        """Have *work* done; *titre* is the French name that the status bar shows, «» for silent work.

        Connect to the task at once: it begins at the next turn of the event loop, and its signals are emitted in
        the window's thread. Forget it once it is finished.
        """
        task: Task[T] = Task(titre, self)
        self._en_cours.append(task)  # type: ignore[arg-type]  # a list of tasks of any result
        self._en_attente.append(_Execution(task, work, self._relais))
        self.started.emit(task)
        if len(self._en_cours) == 1:
            self.busy_changed.emit(True)
            QTimer.singleShot(0, self, self._launch)  # not now: the caller connects to the task first
        return task

    def cancel_all(self) -> None:
        """Ask all the work to stop."""
        for task in list(self._en_cours):
            task.cancel()

    def when_idle(self, suite: Callable[[], object]) -> None:
        """Ask all the work to stop, then do *suite*; only the last one asked is done."""
        if not self.busy:
            suite()
            return
        self._ensuite = suite
        self.cancel_all()

    def wait(self, secondes: float) -> bool:
        """Wait for the thread to be idle; for the end of the program only."""
        return self._pool.waitForDone(int(secondes * 1000))

    def _launch(self) -> None:
        self._pool.start(self._en_attente.pop(0))

    def _progressed(self, task: Task[object], fait: object, attendu: object, quoi: str) -> None:
        task.progressed.emit(fait, attendu, quoi)

    def _ended(self, suite: Callable[[], None]) -> None:
        """Tell how the first task ended; it counts no more, so that whoever listens may go on to other work."""
        task = self._en_cours.pop(0)  # one thread: tasks end in the order they began
        attendues = bool(self._en_attente)
        try:
            suite()
        finally:
            task.finished.emit()
            task.deleteLater()
            if attendues:
                self._launch()
            elif not self._en_cours:
                self._rest()

    def _rest(self) -> None:
        suite, self._ensuite = self._ensuite, None
        if suite is not None:
            suite()
        if not self._en_cours:  # or what waited for the rest began other work
            self.busy_changed.emit(False)
