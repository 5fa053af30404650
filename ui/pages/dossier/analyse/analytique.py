"""The face «Analytique» of the analysis: the guided sheet of analytic accounting."""

from dataclasses import replace
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from o2r_desktop.analyse.analytique import QUESTIONS, Analytique, EtatPartie, Partie
from o2r_desktop.analyse.analytique.conditions import Condition, cle_condition, valeur_condition
from o2r_desktop.analyse.analytique.fiche import cle_question, ecrire_reponse
from o2r_desktop.analyse.analytique.questions import questions_de
from o2r_desktop.analyse.saisie import Source
from o2r_desktop.evaluation.reponses import Preuve
from o2r_desktop.operations import DossierComplet
from o2r_desktop.text import NBSP, pluriel
from ui.pages.dossier.analyse.analytique_conditions import ConditionsAnalytique, to_add
from ui.pages.dossier.analyse.analytique_detail import DetailAnalytique
from ui.pages.dossier.analyse.analytique_lignes import TOUCHES, LigneAnalytique
from ui.pages.dossier.analyse.face import Face
from ui.services import Services
from ui.theme import Ton
from ui.widgets.base import Banner, Gauge, KeyCap, Pastille, card, fill, label
from ui.widgets.flux import Flow

_TONS = {
    EtatPartie.ETABLI: ("✓", Ton.BON),
    EtatPartie.A_COMPLETER: ("…", Ton.NEUTRE),
    EtatPartie.ABSENT: ("!", Ton.ALERTE),
    EtatPartie.SANS_OBJET: ("–", Ton.NEUTRE),
}
_MOTS_TOUCHES = (("oui", "oui"), ("non", "non"), ("partiel", "en partie"), ("sans_objet", "sans objet"),
                 ("inconnu", "inconnu"))  # fmt: skip
_FIGEE = f"Évaluation finalisée{NBSP}: la fiche se lit, elle ne se change plus."
_LECTURE_SEULE = f"Campagne ouverte en lecture seule{NBSP}: la fiche se lit, elle ne se change pas."


