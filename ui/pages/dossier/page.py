"""The page of one dossier: header, outline, reader, critere; it only leads, its parts do the work."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from o2r_desktop.errors import O2rError
from o2r_desktop.evaluation.etats import premier_a_faire
from o2r_desktop.operations import DossierComplet
from o2r_desktop.text import numero
from ui.navigation import Onglet
from ui.pages.dossier.critere import CriterePane
from ui.pages.dossier.echec import BarreEchec
from ui.pages.dossier.entete import Entete
from ui.pages.dossier.formulaire_texte import AUTRES
from ui.pages.dossier.gestes import Gestes, TroisVolets
from ui.pages.dossier.onglets import Onglets
from ui.pages.dossier.plan import PlanView
from ui.pages.dossier.reconfirmer import RECONFIRMER_SUIVANT, next_a_reconfirmer
from ui.pages.dossier.touches import TOUCHES
from ui.pages.dossier.verrou import BandeauVerrou
from ui.pages.dossier.voisins import Voisins
from ui.pages.page import Page
from ui.services import Services
from ui.widgets.base import EmptyState, button, fill, line


@dataclass(frozen=True, slots=True)
class _Lieu:
    """Where the work is: what has to be shown again when the page comes back."""

    campagne: Path
    numero: int
    critere: str


class DossierPage(Page):
    """Opens a dossier at a critere and a tab; leaves neither while something typed is not on the disk."""

    nom = "dossier"
    titre = "Dossier"
    aide = "instruire"

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._complet: DossierComplet | None = None
        self._lieu: _Lieu | None = None
        self._perime = False
        self._voisins = Voisins()
        self.barre_echec = BarreEchec(services)
        self.verrou = BandeauVerrou(services)
        self.entete = Entete(services)
        self.plan = PlanView(services)
        self._onglets = Onglets(services, self.leave)
        self.centre = self._onglets.centre
        self.critere = CriterePane(services, self)
        self._panneaux = TroisVolets(
            services,
            (self.plan, self.plan.setFocus),
            (self.centre, self.centre.focus_first),
            (self.critere, self.critere.focus_first),
        )
        self._gestes = Gestes(self)
        self._faces = QStackedWidget()
        self._corps = QWidget()
        aller = button("Aller à la liste", self._go_liste, role="principal")
        retour = button("Retour à la liste", self._go_liste, role="principal")
        self._vide = EmptyState(
            "Aucun dossier ouvert", "Choisissez un dossier dans la liste pour l’instruire.", [aller]
        )
        self._echec = EmptyState("", "", [retour])
        for face, bouton in ((self._vide, aller), (self._echec, retour)):
            face.setFocusProxy(bouton)
        self._make_actions()
        self._place()
        self._connect()
        self._enable()

    # --- where the work is ----------------------------------------------------------------------------------

    @property
    def numero(self) -> int | None:
        """The dossier that is open."""
        return self._lieu.numero if self._lieu else None

    @property
    def critere_id(self) -> str:
        """The critere that is open, «» without a dossier."""
        return self._lieu.critere if self._lieu else ""

    def open_dossier(self, numero_voulu: int, critere_id: str = "", onglet: str = "") -> bool:
        """Open a dossier; return False when the present one cannot be left or the new one cannot be read.

        Without a critere: the one where work stopped when it was on this dossier, else the first not done.
        """
        if not self._parted():
            return False
        campagne = self.services.campagne
        meme = self._complet is not None and numero_voulu == self.numero
        try:
            complet = campagne.complet(numero_voulu)
        except O2rError as erreur:
            self._show_echec(numero_voulu, erreur)
            return False
        self._complet, self._perime = complet, False
        if onglet:
            self.centre.show_onglet(Onglet(onglet))
        critere = self._critere_voulu(complet, critere_id)
        self._lieu = _Lieu(campagne.dossier, numero_voulu, critere)
        self._voisins.set_courant(numero_voulu)
        (self.centre.update_dossier if meme else self.centre.show_dossier)(complet)
        self._show_evaluation(complet)
        self._show_critere(critere)
        self._show_position()
        self._faces.setCurrentWidget(self._corps)
        return True

    def open_critere(self, critere_id: str) -> bool:
        """Open another critere of the dossier; return False when the present one cannot be left."""
        if self._lieu is None or self._complet is None or not self._parted():
            return False
        self._lieu = replace(self._lieu, critere=critere_id)
        self._show_critere(critere_id)
        return True

    def open_a_reconfirmer(self) -> None:
        """Open the next critere whose answer has to be confirmed, round the grille; nothing when there is none."""
        if self._complet is not None:
            grille = self.services.campagne.session.grille
            suivant = next_a_reconfirmer(grille, self._complet.evaluation, self.critere_id)
            self._open_and_focus(suivant or self.critere_id)

    def show_champ(self, champ: str, rang: int = 1) -> bool:
        """Show where a field of the form is answered, by attribute or label; return False when there is none."""
        return self._complet is not None and self._onglets.show_champ(champ, rang)

    def show_piece(self, empreinte: str, page: int = 1) -> bool:
        """Show a page, from 1, of the received piece of this SHA-256; return False when there is none."""
        return self._complet is not None and self._onglets.show_empreinte(empreinte, page)

    def set_voisins(self, numeros: Sequence[int], vue: str) -> None:
        """Take the list that «previous» and «next» follow, and its name."""
        self._voisins.set_liste(numeros, vue)
        self._show_position()

    def open_voisin(self, pas: int) -> None:
        """Open the dossier before (-1) or after (1) in the list."""
        voisin = self._voisins.voisin(pas)
        if voisin is not None and self.open_dossier(voisin):
            self.critere.focus_first()

    # --- as a page --------------------------------------------------------------------------------------------

    def page_actions(self) -> Sequence[QAction]:
        """Return what the menu «Dossier» shows."""
        return self._gestes.actions

    def more_keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of the answer and of the search."""
        return TOUCHES

    def enter(self) -> None:
        """Show what changed while the page was away; the focus goes where answers are given."""
        if self._perime:
            self._reload()
        if self._faces.currentWidget() is self._corps:
            self.critere.focus_first()
        elif (face := self._faces.currentWidget()) is not None:
            face.setFocus()

    def leave(self) -> bool:
        """Write what is being typed; stay while the bar keeps a failure, it would go out of view."""
        return self._parted() and self.barre_echec.clear()

    def refresh(self) -> None:
        """Read the dossier again: now when it is in view, else when it comes back."""
        campagne = self.services.campagne
        if self._lieu is None or not campagne.is_open or campagne.dossier != self._lieu.campagne:
            self._forget()
            return
        self._perime = True
        if self.isVisible():
            self._reload()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt
        """Leave the reading mode with Échap; no shortcut, the parts have their own Échap."""
        if event.key() == Qt.Key.Key_Escape and self._lecture.isChecked():
            self._lecture.setChecked(False)
        else:
            super().keyPressEvent(event)

    def _reload(self) -> None:
        if self._lieu is not None:
            self.open_dossier(self._lieu.numero, self._lieu.critere)

    def _forget(self) -> None:
        self._voisins = Voisins()
        self._let_go(self._vide)

    def _let_go(self, face: QWidget) -> None:
        self._lieu = self._complet = None
        self._perime = False
        self.critere.forget()
        self._faces.setCurrentWidget(face)
        self._enable()

    # --- what is shown ----------------------------------------------------------------------------------------

    def _critere_voulu(self, complet: DossierComplet, critere_id: str) -> str:
        campagne = self.services.campagne
        grille = campagne.session.grille
        reprise = self.services.reglages.reprise(campagne.dossier)
        if not critere_id and reprise and reprise[0] == complet.dossier.numero:
            critere_id = reprise[1]
        connu = any(c.id == critere_id for c in grille.criteres)
        return critere_id if connu else premier_a_faire(grille, complet.evaluation)

    def _show_evaluation(self, complet: DossierComplet) -> None:
        """Show the state of the evaluation in the parts of this page."""
        grille = self.services.campagne.session.grille
        self.entete.show_dossier(grille, complet)
        self.plan.show_dossier(grille, complet)
        self.verrou.show_dossier(complet)
        self._enable()

    def _show_critere(self, critere_id: str) -> None:
        if self._complet is None or self._lieu is None:
            return
        self.critere.show_critere(self._complet, critere_id)
        self.plan.show_critere(critere_id)
        self.services.reglages.set_reprise(self._lieu.campagne, self._lieu.numero, critere_id)

    def _show_position(self) -> None:
        self.entete.show_position(
            self._voisins.position,
            avant=self._voisins.voisin(-1) is not None,
            apres=self._voisins.voisin(1) is not None,
        )
        self._enable()

    def _show_echec(self, numero_voulu: int, erreur: O2rError) -> None:
        self._echec.dire(f"Le dossier {numero(numero_voulu)} n’a pas pu être ouvert", str(erreur))
        self._let_go(self._echec)

    def _evaluation_changed(self, numero_change: object, _critere: str) -> None:
        if self._lieu is None or numero_change != self._lieu.numero or self._perime:
            return
        self._complet = complet = self.services.campagne.complet(self._lieu.numero)
        self._show_evaluation(complet)
        self.critere.update_dossier(complet)
        self.centre.update_dossier(complet)

    def _parted(self) -> bool:
        """Have everything typed written; tell why the page stays when it is not."""
        if self._complet is None:
            return True
        ecrits = [self.critere.leave(), self.centre.leave()]  # both must try
        if all(ecrits):
            self.barre_echec.calm()
            return True
        self.barre_echec.insist()
        return False

    # --- moving around ----------------------------------------------------------------------------------------

    def _make_actions(self) -> None:
        ajouter = self._gestes.add
        self._avant = ajouter("Dossier &précédent", "Alt+Left", lambda: self.open_voisin(-1), du_dossier=False)
        self._apres = ajouter("Dossier &suivant", "Alt+Right", lambda: self.open_voisin(1), du_dossier=False)
        ajouter("Critère pré&cédent", "Alt+Up", lambda: self._open_voisin_critere(-1))
        ajouter("Critère s&uivant", "Alt+Down", lambda: self._open_voisin_critere(1))
        ajouter("Critère à reconfir&mer suivant", RECONFIRMER_SUIVANT, self.open_a_reconfirmer)
        ajouter("&Formulaire", "", lambda: self._onglets.show(Onglet.FORMULAIRE))
        ajouter("Pi&èces", "", lambda: self._onglets.show(Onglet.PIECES))
        ajouter("C&onclusion", "", lambda: self._onglets.show(Onglet.CONCLUSION))
        ajouter("&Note", "", lambda: self._onglets.show(Onglet.NOTE))
        ajouter("Onglet sui&vant", "Ctrl+Tab", lambda: self._onglets.cycle(1))
        ajouter("On&glet précédent", "Ctrl+Shift+Tab", lambda: self._onglets.cycle(-1))
        ajouter("C&hercher dans le formulaire ou la pièce", "Ctrl+F", self._onglets.search)
        ajouter("Volet suiv&ant", "F6", lambda: self._panneaux.cycle(1))
        ajouter("Vole&t précédent", "Shift+F6", lambda: self._panneaux.cycle(-1))
        self._lecture = ajouter("Mode &lecture", "F11", None)
        self._lecture.setCheckable(True)
        self._lecture.toggled.connect(self._panneaux.set_reading)
        self._rouverture = ajouter(
            "&Rouvrir l’évaluation…", "Ctrl+Shift+R", self.verrou.ask_reopening, du_dossier=False
        )

    def _enable(self) -> None:
        ouvert = self._complet is not None
        self._gestes.enable(ouvert=ouvert)
        self._avant.setEnabled(ouvert and self._voisins.voisin(-1) is not None)
        self._apres.setEnabled(ouvert and self._voisins.voisin(1) is not None)
        self._rouverture.setEnabled(ouvert and self.verrou.can_reopen)

    def _open_voisin_critere(self, pas: int) -> None:
        ids = [c.id for c in self.services.campagne.session.grille.criteres]
        rang = ids.index(self.critere_id) + pas
        if 0 <= rang < len(ids):
            self._open_and_focus(ids[rang])

    def _open_and_focus(self, critere_id: str) -> None:
        if not critere_id:
            self._onglets.show(Onglet.CONCLUSION)
        elif self.open_critere(critere_id):
            self._lecture.setChecked(False)
            self.critere.focus_first()

    def _show_partie(self, section: str) -> None:
        self._onglets.show_section(section or AUTRES)

    def _go_liste(self) -> None:
        self.services.navigation.go("dossiers")

    # --- building -------------------------------------------------------------------------------------------

    def _place(self) -> None:
        fill(QVBoxLayout(self._corps), self.entete, line(), self.verrou, self._panneaux, espace=0)
        self._corps.layout().setStretch(3, 1)  # type: ignore[union-attr]
        for face in (self._vide, self._echec, self._corps):
            self._faces.addWidget(face)
        fill(QVBoxLayout(self), self.barre_echec, self._faces, espace=0)

    def _connect(self) -> None:
        campagne = self.services.campagne
        campagne.evaluation_changed.connect(self._evaluation_changed)
        for signal in (campagne.opened, campagne.closed, campagne.suivi_loaded, campagne.parametres_changed):
            signal.connect(self.refresh)
        self.entete.liste_requested.connect(self._go_liste)
        self.entete.voisin_requested.connect(self.open_voisin)
        self.plan.critere_chosen.connect(self._open_and_focus)
        self.plan.partie_chosen.connect(self._show_partie)
        self.plan.piece_chosen.connect(self._onglets.show_rang)
        self.plan.onglet_chosen.connect(self._onglets.show)
        self.verrou.reopened.connect(self.critere.focus_first)
        self.critere.critere_requested.connect(self._open_and_focus)
        self.critere.source_requested.connect(self.show_champ)
        self.entete.reconfirmer_requested.connect(self.open_a_reconfirmer)
        self._onglets.formulaire.piece_requested.connect(self._onglets.show_rang)
        self._onglets.piece_changed.connect(self.plan.show_piece)
        self._onglets.conclusion.critere_requested.connect(self._open_and_focus)
