"""Notes composed in a child process: the window stays fluid, and never holds ReportLab nor pikepdf.

Composing a note keeps the interpreter to itself for up to 45 ms at a time (measured: saving with pikepdf): a thread
beside that of the window would be felt.
"""

import sys
import traceback
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

from o2r_desktop.enfant import Enfant
from o2r_desktop.errors import NoteError, O2rError
from o2r_desktop.notes.modele import NoteContent
from o2r_desktop.text import numero

if TYPE_CHECKING:
    from multiprocessing.connection import Connection


T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprime:
    """The bytes of a note and its number of pages."""

    octets: bytes
    pages: int


Contenu = NoteContent | O2rError
"""What a note says, or why it cannot be known."""
Resultat = Imprime | O2rError


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
        self._numero = 0

    def imprimer(self, contenu: NoteContent) -> Imprime:
        """Compose a note; raises NoteError when it cannot be made or the child dies of it.

        The same content gives the same bytes as in this process. A fault of the program is the cause of the error.
        """
        self.envoyer(contenu)
        return self.recevoir()

    def envoyer(self, contenu: NoteContent) -> None:
        """Have the child begin a note; NoteError when it cannot be reached. ``recevoir`` must follow."""
        self._numero = contenu.numero
        fil = self._enfant.joindre()
        try:
            fil.send(contenu)
        except OSError as erreur:
            raise self._interrompue() from erreur

    def recevoir(self) -> Imprime:
        """Wait for the note that was begun; raises NoteError as ``imprimer`` does."""
        try:
            recu: Imprime | _Refus = self._enfant.joindre().recv()
        except (EOFError, OSError) as erreur:
            raise self._interrompue() from erreur
        if isinstance(recu, Imprime):
            return recu
        echec = NoteError(recu.phrase)
        if recu.recit:
            echec.__cause__ = RuntimeError(recu.recit)  # for the log: a fault of ours
        raise echec

    def _interrompue(self) -> NoteError:
        self.close()
        return NoteError(
            f"La note du dossier {numero(self._numero)} n’a pas pu être composée (la composition s’est "
            "interrompue) : recommencez."
        )

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


class Equipe:
    """Several imprimeurs at work together: while they compose, the caller gathers what the next notes say."""

    def __init__(self, combien: int = 2) -> None:
        self._imprimeurs = [Imprimeur() for _ in range(combien)]

    def composer(self, contenus: Iterable[tuple[T, Contenu]]) -> Iterator[tuple[T, Resultat]]:
        """Yield each note with what came with it, in their order; one that fails does not stop the others.

        A dossier that could not be read goes through in its place. When *contenus* ends by an O2rError, a cancel,
        the notes that were begun are yielded first.
        """
        en_cours: deque[tuple[T, Imprimeur | O2rError]] = deque()
        suite, rang, arret = iter(contenus), 0, None
        while arret is None:
            try:
                avec, contenu = next(suite)
            except StopIteration:
                break
            except O2rError as erreur:
                arret = erreur
                break
            if len(en_cours) >= len(self._imprimeurs):
                yield _recue(*en_cours.popleft())
            if isinstance(contenu, O2rError):
                en_cours.append((avec, contenu))
                continue
            en_cours.append((avec, self._begin(rang, contenu)))
            rang += 1
        while en_cours:
            yield _recue(*en_cours.popleft())
        if arret is not None:
            raise arret

    def _begin(self, rang: int, contenu: NoteContent) -> Imprimeur:
        imprimeur = self._imprimeurs[rang % len(self._imprimeurs)]
        try:
            imprimeur.envoyer(contenu)
        except NoteError:
            imprimeur.envoyer(contenu)  # the child had died since its last note: a new one begins
        return imprimeur

    def __enter__(self) -> Self:
        """Return the team itself."""
        return self

    def __exit__(
        self, genre: type[BaseException] | None, erreur: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the children."""
        for imprimeur in self._imprimeurs:
            imprimeur.close()


def _recue(avec: T, imprimeur: Imprimeur | O2rError) -> tuple[T, Resultat]:
    if isinstance(imprimeur, O2rError):
        return avec, imprimeur
    try:
        return avec, imprimeur.recevoir()
    except NoteError as erreur:
        return avec, erreur


def sur_place(contenus: Iterable[tuple[T, Contenu]]) -> Iterator[tuple[T, Resultat]]:
    """Compose notes in this process, as a team would: for a few of them, a child would take longer to start."""
    for avec, contenu in contenus:
        if isinstance(contenu, O2rError):
            yield avec, contenu
            continue
        try:
            yield avec, imprimer(contenu)
        except NoteError as erreur:
            yield avec, erreur


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
