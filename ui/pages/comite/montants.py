"""Fields for the amounts of the years, with their sum and their guard."""

from collections.abc import Mapping
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from o2r_desktop.dossiers.budget import euros
from o2r_desktop.text import NBSP, montant
from ui.pages.dossier.montants import parse_montant
from ui.theme import Ton
from ui.widgets.base import Pastille, before, label
from ui.widgets.flux import Flow


class ChampsMontants(QWidget):
    """One field a year; what is typed is told, never stored here."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.champs: dict[str, QLineEdit] = {}
        self._limite: Decimal | None = None
        self.suivant: QWidget | None = None
        """What Tab comes to after the last field."""
        self.etat = Pastille()
        self._flux = Flow(self, espace=8, ligne=6)
        self._flux.addWidget(self.etat)

    def show_montants(
        self, annees: tuple[str, ...], montants: Mapping[str, Decimal], limite: Decimal | None
    ) -> None:
        """Show amounts; *limite* is the most that they may add up to, None when unknown."""
        self._limite = limite
        if tuple(self.champs) != annees:
            self._build(annees)
        for annee, champ in self.champs.items():
            champ.setText(euros(montants[annee]) if annee in montants else "")
            champ.setCursorPosition(0)
        self._check()

    def montants(self) -> dict[str, Decimal] | None:
        """Return what is typed, blanks left out; None when a field cannot be read or the sum is above the limit."""
        lus = self.lus()
        if lus is None or (self._limite is not None and sum(lus.values(), Decimal(0)) > self._limite):
            return None
        return lus

    def lus(self) -> dict[str, Decimal] | None:
        """Return what is typed, blanks left out, whatever the limit; None when a field cannot be read."""
        try:
            lus = {annee: parse_montant(champ.text()) for annee, champ in self.champs.items()}
        except ValueError:
            return None
        return {annee: somme for annee, somme in lus.items() if somme is not None}

    def focus_fault(self) -> None:
        """Put the focus on the first field that cannot be read, else on the first one."""
        for champ in self.champs.values():
            try:
                parse_montant(champ.text())
            except ValueError:
                champ.setFocus()
                return
        next(iter(self.champs.values())).setFocus()

    def _build(self, annees: tuple[str, ...]) -> None:
        while (partie := self._flux.takeAt(0)) is not None:
            widget = partie.widget()
            if widget is not None and widget is not self.etat:
                widget.hide()
                widget.deleteLater()
        self.champs = {}
        for annee in annees:
            champ = QLineEdit()
            champ.setAccessibleName(f"Montant pour {annee}, en euros")
            champ.setAlignment(Qt.AlignmentFlag.AlignRight)
            champ.setFixedWidth(champ.fontMetrics().averageCharWidth() * 17)
            mots = label(annee)
            mots.setBuddy(champ)
            champ.textChanged.connect(self._check)
            champ.textEdited.connect(lambda *_: self.edited.emit())
            self.champs[annee] = champ
            self._flux.addWidget(mots)
            self._flux.addWidget(champ)
        self._flux.addWidget(self.etat)
        if self.suivant is not None:
            before(self.suivant, *self.champs.values())

    def _check(self, *_: object) -> None:
        lus = self.lus()
        if lus is None:
            self.etat.dire("! montant illisible", Ton.MAUVAIS)
            return
        total = sum(lus.values(), Decimal(0))
        if self._limite is not None and total > self._limite:
            self.etat.dire(f"✕ {montant(total)}, au-dessus du plafond de {montant(self._limite)}", Ton.MAUVAIS)
        else:
            self.etat.dire(f"total{NBSP}: {montant(total)}" if lus else "", Ton.NEUTRE)
