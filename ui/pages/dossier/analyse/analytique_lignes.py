"""One question of the guided sheet: its words, its answers at a key each, or a field."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from o2r_desktop.analyse.analytique import GenreQuestion, QuestionFiche, ReponseFiche
from o2r_desktop.analyse.analytique.questions import CHOIX
from ui.services import Services
from ui.theme import Ton
from ui.widgets.base import Pastille, fill, label, restyle, show_checked
from ui.widgets.champ_date import ChampDate
from ui.widgets.flux import Flow, WrapButton
from ui.widgets.texte import AutoText

TOUCHES = {"oui": "O", "non": "N", "partiel": "P", "sans_objet": "S", "inconnu": "I"}
"""The key of each answer; they act while a question has the focus, never in a field."""
_PAR_TOUCHE = {touche: reponse for reponse, touche in TOUCHES.items()}
_EFFACER = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_PAS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class LigneAnalytique(QFrame):
    """A question; told when an answer is given, «» to take it away, or when it takes the focus."""

    answered = Signal(str, bool)
    """The answer, and whether it is being typed (it goes on with what was typed before)."""
    entered = Signal()
    moved = Signal(int)
    """The question before (-1) or after (1) is asked for."""
    left = Signal()

    def __init__(self, services: Services, question: QuestionFiche) -> None:
        super().__init__()
        self.question = question
        self._montree = ""
        self._modifiable = True
        self.titre = label(question.texte, "gras", wrap=True)
        self.etat = Pastille()
        self.choix: dict[str, WrapButton] = {}
        self.texte: AutoText | None = None
        self.jour: ChampDate | None = None
        tete = Flow(espace=10)
        for partie in (self.titre, self.etat):
            tete.addWidget(partie)
        fill(corps := QVBoxLayout(self), tete, self._build(services), espace=6)
        corps.setContentsMargins(10, 8, 10, 8)
        self.setProperty("role", "question")
        for champ in self.controls():
            champ.installEventFilter(self)

    def _build(self, services: Services) -> QWidget:
        if self.question.genre is GenreQuestion.TEXTE:
            self.texte = AutoText(self.question.texte, lignes=1, lignes_max=5)
            self.texte.edited.connect(self._texte_edited)
            self.texte.left.connect(self.left)
            return self.texte
        if self.question.genre is GenreQuestion.DATE:
            self.jour = ChampDate(self.question.texte)
            self.jour.changed.connect(self._jour_changed)
            return self.jour
        porte = QWidget()
        flux = Flow(porte, espace=6, ligne=6)
        for reponse, mots in CHOIX.items():
            bouton = WrapButton(services.theme, serre=True)
            bouton.dire(mots, TOUCHES[reponse])
            bouton.setAccessibleName(f"{mots}, {self.question.texte}")
            bouton.setCheckable(True)
            bouton.clicked.connect(partial(self._pressed, reponse))
            self.choix[reponse] = bouton
            flux.addWidget(bouton)
        self._one_tab_stop()
        return porte

    # --- what is shown --------------------------------------------------------------------------------------

    def show_reponse(self, reponse: ReponseFiche, *, modifiable: bool) -> None:
        """Show what is answered; words being typed stay unless they were changed elsewhere."""
        self._modifiable = modifiable
        self.etat.dire("✓ répondu" if reponse.valeur else "", Ton.BON)
        for valeur, bouton in self.choix.items():
            show_checked(bouton, valeur == reponse.valeur)
            bouton.setEnabled(modifiable)
        if self.texte is not None:
            if self.texte.text().strip() == reponse.valeur:
                self.texte.mark_saved(self.texte.text())
            elif reponse.valeur != self._montree or not self.texte.dirty:
                self.texte.set_text(reponse.valeur)
            self.texte.setReadOnly(not modifiable)
        if self.jour is not None:
            if self.jour.jour != reponse.jour and (reponse.valeur != self._montree or not self.jour.champ.text()):
                self._set_jour(reponse.jour)
            self.jour.champ.setReadOnly(not modifiable)
            self.jour.calendrier.setEnabled(modifiable)
        self._montree = reponse.valeur
        self._one_tab_stop()

    def forget(self) -> None:
        """Let go of what was typed: another dossier is shown."""
        self._montree = ""
        if self.texte is not None:
            self.texte.set_text("")
        if self.jour is not None:
            self._set_jour(None)

    def show_current(self, courante: bool) -> None:
        """Mark the question whose details are shown."""
        if self.property("courante") != courante:
            self.setProperty("courante", courante)
            restyle(self)

    def _set_jour(self, jour: date | None) -> None:
        if self.jour is not None:
            muet = self.jour.blockSignals(True)
            self.jour.set_jour(jour)
            self.jour.blockSignals(muet)

    # --- what is done ---------------------------------------------------------------------------------------

    def controls(self) -> Sequence[QWidget]:
        """Return what takes the focus, in order."""
        if self.texte is not None:
            return (self.texte,)
        if self.jour is not None:
            return (self.jour.champ, self.jour.calendrier)
        return tuple(self.choix.values())

    def take_focus(self) -> None:
        """Put the focus where it is answered."""
        champs = self.controls()
        coches = [b for b in self.choix.values() if b.isChecked()]
        (coches[0] if coches else champs[0]).setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def dirty(self) -> bool:
        """Whether words are typed that are not written."""
        return self.texte is not None and self.texte.dirty

    def flush(self) -> None:
        """Tell now what is typed."""
        if self.texte is not None:
            self.texte.flush()

    def eventFilter(self, watched: object, event: QEvent) -> bool:  # noqa: N802 Qt
        """Learn when one of the controls takes the focus."""
        if event.type() == QEvent.Type.FocusIn:
            self.entered.emit()
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    def event(self, e: QEvent) -> bool:
        """Keep the keys of the answers from the criterion card, which has some of the same."""
        if isinstance(e, QKeyEvent) and e.type() == QEvent.Type.ShortcutOverride and self._mine(e):
            e.accept()
            return True
        return super().event(e)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt
        """Answer at a key, take the answer away, go to another answer or another question."""
        if not self._mine(event):
            super().keyPressEvent(event)
            return
        touche = event.key()
        if touche in _PAS:
            self._step(_PAS[Qt.Key(touche)])
        elif touche in _EFFACER:
            self._answer("")
        elif not event.isAutoRepeat():
            self._answer(_PAR_TOUCHE[event.text().upper()])

    def _mine(self, event: QKeyEvent) -> bool:
        seule = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if not self.choix or not seule:
            return False
        return event.key() in _PAS or event.key() in _EFFACER or event.text().upper() in _PAR_TOUCHE

    def _pressed(self, reponse: str, *_: object) -> None:
        self._answer("" if self._montree == reponse else reponse)

    def _answer(self, reponse: str) -> None:
        if self._modifiable and reponse != self._montree:
            self.answered.emit(reponse, False)
            if reponse in self.choix and any(b.hasFocus() for b in self.choix.values()):
                self.choix[reponse].setFocus()

    def _step(self, pas: int) -> None:
        boutons = list(self.choix.values())
        rang = next((r for r, b in enumerate(boutons) if b.hasFocus()), 0)
        boutons[(rang + pas) % len(boutons)].setFocus(Qt.FocusReason.TabFocusReason)

    def _texte_edited(self) -> None:
        if self.texte is not None:
            self.answered.emit(self.texte.text().strip(), True)

    def _jour_changed(self, jour: object) -> None:
        vide = self.jour is not None and not self.jour.champ.text().strip()
        if self._modifiable and (isinstance(jour, date) or vide):
            self.answered.emit(jour.isoformat() if isinstance(jour, date) else "", True)

    def _one_tab_stop(self) -> None:
        """Have Tab stop once on the answers: on the one given, else on the first; arrows go to the others."""
        coches = [b for b in self.choix.values() if b.isChecked()]
        arret = coches[0] if coches else next(iter(self.choix.values()), None)
        for bouton in self.choix.values():
            ici = bouton is arret or bouton.hasFocus()
            bouton.setFocusPolicy(Qt.FocusPolicy.StrongFocus if ici else Qt.FocusPolicy.ClickFocus)
