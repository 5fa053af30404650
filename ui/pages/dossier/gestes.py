"""The actions of the dossier page, and its three panes side by side."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QSplitter, QWidget

from ui.services import Services
from ui.widgets.base import has_focus_within, key_text, split

_TAILLES = "dossier/volets"
_LARGEURS = (260, 440)
"""Pixels of the outline and of the critere at first, for a text of the usual size."""

Volet = tuple[QWidget, Callable[[], None]]
"""A pane, and what puts the focus in it."""


class Gestes:
    """Actions that live on *portee*; those of the dossier serve while one is open."""

    def __init__(self, portee: QWidget) -> None:
        self._portee = portee
        self._tous: list[QAction] = []
        self._du_dossier: list[QAction] = []

    @property
    def actions(self) -> Sequence[QAction]:
        """All of them, in the order of the menu."""
        return self._tous

    def add(
        self,
        texte: str,
        touche: str,
        faire: Callable[[], object] | None,
        *,
        du_dossier: bool = True,
        ailleurs: bool = False,
    ) -> QAction:
        """Return a new action; *du_dossier* when an open dossier is all that it needs.

        *ailleurs*: its key is only shown here, the part that it acts on answers to it.
        """
        action = QAction(f"{texte}\t{key_text(touche)}" if ailleurs else texte, self._portee)
        if touche and not ailleurs:
            action.setShortcut(QKeySequence(touche))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        if faire is not None:
            action.triggered.connect(lambda *_: faire())
        self._portee.addAction(action)
        self._tous.append(action)
        if du_dossier:
            self._du_dossier.append(action)
        return action

    def enable(self, *, ouvert: bool) -> None:
        """Let the actions of the dossier serve, or not."""
        for action in self._du_dossier:
            action.setEnabled(ouvert)


class TroisVolets(QSplitter):
    """Outline, centre, critere; the widths are remembered, the centre can have them all."""

    def __init__(self, services: Services, gauche: Volet, centre: Volet, droite: Volet) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._reglages = services.reglages
        self._volets = (gauche, centre, droite)
        self._lecture = False
        split(self, *(volet for volet, _ in self._volets))
        for rang, part in enumerate((0, 1, 0)):
            self.setStretchFactor(rang, part)
            self.setCollapsible(rang, False)
        self.setHandleWidth(1)
        if not self.restoreState(self._reglages.octets(_TAILLES)):
            bords = [round(n * (1 + (services.theme.taille - 100) / 800)) for n in _LARGEURS]
            self.setSizes([bords[0], 10 * bords[1], bords[1]])
        self.splitterMoved.connect(self._keep_sizes)

    def cycle(self, pas: int) -> None:
        """Put the focus in the next pane that is in view."""
        vus = [(volet, focus) for volet, focus in self._volets if volet.isVisible()]
        ici = next((i for i, (volet, _) in enumerate(vus) if has_focus_within(volet)), 0 if pas < 0 else -1)
        vus[(ici + pas) % len(vus)][1]()

    def set_reading(self, lecture: bool) -> None:
        """Leave the whole width to the centre, or bring the other panes back."""
        self._lecture = lecture
        gauche, centre, droite = self._volets
        for volet, _ in (gauche, droite):
            volet.setVisible(not lecture)
        (centre if lecture else droite)[1]()

    def _keep_sizes(self) -> None:
        if not self._lecture:
            self._reglages.set_octets(_TAILLES, self.saveState())
