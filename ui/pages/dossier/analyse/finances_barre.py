"""The bar over the accounts: what is in view, the exercices, import and copy."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QMenu, QPushButton, QVBoxLayout, QWidget

from o2r_desktop.analyse.finances.comptes import EXERCICES_MAX
from ui.widgets.base import button, fill, label
from ui.widgets.flux import Flow

_VUES = ("Comptes", "Ratios", "Les deux")


class BarreComptes(QWidget):
    """Buttons on one line, on two when letters are large."""

    view_changed = Signal()
    year_added = Signal(int)
    year_removed = Signal(int)
    import_asked = Signal()
    copy_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._choisie = ""
        self._annee = 0
        self._groupe = QButtonGroup(self)
        self.vues: dict[str, QPushButton] = {}
        for nom in _VUES:
            bouton = button(nom, partial(self._choose, nom), role="onglet", nom=f"Montrer : {nom.lower()}")
            bouton.setCheckable(True)
            self._groupe.addButton(bouton)
            self.vues[nom] = bouton
        self.exercices = button("Exercices", nom="Exercices : ajouter, retirer, copier la grille")
        self._menu = QMenu(self.exercices)
        self.exercices.setMenu(self._menu)
        self.importer = button("Importer…", self.import_asked.emit, nom="Importer des comptes d’un tableur")
        self.bilan = label("", "secondaire")
        self._annees: tuple[int, ...] = ()
        self._modifiable = False
        self._menu.aboutToShow.connect(self._offer)
        flux = Flow(espace=6, ligne=4)
        for partie in (*self.vues.values(), self.importer, self.exercices, self.bilan):
            flux.addWidget(partie)
        fill(corps := QVBoxLayout(self), flux)
        corps.setContentsMargins(12, 6, 12, 6)

    def views(self, *, tous_deux: bool) -> tuple[bool, bool]:
        """Return whether accounts and ratios are shown: as chosen, else both when there is room."""
        nom = self._choisie or ("Les deux" if tous_deux else "Comptes")
        self.vues[nom].setChecked(True)
        return nom != "Ratios", nom != "Comptes"

    def show_years(self, annees: Sequence[int], *, modifiable: bool) -> None:
        """Take the years that are shown: others may be added beside them."""
        self._annees, self._modifiable = tuple(annees), modifiable
        self.importer.setEnabled(modifiable)
        self.exercices.setEnabled(bool(annees))

    def show_column(self, annee: int) -> None:
        """Take the exercice that would be taken away."""
        self._annee = annee

    def actions_offered(self) -> list[QAction]:
        """Return what the menu «Exercices» offers now."""
        self._offer()
        return self._menu.actions()

    def _offer(self) -> None:
        self._menu.clear()
        annees = self._annees
        for annee in (min(annees) - 1, max(annees) + 1) if annees else ():
            action = self._menu.addAction(f"Ajouter l’exercice {annee}", partial(self.year_added.emit, annee))
            action.setEnabled(self._modifiable and len(annees) < EXERCICES_MAX)
        if self._annee in annees:
            retirer = partial(self.year_removed.emit, self._annee)
            action = self._menu.addAction(f"Retirer l’exercice {self._annee}", retirer)
            action.setEnabled(self._modifiable and len(annees) > 1)
        self._menu.addSeparator()
        self._menu.addAction("Copier la grille", self.copy_asked.emit)

    def say(self, texte: str) -> None:
        """Say how much was typed, or what was just done."""
        self.bilan.setText(texte)

    def _choose(self, nom: str) -> None:
        self._choisie = nom
        self.view_changed.emit()
