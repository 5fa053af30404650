"""Sheets of a workbook, or a CSV: cells to read, to find, to copy and to quote; nothing is edited."""

import re
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHeaderView, QTableView, QVBoxLayout, QWidget

from o2r_desktop.imports.apercus import Apercu, Feuille
from o2r_desktop.tableaux.modele import formule_possible
from o2r_desktop.text import NBSP, NNBSP, nombre, normalise, pluriel
from ui.theme import Theme
from ui.widgets.base import bulle, fill, label, row

CITATION_MAX = 2_000
"""Characters of the cells that are quoted."""
COPIE_MAX = 2_000_000
"""Characters that are copied."""
_LARGEURS = (6, 44)
"""Least and most letters of a column at first; it can be dragged wider."""
_MESUREES = 60
"""Rows that the width of a column is told by."""
_CHIFFRES = re.compile(r"[\d\s.,]+")

Index = QModelIndex | QPersistentModelIndex
Cellule = tuple[int, int]


def colonne_dite(rang: int) -> str:
    """Return the letters of a column: «A», «Z», «AA»."""
    lettres = ""
    rang += 1
    while rang:
        rang, reste = divmod(rang - 1, 26)
        lettres = chr(65 + reste) + lettres
    return lettres


def lieu_dit(haut: int, gauche: int, bas: int, droite: int) -> str:
    """Return «B4» or «B4:C7»."""
    debut, fin = f"{colonne_dite(gauche)}{haut + 1}", f"{colonne_dite(droite)}{bas + 1}"
    return debut if debut == fin else f"{debut}:{fin}"


class IndexFeuille:
    """The rows of a sheet made ready to be searched; made away from the window's thread."""

    def __init__(self, feuille: Feuille) -> None:
        signes = {c for ligne in feuille.lignes for texte in ligne for c in texte}
        table = str.maketrans({c: _simple(c) for c in signes})
        self._lignes = ["\ue000".join(ligne).translate(table) for ligne in feuille.lignes]

    def trouver(self, cherche: str) -> list[Cellule]:
        """Return the cells that hold a text: accents, case and the blanks between figures do not count."""
        mots = normalise(cherche)
        serres = re.sub(r"\s", "", mots) if _CHIFFRES.fullmatch(mots) else ""
        if not mots:
            return []
        trouvees = []
        for rang, ligne in enumerate(self._lignes):
            if mots in ligne or (serres and serres in _serrer(ligne)):
                trouvees += [
                    (rang, colonne)
                    for colonne, texte in enumerate(ligne.split("\ue000"))
                    if mots in texte or (serres and serres in _serrer(texte))
                ]
        return trouvees


def _simple(c: str) -> str:
    if c == "\ue000":
        return c
    return " " if c.isspace() else normalise(c)


def _serrer(texte: str) -> str:
    return texte.replace(" ", "")


