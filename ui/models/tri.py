"""The lines of the quick sort: what is needed to label a dossier without opening it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from o2r_desktop.dossiers.territoires import nom_departement
from o2r_desktop.suivi import LigneSuivi, Suivi
from o2r_desktop.text import NBSP, date_courte, montant, nombre, printable
from o2r_desktop.text import numero as numero_lisible
from ui.models.dossiers import ATTENTE, INCONNU, SIGNES
from ui.widgets.base import bulle
from ui.widgets.delegates import Pilule, Role

Index = QModelIndex | QPersistentModelIndex
PROPOSEES = ("à instruire d’abord", "à approfondir", "probablement irrecevable")
"""Labels that are offered before the team has its own."""
TOUCHES = 9


def etiquettes_offertes(en_usage: Iterable[str], ajoutees: Iterable[str] = ()) -> list[str]:
    """Return the labels that keys 1 to 9 put: those that are proposed, those added now, those in use."""
    return list(dict.fromkeys((*PROPOSEES, *ajoutees, *en_usage)))[:TOUCHES]


def delai_dit(depot: datetime | None, limite: datetime) -> str:
    """Return «✓ 12/08/2025» or «✕ 14/08/2025, hors délai»; the deadline itself is in time (to the second)."""
    if depot is None:
        return f"?{NBSP}date inconnue"
    jour = date_courte(depot.astimezone(limite.tzinfo).date())
    return f"✓{NBSP}{jour}" if depot.replace(microsecond=0) <= limite else f"✕{NBSP}{jour}, hors délai"


class TriModel(QAbstractTableModel):
    """Dossiers in the order of the list; a line is read when it is painted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._suivi: Suivi | None = None
        self._numeros: list[int] = []
        self._limite: datetime | None = None

    @property
    def numeros(self) -> Sequence[int]:
        """The dossiers, in order."""
        return self._numeros

    @property
    def tries(self) -> int:
        """How many bear a label."""
        if self._suivi is None:
            return 0
        return sum(bool(self._suivi.attributions.etiquettes(numero)) for numero in self._numeros)

    def show(self, suivi: Suivi | None, numeros: Iterable[int], limite: datetime | None) -> None:
        """Show these dossiers; those that the campagne does not have any more are left out."""
        self.beginResetModel()
        self._suivi, self._limite = suivi, limite
        self._numeros = [n for n in numeros if suivi is not None and suivi.rang(n) is not None]
        self.endResetModel()

    def ligne(self, rang: int) -> LigneSuivi:
        """Return what a line shows."""
        assert self._suivi is not None
        place = self._suivi.rang(self._numeros[rang])
        assert place is not None
        return self._suivi.ligne(place)

    def all_changed(self) -> None:
        """Have every line painted again."""
        if self._numeros:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._numeros) - 1, len(COLONNES) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 Qt
        """Return how many dossiers there are."""
        return 0 if parent.isValid() else len(self._numeros)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 Qt
        """Return the number of columns."""
        return 0 if parent.isValid() else len(COLONNES)

    def headerData(  # noqa: N802 Qt
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the titles of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return TITRES[section]
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            cote = Qt.AlignmentFlag.AlignRight if TITRES[section] in CHIFFREES else Qt.AlignmentFlag.AlignLeft
            return cote | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a cell."""
        if not index.isValid() or self._limite is None:
            return None
        ligne, titre = self.ligne(index.row()), TITRES[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._mots(ligne, titre)
            case Qt.ItemDataRole.ToolTipRole:
                return bulle(f"{ligne.porteur}\n{ligne.intitule}\n{self._mots(ligne, titre)}")
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{titre}{NBSP}: {self._mots(ligne, titre) or 'rien'}"
            case Qt.ItemDataRole.TextAlignmentRole if titre in CHIFFREES:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case Role.PASTILLE if titre == CONTROLES and ligne.resume is not None:
                return Pilule(ton=SIGNES[ligne.resume.controle][1])
        return None

    def _mots(self, ligne: LigneSuivi, titre: str) -> str:
        assert self._limite is not None
        if titre == DEPOT:
            return delai_dit(ligne.depot, self._limite)
        return printable(COLONNES[titre](ligne)).replace("\n", " ")


def _controles(ligne: LigneSuivi) -> str:
    resume = ligne.resume
    return ATTENTE if resume is None else f"{SIGNES[resume.controle][0]} {resume.libelle}"


PORTEUR, CONTROLES, DEPOT, ETIQUETTES = "Porteur", "Contrôles", "Dépôt", "Étiquettes"
COLONNES: dict[str, Callable[[LigneSuivi], str]] = {
    ETIQUETTES: lambda ligne: ", ".join(ligne.etiquettes),
    PORTEUR: lambda ligne: ligne.porteur or f"n°{NBSP}{numero_lisible(ligne.numero)}",
    "Territoire": lambda ligne: ", ".join(map(nom_departement, ligne.departements)) or INCONNU,
    "Demande": lambda ligne: INCONNU if ligne.demande is None else montant(ligne.demande, 0),
    "Coût": lambda ligne: INCONNU if ligne.cout_total is None else montant(ligne.cout_total, 0),
    "Bénéficiaires": lambda ligne: INCONNU if ligne.beneficiaires is None else nombre(ligne.beneficiaires),
    "Priorité": lambda ligne: ATTENTE if ligne.resume is None else ligne.resume.priorite,
    CONTROLES: _controles,
    DEPOT: lambda _: "",
}
TITRES = tuple(COLONNES)
CHIFFREES = frozenset({"Demande", "Coût", "Bénéficiaires"})
