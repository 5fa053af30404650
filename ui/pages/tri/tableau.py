"""The table of the quick sort: columns that fit, keys that sort."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from o2r_desktop.suivi import LigneSuivi
from ui.models.tri import CHIFFREES, CONTROLES, ETIQUETTES, PORTEUR, TITRES, TriModel
from ui.theme import Theme
from ui.widgets.delegates import CellDelegate, PillDelegate

_MODELES = {
    ETIQUETTES: "probablement irrecevable",
    PORTEUR: "Association d’essai du",
    "Territoire": "Loire-Atlantique, Sarthe",
    "Demande": "8 888 888 €",
    "Coût": "8 888 888 €",
    "Bénéficiaires": "8 888",
    "Priorité": "hors priorité",
    CONTROLES: "✕ 148 000 € < 150 000 €",
    "Dépôt": "✕ 14/08/2025, hors délai",
}
"""Texts that a column should show whole."""
_REPLIABLES = ("Bénéficiaires", "Coût", "Territoire", "Priorité")
"""Columns that give way, first ones first, when the letters are large; the quick view says what they said."""
_RANGEE = "&é\"'(-è_ç"
"""What the row of digits of a French keyboard types without Maj."""


class TriTable(QTableView):
    """One line is current; digits choose a label, Entrée opens, Espace shows."""

    chosen = Signal(int)
    """Rank of a label, from 0."""
    opened = Signal()
    previewed = Signal()
    current_changed = Signal()

    def __init__(self, theme: Theme, modele: TriModel) -> None:
        super().__init__()
        self._modele = modele
        self.setModel(modele)
        self.setObjectName("tableau_dossiers")
        self.setAccessibleName("Dossiers à trier")
        self.setAccessibleDescription("Les touches 1 à 9 mettent ou retirent une étiquette.")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setHighlightSections(False)
        self._delegues = [self._delegue(theme, titre) for titre in TITRES]
        for rang, delegue in enumerate(self._delegues):
            self.setItemDelegateForColumn(rang, delegue)
        self.selectionModel().currentRowChanged.connect(self._moved)
        modele.modelReset.connect(self._first)

    def current_numero(self) -> int | None:
        """Return the dossier of the current line, None without one."""
        index = self.currentIndex()
        return self._modele.numeros[index.row()] if index.isValid() else None

    def current_ligne(self) -> LigneSuivi | None:
        """Return what the current line shows."""
        index = self.currentIndex()
        return self._modele.ligne(index.row()) if index.isValid() else None

    def set_current(self, numero: int | None) -> None:
        """Make the line of a dossier the current one, when there is one."""
        if numero in self._modele.numeros:
            self.setCurrentIndex(self._modele.index(self._modele.numeros.index(numero), TITRES.index(PORTEUR)))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt
        """Sort, open, show; the rest is the table's."""
        rang = _chiffre(event)
        if rang is not None:
            self.chosen.emit(rang)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & _AUTRES:
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.previewed.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 Qt
        """Do nothing: letters would jump from line to line by their labels."""

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 Qt
        """Share the width: each column what it needs, the rest to the porteur."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        largeurs = {titre: self._largeur(titre) for titre in TITRES}
        place = self.viewport().width()
        for titre in _REPLIABLES:
            if sum(largeurs.values()) > place:
                largeurs.pop(titre)
        largeurs[PORTEUR] += max(0, place - sum(largeurs.values()))
        for rang, titre in enumerate(TITRES):
            self.setColumnHidden(rang, titre not in largeurs)
            self.setColumnWidth(rang, largeurs.get(titre, 0))
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 14)

    def _largeur(self, titre: str) -> int:
        mesure = self.fontMetrics().horizontalAdvance(titre) + 24
        return max(mesure, self._delegues[TITRES.index(titre)].width_of(self.font(), _MODELES[titre]))

    def _delegue(self, theme: Theme, titre: str) -> CellDelegate:
        if titre == CONTROLES:
            return PillDelegate(theme, self)
        delegue = CellDelegate(theme, self, gras=titre == PORTEUR, nombre=titre in CHIFFREES)
        delegue.leads = titre == ETIQUETTES
        return delegue

    def _first(self) -> None:
        if self._modele.numeros:
            self.setCurrentIndex(self._modele.index(0, TITRES.index(PORTEUR)))

    def _moved(self, courant: QModelIndex, _avant: QModelIndex) -> None:
        for delegue in self._delegues:
            delegue.current = courant.row()
        self.viewport().update()
        self.current_changed.emit()


_AUTRES = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier


def _chiffre(event: QKeyEvent) -> int | None:
    """Return the rank, from 0, that a key of the row of digits or of the pad means."""
    if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
        return None
    if Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_9:
        return int(event.key()) - int(Qt.Key.Key_1)
    texte = event.text().lower()
    return _RANGEE.index(texte) if len(texte) == 1 and texte in _RANGEE else None
