"""The page of one dossier: header, outline, reader, critere; it only leads, its parts do the work."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from o2r_desktop.errors import O2rError
from o2r_desktop.operations import DossierComplet
from o2r_desktop.text import numero
from ui.navigation import Onglet
from ui.pages.dossier.commandes import make_actions
from ui.pages.dossier.echec import BarreEchec
from ui.pages.dossier.entete import Entete
from ui.pages.dossier.epingle import Epingle
from ui.pages.dossier.faces import make_faces
from ui.pages.dossier.gestes import Gestes, TroisVolets
from ui.pages.dossier.onglets import Onglets
from ui.pages.dossier.parcours import OFFRE, CritereDuParcours, Parcours, critere_voulu
from ui.pages.dossier.plan import PlanView
from ui.pages.dossier.reconfirmer import next_a_reconfirmer
from ui.pages.dossier.suites import load_suites
from ui.pages.dossier.touches import TOUCHES
from ui.pages.dossier.verrou import BandeauVerrou
from ui.pages.page import Page
from ui.reprise import Reprise, garder
from ui.services import Services
from ui.widgets.base import fill, line


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
        self._offert = 0
        """The dossier after which the next one was offered."""
        self.barre_echec = BarreEchec(services)
        self.verrou = BandeauVerrou(services)
        self.entete = Entete(services)
        self.plan = PlanView(services)
        self.parcours = Parcours(services, self.plan)
        self._onglets = Onglets(services, self.leave)
        self.centre = self._onglets.centre
        self.critere = CritereDuParcours(services, self, self.parcours)
        self._epingle = Epingle(self._onglets)
        self._panneaux = TroisVolets(
            services,
            (self.parcours.gauche, self.parcours.focus),
            (self.centre, self.centre.focus_first),
            (self.critere, self.critere.focus_first),
        )
        self._gestes = Gestes(self)
        self._faces = QStackedWidget()
        self._corps = QWidget()
        self._vide, self._echec = make_faces(self._go_liste)
        self._commandes = make_actions(self, self._gestes, self._onglets, self._panneaux)
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
        critere = critere_voulu(self.services, complet, critere_id)
        self._lieu = _Lieu(campagne.dossier, numero_voulu, critere)
        (self.centre.update_dossier if meme else self.centre.show_dossier)(complet)
        self._onglets.lues.clear()
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

    def show_piece(self, empreinte: str, page: int = 1, mots: str = "") -> bool:
        """Show a page, from 1, of the received piece of this SHA-256, some words marked; False without one."""
        return self._complet is not None and self._onglets.show_empreinte(empreinte, page, mots=mots)

    def show_angle(self, angle: str) -> None:
        """Show one side of the analysis."""
        if self._complet is not None:
            self._onglets.show_angle(angle)

    def set_voisins(self, numeros: Sequence[int], vue: str) -> None:
        """Take the list that «previous» and «next» follow, and its name."""
        self.parcours.set_liste(numeros, vue)
        self._show_position()

    def open_voisin(self, pas: int) -> None:
        """Open the dossier before (-1) or after (1) in the list; in «par critère», at the same critere."""
        self._open_numero(self.parcours.voisins.voisin(pas))

    def open_prochain(self) -> None:
        """Open the next dossier of the list where something is left to do; say it when there is none."""
        numero_suivant, dit = self.parcours.prochain()
        if numero_suivant is None or self._open_numero(numero_suivant):
            self.critere.barre.say(dit)

    def resume(self, reprise: Reprise) -> None:
        """Show again what was in view when the work stopped."""
        if not self.open_dossier(reprise.numero, reprise.critere, reprise.onglet):
            return
        if reprise.par_critere:
            self.set_par_critere(actif=True)
        self._onglets.restore(reprise)
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
        self._keep_place()
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
        """Leave the reading mode, then «par critère», with Échap; no shortcut, the parts have their own Échap."""
        if event.key() == Qt.Key.Key_Escape and self._commandes.lecture.isChecked():
            self._commandes.lecture.setChecked(False)
        elif event.key() == Qt.Key.Key_Escape and self.parcours.par_critere:
            self.set_par_critere(actif=False)
        else:
            super().keyPressEvent(event)

    def _reload(self) -> None:
        if self._lieu is not None:
            self.open_dossier(self._lieu.numero, self._lieu.critere)

    def _forget(self) -> None:
        self.parcours.forget()
        self._let_go(self._vide)

    def _let_go(self, face: QWidget) -> None:
        self._lieu = self._complet = None
        self._perime = False
        self.critere.forget()
        self._faces.setCurrentWidget(face)
        self._enable()

    # --- what is shown ----------------------------------------------------------------------------------------

    def _show_evaluation(self, complet: DossierComplet) -> None:
        """Show the state of the evaluation in the parts of this page."""
        grille = self.services.campagne.session.grille
        self.entete.show_dossier(grille, complet)
        self._show_suites()
        self.verrou.show_dossier(complet)
        self._enable()

    def _show_suites(self) -> None:
        """Show the outline with what the pieces and the questions add to it."""
        if self._complet is not None:
            session = self.services.campagne.session
            suites = load_suites(session, self._complet, self._onglets.lues, self._onglets.totaux)
            self.plan.show_dossier(session.grille, self._complet, suites)
            self.centre.show_count(Onglet.QUESTIONS, sum(suites.questions.values()))

    def _actes_changed(self, numeros: Sequence[int]) -> None:
        if self.numero in numeros and not self._perime:
            self._show_suites()

    def _show_critere(self, critere_id: str) -> None:
        if self._complet is None or self._lieu is None:
            return
        self.critere.show_critere(self._complet, critere_id)
        self.plan.show_critere(critere_id)
        self.parcours.show_dossier(self._complet, critere_id)
        critere = self.services.campagne.session.grille.critere(critere_id)
        self._onglets.follow_critere(critere, form=self.parcours.par_critere)
        self.services.reglages.set_reprise(self._lieu.campagne, self._lieu.numero, critere_id)

    def _keep_place(self) -> None:
        """Remember all that is in view, for the next session."""
        if self._lieu is not None and self._complet is not None:
            debut = Reprise(numero=self._lieu.numero, critere=self._lieu.critere)
            reprise = replace(self._onglets.place(debut), par_critere=self.parcours.par_critere)
            garder(self.services.reglages, self._lieu.campagne, reprise)

    def _show_position(self) -> None:
        voisins = self.parcours.voisins
        avant, apres = voisins.voisin(-1) is not None, voisins.voisin(1) is not None
        self.entete.show_position(voisins.position, avant=avant, apres=apres)
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

    def set_par_critere(self, *, actif: bool) -> None:
        """Follow one critere across the list, or dossiers again."""
        self.parcours.set_par_critere(self.critere_id if actif else "")
        self._commandes.par_critere.setChecked(actif)
        if self._complet is not None:
            self._show_critere(self.critere_id)
            self.critere.focus_first()
        self._enable()

    def step(self, pas: int, *, en_travers: bool) -> None:
        """Go to the critere before or after (Alt+↑↓), *en_travers* to the dossier (Alt+←→).

        In «par critère» each pair of keys does what the other does: the list goes up and down.
        """
        if en_travers is not self.parcours.par_critere:
            self.open_voisin(pas)
            return
        ids = [c.id for c in self.services.campagne.session.grille.criteres]
        rang = ids.index(self.critere_id) + pas
        if 0 <= rang < len(ids):
            self._open_and_focus(ids[rang])

    def _enable(self) -> None:
        ouvert = self._complet is not None
        self._gestes.enable(ouvert=ouvert)
        voisins, libre = self.parcours.voisins, self.parcours.par_critere
        for action, pas in ((self._commandes.avant, -1), (self._commandes.apres, 1)):
            action.setEnabled(ouvert and (libre or voisins.voisin(pas) is not None))
        self._commandes.rouverture.setEnabled(ouvert and self.verrou.can_reopen)

    def _open_numero(self, numero_voulu: int | None) -> bool:
        critere = self.critere_id if self.parcours.par_critere else ""
        ouvert = numero_voulu is not None and self.open_dossier(numero_voulu, critere)
        if ouvert:
            self.critere.focus_first()
        return ouvert

    def _conclude(self) -> None:
        """Show the conclusion, all being answered; asked once more, go to the next dossier to do."""
        if self._offert == self.numero and self.centre.onglet is Onglet.CONCLUSION:
            self.open_prochain()
            return
        self._offert = self.numero or 0
        self._onglets.show(Onglet.CONCLUSION)
        self.critere.barre.say(OFFRE)

    def _open_and_focus(self, critere_id: str) -> None:
        if not critere_id:
            self._conclude()
        elif self.open_critere(critere_id):
            self._commandes.lecture.setChecked(False)
            self.critere.focus_first()

    def _go_liste(self) -> None:
        self.services.navigation.go("dossiers")

    # --- building -------------------------------------------------------------------------------------------

    def _place(self) -> None:
        fill(
            QVBoxLayout(self._corps),
            self.entete,
            line(),
            self.verrou,
            self.parcours.bandeau,
            self._panneaux,
            espace=0,
        )
        self._corps.layout().setStretch(4, 1)  # type: ignore[union-attr]
        for face in (self._vide, self._echec, self._corps):
            self._faces.addWidget(face)
        fill(QVBoxLayout(self), self.barre_echec, self._faces, espace=0)

    def _connect(self) -> None:
        campagne = self.services.campagne
        campagne.evaluation_changed.connect(self._evaluation_changed)
        campagne.actes_changed.connect(self._actes_changed)
        for signal in (campagne.opened, campagne.closed, campagne.suivi_loaded, campagne.parametres_changed):
            signal.connect(self.refresh)
        self.entete.liste_requested.connect(self._go_liste)
        self.entete.voisin_requested.connect(self.open_voisin)
        self.plan.critere_chosen.connect(self._open_and_focus)
        self.plan.partie_chosen.connect(self._onglets.show_section)
        self.plan.piece_chosen.connect(self._onglets.show_rang)
        self.plan.onglet_chosen.connect(self._onglets.show)
        self.parcours.pane.dossier_chosen.connect(self._open_numero)
        self.parcours.pane.ended.connect(lambda: self.set_par_critere(actif=False))
        self.verrou.reopened.connect(self.critere.focus_first)
        self.critere.critere_requested.connect(self._open_and_focus)
        self.critere.dossier_requested.connect(self.open_prochain)
        self.critere.set_source(self._epingle)
        self.critere.preuve_requested.connect(self._epingle.open)
        self.critere.questions_requested.connect(partial(self._onglets.show, Onglet.QUESTIONS))
        self.critere.source_requested.connect(self.show_champ)
        self.critere.angle_requested.connect(self.show_angle)
        self.entete.reconfirmer_requested.connect(self.open_a_reconfirmer)
        self._onglets.formulaire.piece_requested.connect(self._onglets.show_rang)
        self._onglets.piece_changed.connect(self.plan.show_piece)
        self._onglets.critere_chosen.connect(self._open_and_focus)
        self._onglets.lecture_changed.connect(self._show_suites)
