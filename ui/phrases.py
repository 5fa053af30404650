"""The phrase bank of the user: read at its first use, written in the background at each change."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from o2r_desktop.errors import CancelledError, O2rError
from o2r_desktop.progress import Reporter
from ui.tasks import TaskRunner

if TYPE_CHECKING:
    from o2r_desktop.evaluation.banque import Banque, Changement
    from o2r_desktop.evaluation.phrases import Phrase
    from o2r_desktop.store.phrases import BanqueLue


class Phrases(QObject):
    """What is offered beside a comment. Changes count at once; ``failed`` says when they did not reach the disk.

    Without a file nothing outlives the program.
    """

    changed = Signal()
    failed = Signal(object)
    """An O2rError; what was not written is tried again with the next change, and when the program ends."""

    def __init__(self, fichier: Path | None, taches: TaskRunner) -> None:
        super().__init__(taches)
        self._fichier = fichier
        self._taches = taches
        self._fournies: Banque = ()
        self._personnelle: Banque = ()
        self._offertes: Banque = ()
        self._lue = False
        self._attente: list[Changement] = []
        self._ecrit = False
        self._essentiel = False
        """Whether something waits that the user asked for: a use that is not counted is not worth a message."""
        self.panne = ""
        """What went wrong with the user's file, in a sentence, «» most of the time."""

    @property
    def offertes(self) -> Banque:
        """The phrases that may be offered: those shipped, then the user's own."""
        self._load()
        return self._offertes

    @property
    def personnelle(self) -> Banque:
        """What is kept of the user: own phrases, uses, shipped phrases that are hidden."""
        self._load()
        return self._personnelle

    @property
    def masquees(self) -> int:
        """How many shipped phrases are hidden."""
        return sum(p.masquee for p in self.personnelle)

    @property
    def full(self) -> bool:
        """Whether no phrase can be added."""
        from o2r_desktop.evaluation.banque import PHRASES_MAX

        return len(self.personnelle) >= PHRASES_MAX

    def note_use(self, phrase: Phrase, jour: date) -> None:
        """Count a use of a phrase."""
        from o2r_desktop.evaluation import banque

        self._change(partial(banque.noter_usage, phrase=phrase, jour=jour), essentiel=False)

    def add(self, phrase: Phrase) -> None:
        """Keep a phrase; one that says the same is kept instead."""
        from o2r_desktop.evaluation import banque

        self._change(partial(banque.ajouter, phrase=phrase))

    def replace(self, ancienne: Phrase, nouvelle: Phrase) -> None:
        """Keep a phrase in place of another."""
        from o2r_desktop.evaluation import banque

        self._change(partial(banque.remplacer, ancienne=ancienne, nouvelle=nouvelle))

    def remove(self, phrase: Phrase) -> None:
        """Offer a phrase no more."""
        from o2r_desktop.evaluation import banque

        self._change(partial(banque.retirer, phrase=phrase))

    def put_back(self, phrase: Phrase) -> None:
        """Offer a phrase again, with its uses: its removal is undone."""
        self.add(phrase)

    def restore(self) -> None:
        """Offer again the shipped phrases that were hidden."""
        from o2r_desktop.evaluation import banque

        self._change(banque.retablir)

    def take(self, venues: Banque) -> int:
        """Take the phrases of a colleague; return how many are new."""
        from o2r_desktop.evaluation import banque

        avant = len(self.offertes)
        self._change(partial(banque.fusionner, venues=venues))
        return len(self.offertes) - avant

    def flush(self) -> None:
        """Write now what waits: the program ends, nobody is left to tell of a failure."""
        if self._attente and self._fichier is not None:
            with suppress(O2rError):
                _write(self._fichier, tuple(self._attente))
            self._attente = []

    # --- the file -------------------------------------------------------------------------------------------

    def _load(self) -> None:
        if self._lue:
            return
        from o2r_desktop.store import phrases as store

        self._lue = True
        self._fournies = store.load_fournies()
        try:
            lue = store.load_personnelle(self._fichier) if self._fichier is not None else store.BanqueLue()
            self._personnelle, self.panne = lue.phrases, lue.panne
        except O2rError as erreur:
            self.panne = str(erreur)
            self._fichier = None  # what cannot be read is not written over
        self._assemble()

    def _assemble(self) -> None:
        from o2r_desktop.evaluation.banque import assembler

        self._offertes = assembler(self._fournies, self._personnelle)

    def _change(self, changement: Changement, *, essentiel: bool = True) -> None:
        """Apply a change here now, and to the file in the background."""
        self._load()
        self._personnelle = changement(self._personnelle)
        self._assemble()
        self.changed.emit()
        if self._fichier is None:
            return
        self._attente.append(changement)
        self._essentiel = self._essentiel or essentiel
        if not self._ecrit:
            self._write_later()

    def _write_later(self) -> None:
        assert self._fichier is not None
        self._ecrit = True
        changements = tuple(self._attente)
        tache = self._taches.start("", partial(_write, self._fichier, changements))
        tache.succeeded.connect(partial(self._written, len(changements)))
        tache.failed.connect(self._not_written)

    def _written(self, faits: int, lue: BanqueLue) -> None:
        self._ecrit = self._essentiel = False
        del self._attente[:faits]
        self.panne = lue.panne or self.panne
        if self._attente:
            self._write_later()

    def _not_written(self, erreur: O2rError) -> None:
        self._ecrit = False
        if not isinstance(erreur, CancelledError):
            self.panne = str(erreur)
            if self._essentiel:
                self.failed.emit(erreur)


def _write(fichier: Path, changements: tuple[Changement, ...], *_: Reporter) -> BanqueLue:
    from o2r_desktop.store import phrases as store

    return store.update_personnelle(fichier, changements)
