"""The import assistant: choose files, check what they would change, write, read the report."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from o2r_desktop import reception
from o2r_desktop.dossiers.correspondance import Correspondance
from o2r_desktop.dossiers.model import Piece
from o2r_desktop.errors import CancelledError, O2rError
from o2r_desktop.reception import CompteRendu
from o2r_desktop.text import NBSP, pluriel
from ui.models.lignes_import import LignePlan
from ui.pages.importation import travaux
from ui.pages.importation.annulation import Annuleur, tell_undone
from ui.pages.importation.correspondance import CorrespondanceEtape, chosen, needs_a_look
from ui.pages.importation.etapes import Etape, StepTrail, WaitPanel
from ui.pages.importation.fichiers import FichiersEtape
from ui.pages.importation.plan import ControleEtape
from ui.pages.importation.rapport import RapportEtape
from ui.pages.importation.travaux import Ecrits, Lecture, Relu, announced
from ui.pages.page import Page
from ui.services import Services
from ui.tasks import Task
from ui.theme import Ton
from ui.widgets.base import EmptyState, button, fill, label, row

_T = TypeVar("_T")


class ImporterPage(Page):
    """Leads from the files to the report; the campagne is written once, when the user says so."""

    nom = "importer"
    titre = "Importer"
    aide = "importer"

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._dossier: Path | None = None
        self._travail: Task[object] | None = None
        self._ecrit = False
        self._lecture: Lecture | None = None
        self._prochaine: tuple[Etape, QWidget] | None = None
        self._correspondance: Correspondance | None = None
        """What the user chose instead of the correspondence of the campagne; kept until the files are others."""
        self.pas = StepTrail()
        self.vide = EmptyState(
            "Aucune campagne n’est ouverte",
            "Un import entre dans une campagne : créez-en une ou ouvrez la vôtre, puis revenez ici. "
            "Les fichiers choisis sont gardés.",
            (button("Créer ou ouvrir une campagne", self._to_accueil, role="principal"),),
        )
        self.fichiers = FichiersEtape()
        self.attente = WaitPanel(self.cancel)
        self.correspondance = CorrespondanceEtape(services.theme)
        self.controle = ControleEtape(services.theme, self._pieces)
        self.annuleur = Annuleur(services, self)
        self.rapport = RapportEtape(services, self.annuleur)
        self.pile = QStackedWidget()
        for vue in (self.vide, self.fichiers, self.attente, self.correspondance, self.controle, self.rapport):
            self.pile.addWidget(vue)
        entete = row(label("Importer", "titre"), self.pas, 1, espace=24)
        fill(QVBoxLayout(self), entete, self.pile, marge=16, espace=12)
        self.setContentsMargins(0, 2, 0, 0)  # the title stands where that of the other pages does
        self._relier()
        services.campagne.closed.connect(self.refresh)
        services.campagne.opened.connect(self.refresh)
        self.refresh()

    def _relier(self) -> None:
        self.fichiers.submitted.connect(self.read)
        self.correspondance.back_requested.connect(self._to_fichiers)
        self.correspondance.continue_requested.connect(self._go_on)
        self.correspondance.import_requested.connect(self._take_correspondance)
        self.correspondance.export_requested.connect(self._give_correspondance)
        self.controle.import_requested.connect(self.write)
        self.controle.back_requested.connect(self._to_fichiers)
        self.controle.reread_requested.connect(self.read)
        self.controle.correspondance_requested.connect(self._to_correspondance)
        self.annuleur.accepted.connect(self._undo)

    # --- what the window asks -------------------------------------------------------------------------------

    def begin(self, fichiers: Sequence[Path]) -> None:
        """Show the first step, and read at once when files are given."""
        if self._travail is not None:
            return
        self.fichiers.set_fichiers(fichiers)
        self._correspondance = None
        self._to_fichiers()
        if fichiers and self.services.campagne.is_open:
            self.read()

    def show_rapport(self, import_id: int) -> None:
        """Show the report of a past import."""
        if self._travail is None and self.services.campagne.is_open:
            self._load_rapports([import_id])

    def more_keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of the correspondence and of the table of lines."""
        return (
            ("Continuer, ou importer ce qui est coché", "Ctrl+Return"),
            ("Cocher ou décocher la ligne", "Space"),
            ("Information suivante à vérifier", "Alt+Down"),
        )

    def enter(self) -> None:
        """Put the focus where the present step begins."""
        self.refresh()
        self._drop_outdated()
        vue = self.pile.currentWidget()
        if vue is self.fichiers:
            (self.fichiers.lire if self.fichiers.fichiers else self.fichiers.zone.bouton).setFocus()
        elif vue is self.correspondance:
            self.correspondance.vue.table.setFocus()
        elif vue is self.controle:
            self.controle.table.setFocus()
        elif vue is self.rapport:
            self.rapport.voir.setFocus()

    def leave(self) -> bool:
        """Refuse while the campagne is being written; reading goes on without the page."""
        if self._ecrit:
            self.attente.refus.dire(
                f"La campagne s’enregistre{NBSP}: attendez la fin, ou annulez, avant de quitter cette page."
            )
        return not self._ecrit

    def focus_search(self) -> None:
        """Put the focus in the search field of the step in view, when it has one."""
        if self.pile.currentWidget() is self.correspondance:
            self.correspondance.vue.focus_search()
        if self.pile.currentWidget() is self.controle:
            self.controle.recherche.setFocus()
            self.controle.recherche.selectAll()

    @Slot()
    def refresh(self) -> None:
        """Start again when the campagne is another one; else change nothing."""
        campagne = self.services.campagne
        dossier = campagne.dossier if campagne.is_open else None
        if dossier == self._dossier and dossier is not None:
            return
        self._dossier, self._correspondance = dossier, None
        if self._travail is not None:
            self._travail.cancel()
        if dossier is not None:
            self.fichiers.say_destination(campagne.session.parametres.nom, dossier)
        self._to_fichiers()

    # --- reading --------------------------------------------------------------------------------------------

    @Slot()
    def read(self) -> None:
        """Read and plan the files in the background."""
        self._read(self._was_read)

    def _read(self, suite: Callable[[Lecture], None]) -> None:
        if self._travail is not None or not self.fichiers.fichiers:
            return
        fichiers = tuple(self.fichiers.fichiers)
        combien = pluriel(len(fichiers), "fichier")
        self._wait(Etape.CONTROLE, f"Lecture de {combien}", "Rien n’est écrit pendant la lecture.")
        travail = partial(travaux.read, self.services.campagne.session, fichiers, self._correspondance)
        tache = self.services.taches.start(f"Lecture de {combien}", travail)
        self._follow(tache, partial(self._received, suite), self._read_failed)

    def _received(self, suite: Callable[[Lecture], None], lecture: Lecture) -> None:
        self._travail = None
        if not self.services.campagne.is_open:
            self._to_fichiers()
            return
        self.fichiers.show_refus(lecture.preparation.illisibles)
        if lecture.preparation.plans or lecture.preparation.archives:
            suite(lecture)
        else:
            self._to_fichiers()
            self.fichiers.zone.bouton.setFocus()

    def _was_read(self, lecture: Lecture) -> None:
        """Show what to check; first what is doubtful in the columns, when something is."""
        doute = needs_a_look(lecture.preparation, premier=not self.services.campagne.suivi)
        (self._check_columns if doute else self._check)(lecture)

    def _check(self, lecture: Lecture) -> None:
        self.controle.show_lecture(lecture, lecture_seule=self.services.campagne.read_only)
        self._prochaine = Etape.CONTROLE, self.controle
        QTimer.singleShot(0, self, self._reveal)  # filled, then laid out: the window does not wait for both at once

    def _check_columns(self, lecture: Lecture) -> None:
        self._lecture = lecture
        self.correspondance.show_preparation(lecture.preparation)
        self._prochaine = Etape.CORRESPONDANCE, self.correspondance
        QTimer.singleShot(0, self, self._reveal)

    @Slot()
    def _reveal(self) -> None:
        """Show the step that was filled, unless the user went elsewhere meanwhile."""
        if self._prochaine is None or self._travail is not None or not self.services.campagne.is_open:
            return
        self._show(*self._prochaine)
        if self.window().isActiveWindow() and not self.isHidden():
            self.enter()

    @Slot(object)
    def _read_failed(self, erreur: O2rError) -> None:
        self._travail = None
        self._to_fichiers()
        annulee = isinstance(erreur, CancelledError)
        phrase = f"Lecture annulée{NBSP}: rien n’a été écrit." if annulee else str(erreur)
        self.fichiers.message.dire(phrase, Ton.NEUTRE if annulee else Ton.MAUVAIS)
        self.fichiers.lire.setFocus()

    # --- the correspondence ---------------------------------------------------------------------------------

    @Slot()
    def _to_correspondance(self) -> None:
        if self.controle.lecture is not None:
            self._check_columns(self.controle.lecture)

    @Slot()
    def _go_on(self) -> None:
        """Read the files again with what was chosen, or go to the control when nothing was."""
        choix, lecture = self.correspondance.choix, self._lecture
        if lecture is None:
            return
        if not choix or lecture.preparation.correspondance is None:
            self._check(lecture)
            return
        self._correspondance = chosen(lecture.preparation, choix)
        self._read(self._check)

    @Slot(object)
    def _take_correspondance(self, fichier: Path) -> None:
        try:
            self._correspondance = reception.import_correspondance(fichier)
        except O2rError as erreur:
            self.correspondance.message.dire(str(erreur), Ton.MAUVAIS)
            return
        self._read(self._check_columns)

    @Slot(object)
    def _give_correspondance(self, cible: Path) -> None:
        self.correspondance.give(self.services.campagne.session, cible)

    # --- writing --------------------------------------------------------------------------------------------

    @Slot()
    def write(self) -> None:
        """Write what is ticked, in the background; nothing else may use the campagne meanwhile."""
        if self._travail is not None or not self.controle.importer.isEnabled():
            return
        plans, archives = self.controle.retained()
        quoi = self.controle.what()
        self._ecrit = True
        self._wait(
            Etape.CONTROLE,
            f"Import de {quoi}",
            f"Une sauvegarde est faite d’abord. Tout entre d’un coup, ou rien{NBSP}: annuler ne laisse rien.",
        )
        travail = partial(travaux.write, self.services.campagne.session, plans, archives, self._correspondance)
        tache = self.services.taches.start(f"Import de {quoi}", travail)
        self._follow(tache, self._was_written, self._write_failed)

    @Slot(object)
    def _was_written(self, ecrits: Ecrits) -> None:
        self._travail, self._ecrit = None, False
        travaux.show_new_data(self.services, ecrits.relu)
        self.fichiers.set_fichiers(())
        self._forget()
        self._load_rapports(ecrits.ids)

    @Slot(object)
    def _write_failed(self, erreur: O2rError) -> None:
        self._travail, self._ecrit = None, False
        self._show(Etape.CONTROLE, self.controle)
        if self._drop_outdated():
            return
        if isinstance(erreur, CancelledError):
            self.controle.say(f"Import annulé{NBSP}: rien n’a été écrit, la campagne est comme avant.")
            self.controle.importer.setFocus()
        else:
            self.controle.say_failure(f"{erreur} Rien n’a été écrit.")

    # --- the report -----------------------------------------------------------------------------------------

    def _load_rapports(self, ids: Sequence[int], message: str = "") -> None:
        self._wait(Etape.RAPPORT, "Préparation du rapport", "")
        travail = partial(travaux.reports, self.services.campagne.session, tuple(ids))
        tache = self.services.taches.start("", travail)
        self._follow(tache, partial(self._report_ready, message), self._report_failed)

    def _report_ready(self, message: str, comptes: list[CompteRendu]) -> None:
        self._travail = None
        if not self.services.campagne.is_open:
            self._to_fichiers()
            return
        self._show(Etape.RAPPORT, self.rapport)
        self.rapport.show_comptes(comptes, self.services.campagne.session.parametres.nom, message)

    @Slot(object)
    def _report_failed(self, erreur: O2rError) -> None:
        self._travail = None
        self._to_fichiers()
        if not isinstance(erreur, CancelledError):
            self.fichiers.message.dire(str(erreur), Ton.MAUVAIS)

    # --- undoing an import ----------------------------------------------------------------------------------

    @Slot(object)
    def _undo(self, import_id: int) -> None:
        if self._travail is not None:
            return
        self._ecrit = True
        ids = [c.rapport.id for c in self.rapport.comptes]
        self._wait(Etape.RAPPORT, "Annulation de l’import", "Une sauvegarde est faite d’abord.")
        self.attente.annuler.setEnabled(False)  # one transaction: there is no middle to stop at
        travail = partial(travaux.undo, self.services.campagne.session, import_id)
        tache = self.services.taches.start("Annulation de l’import", travail)
        self._follow(tache, partial(self._was_undone, ids), self._undo_failed)

    def _was_undone(self, ids: Sequence[int], fait: tuple[reception.Annulation, Relu]) -> None:
        self._travail, self._ecrit = None, False
        travaux.show_new_data(self.services, fait[1])
        self._load_rapports(ids, tell_undone(fait[0]))

    @Slot(object)
    def _undo_failed(self, erreur: O2rError) -> None:
        self._travail, self._ecrit = None, False
        self._show(Etape.RAPPORT, self.rapport)
        if not isinstance(erreur, CancelledError):
            self.rapport.message.dire(str(erreur), Ton.MAUVAIS)

    # --- common ---------------------------------------------------------------------------------------------

    def _forget(self) -> None:
        self._correspondance = self._lecture = None
        self.controle.clear()
        self.correspondance.clear()

    def _drop_outdated(self) -> bool:
        """Go back to the files, and say so, when the campagne changed since those in view were read."""
        lectures = {self.controle: self.controle.lecture, self.correspondance: self._lecture}
        lecture = next((lu for vue, lu in lectures.items() if vue is self.pile.currentWidget()), None)
        if lecture is None or not travaux.outdated(self.services.campagne.session, lecture):
            return False
        self._forget()
        self._to_fichiers()
        self.fichiers.message.dire(travaux.CHANGEE, Ton.ALERTE)
        return True

    def cancel(self) -> None:
        """Stop what is going on, at its next step."""
        if self._travail is not None:
            self._travail.cancel()
            self.attente.stopping()

    def _follow(self, tache: "Task[_T]", suite: Callable[[_T], None], echec: Callable[[O2rError], None]) -> None:
        self._travail = tache  # type: ignore[assignment]  # a task of any result
        tache.progressed.connect(self.attente.progress)
        tache.finished.connect(partial(self._finished, tache))
        tache.succeeded.connect(suite)
        tache.failed.connect(echec)

    def _finished(self, tache: "Task[_T]") -> None:
        """Give the page back when a bug ended the work: neither its success nor its failure was told."""
        if self._travail is not tache:
            return
        if self._ecrit:
            travaux.show_new_data(self.services, Relu())
        self._travail, self._ecrit = None, False
        self._to_fichiers()
        self.fichiers.message.dire("L’opération s’est interrompue : recommencez-la.", Ton.MAUVAIS)

    def _wait(self, etape: Etape, titre: str, phrase: str) -> None:
        self._show(etape, self.attente)
        self.attente.begin(titre, phrase)

    def _show(self, etape: Etape, vue: QWidget) -> None:
        self._prochaine = None
        self.pas.show_etape(etape)
        self.pile.setCurrentWidget(vue)

    @Slot()
    def _to_fichiers(self) -> None:
        self._show(Etape.FICHIERS, self.fichiers if self.services.campagne.is_open else self.vide)

    def _to_accueil(self) -> None:
        self.services.navigation.go("accueil")

    def _pieces(self, ligne: LignePlan) -> Sequence[Piece]:
        """Return the pieces that a dossier announces; its raw record is at hand."""
        lecture = self.controle.lecture
        return announced(self.services.campagne, lecture.preparation, ligne) if lecture is not None else ()
