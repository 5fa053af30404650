"""The status bar: what is saved, since when, on which grille; the work going on; what Ctrl+Z would undo."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import QElapsedTimer, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QStatusBar, QWidget

from o2r_desktop.errors import O2rError
from o2r_desktop.store import backup, connection
from o2r_desktop.text import NBSP, PARIS, date_courte, nombre
from ui.actions import Actions, named_undo
from ui.indexation import INDEXATION
from ui.open_campagne import WriteFailure
from ui.services import Services
from ui.tasks import Task, TaskRunner
from ui.theme import Ton
from ui.widgets.base import Elided, KeyCap, Pastille, bulle, button, label

DUREE_MS = 6000
"""How long a passing message stays."""
DISCRETION_MS = 700
"""How long the index is made before that is said."""


class StatusBar(QStatusBar):
    """One line at the bottom of the window."""

    def __init__(self, services: Services, actions: Actions) -> None:
        super().__init__()
        self.setSizeGripEnabled(False)
        self.setContentsMargins(10, 2, 10, 2)
        self._services = services
        self._actions = actions
        self._enregistre: datetime | None = None
        self._echec = False
        self._ouvertes: list[str] = []
        """What is said of the open campagne."""
        self.echec = label("✕ Non enregistré")
        self.echec.setProperty("faute", True)
        self.etat = Elided()
        self.lecture_seule = Pastille()
        self.progression = _Progression(services.taches)
        self.annuler = button("Annuler", actions["annuler"].trigger, role="discret")
        self._touche = KeyCap("Ctrl+Z")
        for partie, part in ((self.lecture_seule, 0), (self.echec, 0), (self.etat, 1)):
            self.addWidget(partie, part)
        self.echec.hide()  # a status bar shows what it takes
        self.index = _IndexState()
        for partie_fixe in (self.index, self.progression, self.annuler, self._touche):
            self.addPermanentWidget(partie_fixe)
        self._connect()
        self.refresh()

    def say(self, texte: str) -> None:
        """Tell something that goes away by itself."""
        self.showMessage(texte, DUREE_MS)

    def refresh(self) -> None:
        """Say again all that the bar says."""
        campagne = self._services.campagne
        self.lecture_seule.dire("Lecture seule" if campagne.is_open and campagne.read_only else "", Ton.ALERTE)
        self._ouvertes = self._faits()
        self._say_facts()
        self._refresh_undo()

    def _say_facts(self) -> None:
        self.etat.dire(f"{NBSP}· ".join([*self._dernier_enregistrement(), *self._ouvertes]))
        self.echec.setVisible(self._echec)

    def _connect(self) -> None:
        campagne, taches = self._services.campagne, self._services.taches
        campagne.opened.connect(self._opened)
        for signal in (campagne.closed, campagne.parametres_changed, campagne.suivi_loaded):
            signal.connect(self.refresh)
        campagne.backed_up.connect(self._backed_up)
        campagne.saved.connect(self._saved)
        campagne.save_failed.connect(self._save_failed)
        campagne.history.changed.connect(self._refresh_undo)
        taches.started.connect(self._task_started)
        self.progression.ended.connect(self._refresh_undo)

    def _faits(self) -> list[str]:
        campagne = self._services.campagne
        if not campagne.is_open:
            return ["Aucune campagne ouverte", "Hors ligne"]
        grille = campagne.session.grille
        return [
            self._derniere_sauvegarde(),
            "Hors ligne",
            f"Grille {grille.libelle} · v{grille.version}",
            f"Campagne{NBSP}: {self._nom()}",
        ]

    def _dernier_enregistrement(self) -> list[str]:
        if self._enregistre is None or self._echec or not self._services.campagne.is_open:
            return []
        return [f"✓ Enregistré {_heure(self._enregistre)}"]

    def _derniere_sauvegarde(self) -> str:
        try:
            sauvegardes = backup.list_backups(self._services.campagne.dossier)
        except O2rError:
            return "Sauvegardes illisibles"
        if not sauvegardes:
            return "Jamais sauvegardée"
        le = sauvegardes[0].le.astimezone(PARIS)
        aujourdhui = self._services.campagne.horloge().astimezone(PARIS).date()
        return f"Sauvegarde {_heure(le) if le.date() == aujourdhui else date_courte(le.date())}"

    def _nom(self) -> str:
        try:
            return connection.identite(self._services.campagne.session.campagne).nom
        except O2rError:
            return self._services.campagne.dossier.name

    def _refresh_undo(self) -> None:
        acte = self._services.campagne.history.next_undo
        self.annuler.setText(named_undo("Annuler", acte.nom) if acte else "")
        self.annuler.setAccessibleName(self.annuler.text() or "Annuler")
        visible = acte is not None and self.progression.isHidden()
        self.annuler.setVisible(visible)
        self._touche.setVisible(visible)

    def _opened(self) -> None:
        self._enregistre, self._echec = None, False
        self.refresh()

    def _backed_up(self, _: object) -> None:
        self.refresh()

    def _saved(self, moment: datetime) -> None:
        self._enregistre, self._echec = moment, False
        self._say_facts()  # the rest is on the disk: a key that writes does not read it again

    def _save_failed(self, _: WriteFailure) -> None:
        self._echec = True
        self._say_facts()

    def _task_started(self, tache: Task[object]) -> None:
        if tache.titre:
            self.progression.follow(tache)
            self._refresh_undo()
        else:
            self.index.follow(tache)


class _IndexState(QLabel):
    """How far the index of the search is, when that lasts; work without a name says nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._debut = QElapsedTimer()
        self.hide()

    def follow(self, tache: Task[object]) -> None:
        """Show a task while it makes the index."""
        self._debut.start()
        tache.progressed.connect(partial(self._progressed, tache))
        tache.finished.connect(self.hide)

    def _progressed(self, tache: Task[object], fait: int, attendu: int, quoi: str) -> None:
        if tache.objectName() == INDEXATION and self._debut.hasExpired(DISCRETION_MS) and attendu > 1:
            nom, _, unite = quoi.partition(f"{NBSP}: ")
            self.setText(f"{nom}{NBSP}: {nombre(fait)} / {nombre(attendu)} {unite}")
            self.show()


