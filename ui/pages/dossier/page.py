"""The page of one dossier: header, outline, reader, critere; it only leads, its parts do the work."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from o2r_desktop.errors import O2rError
from o2r_desktop.evaluation.etats import premier_a_faire
from o2r_desktop.operations import DossierComplet
from o2r_desktop.text import numero
from ui.navigation import Onglet
from ui.pages.dossier.centre import Centre
from ui.pages.dossier.critere import CriterePane
from ui.pages.dossier.echec import BarreEchec
from ui.pages.dossier.entete import Entete
from ui.pages.dossier.formulaire import FormulaireVolet
from ui.pages.dossier.formulaire_texte import AUTRES
from ui.pages.dossier.plan import PlanView
from ui.pages.dossier.touches import TOUCHES
from ui.pages.dossier.verrou import BandeauVerrou
from ui.pages.dossier.voisins import Voisins
from ui.pages.dossier.volet import Volet
from ui.pages.page import Page
from ui.services import Services
from ui.widgets.base import EmptyState, button, fill, has_focus_within, line, split

_TAILLES = "dossier/volets"
_LARGEURS = (260, 440)
"""Pixels of the outline and of the critere at first, for a text of the usual size."""


@dataclass(frozen=True, slots=True)
class _Lieu:
    """Where the work is: what has to be shown again when the page comes back."""

    campagne: Path
    numero: int
    critere: str


def volets(services: Services, leave: Callable[[], bool]) -> Mapping[Onglet, Volet]:
    """Build the tabs of the centre; *leave* has the whole page write what is being typed."""
    from ui.pages.dossier.conclusion import ConclusionVolet
    from ui.pages.dossier.note import NoteVolet

    return {
        Onglet.FORMULAIRE: FormulaireVolet(services),
        Onglet.CONCLUSION: ConclusionVolet(services, leave),
        Onglet.NOTE: NoteVolet(services),
    }


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
        self._volets = volets(services, self.leave)
        self.centre = Centre(self._volets)
        self.critere = CriterePane(services, self)
        self._separateur = QSplitter(Qt.Orientation.Horizontal)
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
        self._actions = self._make_actions()
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
        return self._actions

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

    def _make_actions(self) -> list[QAction]:
        self._avant = self._action("Dossier &précédent", "Alt+Left", lambda: self.open_voisin(-1))
        self._apres = self._action("Dossier &suivant", "Alt+Right", lambda: self.open_voisin(1))
        self._rouverture = self._action("&Rouvrir l’évaluation…", "Ctrl+Shift+R", self.verrou.ask_reopening)
        self._lecture = self._action("Mode &lecture", "F11", None)
        self._lecture.setCheckable(True)
        self._lecture.toggled.connect(self._read)
        self._du_dossier = [
            self._action("Critère pré&cédent", "Alt+Up", lambda: self._open_voisin_critere(-1)),
            self._action("Critère s&uivant", "Alt+Down", lambda: self._open_voisin_critere(1)),
            self._action("&Formulaire", "", lambda: self._show_onglet(Onglet.FORMULAIRE)),
            self._action("C&onclusion", "", lambda: self._show_onglet(Onglet.CONCLUSION)),
            self._action("&Note", "", lambda: self._show_onglet(Onglet.NOTE)),
            self._action("Onglet sui&vant", "Ctrl+Tab", lambda: self._cycle_onglet(1)),
            self._action("On&glet précédent", "Ctrl+Shift+Tab", lambda: self._cycle_onglet(-1)),
            self._action("C&hercher dans le formulaire", "Ctrl+F", self._search),
            self._action("Volet suiv&ant", "F6", lambda: self._cycle_volet(1)),
            self._action("Vole&t précédent", "Shift+F6", lambda: self._cycle_volet(-1)),
            self._lecture,
        ]
        return [self._avant, self._apres, *self._du_dossier, self._rouverture]

    def _action(self, texte: str, touche: str, faire: Callable[[], object] | None) -> QAction:
        action = QAction(texte, self)
        if touche:
            action.setShortcut(QKeySequence(touche))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        if faire is not None:
            action.triggered.connect(lambda *_: faire())
        self.addAction(action)
        return action

    def _enable(self) -> None:
        ouvert = self._complet is not None
        for action in self._du_dossier:
            action.setEnabled(ouvert)
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
            self._show_onglet(Onglet.CONCLUSION)
        elif self.open_critere(critere_id):
            self._lecture.setChecked(False)
            self.critere.focus_first()

    def _show_onglet(self, onglet: str) -> None:
        self.centre.show_onglet(Onglet(onglet))
        self.centre.focus_first()

    def _cycle_onglet(self, pas: int) -> None:
        self.centre.cycle(pas)
        self.centre.focus_first()

    def _show_partie(self, section: str) -> None:
        self._formulaire().show_section(section or AUTRES)

    def _show_attribut(self, attribut: str) -> None:
        self._formulaire().show_attribut(attribut)

    def _search(self) -> None:
        self._formulaire().focus_search()

    def _formulaire(self) -> FormulaireVolet:
        """Bring the form into view and return it."""
        self.centre.show_onglet(Onglet.FORMULAIRE)
        formulaire = self._volets[Onglet.FORMULAIRE]
        assert isinstance(formulaire, FormulaireVolet)
        return formulaire

    def _cycle_volet(self, pas: int) -> None:
        """Put the focus in the next pane that is in view."""
        tous: list[tuple[QWidget, Callable[[], None]]] = [
            (self.plan, self.plan.setFocus),
            (self.centre, self.centre.focus_first),
            (self.critere, self.critere.focus_first),
        ]
        vus = [(volet, focus) for volet, focus in tous if volet.isVisible()]
        ici = next((i for i, (volet, _) in enumerate(vus) if has_focus_within(volet)), 0 if pas < 0 else -1)
        vus[(ici + pas) % len(vus)][1]()

    def _read(self, lecture: bool) -> None:
        """Leave the whole width to the reader, or bring the other panes back."""
        self.plan.setVisible(not lecture)
        self.critere.setVisible(not lecture)
        (self.centre if lecture else self.critere).focus_first()

    def _go_liste(self) -> None:
        self.services.navigation.go("dossiers")

    # --- building -------------------------------------------------------------------------------------------

    def _place(self) -> None:
        split(self._separateur, self.plan, self.centre, self.critere)
        for rang, part in enumerate((0, 1, 0)):
            self._separateur.setStretchFactor(rang, part)
            self._separateur.setCollapsible(rang, False)
        self._separateur.setHandleWidth(1)
        if not self._separateur.restoreState(self.services.reglages.octets(_TAILLES)):
            gauche, droite = (round(n * (1 + (self.services.theme.taille - 100) / 800)) for n in _LARGEURS)
            self._separateur.setSizes([gauche, 10 * droite, droite])
        fill(QVBoxLayout(self._corps), self.entete, line(), self.verrou, self._separateur, espace=0)
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
        self.plan.attribut_chosen.connect(self._show_attribut)
        self.plan.onglet_chosen.connect(self._show_onglet)
        self.verrou.reopened.connect(self.critere.focus_first)
        self.critere.critere_requested.connect(self._open_and_focus)
        self.critere.source_requested.connect(self._show_attribut)
        conclusion = self._volets[Onglet.CONCLUSION]
        conclusion.critere_requested.connect(self._open_and_focus)  # type: ignore[attr-defined]
        self._separateur.splitterMoved.connect(self._keep_sizes)

    def _keep_sizes(self) -> None:
        if not self._lecture.isChecked():
            self.services.reglages.set_octets(_TAILLES, self._separateur.saveState())
