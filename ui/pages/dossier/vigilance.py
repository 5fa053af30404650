"""The point to watch of a critere: what the committee or the convention should keep an eye on."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.pages.dossier.commentaire import Enregistrement
from ui.theme import Theme
from ui.widgets.base import fill, label
from ui.widgets.flux import Flow, WrapButton
from ui.widgets.texte import AutoText

VIGILANCE = "V"
"""The key that opens it."""
_TITRE = "Point de vigilance"
_EXEMPLE = "Ce que le comité ou la convention devront surveiller…"


class VigilanceView(QWidget):
    """A button while there is nothing to watch, then the text; left empty, it folds again."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._modifiable = True
        self.bouton = WrapButton(theme, lien=True)
        self.bouton.dire(f"+ {_TITRE}  {VIGILANCE}")
        self.bouton.setAccessibleName(_TITRE)
        self.bouton.clicked.connect(lambda *_: self.open())
        self.champ = AutoText(_TITRE, lignes=2, lignes_max=8)
        self.champ.setPlaceholderText(_EXEMPLE)
        self.champ.left.connect(self.fold)
        self.champ.textChanged.connect(self._text_changed)
        self.enregistrement = Enregistrement(self.champ)
        self.titre = label(f"! {_TITRE}", "gras")
        self.titre.setBuddy(self.champ)
        ligne = Flow()
        ligne.addWidget(self.bouton)
        fill(QVBoxLayout(self), ligne, self.titre, self.champ, self.enregistrement, espace=4)
        self._unfold(ouvert=False)

    def set_modifiable(self, modifiable: bool) -> None:
        """Let the text be changed, or only read; without a text nothing shows then."""
        self._modifiable = modifiable
        self.champ.setReadOnly(not modifiable)
        self.fold()

    def open(self) -> None:
        """Open the field and put the focus there (V)."""
        if self._modifiable or self.champ.text():
            self._show(ouvert=True)
            self.champ.setFocus()

    def rest(self) -> None:
        """Show another critere: only what is written keeps the field open."""
        self._show(ouvert=bool(self.champ.text().strip()))

    def fold(self) -> None:
        """Fold the field when nothing is written in it, unless it is being written in."""
        self._show(ouvert=bool(self.champ.text().strip()) or self.champ.hasFocus())

    def _text_changed(self) -> None:
        """Unfold for a text that is shown, or that an undo brings back."""
        if self.champ.isHidden() != (not self.champ.text().strip()) and not self.champ.hasFocus():
            self.fold()

    def _show(self, *, ouvert: bool) -> None:
        self._unfold(ouvert=ouvert)
        self.setVisible(ouvert or self._modifiable)

    def _unfold(self, *, ouvert: bool) -> None:
        self.bouton.setVisible(not ouvert)
        for partie in (self.titre, self.champ):
            partie.setVisible(ouvert)
