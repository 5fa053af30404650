"""Comparer: what parts the dossiers, and how far their ranks hold."""

from functools import partial

from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from ui.pages.comite.donnees import Donnees
from ui.pages.comite.onglet import Onglet
from ui.pages.comparer.carte import CarteOnglet
from ui.pages.comparer.cote import CoteOnglet
from ui.pages.comparer.instructeurs import InstructeursOnglet
from ui.pages.comparer.si import SiOnglet
from ui.pages.page import Page
from ui.services import Services
from ui.widgets.base import EmptyState, button, column, fill, label


class ComparerPage(Page):
    """Read only: weights that are tried are never written."""

    nom = "comparer"
    titre = "Comparer"
    aide = (
        "Comparer : la carte montre le score de chaque section de chaque dossier évalué, l’écart entre les "
        "dossiers et si leur rang tient quand les poids varient ; « Côte à côte » met jusqu’à quatre dossiers en "
        "colonnes ; « Et si » essaie d’autres poids sans rien enregistrer ; « Instructeurs » montre qui note plus "
        "haut ou plus bas que les autres. Entrée ouvre le dossier choisi."
    )

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self.donnees = Donnees(services, self)
        self.carte = CarteOnglet(services, self.donnees)
        self.cote = CoteOnglet(services, self.donnees)
        self.si = SiOnglet(services, self.donnees)
        self.instructeurs = InstructeursOnglet(services, self.donnees)
        self.onglets: tuple[Onglet, ...] = (self.carte, self.cote, self.si, self.instructeurs)
        self.barre = QTabBar()
        self.barre.setAccessibleName("Parties de la comparaison")
        self.barre.setExpanding(False)
        self._pile = QStackedWidget()
        for onglet in self.onglets:
            self.barre.addTab(onglet.titre)
            self._pile.addWidget(onglet)
        vide = EmptyState(
            "Rien à comparer",
            "La comparaison porte sur les dossiers évalués : répondez à un critère de l’un d’eux.",
            [button("Aller aux dossiers", partial(services.navigation.go, "dossiers"), role="principal")],
        )
        plein = QWidget()
        tete = column(label(self.titre, "titre"), self.barre)
        tete.setContentsMargins(16, 18, 16, 0)
        fill(QVBoxLayout(plein), tete, self._pile, espace=0)
        self._faces = QStackedWidget()
        self._arrive = False
        """Whether the page was entered before the dossiers were read: the focus goes to work then."""
        self._faces.addWidget(vide)
        self._faces.addWidget(plein)
        fill(QVBoxLayout(self), self._faces)
        self.barre.currentChanged.connect(self._tab_chosen)
        self.donnees.changed.connect(self._show)

    def enter(self) -> None:
        """Read the dossiers again: they may have changed elsewhere."""
        self.donnees.load()
        self._arrive = not self.donnees.charge
        if self.donnees.charge:
            self._show()
            self.onglets[self._pile.currentIndex()].focus_first()

    def refresh(self) -> None:
        """Read again after an import, an opening."""
        if self.isVisible():
            self.donnees.load()

    def show_tab(self, titre: str) -> None:
        """Show a tab by its French title."""
        self.barre.setCurrentIndex([o.titre for o in self.onglets].index(titre))

    def _show(self) -> None:
        if not self.services.campagne.is_open:
            return
        self._faces.setCurrentIndex(int(bool(self.donnees.candidats)))
        if self.donnees.candidats:
            onglet = self.onglets[self._pile.currentIndex()]
            onglet.show_donnees()
            if self._arrive and self.isVisible():
                onglet.focus_first()
        self._arrive = False

    def _tab_chosen(self, rang: int) -> None:
        self._pile.setCurrentIndex(rang)
        if self.donnees.charge:
            self._show()
