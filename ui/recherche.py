"""Questions asked of the full text in a thread of its own: no key waits for them, nor they for an import."""

from dataclasses import dataclass, replace
from functools import partial
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from o2r_desktop import operations
from o2r_desktop.operations import Session
from o2r_desktop.progress import Reporter
from o2r_desktop.suivi import Filtre, Suivi
from o2r_desktop.text import NBSP
from ui.open_campagne import OpenCampagne
from ui.saisies import without_words
from ui.services import Services
from ui.tasks import Task, TaskRunner

if TYPE_CHECKING:
    from collections.abc import Callable

    from o2r_desktop.recherche import Resultat

REPOS_S = 0.5
"""How long the thread keeps its connection after an answer: another letter often follows."""
DEPART_MS = 10
"""How long a question waits, so that what the rows themselves say is painted without a thread beside."""
FIN_S = 5.0
"""How long closing a campagne waits for the question that is being answered."""
LETTRES_MIN = 2
"""Letters from which the full text is asked: one alone is everywhere."""
ENCORE_MS = 2000
"""How often a question is asked again while the index is being made."""
PASSAGES_MAX = 60
"""Passages shown for one question."""


@dataclass(frozen=True, slots=True)
class Question:
    """Words to be found, among some dossiers or (None) all of them."""

    texte: str
    parmi: frozenset[int] | None = None


File = SimpleQueue[Question | None]
"""Questions on their way to the thread; None ends it."""


def unwhole(*, lecture_seule: bool) -> str:
    """Return what is said of answers while the index does not hold everything."""
    if lecture_seule:  # nobody makes it here
        return "index incomplet en lecture seule"
    return f"index en cours{NBSP}: résultats incomplets"


class Recherche(QObject):
    """Answers the last question that was asked; those before it are dropped, asked or answered."""

    found = Signal(object)
    """Resultat of the last question."""
    failed = Signal()
    """The last question cannot be answered: the campagne cannot be read."""
    _answered = Signal(object, object)

    def __init__(self, campagne: OpenCampagne, parent: QObject) -> None:
        super().__init__(parent)
        self._campagne = campagne
        self._fil = TaskRunner(self)
        self._file: File = SimpleQueue()
        self._tache: Task[None] | None = None
        self._attendue: Question | None = None
        self._depart = QTimer(self, singleShot=True, interval=DEPART_MS)
        self._depart.timeout.connect(self._send)
        self._answered.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        campagne.history.changed.connect(self._history_changed)

    @property
    def pending(self) -> bool:
        """Whether an answer is awaited."""
        return self._attendue is not None

    def ask(self, question: Question) -> None:
        """Have a question answered in place of those before it."""
        self._attendue = question
        self._depart.start()

    def forget(self) -> None:
        """Await no answer any more."""
        self._depart.stop()
        self._attendue = None

    def stop(self) -> None:
        """Await nothing and let go of the campagne, at once."""
        self.forget()
        if self._tache is not None:
            self._tache.cancel()
            self._file.put(None)
            self._fil.wait(FIN_S)

    def _send(self) -> None:
        if self._tache is None:
            self._start()
        else:
            self._file.put(self._attendue)

    def _start(self) -> None:
        self._depart.stop()
        self._file = SimpleQueue()
        self._file.put(self._attendue)
        self._tache = self._fil.start("", partial(_answer, self._campagne.session, self._file, self._answered.emit))
        self._tache.succeeded.connect(self._succeeded)
        self._tache.finished.connect(partial(self._finished, self._tache))

    def _tell(self, question: Question, resultat: "Resultat") -> None:
        if question is self._attendue:
            self._attendue = None
            self.found.emit(resultat)

    def _succeeded(self) -> None:
        self._tache = None
        if self.pending and self._campagne.is_open:  # asked while the thread was ending
            self._start()

    def _finished(self, tache: Task[None]) -> None:
        """Go on after a stop; after a failure, ask no more: it would last for ever."""
        if tache is not self._tache:
            return
        self._tache = None
        if self.pending and self._campagne.is_open and tache.arret.is_set():
            self._start()
        elif self.pending:
            self.forget()
            self.failed.emit()

    def _history_changed(self) -> None:
        """Let go of a campagne that is being closed: its history is emptied just before its database is left."""
        if not self._campagne.is_open:
            self.stop()


