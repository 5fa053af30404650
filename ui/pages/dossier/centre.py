"""The centre of a dossier: tabs over one reader each; only the tab in view is given the dossier."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from o2r_desktop.operations import DossierComplet
from ui.navigation import Onglet
from ui.pages.dossier.volet import Volet
from ui.widgets.astuce import Astuce
from ui.widgets.base import fill, line

_TITRES = {
    Onglet.FORMULAIRE: "Formulaire",
    Onglet.PIECES: "Pièces",
    Onglet.CONCLUSION: "Conclusion",
    Onglet.NOTE: "Note",
    Onglet.QUESTIONS: "Questions",
    Onglet.HISTORIQUE: "Historique",
    Onglet.ANALYSE: "Analyse",
}


class Centre(QWidget):
    """A tab stays chosen from dossier to dossier; the others learn of what changed when they come into view."""

    onglet_changed = Signal(str)

    def __init__(self, volets: Mapping[Onglet, Volet], astuce: Astuce | None = None) -> None:
        super().__init__()
        self._astuce = astuce
        self._volets = dict(volets)
        self._complet: DossierComplet | None = None
        self._a_jour: list[Onglet] = []
        self._en_retard: set[Onglet] = set()
        """Tabs out of view that have the dossier, but not its last evaluation."""
        self.barre = QTabBar()
        self.barre.setAccessibleName("Onglets du dossier")
        self.barre.setExpanding(False)
        self.barre.setElideMode(Qt.TextElideMode.ElideNone)
        self.barre.setUsesScrollButtons(True)  # six tabs in large letters are wider than the pane
        self._pile = QStackedWidget()
        for onglet, volet in self._volets.items():
            self.barre.addTab(_TITRES[onglet])
            self._pile.addWidget(volet)
        self.barre.setTabToolTip(0, "Onglet suivant : Ctrl+Tab")
        self.barre.currentChanged.connect(self._switched)
        astuces = [astuce] if astuce is not None else []
        fill(QVBoxLayout(self), self.barre, line(), *astuces, self._pile, espace=0)

    @property
    def onglet(self) -> Onglet:
        """The tab in view."""
        return self._onglets[self.barre.currentIndex()]

    @property
    def volet(self) -> Volet:
        """What the tab in view shows."""
        return self._volets[self.onglet]

    def show_onglet(self, onglet: Onglet) -> None:
        """Bring a tab into view."""
        self.barre.setCurrentIndex(self._onglets.index(onglet))

    def show_count(self, onglet: Onglet, compte: int) -> None:
        """Say on a tab how many things wait there, nothing when none does."""
        self.barre.setTabText(self._onglets.index(onglet), _TITRES[onglet] + (f" ({compte})" if compte else ""))

    def cycle(self, pas: int) -> None:
        """Bring the next tab into view, or the one before."""
        self.barre.setCurrentIndex((self.barre.currentIndex() + pas) % self.barre.count())

    def show_dossier(self, complet: DossierComplet) -> None:
        """Show another dossier."""
        self._complet = complet
        self._a_jour.clear()
        self._en_retard.clear()
        self._give()

    def update_dossier(self, complet: DossierComplet) -> None:
        """Show the same dossier, whose evaluation changed."""
        self._complet = complet
        self._en_retard.update(self._a_jour)
        self._update(self.onglet)
        self._update(Onglet.PIECES)  # the viewer may be on another screen

    def leave(self) -> bool:
        """Have the tabs write what is being typed; return whether all of it reached the disk."""
        ecrits = [self._volets[onglet].leave() for onglet in self._a_jour]  # every tab must try
        return all(ecrits)

    def focus_first(self) -> None:
        """Put the focus in the tab in view."""
        self.volet.focus_first()

    @property
    def _onglets(self) -> Sequence[Onglet]:
        return list(self._volets)

    def _switched(self, rang: int) -> None:
        self._pile.setCurrentIndex(rang)
        self._give()
        self.onglet_changed.emit(self.onglet.value)

    def _give(self) -> None:
        if self._astuce is not None:
            self._astuce.propose(self.onglet.value)
        if self._complet is not None and self.onglet not in self._a_jour:
            self._a_jour.append(self.onglet)
            self.volet.show_dossier(self._complet)
        self._update(self.onglet)

    def _update(self, onglet: Onglet) -> None:
        if self._complet is not None and onglet in self._en_retard:
            self._en_retard.discard(onglet)
            self._volets[onglet].update_dossier(self._complet)
