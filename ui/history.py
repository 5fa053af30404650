"""Undo and redo: named acts, over the whole session, whatever page is in view.

Not QUndoStack: an act is a write to the disk that can fail, and the stack must then stay as it was.
"""

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, Signal


class Acte(Protocol):
    """Something done that can be undone; both ways raise O2rError, and nothing is changed then."""

    @property
    def nom(self) -> str:
        """What was done: «niveau de FIN-02»."""

    @property
    def numero(self) -> int:
        """The dossier that it concerns."""

    @property
    def critere(self) -> str:
        """The critere that it concerns, «» for the opinion."""

    def undo(self) -> None:
        """Put back what was before."""

    def redo(self) -> None:
        """Do it again."""


@dataclass(frozen=True, slots=True)
class _Pile:
    faits: list[Acte]
    defaits: list[Acte]


class History(QObject):
    """The acts of the session, in order."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pile = _Pile([], [])
        self._figes: set[int] = set()

    @property
    def next_undo(self) -> Acte | None:
        """The act that undo() would undo."""
        return self._last(self._pile.faits)

    @property
    def next_redo(self) -> Acte | None:
        """The act that redo() would do again."""
        return self._last(self._pile.defaits)

    def _last(self, pile: list[Acte]) -> Acte | None:
        return next((acte for acte in reversed(pile) if acte.numero not in self._figes), None)

    def push(self, acte: Acte) -> None:
        """Remember an act just done; what was undone is forgotten."""
        self._pile.faits.append(acte)
        self._pile.defaits.clear()
        self.changed.emit()

    def replace_last(self, acte: Acte) -> None:
        """Put *acte* in the place of the last one: they make one act for the user; what was undone is forgotten."""
        self._pile.faits[-1] = acte
        self._pile.defaits.clear()
        self.changed.emit()

    def undo(self) -> Acte | None:
        """Undo the last act and return it; raises O2rError, and forgets nothing then."""
        acte = self.next_undo
        if acte is not None:
            acte.undo()
            _take(self._pile.faits, acte)
            self._pile.defaits.append(acte)
            self.changed.emit()
        return acte

    def redo(self) -> Acte | None:
        """Do again the last act that was undone and return it; raises O2rError, and forgets nothing then."""
        acte = self.next_redo
        if acte is not None:
            acte.redo()
            _take(self._pile.defaits, acte)
            self._pile.faits.append(acte)
            self.changed.emit()
        return acte

    def freeze(self, numero: int) -> None:
        """Pass over the acts of a dossier whose evaluation is finalised, until it is reopened."""
        self._figes.add(numero)
        self.changed.emit()

    def thaw(self, numero: int) -> None:
        """Take the acts of a reopened dossier into account again."""
        self._figes.discard(numero)
        self.changed.emit()

    def clear(self) -> None:
        """Forget everything: another campagne, or data brought back from a backup."""
        self._pile.faits.clear()
        self._pile.defaits.clear()
        self._figes.clear()
        self.changed.emit()


def _take(pile: list[Acte], acte: Acte) -> None:
    """Take that very act out of a pile; an older one may say the same."""
    del pile[next(rang for rang, autre in enumerate(pile) if autre is acte)]
