"""One question in the tab of the questions: its words, its state, what came since, its answer."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout, QWidget

from o2r_desktop.evaluation.questions import EtatQuestion, Question
from o2r_desktop.operations.questions import Element
from o2r_desktop.text import NBSP, PARIS, date_courte, instant
from ui.pages.dossier.questions_critere import TONS, court
from ui.widgets.base import Pastille, button, fill, label, line, row
from ui.widgets.flux import Flow
from ui.widgets.texte import AutoText

_ELEMENTS_MAX = 6
_TEXTE_MAX = 500
TITRES = {
    EtatQuestion.EN_RETARD: "En retard",
    EtatQuestion.A_ENVOYER: "À envoyer",
    EtatQuestion.ENVOYEE: "Envoyées, en attente de réponse",
    EtatQuestion.REPONDUE: "Répondues",
}
"""Headings of the groups, in their order."""


class LigneElement(QWidget):
    """Something that came since the question was sent, and the way to it."""

    def __init__(self, element: Element) -> None:
        super().__init__()
        self.element = element
        texte = element.texte if len(element.texte) <= _TEXTE_MAX else f"{element.texte[: _TEXTE_MAX - 1]}…"
        quand = f"{element.nature.libelle}, le {instant(element.le)}{NBSP}: {element.titre}"
        self.voir = button("Voir", role="lien", nom=f"Voir {element.titre}")
        self.texte = label(texte, wrap=True)
        mots = label(quand, "secondaire", wrap=True)
        ligne = row(mots, self.voir)
        ligne.setStretch(0, 1)
        fill(QVBoxLayout(self), ligne, self.texte, espace=0)
        self.voir.setVisible(bool(element.attribut or element.empreinte))
        self.texte.setVisible(bool(texte))


class LigneQuestion(QFrame):
    """A question and all that can be done with it; each change is told, the tab writes it."""

    toggled = Signal()
    texte_edited = Signal()
    reponse_edited = Signal()
    answered = Signal(bool)
    deleted = Signal()
    critere_requested = Signal()
    element_requested = Signal(object)

    def __init__(self, question: Question, libelle: str) -> None:
        super().__init__()
        self.question = question
        sujet = question.critere or "Dossier"
        self.groupe = label("", "section", wrap=True)
        self.coche = QCheckBox("Dans le message")
        self.coche.toggled.connect(self.toggled)
        self.etat = Pastille()
        self.critere = button(sujet, self.critere_requested.emit, role="lien", nom=f"Ouvrir {sujet}")
        self.critere.setToolTip(libelle)
        general = label("Tout le dossier", "secondaire")
        self.dates = label("", "secondaire", wrap=True)
        self.texte = AutoText(f"Question sur {sujet}", lignes=1)
        self.texte.edited.connect(self.texte_edited)
        self.reponse = AutoText(f"Réponse du porteur sur {sujet}", lignes=1)
        self.reponse.setPlaceholderText("Ce que vous en retenez, en une phrase.")
        self.reponse.edited.connect(self.reponse_edited)
        self.repondue = button("Marquer répondue…", lambda: self.answered.emit(True))
        self.en_attente = button("Remettre en attente", lambda: self.answered.emit(False), role="lien")
        self.supprimer = button("Supprimer", self.deleted.emit, role="lien")
        self.elements: list[LigneElement] = []
        self._elements = QVBoxLayout()
        self._titre_elements = label("Arrivé depuis l’envoi", "gras")
        self._titre_reponse = label("Réponse retenue", "gras")
        self._titre_reponse.setBuddy(self.reponse)
        tete = Flow(espace=10)
        for partie in (self.etat, self.critere if question.critere else general, self.coche):
            tete.addWidget(partie)
        actions = Flow(espace=8)
        for bouton in (self.repondue, self.en_attente, self.supprimer):
            actions.addWidget(bouton)
        self._trait = line()
        parties = (self._trait, self.groupe, tete, self.texte, self.dates, self._titre_elements, self._elements,
                   self._titre_reponse, self.reponse, actions)  # fmt: skip
        fill(QVBoxLayout(self), *parties, espace=6)
        self._titre_elements.hide()
        (general if question.critere else self.critere).setParent(self)
        (general if question.critere else self.critere).hide()
        self.texte.set_text(question.texte)
        self.reponse.set_text(question.reponse)

    def show_question(self, question: Question, etat: EtatQuestion, *, groupe: str, modifiable: bool) -> None:
        """Show where the question stands now; words being typed stay, unless they were changed elsewhere."""
        for champ, avant, apres in (
            (self.texte, self.question.texte, question.texte),
            (self.reponse, self.question.reponse, question.reponse),
        ):
            if champ.text() == apres:
                champ.mark_saved(apres)
            elif apres != avant or not champ.dirty:
                champ.set_text(apres)
        self.question = question
        self.groupe.setText(groupe)
        self.groupe.setVisible(bool(groupe))
        self.etat.dire(etat.dit, TONS[etat])
        self.dates.setText(dates_dites(question))
        repondue = etat is EtatQuestion.REPONDUE
        self.texte.setReadOnly(not modifiable or etat is not EtatQuestion.A_ENVOYER)
        self.reponse.setReadOnly(not modifiable)
        for partie, visible in (
            (self.coche, modifiable and not repondue),
            (self._titre_reponse, repondue or bool(question.reponse)),
            (self.reponse, repondue or bool(question.reponse)),
            (self.repondue, modifiable and not repondue and etat is not EtatQuestion.A_ENVOYER),
            (self.en_attente, modifiable and repondue),
            (self.supprimer, modifiable),
        ):
            partie.setVisible(visible)
        self._name(question)

    def _name(self, question: Question) -> None:
        debut = court(question.texte) or "sans texte"
        self.coche.setAccessibleName(f"Dans le message{NBSP}: {debut}")
        self.repondue.setAccessibleName(f"Marquer répondue{NBSP}: {debut}")
        self.en_attente.setAccessibleName(f"Remettre en attente{NBSP}: {debut}")
        self.supprimer.setAccessibleName(f"Supprimer la question{NBSP}: {debut}")

    def show_elements(self, elements: Sequence[Element]) -> None:
        """Show what came since it was sent, the latest ones when there are many."""
        montres = list(elements)[-_ELEMENTS_MAX:]
        if [x.element for x in self.elements] == montres:
            return
        for ancien in self.elements:
            self._elements.removeWidget(ancien)
            ancien.deleteLater()
        self.elements = [LigneElement(e) for e in montres]
        for ligne in self.elements:
            ligne.voir.clicked.connect(lambda *_, e=ligne.element: self.element_requested.emit(e))
            self._elements.addWidget(ligne)
        reste = len(elements) - len(montres)
        self._titre_elements.setText("Arrivé depuis l’envoi" + (f" (et {reste} plus anciens)" if reste else ""))
        self._titre_elements.setVisible(bool(montres))

    def controls(self) -> list[QWidget]:
        """Return what Tab reaches, in its order."""
        return [self.critere, self.coche, self.texte, *(x.voir for x in self.elements), self.reponse, self.repondue,
                self.en_attente, self.supprimer]  # fmt: skip

    def set_first(self, premiere: bool) -> None:
        """Leave out the line above the first question."""
        self._trait.setVisible(not premiere)

    @property
    def dirty(self) -> bool:
        """Whether something typed is not written."""
        return self.texte.dirty or self.reponse.dirty

    def flush(self) -> None:
        """Have written what is typed."""
        self.texte.flush()
        self.reponse.flush()


def dates_dites(question: Question) -> str:
    """Return when a question was asked, sent, awaited and answered."""
    dits = [f"Posée le {date_courte(question.posee_le.astimezone(PARIS))} par {question.auteur}"]
    if question.envoyee_le is not None:
        dits.append(f"envoyée le {date_courte(question.envoyee_le.astimezone(PARIS))}")
    if question.echeance is not None:
        dits.append(f"réponse attendue le {date_courte(question.echeance)}")
    if question.repondue_le is not None:
        dits.append(f"répondue le {date_courte(question.repondue_le.astimezone(PARIS))}")
    return ", ".join(dits) + "."
