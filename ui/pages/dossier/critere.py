"""The right pane of a dossier: one critere, what it asks, what was found, what the instructor answers."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from o2r_desktop.evaluation.constats import Constat
from o2r_desktop.evaluation.etats import est_fait
from o2r_desktop.evaluation.grille import Critere
from o2r_desktop.evaluation.preuves import preuve_dite
from o2r_desktop.evaluation.reponses import DecisionConstat, Preuve
from o2r_desktop.operations import DossierComplet
from o2r_desktop.text import NBSP
from ui.pages.dossier.commentaire import CommentaireView
from ui.pages.dossier.constat import CONFIRMER, ConstatView
from ui.pages.dossier.critere_ecriture import Ecriture, Saisie, TexteEcrit
from ui.pages.dossier.critere_touches import PHRASES, QUESTION, bind_keys
from ui.pages.dossier.enonce import Enonce
from ui.pages.dossier.phrases import BanquePhrases
from ui.pages.dossier.pied import MARGE, VALIDER, BarreCritere
from ui.pages.dossier.preuves import EPINGLER, PreuvesView
from ui.pages.dossier.questions_critere import QuestionsCritere
from ui.pages.dossier.reconfirmer import CONFIRMER_REPONSE, Reconfirmer
from ui.pages.dossier.reperes import ReperesView
from ui.pages.dossier.reponse import ReponseView, valeur_de
from ui.pages.dossier.vigilance import VIGILANCE, VigilanceView
from ui.services import Services
from ui.widgets.base import fill, line
from ui.widgets.flux import Flow, WrapButton
from ui.widgets.texte import AutoText

_LIGNES = 22
"""Lines of text that the pane shows; with less, the guide and the places to look at are folded."""
_SEUL = f"Il ne reste que ce critère à traiter{NBSP}: répondez-y avant de conclure."
_MONTANT = f"Le montant n’est pas enregistré{NBSP}: corrigez-le, ou effacez-le."
_RIEN_A_EPINGLER = (
    f"Rien à épingler{NBSP}: attendez que la pièce s’affiche, ou choisissez un passage ou une valeur, puis E."
)


class CriterePane(QWidget):
    """One critere at a time. Keys live on *portee*, the page; nothing is chosen before the instructor does."""

    critere_requested = Signal(str)
    """A critere to show, «» when nothing is left to do: the opinion comes next."""
    source_requested = Signal(str)
    """Attribute of the form whose answer is to be shown."""
    preuve_requested = Signal(object)
    """A Preuve whose place is to be shown, in the bytes that the dossier has now."""
    questions_requested = Signal()
    """The tab of the questions is wanted."""
    angle_requested = Signal(str)
    """A side of the analysis is wanted."""

    def __init__(self, services: Services, portee: QWidget) -> None:
        super().__init__()
        self._services = services
        self._source: Callable[[], Preuve | None] = lambda: None
        self._ecriture = Ecriture(services)
        self.enonce = Enonce(services)
        self.reconfirmer = Reconfirmer(services.theme)
        self.constat = ConstatView(services.theme)
        self.reperes = ReperesView(services.theme)
        self.choix = ReponseView(services.theme)
        self._texte = CommentaireView(services.theme, self._open_phrases, PHRASES)
        self.commentaire = self._texte.champ
        self.enregistre = self._texte.enregistrement.mots
        self.phrases = BanquePhrases(services, self.commentaire)
        self.preuves = PreuvesView(services.theme)
        self.vigilance = VigilanceView(services.theme)
        self.demander = WrapButton(services.theme, lien=True)
        self.demander.dire(f"+ Question au porteur  {QUESTION}")
        self.demander.setAccessibleName("Poser une question au porteur")
        self.questions = QuestionsCritere(services)
        self._textes = (
            TexteEcrit(self._ecriture, self.commentaire, "commentaire", "commentaire"),
            TexteEcrit(self._ecriture, self.vigilance.champ, "vigilance", "point de vigilance"),
        )
        self.defilement = self._scrolled()
        self.barre = BarreCritere(self._go, self.validate)
        fill(QVBoxLayout(self), self.defilement, line(), self.barre, espace=0)
        self._connect()
        gestes: dict[str, Callable[[], object]] = {
            VALIDER[0]: self.validate,
            CONFIRMER_REPONSE: self._confirm_again,
            EPINGLER: self.pin,
            VIGILANCE: self._open_vigilance,
            PHRASES: self._open_phrases,
            QUESTION: self._ask,
        }
        bind_keys(portee, self._key_pressed, gestes)

    # --- what the page asks -------------------------------------------------------------------------------

    @property
    def critere_id(self) -> str:
        """The critere in view, «» before the first one."""
        return self._ecriture.critere_id

    def set_source(self, source: Callable[[], Preuve | None]) -> None:
        """Learn what says which passage would be pinned now."""
        self._source = source

    def show_critere(self, complet: DossierComplet, critere_id: str) -> None:
        """Show a critere of a dossier from its beginning; what was being typed elsewhere is written first."""
        ouvert = self._ecriture.complet
        if ouvert and ouvert.dossier is complet.dossier and critere_id == self.critere_id:
            self.update_dossier(complet)
            return
        self.leave()
        self._show(complet, critere_id)

    def _show(self, complet: DossierComplet, critere_id: str) -> None:
        self.setUpdatesEnabled(False)
        self._lay_out(active=False)
        critere = self._services.campagne.session.grille.critere(critere_id)
        self._ecriture.open(complet, critere)
        reponse, modifiable = self._ecriture.reponse, not self._ecriture.refusal
        self.enonce.show_critere(complet.dossier, critere)
        self.constat.show_constats(self._constats(complet), reponse, modifiable=modifiable)
        self.reperes.show_reperes(complet.analyse.reperes(critere.id))
        self.choix.show_reponse(critere, reponse, modifiable=modifiable)
        for texte in self._textes:
            texte.show()
        self._show_around()
        self.vigilance.rest()
        self.questions.show_critere(complet, critere.id, modifiable=modifiable)
        self.barre.show_place(*self._neighbours(), modifiable=modifiable)
        self.defilement.verticalScrollBar().setValue(0)
        self._lay_out(active=True)
        self.setUpdatesEnabled(True)

    def forget(self) -> None:
        """Let go of the dossier: no key answers for one that is not in view."""
        self._ecriture.close()
        for champ in (*self._champs, self.constat.motif):
            champ.set_text("")

    def update_dossier(self, complet: DossierComplet) -> None:
        """Show what changed in the evaluation of the same dossier; a text being typed stays, unless undone."""
        critere, ouvert = self._critere, self._ecriture.complet
        if critere is None or ouvert is None:
            return
        if complet is ouvert:  # the page passed on what was just written
            self._show_saving()
            return
        change = self._constats(complet) != self._constats(ouvert)
        avant = self._ecriture.reponse
        self._ecriture.take(complet)
        apres, modifiable = self._ecriture.reponse, not self._ecriture.refusal
        for texte in self._textes:
            texte.update(avant)
        if change and not self.constat.dirty:
            self.constat.show_constats(self._constats(complet), apres, modifiable=modifiable)
        if complet.analyse is not ouvert.analyse:
            self.reperes.show_reperes(complet.analyse.reperes(critere.id))
        self.constat.update_decision(apres, modifiable=modifiable)
        self.choix.update_reponse(apres, modifiable=modifiable)
        self._show_around()
        self.questions.show_critere(complet, critere.id, modifiable=modifiable)
        self.barre.set_modifiable(modifiable)

    def leave(self) -> bool:
        """Write what is typed; return False when it did not reach the disk or is an amount that cannot be read."""
        if self._critere is None:
            return True
        parties: tuple[Saisie, ...] = (*self._champs, self.constat, self.choix.montant, self.questions)
        for partie in parties:
            partie.flush()
        fini = not any(partie.dirty for partie in parties)
        if self.choix.montant.dirty:
            self.choix.montant.champ.setFocus()
            self.barre.say(_MONTANT)
        return fini

    def focus_first(self) -> None:
        """Put the focus where work starts: the answer, or the next critere when nothing may be changed."""
        if self._ecriture.refusal:
            (self.barre.suivant if self.barre.suivant.isEnabled() else self.barre.precedent).setFocus()
        else:
            self.choix.focus_first()

    def validate(self) -> None:
        """Write what is typed and go to the next critere that is not done."""
        if self._out_of_reach() or not self.leave():
            return
        suivant = self._next_to_do()
        if suivant == self.critere_id:
            self.barre.say(_SEUL)
        else:
            self.critere_requested.emit(suivant)

    def pin(self) -> None:
        """Pin the passage that is selected in the dossier to the critere in view (E)."""
        if self._out_of_reach():
            return
        preuve = self._source()
        if preuve is None:
            self.barre.say(_RIEN_A_EPINGLER)
        elif preuve in self._ecriture.reponse.preuves:
            self.barre.say(f"Déjà épinglé à {self.critere_id}{NBSP}: {preuve_dite(preuve)}.")
        elif self._ecriture.pin(preuve):
            self.barre.say(f"✓ Épinglé à {self.critere_id}{NBSP}: {preuve_dite(preuve)}.")

    def _go(self, critere_id: str) -> None:
        if self.leave():
            self.critere_requested.emit(critere_id)

    # --- what the instructor does -------------------------------------------------------------------------

    def _key_pressed(self, touche: str) -> None:
        critere = self._critere
        if critere is None or self._out_of_reach():
            return
        valeur = valeur_de(critere, touche)
        if touche == CONFIRMER:
            self._confirm()
        elif valeur:
            self._chosen(valeur)
        else:
            self.barre.say(f"La touche {touche} n’est pas une réponse à {self.critere_id}.")

    def _confirm(self) -> None:
        """Confirm the constat of the critere, when it has one."""
        if self.constat.isVisibleTo(self):
            if self._ecriture.reponse.decision is not DecisionConstat.CONFIRME:
                self.constat.decisions[DecisionConstat.CONFIRME].click()
        else:
            self.barre.say(f"{self.critere_id} n’a pas de constat à confirmer.")

    def _chosen(self, valeur: str) -> None:
        if self._critere is not None and not self._refused():
            self._ecriture.answer(valeur, joint=self.choix.montant.champ.hasFocus())

    def _confirm_again(self) -> None:
        """Confirm the answer as it is, by its key: it may have nothing to confirm, or nothing may be changed."""
        if self._out_of_reach():
            return
        if not self._ecriture.reponse.a_reconfirmer:
            self.barre.say(f"La réponse à {self.critere_id} n’est pas à reconfirmer.")
        else:
            self._ecriture.confirm()

    def _decided(self, decision: DecisionConstat | None, motif: str) -> None:
        joint = decision is DecisionConstat.CONTESTE and self.constat.motif.hasFocus()
        self._ecriture.decide(decision, motif, joint=joint)

    def _unpin(self, preuve: Preuve) -> None:
        if self._ecriture.unpin(preuve) and not self._ecriture.reponse.preuves:
            self.choix.focus_first()

    def _open_vigilance(self) -> None:
        if not self._out_of_reach():
            self.vigilance.open()

    def _open_phrases(self) -> None:
        if not self._out_of_reach():
            self.defilement.ensureWidgetVisible(self.commentaire, 0, MARGE)
            self.phrases.open()

    def _ask(self) -> None:
        """Ask the porteur something; exchanges go on after the evaluation is finalised."""
        if self._critere is None or not self.isVisible():
            return
        if not self._services.campagne.read_only or not self._refused():
            self.questions.ask()

    def _out_of_reach(self) -> bool:
        """Say whether a key must do nothing: no critere is in view, or nothing may be changed, which is told."""
        return self._critere is None or not self.isVisible() or self._refused()

    def _refused(self) -> bool:
        refus = self._ecriture.refusal
        if refus:
            self.barre.say(refus)
        return bool(refus)

    # --- what is shown ------------------------------------------------------------------------------------

    @property
    def _critere(self) -> Critere | None:
        return self._ecriture.critere

    def _constats(self, complet: DossierComplet) -> list[Constat]:
        return [c for c in complet.constats if c.critere == self.critere_id]

    @property
    def _champs(self) -> tuple[AutoText, ...]:
        return self.commentaire, self.vigilance.champ

    def _lay_out(self, *, active: bool) -> None:
        """Hold the layouts while the pane is filled again: Qt would lay everything out at each part that shows."""
        for partie in (self, *self.findChildren(QWidget)):
            disposition = partie.layout()
            if disposition is not None:
                disposition.setEnabled(active)
                if active:
                    partie.updateGeometry()  # held, its layout told nobody what changed in it

    def _show_around(self) -> None:
        complet, critere, reponse = self._ecriture.complet, self._critere, self._ecriture.reponse
        if complet is None or critere is None:
            return
        modifiable = not self._ecriture.refusal
        self.reconfirmer.show_reponse(reponse, modifiable=modifiable)
        self._texte.set_modifiable(modifiable)
        self.phrases.show_critere(complet, critere, reponse)
        self.preuves.show_preuves(reponse, complet.dossier.pieces, modifiable=modifiable)
        self.vigilance.set_modifiable(modifiable)
        self.demander.setVisible(not self._services.campagne.read_only)
        self._show_saving()

    def _show_saving(self) -> None:
        echec, maintenant = self._ecriture.echec, self._services.campagne.horloge()
        self._texte.enregistrement.show_state(echec, self._ecriture.reponse.modifiee, maintenant)
        perdue = echec if self.vigilance.champ.dirty else ""
        self.vigilance.enregistrement.show_state(perdue, None, maintenant)

    def _failed(self) -> None:
        self._show_saving()
        QTimer.singleShot(0, self, self._show_fault)

    def _show_fault(self) -> None:
        """Bring what is said of a text into view, once it has its place."""
        for champ, dit in (
            (self.commentaire, self.enregistre),
            (self.vigilance.champ, self.vigilance.enregistrement),
        ):
            if self._ecriture.echec and champ.dirty:
                self.defilement.ensureWidgetVisible(champ, 0, MARGE)
                self.defilement.ensureWidgetVisible(dit, 0, MARGE)

    def _follow_caret(self) -> None:
        """Keep the line being typed in view: the field grows, the pane scrolls."""
        champ, contenu = self.sender(), self.defilement.widget()
        if isinstance(champ, AutoText) and contenu is not None and champ.hasFocus():
            place = champ.viewport().mapTo(contenu, champ.cursorRect().bottomLeft())
            self.defilement.ensureVisible(place.x(), place.y(), 0, self.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 Qt
        """Fold what can be when the text is large or the window low: the answers come before the guide."""
        super().resizeEvent(event)
        lignes = (self.height() - self.barre.sizeHint().height()) / self.fontMetrics().lineSpacing()
        for partie in (self.enonce, self.reconfirmer):
            partie.set_compact(compact=lignes < _LIGNES)

    def _neighbours(self) -> tuple[str, str]:
        ids = [c.id for c in self._services.campagne.session.grille.criteres]
        rang = ids.index(self.critere_id)
        return ids[rang - 1] if rang else "", ids[rang + 1] if rang + 1 < len(ids) else ""

    def _next_to_do(self) -> str:
        """Return the next critere that is not done, in the order of the grille and round it; «» when all are."""
        complet = self._ecriture.complet
        assert complet is not None
        ids = [c.id for c in self._services.campagne.session.grille.criteres]
        rang = ids.index(self.critere_id) + 1
        reponses = map(complet.evaluation.reponse, ids[rang:] + ids[:rang])
        return next((r.critere for r in reponses if not est_fait(r)), "")

    # --- building -----------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.enonce.source_requested.connect(self.source_requested)
        self.reconfirmer.bouton.clicked.connect(lambda *_: self._ecriture.confirm())
        self.constat.decided.connect(self._decided)
        self.reperes.angle_requested.connect(self.angle_requested)
        self.constat.motif.left.connect(self._ecriture.breathe)
        self.choix.chosen.connect(self._chosen)
        self.choix.montant.left.connect(self._ecriture.breathe)
        self.preuves.preuve_requested.connect(self.preuve_requested)
        self.preuves.removal_requested.connect(self._unpin)
        self.demander.clicked.connect(self._ask)
        self.questions.questions_requested.connect(self.questions_requested)
        for champ in self._champs:
            champ.cursorPositionChanged.connect(self._follow_caret)
        self._ecriture.trying.connect(lambda *_: self.barre.say(""))
        self._ecriture.written.connect(self.update_dossier)
        self._ecriture.recovered.connect(self.constat.flush)
        self._ecriture.failed.connect(self._failed)

    def _scrolled(self) -> QScrollArea:
        contenu = QWidget()
        corps = QVBoxLayout(contenu)
        parties = (self.reconfirmer, self.enonce, self.constat, self.reperes, self.choix, self._texte)
        demande = Flow()
        demande.addWidget(self.demander)
        fill(corps, *parties, self.preuves, self.vigilance, demande, self.questions, 1, espace=10)
        corps.setContentsMargins(MARGE, 8, MARGE, 14)
        zone = QScrollArea()
        zone.setFrameShape(QFrame.Shape.NoFrame)
        zone.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        zone.setWidgetResizable(True)
        zone.setWidget(contenu)
        return zone
