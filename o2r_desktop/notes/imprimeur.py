"""Notes composed in a child process: the window stays fluid, and never holds ReportLab nor pikepdf.

Composing a note keeps the interpreter to itself for up to 45 ms at a time (measured: saving with pikepdf): a thread
beside that of the window would be felt.
"""

import sys
import traceback
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Self

from o2r_desktop.enfant import Enfant
from o2r_desktop.errors import NoteError, O2rError
from o2r_desktop.notes.modele import NoteContent
from o2r_desktop.text import numero

if TYPE_CHECKING:
    from multiprocessing.connection import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprime:
    """The bytes of a note and its number of pages."""

    octets: bytes
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Refus:
    """What the child could not do; ``recit`` is the story of a fault of ours, «» for a sentence to the user."""

    phrase: str
    recit: str = ""


def imprimer(contenu: NoteContent) -> Imprime:
    """Compose a note in this process; raises NoteError as ``notes.pdf`` does.

    A fault of the program in composing this one is a NoteError too: those of the other dossiers can be made.
    """
    from o2r_desktop.notes import pdf

    with ExitStack() as si_panne:
        si_panne.push(partial(_expliquer, contenu.numero))
        rendu = pdf.produire(contenu)
    return Imprime(octets=rendu.octets, pages=rendu.pages)


def _expliquer(
    dossier: int, _genre: type[BaseException] | None, panne: BaseException | None, _trace: object
) -> None:
    """Raise a fault of the program as a sentence on the dossier whose note it prevents."""
    if isinstance(panne, Exception) and not isinstance(panne, O2rError):
        raise NoteError(
            f"La note du dossier {numero(dossier)} n’a pas pu être composée, par une erreur du programme "
            f"({type(panne).__name__}) : signalez-la avec le numéro du dossier."
        ) from panne


class Imprimeur:
    """A child process that composes notes one after the other; it starts at the first one.

    Belongs to one thread at a time.
    """

    def __init__(self) -> None:
        self._enfant = Enfant(_travailler, "imprimeur")

    def imprimer(self, contenu: NoteContent) -> Imprime:
        """Compose a note; raises NoteError when it cannot be made or the child dies of it.

        The same content gives the same bytes as in this process. A fault of the program is the cause of the error.
        """
        fil = self._enfant.joindre()
        try:
            fil.send(contenu)
            recu: Imprime | _Refus = fil.recv()
        except (EOFError, OSError) as erreur:
            self.close()
            raise NoteError(
                f"La note du dossier {numero(contenu.numero)} n’a pas pu être composée (la composition s’est "
                "interrompue) : recommencez."
            ) from erreur
        if isinstance(recu, Imprime):
            return recu
        echec = NoteError(recu.phrase)
        if recu.recit:
            echec.__cause__ = RuntimeError(recu.recit)  # for the log: a fault of ours
        raise echec

    def close(self) -> None:
        """End the child; the next note starts another one."""
        self._enfant.close()

    def __enter__(self) -> Self:
        """Return the imprimeur itself."""
        return self

    def __exit__(
        self, genre: type[BaseException] | None, erreur: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the child."""
        self.close()


def _travailler(fil: "Connection") -> None:
    """Compose what comes until the window has had enough; runs in the child."""
    try:
        while True:
            contenu: NoteContent = fil.recv()
            try:
                fil.send(imprimer(contenu))
            except NoteError as erreur:
                recit = "".join(traceback.format_exception(erreur.__cause__)) if erreur.__cause__ else ""
                fil.send(_Refus(phrase=str(erreur), recit=recit))
    except (EOFError, OSError):
        sys.exit(0)
