"""The conditions suspensives of a decision, one a line: what, who, until when."""

import json
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from o2r_desktop.comite.modele import Condition
from o2r_desktop.text import date_courte
from ui.widgets.base import before, button, fill
from ui.widgets.champ_date import lire_date
from ui.widgets.flux import Flow


def brut_de(conditions: Sequence[Condition]) -> str:
    """Return conditions that were decided as ``LignesConditions.brut`` gives what is typed."""
    lignes = [[c.texte, c.responsable, date_courte(c.echeance) if c.echeance else ""] for c in conditions]
    return json.dumps(lignes, ensure_ascii=False)


class LignesConditions(QWidget):
    """Lines that are added and taken away; a line left blank counts for nothing."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lignes: list[tuple[QLineEdit, QLineEdit, QLineEdit]] = []
        self._pile = QVBoxLayout()
        self.ajouter = button("Ajouter une condition", self.add)
        pied = Flow(espace=8)
        pied.addWidget(self.ajouter)
        fill(QVBoxLayout(self), self._pile, pied, espace=6)

    def conditions(self) -> tuple[Condition, ...]:
        """Return the lines where something is typed; a date that cannot be read is none."""
        return tuple(
            Condition(texte=t.text().strip(), responsable=r.text().strip(), echeance=lire_date(e.text()))
            for t, r, e in self.lignes
            if any(champ.text().strip() for champ in (t, r, e))
        )

    def brut(self) -> str:
        """Return what is typed, as JSON."""
        return json.dumps([[champ.text() for champ in ligne] for ligne in self.lignes], ensure_ascii=False)

    def show_brut(self, brut: str) -> None:
        """Show again what brut() returned; nothing when it cannot be read."""
        try:
            lignes = [[str(t) for t in ligne] for ligne in json.loads(brut)]
        except (ValueError, TypeError):
            lignes = []
        self._show([ligne for ligne in lignes if len(ligne) == 3])

    def add(self) -> None:
        """Add a blank line and put the focus there."""
        self._add("", "", "")
        self.lignes[-1][0].setFocus()

    def _show(self, lignes: Sequence[Sequence[str]]) -> None:
        while (partie := self._pile.takeAt(0)) is not None:
            if (widget := partie.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.lignes = []
        for ligne in lignes:
            self._add(*ligne)

    def _add(self, texte: str, responsable: str, echeance: str) -> None:
        rang = len(self.lignes) + 1
        champs = tuple(
            _champ(f"{nom} de la condition {rang}", bouche, valeur, large)
            for nom, bouche, valeur, large in (
                ("Texte", "Condition", texte, 34),
                ("Responsable", "Responsable", responsable, 16),
                ("Échéance", "jj/mm/aaaa", echeance, 12),
            )
        )
        ligne = QWidget()
        flux = Flow(ligne, espace=6, ligne=4)
        for champ in champs:
            champ.textEdited.connect(lambda *_: self.edited.emit())
            flux.addWidget(champ)
        retirer = button("Retirer", lambda: self._remove(ligne), role="discret", nom=f"Retirer la condition {rang}")
        flux.addWidget(retirer)
        self.lignes.append((champs[0], champs[1], champs[2]))
        self._pile.addWidget(ligne)
        before(self.ajouter, *champs, retirer)

    def _remove(self, ligne: QWidget) -> None:
        rang = self._pile.indexOf(ligne)
        self.lignes.pop(rang)
        self._pile.removeWidget(ligne)
        ligne.hide()
        ligne.deleteLater()
        self.ajouter.setFocus()
        self.edited.emit()


def _champ(nom: str, bouche: str, valeur: str, large: int) -> QLineEdit:
    champ = QLineEdit(valeur)
    champ.setAccessibleName(nom)
    champ.setPlaceholderText(bouche)
    champ.setMinimumWidth(champ.fontMetrics().averageCharWidth() * large)
    return champ