def _answer(session: Session, file: File, tell: "Callable[[Question, Any], object]", reporter: Reporter) -> None:
    """Answer questions until none comes for a while; of those that wait, the last one only."""
    from o2r_desktop.recherche import chercher

    with operations.twin_session(session) as jumelle:
        while (question := _last(file)) is not None:
            reporter.step(0, 0, "Recherche")
            tell(question, chercher(jumelle, question.texte, parmi=question.parmi, limite=PASSAGES_MAX))


def _last(file: File) -> Question | None:
    """Return the last question that waits, None when it is time to end."""
    try:
        question = file.get(timeout=REPOS_S)
    except Empty:
        return None
    while question is not None and not file.empty():
        question = file.get()
    return question


class TexteIntegral(QObject):
    """What the full text found for the filter of the list, while it is typed."""

    found = Signal()
    """More is known, or nothing more is to be: the rows may be chosen again."""

    def __init__(self, services: Services, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._taches = services.taches
        self._campagne = services.campagne
        self._encore = QTimer(self, interval=ENCORE_MS)
        self._encore.timeout.connect(lambda: self.ask_again() if self._taches.busy else None)
        services.taches.busy_changed.connect(lambda occupe: None if occupe else self.ask_again())
        self._recherche = Recherche(services.campagne, self)
        self._recherche.found.connect(self._found)
        self._recherche.failed.connect(self.found)
        self._suivi: Suivi | None = None
        self._question: Question | None = None
        self._resultat: Resultat | None = None

    @property
    def pending(self) -> bool:
        """Whether the answer to the last question is awaited."""
        return self._recherche.pending

    @property
    def resultat(self) -> "Resultat | None":
        """What was found: while an answer is awaited, what a shorter question found. None without words."""
        return self._resultat

    @property
    def trouves(self) -> frozenset[int] | None:
        """Return the dossiers found, None when nothing is known of the full text."""
        return None if self._resultat is None else self._resultat.numeros

    @property
    def reserve(self) -> str:
        """Return what must be known of the answer: it is not whole."""
        if self._resultat is None or self._resultat.complet:
            return ""
        if self._campagne.read_only:
            return "L’index de la recherche est incomplet, et la lecture seule ne permet pas de le compléter."
        return f"L’index de la recherche est en cours{NBSP}: d’autres dossiers peuvent encore être trouvés."

    def ask(self, suivi: Suivi | None, filtre: Filtre) -> None:
        """Ask for the words of *filtre*, unless that was asked already."""
        texte = filtre.question
        if suivi is None or len(texte.strip()) < LETTRES_MIN or filtre.malformes():
            self._recherche.forget()
            self._encore.stop()
            self._suivi = self._question = self._resultat = None
            return
        question = Question(texte, _among(suivi, filtre))
        meme = suivi is self._suivi and self._question is not None
        if meme and question == self._question:
            return
        if not meme or not _narrows(question, self._question):
            self._resultat = None
        self._suivi, self._question = suivi, question
        self._recherche.ask(question)

    def ask_again(self) -> None:
        """Ask once more what was answered while the index was not whole, when somebody looks."""
        partiel = self._resultat is not None and not self._resultat.complet
        if partiel and not self.pending and self._question is not None and self._page.isVisible():
            self._recherche.ask(replace(self._question))

    def _found(self, resultat: "Resultat") -> None:
        self._resultat = resultat
        if resultat.complet:
            self._encore.stop()
        else:
            self._encore.start()
        self.found.emit()


def _narrows(question: Question, avant: Question | None) -> bool:
    """Say whether what *avant* found holds what *question* will: until then, its rows stay rather than blink."""
    return avant is not None and question.parmi == avant.parmi and question.texte.startswith(avant.texte)


def _among(suivi: Suivi, filtre: Filtre) -> frozenset[int] | None:
    """Return the dossiers that the filter without its words lets through, None when it lets all of them."""
    sans_mots = without_words(filtre)
    if sans_mots == Filtre():
        return None
    return frozenset(suivi.numero(rang) for rang in suivi.filtrer(sans_mots))
