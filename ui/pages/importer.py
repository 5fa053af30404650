"""The import assistant: choose files, check what they would change, write, read the report."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from o2r_desktop import operations, reception, suivi
from o2r_desktop.dossiers.importation import ImportPlan
from o2r_desktop.dossiers.model import Piece
from o2r_desktop.errors import CancelledError, O2rError
from o2r_desktop.evaluation.lot import Lot
from o2r_desktop.operations import Session
from o2r_desktop.progress import Reporter
from o2r_desktop.reception import CompteRendu
from o2r_desktop.suivi import Suivi
from o2r_desktop.text import NBSP, pluriel
from ui.models.plan_import import LignePlan, build_lignes
from ui.pages.importation.etapes import Etape, StepTrail, WaitPanel
from ui.pages.importation.fichiers import FichiersEtape
from ui.pages.importation.fluidite import fluid
from ui.pages.importation.plan import ControleEtape, Lecture
from ui.pages.importation.rapport import RapportEtape
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
        self.pas = StepTrail()
        self.vide = EmptyState(
            "Aucune campagne n’est ouverte",
            "Un import entre dans une campagne : créez-en une ou ouvrez la vôtre, puis revenez ici. "
            "Les fichiers choisis sont gardés.",
            (button("Créer ou ouvrir une campagne", self._to_accueil, role="principal"),),
        )
        self.fichiers = FichiersEtape()
        self.attente = WaitPanel(self.cancel)
        self.controle = ControleEtape(services.theme, self._pieces)
        self.rapport = RapportEtape(services)
        self.pile = QStackedWidget()
        for vue in (self.vide, self.fichiers, self.attente, self.controle, self.rapport):
            self.pile.addWidget(vue)
        fill(
            QVBoxLayout(self),
            row(label("Importer", "titre"), self.pas, 1, espace=24),
            self.pile,
            marge=16,
            espace=12,
        )
        self.setContentsMargins(0, 2, 0, 0)  # the title stands where that of the other pages does
        self.fichiers.submitted.connect(self.read)
        self.controle.import_requested.connect(self.write)
        self.controle.back_requested.connect(self._to_fichiers)
        self.controle.reread_requested.connect(self.read)
        services.campagne.closed.connect(self.refresh)
        services.campagne.opened.connect(self.refresh)
        self.refresh()

    # --- what the window asks -------------------------------------------------------------------------------

    def begin(self, fichiers: Sequence[Path]) -> None:
        """Show the first step, and read at once when files are given."""
        if self._travail is not None:
            return
        self.fichiers.set_fichiers(fichiers)
        self._to_fichiers()
        if fichiers and self.services.campagne.is_open:
            self.read()

    def show_rapport(self, import_id: int) -> None:
        """Show the report of a past import."""
        if self._travail is None and self.services.campagne.is_open:
            self._load_rapports([import_id])

    def more_keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of the table of lines."""
        return (("Importer ce qui est coché", "Ctrl+Return"), ("Cocher ou décocher la ligne", "Space"))

    def enter(self) -> None:
        """Put the focus where the present step begins."""
        self.refresh()
        vue = self.pile.currentWidget()
        if vue is self.fichiers:
            (self.fichiers.lire if self.fichiers.fichiers else self.fichiers.zone.bouton).setFocus()
        elif vue is self.controle:
            self.controle.table.setFocus()
        elif vue is self.rapport:
            self.rapport.voir.setFocus()

    def leave(self) -> bool:
        """Refuse while the campagne is being written; reading goes on without the page."""
        if self._ecrit:
            self.attente.refus.dire(
                f"L’import s’enregistre{NBSP}: attendez la fin, ou annulez-le, avant de quitter cette page."
            )
        return not self._ecrit

    def focus_search(self) -> None:
        """Put the focus in the search field of the table, when it is there."""
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
        self._dossier = dossier
        if self._travail is not None:
            self._travail.cancel()
        if dossier is not None:
            self.fichiers.say_destination(campagne.session.parametres.nom, dossier)
        self._to_fichiers()

    # --- reading --------------------------------------------------------------------------------------------

    @Slot()
    def read(self) -> None:
        """Read and plan the files in the background."""
        if self._travail is not None or not self.fichiers.fichiers:
            return
        fichiers = tuple(self.fichiers.fichiers)
        combien = pluriel(len(fichiers), "fichier")
        self._wait(Etape.CONTROLE, f"Lecture de {combien}", "Rien n’est écrit pendant la lecture.")
        tache = self.services.taches.start(
            f"Lecture de {combien}", partial(_read, self.services.campagne.session, fichiers)
        )
        self._follow(tache)
        tache.succeeded.connect(self._was_read)
        tache.failed.connect(self._read_failed)

    @Slot(object)
    def _was_read(self, lecture: Lecture) -> None:
        self._travail = None
        if not self.services.campagne.is_open:
            self._to_fichiers()
            return
        self.fichiers.show_refus(lecture.preparation.illisibles)
        if not lecture.preparation.plans:
            self._to_fichiers()
            self.fichiers.zone.bouton.setFocus()
            return
        self._show(Etape.CONTROLE, self.controle)
        self.controle.show_lecture(lecture, lecture_seule=self.services.campagne.read_only)

    @Slot(object)
    def _read_failed(self, erreur: O2rError) -> None:
        self._travail = None
        self._to_fichiers()
        if isinstance(erreur, CancelledError):
            self.fichiers.message.dire(f"Lecture annulée{NBSP}: rien n’a été écrit.", Ton.NEUTRE)
        else:
            self.fichiers.message.dire(str(erreur), Ton.MAUVAIS)
        self.fichiers.lire.setFocus()

    # --- writing --------------------------------------------------------------------------------------------

    @Slot()
    def write(self) -> None:
        """Write the dossiers that are ticked, in the background; nothing else may use the campagne meanwhile."""
        lecture = self.controle.lecture
        if self._travail is not None or lecture is None or not self.controle.importer.isEnabled():
            return
        plans = reception.retenir(lecture.preparation.plans, self.controle.modele.exclus)
        combien = pluriel(len({x.numero for x in self.controle.modele.retenus}), "dossier")
        self._ecrit = True
        self._wait(
            Etape.CONTROLE,
            f"Import de {combien}",
            f"Une sauvegarde est faite d’abord. Tout entre d’un coup, ou rien{NBSP}: annuler ne laisse rien.",
        )
        tache = self.services.taches.start(
            f"Import de {combien}", partial(_write, self.services.campagne.session, plans)
        )
        self._follow(tache)
        tache.succeeded.connect(self._was_written)
        tache.failed.connect(self._write_failed)

    @Slot(object)
    def _was_written(self, ecrits: "_Ecrits") -> None:
        self._travail, self._ecrit = None, False
        self._read_campagne_again(ecrits)
        self.fichiers.set_fichiers(())
        self.controle.clear()
        self._load_rapports(ecrits.ids)

    def _read_campagne_again(self, ecrits: "_Ecrits | None" = None) -> None:
        """Have every page show the new data; what was answered on the old ones can no longer be undone blindly."""
        campagne = self.services.campagne
        campagne.session.oublier_lot()
        if ecrits is not None and ecrits.lot is not None:
            campagne.session.prendre_lot(ecrits.lot)
        campagne.history.clear()
        try:
            campagne.load_suivi(ecrits.suivi if ecrits is not None else None)
        except O2rError as erreur:
            self.services.alertes.show_error(erreur)
        campagne.saved.emit(campagne.horloge())

    @Slot(object)
    def _write_failed(self, erreur: O2rError) -> None:
        self._travail, self._ecrit = None, False
        self._show(Etape.CONTROLE, self.controle)
        if isinstance(erreur, CancelledError):
            self.controle.say(f"Import annulé{NBSP}: rien n’a été écrit, la campagne est comme avant.")
            self.controle.importer.setFocus()
        else:
            self.controle.say_failure(f"{erreur} Rien n’a été écrit.")

    # --- the report -----------------------------------------------------------------------------------------

    def _load_rapports(self, ids: Sequence[int]) -> None:
        self._wait(Etape.RAPPORT, "Préparation du rapport", "")
        tache = self.services.taches.start("", partial(_reports, self.services.campagne.session, tuple(ids)))
        self._follow(tache)
        tache.succeeded.connect(self._report_ready)
        tache.failed.connect(self._report_failed)

    @Slot(object)
    def _report_ready(self, comptes: list[CompteRendu]) -> None:
        self._travail = None
        if not self.services.campagne.is_open:
            self._to_fichiers()
            return
        self._show(Etape.RAPPORT, self.rapport)
        self.rapport.show_comptes(comptes, self.services.campagne.session.parametres.nom)

    @Slot(object)
    def _report_failed(self, erreur: O2rError) -> None:
        self._travail = None
        self._to_fichiers()
        if not isinstance(erreur, CancelledError):
            self.fichiers.message.dire(str(erreur), Ton.MAUVAIS)

    # --- common ---------------------------------------------------------------------------------------------

    def cancel(self) -> None:
        """Stop what is going on, at its next step."""
        if self._travail is not None:
            self._travail.cancel()
            self.attente.stopping()

    def _follow(self, tache: "Task[_T]") -> None:
        self._travail = tache  # type: ignore[assignment]  # a task of any result
        tache.progressed.connect(self.attente.progress)
        tache.finished.connect(partial(self._finished, tache))

    def _finished(self, tache: "Task[_T]") -> None:
        """Give the page back when a bug ended the work: neither its success nor its failure was told."""
        if self._travail is not tache:
            return
        if self._ecrit:
            self._read_campagne_again()
        self._travail, self._ecrit = None, False
        self._to_fichiers()
        self.fichiers.message.dire("L’opération s’est interrompue : recommencez-la.", Ton.MAUVAIS)

    def _wait(self, etape: Etape, titre: str, phrase: str) -> None:
        self._show(etape, self.attente)
        self.attente.begin(titre, phrase)

    def _show(self, etape: Etape, vue: QWidget) -> None:
        self.pas.show_etape(etape)
        self.pile.setCurrentWidget(vue)

    @Slot()
    def _to_fichiers(self) -> None:
        self._show(Etape.FICHIERS, self.fichiers if self.services.campagne.is_open else self.vide)

    def _to_accueil(self) -> None:
        self.services.navigation.go("accueil")

    def _pieces(self, ligne: LignePlan) -> Sequence[Piece]:
        """Return the pieces that a dossier announces; its raw record is at hand."""
        if ligne.lu is None or ligne.plan is None or not self.services.campagne.is_open:
            return ()
        return reception.pieces_annoncees(self.services.campagne.session, self.controle.plans[ligne.plan], ligne.lu)


