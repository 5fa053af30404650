"""What is found in the pieces of a dossier, as lines of a list: names of pieces, and their pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from o2r_desktop.evaluation.preuves import rang_dit
from o2r_desktop.text import NBSP, pluriel, printable
from ui.widgets.delegates import semibold
from ui.widgets.passages import PassageDelegate

if TYPE_CHECKING:
    from o2r_desktop.recherche import PassagePage, PassagePiece

_LIGNE = int(Qt.ItemDataRole.UserRole) + 1
_MARGE = 8

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Ligne:
    """The name of a piece, or one of its pages."""

    piece: "PassagePiece"
    page: "PassagePage | None" = None

    @property
    def dite(self) -> str:
        """Return all that the line says."""
        if self.page is None:
            return f"{printable(self.piece.nom)} — {etat_dit(self.piece)}"
        extrait = printable(self.page.extrait)
        lieu = page_dite(self.piece, self.page.page)
        return f"{lieu}{NBSP}: {extrait}" if lieu else extrait


def etat_dit(piece: "PassagePiece") -> str:
    """Return what the search says of a piece: how many pages answer, or why none can."""
    from o2r_desktop.recherche import EtatPiece

    if piece.pages:
        return pluriel(len(piece.pages), "passage") + (" au moins" if piece.coupe else "")
    if piece.etat is EtatPiece.ATTENTE:
        return "pas encore dans l’index"
    if piece.etat is EtatPiece.ILLISIBLE:
        return "illisible : protégée ou abîmée"
    return "document scanné ou image : sans texte"


def page_dite(piece: "PassagePiece", page: int) -> str:
    """Return «p. 4», «feuille 2», «diapositive 3», «» for a text without pages."""
    return f"p.{NBSP}{page}" if piece.paginee else rang_dit(piece.nom, page)


def bilan_dit(pieces: "Sequence[PassagePiece]") -> str:
    """Return «5 passages dans 2 pièces», and what could not be searched."""
    from o2r_desktop.recherche import EtatPiece

    trouvees = [piece for piece in pieces if piece.pages]
    combien = sum(len(piece.pages) for piece in trouvees)
    dits = [f"{pluriel(combien, 'passage')} dans {pluriel(len(trouvees), 'pièce')}" if combien else "Aucun passage"]
    attente = sum(piece.etat is EtatPiece.ATTENTE for piece in pieces)
    muettes = sum(piece.etat is EtatPiece.SANS_TEXTE for piece in pieces)
    illisibles = sum(piece.etat is EtatPiece.ILLISIBLE and not piece.pages for piece in pieces)
    if attente:
        dits.append(f"index en cours…, {pluriel(attente, 'pièce')} en attente")
    if muettes:
        dits.append(f"{pluriel(muettes, 'pièce')} sans texte")
    if illisibles:
        dits.append(pluriel(illisibles, "pièce illisible", "pièces illisibles"))
    return " · ".join(dits)


class PassagesModel(QAbstractListModel):
    """Pages by piece; each piece begins with its name, which cannot be chosen."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lignes: list[Ligne] = []

    def show(self, pieces: "Sequence[PassagePiece]") -> None:
        """Show these pieces."""
        self.beginResetModel()
        self._lignes = []
        for piece in pieces:
            self._lignes += [Ligne(piece), *(Ligne(piece, page) for page in piece.pages)]
        self.endResetModel()

    def ligne(self, index: Index) -> Ligne | None:
        """Return a line, None outside."""
        return self._lignes[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 Qt
        """Return how many lines there are, names included."""
        return 0 if parent.isValid() else len(self._lignes)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Have arrow keys pass over names."""
        ligne = self.ligne(index)
        if ligne is None or ligne.page is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a line says, in full for who cannot see it."""
        ligne = self.ligne(index)
        if ligne is None:
            return None
        if role == _LIGNE:
            return ligne
        if role == Qt.ItemDataRole.DisplayRole:
            return ligne.dite
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ligne.dite if ligne.page is None else f"{printable(ligne.piece.nom)}, {ligne.dite}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<p>{escape(ligne.dite)}</p>"
        return None


class PagesDelegate(PassageDelegate):
    """Paints the page at the left, the extract at its right; names of pieces in bold, their counts beside."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a line."""
        ligne: Ligne = index.data(_LIGNE)
        zone: QRect = option.rect.adjusted(_MARGE, 0, -_MARGE, 0)
        mesure, c = QFontMetrics(option.font), self._theme.couleurs
        painter.save()
        if ligne.page is None:
            gras = semibold(option.font)
            etat = etat_dit(ligne.piece)
            droite = min(zone.width() // 2, mesure.horizontalAdvance(etat) + _MARGE)
            nom = zone.adjusted(0, 0, -droite, 0)
            court = QFontMetrics(gras).elidedText(
                printable(ligne.piece.nom), Qt.TextElideMode.ElideMiddle, nom.width()
            )
            self._paint_words(painter, nom, gras, court, c.texte)
            nom.setLeft(nom.left() + QFontMetrics(gras).horizontalAdvance(court) + 2 * _MARGE)
            nom.setRight(zone.right())
            self._paint_words(painter, nom, option.font, etat, c.secondaire)
        else:
            self._paint_ground(painter, option)
            lieu = page_dite(ligne.piece, ligne.page.page)
            large = mesure.horizontalAdvance("diapositive 000" if "d" in lieu else "feuille 00") if lieu else 0
            zone = zone.adjusted(_MARGE, 0, 0, 0)
            gauche = QRect(zone.left(), zone.top(), large, zone.height())
            self._paint_words(painter, gauche, option.font, lieu, c.secondaire)
            self._paint_extract(painter, zone.adjusted(large + _MARGE, 0, 0, 0), option.font, ligne.page.fragments)
        painter.restore()
