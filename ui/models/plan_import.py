"""The table of an import not yet written: filtered, searched, sorted and ticked by the thousand."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from operator import attrgetter, itemgetter
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from o2r_desktop.dossiers.model import Gravite
from o2r_desktop.text import NBSP, instant, montant, normalise, pluriel, printable
from o2r_desktop.text import numero as numero_lisible
from ui.models.lignes_import import COCHABLES, ORDRE, EtatLigne, LignePlan
from ui.theme import Ton
from ui.widgets.base import bulle

Index = QModelIndex | QPersistentModelIndex
LIGNE_ROLE = Qt.ItemDataRole.UserRole + 10
"""The LignePlan of a row."""
PASTILLE_ROLE = Qt.ItemDataRole.UserRole + 11
"""The pill of a cell: (word, Ton), None when it has none."""


class Colonne(StrEnum):
    """A column of the table."""

    COCHE = ""
    ETAT = "État"
    NUMERO = "N°"
    PORTEUR = "Porteur"
    DEPOT = "Déposé le"
    DEMANDE = "Demande"
    PIECES = "Pièces"
    RAISONS = "À voir"


COLONNES = tuple(Colonne)
_A_DROITE = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_A_GAUCHE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class PlanImportModel(QAbstractTableModel):
    """Lines of an import, those in view, and which are ticked: all that can be and is not older, at first."""

    ticked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lignes: Sequence[LignePlan] = ()
        self._vues: list[LignePlan] = []
        self._exclus: set[int] = set()
        self._etat: EtatLigne | None = None
        self._mots: tuple[str, ...] = ()
        self._cochables: list[LignePlan] = []
        self._comptes: Counter[EtatLigne] = Counter()

    # --- what the page says and asks ------------------------------------------------------------------------

    def set_lignes(self, lignes: Sequence[LignePlan]) -> None:
        """Show other lines, ticked unless the campagne has something newer."""
        self.beginResetModel()
        self._lignes = lignes
        self._exclus = {x.numero for x in lignes if x.plus_recent is not None and x.numero is not None}
        self._etat, self._mots = None, ()
        self._vues = list(lignes)
        self._comptes = Counter(map(attrgetter("etat"), lignes))
        self._cochables = [x for x in lignes if x.etat in COCHABLES]
        self.endResetModel()
        self.ticked.emit()

    def set_filtre(self, etat: EtatLigne | None, recherche: str) -> None:
        """Keep the lines of a state, all of them when it is None, whose text holds every word."""
        self.beginResetModel()
        self._etat, self._mots = etat, tuple(normalise(recherche).split())
        self._vues = [ligne for ligne in self._lignes if self._passe(ligne)]
        self.endResetModel()

    def count(self, etat: EtatLigne | None = None) -> int:
        """Return how many lines there are in a state, in all when it is None."""
        return len(self._lignes) if etat is None else self._comptes[etat]

    @property
    def exclus(self) -> frozenset[int]:
        """Dossiers that could be written and were unticked."""
        return frozenset(self._exclus)

    @property
    def retenus(self) -> Sequence[LignePlan]:
        """Lines that would be written."""
        return [x for x in self._cochables if x.numero not in self._exclus] if self._exclus else self._cochables

    def ligne(self, rang: int) -> LignePlan:
        """Return the line in view at *rang*."""
        return self._vues[rang]

    def tick(self, rangs: Iterable[int], *, coche: bool) -> None:
        """Tick or untick lines in view; one dossier in two files is ticked or not as a whole."""
        numeros = {x.numero for x in map(self.ligne, rangs) if x.etat.cochable and x.numero is not None}
        if coche:
            self._exclus -= numeros
        else:
            self._exclus |= numeros
        if numeros:
            self._say_ticks()

    def tick_all(self, *, coche: bool) -> None:
        """Tick or untick every line in view."""
        self.tick(range(len(self._vues)), coche=coche)

    def ticked_at(self, rang: int) -> bool:
        """Whether a line in view is ticked."""
        ligne = self._vues[rang]
        return ligne.etat.cochable and ligne.numero not in self._exclus

    def _passe(self, ligne: LignePlan) -> bool:
        return (self._etat is None or ligne.etat is self._etat) and all(m in ligne.recherche for m in self._mots)

    def _say_ticks(self) -> None:
        if self._vues:
            roles = [Qt.ItemDataRole.CheckStateRole]
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._vues) - 1, 0), roles)
        self.ticked.emit()

    # --- what Qt asks ---------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 Qt
        """Return how many lines are in view."""
        return 0 if parent.isValid() else len(self._vues)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 Qt
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(COLONNES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:  # noqa: N802 Qt
        """Return the name of a column; the ticks have one for who cannot see them."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        colonne = COLONNES[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return colonne.value
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return colonne.value or "À importer"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignement(colonne)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say what can be done with a cell."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        drapeaux = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        if index.column() == 0 and self._vues[index.row()].etat.cochable:
            drapeaux |= Qt.ItemFlag.ItemIsUserCheckable
        return drapeaux

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        ligne, colonne = self._vues[index.row()], COLONNES[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return _TEXTES[colonne](ligne)
        if role == PASTILLE_ROLE:
            return _pastille(ligne, colonne)
        if role == Qt.ItemDataRole.CheckStateRole and colonne is Colonne.COCHE and ligne.etat.cochable:
            return Qt.CheckState.Checked if self.ticked_at(index.row()) else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignement(colonne)
        if role == Qt.ItemDataRole.ToolTipRole and colonne in (Colonne.PORTEUR, Colonne.RAISONS):
            return bulle(_TEXTES[colonne](ligne)[:500])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._dit(index.row(), ligne, colonne)
        return ligne if role == LIGNE_ROLE else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802 Qt
        """Tick or untick a line."""
        if role != Qt.ItemDataRole.CheckStateRole or not self._vues[index.row()].etat.cochable:
            return False
        self.tick([index.row()], coche=Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort the lines by a column; a line without value comes last."""
        if column < 0:
            return
        cle, inverse = _CLES[COLONNES[column]], order is Qt.SortOrder.DescendingOrder
        self.beginResetModel()
        paires = [(cle(x), x) for x in self._lignes]
        avec = sorted((p for p in paires if p[0] is not None), key=itemgetter(0), reverse=inverse)
        self._lignes = [x for _, x in (*avec, *(p for p in paires if p[0] is None))]
        self._vues = [ligne for ligne in self._lignes if self._passe(ligne)]
        self.endResetModel()

    def _dit(self, rang: int, ligne: LignePlan, colonne: Colonne) -> str:
        """Return what a screen reader says of a cell."""
        if colonne is Colonne.COCHE:
            if not ligne.etat.cochable:
                return "rien à importer"
            return "à importer" if self.ticked_at(rang) else "laissé de côté"
        pastille = _pastille(ligne, colonne)
        return " ".join(x for x in (_TEXTES[colonne](ligne), pastille[0] if pastille else "") if x)


def _alignement(colonne: Colonne) -> Qt.AlignmentFlag:
    return _A_DROITE if colonne is Colonne.DEMANDE else _A_GAUCHE


def _pastille(ligne: LignePlan, colonne: Colonne) -> tuple[str, Ton] | None:
    if colonne is Colonne.ETAT:
        return ligne.etat.pastille
    if colonne is Colonne.DEPOT and ligne.hors_delai:
        return "✕ hors délai", Ton.MAUVAIS
    if colonne is Colonne.RAISONS and any(a.gravite is Gravite.ALERTE for a in ligne.anomalies):
        return "! à voir", Ton.ALERTE
    return None


def _demande(ligne: LignePlan) -> str:
    if ligne.apercu is None:
        return ""
    return "—" if ligne.apercu.demande is None else montant(ligne.apercu.demande, 0)


def _porteur(ligne: LignePlan) -> str:
    return printable(ligne.apercu.porteur).replace("\n", " ") if ligne.apercu else ""


def _depot(ligne: LignePlan) -> str:
    return instant(ligne.apercu.depot) if ligne.apercu and ligne.apercu.depot else ""


def mots_pieces(ligne: LignePlan) -> str:
    """Say what the archives bring to a dossier and lack, or how many files it announces without them."""
    recu = ligne.recu
    if not (recu.apport or recu.manquantes or recu.inchangees):
        return pluriel(ligne.pieces, "annoncée") if ligne.pieces else ""
    mots = [f"{recu.apport}{NBSP}à recevoir" if recu.apport else "déjà reçues" if recu.inchangees else ""]
    mots.append(pluriel(len(recu.manquantes), "manquante") if recu.manquantes else "")
    return ", ".join(m for m in mots if m)


_TEXTES: dict[Colonne, Callable[[LignePlan], str]] = {
    Colonne.COCHE: lambda ligne: "",  # noqa: ARG005 a column without words
    Colonne.ETAT: lambda ligne: "",  # noqa: ARG005 its pill says it
    Colonne.NUMERO: lambda ligne: "sans numéro" if ligne.numero is None else numero_lisible(ligne.numero),
    Colonne.PORTEUR: _porteur,
    Colonne.DEPOT: _depot,
    Colonne.DEMANDE: _demande,
    Colonne.PIECES: mots_pieces,
    Colonne.RAISONS: lambda ligne: ligne.raisons,
}
_CLES: dict[Colonne, Callable[[LignePlan], Any]] = {
    Colonne.COCHE: lambda ligne: not ligne.etat.cochable,
    Colonne.ETAT: lambda ligne: ORDRE.index(ligne.etat),
    Colonne.NUMERO: lambda ligne: ligne.numero,
    Colonne.PORTEUR: lambda ligne: ligne.cle_porteur,
    Colonne.DEPOT: lambda ligne: ligne.apercu.depot if ligne.apercu else None,
    Colonne.DEMANDE: lambda ligne: ligne.apercu.demande if ligne.apercu else None,
    Colonne.PIECES: lambda ligne: (ligne.recu.apport, ligne.pieces) if ligne.recu.apport or ligne.pieces else None,
    Colonne.RAISONS: lambda ligne: ligne.raisons or None,
}
