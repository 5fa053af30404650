"""The right pane of a dossier: one critere, what it asks, what was found, what the instructor answers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from o2r_desktop.evaluation.grille import Critere
from o2r_desktop.evaluation.reponses import DecisionConstat, Reponse
from o2r_desktop.operations import DossierComplet
from o2r_desktop.text import NBSP, PARIS, date_courte
from ui.open_campagne import WriteFailure
from ui.pages.dossier.constat import CONFIRMER, ConstatView
from ui.pages.dossier.enonce import Enonce
from ui.pages.dossier.pied import MARGE, VALIDER, BarreCritere, PreuvesView
from ui.pages.dossier.reconfirmer import CONFIRMER_REPONSE, Reconfirmer
from ui.pages.dossier.reponse import ReponseView, valeur_de
from ui.services import Services
from ui.widgets.base import fill, label, line, restyle
from ui.widgets.texte import AutoText

_TOUCHES = {
    "0": ("0", "Shift+0", "À"),
    "1": ("1", "Shift+1", "&"),
    "2": ("2", "Shift+2", "É"),
    "3": ("3", "Shift+3", '"'),
    "4": ("4", "Shift+4", "'"),
    "O": ("O",),
    "N": ("N",),
    "S": ("S",),
    "I": ("I",),
    CONFIRMER: (CONFIRMER,),
}
"""Keys that give an answer; the row of digits of a French keyboard works with and without Maj."""
_FINALISEE = f"Évaluation finalisée{NBSP}: rouvrez-la pour la modifier."
_LECTURE_SEULE = f"Campagne ouverte en lecture seule{NBSP}: rien ne peut y être modifié."
_LIGNES = 22
"""Lines of text that the pane shows; with less, the guide and the places to look at are folded."""
_SEUL = f"Il ne reste que ce critère à traiter{NBSP}: répondez-y avant de conclure."
_EN_COURS = "Enregistrement…"
_MONTANT = f"Le montant n’est pas enregistré{NBSP}: corrigez-le, ou effacez-le."


class CriterePane(QWidget):
    """One critere at a time. Keys live on *portee*, the page; nothing is chosen before the instructor does."""

    critere_requested = Signal(str)
    """A critere to show, «» when nothing is left to do: the opinion comes next."""
    source_requested = Signal(str)
    """Attribute of the form whose answer is to be shown."""

    def __init__(self, services: Services, portee: QWidget) -> None:
        super().__init__()
        self._services = services
        self._complet: DossierComplet | None = None
        self._critere: Critere | None = None
        self._reponse = Reponse(critere="", valeur="")
        self._echec = ""
        self._tentee: str | None = None
        """Comment being written, or that did not reach the disk and may be tried again by others."""
        self._souffle = ""
        """Name of the act that the next write of the same field joins."""
        self.enonce = Enonce(services)
        self.enonce.source_requested.connect(self.source_requested)
        self.reconfirmer = Reconfirmer(services.theme)
        self.reconfirmer.bouton.clicked.connect(self._reconfirm)
        self.constat = ConstatView(services.theme)
        self.constat.decided.connect(self._decided)
        self.constat.motif.left.connect(self._breathe)
        self.choix = ReponseView(services.theme)
        self.choix.chosen.connect(self._chosen)
        self.choix.montant.left.connect(self._breathe)
        self.commentaire = AutoText("Commentaire")
        self.commentaire.typed.connect(self._show_typing)
        self.commentaire.edited.connect(self._write_comment)
        self.commentaire.left.connect(self._breathe)
        self.commentaire.cursorPositionChanged.connect(self._follow_caret)
        self.enregistre = label("", "secondaire", wrap=True)
        self.preuves = PreuvesView(services.theme)
        self.defilement = self._scrolled()
        self.barre = BarreCritere(self._go, self.validate)
        fill(QVBoxLayout(self), self.defilement, line(), self.barre, espace=0)
        services.campagne.save_failed.connect(self._save_failed)
        self._bind_keys(portee)

    # --- what the page asks -------------------------------------------------------------------------------

    @property
    def critere_id(self) -> str:
        """The critere in view, «» before the first one."""
        return self._critere.id if self._critere else ""

    def show_critere(self, complet: DossierComplet, critere_id: str) -> None:
        """Show a critere of a dossier from its beginning; what was being typed elsewhere is written first."""
        if self._complet and self._complet.dossier is complet.dossier and critere_id == self.critere_id:
            self.update_dossier(complet)
            return
        self.leave()
        self._show(complet, critere_id)

    def _show(self, complet: DossierComplet, critere_id: str) -> None:
        self.setUpdatesEnabled(False)
        self._lay_out(active=False)
        self._complet = complet
        self._critere = critere = self._services.campagne.session.grille.critere(critere_id)
        self._reponse = reponse = complet.evaluation.reponse(critere.id)
        self._echec = self._souffle = ""
        self._tentee = None
        modifiable = not self._refusal()
        self.enonce.show_critere(complet.dossier, critere)
        constats = [c for c in complet.constats if c.critere == critere.id]
        self.constat.show_constats(constats, reponse, modifiable=modifiable)
        self.choix.show_reponse(critere, reponse, modifiable=modifiable)
        self.commentaire.set_text(reponse.commentaire)
        self._show_around(modifiable=modifiable)
        self.barre.show_place(*self._neighbours(), modifiable=modifiable)
        self.defilement.verticalScrollBar().setValue(0)
        self._lay_out(active=True)
        self.setUpdatesEnabled(True)

    def forget(self) -> None:
        """Let go of the dossier: no key answers for one that is not in view."""
        self._complet = self._critere = None
        for champ in (self.commentaire, self.constat.motif):
            champ.set_text("")

    def update_dossier(self, complet: DossierComplet) -> None:
        """Show what changed in the evaluation of the same dossier; a text being typed stays, unless undone."""
        if self._critere is None or self._complet is None:
            return
        if complet.constats != self._complet.constats:
            self._show(complet, self._critere.id)
            return
        self._complet = complet
        avant, apres = self._reponse, complet.evaluation.reponse(self._critere.id)
        self._reponse = apres
        modifiable = not self._refusal()
        if apres.commentaire != avant.commentaire:
            self._comment_changed(apres.commentaire)
        self.constat.update_decision(apres, modifiable=modifiable)
        self.choix.update_reponse(apres, modifiable=modifiable)
        self._show_around(modifiable=modifiable)
        self.barre.set_modifiable(modifiable)

    def leave(self) -> bool:
        """Write what is typed; return False when it did not reach the disk or is an amount that cannot be read."""
        if self._critere is None:
            return True
        parties = (self.commentaire, self.constat, self.choix.montant)
        for partie in parties:
            partie.flush()
        fini = not any(partie.dirty for partie in parties)
        if self.choix.montant.dirty:
            self.choix.montant.champ.setFocus()
            self.barre.say(_MONTANT)
        return fini

    def focus_first(self) -> None:
        """Put the focus where work starts: the answer, or the comment when nothing may be changed."""
        if self._refusal():
            self.commentaire.setFocus()
        else:
            self.choix.focus_first()

    def validate(self) -> None:
        """Write what is typed and go to the next critere that is not done."""
        if self._critere is None or self._refused() or not self.leave():
            return
        suivant = self._next_to_do()
        if suivant == self.critere_id:
            self.barre.say(_SEUL)
        else:
            self.critere_requested.emit(suivant)

    def _go(self, critere_id: str) -> None:
        if self.leave():
            self.critere_requested.emit(critere_id)

    # --- what the instructor does -------------------------------------------------------------------------

    def _bind_keys(self, portee: QWidget) -> None:
        for touche, sequences in _TOUCHES.items():
            for sequence in sequences:
                self._key(portee, sequence, partial(self._key_pressed, touche))
        for sequence in VALIDER:
            self._key(portee, sequence, self.validate)
        self._key(portee, CONFIRMER_REPONSE, self._confirm_again)

    def _key(self, portee: QWidget, sequence: str, faire: Callable[[], None]) -> None:
        raccourci = QShortcut(QKeySequence(sequence), portee)
        raccourci.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        raccourci.setAutoRepeat(False)  # a key held down would give and take back the answer
        raccourci.activated.connect(faire)

    def _key_pressed(self, touche: str) -> None:
        if self._critere is None or self.isHidden() or self._refused():
            return
        valeur = valeur_de(self._critere, touche)
        if touche == CONFIRMER:
            self._confirm()
        elif valeur:
            self._chosen(valeur)
        else:
            self.barre.say(f"La touche {touche} n’est pas une réponse à {self._critere.id}.")

    def _confirm(self) -> None:
        """Confirm the constat of the critere, when it has one."""
        if self.constat.isVisibleTo(self):
            if self._reponse.decision is not DecisionConstat.CONFIRME:
                self.constat.decisions[DecisionConstat.CONFIRME].click()
        else:
            self.barre.say(f"{self.critere_id} n’a pas de constat à confirmer.")

    def _chosen(self, valeur: str) -> None:
        """Write an answer; the one already given is taken back, or confirmed when it has to be.

        Whatever it becomes, it was given with what changed in view.
        """
        if self._critere is None or self._refused():
            return
        efface = not valeur or (valeur == self._reponse.valeur and not self._reponse.a_reconfirmer)
        acte = f"niveau de {self.critere_id}" if self._critere.niveaux else f"réponse à {self.critere_id}"
        self._write(
            replace(self._reponse, valeur="" if efface else valeur, a_reconfirmer=False, changements=()),
            f"effacement de {self.critere_id}" if efface else acte,
            joint=self.choix.montant.champ.hasFocus(),
        )

    def _confirm_again(self) -> None:
        """Confirm the answer as it is, by its key: it may have nothing to confirm, or nothing may be changed."""
        if self._critere is None or self.isHidden() or self._refused():
            return
        if not self._reponse.a_reconfirmer:
            self.barre.say(f"La réponse à {self.critere_id} n’est pas à reconfirmer.")
            return
        self._reconfirm()

    def _reconfirm(self) -> None:
        confirmee = replace(self._reponse, a_reconfirmer=False, changements=())
        self._write(confirmee, f"confirmation de {self.critere_id}")

    def _decided(self, decision: DecisionConstat | None, motif: str) -> None:
        joint = decision is DecisionConstat.CONTESTE and self.constat.motif.hasFocus()
        self._write(
            replace(self._reponse, decision=decision, motif=motif), f"constat de {self.critere_id}", joint=joint
        )

    def _write_comment(self) -> None:
        texte = self.commentaire.text()
        self._write(replace(self._reponse, commentaire=texte), f"commentaire de {self.critere_id}", joint=True)

    def _write(self, reponse: Reponse, nom: str, *, joint: bool = False) -> None:
        """Write an answer; *joint* makes one act of the writes of a field that keeps the focus."""
        if self._complet is None:
            return
        numero, echec = self._complet.dossier.numero, self._echec
        suite = joint and self._souffle == nom
        self.barre.say("")
        self._tentee = reponse.commentaire
        if self._services.campagne.save_reponse(numero, reponse, nom, with_last=suite):
            self._echec, self._tentee = "", None
            self.update_dossier(self._services.campagne.complet(numero))
            self._souffle = nom if joint else ""
            if echec:  # what failed before may pass now: no key will come to have it told again
                self.commentaire.flush()
                self.constat.flush()

    def _save_failed(self, echec: WriteFailure) -> None:
        if self._complet and (echec.numero, echec.critere) == (self._complet.dossier.numero, self.critere_id):
            self._echec = str(echec.erreur)
            self._show_saving()
            QTimer.singleShot(0, self, self._show_fault)

    # --- what is shown ------------------------------------------------------------------------------------

    def _comment_changed(self, texte: str) -> None:
        """Take the comment as it is now written: our own words, or those that an undo brought back."""
        self._souffle = ""
        if texte in (self.commentaire.text(), self._tentee):
            self._echec = ""
            self.commentaire.mark_saved(texte)
        else:
            self.commentaire.set_text(texte)

    def _breathe(self) -> None:
        self._souffle = ""

    def _refusal(self) -> str:
        """Return why nothing may be changed, «» when it may."""
        if self._complet is not None and self._complet.evaluation.finalisee:
            return _FINALISEE
        return _LECTURE_SEULE if self._services.campagne.read_only else ""

    def _refused(self) -> bool:
        refus = self._refusal()
        if refus:
            self.barre.say(refus)
        return bool(refus)

    def _lay_out(self, *, active: bool) -> None:
        """Hold the layouts while the pane is filled again: Qt would lay everything out at each part that shows."""
        for partie in (self, *self.findChildren(QWidget)):
            disposition = partie.layout()
            if disposition is not None:
                disposition.setEnabled(active)
                if active:
                    partie.updateGeometry()  # held, its layout told nobody what changed in it

    def _show_around(self, *, modifiable: bool) -> None:
        self.reconfirmer.show_reponse(self._reponse, modifiable=modifiable)
        self.commentaire.setReadOnly(not modifiable)
        self.preuves.show_preuves(self._reponse.preuves)
        self._show_saving()

    def _show_typing(self) -> None:
        """Say that a write is coming; the text itself is not looked at, each key would pay for its length."""
        if not self._echec:
            self.enregistre.setText(_EN_COURS)
            self.enregistre.show()

    def _show_saving(self) -> None:
        role = "faute" if self._echec else "secondaire"
        if role != self.enregistre.property("role"):
            self.enregistre.setProperty("role", role)
            restyle(self.enregistre)
        if self._echec:
            texte = f"✕ Non enregistré{NBSP}: {self._echec}"
        elif self.commentaire.dirty:
            texte = _EN_COURS
        else:
            texte = _saved_at(self._reponse.modifiee, self._services.campagne.horloge())
        self.enregistre.setText(texte)
        self.enregistre.setVisible(bool(texte))

    def _follow_caret(self) -> None:
        """Keep the line being typed in view: the field grows, the pane scrolls."""
        contenu = self.defilement.widget()
        if contenu is not None and self.commentaire.hasFocus():
            curseur = self.commentaire.cursorRect().bottomLeft()
            place = self.commentaire.viewport().mapTo(contenu, curseur)
            self.defilement.ensureVisible(place.x(), place.y(), 0, self.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 Qt
        """Fold what can be when the text is large or the window low: the answers come before the guide."""
        super().resizeEvent(event)
        lignes = (self.height() - self.barre.sizeHint().height()) / self.fontMetrics().lineSpacing()
        self.enonce.set_compact(compact=lignes < _LIGNES)

    def _show_fault(self) -> None:
        """Bring what is said of the comment into view, once it has its place."""
        if self._echec and self.commentaire.dirty:
            self.defilement.ensureWidgetVisible(self.commentaire, 0, MARGE)
            self.defilement.ensureWidgetVisible(self.enregistre, 0, MARGE)

    def _neighbours(self) -> tuple[str, str]:
        ids = [c.id for c in self._services.campagne.session.grille.criteres]
        rang = ids.index(self.critere_id)
        return ids[rang - 1] if rang else "", ids[rang + 1] if rang + 1 < len(ids) else ""

    def _next_to_do(self) -> str:
        """Return the next critere that is not done, in the order of the grille and round it; «» when all are."""
        assert self._complet is not None
        ids = [c.id for c in self._services.campagne.session.grille.criteres]
        rang = ids.index(self.critere_id) + 1
        for critere_id in ids[rang:] + ids[:rang]:
            reponse = self._complet.evaluation.reponse(critere_id)
            if not reponse.donnee or reponse.a_reconfirmer:
                return critere_id
        return ""

    def _scrolled(self) -> QScrollArea:
        titre = label("Commentaire", "gras")
        titre.setBuddy(self.commentaire)
        contenu = QWidget()
        corps = QVBoxLayout(contenu)
        commentaire = QVBoxLayout()
        fill(commentaire, titre, self.commentaire, self.enregistre, espace=4)
        fill(
            corps, self.enonce, self.reconfirmer, self.constat, self.choix, commentaire, self.preuves, 1, espace=12
        )
        corps.setContentsMargins(MARGE, 14, MARGE, 14)
        zone = QScrollArea()
        zone.setFrameShape(QFrame.Shape.NoFrame)
        zone.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        zone.setWidgetResizable(True)
        zone.setWidget(contenu)
        return zone


def _saved_at(quand: datetime | None, maintenant: datetime) -> str:
    """Return «Enregistré à 10:42», with the day when it is another one."""
    if quand is None:
        return ""
    ici, jour = quand.astimezone(PARIS), maintenant.astimezone(PARIS).date()
    le = "" if ici.date() == jour else f"le {date_courte(ici.date())} "
    return f"Enregistré {le}à {ici:%H:%M}"
