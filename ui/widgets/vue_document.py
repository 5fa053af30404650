"""The text taken out of an office document: to read, to find, to quote; the layout stays in the file."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from o2r_desktop.imports.apercus import Apercu
from o2r_desktop.text import NBSP, NNBSP
from ui.theme import Theme, Ton
from ui.widgets.base import Banner, fill
from ui.widgets.vue_texte import Etendue, IndexTexte

CITATION_MAX = 2_000
"""Characters of the text that is quoted."""
EXTRAIT = f"Texte extrait, sans mise en page{NBSP}: ouvrez la pièce pour la voir telle quelle."
_COUPE = " Seul le début est montré."
_VIDE = f"Ce document ne contient pas de texte{NNBSP}; il peut contenir des images{NBSP}: ouvrez la pièce."
_SURLIGNES_MAX = 200


class VueDocument(QWidget):
    """Shows a text, and says that it is only a text."""

    selection_changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._index = IndexTexte("")
        self._debuts: list[tuple[int, int]] = []
        """Where each page begins in the text, and its number."""
        self.avis = Banner("", Ton.NEUTRE)
        self.texte = QPlainTextEdit()
        lisible = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        self.texte.setReadOnly(True)
        self.texte.setTextInteractionFlags(lisible)
        self.texte.setTabChangesFocus(True)
        self.texte.setProperty("role", "lecture")
        fill(QVBoxLayout(self), self.avis, self.texte, espace=0)
        self.layout().setStretch(1, 1)  # type: ignore[union-attr]
        self.texte.selectionChanged.connect(self.selection_changed)

    # --- what pages call ----------------------------------------------------------------------------------

    @property
    def page(self) -> int:
        """The page, or the slide, where the caret is; 1 in a letter."""
        place = self.texte.textCursor().selectionStart()
        return max((page for debut, page in self._debuts if debut <= place), default=1)

    def show_apercu(self, apercu: Apercu, nom: str, *, index: IndexTexte | None = None, page: int = 1) -> None:
        """Show the text of a document called *nom*; *index* is what IndexTexte made of it."""
        texte = apercu.texte
        self._index = IndexTexte(texte) if index is None else index
        self._debuts, place = [], 0
        for numero, contenu in apercu.pages:
            self._debuts.append((place, numero))
            place += _utf16(contenu) + 2
        self.texte.setAccessibleName(f"Texte de {nom}")
        self.texte.setPlainText(texte)
        self.avis.dire((EXTRAIT + (_COUPE if apercu.coupe else "")) if texte.strip() else _VIDE, Ton.NEUTRE)
        if page > 1:
            self.go_to(page)

    def clear(self) -> None:
        """Show nothing."""
        self.show_apercu(Apercu(), "")

    def go_to(self, page: int) -> None:
        """Bring a page, or a slide, into view."""
        debut = self.start_of(page)
        self._aller(Etendue(debut, debut))

    def start_of(self, page: int) -> int:
        """Return where a page, or a slide, begins in the text."""
        return next((debut for debut, numero in self._debuts if numero == page), 0)

    def search(self, texte: str) -> list[Etendue]:
        """Return where a text stands: accents and case do not count."""
        return self._index.trouver(texte)

    def show_matches(self, trouves: Sequence[Etendue], courant: int) -> None:
        """Put a ground under what was found, a stronger one under the current one, and go there."""
        c = self._theme.couleurs
        premier = max(0, courant - _SURLIGNES_MAX // 2)
        choisis = [self._fond(e, c.preuve) for e in trouves[premier : premier + _SURLIGNES_MAX]]
        if 0 <= courant < len(trouves):
            choisis.append(self._fond(trouves[courant], c.bouton, c.bouton_texte))
            self._aller(trouves[courant])
        self.texte.setExtraSelections(choisis)

    def selection_text(self) -> tuple[str, str]:
        """Return where the selected text is, «Diapositive 3» or «», and the text."""
        texte = self.texte.textCursor().selectedText().replace("\u2029", "\n").strip()[:CITATION_MAX]
        return (f"Diapositive {self.page}" if len(self._debuts) > 1 and texte else ""), texte

    # --- parts --------------------------------------------------------------------------------------------

    def _aller(self, etendue: Etendue) -> None:
        curseur = QTextCursor(self.texte.document())
        curseur.setPosition(etendue.debut)
        self.texte.setTextCursor(curseur)
        self.texte.centerCursor()

    def _fond(self, etendue: Etendue, fond: str, texte: str = "") -> QTextEdit.ExtraSelection:
        choix = QTextEdit.ExtraSelection()
        choix.format.setBackground(QColor(fond))
        if texte:
            choix.format.setForeground(QColor(texte))
        curseur = QTextCursor(self.texte.document())
        curseur.setPosition(etendue.debut)
        curseur.setPosition(etendue.fin, QTextCursor.MoveMode.KeepAnchor)
        choix.cursor = curseur
        return choix


def _utf16(texte: str) -> int:
    """Return the length that Qt gives to a text."""
    return len(texte.encode("utf-16-le", "surrogatepass")) // 2
