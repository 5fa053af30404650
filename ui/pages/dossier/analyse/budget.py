"""The face «Budget» of the analysis: the lines of the budget of the project, what does not agree, what it costs."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from o2r_desktop.analyse.budget.lignes import StatutEcart, cle_ecart
from o2r_desktop.analyse.budget.modele import Ecart
from o2r_desktop.dossiers.budget import BudgetProjet
from o2r_desktop.evaluation import questions as regles
from o2r_desktop.evaluation.questions import Question
from o2r_desktop.evaluation.reponses import Preuve
from o2r_desktop.operations import DossierComplet
from o2r_desktop.operations.actes import Genre
from o2r_desktop.text import NBSP, NNBSP, enumeration, montant
from ui.models.budget_rangees import changements, rangees
from ui.pages.dossier.analyse.budget_couts import CoutsPane
from ui.pages.dossier.analyse.budget_lignes import LignesPane
from ui.pages.dossier.analyse.budget_rapprochements import RapprochementsPane, noted
from ui.pages.dossier.analyse.face import Face
from ui.pages.dossier.analyse.panorama import panorama_loader
from ui.services import Services
from ui.theme import Ton
from ui.widgets.base import Banner, EmptyState, button, fill, has_focus_within, line, show_checked
from ui.widgets.flux import Flow
from ui.widgets.stack import Stack

_PARTIES = ("Lignes", "Rapprochements", "Coûts")
_CRITERE = "CRE-01"
_FINALISEE = f"Évaluation finalisée{NBSP}: le budget se lit, il ne se change plus."
_LECTURE_SEULE = f"Campagne ouverte en lecture seule{NBSP}: le budget se lit, il ne se change pas."


class BudgetFace(Face):
    """Three parts behind a small bar; the lines give way to an empty state while none was typed."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._complet: DossierComplet | None = None
        self._saisir = False
        """Whether the empty grid was asked for."""
        self.dialogue: QDialog | None = None
        """The last one that was opened."""
        self._souffle = ""
        """The gap whose note was written last: the next words go on with it."""
        self.bandeau = Banner("", Ton.NEUTRE)
        self.lignes = LignesPane(services, self._write)
        self.rapprochements = RapprochementsPane()
        self.couts = CoutsPane(services.theme)
        self.importer = button("Importer l’annexe budgétaire…", self.import_annex, role="principal")
        self.saisir = button("Saisir les lignes", self._begin)
        self.vide = EmptyState("Aucune ligne de budget", "", [self.importer, self.saisir])
        self.dit = Banner("", Ton.ACTION)
        self._lignes = Stack()
        for partie in (self.vide, self.lignes):
            self._lignes.addWidget(partie)
        self.pile = Stack()
        for volet in (self._lignes, self.rapprochements, self.couts):
            self.pile.addWidget(volet)
        self.boutons = [self._tab(rang, nom) for rang, nom in enumerate(_PARTIES)]
        barre = Flow(espace=4)
        for bouton in self.boutons:
            barre.addWidget(bouton)
        tete = QWidget()
        tete.setLayout(barre)
        barre.setContentsMargins(12, 6, 12, 6)
        fill(QVBoxLayout(self), self.bandeau, tete, line(), self.dit, self.pile, espace=0)
        self.layout().setStretch(4, 1)  # type: ignore[union-attr]
        self._panorama = panorama_loader(services)
        self._connect()
        self.show_part(0)

    def _tab(self, rang: int, nom: str) -> QPushButton:
        bouton = button(nom, partial(self.show_part, rang), role="onglet")
        bouton.setCheckable(True)
        bouton.setAutoExclusive(True)
        return bouton

    def _connect(self) -> None:
        self.lignes.piece_requested.connect(self.piece_requested)
        self.lignes.import_requested.connect(self.import_annex)
        self.rapprochements.said.connect(self._say_of_gap)
        self.rapprochements.asked.connect(self.ask)
        self.rapprochements.toggled.connect(self._toggle_line)
        self._panorama.loaded.connect(self._panorama_read)
        self._panorama.failed.connect(self._panorama_read)

    # --- what the page asks -------------------------------------------------------------------------------

    @property
    def selection(self) -> Preuve | None:
        """The place where the line under the cursor was read."""
        return self.lignes.selection if self.pile.currentIndex() == 0 else None

    def show_dossier(self, complet: DossierComplet) -> None:
        """Show another dossier."""
        self._saisir, self._souffle = False, ""
        self.dit.dire("")
        self._show(complet, neuf=True)

    def update_dossier(self, complet: DossierComplet) -> None:
        """Show the same dossier, whose analysis changed; what is being typed stays."""
        self._show(complet, neuf=False)

    def leave(self) -> bool:
        """Write what is being typed."""
        if self._complet is not None:
            self.lignes.flush()
            self.rapprochements.flush()
        return True

    def focus_first(self) -> None:
        """Put the focus in the part in view."""
        if self.pile.currentIndex() == 0 and self._lignes.currentWidget() is self.lignes:
            self.lignes.focus_first()
        else:
            self.boutons[self.pile.currentIndex()].setFocus()

    def show_part(self, rang: int) -> None:
        """Bring a part into view: the lines, what does not agree, the costs."""
        self.pile.setCurrentIndex(rang)
        for i, bouton in enumerate(self.boutons):
            show_checked(bouton, i == rang)

    def _show(self, complet: DossierComplet, *, neuf: bool) -> None:
        self._complet = complet = self._panorama.complete(complet)
        budget, modifiable = complet.analyse.budget, self.modifiable(complet)
        self.bandeau.dire("" if modifiable else _FINALISEE if complet.evaluation.finalisee else _LECTURE_SEULE)
        rien = not budget.lignes and not self._saisir
        dedans = has_focus_within(self.lignes)
        self._lignes.setCurrentWidget(self.vide if rien else self.lignes)
        if rien and dedans:
            self.boutons[0].setFocus()
        self.vide.dire("Aucune ligne de budget", form_said(budget.formulaire))
        for bouton in (self.importer, self.saisir):
            bouton.setEnabled(modifiable)
        self.lignes.show_dossier(complet, modifiable=modifiable, neuf=neuf)
        self.rapprochements.show_dossier(complet, modifiable=modifiable)
        self.couts.show_dossier(complet, attente=self._panorama.pending)

    def _panorama_read(self) -> None:
        if self._complet is not None and self.services.campagne.is_open:
            self._complet = complet = self._panorama.complete(self._complet)
            self.couts.show_dossier(complet, attente=self._panorama.pending)

    # --- what is written ----------------------------------------------------------------------------------

    def _write(self, changes: Mapping[str, Any], nom: str) -> bool:
        if self._complet is None:
            return False
        self._souffle = ""
        return self.save(self._complet.dossier.numero, changes, nom)

    def _begin(self) -> None:
        self._saisir = True
        if self._complet is not None:
            self._show(self._complet, neuf=False)
            self.lignes.ajouter.setFocus()

    def _say_of_gap(self, cle: str, statut: StatutEcart | None, note: str) -> None:
        """Keep the status of a gap and its note; a note may come before the status."""
        if self._complet is None:
            return
        dits = {"statut": statut.value if statut else None, "note": note or None}
        dite = {nom: valeur for nom, valeur in dits.items() if valeur is not None}
        suite, self._souffle = self._souffle == cle, cle
        numero = self._complet.dossier.numero
        self.save(numero, {cle_ecart(cle): dite or None}, f"écart {cle}", with_last=suite)

    def _toggle_line(self, identifiant: str, motif: str) -> None:
        """Set the whole row of a doubtful line aside, or keep it."""
        if self._complet is None:
            return
        for rangee in rangees(self._complet.analyse.budget.lignes):
            if identifiant in rangee.ids:
                quoi = "mise à l’écart" if motif else "reprise"
                self._write(changements(rangee, replace(rangee, ecartee=motif)), f"{quoi} de {rangee.nom}")

    def ask(self, cle: str) -> None:
        """Prepare a question to the porteur about a gap; the gap is then to be asked."""
        complet = self._complet
        ecart = next((e for e in complet.analyse.budget.ecarts if e.cle == cle), None) if complet else None
        if complet is None or ecart is None:
            return
        self.rapprochements.flush()
        campagne, numero = self.services.campagne, complet.dossier.numero
        ecart = noted(ecart, campagne.state(Genre.ANALYSE, numero))
        avant = campagne.state(Genre.QUESTIONS, numero)
        posees, texte = regles.lire(avant), question_said(ecart)
        if any(q.texte == texte for q in posees):
            self.dit.dire(f"Cette question est déjà posée{NBSP}: elle est dans l’onglet Questions.")
            return
        ids = {c.id for c in campagne.session.grille.criteres}
        neuve = Question(
            critere=_CRITERE if _CRITERE in ids else "",
            texte=texte,
            posee_le=campagne.horloge(),
            auteur=campagne.session.auteur,
        )
        apres = regles.ecrire(regles.avec(posees, neuve))
        if campagne.change(Genre.QUESTIONS, {numero: apres}, "question sur un écart", depuis={numero: avant}):
            if ecart.statut is None:
                self._say_of_gap(cle, StatutEcart.A_DEMANDER, ecart.note)
            self.dit.dire("✓ Question préparée dans l’onglet Questions. Relisez-la avant de l’envoyer.")

    def import_annex(self) -> None:
        """Choose lines in a workbook; they are written as one act."""
        if self._complet is None or not self.modifiable(self._complet):
            return
        from ui.dialogs.import_budget import ImportBudgetDialog

        self.lignes.flush()
        presentes = rangees(self._complet.analyse.budget.lignes)
        self.dialogue = ImportBudgetDialog(self.services, self._complet.dossier, presentes, self.window())
        self.dialogue.chosen.connect(self._write)
        self.dialogue.open()


