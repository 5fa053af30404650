"""One actor: where the dossier names it, and what the instructor says of that."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from o2r_desktop.analyse.reseau.modele import Citation, Ligne, Statut
from o2r_desktop.evaluation.preuves import suite_dite
from o2r_desktop.text import NBSP, enumeration, printable
from ui.theme import Theme
from ui.widgets.base import button, fill, label, press_when_toggled, row, show_checked
from ui.widgets.flux import Flow, WrapButton, selectable
from ui.widgets.texte import AutoText

_LIGNES = 4


class FicheActeur(QWidget):
    """Name, citations that lead to their passage, the four marks, a note."""

    citation_requested = Signal(object)
    statut_chosen = Signal(object, object)
    """The Ligne, and a Statut, or None to take it back."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.ligne: Ligne | None = None
        self.titre = selectable(label("", "gras", wrap=True))
        self.detail = selectable(label("", "secondaire", wrap=True))
        self.citations = QListWidget()
        self.citations.setAccessibleName("Passages qui citent l’acteur")
        self.citations.setWordWrap(True)
        self.citations.itemActivated.connect(lambda *_: self._open())
        self.voir = button("Voir le passage", self._open, touche="Entrée")
        self.statuts = {statut: self._button(theme, statut) for statut in Statut}
        boutons = Flow(espace=6, ligne=6)
        for bouton in self.statuts.values():
            boutons.addWidget(bouton)
        self.note = AutoText("Note sur l’acteur", lignes=2, lignes_max=6)
        self.note.setPlaceholderText("Ce que vous en retenez…")
        fill(
            QVBoxLayout(self),
            self.titre, self.detail, self.citations, row(self.voir, 1),
            label("Votre avis", "gras"), boutons, self.note, espace=6,
        )  # fmt: skip

    @property
    def citation(self) -> Citation | None:
        """The passage chosen."""
        rang = self.citations.currentRow()
        retenues = self.ligne.citations if self.ligne is not None else ()
        return retenues[rang] if 0 <= rang < len(retenues) else None

    def forget(self) -> None:
        """Let go of the actor: its note is written."""
        self.note.flush()
        self.ligne = None

    def show_ligne(self, ligne: Ligne | None, *, modifiable: bool) -> None:
        """Show an actor; the note being typed of the same one stays."""
        autre = self.ligne is None or ligne is None or ligne.acteur.id != self.ligne.acteur.id
        if autre:
            self.note.flush()
        self.ligne = ligne
        self.setVisible(ligne is not None)
        if ligne is None:
            return
        self.titre.setText(f"{ligne.acteur.nom}{NBSP}· {ligne.mention.value}")
        self.detail.setText(printable(_dite(ligne)))
        self._show_citations(ligne.citations)
        for statut, bouton in self.statuts.items():
            show_checked(bouton, ligne.marque.statut is statut)
            bouton.setEnabled(modifiable)
        self.note.setReadOnly(not modifiable)
        if autre or not self.note.dirty:
            self.note.set_text(ligne.marque.note)

    def _show_citations(self, citations: Sequence[Citation]) -> None:
        rang = max(0, self.citations.currentRow())
        self.citations.clear()
        for c in citations:
            ailleurs = " — hors des départements du projet" if c.hors_projet else ""
            ou = f"{c.ou}{suite_dite(c.ou, c.page)}{ailleurs}"
            self.citations.addItem(QListWidgetItem(printable(f"{ou}{NBSP}: {c.extrait}")))
        vide = not citations
        self.citations.setVisible(not vide)
        self.voir.setVisible(not vide)
        if not vide:
            self.citations.setCurrentRow(min(rang, len(citations) - 1))
        hautes = min(_LIGNES, max(1, len(citations)))
        self.citations.setFixedHeight(self.fontMetrics().lineSpacing() * 2 * hautes + 16)

    def _button(self, theme: Theme, statut: Statut) -> WrapButton:
        bouton = WrapButton(theme, serre=True)
        bouton.dire(statut.libelle.capitalize())
        bouton.setAccessibleName(f"Avis sur l’acteur{NBSP}: {statut.libelle}")
        bouton.setCheckable(True)
        bouton.clicked.connect(lambda *_: self._chosen(statut))
        press_when_toggled(bouton)
        return bouton

    def _chosen(self, statut: Statut) -> None:
        if self.ligne is not None:
            self.statut_chosen.emit(self.ligne, None if self.ligne.marque.statut is statut else statut)

    def _open(self) -> None:
        if self.citation is not None:
            self.citation_requested.emit(self.citation)


def _dite(ligne: Ligne) -> str:
    roles = f"Rôle dit près de son nom{NBSP}: {enumeration(list(ligne.roles))}." if ligne.roles else ""
    noms = enumeration([x.nom for x in ligne.lettres])
    lettres = f"Lettre ou convention{NBSP}: {noms}." if noms else ""
    return "\n".join(x for x in (roles, lettres) if x) or "Aucun rôle dit près de son nom."
