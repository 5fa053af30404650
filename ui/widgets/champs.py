"""Text to read: questions, answers and tables written into a document without markup."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableCellFormat,
    QTextTableFormat,
)

from o2r_desktop.text import NBSP, printable
from ui.theme import Theme
from ui.widgets.vue_texte import Etendue


class Style(StrEnum):
    """How a few words are written."""

    TEXTE = "texte"
    FORT = "fort"
    SECONDAIRE = "secondaire"
    ALERTE = "alerte"
    AIDE = "aide"
    """A small «?» that can be clicked; its words are the address of the link."""
    LIEN = "lien"
    """Words that can be clicked; their passage has the address."""


class Passage(NamedTuple):
    """Words and how they are written; they may be any text, markup included."""

    texte: str
    style: Style = Style.TEXTE
    adresse: str = ""


class Reponse(NamedTuple):
    """A question and its answer, with the key under which it can be found again."""

    libelle: str
    passages: Sequence[Passage]
    cle: str = ""


class Redaction:
    """Writes a document from its beginning. Text goes in by insertion: nothing in it can be markup."""

    def __init__(self, theme: Theme, police: QFont, *, large: bool = True) -> None:
        self.document = QTextDocument()
        self.document.setUndoRedoEnabled(False)
        self.document.setDefaultFont(police)
        self.titres: dict[str, Etendue] = {}
        self.cles: dict[str, Etendue] = {}
        self._large = large
        self._em = QFontMetricsF(police).height()
        self.document.setDocumentMargin(self._em * 0.8)
        self._formats = _formats(theme, police)
        self._libelle = _format(theme.couleurs.secondaire, police.pointSizeF() * 0.88)
        self._ligne = QColor(theme.couleurs.ligne)
        self._case = QTextTableCellFormat()
        self._case.setTopPadding(self._em * 0.5)
        self._case.setRightPadding(self._em * 0.8)
        self._cursor = QTextCursor(self.document)
        self._cursor.beginEditBlock()
        self._neuf = True

    def finish(self) -> QTextDocument:
        """Return the document, whole."""
        self._cursor.endEditBlock()
        return self.document

    def titre(self, texte: str) -> None:
        """Write a heading."""
        debut = self._bloc(haut=0.4 if not self.titres else 1.6, niveau=2)
        self._cursor.insertText(printable(texte), self._formats["titre"])
        self.titres[texte] = Etendue(debut, self._cursor.position())

    def phrase(self, *passages: Passage) -> None:
        """Write a sentence."""
        self._bloc(haut=0.5)
        self._ecrire(passages)

    def reponse(self, reponse: Reponse) -> None:
        """Write a question, small, and its answer below, in full."""
        debut = self._bloc(haut=0.8)
        self._question(reponse, debut)

    def reponses(self, courtes: Sequence[Reponse]) -> None:
        """Write short answers two by two, one under the other where there is no room."""
        if not self._large or len(courtes) < 2:
            for reponse in courtes:
                self.reponse(reponse)
            return
        table = self._table((len(courtes) + 1) // 2, 2, (50, 50))
        for rang, reponse in enumerate(courtes):
            cellule = table.cellAt(rang // 2, rang % 2)
            cellule.setFormat(self._case)
            self._cursor = cellule.firstCursorPosition()
            self._question(reponse, self._cursor.position())
        self._apres_table()

    def tableau(
        self,
        entetes: Sequence[str],
        lignes: Sequence[tuple[str, Sequence[Sequence[Passage]]]],
        *,
        largeurs: Sequence[int],
        chiffres: Sequence[int],
    ) -> None:
        """Write a table, or a list where there is no room; each line is a key and its cells.

        *largeurs* are percents; *chiffres* are the columns of figures, aligned right.
        """
        if not self._large:
            for cle, cellules in lignes:
                self._en_liste(cle, entetes, cellules)
            return
        table = self._table(len(lignes) + 1, len(entetes), largeurs, trait=True)
        for colonne, mot in enumerate(entetes):
            self._cellule(table, 0, colonne, [Passage(mot, Style.SECONDAIRE)], a_droite=colonne in chiffres)
        for rang, (cle, cellules) in enumerate(lignes, 1):
            debut = table.cellAt(rang, 0).firstPosition()
            for colonne, passages in enumerate(cellules):
                self._cellule(table, rang, colonne, passages, a_droite=colonne in chiffres)
            self._retenir(cle, debut)
        self._apres_table()

    # --- parts ------------------------------------------------------------------------------------------

    def _en_liste(self, cle: str, entetes: Sequence[str], cellules: Sequence[Sequence[Passage]]) -> None:
        debut = self._bloc(haut=0.8)
        self._ecrire([p._replace(style=Style.FORT) if p.style is Style.TEXTE else p for p in cellules[0]])
        for entete, passages in zip(entetes[1:], cellules[1:], strict=True):
            self._bloc(haut=0.1)
            self._ecrire([Passage(f"{entete}{NBSP}: ", Style.SECONDAIRE), *passages])
        self._retenir(cle, debut)

    def _question(self, reponse: Reponse, debut: int) -> None:
        self._cursor.insertText(printable(reponse.libelle), self._libelle)
        self._cursor.insertBlock(self._marges(0.1))
        self._ecrire(reponse.passages)
        self._retenir(reponse.cle, debut)

    def _retenir(self, cle: str, debut: int) -> None:
        if cle:
            for une in cle.split():
                self.cles[une] = Etendue(debut, self._cursor.position())

    def _ecrire(self, passages: Sequence[Passage]) -> None:
        for texte, style, adresse in passages:
            forme = self._formats[style]
            if style is Style.LIEN:
                forme = QTextCharFormat(forme)
                forme.setAnchorHref(adresse)
                self._cursor.insertText(printable(texte), forme)
            elif style is Style.AIDE:
                forme = QTextCharFormat(forme)
                forme.setAnchorHref(texte)
                self._cursor.insertText(f"{NBSP}?{NBSP}", forme)
            elif style is Style.ALERTE:
                self._cursor.insertText(f"{NBSP}{printable(texte)}{NBSP}", forme)
            else:
                self._cursor.insertText(printable(texte), forme)

    def _bloc(self, *, haut: float, niveau: int = 0) -> int:
        forme = self._marges(haut)
        if niveau:
            forme.setHeadingLevel(niveau)
        if self._neuf:
            self._cursor.setBlockFormat(forme)
            self._neuf = False
        else:
            self._cursor.insertBlock(forme)
        return self._cursor.position()

    def _marges(self, haut: float) -> QTextBlockFormat:
        forme = QTextBlockFormat()
        forme.setTopMargin(self._em * haut)
        return forme

    def _table(self, lignes: int, colonnes: int, largeurs: Sequence[int], *, trait: bool = False) -> QTextTable:
        forme = QTextTableFormat()
        forme.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
        forme.setBorder(0)
        forme.setCellSpacing(0)
        forme.setCellPadding(self._em * 0.25 if trait else 0)
        forme.setBorderCollapse(trait)
        forme.setTopMargin(self._em * (0.4 if trait else 0.1))
        forme.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        forme.setColumnWidthConstraints([QTextLength(QTextLength.Type.PercentageLength, n) for n in largeurs])
        forme.setHeaderRowCount(1 if trait else 0)
        if self._neuf:
            self._cursor.setBlockFormat(self._filet())
        return self._cursor.insertTable(lignes, colonnes, forme)

    def _apres_table(self) -> None:
        """Go on after a table: Qt keeps a block there, made thin."""
        self._cursor = QTextCursor(self.document)
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self._cursor.setBlockFormat(self._filet())

    def _filet(self) -> QTextBlockFormat:
        forme = QTextBlockFormat()
        forme.setLineHeight(self._em * 0.3, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        return forme

    def _cellule(
        self, table: QTextTable, rang: int, colonne: int, passages: Sequence[Passage], *, a_droite: bool
    ) -> None:
        cellule = table.cellAt(rang, colonne)
        bord = QTextTableCellFormat()
        bord.setBottomBorder(1)
        bord.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        bord.setBottomBorderBrush(self._ligne)
        cellule.setFormat(bord)
        self._cursor = cellule.firstCursorPosition()
        if a_droite:
            forme = QTextBlockFormat()
            forme.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
            self._cursor.setBlockFormat(forme)
        self._ecrire(passages)


def _format(couleur: str, points: float, *, graisse: QFont.Weight | None = None, fond: str = "") -> QTextCharFormat:
    forme = QTextCharFormat()
    forme.setForeground(QColor(couleur))
    forme.setFontPointSize(points)
    if graisse is not None:
        forme.setFontWeight(graisse)
    if fond:
        forme.setBackground(QColor(fond))
    return forme


def _formats(theme: Theme, police: QFont) -> dict[str, QTextCharFormat]:
    c, points = theme.couleurs, police.pointSizeF()
    demi, petit = QFont.Weight.DemiBold, points * 0.88
    aide = _format(c.action, petit, graisse=demi, fond=c.action_fond)
    lien = _format(c.action, points)
    lien.setFontUnderline(True)
    for forme in (aide, lien):
        forme.setAnchor(True)
    return {
        "titre": _format(c.texte, points * 1.1, graisse=demi),
        Style.TEXTE: _format(c.texte, points),
        Style.FORT: _format(c.texte, points, graisse=demi),
        Style.SECONDAIRE: _format(c.secondaire, petit),
        Style.ALERTE: _format(c.alerte, petit, graisse=demi, fond=c.alerte_fond),
        Style.AIDE: aide,
        Style.LIEN: lien,
    }
