"""The budget of a project as a table to type in: lines by account, their totals, what does not balance."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from o2r_desktop.analyse.budget.plan_comptable import libelle_compte, normaliser
from o2r_desktop.dossiers.budget import ANNEES
from o2r_desktop.imports.comptes_tableur import lire_nombre
from o2r_desktop.text import NBSP, montant, nombre, printable
from ui.models.budget_elements import Element, Genre, elements
from ui.models.budget_rangees import Rangee
from ui.widgets.base import bulle
from ui.widgets.grille_editeurs import RoleGrille

Index = QModelIndex | QPersistentModelIndex
LIBELLE_MAX = 200


class Colonne(StrEnum):
    """What a column shows."""

    ETAT = "État"
    COMPTE = "Compte"
    LIBELLE = "Libellé"
    MEMBRE = "Membre"
    ANNEE_1 = "Année 1"
    ANNEE_2 = "Année 2"
    ANNEE_3 = "Année 3"
    TOTAL = "Total"

    @property
    def annee(self) -> int:
        """The year, from 1; 0 when the column is none."""
        return int(self.value[-1]) if self in ANNUELLES else 0


ANNUELLES = (Colonne.ANNEE_1, Colonne.ANNEE_2, Colonne.ANNEE_3)
_NOMBRES = (*ANNUELLES, Colonne.TOTAL)


class RoleBudget(IntEnum):
    """What the delegate asks for beside the text."""

    GENRE = Qt.ItemDataRole.UserRole + 60
    ECARTEE = Qt.ItemDataRole.UserRole + 61
    NOMBRE = Qt.ItemDataRole.UserRole + 62


@dataclass(slots=True)
class _Contenu:
    """What is shown at one moment."""

    elements: list[Element] = field(default_factory=list)
    douteuses: Mapping[str, str] = field(default_factory=dict)
    """Why a line looks ineligible, by key of its row."""

    @property
    def forme(self) -> list[tuple[Genre, str]]:
        """What must be the same for rows to stay where they are."""
        return [(e.genre, e.cle) for e in self.elements]


class BudgetModel(QAbstractTableModel):
    """Rows to type in; *write* is given the row before and after, and says whether it reached the disk."""

    def __init__(self, write: Callable[[Rangee, Rangee, str], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._write = write
        self._contenu = _Contenu()
        self._suite: _Contenu | None = None
        self._tenu = False
        self._fautes: dict[tuple[str, Colonne], str] = {}
        self.colonnes: tuple[Colonne, ...] = tuple(c for c in Colonne if c is not Colonne.MEMBRE)
        self.membres: tuple[str, ...] = ()
        self.porteur = ""
        self.modifiable = False

    # --- what is shown ------------------------------------------------------------------------------------

    def show(self, lignes: Sequence[Rangee], douteuses: Mapping[str, str], *, neuf: bool = False) -> None:
        """Show these rows: in their place when they are the same, else once no cell is being left."""
        contenu = _Contenu(elements(lignes), douteuses)
        if neuf:
            self._fautes.clear()
        if not neuf and contenu.forme == self._contenu.forme:
            self._contenu, self._suite = contenu, None
            if contenu.elements:
                coin = self.index(self.rowCount() - 1, self.columnCount() - 1)
                self.dataChanged.emit(self.index(0, 0), coin)
        elif self._tenu and not neuf:
            self._suite = contenu
        else:
            self._replace(contenu)

    def show_membres(self, porteur: str, membres: Sequence[str]) -> None:
        """Have a column of members when there are some."""
        avec = bool(membres)
        if avec != (Colonne.MEMBRE in self.colonnes) or tuple(membres) != self.membres or porteur != self.porteur:
            self.beginResetModel()
            self.colonnes = tuple(c for c in Colonne if avec or c is not Colonne.MEMBRE)
            self.membres, self.porteur = tuple(membres), porteur
            self.endResetModel()

    def hold(self) -> None:
        """Keep rows where they are while a cell is being left."""
        self._tenu = True

    def release(self) -> bool:
        """Let rows move again; return whether they did."""
        self._tenu = False
        if self._suite is None:
            return False
        self._replace(self._suite)
        return True

    def _replace(self, contenu: _Contenu) -> None:
        self.beginResetModel()
        self._contenu, self._suite = contenu, None
        self.endResetModel()

    def element(self, rang: int) -> Element | None:
        """Return a row, None beyond the last."""
        return self._contenu.elements[rang] if 0 <= rang < len(self._contenu.elements) else None

    def rangee(self, rang: int) -> Rangee | None:
        """Return the line of the budget at a row, None when the row is none."""
        element = self.element(rang)
        return None if element is None else element.rangee

    def rang(self, cle: str) -> int:
        """Return the row of a line, -1 when there is none."""
        rangs = (i for i, e in enumerate(self._contenu.elements) if e.rangee is not None and e.cle == cle)
        return next(rangs, -1)

    def rangees(self) -> list[Rangee]:
        """Return the lines in the order of the table."""
        return [e.rangee for e in self._contenu.elements if e.rangee is not None]

    def douteuse(self, cle: str) -> str:
        """Return why a line looks ineligible, «» when it does not."""
        return self._contenu.douteuses.get(cle, "")

    # --- what Qt asks -------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 Qt
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._contenu.elements)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 Qt
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.colonnes)

    def headerData(  # noqa: N802 Qt
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the names of the columns."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        colonne = self.colonnes[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return {Colonne.TOTAL: "Total (€)", Colonne.ETAT: ""}.get(colonne, colonne.value)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return colonne.value
        if role == Qt.ItemDataRole.TextAlignmentRole:
            cote = Qt.AlignmentFlag.AlignRight if colonne in _NOMBRES else Qt.AlignmentFlag.AlignLeft
            return cote | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let the cells of lines be changed, sums and states read."""
        drapeaux = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.editable(index):
            drapeaux |= Qt.ItemFlag.ItemIsEditable
        return drapeaux

    def editable(self, index: Index) -> bool:
        """Say whether something may be typed in a cell."""
        if not (self.modifiable and index.isValid()):
            return False
        fixe = self.colonnes[index.column()] in (Colonne.TOTAL, Colonne.ETAT)
        return self.rangee(index.row()) is not None and not fixe

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell says."""
        element = self.element(index.row()) if index.isValid() else None
        if element is None:
            return None
        colonne = self.colonnes[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._texte(element, colonne)
        if role == Qt.ItemDataRole.EditRole:
            return self._saisi(element, colonne)
        if role == RoleBudget.GENRE:
            return element.genre
        if role == Qt.ItemDataRole.ToolTipRole:
            return bulle(self._dit(element, colonne)) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._accessible(element, colonne)
        return self._pour_la_grille(element, colonne, role)

    def _pour_la_grille(self, element: Element, colonne: Colonne, role: int) -> Any:
        if role == RoleBudget.GENRE:
            return element.genre
        if role == RoleBudget.NOMBRE:
            return colonne in _NOMBRES
        if role == RoleBudget.ECARTEE:
            return element.rangee is not None and bool(element.rangee.ecartee)
        if role == RoleGrille.FAUTE:
            return self._dit(element, colonne) if self._fausse(element, colonne) else ""
        if role == RoleGrille.COPIE:
            return self._copie(element, colonne)
        if role == RoleGrille.CHOIX and colonne is Colonne.MEMBRE and element.rangee is not None:
            return [(self.porteur or "Porteur", ""), *((m, m) for m in self.membres)]
        return None

    def _copie(self, element: Element, colonne: Colonne) -> str:
        """Return a cell as a spreadsheet takes it: a bare number, or words."""
        if colonne in _NOMBRES:
            valeur = element.total if colonne is Colonne.TOTAL else element.annees[colonne.annee - 1]
            return "" if valeur is None else format(valeur, "f").replace(".", ",")
        return self._texte(element, colonne)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802 Qt
        """Write what was typed in a cell at once; what cannot be read stays there, marked."""
        rangee = self.rangee(index.row())
        if rangee is None or role != Qt.ItemDataRole.EditRole or not self.editable(index):
            return False
        colonne, texte = self.colonnes[index.column()], printable(str(value or "")).strip()
        apres = changed(rangee, colonne, texte, self.porteur)
        cle = rangee.cle, colonne
        if apres is None:
            self._fautes[cle] = texte
        else:
            self._fautes.pop(cle, None)
        self.dataChanged.emit(index, index)
        if apres is None or apres == rangee:
            return False
        return self._write(rangee, apres, f"{colonne.value.lower()} de {apres.nom}")

    # --- words --------------------------------------------------------------------------------------------

    def _texte(self, element: Element, colonne: Colonne) -> str:
        if element.rangee is not None and (typed := self._fautes.get((element.rangee.cle, colonne))) is not None:
            return typed
        if colonne is Colonne.TOTAL:
            return _chiffre(element, element.total)
        if colonne.annee:
            modifie = element.rangee is not None and _retenu(element.rangee, colonne.annee)
            return ("≠ " if modifie else "") + _chiffre(element, element.annees[colonne.annee - 1])
        if element.rangee is None:
            return {Colonne.COMPTE: element.compte, Colonne.LIBELLE: element.libelle}.get(colonne, "")
        if colonne is Colonne.ETAT:
            return self.etat(element.rangee)[:1]
        return _mots(element.rangee, colonne)

    def etat(self, rangee: Rangee) -> str:
        """Return the state of a line, a sign then words, «» when there is nothing to say."""
        if rangee.ecartee:
            return "✕ écartée"
        if self.douteuse(rangee.cle):
            return "! à vérifier"
        return "≠ retenu autrement" if any(_retenu(rangee, a) for a in ANNEES) else ""

    def _saisi(self, element: Element, colonne: Colonne) -> str:
        """Return what the editor of a cell begins with: as it was typed, else the declared amount."""
        if element.rangee is None:
            return ""
        if (typed := self._fautes.get((element.rangee.cle, colonne))) is not None:
            return typed
        if colonne.annee:
            declare = element.rangee.montants[colonne.annee - 1].declare
            return "" if declare is None else nombre(declare)
        return _mots(element.rangee, colonne)

    def _fausse(self, element: Element, colonne: Colonne) -> bool:
        if element.genre is Genre.SOLDE and colonne in _NOMBRES:
            solde = element.total if colonne is Colonne.TOTAL else element.annees[colonne.annee - 1]
            return bool(solde)
        return element.rangee is not None and (element.rangee.cle, colonne) in self._fautes

    def _dit(self, element: Element, colonne: Colonne) -> str:
        """Return what a tooltip says of a cell."""
        rangee = element.rangee
        if rangee is None:
            return self._texte(element, colonne)
        if self._fausse(element, colonne):
            quoi = "un montant en euros" if colonne.annee else "un compte, comme 64 ou 641"
            return f"Ce texte n’est pas {quoi}{NBSP}: la ligne garde ce qu’elle avait."
        if colonne.annee:
            lu = rangee.montants[colonne.annee - 1]
            declare = "inconnu" if lu.declare is None else montant(lu.declare)
            suite = "" if lu.retenu is None else f", retenu {montant(lu.retenu)}"
            return f"Déclaré {declare}{suite}{f'{NBSP}: {lu.note}' if lu.note else ''}"
        if colonne is Colonne.ETAT:
            pourquoi = rangee.ecartee or self.douteuse(rangee.cle)
            return f"{NBSP}: ".join(t for t in (self.etat(rangee), pourquoi) if t)
        return _mots(rangee, colonne)

    def _accessible(self, element: Element, colonne: Colonne) -> str:
        nom = element.rangee.nom if element.rangee is not None else element.libelle
        texte = self._texte(element, colonne)
        if colonne is Colonne.ETAT and element.rangee is not None:
            texte = self.etat(element.rangee)
        return f"{nom}, {colonne.value}{NBSP}: {texte or 'vide'}"


def changed(rangee: Rangee, colonne: Colonne, texte: str, porteur: str = "") -> Rangee | None:
    """Return the row with *texte* in a column, None when it cannot be read there."""
    if colonne.annee:
        try:
            lu = lire_nombre(texte)
        except ValueError:
            return None
        avant = rangee.montants[colonne.annee - 1]
        return rangee.avec_montant(colonne.annee, replace(avant, declare=lu))
    if colonne is Colonne.COMPTE:
        compte = normaliser(texte)
        return replace(rangee, compte=compte, libelle=rangee.libelle or libelle_compte(compte)) if compte else None
    if colonne is Colonne.MEMBRE:
        return replace(rangee, membre="" if texte == porteur else texte)
    return replace(rangee, libelle=texte[:LIBELLE_MAX])


def _mots(rangee: Rangee, colonne: Colonne) -> str:
    return {Colonne.COMPTE: rangee.compte, Colonne.LIBELLE: rangee.libelle, Colonne.MEMBRE: rangee.membre}[colonne]


def _retenu(rangee: Rangee, annee: int) -> bool:
    lu = rangee.montants[annee - 1]
    return lu.retenu is not None and lu.retenu != lu.declare


def _chiffre(element: Element, valeur: Decimal | None) -> str:
    """Return an amount without «€»; a balance has its sign and says when there is nothing to say."""
    if valeur is None:
        return "" if element.genre is Genre.LIGNE else "—"
    decimales = 0 if valeur == valeur.to_integral_value() else 2
    if element.genre is Genre.SOLDE:
        return "✓ 0" if not valeur else f"✕ {'+' if valeur > 0 else ''}{nombre(valeur, decimales)}"
    return nombre(valeur, decimales)
