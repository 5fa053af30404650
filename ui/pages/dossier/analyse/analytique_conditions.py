"""Conditions for the convention that the sheet proposes: kept or dropped, reworded, sent to the avis."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from o2r_desktop.analyse.analytique.conditions import IDS, Condition
from o2r_desktop.text import NBSP, NNBSP, pluriel
from ui.services import Services
from ui.theme import Ton
from ui.widgets.base import Pastille, button, fill, label
from ui.widgets.flux import Flow, WrapButton
from ui.widgets.texte import AutoText

_AUCUNE = (
    "Aucune condition en vue : elles viennent des réponses « Non » et « En partie », et d’une section ouverte "
    "après le début de l’action."
)
_INVITE = "Proposées d’après les réponses, aucune n’est retenue d’avance : cochez celles que vous retenez."


class LigneCondition(QWidget):
    """A condition: retained or not, its words."""

    toggled = Signal(bool)
    edited = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.condition: Condition | None = None
        self.coche = QCheckBox("Retenir")
        self.coche.toggled.connect(self.toggled)
        self.critere = WrapButton(services.theme, lien=True)
        self.etat = Pastille()
        self.texte = AutoText("Condition", lignes=1, lignes_max=5)
        self.texte.edited.connect(self.edited)
        tete = Flow(espace=8)
        for partie in (self.coche, self.critere, self.etat):
            tete.addWidget(partie)
        fill(QVBoxLayout(self), tete, self.texte, espace=2)

    def show_condition(self, condition: Condition, *, modifiable: bool) -> None:
        """Show a condition; words being typed stay unless they were changed elsewhere."""
        avant = self.condition.texte if self.condition is not None else None
        self.condition = condition
        muet = self.coche.blockSignals(True)
        self.coche.setChecked(condition.retenue)
        self.coche.blockSignals(muet)
        self.coche.setEnabled(modifiable)
        self.coche.setAccessibleName(f"Retenir{NBSP}: {condition.texte}")
        self.critere.dire(condition.critere)
        if not condition.proposee:
            self.etat.dire("! retenue, la réponse a changé", Ton.ALERTE)
        elif condition.retenue:
            self.etat.dire("✓ retenue", Ton.BON)
        else:
            self.etat.dire("proposée", Ton.NEUTRE)
        if self.texte.text().strip() == condition.texte:
            self.texte.mark_saved(self.texte.text())
        elif condition.texte != avant or not self.texte.dirty:
            self.texte.set_text(condition.texte)
        self.texte.setReadOnly(not modifiable)


class ConditionsAnalytique(QWidget):
    """The list, and the way to the reserves of the avis."""

    changed = Signal(object, bool, str)
    """The condition, whether it is retained, its words."""
    reserves_requested = Signal()
    critere_requested = Signal(str)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.invite = label("", "secondaire", wrap=True)
        self.lignes = [LigneCondition(services) for _ in IDS]
        for ligne in self.lignes:
            ligne.toggled.connect(partial(self._toggled, ligne))
            ligne.edited.connect(partial(self._edited, ligne))
            ligne.critere.clicked.connect(partial(self._open_critere, ligne))
        self.ajouter = button("Ajouter aux réserves de l’avis", self.reserves_requested.emit)
        self.dit = label("", "secondaire", wrap=True)
        actions = Flow(espace=10)
        for partie in (self.ajouter, self.dit):
            actions.addWidget(partie)
        fill(QVBoxLayout(self), self.invite, *self.lignes, actions, espace=10)

    def show_conditions(self, conditions: Sequence[Condition], reserves: str, *, modifiable: bool) -> None:
        """Show the conditions; *reserves* are the words that the avis has already."""
        self.invite.setText(_INVITE if conditions else _AUCUNE)
        for rang, ligne in enumerate(self.lignes):
            ligne.setVisible(rang < len(conditions))
            if rang < len(conditions):
                ligne.show_condition(conditions[rang], modifiable=modifiable)
            else:
                ligne.condition = None
        retenues = [c for c in conditions if c.retenue]
        nouvelles = to_add(conditions, reserves)
        self.ajouter.setVisible(bool(conditions))
        self.ajouter.setEnabled(modifiable and bool(nouvelles))
        if not retenues:
            self.dit.setText("Cochez d’abord une condition." if conditions else "")
        elif nouvelles:
            self.dit.setText(f"{pluriel(len(nouvelles), 'condition')} à ajouter, en une fois.")
        else:
            self.dit.setText("✓ Les conditions retenues sont dans les réserves.")

    def leave(self) -> None:
        """Write what is being typed."""
        for ligne in self.lignes:
            ligne.texte.flush()

    @property
    def dirty(self) -> bool:
        """Whether words are typed that are not written."""
        return any(ligne.texte.dirty for ligne in self.lignes)

    def _toggled(self, ligne: LigneCondition, retenue: bool) -> None:
        if ligne.condition is not None:
            self.changed.emit(ligne.condition, retenue, ligne.texte.text())

    def _edited(self, ligne: LigneCondition) -> None:
        if ligne.condition is not None:
            self.changed.emit(ligne.condition, ligne.condition.retenue, ligne.texte.text())

    def _open_critere(self, ligne: LigneCondition, *_: object) -> None:
        if ligne.condition is not None:
            self.critere_requested.emit(ligne.condition.critere)


def to_add(conditions: Sequence[Condition], reserves: str) -> list[str]:
    """Return the lines of the retained conditions that the reserves do not hold yet."""
    deja = {ligne.strip().lstrip(f"–-•{NBSP}{NNBSP} ") for ligne in reserves.splitlines()}
    return [c.phrase for c in conditions if c.retenue and c.phrase not in deja]
