"""A child process that answers what it is sent, order after order; it starts at the first one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess


class Enfant:
    """A child whose work is a function of a module, called with its end of a pipe, then with *arguments*.

    Belongs to one thread at a time.
    """

    def __init__(self, travail: Callable[..., None], nom: str, *arguments: object) -> None:
        self._travail, self._nom, self._arguments = travail, nom, arguments
        self._processus: SpawnProcess | None = None
        self._fil: Connection | None = None

    @property
    def pid(self) -> int | None:
        """The number of the process, None when none was started."""
        return None if self._processus is None else self._processus.pid

    def joindre(self) -> Connection:
        """Return the way to the child, started if there is none."""
        if self._fil is not None:
            return self._fil
        import multiprocessing  # 10 ms that the start of the window need not wait for

        contexte = multiprocessing.get_context("spawn")
        ici, la_bas = contexte.Pipe()
        self._processus = contexte.Process(
            target=self._travail, args=(la_bas, *self._arguments), name=self._nom, daemon=True
        )
        self._processus.start()
        la_bas.close()
        self._fil = ici
        return ici

    def close(self) -> None:
        """End the child; the next order starts another one."""
        processus, fil, self._processus, self._fil = self._processus, self._fil, None, None
        if fil is not None:
            fil.close()
        if processus is not None:
            processus.kill()
            processus.join()
            processus.close()