def _read(session: Session, fichiers: tuple[Path, ...], reporter: Reporter) -> Lecture:
    with fluid(), operations.twin_session(session) as jumelle:
        preparation = reception.prepare(jumelle, fichiers, reporter)
        return Lecture(preparation=preparation, lignes=build_lignes(preparation, jumelle.parametres))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ecrits:
    """What a write gives back: its imports; the list and the figures of the lot, when they could be read."""

    ids: list[int]
    suivi: Suivi | None
    lot: Lot | None


def _write(session: Session, plans: list[ImportPlan], reporter: Reporter) -> _Ecrits:
    """Write, then read again what the window will need: it would stand still for it."""
    with fluid(), operations.twin_session(session) as jumelle:
        ids = reception.apply_plans(jumelle, plans, reporter)
        try:
            return _Ecrits(ids=ids, suivi=suivi.charger(jumelle), lot=jumelle.lot)
        except O2rError:  # it is written: the window reads again, and says why it cannot
            return _Ecrits(ids=ids, suivi=None, lot=None)


def _reports(session: Session, ids: tuple[int, ...], reporter: Reporter) -> list[CompteRendu]:
    reporter.step(0, 0, "Lecture du journal")
    with fluid(), operations.twin_session(session) as jumelle:
        return [reception.compte_rendu(jumelle, import_id) for import_id in ids]
