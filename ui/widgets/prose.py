"""Text to read, made of paragraphs and never of markup: what comes from outside stays text."""

from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument

from o2r_desktop.text import printable
from ui.theme import Theme


class Prose:
    """Writes a document paragraph after paragraph, in the colours and the size of the theme."""

    def __init__(self, theme: Theme) -> None:
        self.document = QTextDocument()
        self._couleurs = theme.couleurs
        self._curseur = QTextCursor(self.document)
        self._vierge = True

    def title(self, texte: str) -> None:
        """Write the title."""
        self._write(texte, taille=1.25, gras=True, avant=0)

    def heading(self, texte: str) -> None:
        """Write the heading of a part."""
        self._write(texte, gras=True, avant=12)

    def line(self, texte: str, *, bold: bool = False, secondary: bool = False) -> None:
        """Write a paragraph."""
        self._write(texte, gras=bold, avant=4, couleur=self._couleurs.secondaire if secondary else None)

    def _write(
        self, texte: str, *, taille: float = 1.0, gras: bool = False, avant: int = 0, couleur: str | None = None
    ) -> None:
        bloc = QTextBlockFormat()
        bloc.setTopMargin(avant)
        bloc.setLineHeight(120, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        lettres = QTextCharFormat()
        lettres.setForeground(QColor(couleur or self._couleurs.texte))
        lettres.setFontWeight(QFont.Weight.Bold if gras else QFont.Weight.Normal)
        lettres.setFontPointSize(self.document.defaultFont().pointSizeF() * taille)
        if self._vierge:
            self._curseur.setBlockFormat(bloc)
            self._curseur.setBlockCharFormat(lettres)
            self._vierge = False
        else:
            self._curseur.insertBlock(bloc, lettres)
        self._curseur.insertText(printable(texte), lettres)
