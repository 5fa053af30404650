"""The way through the list: dossier after dossier, or one critere across all of them."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from o2r_desktop.evaluation.etats import premier_a_faire
from o2r_desktop.evaluation.reponses import EtatEvaluation
from o2r_desktop.operations import DossierComplet
from o2r_desktop.text import NBSP
from ui.pages.dossier.critere import CriterePane
from ui.pages.dossier.par_critere import BandeauParCritere, ParCriterePane
from ui.pages.dossier.plan import PlanView
from ui.pages.dossier.voisins import Voisins
from ui.services import Services

OFFRE = f"Tous les critères sont traités{NBSP}: concluez, ou passez au dossier suivant à traiter (Ctrl+Entrée)."
FINI = f"Fin de la liste{NBSP}: aucun autre dossier n’y attend de réponse."
REPRIS = f"Fin de la liste{NBSP}: retour au premier dossier à traiter."


class Parcours(QObject):
    """Knows the list and the mode; the left pane is the outline, or the dossiers in «par critère»."""

    def __init__(self, services: Services, plan: PlanView) -> None:
        super().__init__()
        self._services = services
        self.voisins = Voisins()
        self.pane = ParCriterePane(services)
        self.bandeau = BandeauParCritere(services, self.pane)
        self.gauche = QStackedWidget()
        for volet in (plan, self.pane):
            self.gauche.addWidget(volet)
        services.campagne.evaluation_changed.connect(self._evaluation_changed)
        services.campagne.suivi_loaded.connect(self._read_again)

    @property
    def par_critere(self) -> bool:
        """Whether one critere is followed across the list."""
        return self.gauche.currentWidget() is self.pane

    def focus(self) -> None:
        """Put the focus in the left pane."""
        volet = self.gauche.currentWidget()
        if volet is not None:
            volet.setFocus()

    def forget(self) -> None:
        """Let go of the list."""
        self.voisins = Voisins()
        self.set_par_critere("")

    def set_liste(self, numeros: Sequence[int], vue: str) -> None:
        """Take the list that «previous» and «next» follow, and its name."""
        self.voisins.set_liste(numeros, vue)
        if self.par_critere:
            self._show_liste(self.pane.critere_id)

    def set_par_critere(self, critere_id: str) -> None:
        """Follow a critere across the list, «» to follow dossiers again."""
        if critere_id:
            self.gauche.setCurrentWidget(self.pane)
            self._show_liste(critere_id)
        else:
            self.gauche.setCurrentIndex(0)
        self.bandeau.refresh()

    def show_dossier(self, complet: DossierComplet, critere_id: str) -> None:
        """Say which dossier and critere are open."""
        numero = complet.dossier.numero
        self.voisins.set_courant(numero)
        if not self.par_critere:
            return
        if critere_id != self.pane.critere_id:
            self._show_liste(critere_id)
        self.pane.show_dossier(numero)

    def prochain(self) -> tuple[int | None, str]:
        """Return the next dossier with something to do, None at the end, and what is to be told of it."""
        numero, repris = self.voisins.prochain(self.pane.modele.reste if self.par_critere else self._reste)
        if numero is not None:
            return numero, REPRIS if repris else ""
        if not self.par_critere:
            return None, FINI
        return (
            None,
            f"{self.pane.critere_id} n’attend plus de réponse dans cette liste{NBSP}: Alt+→ critère suivant.",
        )

    def _evaluation_changed(self, numero: int, _critere: str) -> None:
        """Show what a dossier now answers, open or not: an undo changes others too."""
        if self.par_critere:
            evaluation = self._services.campagne.complet(numero).evaluation
            reponse = evaluation.reponse(self.pane.critere_id)
            self.pane.show_reponse(numero, reponse, finalisee=evaluation.finalisee)

    def _read_again(self) -> None:
        """Show what an import left of the answers and of what was found."""
        if self.par_critere:
            self._show_liste(self.pane.critere_id)

    def _reste(self, numero: int) -> bool:
        """Say whether criteria are still to be answered in a dossier of the list."""
        suivi = self._services.campagne.suivi
        rang = suivi.rang(numero) if suivi is not None else None
        if suivi is None or rang is None:
            return False
        suite = suivi.avancement(rang)
        return suite.etat is not EtatEvaluation.FINALISEE and suite.faits < suite.criteres

    def _show_liste(self, critere_id: str) -> None:
        numeros = self.voisins.numeros or [self.pane.modele.courant]
        self.pane.show_critere(critere_id, numeros)


def critere_voulu(services: Services, complet: DossierComplet, critere_id: str) -> str:
    """Return the critere to open: the one asked for, that where work stopped, else the first that is not done."""
    campagne = services.campagne
    grille = campagne.session.grille
    reprise = services.reglages.reprise(campagne.dossier)
    if not critere_id and reprise and reprise[0] == complet.dossier.numero:
        critere_id = reprise[1]
    connu = any(c.id == critere_id for c in grille.criteres)
    return critere_id if connu else premier_a_faire(grille, complet.evaluation)


class CritereDuParcours(CriterePane):
    """The card of a critere, whose «Valider et suivant» follows the mode."""

    dossier_requested = Signal()
    """The next dossier to do is wanted, at the same critere."""

    def __init__(self, services: Services, portee: QWidget, parcours: Parcours) -> None:
        self._parcours = parcours
        super().__init__(services, portee)

    def validate(self) -> None:
        """Write what is typed and go to the next critere, or to the next dossier, that is not done."""
        if not self._parcours.par_critere:
            super().validate()
        elif self._critere is not None and not self._refused() and self.leave():
            self.dossier_requested.emit()

    def watch(self) -> None:
        """Open the field of the «point de vigilance» (V)."""
        self._open_vigilance()

    def ask(self) -> None:
        """Open the field of a question to the porteur (?)."""
        self._ask()