class AnalytiqueFace(Face):
    """A sheet to fill by keyboard, part by part; what the form says stands under the question in hand."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._complet: DossierComplet | None = None
        self._courante = QUESTIONS[0].id
        self._souffle = ""
        """The key that the last write changed: the next one goes on with it."""
        self.bandeau = Banner("", Ton.NEUTRE)
        self.jauge = Gauge(services.theme, largeur=120)
        self.avance = label("", "secondaire")
        self.lignes = {q.id: LigneAnalytique(services, q) for q in QUESTIONS}
        self.etats = {partie: Pastille() for partie in Partie}
        self.comptes = {partie: label("", "secondaire") for partie in Partie}
        self.detail = DetailAnalytique(services)
        self.conditions = ConditionsAnalytique(services)
        self._cartes: dict[Partie, QFrame] = {}
        self._colonnes: dict[Partie, QVBoxLayout] = {}
        self.defile = QScrollArea()
        self._build()
        self._connect()

    def _build(self) -> None:
        page = QWidget()
        cartes = [self._build_part(partie) for partie in Partie]
        conditions = card(label("Conditions pour la convention", "section"), self.conditions)
        fill(corps := QVBoxLayout(page), self._build_head(), *cartes, conditions, 1, espace=12)
        corps.setContentsMargins(12, 12, 12, 16)
        self.defile.setWidget(page)
        self.defile.setWidgetResizable(True)
        self.defile.setFrameShape(QFrame.Shape.NoFrame)
        self.defile.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        fill(QVBoxLayout(self), self.bandeau, self.defile, espace=0)

    def _build_head(self) -> QWidget:
        tete, touches = Flow(espace=10), Flow(espace=6, ligne=4)
        for partie in (label("Comptabilité analytique", "section"), self.jauge, self.avance):
            tete.addWidget(partie)
        touches.addWidget(label("Sur une question", "secondaire"))
        for reponse, mots in _MOTS_TOUCHES:
            touches.addWidget(KeyCap(TOUCHES[reponse]))
            touches.addWidget(label(mots, "secondaire"))
        touches.addWidget(KeyCap("Del"))
        touches.addWidget(label("effacer", "secondaire"))
        invite = label(
            "Ce que dit le formulaire est rappelé sous chaque question, jamais repris comme réponse. La fiche "
            "éclaire ANA-01 à ANA-03 et CRE-06 ; elle ne donne aucun niveau.",
            "secondaire", wrap=True,
        )  # fmt: skip
        return card(tete, invite, touches)

    def _build_part(self, partie: Partie) -> QFrame:
        tete = Flow(espace=10)
        for mots in (label(partie.libelle, "section", wrap=True), self.etats[partie], self.comptes[partie]):
            tete.addWidget(mots)
        colonne = self._colonnes[partie] = QVBoxLayout()
        fill(colonne, *(self.lignes[q.id] for q in questions_de(partie)), espace=4)
        carte = self._cartes[partie] = card(tete, colonne, espace=6)
        return carte

    def _connect(self) -> None:
        for question, ligne in self.lignes.items():
            ligne.entered.connect(partial(self._enter, question))
            ligne.answered.connect(partial(self._answered, question))
            ligne.left.connect(self._breathe)
        self.detail.note_edited.connect(self._note_edited)
        self.detail.note.left.connect(self._breathe)
        self.detail.source_changed.connect(self._source_changed)
        self.detail.champ_requested.connect(self.champ_requested)
        self.detail.piece_requested.connect(self.piece_requested)
        self.detail.critere_requested.connect(self.critere_requested)
        self.conditions.changed.connect(self._condition_changed)
        self.conditions.critere_requested.connect(self.critere_requested)
        self.conditions.reserves_requested.connect(self._add_reserves)
        self._place_detail()

    # --- as a tab -------------------------------------------------------------------------------------------

    def show_dossier(self, complet: DossierComplet) -> None:
        """Show another dossier, from its beginning."""
        self._complet = complet
        self._souffle = ""
        for ligne in self.lignes.values():
            ligne.forget()
        self.detail.show_dossier(complet.dossier)
        self._courante = QUESTIONS[0].id
        self._place_detail()
        self._show(reste=False)
        self.defile.verticalScrollBar().setValue(0)

    def update_dossier(self, complet: DossierComplet) -> None:
        """Show the same dossier, whose evaluation or analysis changed; what is being typed stays."""
        self._complet = complet
        self._show(reste=True)

    def leave(self) -> bool:
        """Write what is being typed."""
        if self._complet is None or not self.modifiable(self._complet):
            return True
        for ligne in self.lignes.values():
            ligne.flush()
        self.detail.note.flush()
        self.conditions.leave()
        return not (any(x.dirty for x in self.lignes.values()) or self.detail.note.dirty or self.conditions.dirty)

    def focus_first(self) -> None:
        """Put the focus on the question in hand."""
        self.lignes[self._courante].take_focus()

    @property
    def selection(self) -> Preuve | None:
        """The source of the question in hand, else the field that speaks of it."""
        if self._complet is None:
            return None
        fiche = self._fiche
        return self.detail.preuve(fiche, fiche.reponses[self._courante])

    # --- what is shown --------------------------------------------------------------------------------------

    @property
    def _fiche(self) -> Analytique:
        assert self._complet is not None
        return self._complet.analyse.analytique

    def _show(self, *, reste: bool) -> None:
        if self._complet is None:
            return
        fiche, modifiable = self._fiche, self.modifiable(self._complet)
        lecture = self.services.campagne.read_only
        self.bandeau.dire("" if modifiable else _LECTURE_SEULE if lecture else _FIGEE, Ton.NEUTRE)
        for question, ligne in self.lignes.items():
            ligne.show_reponse(fiche.reponses[question], modifiable=modifiable)
        for lue in fiche.parties:
            signe, ton = _TONS[lue.etat]
            self.etats[lue.partie].dire(f"{signe} {lue.etat.value}", ton)
            self.comptes[lue.partie].setText(f"{lue.repondues} sur {lue.attendues}" if lue.attendues else "")
        self._cartes[Partie.MEMBRES].setVisible(fiche.consortium)
        faites, attendues = (sum(getattr(p, n) for p in fiche.parties) for n in ("repondues", "attendues"))
        self.jauge.set_value(faites, attendues)
        self.avance.setText(f"{pluriel(faites, 'réponse')} sur {attendues}")
        self._show_detail(reste=reste)
        self.conditions.show_conditions(
            fiche.conditions, self._complet.evaluation.projet.reserves, modifiable=modifiable
        )  # fmt: skip

    def _show_detail(self, *, reste: bool) -> None:
        if self._complet is not None:
            fiche = self._fiche
            self.detail.show_question(
                fiche, fiche.reponses[self._courante], modifiable=self.modifiable(self._complet), reste=reste
            )

    def _enter(self, question: str) -> None:
        """Bring the panel under the question that takes the focus."""
        if question == self._courante:
            return
        self.detail.note.flush()
        self._courante = question
        self._breathe()
        self._place_detail()
        self._show_detail(reste=False)
        QTimer.singleShot(0, self, self._show_current)

    def _show_current(self) -> None:
        self.defile.ensureWidgetVisible(self.detail, 0, 8)
        self.defile.ensureWidgetVisible(self.lignes[self._courante], 0, 8)

    def _place_detail(self) -> None:
        courante = self.lignes[self._courante]
        colonne = self._colonnes[courante.question.partie]
        for autre in self._colonnes.values():
            autre.removeWidget(self.detail)
        colonne.insertWidget(colonne.indexOf(courante) + 1, self.detail)
        self.detail.show()
        for question, ligne in self.lignes.items():
            ligne.show_current(question == self._courante)
        suite: list[QWidget] = []
        for question, ligne in self.lignes.items():
            suite += ligne.controls()
            if question == self._courante:
                suite += self.detail.controls()
        for condition in self.conditions.lignes:
            suite += [condition.coche, condition.critere, condition.texte]
        for avant, apres in pairwise([*suite, self.conditions.ajouter]):
            QWidget.setTabOrder(avant, apres)

    # --- what is done ---------------------------------------------------------------------------------------

    def _breathe(self) -> None:
        """Have the next write be an act of its own."""
        self._souffle = ""

    def _write(self, question: str, *, souffle: str, **changes: object) -> None:
        if self._complet is None:
            return
        reponse = replace(self._fiche.reponses[question], **changes)  # type: ignore[arg-type]
        cle = cle_question(question)
        nom = f"fiche analytique{NBSP}: {reponse.question.court}"
        suite = bool(souffle) and self._souffle == f"{cle}/{souffle}"
        if self.save(self._complet.dossier.numero, {cle: ecrire_reponse(reponse)}, nom, with_last=suite):
            self._souffle = f"{cle}/{souffle}" if souffle else ""

    def _answered(self, question: str, valeur: str, en_cours: bool) -> None:
        self._write(question, souffle="reponse" if en_cours else "", valeur=valeur)

    def _note_edited(self) -> None:
        self._write(self._courante, souffle="note", note=self.detail.note.text())

    def _source_changed(self, source: Source | None) -> None:
        self._write(self._courante, souffle="", source=source)

    def _condition_changed(self, condition: Condition, retenue: bool, redaction: str) -> None:
        if self._complet is None:
            return
        valeur = valeur_condition(condition, retenue=retenue, redaction=redaction)
        cle = cle_condition(condition.id)
        meme = retenue == condition.retenue
        suite = meme and self._souffle == cle
        if self.save(self._complet.dossier.numero, {cle: valeur}, "condition de convention", with_last=suite):
            self._souffle = cle if meme else ""

    def _add_reserves(self) -> None:
        """Append the retained conditions to the reserves of the avis, as one act."""
        if self._complet is None or not self.leave():
            return
        projet = self._complet.evaluation.projet
        lignes = to_add(self._fiche.conditions, projet.reserves)
        if not lignes:
            return
        reserves = "\n".join([*([projet.reserves.rstrip()] if projet.reserves.strip() else []), *lignes])
        self.services.campagne.save_projet(
            self._complet.dossier.numero, replace(projet, reserves=reserves), "conditions ajoutées aux réserves"
        )
