"""The lines of an import not yet written: what each would do; filtered, searched and ticked by the thousand."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import itemgetter
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from o2r_desktop import reception
from o2r_desktop.dossiers.importation import Apercu, Difference, DossierLu, ImportPlan, Refus
from o2r_desktop.dossiers.model import Anomalie, Gravite
from o2r_desktop.evaluation.parametres import Parametres
from o2r_desktop.reception import Preparation
from o2r_desktop.text import NBSP, instant, montant, normalise, pluriel, printable, sort_key
from o2r_desktop.text import numero as numero_lisible
from ui.theme import Ton
from ui.widgets.base import bulle

Index = QModelIndex | QPersistentModelIndex
LIGNE_ROLE = Qt.ItemDataRole.UserRole + 10
"""The LignePlan of a row."""
PASTILLE_ROLE = Qt.ItemDataRole.UserRole + 11
"""The pill of a cell: (word, Ton), None when it has none."""


class EtatLigne(StrEnum):
    """What the import would do with a line."""

    NOUVEAU = "nouveau"
    MODIFIE = "modifie"
    INCHANGE = "inchange"
    REFUSE = "refuse"
    ABSENT = "absent"

    @property
    def cochable(self) -> bool:
        """Whether there is something to write."""
        return self in (EtatLigne.NOUVEAU, EtatLigne.MODIFIE)

    @property
    def pastille(self) -> tuple[str, Ton]:
        """Return the word with its sign, and its tone."""
        return _PASTILLES[self]

    @property
    def pluriel(self) -> str:
        """Return the name of the filter."""
        return _FILTRES[self]


_PASTILLES = {
    EtatLigne.NOUVEAU: ("+ nouveau", Ton.BON),
    EtatLigne.MODIFIE: ("≠ modifié", Ton.ACTION),
    EtatLigne.INCHANGE: ("= inchangé", Ton.NEUTRE),
    EtatLigne.REFUSE: ("✕ refusé", Ton.MAUVAIS),
    EtatLigne.ABSENT: ("– absent", Ton.NEUTRE),
}
_FILTRES = {
    EtatLigne.NOUVEAU: "Nouveaux",
    EtatLigne.MODIFIE: "Modifiés",
    EtatLigne.INCHANGE: "Inchangés",
    EtatLigne.REFUSE: "Refusés",
    EtatLigne.ABSENT: "Absents",
}
_ORDRE = (EtatLigne.REFUSE, EtatLigne.MODIFIE, EtatLigne.NOUVEAU, EtatLigne.INCHANGE, EtatLigne.ABSENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class LignePlan:
    """One line. ``plan`` is the rank of its file, None for an absent dossier; ``lu`` what would be written."""

    etat: EtatLigne
    numero: int | None
    plan: int | None
    ligne: int
    apercu: Apercu | None
    lu: DossierLu | None = None
    differences: tuple[Difference, ...] = ()
    anomalies: tuple[Anomalie, ...] = ()
    motif: str = ""
    hors_delai: bool = False
    pieces: int = 0
    a_reconfirmer: tuple[str, ...] = ()
    recherche: str = ""
    cle_porteur: str | None = None

    @property
    def raisons(self) -> str:
        """Say in one line what to look at."""
        return " · ".join(self._raisons())

    def _raisons(self) -> Iterable[str]:
        if self.motif:
            yield f"ligne{NBSP}{self.ligne}{NBSP}: {printable(self.motif)}"
        if self.differences:
            yield pluriel(len(self.differences), "réponse changée", "réponses changées")
        if self.a_reconfirmer:
            yield f"{len(self.a_reconfirmer)}{NBSP}à reconfirmer"
        for a in self.anomalies:
            yield f"{printable(a.ou)}{NBSP}: {printable(a.quoi)}".replace("\n", " ")


def build_lignes(preparation: Preparation, parametres: Parametres) -> list[LignePlan]:
    """Return a line for each dossier of the files, refused lines and absent dossiers included.

    Pure, and long for thousands of dossiers: belongs in a background task. Lines come with what needs a look first.
    """
    tardifs = reception.depots_hors_delai(preparation.plans, parametres)
    lignes: list[LignePlan] = []
    for rang, plan in enumerate(preparation.plans):
        lignes += _lignes_plan(rang, plan, preparation, tardifs)
    lignes += [_absente(apercu) for apercu in preparation.absents]
    rangs = {etat: rang for rang, etat in enumerate(_ORDRE)}
    return sorted(lignes, key=lambda ligne: rangs[ligne.etat])


def _lignes_plan(
    rang: int, plan: ImportPlan, preparation: Preparation, tardifs: frozenset[int]
) -> Iterable[LignePlan]:
    anomalies: dict[int, list[Anomalie]] = {}
    for a in plan.anomalies:
        if a.numero is not None:
            anomalies.setdefault(a.numero, []).append(a)
    nouveaux = {lu.numero: lu for lu in plan.nouveaux}
    modifies = {m.lu.numero: m for m in plan.modifies}
    for lu in plan.read.dossiers:
        n, m = lu.numero, modifies.get(lu.numero)
        etat = EtatLigne.NOUVEAU if n in nouveaux else EtatLigne.MODIFIE if m else EtatLigne.INCHANGE
        yield LignePlan(
            etat=etat,
            numero=n,
            plan=rang,
            ligne=lu.ligne,
            apercu=lu.apercu,
            lu=m.lu if m else nouveaux.get(n),
            differences=m.differences if m else (),
            anomalies=tuple(anomalies.get(n, ())),
            hors_delai=n in tardifs,
            pieces=preparation.pieces.get(n, 0) if etat.cochable else 0,
            a_reconfirmer=preparation.a_reconfirmer.get(n, ()) if m else (),
            recherche=lu.apercu.recherche,
            cle_porteur=sort_key(lu.apercu.porteur),
        )
    for refus in plan.read.refuses:
        yield _refusee(rang, refus)


def _refusee(rang: int, refus: Refus) -> LignePlan:
    return LignePlan(
        etat=EtatLigne.REFUSE,
        numero=refus.numero,
        plan=rang,
        ligne=refus.ligne,
        apercu=None,
        motif=refus.motif,
        recherche=normalise(f"{refus.numero or ''} ligne {refus.ligne} {refus.motif}"),
    )


def _absente(apercu: Apercu) -> LignePlan:
    return LignePlan(
        etat=EtatLigne.ABSENT,
        numero=apercu.numero,
        plan=None,
        ligne=0,
        apercu=apercu,
        recherche=apercu.recherche,
        cle_porteur=sort_key(apercu.porteur),
    )


class Colonne(StrEnum):
    """A column of the table."""

    COCHE = ""
    ETAT = "État"
    NUMERO = "N°"
    PORTEUR = "Porteur"
    DEPOT = "Déposé le"
    DEMANDE = "Demande"
    PIECES = "Pièces à joindre"
    RAISONS = "À voir"


COLONNES = tuple(Colonne)
_A_DROITE = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_A_GAUCHE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class PlanImportModel(QAbstractTableModel):
    """Lines of an import, those in view, and which are ticked: all that can be, until the user decides."""

    ticked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lignes: Sequence[LignePlan] = ()
        self._vues: list[LignePlan] = []
        self._exclus: set[int] = set()
        self._etat: EtatLigne | None = None
        self._mots: tuple[str, ...] = ()
        self._comptes: dict[EtatLigne, int] = {}

    # --- what the page says and asks ------------------------------------------------------------------------

    def set_lignes(self, lignes: Sequence[LignePlan]) -> None:
        """Show other lines, all those that can be ticked."""
        self.beginResetModel()
        self._lignes = lignes
        self._exclus.clear()
        self._etat, self._mots = None, ()
        self._vues = list(lignes)
        self._comptes = dict.fromkeys(EtatLigne, 0)
        for ligne in lignes:
            self._comptes[ligne.etat] += 1
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
        return len(self._lignes) if etat is None else self._comptes.get(etat, 0)

    @property
    def exclus(self) -> frozenset[int]:
        """Dossiers that could be written and were unticked."""
        return frozenset(self._exclus)

    @property
    def retenus(self) -> list[LignePlan]:
        """Lines that would be written."""
        return [x for x in self._lignes if x.etat.cochable and x.numero not in self._exclus]

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
    return _A_DROITE if colonne in (Colonne.DEMANDE, Colonne.PIECES) else _A_GAUCHE


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


_TEXTES: dict[Colonne, Callable[[LignePlan], str]] = {
    Colonne.COCHE: lambda ligne: "",  # noqa: ARG005 a column without words
    Colonne.ETAT: lambda ligne: "",  # noqa: ARG005 its pill says it
    Colonne.NUMERO: lambda ligne: "sans numéro" if ligne.numero is None else numero_lisible(ligne.numero),
    Colonne.PORTEUR: _porteur,
    Colonne.DEPOT: _depot,
    Colonne.DEMANDE: _demande,
    Colonne.PIECES: lambda ligne: str(ligne.pieces or ""),
    Colonne.RAISONS: lambda ligne: ligne.raisons,
}
_CLES: dict[Colonne, Callable[[LignePlan], Any]] = {
    Colonne.COCHE: lambda ligne: not ligne.etat.cochable,
    Colonne.ETAT: lambda ligne: _ORDRE.index(ligne.etat),
    Colonne.NUMERO: lambda ligne: ligne.numero,
    Colonne.PORTEUR: lambda ligne: ligne.cle_porteur,
    Colonne.DEPOT: lambda ligne: ligne.apercu.depot if ligne.apercu else None,
    Colonne.DEMANDE: lambda ligne: ligne.apercu.demande if ligne.apercu else None,
    Colonne.PIECES: lambda ligne: ligne.pieces or None,
    Colonne.RAISONS: lambda ligne: ligne.raisons or None,
}
