"""The imports of the campagne, newest first, each with its report; the last one can be undone."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from o2r_desktop.errors import CancelledError, O2rError
from o2r_desktop.reception import Annulation
from o2r_desktop.store import dossiers as store_dossiers
from o2r_desktop.store.dossiers import RapportImport
from o2r_desktop.text import NBSP, instant, nombre, printable
from ui.pages.importation import travaux
from ui.pages.importation.annulation import Annuleur, tell_undone
from ui.pages.importation.travaux import Relu
from ui.services import Services
from ui.theme import Ton
from ui.widgets.base import Banner, button, fill, label
from ui.widgets.delegates import CellDelegate, PillDelegate, Pilule, Role
from ui.widgets.flux import Flow
from ui.widgets.tableau import ReadTable

_COLONNES = (
    "État", "Importé le", "Fichier", "Format", "Nouveaux", "Modifiés", "Inchangés", "Refusés", "Pièces", "Par",
)  # fmt: skip
_NOMBRES = (4, 5, 6, 7, 8)


class ImportsView(QWidget):
    """A table of the imports; Enter opens the report of the one that is chosen."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._rapports: list[RapportImport] = []
        self.travaille = False
        """Whether an import is being undone: nothing else may use the campagne meanwhile."""
        self.message = Banner()
        self._annuleur = Annuleur(services, self)
        self._table = ReadTable("Imports de la campagne", _COLONNES, etiree=2, nombres=_NOMBRES)
        self._table.setItemDelegate(CellDelegate(services.theme, self._table))
        for colonne in _NOMBRES:
            self._table.setItemDelegateForColumn(colonne, CellDelegate(services.theme, self._table, nombre=True))
        self._table.setItemDelegateForColumn(0, PillDelegate(services.theme, self._table))
        self._rapport = button("Voir le rapport", self._open, touche="Entrée")
        self._annuler = button("Annuler le dernier import…", self._annuleur.ask, role="danger")
        importer = button("Importer un export…", services.navigation.import_files, touche="Ctrl+I")
        self._vide = label(
            "Aucun import : le premier export importé apparaîtra ici avec son rapport.", "secondaire", wrap=True
        )
        pied = QWidget()
        actions = Flow(pied)
        for bouton in (self._rapport, importer, self._annuler):
            actions.addWidget(bouton)
        fill(QVBoxLayout(self), self.message, self._vide, self._table, pied, marge=16, espace=12)
        self._table.cellActivated.connect(self._open)
        self._table.currentCellChanged.connect(lambda *_: self._allow())
        self._annuleur.accepted.connect(self._undo)

    def refresh(self) -> None:
        """Read the imports again."""
        if not self._services.campagne.is_open or self.travaille:
            return
        self._rapports = store_dossiers.imports(self._services.campagne.session.campagne)[::-1]
        self._table.show_rows([_ligne(rapport) for rapport in self._rapports])
        for rang, rapport in enumerate(self._rapports):
            case = self._table.item(rang, 0)
            if case is not None:
                case.setData(Role.PASTILLE, Pilule(ton=Ton.BON if rapport.annule_le is None else Ton.NEUTRE))
                case.setToolTip(etat(rapport))
        self._vide.setVisible(not self._rapports)
        self._table.setVisible(bool(self._rapports))
        self._allow()

    def clear_message(self) -> None:
        """Forget what was said of the last act."""
        if not self.travaille:
            self.message.dire("")

    def say_busy(self) -> None:
        """Say why the page cannot be left."""
        self.message.dire(
            f"L’annulation s’enregistre{NBSP}: attendez la fin avant de quitter cette page.", Ton.ALERTE
        )

    def _allow(self) -> None:
        self._rapport.setEnabled(bool(self._rapports) and not self.travaille)
        self._annuler.setEnabled(not self.travaille and bool(self._annuleur.undoable()))

    def _open(self) -> None:
        rang = self._table.currentRow()
        if 0 <= rang < len(self._rapports) and not self.travaille:
            self._services.navigation.show_rapport(self._rapports[rang].id)

    # --- undoing --------------------------------------------------------------------------------------------

    @Slot(object)
    def _undo(self, import_id: int) -> None:
        self.travaille = True
        self._allow()
        self.message.dire("Annulation de l’import en cours… Une sauvegarde est faite d’abord.", Ton.NEUTRE)
        session = self._services.campagne.session
        tache = self._services.taches.start("Annulation de l’import", partial(travaux.undo, session, import_id))
        tache.succeeded.connect(self._undone)
        tache.failed.connect(self._failed)
        tache.finished.connect(self._finished)

    @Slot(object)
    def _undone(self, fait: tuple[Annulation, Relu]) -> None:
        self.travaille = False
        travaux.show_new_data(self._services, fait[1])
        self.message.dire(tell_undone(fait[0]), Ton.BON)

    @Slot(object)
    def _failed(self, erreur: O2rError) -> None:
        self.travaille = False
        mots = "Annulation arrêtée." if isinstance(erreur, CancelledError) else str(erreur)
        self.message.dire(f"{mots} La campagne est comme avant.", Ton.MAUVAIS)

    @Slot()
    def _finished(self) -> None:
        """Show how things stand; a bug told neither success nor failure."""
        if self.travaille:
            self.travaille = False
            self.message.dire("L’opération s’est interrompue : recommencez-la.", Ton.MAUVAIS)
        self.refresh()


def etat(rapport: RapportImport) -> str:
    """Say whether an import stands, or when and by whom it was undone."""
    if rapport.annule_le is None:
        return "✓ en vigueur"
    par = f" par {printable(rapport.annule_par)}" if rapport.annule_par else ""
    return f"✕ annulé le {instant(rapport.annule_le)}{par}"


def _ligne(rapport: RapportImport) -> tuple[str, ...]:
    pieces = rapport.pieces.get("recues", 0) + rapport.pieces.get("remplacees", 0)
    comptes = (rapport.nouveaux, rapport.modifies, rapport.inchanges, len(rapport.refuses), pieces)
    return (
        etat(rapport),
        instant(rapport.le),
        printable(rapport.fichier),
        rapport.origine.libelle,
        *map(nombre, comptes),
        printable(rapport.auteur),
    )
