"""The tab «Questions»: what is asked of the porteur, the message that asks it, and what came back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QGuiApplication
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from o2r_desktop.errors import O2rError
from o2r_desktop.evaluation import questions as regles
from o2r_desktop.evaluation.questions import EtatQuestion, Question
from o2r_desktop.operations import DossierComplet
from o2r_desktop.operations.actes import Genre
from o2r_desktop.operations.questions import Element
from o2r_desktop.text import NBSP, NNBSP, PARIS, pluriel
from ui.pages.dossier.questions_arrivees import Trouves, find_elements
from ui.pages.dossier.questions_lignes import TITRES, LigneQuestion
from ui.pages.dossier.volet import Volet
from ui.services import Services
from ui.theme import Ton
from ui.widgets.base import Banner, EmptyState, button, card, fill, label
from ui.widgets.champ_date import ChampDate
from ui.widgets.flux import Flow
from ui.widgets.texte import AutoText

_COPIE = (
    f"✓ Message copié{NBSP}: collez-le dans la messagerie du dossier, sur la plateforme, "
    "puis marquez les questions comme envoyées."
)
_DATE_FAUSSE = "Écrivez le jour comme 12/09/2025."
_LECTURE_SEULE = f"Campagne ouverte en lecture seule{NBSP}: le message se copie, les questions ne se changent pas."
_FINALISEE = (
    f"Évaluation finalisée{NBSP}: les échanges peuvent continuer, ils n’entrent pas dans l’empreinte "
    "qu’elle a figée et la note reste valable."
)


class QuestionsVolet(Volet):
    """The questions of a dossier, gathered into one message.

    They may be asked of a finalised evaluation too: exchanges go on until the committee.
    """

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._complet: DossierComplet | None = None
        self._toutes: tuple[Question, ...] = ()
        self._choix: dict[int, bool] = {}
        """What the user ticked or unticked; the others follow their state."""
        self._lues: tuple[Question, ...] = ()
        """Questions whose answers were looked for last."""
        self._souffle: tuple[int, str] | None = None
        """The question and the field that the last write changed: the next one goes on with it."""
        self._ecrit = False
        self.lignes: dict[int, LigneQuestion] = {}
        self.bandeau = Banner("", Ton.NEUTRE)
        self.bilan = label("", "secondaire", wrap=True)
        self.ajouter = button("Question sur tout le dossier", self._add)
        self.premiere = button("Question sur tout le dossier", self._add, role="principal")
        self.echeance = ChampDate("Répondre au plus tard le")
        self.echeance.changed.connect(self._show_message)
        self.message = AutoText("Message au porteur", lignes=6, lignes_max=16)
        self.message.setReadOnly(True)
        self.attention = label("", "faute", wrap=True)
        self.copier = button("Copier le message", self._copy, role="principal")
        self.envoyer = button("Marquer comme envoyées", self._send)
        self.dit = label("", "secondaire", wrap=True)
        self.dit.hide()
        self.vide = EmptyState(
            "Aucune question au porteur",
            f"Sur un critère, la touche «{NBSP}?{NBSP}» pose une question{NNBSP}; "
            "elles se rassemblent ici en un message.",
            [self.premiere],
        )
        self._liste = QVBoxLayout()
        self._liste.setSpacing(14)
        self.defile = QScrollArea()
        self._build()
        services.campagne.actes_changed.connect(self._changed)

    def _build(self) -> None:
        tete = Flow(espace=12)
        for partie in (label("Questions au porteur", "section"), self.ajouter):
            tete.addWidget(partie)
        self._carte_liste = card(tete, self.bilan, self._liste, espace=12)
        titre, jour = label("Message au porteur", "section"), label("Répondre au plus tard le", "gras")
        jour.setBuddy(self.echeance.champ)
        actions = Flow(espace=8)
        for bouton in (self.copier, self.envoyer):
            actions.addWidget(bouton)
        limite = Flow(espace=10)
        limite.addWidget(jour)
        limite.addWidget(self.echeance)
        self._carte_message = card(titre, limite, self.message, self.attention, actions, self.dit)
        page = QWidget()
        fill(corps := QVBoxLayout(page), self.vide, self._carte_liste, self._carte_message, 1, espace=12)
        corps.setContentsMargins(12, 16, 12, 16)
        self.defile.setWidget(page)
        self.defile.setWidgetResizable(True)
        self.defile.setFrameShape(QFrame.Shape.NoFrame)
        self.defile.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        fill(QVBoxLayout(self), self.bandeau, self.defile, espace=0)

    # --- as a tab -------------------------------------------------------------------------------------------

    def show_dossier(self, complet: DossierComplet) -> None:
        """Show the questions of a dossier."""
        self._complet = complet
        self._choix, self._lues = {}, ()
        for ligne in self.lignes.values():
            self._drop(ligne)
        self.lignes = {}
        self._say("")
        self.echeance.set_jour(regles.echeance_proposee(self._aujourd_hui))
        self._read()
        self.defile.verticalScrollBar().setValue(0)

    def update_dossier(self, complet: DossierComplet) -> None:
        """Show the same dossier, whose evaluation changed; what is being typed stays."""
        if self._complet is None or complet.dossier.numero != self._complet.dossier.numero:
            self.show_dossier(complet)
        else:
            self._complet = complet
            self._lock()

    def leave(self) -> bool:
        """Write what is being typed, and take away the questions left without a word."""
        if self._complet is None or self._read_only:
            return True
        for ligne in list(self.lignes.values()):
            ligne.flush()
        vides = [q.id for q in self._toutes if not q.texte.strip() and not q.reponse and q.envoyee_le is None]
        if vides:
            restantes = tuple(q for q in self._toutes if q.id not in vides)
            self._change(restantes, "suppression de la question vide")
        return not any(ligne.dirty for ligne in self.lignes.values())

    def focus_first(self) -> None:
        """Put the focus on the first question, or on the way to ask one."""
        if self._toutes:
            next(iter(self._ordered()))[1].texte.setFocus()
        else:
            self.premiere.setFocus()

    # --- what is shown ----------------------------------------------------------------------------------------

    @property
    def _numero(self) -> int:
        return self._complet.dossier.numero if self._complet else 0

    @property
    def _aujourd_hui(self) -> date:
        return self.services.campagne.horloge().astimezone(PARIS).date()

    @property
    def _read_only(self) -> bool:
        return not self.services.campagne.is_open or self.services.campagne.read_only

    def _changed(self, numeros: Sequence[int]) -> None:
        if self._numero in numeros and not self._ecrit:
            self._read()

    def _read(self) -> None:
        try:
            self._toutes = regles.lire(self.services.campagne.state(Genre.QUESTIONS, self._numero))
        except O2rError as erreur:
            self._toutes = ()
            self.services.alertes.show_error(erreur)
        self._show_questions()
        self._lock()
        self._show_message()
        self._look_for_answers()

    def _lock(self) -> None:
        finalisee = self._complet is not None and self._complet.evaluation.finalisee
        self.bandeau.dire(_LECTURE_SEULE if self._read_only else _FINALISEE if finalisee else "", Ton.NEUTRE)
        for bouton in (self.ajouter, self.premiere):
            bouton.setEnabled(not self._read_only)

    def _ordered(self) -> list[tuple[Question, LigneQuestion]]:
        """Return the questions with their lines, by state: what is late first, what is answered last."""
        etats, rangs = {q.id: self._etat(q) for q in self._toutes}, list(TITRES)
        triees = sorted(self._toutes, key=lambda q: rangs.index(etats[q.id]))
        return [(q, self._line(q)) for q in triees]

    def _etat(self, question: Question) -> EtatQuestion:
        return regles.etat(question, self._aujourd_hui)

    def _show_questions(self) -> None:
        gardees = {q.id for q in self._toutes}
        for identifiant in [i for i in self.lignes if i not in gardees]:
            self._drop(self.lignes.pop(identifiant))
        ordre = self._ordered()
        comptes = {e: sum(self._etat(q) is e for q, _ in ordre) for e in TITRES}
        precedent: EtatQuestion | None = None
        for rang, (question, ligne) in enumerate(ordre):
            etat = self._etat(question)
            groupe = f"{TITRES[etat]} ({comptes[etat]})" if etat is not precedent else ""
            ligne.show_question(question, etat, groupe=groupe, modifiable=not self._read_only)
            ligne.set_first(premiere=rang == 0)
            muet = ligne.coche.blockSignals(True)
            ligne.coche.setChecked(self._choix.get(question.id or 0, etat is EtatQuestion.A_ENVOYER))
            ligne.coche.blockSignals(muet)
            if self._liste.indexOf(ligne) != rang:
                self._liste.removeWidget(ligne)
                self._liste.insertWidget(rang, ligne)
            precedent = etat
        dits = [f"{comptes[e]}{NBSP}{e.libelle}" for e in TITRES if comptes[e]]
        self.bilan.setText(", ".join(dits))
        for partie, visible in ((self.vide, not ordre), (self._carte_liste, ordre), (self._carte_message, ordre)):
            partie.setVisible(bool(visible))
        self._chain([x for _, ligne in ordre for x in ligne.controls()])

    def _chain(self, controles: Sequence[QWidget]) -> None:
        """Have Tab go through the lines in the order that they are shown."""
        suite = [self.ajouter, *controles, self.echeance.champ, self.echeance.calendrier, self.message, self.copier,
                 self.envoyer]  # fmt: skip
        for avant, apres in pairwise(suite):
            QWidget.setTabOrder(avant, apres)

    def _line(self, question: Question) -> LigneQuestion:
        identifiant = question.id or 0
        if identifiant not in self.lignes:
            ligne = LigneQuestion(question, self._libelle(question))
            ligne.toggled.connect(partial(self._toggle, identifiant))
            ligne.texte_edited.connect(partial(self._save_texte, identifiant))
            ligne.reponse_edited.connect(partial(self._save_reponse, identifiant))
            for champ in (ligne.texte, ligne.reponse):
                champ.left.connect(self._breathe)
            ligne.answered.connect(partial(self._answer, identifiant))
            ligne.deleted.connect(partial(self._delete, identifiant))
            ligne.critere_requested.connect(partial(self._open_critere, question.critere))
            ligne.element_requested.connect(self._open_element)
            self.lignes[identifiant] = ligne
        return self.lignes[identifiant]

    def _libelle(self, question: Question) -> str:
        criteres = self.services.campagne.session.grille.criteres
        return next((c.libelle for c in criteres if c.id == question.critere), "")

    def _drop(self, ligne: LigneQuestion) -> None:
        self._liste.removeWidget(ligne)
        ligne.hide()
        ligne.deleteLater()

    def _ticked(self) -> list[Question]:
        """Return the questions that go in the message, in their order."""
        return [q for q in self._toutes if q.id in self.lignes and self._goes(q)]

    def _goes(self, question: Question) -> bool:
        return question.repondue_le is None and self.lignes[question.id or 0].coche.isChecked()

    def _show_message(self) -> None:
        if self._complet is None or not self.services.campagne.is_open:
            return
        session, jour, choisies = self.services.campagne.session, self.echeance.jour, self._ticked()
        texte = ""
        if jour is not None:
            texte = regles.message(
                self._complet.dossier,
                choisies,
                jour,
                session.parametres,
                grille=session.grille,
                auteur=session.auteur,
            )
        if self.message.text() != texte:
            self.message.set_text(texte)
            self._say("")
        self.attention.setText(_DATE_FAUSSE if jour is None else regles.avertissement(texte))
        self.attention.setVisible(bool(self.attention.text()))
        self.message.setPlaceholderText("Cochez au moins une question pour composer le message.")
        self.copier.setEnabled(bool(texte))
        self.envoyer.setEnabled(bool(texte) and not self._read_only)

    def _say(self, texte: str) -> None:
        """Say what was just done, aloud for a screen reader."""
        self.dit.setText(texte)
        self.dit.setVisible(bool(texte))
        if texte:
            QAccessible.updateAccessibility(QAccessibleEvent(self.dit, QAccessible.Event.Alert))

    def _look_for_answers(self) -> None:
        """Look in the background for what came since the questions were sent."""
        envoyees = tuple(q for q in self._toutes if q.envoyee_le is not None)
        if self._complet is None or not envoyees or envoyees == self._lues:
            return
        self._lues = envoyees
        work = partial(find_elements, self.services.campagne.session, self._complet, envoyees)
        self.services.taches.start("", work).succeeded.connect(self._found)

    def _found(self, trouves: Trouves) -> None:
        numero, elements = trouves
        if numero != self._numero:
            return
        for identifiant, siens in elements.items():
            if identifiant in self.lignes:
                self.lignes[identifiant].show_elements(siens)
        self._chain([x for _, ligne in self._ordered() for x in ligne.controls()])

    # --- what is done -----------------------------------------------------------------------------------------

    def _toggle(self, identifiant: int) -> None:
        self._choix[identifiant] = self.lignes[identifiant].coche.isChecked()
        self._show_message()

    def _add(self) -> None:
        campagne = self.services.campagne
        neuve = Question(critere="", texte="", posee_le=campagne.horloge(), auteur=campagne.session.auteur)
        if self._change((*self._toutes, neuve), "question sur le dossier") and self._toutes:
            identifiant = self._toutes[-1].id or 0
            self.lignes[identifiant].texte.setFocus()
            self._souffle = identifiant, "question"

    def _breathe(self) -> None:
        """Have the next write be an act of its own."""
        self._souffle = None

    def _save_texte(self, identifiant: int) -> None:
        self._update(identifiant, "question", texte=self.lignes[identifiant].texte.text())

    def _save_reponse(self, identifiant: int) -> None:
        self._update(identifiant, "réponse à la question", reponse=self.lignes[identifiant].reponse.text())

    def _answer(self, identifiant: int, repondue: bool) -> None:
        quand = self.services.campagne.horloge() if repondue else None
        if self._update(identifiant, "état de la question", repondue_le=quand) and repondue:
            self.lignes[identifiant].reponse.setFocus()

    def _delete(self, identifiant: int) -> None:
        question = self._question(identifiant)
        nom = f"suppression de la question sur {question.critere or 'le dossier'}"
        if self._change(regles.sans(self._toutes, identifiant), nom):
            self.focus_first()

    def _send(self) -> None:
        ids, jour = {q.id for q in self._ticked() if q.id is not None}, self.echeance.jour
        for ligne in self.lignes.values():
            ligne.flush()
        if jour is None or not ids:
            return
        suivantes = regles.envoyees(self._toutes, ids, le=self.services.campagne.horloge(), echeance=jour)
        if self._change(suivantes, f"envoi de {pluriel(len(ids), 'question')}"):
            self._choix.clear()
            self._read()
            self._say(f"✓ {pluriel(len(ids), 'question marquée envoyée', 'questions marquées envoyées')}.")
            self.focus_first()

    def _copy(self) -> None:
        for ligne in self.lignes.values():
            ligne.flush()
        QGuiApplication.clipboard().setText(self.message.text())
        self._say(_COPIE)

    def _open_critere(self, critere: str) -> None:
        self.services.navigation.open_dossier(self._numero, critere_id=critere)

    def _open_element(self, element: Element) -> None:
        if element.empreinte:
            self.services.navigation.open_piece(self._numero, element.empreinte)
        else:
            self.services.navigation.open_champ(self._numero, element.attribut)

    # --- on the disk ------------------------------------------------------------------------------------------

    def _question(self, identifiant: int) -> Question:
        return next(q for q in self._toutes if q.id == identifiant)

    def _update(self, identifiant: int, quoi: str, **changements: object) -> bool:
        question = self._question(identifiant)
        voulue = replace(question, **changements)  # type: ignore[arg-type]
        sujet = question.critere or "le dossier"
        suite, champ = self._souffle, (identifiant, quoi)
        ecrit = self._change(
            regles.avec(self._toutes, voulue),
            f"{quoi} sur {sujet}",
            critere=question.critere,
            with_last=suite == champ,
        )
        self._souffle = champ if ecrit else None
        return ecrit

    def _change(
        self, questions: Sequence[Question], nom: str, *, critere: str = "", with_last: bool = False
    ) -> bool:
        self._ecrit = True
        etats = {self._numero: regles.ecrire(questions)}
        depuis = {self._numero: regles.ecrire(self._toutes)}  # a list that could not be read erases nothing
        ecrit = self.services.campagne.change(
            Genre.QUESTIONS, etats, nom, critere=critere, with_last=with_last, depuis=depuis
        )
        self._ecrit = False
        if ecrit:
            self._read()
        return ecrit
