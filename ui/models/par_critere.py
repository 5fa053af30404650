"""One critere across the dossiers of a list: a line each, read when it is painted."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from o2r_desktop.evaluation.constats import Constat
from o2r_desktop.evaluation.etats import est_fait, etat_critere, reponse_dite
from o2r_desktop.evaluation.grille import Critere
from o2r_desktop.evaluation.reponses import Reponse
from o2r_desktop.text import NBSP
from o2r_desktop.text import numero as numero_lisible
from ui.models.dossiers import SIGNES
from ui.models.plan import TONS, Entree, Genre
from ui.widgets.base import bulle

Index = QModelIndex | QPersistentModelIndex


class ParCritereModel(QAbstractListModel):
    """Lines keep the order of the list; *porteur* names a dossier when its line is looked at."""

    def __init__(self, porteur: Callable[[int], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._porteur = porteur
        self._numeros: list[int] = []
        self._places: dict[int, int] = {}
        self._critere: Critere | None = None
        self._reponses: dict[int, Reponse] = {}
        self._constats: dict[int, Constat] = {}
        self._finalisees: frozenset[int] = frozenset()
        self.courant = 0

    @property
    def numeros(self) -> Sequence[int]:
        """The dossiers, in order."""
        return self._numeros

    @property
    def critere(self) -> Critere | None:
        """The critere that the lines are about."""
        return self._critere

    @property
    def faits(self) -> int:
        """How many of the dossiers have this critere done."""
        return sum(est_fait(r) for n, r in self._reponses.items() if n in self._places)

    def show(
        self, critere: Critere, numeros: Iterable[int], reponses: Mapping[int, Reponse], finalisees: Iterable[int]
    ) -> None:
        """Show another critere, or another list; what was found comes later."""
        self.beginResetModel()
        self._critere, self._numeros = critere, list(numeros)
        self._places = {numero: place for place, numero in enumerate(self._numeros)}
        self._reponses, self._finalisees = dict(reponses), frozenset(finalisees)
        self._constats = {}
        self.endResetModel()

    def set_reponse(self, numero: int, reponse: Reponse, *, finalisee: bool) -> None:
        """Show what one dossier now answers, and whether that may be changed."""
        self._reponses[numero] = reponse
        autres = self._finalisees - {numero}
        self._finalisees = autres | {numero} if finalisee else autres
        self._changed(numero)

    def add_constats(self, constats: Mapping[int, Constat]) -> None:
        """Show what was found in some dossiers."""
        self._constats.update(constats)
        for numero in constats:
            self._changed(numero)

    def set_courant(self, numero: int) -> None:
        """Say which dossier is open."""
        avant, self.courant = self.courant, numero
        for un in {avant, numero}:
            self._changed(un)

    def reste(self, numero: int) -> bool:
        """Say whether the critere is still to be answered in a dossier that may be changed."""
        return numero not in self._finalisees and not est_fait(self._reponse(numero))

    def place(self, numero: int) -> QModelIndex:
        """Return where a dossier stands, an invalid index when it is not in the list."""
        return self.index(self._places[numero]) if numero in self._places else QModelIndex()

    def entree(self, index: Index) -> Entree:
        """Return a line."""
        assert self._critere is not None
        numero = self._numeros[index.row()]
        reponse, constat = self._reponse(numero), self._constats.get(numero)
        etat = etat_critere(self._critere, reponse, (constat,) if constat else ())
        trouve = "" if constat is None else f"constat {constat.resultat.libelle}"
        signe = "" if constat is None else f"{SIGNES[constat.resultat][0]} "
        titre = self._porteur(numero) or f"n°{NBSP}{numero_lisible(numero)}"
        mots = [etat.libelle, reponse_dite(reponse), trouve]
        return Entree(
            genre=Genre.DOSSIER,
            cle=str(numero),
            titre=titre,
            marque=signe.strip(),
            mot=reponse_dite(reponse) or etat.libelle,
            signe=etat.signe,
            ton=TONS[etat],
            bulle=f"{titre}\nn°{NBSP}{numero_lisible(numero)}\n{' · '.join(m for m in mots if m)}",
            dite=", ".join(m for m in (titre, *mots) if m),
        )

    def is_current(self, entree: Entree) -> bool:
        """Say whether a line is the dossier that is open."""
        return entree.cle == str(self.courant)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 Qt
        """Return how many dossiers there are."""
        return 0 if parent.isValid() else len(self._numeros)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a line."""
        if not index.isValid() or self._critere is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.entree(index).titre
            case Qt.ItemDataRole.ToolTipRole:
                return bulle(self.entree(index).bulle)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.entree(index).dite
        return None

    def sans_constat(self, places: Iterable[int]) -> list[int]:
        """Return the dossiers of these places whose finding is not known."""
        if self._critere is None or not self._critere.automatise:
            return []
        return [n for p in places if 0 <= p < len(self._numeros) and (n := self._numeros[p]) not in self._constats]

    def _reponse(self, numero: int) -> Reponse:
        assert self._critere is not None
        return self._reponses.get(numero) or Reponse(critere=self._critere.id, valeur="")

    def _changed(self, numero: int) -> None:
        if numero in self._places:
            index = self.index(self._places[numero])
            self.dataChanged.emit(index, index)
