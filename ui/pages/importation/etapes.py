"""Where the assistant stands, and the panel that shows while it reads or writes."""

from collections.abc import Callable
from enum import IntEnum

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from ui.theme import Ton
from ui.widgets.base import Banner, button, card, fill, label, restyle, row


class Etape(IntEnum):
    """The steps, in order."""

    FICHIERS = 0
    CORRESPONDANCE = 1
    CONTROLE = 2
    RAPPORT = 3

    @property
    def libelle(self) -> str:
        """Return the word of the step."""
        return ("Fichiers", "Correspondance", "Contrôle", "Rapport")[self]


class StepTrail(QWidget):
    """«1 Fichiers → 2 Correspondance → 3 Contrôle → 4 Rapport», the present one in colour."""

    def __init__(self) -> None:
        super().__init__()
        self._mots = [label(f"{etape + 1} {etape.libelle}") for etape in Etape]
        ligne = QHBoxLayout(self)
        parties: list[QLabel] = [self._mots[0]]
        for mots in self._mots[1:]:
            parties += [label("→", "secondaire"), mots]
        fill(ligne, *parties, espace=8)
        self.show_etape(Etape.FICHIERS)

    def show_etape(self, present: Etape) -> None:
        """Mark the present step."""
        for etape, mots in zip(Etape, self._mots, strict=True):
            mots.setProperty("etape", "presente" if etape is present else "autre")
            restyle(mots)
        self.setAccessibleName(f"Étape {present + 1} sur {len(Etape)} : {present.libelle}")


class WaitPanel(QWidget):
    """Work going on: what, how far, and the way to stop it."""

    def __init__(self, annuler: Callable[[], object]) -> None:
        super().__init__()
        self.titre = label(role="section", wrap=True)
        self.phrase = label(role="secondaire", wrap=True)
        self.pas = label(role="secondaire")
        self.barre = QProgressBar()
        self.barre.setTextVisible(False)
        self.refus = Banner(ton=Ton.ALERTE)
        self.annuler = button("Annuler", annuler, touche="Échap", nom="Annuler")
        self.annuler.setShortcut("Esc")
        carte = card(self.titre, self.phrase, self.barre, self.pas, row(1, self.annuler), marge=20, espace=12)
        fill(QVBoxLayout(self), self.refus, 1, carte, 2, marge=0)

    def begin(self, titre: str, phrase: str) -> None:
        """Show new work, not measured yet."""
        self.titre.setText(titre)
        self.phrase.setText(phrase)
        self.refus.dire("")
        self.pas.clear()
        self.barre.setAccessibleName(titre)
        self.barre.setRange(0, 0)
        self.annuler.setEnabled(True)
        self.annuler.setFocus()

    @Slot(object, object, str)
    def progress(self, fait: int, total: int, mots: str) -> None:
        """Show how far the work is; a total of 0 is unknown."""
        self.barre.setRange(0, max(0, total))
        self.barre.setValue(fait)
        self.pas.setText(f"{mots} : {fait} sur {total}" if total else f"{mots}…")

    def stopping(self) -> None:
        """Say that the work was asked to stop."""
        self.annuler.setEnabled(False)
        self.pas.setText("Arrêt en cours…")
