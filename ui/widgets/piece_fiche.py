"""The card of a piece that the window does not show: what it is, how large, since when, under which fingerprint."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from o2r_desktop.text import NBSP
from ui.widgets.base import card, fill, label


class FichePiece(QWidget):
    """Names and values one under the other, to be read and copied."""

    def __init__(self) -> None:
        super().__init__()
        self.titre = label("", "section", wrap=True)
        self.phrase = label("", "secondaire", wrap=True)
        self._lignes = QFormLayout()
        self._lignes.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._lignes.setHorizontalSpacing(16)
        self._cadre: QFrame = card(self.titre, self.phrase)
        tour = self._cadre.layout()
        assert isinstance(tour, QVBoxLayout)
        tour.addLayout(self._lignes)
        contenu = QWidget()
        fill(QVBoxLayout(contenu), self._cadre, 1, marge=16)
        zone = QScrollArea()
        zone.setWidgetResizable(True)
        zone.setWidget(contenu)
        fill(QVBoxLayout(self), zone)
        self.setFocusProxy(zone)

    def dire(self, titre: str, phrase: str, lignes: Sequence[tuple[str, str]]) -> None:
        """Show a name, a sentence, and what is known of the piece."""
        self.titre.setText(titre)
        self.phrase.setText(phrase)
        self.phrase.setVisible(bool(phrase))
        while self._lignes.rowCount():
            self._lignes.removeRow(0)
        for nom, valeur in lignes:
            self._lignes.addRow(label(nom, "secondaire"), _value(nom, valeur))


def _value(nom: str, valeur: str) -> QLabel:
    mots = label(valeur, wrap=True)
    mots.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    mots.setAccessibleName(f"{nom}{NBSP}: {valeur}")
    return mots
