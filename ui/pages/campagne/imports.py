"""The imports of the campagne, newest first, each with its report."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from o2r_desktop.store import dossiers as store_dossiers
from o2r_desktop.store.dossiers import RapportImport
from o2r_desktop.text import instant, nombre
from ui.services import Services
from ui.widgets.base import button, fill, label, row
from ui.widgets.tableau import ReadTable

_COLONNES = ("Importé le", "Fichier", "Format", "Nouveaux", "Modifiés", "Inchangés", "Refusés", "Par")


class ImportsView(QWidget):
    """A table of the imports; Enter opens the report of the one that is chosen."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._rapports: list[RapportImport] = []
        self._table = ReadTable("Imports de la campagne", _COLONNES, etiree=1, nombres=(3, 4, 5, 6))
        self._rapport = button("Voir le rapport", self._open, touche="Entrée")
        importer = button("Importer un export…", services.navigation.import_files, touche="Ctrl+I")
        self._vide = label(
            "Aucun import : le premier export importé apparaîtra ici avec son rapport.", "secondaire", wrap=True
        )
        fill(QVBoxLayout(self), self._vide, self._table, row(self._rapport, importer, 1), marge=16, espace=12)
        self._table.cellActivated.connect(self._open)

    def refresh(self) -> None:
        """Read the imports again."""
        if not self._services.campagne.is_open:
            return
        self._rapports = store_dossiers.imports(self._services.campagne.session.campagne)[::-1]
        self._table.show_rows([_ligne(rapport) for rapport in self._rapports])
        self._vide.setVisible(not self._rapports)
        self._table.setVisible(bool(self._rapports))
        self._rapport.setEnabled(bool(self._rapports))

    def _open(self) -> None:
        rang = self._table.currentRow()
        if 0 <= rang < len(self._rapports):
            self._services.navigation.show_rapport(self._rapports[rang].id)


def _ligne(rapport: RapportImport) -> tuple[str, ...]:
    comptes = (rapport.nouveaux, rapport.modifies, rapport.inchanges, len(rapport.refuses))
    return (
        instant(rapport.le), rapport.fichier, rapport.origine.libelle, *(nombre(c) for c in comptes), rapport.auteur
    )  # fmt: skip
