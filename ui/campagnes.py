"""Opening, creating and closing a campagne; its summaries worked out in silence; its backups."""

import getpass
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from o2r_desktop import operations, suivi
from o2r_desktop.errors import DossierError, O2rError, StoreLockedError
from o2r_desktop.operations import Session
from o2r_desktop.progress import Reporter
from o2r_desktop.suivi import Resume, Suivi
from o2r_desktop.text import NBSP, NNBSP
from ui.indexation import ApresLecture
from ui.services import Services
from ui.settings import Settings
from ui.tasks import Task

if TYPE_CHECKING:
    from o2r_desktop.evaluation.lot import Lot

NOM_DEMONSTRATION = "O2R démonstration"
LOT = 200
"""Dossiers summed up between two chances for other work to run: about half a second."""
CALME_MS = 400
"""How long after the list is read the rest is made ready: its first rows are painted before."""


class Campagnes(QObject):
    """The one campagne of the window, and what happens around it. *leave* writes what the page has in hand."""

    ready = Signal()
    """A campagne was opened, and its list read."""

    def __init__(self, fenetre: QWidget, services: Services, leave: Callable[[], bool]) -> None:
        super().__init__(fenetre)
        self._fenetre = fenetre
        self._services = services
        self._leave = leave
        self.documents = Path(
            QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or Path.home()
        )
        self.resumes = Resumes(self, services)
        self.apres_lecture = ApresLecture(self, services)
        services.taches.busy_changed.connect(self._busy_changed)
        services.campagne.parametres_changed.connect(self.load)

    # --- open, create, close ------------------------------------------------------------------------------

    def open(self, dossier: Path) -> None:
        """Open a campagne in place of the present one, once nothing else is going on."""
        campagne = self._services.campagne
        if campagne.is_open and campagne.dossier.absolute() == dossier.absolute():
            self._services.navigation.go("accueil")
        elif self._leave():
            self.when_free(partial(self._once_left, partial(self._open, dossier.absolute())))

    def choose(self) -> None:
        """Ask for the folder of a campagne and open it."""
        choisi = self.ask_folder("Ouvrir une campagne")
        if choisi is not None:
            self.open(choisi)

    def ask_folder(self, titre: str) -> Path | None:
        """Ask for a folder; None when the user gives up."""
        choisi = QFileDialog.getExistingDirectory(self._fenetre, titre, str(self._depart()))
        return Path(choisi) if choisi else None

    def create(self) -> None:
        """Ask where, make a campagne there and open it."""
        from ui.dialogs.nouvelle_campagne import NouvelleCampagneDialog

        dialogue = NouvelleCampagneDialog(self._depart(), self.ask_folder, self._fenetre)
        dialogue.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialogue.accepted.connect(lambda: self._create(dialogue.dossier))
        dialogue.open()

    def open_demonstration(self) -> None:
        """Make the demonstration campagne among the user's documents when needed, and open it."""
        dossier = self.documents / NOM_DEMONSTRATION
        if operations.is_campagne(dossier):
            self.open(dossier)
        elif any(operations.is_campagne(parent) for parent in dossier.parents):
            self._services.alertes.show_error(
                DossierError(
                    f"Le dossier «{NBSP}{self.documents}{NBSP}» est dans une vraie campagne{NBSP}: "
                    "la démonstration ne s’y installe pas."
                )
            )
        else:
            maintenant = self._services.campagne.horloge()
            self._make("Préparation de la démonstration", partial(_demonstrate, dossier, maintenant))

    def close(self) -> None:
        """Close the campagne, once what is typed is written and nothing else is going on."""
        if self._leave():
            self.when_free(partial(self._once_left, self._services.campagne.close))

    def when_free(self, suite: Callable[[], object]) -> bool:
        """Do *suite* once nothing runs in the background; False when the user would not stop what does."""
        taches = self._services.taches
        if not taches.busy:
            suite()
            return True
        nommee = taches.named
        if nommee is not None and not self._services.alertes.ask(
            "Opération en cours",
            f"Une opération est en cours{NBSP}: {nommee.titre.lower()}. Faut-il l’interrompre{NNBSP}?",
            oui="Interrompre",
            non="Attendre",
            danger=True,
        ):
            return False
        taches.when_idle(suite)
        return True

    def _once_left(self, suite: Callable[[], object]) -> None:
        """Do *suite* unless something typed since, while work was being stopped, cannot be written."""
        if self._leave():
            suite()

    def _open(self, dossier: Path, *, lecture_seule: bool = False) -> None:
        reglages = self._services.reglages
        try:
            self._services.campagne.open(dossier, auteur=auteur(reglages), lecture_seule=lecture_seule)
        except StoreLockedError as erreur:
            if self._services.alertes.ask(
                "Campagne déjà ouverte", str(erreur), oui="Ouvrir en lecture seule", danger=True
            ):
                self._open(dossier, lecture_seule=True)
        except O2rError as erreur:
            self._services.alertes.show_error(erreur)
            if not operations.is_campagne(dossier):
                reglages.forget_recente(dossier)
        else:
            reglages.add_recente(dossier)
            if self._services.campagne.prelecture is not None:
                self.load()  # it is read already: painting the page without it would only make it wait
            else:
                QTimer.singleShot(0, self, self.load)  # after the window is painted: the list may be long

    def load(self) -> None:
        """Read the list of the campagne, then sum up what is not."""
        campagne = self._services.campagne
        if not campagne.is_open:
            return
        try:
            campagne.load_suivi()
        except O2rError as erreur:
            self._services.alertes.show_error(erreur)
        else:
            self.ready.emit()
            QTimer.singleShot(CALME_MS, self, self._prepare)

    def _prepare(self) -> None:
        """Work out in silence what the first sort and the first dossier would wait for."""
        campagne = self._services.campagne
        if campagne.suivi is not None:
            task = self._services.taches.start("", partial(_prepare, campagne.session, campagne.suivi))
            task.succeeded.connect(campagne.session.prendre_lot)

    def _create(self, dossier: Path) -> None:
        maintenant = self._services.campagne.horloge()
        self._make("Création de la campagne", partial(_create, dossier, maintenant))

    def _make(self, titre: str, work: Callable[[Reporter], Path]) -> None:
        if self._services.taches.named is not None:
            self._services.alertes.inform(
                titre, f"Une opération est en cours{NBSP}: attendez sa fin, puis recommencez."
            )
            return
        task = self._services.taches.start(titre, work)
        task.succeeded.connect(self.open)
        task.failed.connect(self._show_error)

    def _depart(self) -> Path:
        recentes = self._services.reglages.recentes
        return recentes[0].parent if recentes and recentes[0].parent.is_dir() else self.documents

    def _show_error(self, erreur: O2rError) -> None:
        self._services.alertes.show_error(erreur)

    def _busy_changed(self, occupe: bool) -> None:
        if not occupe:
            self.resumes.go_on()
            self.apres_lecture.go_on()

    # --- the open campagne --------------------------------------------------------------------------------

    def back_up(self) -> None:
        """Write a checked backup in the background."""
        if self._leave():
            task = self._services.taches.start(
                "Sauvegarde de la campagne", partial(_back_up, self._services.campagne.session)
            )
            task.succeeded.connect(self._services.campagne.backed_up)
            task.failed.connect(self._show_error)

    def show_folder(self) -> None:
        """Open the folder of the campagne with the system's file manager."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._services.campagne.dossier)))


class Resumes(QObject):
    """Works out the missing summaries lot by lot, giving way to any other work."""

    def __init__(self, parent: QObject, services: Services) -> None:
        super().__init__(parent)
        self._services = services
        self._reste: list[int] = []
        self._pour: Suivi | None = None
        self._lot: Task[dict[int, Resume]] | None = None
        services.campagne.suivi_loaded.connect(self._suivi_loaded)
        services.campagne.closed.connect(self._forget)
        services.taches.started.connect(self._other_started)

    def go_on(self) -> None:
        """Start the next lot unless something runs."""
        if self._reste and self._services.campagne.is_open and not self._services.taches.busy:
            self._pour = self._services.campagne.suivi
            self._lot = self._services.taches.start(
                "", partial(_sum_up, self._services.campagne.session, self._reste[:LOT])
            )
            self._lot.succeeded.connect(self._succeeded)
            self._lot.failed.connect(self._failed)
            self._lot.finished.connect(self._finished)

    def _suivi_loaded(self) -> None:
        campagne = self._services.campagne
        assert campagne.suivi is not None
        self._reste = suivi.resumes_manquants(campagne.session, campagne.suivi)
        self.go_on()

    def _succeeded(self, lot: dict[int, Resume]) -> None:
        self._lot = None
        campagne = self._services.campagne
        if campagne.suivi is self._pour:  # else the list was read again meanwhile, maybe under other rules
            campagne.add_resumes(lot)
            self._reste = [numero for numero in self._reste if numero not in lot]

    def _failed(self, _: O2rError) -> None:
        if self._lot is not None and not self._lot.arret.is_set():
            self._reste = []  # trying again at once would fail for ever
        self._lot = None

    def _finished(self) -> None:
        if self._lot is not None:  # a bug ended it: the same dossiers would end the next one too
            self._reste = self._reste[LOT:]
        self._lot = None

    def _other_started(self, task: Task[object]) -> None:
        if task.titre and self._lot is not None:
            self._lot.cancel()

    def _forget(self) -> None:
        self._reste, self._pour = [], None


def auteur(reglages: Settings) -> str:
    """Return the name that signs answers: the one given, or that of the login."""
    try:
        return reglages.instructeur or getpass.getuser()
    except (KeyError, OSError, ImportError):  # no name in the environment nor in the accounts
        return "instructeur"


def _sum_up(session: Session, numeros: Sequence[int], reporter: Reporter) -> dict[int, Resume]:
    with operations.twin_session(session) as jumelle:
        return suivi.calculer_resumes(jumelle, numeros, reporter)


def _prepare(session: Session, lu: Suivi, _: Reporter) -> "Lot":
    lu.preparer()
    with operations.twin_session(session) as jumelle:
        return jumelle.lot


def _back_up(session: Session, _: Reporter) -> Path:
    with operations.twin_session(session) as jumelle:
        return operations.back_up(jumelle)


def _create(dossier: Path, maintenant: datetime, _: Reporter) -> Path:
    operations.create_campagne(dossier, maintenant=maintenant)
    return dossier


def _demonstrate(dossier: Path, maintenant: datetime, _: Reporter) -> Path:
    from o2r_desktop import demonstration

    return demonstration.run(dossier, maintenant=maintenant).campagne
