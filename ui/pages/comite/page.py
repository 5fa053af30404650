"""Comité: agenda, envelope, coverage, meeting, members, follow-up, and the papers of all that."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QAction, QDesktopServices, QKeySequence
from PySide6.QtWidgets import QMenu, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from o2r_desktop.errors import O2rError
from o2r_desktop.operations import Session, twin_session
from o2r_desktop.progress import Reporter
from o2r_desktop.text import NBSP
from ui.actions import named_undo
from ui.pages.comite.couverture import CouvertureOnglet
from ui.pages.comite.donnees import Donnees
from ui.pages.comite.enveloppe import EnveloppeOnglet
from ui.pages.comite.membres import MembresOnglet
from ui.pages.comite.onglet import Onglet
from ui.pages.comite.ordre import OrdreOnglet
from ui.pages.comite.releve import ReleveOnglet
from ui.pages.comite.seance import SeanceOnglet
from ui.pages.page import Page
from ui.services import Services
from ui.widgets.base import Banner, EmptyState, button, column, fill, label, row

_PAPIERS = (
    ("Papiers du comité", "papiers"),
    ("Recueil (une page par dossier)", "recueil"),
    ("Tableau complet (XLSX)", "xlsx"),
    ("Tableau complet (ODS)", "ods"),
)


class ComitePage(Page):
    """Everything is written at once; Ctrl+Z takes the committee's last act back."""

    nom = "comite"
    titre = "Comité"
    aide = (
        "Le comité : ordre du jour par blocs, rangé à la souris ou par Alt+↑ et Alt+↓ ; enveloppe par année, "
        "scénarios et ligne de coupe ; couverture des priorités ; séance, où chaque décision est vérifiée "
        "(plafond, motif, voix, conditions) avant d’être enregistrée ; suites, avec le texte à coller sur la "
        "plateforme ; membres et déports. « Papiers » écrit la feuille de présence, l’ordre du jour, le "
        "procès-verbal, le relevé, le recueil et le tableau."
    )

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self.donnees = Donnees(services, self)
        self.ordre = OrdreOnglet(services, self.donnees)
        self.enveloppe = EnveloppeOnglet(services, self.donnees)
        self.couverture = CouvertureOnglet(services, self.donnees)
        self.seance = SeanceOnglet(services, self.donnees)
        self.suites = ReleveOnglet(services, self.donnees)
        self.membres = MembresOnglet(services, self.donnees)
        self.onglets: tuple[Onglet, ...] = (
            self.ordre, self.enveloppe, self.couverture, self.seance, self.suites, self.membres,
        )  # fmt: skip
        self.barre = QTabBar()
        self.barre.setAccessibleName("Parties du comité")
        self.barre.setExpanding(False)
        self._pile = QStackedWidget()
        for onglet in self.onglets:
            self.barre.addTab(onglet.titre)
            self._pile.addWidget(onglet)
        self.message = Banner()
        self.papiers = button("Papiers", None, nom="Écrire les papiers du comité")
        self.papiers.setMenu(self._menu())
        self.faire = [self._action(nom, cle, touches) for nom, cle, touches in (
            ("Annuler", "undo", ("Ctrl+Z",)), ("Rétablir", "redo", ("Ctrl+Shift+Z", "Ctrl+Y")),
        )]  # fmt: skip
        self._touches = self._keys()
        self._vide = EmptyState(
            "Aucun dossier n’est évalué",
            "Le comité examine les dossiers dont l’évaluation est commencée : répondez à un critère d’un dossier.",
            [button("Aller aux dossiers", partial(services.navigation.go, "dossiers"), role="principal")],
        )
        self._faces = QStackedWidget()
        self._arrive = False
        """Whether the page was entered before the dossiers were read: the focus goes to work then."""
        self._place()
        self.barre.currentChanged.connect(self._tab_chosen)
        self.donnees.changed.connect(self._show)
        self.donnees.acts_changed.connect(self._name_acts)
        services.campagne.parametres_changed.connect(self._stale)
        self._name_acts()

    # --- what the window asks -----------------------------------------------------------------------------

    def page_actions(self) -> Sequence[QAction]:
        """Return the way back and forth, and the papers."""
        return [*self.faire, *self._menu_papiers.actions(), *self._touches]

    def more_keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of the projection."""
        return (
            ("Projection : dossier précédent, suivant", "Left / Right"),
            ("Projection : montrer ou cacher les noms", "N"),
        )

    def enter(self) -> None:
        """Read the dossiers again: they may have changed elsewhere."""
        self.donnees.load()
        self._arrive = not self.donnees.charge
        if self.donnees.charge:
            self._show()
            self._courant.focus_first()

    def leave(self) -> bool:
        """Keep what is typed."""
        return not self.donnees.charge or self._courant.leave()

    def refresh(self) -> None:
        """Read again after an import, an opening."""
        if self.isVisible():
            self.donnees.load()

    def show_tab(self, titre: str) -> None:
        """Show a tab by its French title."""
        self.barre.setCurrentIndex([o.titre for o in self.onglets].index(titre))

    # --- what is shown ------------------------------------------------------------------------------------

    @property
    def _courant(self) -> Onglet:
        return self.onglets[self._pile.currentIndex()]

    def _show(self) -> None:
        if not self.services.campagne.is_open:
            return
        self._faces.setCurrentIndex(int(bool(self.donnees.candidats)))
        if self.donnees.candidats:
            self._courant.show_donnees()
            if self._arrive and self.isVisible():
                self._courant.focus_first()
        self._arrive = False

    def _tab_chosen(self, rang: int) -> None:
        self._courant.leave()
        self._pile.setCurrentIndex(rang)
        if self.donnees.charge:
            self._show()

    def _stale(self) -> None:
        if self.donnees.charge:
            self.donnees.load()

    def _name_acts(self) -> None:
        for action, mot, nom in zip(
            self.faire, ("Annuler", "Rétablir"), (self.donnees.next_undo, self.donnees.next_redo), strict=True
        ):
            action.setText(named_undo(mot, nom))
            action.setEnabled(bool(nom))

    # --- papers -------------------------------------------------------------------------------------------

    def write(self, quoi: str) -> None:
        """Write papers, booklet or table into the folder of the campagne, in the background."""
        self.leave()
        self.message.dire("")
        session = self.services.campagne.session
        tache = self.services.taches.start("Papiers du comité", partial(_ecrire, session, quoi))
        tache.succeeded.connect(self._written)
        tache.failed.connect(self._failed)

    def _written(self, fichiers: list[Path]) -> None:
        noms = ", ".join(f.name for f in fichiers)
        self.message.dire(f"Écrit dans {fichiers[0].parent}{NBSP}: {noms}")
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(fichiers[0] if len(fichiers) == 1 else fichiers[0].parent)))

    def _failed(self, erreur: O2rError) -> None:
        self.services.alertes.show_error(erreur)

    # --- building -----------------------------------------------------------------------------------------

    def _menu(self) -> QMenu:
        self._menu_papiers = QMenu(self)
        for nom, quoi in _PAPIERS:
            self._menu_papiers.addAction(nom).triggered.connect(lambda *_, quoi=quoi: self.write(quoi))
        return self._menu_papiers

    def _action(self, nom: str, faire: str, touches: Sequence[str]) -> QAction:
        action = QAction(nom, self)
        action.setShortcuts([QKeySequence(t) for t in touches])
        action.triggered.connect(lambda *_: getattr(self.donnees, faire)())
        return action

    def _keys(self) -> list[QAction]:
        """Return the acts of tabs that have a key; each brings nothing into view, and does nothing elsewhere."""
        ordre, seance, suites = self.ordre, self.seance, self.suites
        gestes: tuple[tuple[str, str, Onglet, Callable[[], object]], ...] = (
            ("Monter dans l’ordre du jour", "Alt+Up", ordre, partial(ordre.shift, -1)),
            ("Descendre dans l’ordre du jour", "Alt+Down", ordre, partial(ordre.shift, 1)),
            ("Enregistrer la décision", "Ctrl+Return", seance, seance.volet.record),
            ("Projeter la séance", "Ctrl+F11", seance, seance.project),
            ("Copier le texte pour la plateforme", "Ctrl+Shift+C", suites, suites.copy),
        )
        actions = []
        for nom, touche, onglet, faire in gestes:
            action = QAction(nom, self)
            action.setShortcut(QKeySequence(touche))
            action.triggered.connect(lambda *_, o=onglet, f=faire: f() if self._courant is o else None)
            actions.append(action)
        return actions

    def _place(self) -> None:
        tete = column(row(label(self.titre, "titre"), 1, self.papiers), self.barre)
        tete.setContentsMargins(16, 18, 16, 0)
        plein = QWidget()
        fill(QVBoxLayout(plein), tete, self.message, self._pile, espace=0)
        self._faces.addWidget(self._vide)
        self._faces.addWidget(plein)
        fill(QVBoxLayout(self), self._faces)


def _ecrire(session: Session, quoi: str, reporter: Reporter) -> list[Path]:
    from o2r_desktop import seance
    from o2r_desktop.notes import files

    with twin_session(session) as jumelle:
        sortie = session.campagne.dossier / seance.DOSSIER
        files.prepare_folder(sortie)
        if quoi == "papiers":
            return [e.fichier for e in seance.write_papers(jumelle, sortie, reporter=reporter)]
        if quoi == "recueil":
            return [seance.write_booklet(jumelle, sortie / "recueil.pdf", reporter).fichier]
        return [seance.write_table(jumelle, sortie / f"comite.{quoi}", reporter).chemin]
