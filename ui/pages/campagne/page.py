"""The page of the campagne: six tabs."""

from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from ui.pages.campagne.correspondance import CorrespondanceView
from ui.pages.campagne.grille import GrilleView
from ui.pages.campagne.imports import ImportsView
from ui.pages.campagne.listes import ListesView
from ui.pages.campagne.parametres import ParametresView
from ui.pages.campagne.sauvegardes import SauvegardesView
from ui.pages.page import Page
from ui.services import Services
from ui.widgets.base import EmptyState, button, column, fill, label


class CampagnePage(Page):
    """Parameters, grille, correspondence, lists of reference, imports, backups of the open campagne."""

    nom = "campagne"
    titre = "Campagne"
    aide = (
        "La campagne : ce que ses règles comparent (date limite, seuils, enveloppe, organismes exclus), sa grille "
        "en lecture, la correspondance entre les colonnes des exports et les informations, les listes de référence "
        "auxquelles l’analyse compare les dossiers (modifiables, importables), les imports avec leur rapport, dont "
        "le dernier peut être annulé, les sauvegardes et le retour à l’une d’elles."
    )

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._parametres = ParametresView(services)
        self.correspondance = CorrespondanceView(services)
        self.imports = ImportsView(services)
        self.listes = ListesView(services)
        self._vues = (
            ("Paramètres", self._parametres),
            ("Grille", GrilleView(services)),
            ("Correspondance", self.correspondance),
            ("Listes de référence", self.listes),
            ("Imports", self.imports),
            ("Sauvegardes", SauvegardesView(services)),
        )
        self._onglets = QTabBar()
        self._onglets.setAccessibleName("Parties de la campagne")
        self._onglets.setExpanding(False)
        self._pile = QStackedWidget()
        for titre, vue in self._vues:
            self._onglets.addTab(titre)
            self._pile.addWidget(vue)
        self._titre = label("", "titre", wrap=True)
        ouverte = QWidget()
        tete = column(self._titre, self._onglets)
        tete.setContentsMargins(16, 18, 16, 0)
        fill(QVBoxLayout(ouverte), tete, self._pile, espace=0)
        ouvrir = button("Aller à l’accueil", lambda: services.navigation.go("accueil"), role="principal")
        self._faces = QStackedWidget()
        self._faces.addWidget(
            EmptyState(
                "Aucune campagne n’est ouverte", "Ouvrez-en une, ou créez-en une, depuis l’accueil.", [ouvrir]
            )
        )
        self._faces.addWidget(ouverte)
        fill(QVBoxLayout(self), self._faces)
        self._onglets.currentChanged.connect(self._tab_chosen)
        services.campagne.opened.connect(self.refresh)
        services.campagne.closed.connect(self.refresh)
        services.campagne.parametres_changed.connect(self._say_titre)

    def enter(self) -> None:
        """Read again what may have changed elsewhere."""
        self.refresh()
        self._onglets.setFocus()

    def leave(self) -> bool:
        """Ask what becomes of what was changed and not saved; refuse while the campagne is being written."""
        if self.imports.travaille:
            self.imports.say_busy()
            return False
        self.imports.clear_message()
        return self._parametres.leave() and self.correspondance.leave()

    def refresh(self) -> None:
        """Read everything in view again."""
        ouverte = self.services.campagne.is_open
        self._faces.setCurrentIndex(int(ouverte))
        if ouverte:
            self._say_titre()
            self._vues[self._pile.currentIndex()][1].refresh()

    def focus_search(self) -> None:
        """Put the focus in the search of the columns, when they are in view."""
        if self._pile.currentWidget() is self.correspondance:
            self.correspondance.vue.focus_search()

    def show_tab(self, titre: str) -> None:
        """Show one of the parts by its French title."""
        self._onglets.setCurrentIndex([nom for nom, _ in self._vues].index(titre))

    def _say_titre(self) -> None:
        self._titre.setText(self.services.campagne.session.parametres.nom)

    def _tab_chosen(self, rang: int) -> None:
        if rang != self._pile.currentIndex() and not self.leave():
            self._onglets.setCurrentIndex(self._pile.currentIndex())
            return
        self._pile.setCurrentIndex(rang)
        if self.services.campagne.is_open:
            self._vues[rang][1].refresh()
