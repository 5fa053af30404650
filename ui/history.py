"""Undo and redo: named acts, whatever page is in view, kept with the campagne from one day to the next.

Not QUndoStack: an act is a write to the disk that can fail, and the acts must then stay as they were. They
live in the store: here is only which one comes next.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from o2r_desktop.errors import O2rError
from o2r_desktop.operations.actes import ActeEcrit

Acte = ActeEcrit
"""Something done that can be undone: ``nom`` («niveau de FIN-02»), ``numero``, ``critere``, ``genre``."""
Prochains = tuple[Acte | None, Acte | None]


class History(QObject):
    """The acts of the campagne, in order; *prochains* reads which come next, the others undo and do again."""

    changed = Signal()

    def __init__(
        self,
        prochains: Callable[[], Prochains],
        undo: Callable[[], Acte | None],
        redo: Callable[[], Acte | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._lire, self._undo, self._redo = prochains, undo, redo
        self._prochains: Prochains = (None, None)

    @property
    def next_undo(self) -> Acte | None:
        """The act that undo() would undo."""
        return self._prochains[0]

    @property
    def next_redo(self) -> Acte | None:
        """The act that redo() would do again."""
        return self._prochains[1]

    def undo(self) -> Acte | None:
        """Undo the last act, with those done together with it, and return it.

        Raises StoreError, and forgets nothing then; DossierError when something else was written over it since:
        that act is forgotten.
        """
        return self._go(self._undo) if self.next_undo is not None else None

    def redo(self) -> Acte | None:
        """Do again the last act that was undone and return it; raises as undo() does."""
        return self._go(self._redo) if self.next_redo is not None else None

    def refresh(self) -> None:
        """Read again which acts come next: something was written."""
        try:
            self._prochains = self._lire()
        except O2rError:  # the store cannot be read just now: the next act will say so
            return
        self.changed.emit()

    def clear(self) -> None:
        """Name nothing any more: the campagne closes, or other data takes its place until refresh()."""
        self._prochains = (None, None)
        self.changed.emit()

    def _go(self, faire: Callable[[], Acte | None]) -> Acte | None:
        try:
            return faire()
        finally:
            self.refresh()
