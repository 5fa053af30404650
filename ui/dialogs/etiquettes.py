"""The labels of one or several dossiers: ticked on all of them, on some, on none."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from o2r_desktop.text import NBSP, normalise, pluriel, printable, sort_key
from ui.widgets.base import button, fill, key_text, label, row

LONGUEUR_MAX = 40
"""Characters of a label."""
_VALIDER = "Ctrl+Return"
_ROLE = Qt.ItemDataRole.UserRole


class EtiquettesDialog(QDialog):
    """Ticks of three states. ``chosen`` gives the labels to put on every dossier, and those to take off."""

    chosen = Signal(object, object)

    def __init__(
        self, connues: Mapping[str, int], portees: Sequence[Sequence[str]], parent: QWidget | None = None
    ) -> None:
        """*connues* are the labels in use with how many dossiers bear them; *portees* those of each dossier."""
        super().__init__(parent)
        combien = len(portees)
        self.setWindowTitle("Étiqueter")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.liste = QListWidget()
        self.liste.setSpacing(3)
        self.liste.setAccessibleName("Étiquettes")
        self.liste.setAccessibleDescription("Espace coche ou décoche.")
        self._avant: dict[str, Qt.CheckState] = {}
        for nom in sorted({*connues, *(e for portee in portees for e in portee)}, key=sort_key):
            fois = sum(nom in portee for portee in portees)
            etats = {0: Qt.CheckState.Unchecked, combien: Qt.CheckState.Checked}
            self._add(nom, etats.get(fois, Qt.CheckState.PartiallyChecked), compte=connues.get(nom, 0))
        self.champ = QLineEdit()
        self.champ.setMaxLength(LONGUEUR_MAX)
        self.champ.setAccessibleName("Nouvelle étiquette")
        self.champ.setPlaceholderText("Par exemple : à revoir en comité")
        self.champ.returnPressed.connect(self.add_typed)
        nouvelle = label("&Nouvelle étiquette")
        nouvelle.setBuddy(self.champ)
        self.ajouter = button("Ajouter", self.add_typed, touche="Entrée", nom="Ajouter l’étiquette")
        self.valider = button("Appliquer", self.accept, role="principal", touche=key_text(_VALIDER))
        annuler = button("Annuler", self.reject, touche="Échap")
        for touche in (_VALIDER, "Ctrl+Enter"):
            QShortcut(QKeySequence(touche), self, self.accept)
        saisie = row(self.champ, self.ajouter)
        saisie.setStretch(0, 1)
        qui = pluriel(combien, "dossier sélectionné", "dossiers sélectionnés")
        fill(
            QVBoxLayout(self),
            label(f"{qui}. Une case à demi cochée{NBSP}: une partie d’entre eux seulement.", wrap=True),
            self.liste,
            nouvelle,
            saisie,
            row(1, annuler, self.valider),
            marge=16,
        )
        mesures = self.fontMetrics()
        self.resize(mesures.averageCharWidth() * 62, mesures.lineSpacing() * 20)
        (self.liste if self.liste.count() else self.champ).setFocus()

    def add_typed(self) -> None:
        """Add what is typed, ticked; a label that exists already is ticked instead."""
        nom = clean_label(self.champ.text())
        if not nom:
            return
        ligne = next((li for li in self._lines() if normalise(str(li.data(_ROLE))) == normalise(nom)), None)
        if ligne is None:
            ligne = self._add(nom, Qt.CheckState.Checked)
            self._avant[nom] = Qt.CheckState.Unchecked
        ligne.setCheckState(Qt.CheckState.Checked)
        self.liste.setCurrentItem(ligne)
        self.champ.clear()

    def accept(self) -> None:
        """Give what changes; what is typed and not added yet is added first."""
        self.add_typed()
        presents = {str(ligne.data(_ROLE)): ligne.checkState() for ligne in self._lines()}
        changees = {nom: etat for nom, etat in presents.items() if etat is not self._avant[nom]}
        mises = [nom for nom, etat in changees.items() if etat is Qt.CheckState.Checked]
        otees = [nom for nom, etat in changees.items() if etat is Qt.CheckState.Unchecked]
        if mises or otees:
            self.chosen.emit(mises, otees)
        super().accept()

    def _lines(self) -> list[QListWidgetItem]:
        return [self.liste.item(rang) for rang in range(self.liste.count())]

    def _add(self, nom: str, etat: Qt.CheckState, *, compte: int = 0) -> QListWidgetItem:
        ligne = QListWidgetItem(f"{printable(nom)}  ({compte})" if compte else printable(nom))
        ligne.setData(_ROLE, nom)
        drapeaux = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
        trois = (
            Qt.ItemFlag.ItemIsUserTristate if etat is Qt.CheckState.PartiallyChecked else Qt.ItemFlag.NoItemFlags
        )
        ligne.setFlags(drapeaux | trois)
        ligne.setCheckState(etat)
        self._avant[nom] = etat
        self.liste.addItem(ligne)
        return ligne


def clean_label(saisie: str) -> str:
    """Return a label as it is kept: one line, no comma, which parts labels where they are typed as filters."""
    return " ".join(printable(saisie).replace(",", " ").split())[:LONGUEUR_MAX]