class FeuilleModel(QAbstractTableModel):
    """The cells of one sheet; what was found has a ground."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._trouvees: frozenset[Cellule] = frozenset()
        self.feuille: Feuille | None = None

    def show(self, feuille: Feuille | None) -> None:
        """Show another sheet."""
        self.beginResetModel()
        self.feuille, self._trouvees = feuille, frozenset()
        self.endResetModel()

    def show_matches(self, trouvees: Sequence[Cellule]) -> None:
        """Put a ground under these cells."""
        self._trouvees = frozenset(trouvees)
        coin = self.index(self.rowCount() - 1, self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), coin, [Qt.ItemDataRole.BackgroundRole])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 Qt
        """Return how many rows are shown."""
        return 0 if parent.isValid() or self.feuille is None else len(self.feuille.lignes)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 Qt
        """Return how many columns are shown."""
        return 0 if parent.isValid() or self.feuille is None else self.feuille.colonnes

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell says."""
        feuille = self.feuille
        if feuille is None or not index.isValid():
            return None
        ligne, colonne = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return feuille.texte(ligne, colonne).replace("\n", " ")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            cote = Qt.AlignmentFlag.AlignRight if feuille.est_nombre(ligne, colonne) else Qt.AlignmentFlag.AlignLeft
            return cote | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return bulle(feuille.texte(ligne, colonne)) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{lieu_dit(ligne, colonne, ligne, colonne)}{NBSP}: {feuille.texte(ligne, colonne) or 'vide'}"
        if role == Qt.ItemDataRole.BackgroundRole and (ligne, colonne) in self._trouvees:
            return QColor(self._theme.couleurs.preuve)
        return None

    def headerData(  # noqa: N802 Qt
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return letters and numbers, as a spreadsheet does."""
        if role == Qt.ItemDataRole.DisplayRole:
            return colonne_dite(section) if orientation == Qt.Orientation.Horizontal else str(section + 1)
        return None


class _Grille(QTableView):
    """The cells; Ctrl+C copies those that are selected."""

    selection_moved = Signal()
    copy_asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt
        """Copy more than the current cell, which is all that Qt would."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 Qt
        """Leave letters to the page, whose keys they are."""


class VueTableau(QWidget):
    """Shows the sheets of a file, one at a time."""

    selection_changed = Signal()
    feuille_changed = Signal(int)
    """Rank of the sheet in view, from 1."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._apercu = Apercu()
        self._index: Sequence[IndexFeuille] = ()
        self._nom = ""
        self.feuilles = QComboBox()
        self.feuilles.setAccessibleName("Feuille")
        self.mots_feuille = label("Feuille")
        self.mots_feuille.setBuddy(self.feuilles)
        self.ampleur = label("", "secondaire", wrap=True)
        self.modele = FeuilleModel(theme, self)
        self.grille = _Grille()
        self._make_grid()
        tete = row(self.mots_feuille, self.feuilles, self.ampleur)
        tete.setStretch(2, 1)
        tete.setContentsMargins(12, 4, 12, 4)
        fill(QVBoxLayout(self), tete, self.grille, espace=0)
        self.layout().setStretch(1, 1)  # type: ignore[union-attr]
        self.feuilles.currentIndexChanged.connect(self._show_sheet)
        self.grille.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit())
        self.grille.copy_asked.connect(self.copy)
        self.clear()

    # --- what pages call ----------------------------------------------------------------------------------

    @property
    def rang(self) -> int:
        """The rank of the sheet in view, from 1; 0 when there is none."""
        return self.feuilles.currentIndex() + 1

    def show_apercu(
        self, apercu: Apercu, nom: str, *, index: Sequence[IndexFeuille] | None = None, feuille: int = 1
    ) -> None:
        """Show the sheets of a file called *nom*, from one of them; *index* is what IndexFeuille made of them."""
        self._apercu, self._nom = apercu, nom
        self._index = [IndexFeuille(f) for f in apercu.feuilles] if index is None else index
        self.feuilles.blockSignals(True)
        self.feuilles.clear()
        self.feuilles.addItems([f.nom or "Tableau" for f in apercu.feuilles])
        self.feuilles.setCurrentIndex(min(max(1, feuille), len(apercu.feuilles)) - 1)
        self.feuilles.blockSignals(False)
        self.feuilles.setVisible(len(apercu.feuilles) > 1)
        self.mots_feuille.setVisible(len(apercu.feuilles) > 1)
        self._show_sheet()

    def clear(self) -> None:
        """Show nothing."""
        self.show_apercu(Apercu(), "")

    def show_sheet(self, rang: int) -> None:
        """Show a sheet, from 1."""
        self.feuilles.setCurrentIndex(min(max(1, rang), self.feuilles.count()) - 1)

    def search(self, texte: str) -> list[tuple[int, Cellule]]:
        """Return the sheets, from 1, and the cells that hold a text; those of the sheet in view get a ground."""
        trouvees = [
            (rang, cellule) for rang, index in enumerate(self._index, 1) for cellule in index.trouver(texte)
        ]
        self.modele.show_matches([cellule for rang, cellule in trouvees if rang == self.rang])
        return trouvees

    def show_cell(self, rang: int, cellule: Cellule) -> None:
        """Bring a cell of a sheet, from 1, into view and select it."""
        self.show_sheet(rang)
        index = self.modele.index(*cellule)
        self.grille.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.grille.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def selection_text(self) -> tuple[str, str]:
        """Return where the selected cells are, «Budget, B4:C7», and what they say; («», «») without any."""
        bornes = self._bounds()
        feuille = self.modele.feuille
        if bornes is None or feuille is None:
            return "", ""
        texte = self._cells(bornes, " | ", CITATION_MAX)
        if not texte.strip(" |\n"):
            return "", ""
        lieu = lieu_dit(*bornes)
        return (f"{feuille.nom}, {lieu}" if feuille.nom else lieu), texte

    def copy(self) -> None:
        """Copy the selected cells, a tab between two; what a spreadsheet would obey is made a text."""
        if (bornes := self._bounds()) is not None:
            QGuiApplication.clipboard().setText(self._cells(bornes, "\t", COPIE_MAX))

    # --- parts --------------------------------------------------------------------------------------------

    def _make_grid(self) -> None:
        grille = self.grille
        grille.setModel(self.modele)
        grille.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        grille.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        grille.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        grille.setTabKeyNavigation(False)
        grille.setWordWrap(False)
        grille.setCornerButtonEnabled(False)
        for entete in (grille.horizontalHeader(), grille.verticalHeader()):
            entete.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
            entete.setHighlightSections(True)
        grille.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        grille.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)

    # --- reactions ----------------------------------------------------------------------------------------

    def _show_sheet(self, *_rang: int) -> None:
        rang = self.rang
        feuille = self._apercu.feuilles[rang - 1] if rang else None
        self.modele.show(feuille)
        self.ampleur.setText(_ampleur(self._apercu, feuille))
        nom = f"Cellules de {self._nom}" + (
            f", feuille {feuille.nom}" if feuille is not None and feuille.nom else ""
        )
        self.grille.setAccessibleName(nom)
        self.grille.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 10)
        if feuille is not None:
            self._set_widths(feuille)
            self.grille.setCurrentIndex(self.modele.index(0, 0))
            self.feuille_changed.emit(rang)
        self.selection_changed.emit()

    def _set_widths(self, feuille: Feuille) -> None:
        """Give each column the room of its first rows: measuring all would be felt."""
        lettre, (moins, plus) = self.fontMetrics().averageCharWidth(), _LARGEURS
        for colonne in range(feuille.colonnes):
            textes = (feuille.texte(ligne, colonne) for ligne in range(min(_MESUREES, len(feuille.lignes))))
            longueur = max((len(texte.partition("\n")[0]) for texte in textes), default=0)
            self.grille.setColumnWidth(colonne, lettre * (min(max(longueur, moins), plus) + 3))

    def _bounds(self) -> tuple[int, int, int, int] | None:
        """Return the first and last rows and columns of the selection."""
        choix = self.grille.selectionModel().selection()
        plages = [choix.at(rang) for rang in range(choix.count())]
        if not plages:
            return None
        return (
            min(p.top() for p in plages),
            min(p.left() for p in plages),
            max(p.bottom() for p in plages),
            max(p.right() for p in plages),
        )

    def _cells(self, bornes: tuple[int, int, int, int], entre: str, limite: int) -> str:
        feuille = self.modele.feuille
        assert feuille is not None
        haut, gauche, bas, droite = bornes
        lignes: list[str] = []
        longueur = 0
        for ligne in range(haut, bas + 1):
            cellules = [self._cell(feuille, ligne, c, tel_quel=entre != "\t") for c in range(gauche, droite + 1)]
            lignes.append(entre.join(cellules))
            longueur += sum(map(len, cellules)) + 1
            if longueur > limite:
                break
        texte = "\n".join(lignes)
        return texte if len(texte) <= limite else f"{texte[: limite - 1]}…"

    def _cell(self, feuille: Feuille, ligne: int, colonne: int, *, tel_quel: bool) -> str:
        """Return the text of a cell; for another spreadsheet, numbers bare and formulas made harmless."""
        texte = feuille.texte(ligne, colonne)
        if tel_quel:
            return texte.replace("\n", " ")
        texte = texte.replace("\n", " ").replace("\t", " ")
        if feuille.est_nombre(ligne, colonne):
            return texte.replace(NNBSP, "").replace("−", "-")
        inoffensif = f"'{texte}" if formule_possible(texte) else texte
        if '"' not in inoffensif:
            return inoffensif
        return (
            '"' + inoffensif.replace('"', '""') + '"'
        )  # a spreadsheet would take a bare sign for the end of a cell


def _ampleur(apercu: Apercu, feuille: Feuille | None) -> str:
    """Return how large a sheet is, and what is left out of it."""
    if feuille is None:
        return ""
    if not feuille.lignes:
        return "Cette feuille est vide."
    montrees = pluriel(len(feuille.lignes), "ligne")
    if feuille.coupe:
        de = f" sur {nombre(feuille.hauteur)}" if feuille.hauteur > len(feuille.lignes) else ""
        colonnes = f" et {pluriel(feuille.colonnes, 'colonne')}" if feuille.largeur > feuille.colonnes else ""
        sur = f" sur {nombre(feuille.largeur)}" if colonnes else ""
        return f"Coupé{NBSP}: {montrees}{de}{colonnes}{sur} montrées, ouvrez la pièce pour le reste."
    reste = ", d’autres feuilles ne sont pas montrées" if apercu.coupe else ""
    return f"{montrees} × {pluriel(feuille.colonnes, 'colonne')}{reste}"
