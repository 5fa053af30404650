"""The questions of one critere, in its pane: ask one, see what became of the others."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from o2r_desktop.errors import O2rError
from o2r_desktop.evaluation import questions as regles
from o2r_desktop.evaluation.questions import EtatQuestion, Question
from o2r_desktop.operations import DossierComplet
from o2r_desktop.operations.actes import Genre
from o2r_desktop.text import NBSP, NNBSP, PARIS, date_courte
from ui.services import Services
from ui.theme import Ton
from ui.widgets.base import Pastille, button, fill, has_focus_within, label, row
from ui.widgets.flux import Flow
from ui.widgets.texte import AutoText

TONS = {
    EtatQuestion.A_ENVOYER: Ton.NEUTRE,
    EtatQuestion.ENVOYEE: Ton.ACTION,
    EtatQuestion.EN_RETARD: Ton.ALERTE,
    EtatQuestion.REPONDUE: Ton.BON,
}
_INDICE = f"Ce que vous demandez au porteur{NNBSP}; la question s’enregistre pendant la frappe."


class _Ligne(QWidget):
    """A question: its state, its words, and what can be done while it is not sent."""

    def __init__(self, modifier: Callable[[], object], supprimer: Callable[[], object]) -> None:
        super().__init__()
        self.etat = Pastille()
        self.quand = label("", "secondaire")
        self.modifier = button("Modifier", modifier, role="lien")
        self.supprimer = button("Supprimer", supprimer, role="lien")
        self.texte = label("", wrap=True)
        actions = Flow(espace=6)
        for partie in (self.etat, self.quand, self.modifier, self.supprimer):
            actions.addWidget(partie)
        fill(QVBoxLayout(self), actions, self.texte, espace=2)

    def show_question(self, question: Question, etat: EtatQuestion, *, modifiable: bool) -> None:
        """Show another question."""
        self.etat.dire(etat.dit, TONS[etat])
        self.quand.setText(quand_dit(question, etat))
        self.texte.setText(question.texte)
        for bouton, nom in ((self.modifier, "Modifier"), (self.supprimer, "Supprimer")):
            bouton.setVisible(modifiable and etat is EtatQuestion.A_ENVOYER)
            bouton.setAccessibleName(f"{nom} la question{NBSP}: {court(question.texte)}")


def quand_dit(question: Question, etat: EtatQuestion) -> str:
    """Return the date that counts for a question in this state."""
    if etat is EtatQuestion.REPONDUE and question.repondue_le is not None:
        return f"le {date_courte(question.repondue_le.astimezone(PARIS))}"
    if etat is not EtatQuestion.A_ENVOYER and question.echeance is not None:
        return f"avant le {date_courte(question.echeance)} inclus"
    return ""


def court(texte: str) -> str:
    """Return the beginning of a question, on one line."""
    ligne = " ".join(texte.split())
    return ligne if len(ligne) <= 60 else f"{ligne[:59].rstrip()}…"


class QuestionsCritere(QWidget):
    """Asks at once: each change is written as it is made. Hidden while there is nothing to show.

    A question may be asked of a finalised evaluation: exchanges go on until the committee, and what it froze does
    not hold them.
    """

    questions_requested = Signal()
    """The tab of the questions is wanted."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services
        self._complet: DossierComplet | None = None
        self._critere = ""
        self._toutes: tuple[Question, ...] = ()
        self._posee: datetime | None = None
        self._courante: int | None = None
        """Id of the question in the field, None while it is not written."""
        self._souffle: int | None = None
        """Id of the question that the last write changed: the next one goes on with it."""
        self._ecrit = False
        self.lignes: list[_Ligne] = []
        self.voir = button("Voir le message", self.questions_requested.emit, role="lien")
        self.champ = AutoText("Question au porteur", lignes=2)
        self.champ.setPlaceholderText(_INDICE)
        self.champ.edited.connect(self._write)
        self.champ.left.connect(self._breathe)
        self.fermer = button("Terminer", self._close, touche="Échap", nom="Terminer la question")
        self._saisie = QWidget()
        fill(QVBoxLayout(self._saisie), self.champ, row(1, self.fermer), espace=4)
        self._saisie.hide()
        self._liste = QVBoxLayout()
        self._liste.setSpacing(8)
        entete = Flow(espace=8, dernier_a_droite=True)
        entete.addWidget(label("Questions au porteur", "gras"))
        entete.addWidget(self.voir)
        fill(QVBoxLayout(self), entete, self._liste, self._saisie, espace=6)
        services.campagne.actes_changed.connect(self._changed)
        self.hide()

    # --- what the pane asks -----------------------------------------------------------------------------------

    def show_critere(self, complet: DossierComplet, critere_id: str, *, modifiable: bool = True) -> None:  # noqa: ARG002
        """Show the questions asked about a critere; what is typed about another one is written first.

        *modifiable* is said of the evaluation: questions do not depend on it.
        """
        autre = self._complet is None or (complet.dossier.numero, critere_id) != (self.numero, self._critere)
        if autre:
            self.flush()
            self._critere, self._courante = critere_id, None
            self._saisie.hide()
            self.champ.set_text("")
        self._complet = complet
        self._read()

    def ask(self) -> None:
        """Open the field where a question is written, and put the focus there (?)."""
        if self._complet is None or self.services.campagne.read_only:
            return
        if self._saisie.isHidden():
            critere = self.services.campagne.session.grille.critere(self._critere)
            reponse = self._complet.evaluation.reponse(self._critere)
            propose = "" if self._siennes() else regles.question_proposee(critere, reponse, self._complet.dossier)
            self._open(None, "")
            if propose:
                self.champ.setPlainText(propose)
                self.champ.selectAll()
        self._enter()

    @property
    def numero(self) -> int:
        """The dossier in view, 0 before the first one."""
        return self._complet.dossier.numero if self._complet else 0

    @property
    def dirty(self) -> bool:
        """Whether something typed is not written."""
        return self.champ.dirty

    def flush(self) -> None:
        """Write what is typed."""
        self.champ.flush()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt
        """Finish with Échap: what is typed is kept."""
        if event.key() == Qt.Key.Key_Escape and not self._saisie.isHidden():
            self._close()
        else:
            super().keyPressEvent(event)

    # --- what is shown ----------------------------------------------------------------------------------------

    def _siennes(self) -> list[Question]:
        return [q for q in self._toutes if q.critere == self._critere]

    def _changed(self, numeros: Sequence[int]) -> None:
        if self.numero in numeros and not self._ecrit:
            self._read()

    def _read(self) -> None:
        """Read the questions again; words that an undo brought back take the place of those in the field."""
        try:
            self._toutes = regles.lire(self.services.campagne.state(Genre.QUESTIONS, self.numero))
        except O2rError:
            self._toutes = ()  # the page itself tells what cannot be read
        courante = next((q for q in self._toutes if q.id == self._courante), None)
        if self._courante is not None:
            self._follow(courante)
        self._show()

    def _follow(self, courante: Question | None) -> None:
        if courante is None:
            self._courante = None
            if not self.champ.dirty:
                self.champ.set_text("")
        elif courante.texte == self.champ.text():
            self.champ.mark_saved(courante.texte)
        elif not self.champ.dirty:
            self.champ.set_text(courante.texte)

    def _show(self) -> None:
        modifiable = not self.services.campagne.read_only
        aujourd_hui = self.services.campagne.horloge().astimezone(PARIS).date()
        montrees = [q for q in self._siennes() if q.id != self._courante]
        while len(self.lignes) < len(montrees):
            self._add()
        for rang, ligne in enumerate(self.lignes):
            ligne.setVisible(rang < len(montrees))
            if rang < len(montrees):
                question = montrees[rang]
                ligne.setProperty("question", question.id)
                ligne.show_question(question, regles.etat(question, aujourd_hui), modifiable=modifiable)
        self.setVisible(bool(montrees) or not self._saisie.isHidden())

    def _add(self) -> None:
        rang = len(self.lignes)
        ligne = _Ligne(partial(self._edit, rang), partial(self._delete, rang))
        self.lignes.append(ligne)
        self._liste.addWidget(ligne)
        avant: QWidget = self.voir
        for suivant in (*(b for x in self.lignes for b in (x.modifier, x.supprimer)), self.champ, self.fermer):
            QWidget.setTabOrder(avant, suivant)
            avant = suivant

    # --- what is done -----------------------------------------------------------------------------------------

    def _at(self, rang: int) -> Question | None:
        return next((q for q in self._toutes if q.id == self.lignes[rang].property("question")), None)

    def _edit(self, rang: int) -> None:
        question = self._at(rang)
        if question is not None:
            self.flush()
            self._open(question.id, question.texte)
            self._enter()

    def _delete(self, rang: int) -> None:
        question = self._at(rang)
        if question is not None and self._change(
            regles.sans(self._toutes, question.id), "suppression de la question"
        ):
            self.voir.setFocus()

    def _open(self, identifiant: int | None, texte: str) -> None:
        self._courante = identifiant
        self.champ.set_text(texte)
        self._saisie.show()
        self._show()

    def _enter(self) -> None:
        """Put the focus in the field, and the field in view once it has its place."""
        self.champ.setFocus()
        QTimer.singleShot(0, self._saisie, self._scroll_to_it)

    def _scroll_to_it(self) -> None:
        parent = self.parentWidget()
        while parent is not None and not isinstance(parent, QScrollArea):
            parent = parent.parentWidget()
        if parent is not None:
            parent.ensureWidgetVisible(self._saisie)

    def _close(self) -> None:
        self.flush()
        if self.champ.dirty:
            return
        self._courante = None
        dedans = has_focus_within(self._saisie)
        self.champ.set_text("")
        self._saisie.hide()
        self._show()
        if dedans and self.isVisible():
            self.voir.setFocus()

    def _write(self) -> None:
        """Write the question in the field: a new one, one with other words, or none when all its words are gone."""
        texte, identifiant = self.champ.text(), self._courante
        avant = next((q for q in self._toutes if q.id == identifiant), None)
        if not texte.strip():
            ecrit = avant is None or self._change(
                regles.sans(self._toutes, identifiant), "suppression de la question"
            )
            self._courante = None if ecrit else identifiant
        elif avant is None:
            ecrit = self._change((*self._toutes, self._nouvelle(texte)), "question")
            if ecrit and self._toutes:
                self._courante = next((q.id for q in reversed(self._siennes()) if q.texte == texte), None)
        else:
            suite = avant.id == self._souffle
            ecrit = self._change(
                regles.avec(self._toutes, replace(avant, texte=texte)), "question", with_last=suite
            )
        if ecrit:
            self._posee = None
            self._souffle = self._courante
            self.champ.mark_saved(texte)
            self._show()

    def _breathe(self) -> None:
        """Have the next write be an act of its own."""
        self._souffle = None

    def _nouvelle(self, texte: str) -> Question:
        """Return the question in the field, born at the first try to write it: another try is the same question."""
        campagne = self.services.campagne
        self._posee = self._posee or campagne.horloge()
        return Question(critere=self._critere, texte=texte, posee_le=self._posee, auteur=campagne.session.auteur)

    def _change(self, questions: Sequence[Question], nom: str, *, with_last: bool = False) -> bool:
        self._ecrit = True
        ecrit = self.services.campagne.change(
            Genre.QUESTIONS,
            {self.numero: regles.ecrire(questions)},
            f"{nom} sur {self._critere}",
            critere=self._critere,
            with_last=with_last,
            depuis={self.numero: regles.ecrire(self._toutes)},  # a list that could not be read erases nothing
        )
        self._ecrit = False
        if ecrit:
            self._read()
        return ecrit
