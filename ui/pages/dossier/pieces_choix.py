"""The pieces of a dossier on one line: the one before, the list, the next one."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QWidget

from o2r_desktop.dossiers.model import Piece
from ui.models.pieces import FAMILLES, etat_piece, nom_dit
from ui.widgets.base import button, fill

_LETTRES = 14
"""Letters of a name that stay in view whatever the width."""


class ChoixPiece(QWidget):
    """Shows every piece with its sign, in the order of the outline."""

    chosen = Signal(int)
    """Rank of a piece of the dossier."""

    def __init__(self) -> None:
        super().__init__()
        self._rangs: list[int] = []
        self.liste = QComboBox()
        self.liste.setAccessibleName("Pièce montrée")
        self.liste.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.liste.setMinimumContentsLength(_LETTRES)
        self.liste.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.liste.activated.connect(self._activated)
        self.precedente = button("‹", self._previous, nom="Pièce précédente (Ctrl+Page préc.)")  # noqa: RUF001
        self.suivante = button("›", self._next, nom="Pièce suivante (Ctrl+Page suiv.)")  # noqa: RUF001
        for bouton in (self.precedente, self.suivante):
            bouton.setToolTip(bouton.accessibleName())
        fill(QHBoxLayout(self), self.precedente, self.liste, self.suivante, espace=4)

    def show_pieces(self, pieces: Sequence[Piece]) -> None:
        """List these pieces; none is in view yet."""
        ordre = list(FAMILLES)
        self._rangs = sorted(range(len(pieces)), key=lambda rang: ordre.index(pieces[rang].genre))
        self.liste.clear()
        for rang in self._rangs:
            etat = etat_piece(pieces[rang])
            self.liste.addItem(f"{etat.signe} {nom_dit(pieces[rang])}")
        self.setEnabled(bool(pieces))
        self.set_rang(-1)

    def set_rang(self, rang: int) -> None:
        """Show which piece is in view."""
        place = self._rangs.index(rang) if rang in self._rangs else -1
        self.liste.setCurrentIndex(place)
        self.precedente.setEnabled(place > 0)
        self.suivante.setEnabled(0 <= place < len(self._rangs) - 1)

    def step(self, pas: int) -> None:
        """Choose the piece before (-1) or after (1)."""
        place = self.liste.currentIndex() + pas
        if self._rangs and 0 <= place < len(self._rangs):
            self.chosen.emit(self._rangs[place])

    def _activated(self, place: int) -> None:
        self.chosen.emit(self._rangs[place])

    def _previous(self) -> None:
        self.step(-1)

    def _next(self) -> None:
        self.step(1)
