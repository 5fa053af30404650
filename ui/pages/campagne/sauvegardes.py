"""The backups of the campagne: made now, or brought back."""

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from o2r_desktop import operations
from o2r_desktop.errors import O2rError
from o2r_desktop.progress import Reporter
from o2r_desktop.store import backup
from o2r_desktop.store.backup import Sauvegarde
from o2r_desktop.text import instant, nombre
from ui.services import Services
from ui.widgets.base import button, fill, label, row
from ui.widgets.tableau import ReadTable

_COLONNES = ("Faite le", "Pourquoi", "Taille")
_MOTIFS = {
    "demande": "à votre demande",
    "avant-import": "avant un import",
    "avant-mise-a-jour": "avant une mise à jour du programme",
    "avant-restauration": "avant un retour en arrière",
    "base-endommagee": "base endommagée, mise de côté",
}


class SauvegardesView(QWidget):
    """A table of the backups, newest first, and the way back to one of them."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._sauvegardes: list[Sauvegarde] = []
        self._dossier = Path()
        self._table = ReadTable("Sauvegardes de la campagne", _COLONNES, etiree=1, nombres=(2,))
        self._vide = label("Aucune sauvegarde : faites-en une maintenant.", "secondaire", wrap=True)
        aide = label(
            "Une sauvegarde est faite avant chaque import. Revenir à une sauvegarde remplace tous les dossiers et "
            "toutes les réponses ; l’état présent est d’abord mis de côté, et l’on peut y revenir.",
            "secondaire",
            wrap=True,
        )
        self._revenir = button("Revenir à cette sauvegarde…", self._ask, role="danger")
        self._faire = button(
            "Sauvegarder maintenant", services.navigation.back_up, touche="Ctrl+Maj+S", role="principal"
        )
        fill(
            QVBoxLayout(self),
            aide,
            self._vide,
            self._table,
            row(self._revenir, 1, self._faire),
            marge=16,
            espace=12,
        )
        services.campagne.backed_up.connect(self.refresh)

    def refresh(self) -> None:
        """Read the backups again."""
        campagne = self._services.campagne
        if not campagne.is_open:
            return
        try:
            self._sauvegardes = backup.list_backups(campagne.dossier)
        except O2rError as erreur:
            self._sauvegardes = []
            self._services.alertes.show_error(erreur)
        self._table.show_rows([_ligne(sauvegarde) for sauvegarde in self._sauvegardes])
        self._vide.setVisible(not self._sauvegardes)
        self._table.setVisible(bool(self._sauvegardes))
        self._revenir.setEnabled(bool(self._sauvegardes) and not campagne.read_only)
        self._faire.setEnabled(not campagne.read_only)

    def _ask(self) -> None:
        rang = self._table.currentRow()
        if not 0 <= rang < len(self._sauvegardes):
            return
        choisie = self._sauvegardes[rang]
        if self._services.taches.named is not None:
            self._services.alertes.warn(
                "Opération en cours",
                "Une opération est en cours : attendez sa fin, ou annulez-la, puis recommencez.",
            )
            return
        if self._services.alertes.ask(
            "Revenir à une sauvegarde",
            f"Remplacer la campagne par sa sauvegarde du {instant(choisie.le)} ? Ce qui a été fait depuis n’y sera "
            "plus ; l’état présent est mis de côté parmi les sauvegardes.",
            oui="Revenir à cette sauvegarde",
            danger=True,
        ):
            self._services.taches.when_idle(partial(self._restore, choisie))

    def _restore(self, choisie: Sauvegarde) -> None:
        self._dossier = self._services.campagne.dossier
        maintenant = self._services.campagne.horloge()
        self._services.campagne.close()
        tache = self._services.taches.start(
            "Retour à une sauvegarde", partial(_restaurer, self._dossier, choisie.chemin, maintenant)
        )
        tache.failed.connect(self._failed)
        tache.succeeded.connect(self._restored)
        tache.finished.connect(self._open_again)

    def _failed(self, erreur: O2rError) -> None:
        self._services.alertes.show_error(erreur)

    def _restored(self) -> None:
        self._services.alertes.inform(
            "Retour à une sauvegarde",
            "La campagne est revenue à la sauvegarde choisie. L’état d’avant est parmi les sauvegardes.",
        )

    def _open_again(self) -> None:
        self._services.navigation.open_campagne(self._dossier)


def _restaurer(dossier: Path, sauvegarde: Path, maintenant: datetime, reporter: Reporter) -> None:
    reporter.step(0, 1, "Copie de la sauvegarde")
    operations.restore(dossier, sauvegarde, maintenant=maintenant)
    reporter.step(1, 1, "Copie de la sauvegarde")


def _ligne(sauvegarde: Sauvegarde) -> tuple[str, str, str]:
    ko = max(1, round(sauvegarde.taille / 1000))
    taille = f"{nombre(ko)} ko" if ko < 10_000 else f"{nombre(round(ko / 1000))} Mo"
    return instant(sauvegarde.le), _MOTIFS.get(sauvegarde.motif, sauvegarde.motif.replace("-", " ")), taille
