"""A phrase in a list: its words on two lines, what it is for and how often it served."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from o2r_desktop.evaluation.phrases import Origine, Phrase, remplir
from o2r_desktop.text import NBSP, pluriel
from ui.theme import Theme
from ui.widgets.base import bulle

PHRASE = Qt.ItemDataRole.UserRole
DETAIL = Qt.ItemDataRole.UserRole + 1
_LIGNES = 2
_MARGE = 8
_ECART = 2
_Index = QModelIndex | QPersistentModelIndex
_NIVEAUX = {
    "": "toutes les réponses", "oui": "oui", "non": "non", "manquante": "information manquante",
    "sans_objet": "sans objet",
}  # fmt: skip


def niveau_dit(niveau: str) -> str:
    """Return the answer that a phrase is for, in words: «niveau 2», «information manquante»."""
    return _NIVEAUX.get(niveau, f"niveau{NBSP}{niveau}")


def portee_dite(phrase: Phrase) -> str:
    """Return what a phrase is for: «FIN-02 · niveau 2»."""
    return f"{phrase.critere or 'Tous les critères'} · {niveau_dit(phrase.niveau)}"


def usages_dits(phrase: Phrase) -> str:
    """Return how often a phrase served, in words."""
    return f"employée {pluriel(phrase.usages, 'fois', 'fois')}" if phrase.usages else "jamais employée"


class PhraseDelegate(QStyledItemDelegate):
    """Paints a phrase; a line without a phrase is an act, written on one line."""

    def __init__(self, theme: Theme, parent: QListWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802 Qt
        """Return the room of the words, on two lines at most, and of the detail under them."""
        largeur = _largeur(self.parent())
        mesures = QFontMetrics(option.font)
        if not index.data(DETAIL):
            return QSize(largeur, mesures.lineSpacing() + 2 * _MARGE)
        lignes = len(_lignes(str(index.data()), option.font, largeur - 2 * _MARGE))
        detail = QFontMetrics(_petite(option.font)).lineSpacing()
        return QSize(largeur, lignes * mesures.lineSpacing() + _ECART + detail + 2 * _MARGE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint the ground, the words, then the detail."""
        painter.save()
        couleurs = self._theme.couleurs
        rect = option.rect
        choisi = bool(option.state & QStyle.StateFlag.State_Selected)
        if choisi:
            painter.fillRect(rect, QColor(couleurs.action_fond))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(couleurs.action))
        cadre = rect.adjusted(_MARGE, _MARGE, -_MARGE, -_MARGE)
        detail = str(index.data(DETAIL) or "")
        painter.setFont(option.font)
        painter.setPen(QColor(couleurs.texte if detail else couleurs.action))
        bas = cadre.top()
        mesures = painter.fontMetrics()
        for mots in _lignes(str(index.data()), painter.font(), cadre.width()):
            painter.drawText(QPointF(cadre.left(), bas + mesures.ascent()), mots)
            bas += mesures.lineSpacing()
        if detail:
            painter.setFont(_petite(painter.font()))
            painter.setPen(QColor(couleurs.texte if choisi else couleurs.secondaire))
            petites = painter.fontMetrics()
            dit = petites.elidedText(detail, Qt.TextElideMode.ElideRight, cadre.width())
            painter.drawText(QPointF(cadre.left(), bas + _ECART + petites.ascent()), dit)
        painter.restore()


def fill_phrases(liste: QListWidget, phrases: Iterable[Phrase], variables: Mapping[str, str] | None = None) -> None:
    """Put phrases at the end of a list, filled in when there is a dossier to fill them with."""
    for phrase in phrases:
        texte = phrase.texte if variables is None else remplir(phrase, variables)
        origine = "" if phrase.origine is Origine.FOURNIE else f" · {phrase.origine.libelle}"
        element = QListWidgetItem(texte.replace("\n", " "), liste)
        element.setData(PHRASE, phrase)
        element.setData(DETAIL, f"{portee_dite(phrase)} · {usages_dits(phrase)}{origine}")
        element.setData(Qt.ItemDataRole.AccessibleTextRole, f"{texte} {element.data(DETAIL)}")
        element.setToolTip(bulle(texte))


def phrase_of(element: QListWidgetItem | None) -> Phrase | None:
    """Return the phrase of a line, None for an act or for no line."""
    phrase = element.data(PHRASE) if element is not None else None
    return phrase if isinstance(phrase, Phrase) else None


def _largeur(liste: object) -> int:
    return liste.viewport().width() if isinstance(liste, QListWidget) else 0


def _petite(police: QFont) -> QFont:
    petite = QFont(police)
    petite.setPointSizeF(police.pointSizeF() * 0.88)
    return petite


def _lignes(texte: str, police: QFont, largeur: int) -> list[str]:
    """Return the words on two lines at most, the last one with «…» when there are more."""
    mise = QTextLayout(texte, police)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    mise.setTextOption(option)
    lignes: list[str] = []
    brut = texte.encode("utf-16-le")
    mise.beginLayout()
    while (ligne := mise.createLine()).isValid():
        ligne.setLineWidth(max(1, largeur))
        debut = ligne.textStart()
        if len(lignes) == _LIGNES - 1:
            reste = brut[2 * debut :].decode("utf-16-le")
            lignes.append(QFontMetrics(police).elidedText(reste, Qt.TextElideMode.ElideRight, max(1, largeur)))
            break
        lignes.append(brut[2 * debut : 2 * (debut + ligne.textLength())].decode("utf-16-le").rstrip())
    mise.endLayout()
    return lignes or [""]
