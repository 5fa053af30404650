"""Why an evaluation cannot be changed, and the way to unlock it."""

from PySide6.QtCore import Signal

from o2r_desktop.errors import O2rError
from o2r_desktop.operations import DossierComplet
from o2r_desktop.text import NBSP, instant
from ui.dialogs.motif import MotifDialog
from ui.services import Services
from ui.theme import Ton
from ui.widgets.base import Banner, button


class BandeauVerrou(Banner):
    """Says that the evaluation is finalised, with «Rouvrir…», or that the campagne is for reading only."""

    reopened = Signal()

    def __init__(self, services: Services) -> None:
        self.rouvrir = button("Rouvrir…", self.ask_reopening, nom="Rouvrir l’évaluation")
        super().__init__("", Ton.ALERTE, (self.rouvrir,))
        self._services = services
        self._complet: DossierComplet | None = None

    @property
    def can_reopen(self) -> bool:
        """Whether there is something to unlock, and the right to."""
        return (
            self._complet is not None
            and self._complet.evaluation.finalisee
            and self._services.campagne.is_open
            and not self._services.campagne.read_only
        )

    def show_dossier(self, complet: DossierComplet | None) -> None:
        """Tell what locks a dossier, nothing when it can be changed."""
        self._complet = complet
        self.rouvrir.setVisible(self.can_reopen)
        if complet is not None and self._services.campagne.read_only:
            self.dire("Campagne ouverte en lecture seule : vous pouvez tout lire, rien modifier.")
        elif complet is not None and complet.evaluation.finalisee:
            fin = complet.evaluation.finalisee_le
            le = f" le {instant(fin)}" if fin else ""
            self.dire(f"Évaluation finalisée{le}{NBSP}: rouvrez-la pour la modifier.")
        else:
            self.dire("")

    def ask_reopening(self) -> None:
        """Ask why a finalised evaluation must be changed."""
        if not self.can_reopen:
            return
        boite = MotifDialog(
            "Rouvrir l’évaluation",
            "L’évaluation redevient modifiable ; il faudra la finaliser à nouveau. Le motif est gardé au journal.",
            oui="Rouvrir",
            parent=self.window(),
        )
        boite.given.connect(self._reopen)
        boite.open()

    def _reopen(self, motif: str) -> None:
        if self._complet is None:
            return
        try:
            self._services.campagne.reopen(self._complet.dossier.numero, motif)
        except O2rError as erreur:
            self._services.alertes.show_error(erreur)
        else:
            self.reopened.emit()
