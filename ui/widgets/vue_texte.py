"""The view of a text to read: a comfortable line, stretches shown, a search that ignores accents."""

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from o2r_desktop.text import normalise, printable
from ui.theme import Theme

MESURE = 88
"""Characters in a line, at most: longer lines are hard to read."""
ETROIT = 64
"""Characters in a line under which there is one column only, and tables become lists."""
_ECLAIR_MS = 1600
_SURLIGNES_MAX = 200


class Etendue(NamedTuple):
    """A stretch of a document, in its own positions."""

    debut: int
    fin: int


class IndexTexte:
    """A text made ready to be searched: accents, case and the kind of blank do not count."""

    def __init__(self, texte: str) -> None:
        table = {c: _simple(c) for c in set(texte)}
        simples = [table[c] for c in texte]
        largeurs = (2 if c > "\uffff" else 1 for c in texte)  # Qt counts in UTF-16
        debuts = list(accumulate(largeurs, initial=0))
        self._texte = "".join(simples)
        if all(len(simple) == 1 for simple in table.values()):
            self._places = debuts
        else:
            self._places = [d for d, simple in zip(debuts, simples, strict=False) for _ in simple]
            self._places.append(debuts[-1])

    def trouver(self, cherche: str) -> list[Etendue]:
        """Return where *cherche* occurs, in positions of Qt, without overlaps."""
        mots = normalise(printable(cherche))
        trouves: list[Etendue] = []
        place = self._texte.find(mots) if mots else -1
        while place >= 0:
            fin = place + len(mots)
            # a letter that reads as two, as «œ», is taken whole even when what is found ends in its middle
            suite = next(p for p in self._places[fin:] if p > self._places[fin - 1])
            trouves.append(Etendue(self._places[place], suite))
            place = self._texte.find(mots, fin)
        return trouves


def _simple(c: str) -> str:
    if c in "\n\u2029\ufdd0\ufdd1":
        return "\n"
    return " " if c.isspace() else normalise(c)


class VueTexte(QTextBrowser):
    """Shows a document: selectable, reached by keyboard, never wider than a comfortable line."""

    largeur_changed = Signal()
    """There is now room for two columns, or no more."""

    def __init__(self, theme: Theme, nom: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._montre: QTextDocument | None = None
        self._trouves: Sequence[Etendue] = ()
        self._courant = -1
        self._eclair: Etendue | None = None
        self._large = True
        self._mesure_en_cours = False
        self._en_pose = False
        self._minuteur = QTimer(self)
        self._minuteur.setSingleShot(True)
        self._minuteur.setInterval(_ECLAIR_MS)
        self._minuteur.timeout.connect(self._eteindre)
        self.setAccessibleName(nom)
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)
        self.setProperty("role", "lecture")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )

    @property
    def large(self) -> bool:
        """Whether there is room for two columns."""
        return self.viewport().width() >= ETROIT * self.fontMetrics().averageCharWidth()

    def show_document(self, document: QTextDocument) -> None:
        """Show another document, from its beginning."""
        ancien, self._montre = self._montre, document
        document.setParent(self)
        self._trouves, self._courant, self._eclair = (), -1, None
        self._en_pose = True  # margins resize the view: whoever hears of it may show yet another document
        self._mesurer()
        self.setDocument(document)
        if ancien is not None:
            ancien.deleteLater()
        self._surligner()
        self._en_pose = False
        self._dire_largeur()

    def show_matches(self, trouves: Sequence[Etendue], courant: int) -> None:
        """Put a ground under what was found, a stronger one under the current one, and go there."""
        self._trouves, self._courant = trouves, courant
        self._surligner()
        if 0 <= courant < len(trouves):
            self._aller(trouves[courant], part=0.4)

    def flash(self, etendue: Etendue) -> None:
        """Go to a stretch, with the caret; for a moment it has a ground, and an edge for who sees no colour."""
        self._eclair = etendue
        curseur = QTextCursor(self.document())
        curseur.setPosition(etendue.debut)
        self.setTextCursor(curseur)
        self._surligner()
        self._aller(etendue, part=0.1)
        self._minuteur.start()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 Qt
        """Keep the line comfortable."""
        super().resizeEvent(event)
        if not self._mesure_en_cours:  # else the margins changed, and who changed them goes on
            self._mesurer()
            self._dire_largeur()

    def paintEvent(self, e: QPaintEvent) -> None:  # noqa: N802 Qt
        """Paint the edge of the stretch that flashes over the text."""
        super().paintEvent(e)
        if self._eclair is None:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.couleurs.preuve_bord), 2))
        painter.drawRoundedRect(self._cadre(self._eclair), 4, 4)
        painter.end()

    def _cadre(self, etendue: Etendue) -> QRectF:
        """Return what surrounds the blocks of a stretch, in the viewport."""
        document = self.document()
        cadre = QRectF()
        bloc = document.findBlock(etendue.debut)
        while bloc.isValid() and bloc.position() <= etendue.fin:
            cadre |= document.documentLayout().blockBoundingRect(bloc)
            bloc = bloc.next()
        decalage = QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        return (
            cadre.translated(-decalage)
            .adjusted(-4, -2, 4, 2)
            .intersected(QRectF(self.viewport().rect()).adjusted(1, -9, -1, 9))
        )

    def _mesurer(self) -> None:
        """Keep a comfortable line, in the middle of the view when that one is wider."""
        mesure = round((MESURE + 4) * self.fontMetrics().averageCharWidth())
        bords = self.viewportMargins()
        place = self.viewport().width() + bords.left() + bords.right()
        bord = max(0, (place - mesure) // 2)
        if bord != bords.left():
            self._mesure_en_cours = True
            self.setViewportMargins(bord, 0, bord, 0)
            self._mesure_en_cours = False
        largeur = min(self.viewport().width(), mesure)
        if self.lineWrapColumnOrWidth() != largeur:
            self.setLineWrapColumnOrWidth(largeur)

    def _dire_largeur(self) -> None:
        if not self._en_pose and self._large != self.large:
            self._large = self.large
            self.largeur_changed.emit()

    def _aller(self, etendue: Etendue, *, part: float) -> None:
        curseur = QTextCursor(self.document())
        curseur.setPosition(etendue.debut)
        barre = self.verticalScrollBar()
        self.document().documentLayout().blockBoundingRect(curseur.block())
        haut = self.cursorRect(curseur).top()
        barre.setValue(round(barre.value() + haut - self.viewport().height() * part))

    def _eteindre(self) -> None:
        self._eclair = None
        self._surligner()

    def _surligner(self) -> None:
        c = self._theme.couleurs
        premier = max(0, self._courant - _SURLIGNES_MAX // 2)
        choisis = [self._selection(e, c.preuve) for e in self._trouves[premier : premier + _SURLIGNES_MAX]]
        if 0 <= self._courant < len(self._trouves):
            choisis.append(self._selection(self._trouves[self._courant], c.bouton, c.bouton_texte))
        if self._eclair is not None:
            choisis.insert(0, self._selection(self._eclair, c.preuve))
        self.setExtraSelections(choisis)

    def _selection(self, etendue: Etendue, fond: str, texte: str = "") -> QTextEdit.ExtraSelection:
        choix = QTextEdit.ExtraSelection()
        choix.format.setBackground(QColor(fond))
        if texte:
            choix.format.setForeground(QColor(texte))
        curseur = QTextCursor(self.document())
        curseur.setPosition(etendue.debut)
        curseur.setPosition(etendue.fin, QTextCursor.MoveMode.KeepAnchor)
        choix.cursor = curseur
        return choix
