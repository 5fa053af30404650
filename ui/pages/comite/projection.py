"""The meeting on a wall: one dossier in large letters, without its name when the committee wants none."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from o2r_desktop.comite.modele import Candidat
from o2r_desktop.comite.mots import avis_dit, note_dite, propose
from o2r_desktop.text import NBSP, montant, nombre
from ui.pages.comite.donnees import Donnees
from ui.theme import Theme
from ui.widgets.base import fill, label


class Projection(QWidget):
    """A window of its own, full screen; arrows turn, N shows or hides names, Échap closes."""

    turned = Signal(int)
    """By how many dossiers."""
    closed = Signal()

    def __init__(self, theme: Theme, donnees: Donnees, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._theme, self._donnees = theme, donnees
        self.anonyme = True
        self._candidat: Candidat | None = None
        self.setWindowTitle("Séance du comité")
        self.setAccessibleName("Projection de la séance")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.rang, self.titre, self.avis, self.argent, self.sections, self.decision, self.pied = (
            _mots(graisse) for graisse in (0, 1, 1, 0, 0, 1, 0)
        )
        fill(
            QVBoxLayout(self), self.rang, 1, self.titre, self.avis, self.argent, self.sections, 1, self.decision, 1,
            self.pied, marge=40, espace=18,
        )  # fmt: skip

    def show_candidat(self, c: Candidat | None) -> None:
        """Show a dossier, the name of its porteur only when names are shown."""
        self._candidat = c
        if c is None:
            return
        d = self._donnees
        rang = next(i for i, autre in enumerate(d.ordre, 1) if autre.numero == c.numero)
        self.rang.setText(f"Dossier {rang} sur {len(d.ordre)}")
        self.titre.setText(f"Projet n°{NBSP}{rang}" if self.anonyme else c.porteur)
        self.avis.setText(f"{avis_dit(c)} · {note_dite(c)} sur 100 · {c.priorite}")
        somme = propose(c)
        argent = [
            "Demande inconnue" if c.demande is None else f"Demande{NBSP}: {montant(c.demande)}",
            "" if somme is None else f"Proposé{NBSP}: {montant(somme)}",
            "" if c.limite is None else f"Plafond{NBSP}: {montant(c.limite)}",
        ]
        self.argent.setText("   ·   ".join(a for a in argent if a))
        notes = [
            f"{s.libelle}{NBSP}: {nombre(note, 0)}"
            for s in d.session.grille.sections
            if s.poids and (note := c.score.par_section.get(s.id)) is not None
        ]
        self.sections.setText("   ·   ".join(notes))
        decision = d.comite.decisions.get(c.numero)
        dite = "" if decision is None else f"{decision.sens.libelle}"
        if decision is not None and decision.sens.finance:
            dite += f"{NBSP}: {montant(decision.montant)}"
        self.decision.setText(dite or "Décision à prendre")
        self.pied.setText("← → dossier précédent, suivant   ·   N noms   ·   Échap fermer")
        self._dress()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt
        """Turn, show names, close."""
        touche = event.key()
        if touche in (Qt.Key.Key_Right, Qt.Key.Key_PageDown, Qt.Key.Key_Space):
            self.turned.emit(1)
        elif touche in (Qt.Key.Key_Left, Qt.Key.Key_PageUp):
            self.turned.emit(-1)
        elif touche == Qt.Key.Key_N:
            self.anonyme = not self.anonyme
            self.show_candidat(self._candidat)
        elif touche == Qt.Key.Key_Escape:
            self.close()
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _dress(self) -> None:
        """Set the letters: an eighth of the window's height for the name, less for the rest."""
        base = self.font().pointSizeF()
        for mots, fois in (
            (self.rang, 1.6), (self.titre, 3.4), (self.avis, 2.2), (self.argent, 1.9), (self.sections, 1.4),
            (self.decision, 2.6), (self.pied, 1.0),
        ):  # fmt: skip
            mots.setStyleSheet(f"font-size: {base * fois:.1f}pt")


def _mots(graisse: int) -> QLabel:
    mots = label("", "gras" if graisse else "", wrap=True)
    mots.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
    return mots