class _Progression(QFrame):
    """The work going on: its name, how far it is, how to stop it. Hidden when there is none."""

    ended = Signal()

    def __init__(self, taches: TaskRunner) -> None:
        super().__init__()
        self._taches = taches
        self._tache: Task[object] | None = None
        self._titre = QLabel()
        self._titre.setTextFormat(Qt.TextFormat.PlainText)
        self.barre = QProgressBar()
        self.barre.setTextVisible(False)
        self.barre.setFixedSize(120, 8)
        self.arreter = button("Interrompre", self._stop, role="discret", nom="Interrompre l’opération en cours")
        ligne = QHBoxLayout(self)
        ligne.setContentsMargins(0, 0, 0, 0)
        parties: tuple[QWidget, ...] = (self._titre, self.barre, self.arreter)
        for partie in parties:
            ligne.addWidget(partie)
        self.hide()

    def follow(self, tache: Task[object]) -> None:
        """Show a task until it ends, after those that began before it."""
        tache.progressed.connect(self._progressed)
        tache.finished.connect(self._finished)
        if self._tache is None:
            self._show(tache)

    def _show(self, tache: Task[object]) -> None:
        self._tache = tache
        self._titre.setText(tache.titre)
        self.barre.setRange(0, 0)
        self.barre.setAccessibleName(tache.titre)
        self.arreter.setEnabled(True)
        self.show()

    def _progressed(self, fait: int, attendu: int, quoi: str) -> None:
        self.barre.setRange(0, attendu)
        self.barre.setValue(fait)
        self.barre.setAccessibleDescription(quoi)
        self.barre.setToolTip(bulle(quoi))

    def _finished(self) -> None:
        self._tache = self._taches.named  # another may have waited for this one
        if self._tache is None:
            self.hide()
            self.ended.emit()
        else:
            self._show(self._tache)

    def _stop(self) -> None:
        if self._tache is not None:
            self._tache.cancel()
            self.arreter.setEnabled(False)


def _heure(moment: datetime) -> str:
    local = moment.astimezone(PARIS)
    return f"{local.hour:02d}:{local.minute:02d}"
