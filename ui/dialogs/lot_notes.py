"""A batch of notes being written: it outlives the dialog that began it, and tells its end."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from o2r_desktop import operations
from o2r_desktop.errors import CancelledError, O2rError
from o2r_desktop.notes.modele import Longueur
from o2r_desktop.operations import Session
from o2r_desktop.progress import Reporter
from o2r_desktop.restitution import Production, produce_batch
from o2r_desktop.text import numero as numero_lisible
from o2r_desktop.text import pluriel
from ui.services import Services
from ui.tasks import Task

_DITES = 8


class NoteBatch(QObject):
    """Notes being written; lives until they are, whoever watches."""

    progressed = Signal(object, object, str)
    done = Signal(object)
    failed = Signal(object)

    def __init__(self, services: Services, numeros: Sequence[int], sortie: Path, longueur: Longueur) -> None:
        super().__init__(services.taches)
        self._services = services
        self._numeros = numeros
        self._work = partial(_produce, services.campagne.session, numeros, sortie, longueur)
        self._task: Task[Production] | None = None
        self._par_message = False

    def start(self) -> None:
        """Begin."""
        task = self._services.taches.start("Production des notes", self._work)
        self._task = task
        task.progressed.connect(self.progressed)
        task.succeeded.connect(self._succeeded)
        task.failed.connect(self._not_done)
        task.finished.connect(self._finished)

    def cancel(self) -> None:
        """Stop after the note being written."""
        if self._task is not None:
            self._task.cancel()

    def tell_by_message(self) -> None:
        """Say the end in a message: the dialog is closed."""
        self._par_message = True

    @Slot()
    def _finished(self) -> None:
        self._task = None
        self.deleteLater()

    @Slot(object)
    def _succeeded(self, production: Production) -> None:
        self.done.emit(production)
        if self._par_message:
            texte = summary(production, len(self._numeros)) + _failures(self._services, production)
            dire = self._services.alertes.warn if _troubled(production) else self._services.alertes.inform
            dire("Production des notes", texte)

    @Slot(object)
    def _not_done(self, erreur: O2rError) -> None:
        self.failed.emit(erreur)
        if self._par_message:
            self._services.alertes.show_error(erreur)


def summary(production: Production, demandees: int) -> str:
    """Return in a sentence or two what was written, and what stopped it."""
    ecrites = len(production.notes)
    projets = sum(n.projet for n in production.notes)
    phrases = []
    if isinstance(production.arret, CancelledError):
        phrases.append(f"Production annulée : {pluriel(ecrites, 'note écrite', 'notes écrites')} sur {demandees}.")
    elif production.arret is not None:
        phrases.append(f"{production.arret} {pluriel(ecrites, 'note écrite', 'notes écrites')} sur {demandees}.")
    else:
        phrases.append(f"{pluriel(ecrites, 'note écrite', 'notes écrites')}.")
    if projets:
        sujet = "Elle porte" if ecrites == 1 else pluriel(projets, "porte", "portent")
        phrases.append(f"{sujet} le filigrane « Projet ».")
    if production.manquees:
        manquees = len(production.manquees)
        phrases.append(f"{pluriel(manquees, 'note n’a pas pu être écrite', 'notes n’ont pas pu être écrites')}.")
    return " ".join(phrases)


def _produce(
    session: Session, numeros: Sequence[int], sortie: Path, longueur: Longueur, reporter: Reporter
) -> Production:
    """Write notes in the background; *session* is that of the window."""
    with operations.twin_session(session) as jumelle:
        return produce_batch(jumelle, numeros, sortie, reporter, longueur)


def _troubled(production: Production) -> bool:
    return bool(production.manquees) or production.arret is not None


def _failures(services: Services, production: Production) -> str:
    """Return the first failures, a line each."""
    lignes = [
        f"{', '.join(filter(None, (numero_lisible(m.numero), porteur_de(services, m.numero))))} : {m.raison}"
        for m in production.manquees[:_DITES]
    ]
    reste = len(production.manquees) - len(lignes)
    if reste > 0:
        lignes.append(f"… et {reste} autres.")
    return "".join(f"\n\n{ligne}" for ligne in lignes)


def porteur_de(services: Services, numero: int) -> str:
    """Return the name of the porteur of a dossier, «» when the list is not read."""
    suivi = services.campagne.suivi if services.campagne.is_open else None
    rang = suivi.rang(numero) if suivi is not None else None
    return suivi.ligne(rang).porteur if suivi is not None and rang is not None else ""
