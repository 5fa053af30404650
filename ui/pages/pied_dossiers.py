"""Under the list of dossiers: totals of what is selected, else of what is shown, and the two keys that matter."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from o2r_desktop.suivi import Totaux
from o2r_desktop.text import montant, nombre, pluriel
from ui.widgets.base import KeyCap, column, fill, label, row
from ui.widgets.flux import Flow


class ListFooter(QWidget):
    """Totals at the left, keys at the right; what does not fit goes to the next line."""

    def __init__(self) -> None:
        super().__init__()
        self._affiches: Totaux | None = None
        self._choisis: Totaux | None = None
        self._selection = label("", "gras")
        self._dossiers, self._demande = label("", "secondaire"), label("", "gras")
        self._mediane, self._score = label("", "secondaire"), label("", "secondaire")
        chiffres = QWidget()
        ligne = Flow(chiffres, espace=12)
        for mots in (self._selection, self._dossiers, self._demande, self._mediane, self._score):
            mots.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            ligne.addWidget(mots)
        touches = row(
            KeyCap("Space"),
            label("aperçu", "secondaire"),
            KeyCap("Return"),
            label("ouvrir", "secondaire"),
            espace=6,
        )
        cadre = row(chiffres, column(touches, 1), espace=16)
        cadre.setStretch(0, 1)
        fill(QVBoxLayout(self), cadre)

    def show_totals(self, totaux: Totaux) -> None:
        """Take the figures of the rows shown; how many amounts are known is said when some are not."""
        self._affiches = totaux
        self._show()

    def show_selection(self, totaux: Totaux | None) -> None:
        """Take the figures of the rows selected, None when there are fewer than two."""
        self._choisis = totaux
        self._show()

    def _show(self) -> None:
        totaux = self._choisis or self._affiches
        if totaux is None:
            return
        choisis, combien = self._choisis is not None, totaux.dossiers
        self._selection.setText(pluriel(combien, "sélectionné") if choisis else "")
        self._dossiers.setText("" if choisis else pluriel(combien, "dossier"))
        if not totaux.demandes_connues:
            self._demande.setText("demande totale inconnue" if combien else "")
        else:
            connues = totaux.demandes_connues
            reserve = "" if connues == combien else f" ({pluriel(connues, 'montant connu', 'montants connus')})"
            self._demande.setText(f"demande totale {montant(totaux.demande)}{reserve}")
        mediane = totaux.demande_mediane
        self._mediane.setText("" if mediane is None else f"médiane {montant(mediane, 0)}")
        score = totaux.score_median
        self._score.setText("" if score is None else f"score médian {nombre(score, 1)}")
        for mots in (self._selection, self._dossiers, self._demande, self._mediane, self._score):
            mots.setVisible(bool(mots.text()))

    def text(self) -> str:
        """Return what is said, as one line."""
        parties = (self._selection, self._dossiers, self._demande, self._mediane, self._score)
        return " · ".join(mots.text() for mots in parties if mots.text())
