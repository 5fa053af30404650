"""A text of the answer to a critere, in its field, and below it whether it is on the disk."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from o2r_desktop.text import NBSP, PARIS, date_courte
from ui.theme import Theme
from ui.widgets.base import KeyCap, fill, label, restyle
from ui.widgets.flux import Flow, WrapButton
from ui.widgets.texte import AutoText

_EN_COURS = "Enregistrement…"


class Enregistrement(QWidget):
    """Says, under a field, whether what is typed in it is on the disk."""

    def __init__(self, champ: AutoText) -> None:
        super().__init__()
        self._champ = champ
        self._echec = ""
        self.mots = label("", "secondaire", wrap=True)
        fill(QVBoxLayout(self), self.mots, espace=0)
        champ.typed.connect(self._typed)

    def show_state(self, echec: str, modifiee: datetime | None, maintenant: datetime) -> None:
        """Say where the text stands: *echec* is why the last write failed, *modifiee* when the last one passed."""
        self._echec = echec
        role = "faute" if echec else "secondaire"
        if role != self.mots.property("role"):
            self.mots.setProperty("role", role)
            restyle(self.mots)
        if echec:
            self._say(f"✕ Non enregistré{NBSP}: {echec}")
        else:
            self._say(_EN_COURS if self._champ.dirty else saved_at(modifiee, maintenant))

    def _typed(self) -> None:
        """Say that a write is coming; the text itself is not looked at, each key would pay for its length."""
        if not self._echec:
            self._say(_EN_COURS)

    def _say(self, texte: str) -> None:
        self.mots.setText(texte)
        self.mots.setVisible(bool(texte))
        self.setVisible(bool(texte))


class CommentaireView(QWidget):
    """The comment: its title, the key of the phrases, its field, whether it is written."""

    def __init__(self, theme: Theme, phrases: Callable[[], object], touche: str) -> None:
        super().__init__()
        self.champ = AutoText("Commentaire", lignes=2)
        self.enregistrement = Enregistrement(self.champ)
        titre = label("Commentaire", "gras")
        titre.setBuddy(self.champ)
        self.touche = KeyCap(touche)
        self.phrases = WrapButton(theme, lien=True)
        self.phrases.dire("phrases toutes prêtes")
        self.phrases.clicked.connect(lambda *_: phrases())
        tete = Flow(espace=6, ligne=2)
        for partie in (titre, self.touche, self.phrases):
            tete.addWidget(partie)
        fill(QVBoxLayout(self), tete, self.champ, self.enregistrement, espace=4)

    def set_modifiable(self, modifiable: bool) -> None:
        """Let the comment be changed, or only read."""
        self.champ.setReadOnly(not modifiable)
        for partie in (self.touche, self.phrases):
            partie.setVisible(modifiable)


def saved_at(quand: datetime | None, maintenant: datetime) -> str:
    """Return «Enregistré à 10:42», with the day when it is another one; «» when nothing ever was."""
    if quand is None:
        return ""
    ici, jour = quand.astimezone(PARIS), maintenant.astimezone(PARIS).date()
    le = "" if ici.date() == jour else f"le {date_courte(ici.date())} "
    return f"Enregistré {le}à {ici:%H:%M}"
