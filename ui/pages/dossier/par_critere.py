"""One critere across the list: the dossiers at the left, in place of the outline, and the banner that says so."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from o2r_desktop import operations
from o2r_desktop.errors import O2rError
from o2r_desktop.evaluation.constats import Constat
from o2r_desktop.evaluation.reponses import Reponse
from o2r_desktop.operations import Session
from o2r_desktop.progress import Reporter
from o2r_desktop.text import NBSP, nombre
from ui.models.par_critere import ParCritereModel
from ui.pages.dossier.plan_lignes import LigneDelegate
from ui.services import Services
from ui.tasks import Task
from ui.theme import Ton
from ui.widgets.base import Banner, button

PAR_CRITERE = "F7"
_REPOS_MS = 80
"""How long the lines must stay in view before what was found in their dossiers is read."""
_AUTRES = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier


class ParCriterePane(QListView):
    """Dossiers of the list with the state of one critere; arrows move, Entrée opens."""

    dossier_chosen = Signal(object)
    ended = Signal()
    counted = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._tache: Task[dict[int, Constat]] | None = None
        self._demandes: set[int] = set()
        self.modele = ParCritereModel(self._porteur, self)
        self.setModel(self.modele)
        self.setItemDelegate(LigneDelegate(services.theme, self, self.modele))
        self.setProperty("role", "plan")
        self.setAccessibleName("Dossiers de la liste, pour ce critère")
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._repos = QTimer(self, singleShot=True, interval=_REPOS_MS)
        self._repos.timeout.connect(self._read_constats)
        self.verticalScrollBar().valueChanged.connect(self._repos.start)
        self.clicked.connect(self._choose)

    @property
    def critere_id(self) -> str:
        """The critere that the lines are about, «» before the first."""
        return self.modele.critere.id if self.modele.critere else ""

    def show_critere(self, critere_id: str, numeros: Sequence[int]) -> None:
        """Show another critere across these dossiers: one query, whatever their count."""
        from o2r_desktop.store import criteres

        session = self._services.campagne.session
        try:
            lues = criteres.load(session.campagne, critere_id, numeros)
        except O2rError as erreur:
            self._services.alertes.show_error(erreur)
            lues = {}
        self._drop_task()
        self._demandes.clear()
        self.modele.show(
            session.grille.critere(critere_id),
            numeros,
            {numero: lue.reponse for numero, lue in lues.items()},
            (numero for numero, lue in lues.items() if lue.finalisee),
        )
        self.show_dossier(self.modele.courant)
        self._repos.start()
        self.counted.emit()

    def show_dossier(self, numero: int) -> None:
        """Mark the dossier that is open and bring it into view."""
        self.modele.set_courant(numero)
        index = self.modele.place(numero)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)

    def show_reponse(self, numero: int, reponse: Reponse, *, finalisee: bool) -> None:
        """Show what a dossier now answers to the critere, and whether that may be changed."""
        self.modele.set_reponse(numero, reponse, finalisee=finalisee)
        self.counted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt
        """Open the line under the cursor with Entrée; the rest is Qt's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & _AUTRES:
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.dossier_chosen.emit(self.modele.numeros[index.row()])

    def _porteur(self, numero: int) -> str:
        suivi = self._services.campagne.suivi
        rang = suivi.rang(numero) if suivi is not None else None
        return suivi.ligne(rang).porteur if suivi is not None and rang is not None else ""

    # --- what was found, read as lines come into view -----------------------------------------------------

    def _read_constats(self) -> None:
        campagne = self._services.campagne
        if not self.isVisible() or not campagne.is_open or self._tache is not None:
            return
        premier = max(0, self.indexAt(QPoint(0, 0)).row())
        combien = self.viewport().height() // max(1, self.sizeHintForRow(0)) + 1
        inconnus = self.modele.sans_constat(range(premier, premier + combien))
        inconnus = [numero for numero in inconnus if numero not in self._demandes]
        if inconnus:
            self._demandes.update(inconnus)
            travail = partial(_constats, campagne.session, self.critere_id, inconnus)
            self._tache = self._services.taches.start("", travail)
            self._tache.succeeded.connect(self._constats_read)
            self._tache.finished.connect(self._task_ended)

    def _constats_read(self, trouves: Mapping[int, Constat]) -> None:
        self.modele.add_constats({n: c for n, c in trouves.items() if c.critere == self.critere_id})

    def _task_ended(self) -> None:
        if self.sender() is self._tache:
            self._tache = None
            self._repos.start()

    def _drop_task(self) -> None:
        if self._tache is not None:
            self._tache.cancel()
            self._tache = None


class BandeauParCritere(Banner):
    """Says the mode, how far it is, and the way out."""

    def __init__(self, services: Services, pane: ParCriterePane) -> None:
        self.quitter = button("Quitter ce mode", pane.ended.emit, touche="F7 ou Échap")
        super().__init__("", Ton.ACTION, [self.quitter])
        self._services = services
        self._pane = pane
        pane.counted.connect(self.refresh)

    def refresh(self) -> None:
        """Say it, when the mode is on."""
        modele = self._pane.modele
        if self._pane.isHidden() or modele.critere is None:
            self.dire("")
            return
        faits, total = nombre(modele.faits), nombre(len(modele.numeros))
        self.dire(
            f"Par critère{NBSP}: {modele.critere.id}, {faits}{NBSP}/{NBSP}{total} dossiers faits. "
            f"Alt+↓ dossier suivant, Alt+→ critère suivant."
        )


def _constats(session: Session, critere: str, numeros: Sequence[int], _: Reporter) -> dict[int, Constat]:
    """Read what was found about a critere, from a background thread."""
    from o2r_desktop.operations.criteres import constats_par_dossier

    with operations.twin_session(session) as jumelle:
        return constats_par_dossier(jumelle, critere, numeros)
