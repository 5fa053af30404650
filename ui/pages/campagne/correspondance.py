"""Which column of the exports is which information, for the dossiers already imported; changed with care."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from o2r_desktop import operations, reception
from o2r_desktop.dossiers.appariement import Appariement
from o2r_desktop.dossiers.correspondance import Correspondance
from o2r_desktop.dossiers.model import Colonne
from o2r_desktop.errors import CancelledError, O2rError
from o2r_desktop.operations import Session
from o2r_desktop.progress import Reporter
from o2r_desktop.text import NBSP, NNBSP, pluriel
from ui.pages.importation import travaux
from ui.pages.importation.appariement import AppariementVue
from ui.pages.importation.echange import ask_source, ask_target
from ui.pages.importation.fluidite import fluid
from ui.pages.importation.travaux import Relu
from ui.services import Services
from ui.tasks import Task
from ui.theme import Ton
from ui.widgets.base import Banner, button, fill, label
from ui.widgets.flux import Flow

_T = TypeVar("_T")


class CorrespondanceView(QWidget):
    """The table of the correspondence step on the dossiers of the campagne; a change is written when asked."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._session: Session | None = None
        self._lecture: Task[Appariement] | None = None
        self.travaille = False
        """Whether the correspondence is being changed: nothing else may use the campagne meanwhile."""
        self.message = Banner()
        self.vue = AppariementVue(services.theme)
        self._attente = label("Lecture des colonnes…", "secondaire")
        self.appliquer = button("Appliquer…", self._ask, role="principal", nom="Appliquer la correspondance")
        self.abandonner = button("Abandonner mes choix", self._reset)
        self.importer = button("Importer une correspondance…", lambda: ask_source(self, self.take))
        self.exporter = button("Exporter…", lambda: ask_target(self, self.give), nom="Exporter la correspondance")
        self._composer()
        self.vue.changed.connect(self._allow)

    def _composer(self) -> None:
        pied = QWidget()
        actions = Flow(pied, dernier_a_droite=True)
        for bouton in (self.importer, self.exporter, self.abandonner, self.appliquer):
            actions.addWidget(bouton)
        pile = QVBoxLayout(self)
        fill(pile, self.message, self._attente, self.vue, pied, marge=16, espace=8)
        pile.setStretchFactor(self.vue, 1)

    # --- what the page asks ---------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the columns again, unless choices wait to be applied."""
        campagne = self._services.campagne
        if not campagne.is_open or self.travaille:
            return
        if self._session is campagne.session and self.vue.modele.choix:
            return
        self._read()

    def leave(self) -> bool:
        """Refuse while the correspondence is written; ask what becomes of choices that were not applied."""
        if self.travaille:
            self.message.dire(
                f"La correspondance s’enregistre{NBSP}: attendez la fin avant de quitter cette page.", Ton.ALERTE
            )
            return False
        if not self.vue.modele.choix or not self._services.campagne.is_open:
            return True
        partir = self._services.alertes.ask(
            "Correspondance",
            f"Vos choix ne sont pas appliqués. Quitter sans les appliquer{NNBSP}?",
            oui="Quitter sans appliquer",
            non="Rester",
        )
        if partir:
            self._reset()
        return partir

    # --- reading --------------------------------------------------------------------------------------------

    def _read(self) -> None:
        if self._lecture is not None:
            self._lecture.cancel()
        self._session = self._services.campagne.session
        self._attente.show()
        tache = self._services.taches.start("", partial(_match, self._session))
        self._lecture = tache
        tache.succeeded.connect(partial(self._was_read, self._session))
        tache.failed.connect(self._read_failed)

    def _was_read(self, session: Session, appariement: Appariement) -> None:
        self._lecture = None
        self._attente.hide()
        if session is self._session and not self.vue.modele.choix:
            self.vue.show_appariement(appariement)

    @Slot(object)
    def _read_failed(self, erreur: O2rError) -> None:
        self._lecture = None
        self._attente.hide()
        if not isinstance(erreur, CancelledError):
            self.message.dire(str(erreur), Ton.MAUVAIS)

    # --- changing -------------------------------------------------------------------------------------------

    def _allow(self) -> None:
        ouverte = self._services.campagne.is_open and not self.travaille
        ecrire = ouverte and not self._services.campagne.read_only
        choisi = bool(self.vue.modele.choix)
        self.appliquer.setEnabled(ecrire and choisi)
        self.abandonner.setEnabled(ouverte and choisi)
        self.importer.setEnabled(ecrire)
        self.exporter.setEnabled(ouverte)

    def _reset(self) -> None:
        self.vue.show_appariement(self.vue.modele.appariement)

    def _ask(self) -> None:
        self.propose(self.vue.modele.choix)

    def take(self, fichier: Path) -> None:
        """Take the correspondence of a colleague's file."""
        try:
            nouvelle = reception.import_correspondance(fichier)
        except O2rError as erreur:
            self.message.dire(str(erreur), Ton.MAUVAIS)
        else:
            self.propose(nouvelle)

    def give(self, cible: Path) -> None:
        """Write the correspondence of the campagne to a file."""
        try:
            travaux.export(self._services.campagne.session, cible, None)
        except O2rError as erreur:
            self.message.dire(str(erreur), Ton.MAUVAIS)
        else:
            self.message.dire(f"Correspondance enregistrée{NBSP}: {cible}", Ton.BON)

    def propose(self, voulu: Correspondance | Mapping[str, Colonne | None]) -> None:
        """Count what another correspondence, or some choices, would change, say it, and write it when agreed."""
        if self._services.taches.named is not None:
            self._services.alertes.warn(
                "Opération en cours",
                "Une opération est en cours : attendez sa fin, ou annulez-la, puis recommencez.",
            )
            return
        session = self._services.campagne.session
        tache = self._start("Recherche de ce qui changerait", partial(travaux.preview, session, voulu))
        tache.succeeded.connect(partial(self._counted, session))

    def _counted(self, session: Session, apercu: tuple[Correspondance, int]) -> None:
        self._free()
        nouvelle, combien = apercu
        campagne = self._services.campagne
        if not campagne.is_open or campagne.session is not session:
            return
        if self._services.alertes.ask("Changer la correspondance", question(combien), oui="Appliquer"):
            tache = self._start("Changement de la correspondance", partial(travaux.rebind, session, nouvelle))
            tache.succeeded.connect(self._changed)

    @Slot(object)
    def _changed(self, fait: tuple[int, Relu]) -> None:
        self._free()
        combien, relu = fait
        travaux.show_new_data(self._services, relu)
        lus = pluriel(combien, "dossier se lit", "dossiers se lisent")
        self.message.dire(f"Correspondance changée{NBSP}: {lus} autrement.", Ton.BON)
        self._reset()
        self._read()

    def _start(self, titre: str, travail: Callable[[Reporter], _T]) -> "Task[_T]":
        self.travaille = True
        self._allow()
        self.vue.setEnabled(False)
        self.message.dire(f"{titre}…", Ton.NEUTRE)
        tache = self._services.taches.start(titre, travail)
        tache.failed.connect(self._failed)
        tache.finished.connect(self._free)
        return tache

    @Slot(object)
    def _failed(self, erreur: O2rError) -> None:
        self._free()
        arret = isinstance(erreur, CancelledError)
        mots = f"Opération annulée{NBSP}: rien n’a changé." if arret else f"{erreur} Rien n’a changé."
        self.message.dire(mots, Ton.NEUTRE if arret else Ton.MAUVAIS)

    @Slot()
    def _free(self) -> None:
        """Give the page back."""
        if self.travaille:
            self.travaille = False
            self.message.dire("")
            self.vue.setEnabled(True)
            self._allow()


def question(combien: int) -> str:
    """Say what another correspondence would do, before it is written."""
    lus = pluriel(combien, "dossier sera lu", "dossiers seront lus")
    effet = (
        f"{lus} autrement. Vos réponses ne changent pas{NNBSP}; celles qui s’appuient sur une valeur changée "
        f"deviendront «{NBSP}à reconfirmer{NBSP}»."
        if combien
        else f"Aucun dossier déjà importé ne se lira autrement{NNBSP}; les prochains imports suivront vos choix."
    )
    return f"Appliquer cette correspondance{NNBSP}? {effet}"


def _match(session: Session, reporter: Reporter) -> Appariement:
    reporter.step(0, 0, "Lecture des colonnes")
    with fluid(), operations.twin_session(session) as jumelle:
        return reception.match_campagne(jumelle)
