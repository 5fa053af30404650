"""Every field of the export as it came: label, attribute when it is bound, value, what is odd about it."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from o2r_desktop.dossiers.affichage import valeur_dite
from o2r_desktop.dossiers.budget import EtatChiffre
from o2r_desktop.dossiers.champs import Champ, Valeur
from o2r_desktop.text import normalise, printable

COLONNES = ("Libellé dans l’export", "Valeur", "Attribut", "Remarque")
_VALEUR = 1
_AFFICHES = 300
_BULLE, _BULLE_DES = 2000, 16

Index = QModelIndex | QPersistentModelIndex


class ChampsModel(QAbstractTableModel):
    """The fields of a dossier, those whose words hold what is searched."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lignes: list[tuple[str, str, str, str]] = []
        self._simples: list[str] = []
        self._rangs: list[int] = []
        self._cherche = ""

    @property
    def total(self) -> int:
        """How many fields there are, searched or not."""
        return len(self._lignes)

    def set_champs(self, champs: Sequence[Champ]) -> None:
        """Show the fields of another dossier."""
        self.beginResetModel()
        self._lignes = [_ligne(champ) for champ in champs]
        self._simples = [normalise(" ".join(ligne)) for ligne in self._lignes]
        self._filtrer()
        self.endResetModel()

    def search(self, texte: str) -> None:
        """Keep the fields that hold every word of *texte*."""
        self.beginResetModel()
        self._cherche = texte
        self._filtrer()
        self.endResetModel()

    def _filtrer(self) -> None:
        mots = normalise(self._cherche).split()
        self._rangs = [r for r, simple in enumerate(self._simples) if all(m in simple for m in mots)]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 Qt
        """Return how many fields are shown."""
        return 0 if parent.isValid() else len(self._rangs)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 Qt
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(COLONNES)

    def headerData(  # noqa: N802 Qt
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """Return the name of a column."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return COLONNES[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Return a cell: on one line to be shown, whole to be copied."""
        if not index.isValid():
            return None
        texte = self._lignes[self._rangs[index.row()]][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return texte[:_AFFICHES].replace("\n", " ⏎ ")
        if role == Qt.ItemDataRole.UserRole:
            return texte
        if role == Qt.ItemDataRole.ToolTipRole and len(texte) > _BULLE_DES:
            # A tool tip that looks like markup would be read as such.
            return f"<qt>{_echappe(texte[:_BULLE])}</qt>"
        return None


class TableBrute(QTableView):
    """The table of raw fields; Ctrl+C copies the cell, whole."""

    def __init__(self) -> None:
        super().__init__()
        self.modele = ChampsModel(self)
        self.setModel(self.modele)
        self.setAccessibleName("Données brutes du formulaire")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setProperty("role", "brute")
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setSectionResizeMode(_VALEUR, QHeaderView.ResizeMode.Stretch)
        self.dress()

    def dress(self) -> None:
        """Fit rows and columns to the size of the text."""
        self.verticalHeader().setDefaultSectionSize(round(self.fontMetrics().height() * 1.7))
        self._share()

    def _share(self) -> None:
        lettre, largeur = self.fontMetrics().averageCharWidth(), self.viewport().width()
        for colonne, lettres, part in ((0, 38, 0.34), (2, 22, 0.2), (3, 20, 0.16)):
            self.setColumnWidth(colonne, round(min(lettres * lettre, part * largeur)))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 Qt
        """Leave room to the values."""
        super().resizeEvent(event)
        self._share()

    @property
    def libelle(self) -> str:
        """The label of the field whose cell is current, «» when none is."""
        ici = self.currentIndex()
        return ici.siblingAtColumn(0).data(Qt.ItemDataRole.UserRole) if ici.isValid() else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt
        """Copy the cell, as everywhere."""
        if event.matches(QKeySequence.StandardKey.Copy) and self.currentIndex().isValid():
            QGuiApplication.clipboard().setText(self.currentIndex().data(Qt.ItemDataRole.UserRole))
            return
        super().keyPressEvent(event)


def _ligne(champ: Champ) -> tuple[str, str, str, str]:
    rang = f" ({champ.rang})" if champ.rang > 1 else ""
    doute = EtatChiffre.ZERO_OU_VIDE.value if champ.zero_ou_vide else ""
    return (
        printable(champ.libelle + rang),
        printable(_brute(champ.valeur, champ)),
        champ.attribut or "",
        printable(champ.anomalie) or doute,
    )


def _brute(valeur: Valeur, champ: Champ) -> str:
    if isinstance(valeur, bool):
        return valeur_dite(valeur, champ.type)
    if isinstance(valeur, date):
        return valeur.isoformat()
    if isinstance(valeur, Decimal):
        return f"{valeur:f}"
    return ", ".join(valeur) if isinstance(valeur, tuple) else str(valeur)


def _echappe(texte: str) -> str:
    sans = texte.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return sans.replace("\n", "<br>")