def form_said(formulaire: BudgetProjet) -> str:
    """Return what the form says of the money, for who has no lines yet."""
    dits = [
        f"{nom} {montant(valeur)}"
        for nom, valeur in (
            ("un coût de", formulaire.cout),
            ("une demande de", formulaire.demande),
            ("des charges de personnel de", formulaire.personnel.valeur),
            ("des charges indirectes de", formulaire.indirectes.valeur),
        )
        if valeur is not None
    ]
    donne = (
        f"Déclaré au formulaire{NBSP}: {enumeration(dits)}. " if dits else "Le formulaire ne donne aucun montant. "
    )
    return (
        f"{donne}Le détail par compte est dans l’annexe budgétaire{NBSP}: importez-la, ou saisissez ses lignes. "
        "Les rapprochements et les coûts se lisent déjà d’après le formulaire."
    )


def question_said(ecart: Ecart) -> str:
    """Return the question that a gap calls for."""
    places = enumeration([f"{montant(v)} ({ou})" for ou, v in ecart.places if v is not None])
    return (
        f"Dans votre dossier, le montant «{NBSP}{ecart.nom}{NBSP}» n’est pas le même partout{NBSP}: {places}. "
        f"Pouvez-vous nous dire lequel retenir et expliquer cet écart{NNBSP}?"
    )
