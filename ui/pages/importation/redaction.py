"""Text laid out with a cursor: what comes from a dossier is inserted as it is, never read as HTML."""

from collections.abc import Iterable
from itertools import count
from typing import Self

from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument

from o2r_desktop.text import NBSP, printable

_AUTOUR = 40
_LONG = 400


class Redacteur:
    """Writes into a document: titles, sentences, items, values before and after. Sizes follow its font.

    Use it in a ``with``: the document is laid out once, at the end.
    """

    def __init__(self, document: QTextDocument, *, texte: str, secondaire: str) -> None:
        document.clear()
        document.setUndoRedoEnabled(False)
        self._curseur = QTextCursor(document)
        self._points = document.defaultFont().pointSizeF()
        self._texte, self._secondaire = texte, secondaire
        self._vide = True

    def __enter__(self) -> Self:
        """Begin."""
        self._curseur.beginEditBlock()
        return self

    def __exit__(self, *faute: object) -> None:
        """Have it laid out."""
        self._curseur.endEditBlock()

    def titre(self, texte: str) -> None:
        """Write the title."""
        self._bloc([(texte, self._format(1.4, gras=True))], haut=0, bas=4, niveau=1)

    def section(self, texte: str) -> None:
        """Write the title of a part."""
        self._bloc([(texte, self._format(1.1, gras=True))], haut=12, bas=2, niveau=2)

    def phrase(self, texte: str, *, secondaire: bool = False) -> None:
        """Write a paragraph."""
        taille = 0.88 if secondaire else 1.0
        self._bloc([(texte, self._format(taille, pale=secondaire))], bas=2)

    def remarque(self, texte: str, couleur: str) -> None:
        """Write a sentence in a colour; a sign at its beginning says the same."""
        forme = self._format()
        forme.setForeground(QColor(couleur))
        self._bloc([(texte, forme)], bas=2, retrait=1)

    def element(self, debut: str, suite: str = "", *, haut: int = 0, retrait: int = 1) -> None:
        """Write an item: its beginning in bold when something follows."""
        morceaux = [(debut, self._format(gras=bool(suite)))]
        if suite:
            morceaux.append((f"{NBSP}: {suite}", self._format()))
        self._bloc(morceaux, haut=haut, retrait=retrait)

    def ecart(self, libelle: str, avant: str, apres: str) -> None:
        """Write what a field was and is."""
        vieux, neuf = shorten(avant, apres)
        self._bloc(
            [
                (f"{printable(libelle)}{NBSP}: ", self._format(gras=True)),
                (vieux, self._format(pale=True)),
                (" → ", self._format()),
                (neuf, self._format()),
            ],
            retrait=2,
        )

    def _format(self, taille: float = 1.0, *, gras: bool = False, pale: bool = False) -> QTextCharFormat:
        forme = QTextCharFormat()
        forme.setFontPointSize(self._points * taille)
        forme.setFontWeight(QFont.Weight.DemiBold if gras else QFont.Weight.Normal)
        forme.setForeground(QColor(self._secondaire if pale else self._texte))
        return forme

    def _bloc(
        self,
        morceaux: Iterable[tuple[str, QTextCharFormat]],
        *,
        haut: int = 0,
        bas: int = 0,
        retrait: int = 0,
        niveau: int = 0,
    ) -> None:
        forme = QTextBlockFormat()
        forme.setTopMargin(haut)
        forme.setBottomMargin(bas)
        forme.setLeftMargin(retrait * 16)
        forme.setHeadingLevel(niveau)
        if self._vide:
            self._curseur.setBlockFormat(forme)
            self._vide = False
        else:
            self._curseur.insertBlock(forme)
        for texte, lettres in morceaux:
            self._curseur.insertText(printable(texte).replace("\n", "\u2028"), lettres)


def shorten(avant: str, apres: str) -> tuple[str, str]:
    """Return two texts from a little before they part, so that a long answer shows what changed."""
    fin = min(len(avant), len(apres))
    commun = next((i for i, a, b in zip(count(), avant, apres, strict=False) if a != b), fin)
    debut = max(0, commun - _AUTOUR) if max(len(avant), len(apres)) > 2 * _AUTOUR else 0
    return _extrait(avant, debut), _extrait(apres, debut)


def _extrait(texte: str, debut: int) -> str:
    if not texte.strip():
        return "(vide)"
    suite = "…" if len(texte) > debut + _LONG else ""
    return ("…" if debut else "") + printable(texte[debut : debut + _LONG]) + suite
