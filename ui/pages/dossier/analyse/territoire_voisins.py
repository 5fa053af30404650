"""Who else aims at the same places: other dossiers of the campagne, bodies retained in 2024."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from o2r_desktop.analyse.territoire.lieux import Chevauchement
from o2r_desktop.text import NBSP, montant, numero, printable
from ui.widgets.base import button, fill, label, row
from ui.widgets.flux import selectable
from ui.widgets.tableau import ReadTable

_COLONNES = ("Dossier", "Porteur", "Lieux communs", "Publics", "Demande")
_PORTEUR_MAX = 26


class _Table(ReadTable):
    def __init__(self, ouvrir: Callable[[], object]) -> None:
        super().__init__("Dossiers et lauréats sur les mêmes territoires", _COLONNES, etiree=2, nombres=(4,))
        self._ouvrir = ouvrir
        self.doubleClicked.connect(lambda *_: ouvrir())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt
        """Open with Entrée."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._ouvrir()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 Qt
        """Leave letters and digits to the page."""


class VoisinsView(QWidget):
    """The table, a sentence on the line chosen, and the way to its dossier."""

    def __init__(self, open_dossier: Callable[[int], object]) -> None:
        super().__init__()
        self._chevauchements: Sequence[Chevauchement] = ()
        self._open_dossier = open_dossier
        self.etat = label("", "secondaire", wrap=True)
        self.table = _Table(self.open)
        self.phrase = selectable(label("", wrap=True))
        self.ouvrir = button("Ouvrir ce dossier", self.open, touche="Entrée")
        fill(QVBoxLayout(self), self.etat, self.table, self.phrase, row(self.ouvrir, 1), espace=6)
        self.table.currentCellChanged.connect(lambda *_: self._say())

    def show_chevauchements(self, chevauchements: Sequence[Chevauchement], etat: str) -> None:
        """Show the others; *etat* says what is not known yet, or that there is nobody."""
        self._chevauchements = chevauchements
        self.table.show_rows([_row(c) for c in chevauchements])
        lignes = min(6, len(chevauchements))
        haut = self.table.verticalHeader().defaultSectionSize() * lignes
        self.table.setFixedHeight(self.table.horizontalHeader().sizeHint().height() + haut + 6)
        for partie in (self.table, self.phrase, self.ouvrir):
            partie.setVisible(bool(chevauchements))
        self.etat.setText(etat)
        self.etat.setVisible(bool(etat))
        self._say()

    @property
    def choisi(self) -> Chevauchement | None:
        """The line where the keyboard is."""
        rang = self.table.currentRow()
        return self._chevauchements[rang] if 0 <= rang < len(self._chevauchements) else None

    def open(self) -> None:
        """Open the dossier of the line chosen; a laureate has none."""
        choisi = self.choisi
        if choisi is not None and choisi.numero is not None:
            self._open_dossier(choisi.numero)

    def _say(self) -> None:
        choisi = self.choisi
        self.phrase.setText(printable(choisi.phrase) if choisi is not None else "")
        self.ouvrir.setEnabled(choisi is not None and choisi.numero is not None)


def _row(autre: Chevauchement) -> tuple[str, ...]:
    return (
        numero(autre.numero) if autre.numero is not None else "lauréat 2024",
        autre.porteur if len(autre.porteur) <= _PORTEUR_MAX else f"{autre.porteur[: _PORTEUR_MAX - 1]}…",
        _brief(autre.lieux, "lieux"),
        _brief(autre.publics, "publics", seul="1 public"),
        montant(autre.demande, 0) if autre.demande is not None else "inconnue",
    )


def _brief(mots: Sequence[str], nom: str, *, seul: str = "") -> str:
    """Return the only one, or how many: the sentence under the table names them all."""
    if len(mots) > 1:
        return f"{len(mots)}{NBSP}{nom}"
    return (seul or mots[0]) if mots else "—"
