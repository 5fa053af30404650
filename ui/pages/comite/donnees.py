"""What the tabs of the committee share: read in the background, written at once, with a way back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from o2r_desktop.comite import etat
from o2r_desktop.comite.classement import ordonner
from o2r_desktop.comite.couverture import Couverture, couvrir
from o2r_desktop.comite.enveloppe import LigneEnveloppe, Simulation, simuler
from o2r_desktop.comite.modele import Candidat, Comite, Scenario
from o2r_desktop.errors import O2rError
from o2r_desktop.operations import Session, twin_session
from o2r_desktop.operations.comite import load_candidats, load_comite, write
from o2r_desktop.progress import Reporter
from ui.services import Services


@dataclass(frozen=True, slots=True, kw_only=True)
class Geste:
    """An act that can be taken back: its name, what it replaced and what it wrote, by key."""

    nom: str
    avant: Mapping[str, Any]
    apres: Mapping[str, Any]


class Donnees(QObject):
    """The candidates and the committee of the open campagne. Belongs to the window's thread."""

    changed = Signal()
    acts_changed = Signal()

    def __init__(self, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self.candidats: tuple[Candidat, ...] = ()
        self.comite = Comite()
        self.ordre: list[Candidat] = []
        self.simulations: dict[str, Simulation] = {}
        self.charge = False
        """Whether the candidates were read since the campagne was opened."""
        self._faits: list[Geste] = []
        self._defaits: list[Geste] = []
        self._lecture = 0
        services.campagne.opened.connect(self._forget)
        services.campagne.closed.connect(self._forget)

    # --- reading ------------------------------------------------------------------------------------------

    def load(self) -> None:
        """Read candidates and committee again, in the background."""
        if not self._services.campagne.is_open:
            return
        self._lecture += 1
        tache = self._services.taches.start("", partial(_lire, self._services.campagne.session))
        tache.succeeded.connect(partial(self._loaded, self._lecture))
        tache.failed.connect(self._services.alertes.show_error)

    def candidat(self, numero: int) -> Candidat | None:
        """Return a candidate, None when the campagne has none of that number."""
        return next((c for c in self.candidats if c.numero == numero), None)

    def ligne(self, numero: int) -> LigneEnveloppe | None:
        """Return what the scenario that was kept gives to a dossier."""
        return next((li for li in self.simulation.lignes if li.candidat.numero == numero), None)

    @property
    def session(self) -> Session:
        """The session of the window."""
        return self._services.campagne.session

    @property
    def simulation(self) -> Simulation:
        """What the scenario that was kept gives."""
        return self.simuler(self.comite.scenario)

    @property
    def couverture(self) -> Couverture:
        """Publics × departments of the dossiers that the scenario pays for."""
        retenus = [li.candidat.numero for li in self.simulation.retenus]
        return couvrir(self.ordre, retenus, self.session.parametres)

    def simuler(self, scenario: Scenario) -> Simulation:
        """Return what a scenario gives; worked out once until something changes."""
        if scenario.id not in self.simulations or self.simulations[scenario.id].scenario != scenario:
            p = self.session.parametres
            self.simulations[scenario.id] = simuler(self.ordre, scenario, self.comite, p.enveloppe, p.annees)
        return self.simulations[scenario.id]

    # --- writing ------------------------------------------------------------------------------------------

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written."""
        return not self._services.campagne.is_open or self._services.campagne.read_only

    @property
    def next_undo(self) -> str:
        """The name of the act that undo() takes back, «» without one."""
        return self._faits[-1].nom if self._faits else ""

    @property
    def next_redo(self) -> str:
        """The name of the act that redo() does again, «» without one."""
        return self._defaits[-1].nom if self._defaits else ""

    def write(self, nom: str, valeurs: Mapping[str, Any]) -> bool:
        """Write values by key as one act named *nom*, «» for one that is not undone; return whether it was done."""
        avant = self._write(valeurs)
        if avant is None:
            return False
        if avant and nom:
            self._faits.append(Geste(nom=nom, avant=avant, apres={cle: valeurs[cle] for cle in avant}))
            self._defaits.clear()
            self.acts_changed.emit()
        return True

    def undo(self) -> None:
        """Take the last act back."""
        self._pass(self._faits, self._defaits, "avant")

    def redo(self) -> None:
        """Do the last act that was taken back again."""
        self._pass(self._defaits, self._faits, "apres")

    def _pass(self, de: list[Geste], vers: list[Geste], cote: str) -> None:
        if de and self._write(getattr(de[-1], cote)) is not None:
            vers.append(de.pop())
            self.acts_changed.emit()

    def _write(self, valeurs: Mapping[str, Any]) -> dict[str, Any] | None:
        try:
            avant = write(self.session, valeurs)
            self.comite = load_comite(self.session)
        except O2rError as erreur:
            self._services.alertes.show_error(erreur)
            return None
        if avant:
            self._services.campagne.saved.emit(self._services.campagne.horloge())
            self._recompute()
        return avant

    # --- state --------------------------------------------------------------------------------------------

    def _loaded(self, lecture: int, lus: tuple[tuple[Candidat, ...], Comite]) -> None:
        if lecture != self._lecture or not self._services.campagne.is_open:
            return
        self.candidats, self.comite = lus
        self.charge = True
        self._recompute()

    def _recompute(self) -> None:
        self.simulations = {}
        self.ordre = ordonner(self.candidats, self.comite, self.session.grille)
        self.changed.emit()

    def _forget(self) -> None:
        self.candidats, self.comite, self.ordre, self.simulations = (), Comite(), [], {}
        self.charge = False
        self._lecture += 1
        self._faits.clear()
        self._defaits.clear()
        self.acts_changed.emit()


def _lire(session: Session, reporter: Reporter) -> tuple[tuple[Candidat, ...], Comite]:
    with twin_session(session) as jumelle:
        return load_candidats(jumelle, reporter), load_comite(jumelle)


def avec_scenario(comite: Comite, identifiant: str, **changements: Any) -> list[dict[str, Any]]:
    """Return the JSON of the scenarios with one of them changed."""
    scenarios: Sequence[Scenario] = [
        replace(s, **changements) if s.id == identifiant else s for s in comite.scenarios
    ]
    return etat.scenarios_dits(scenarios)
