"""What is neither pages nor plain text: workbooks and CSV as tables, office documents as extracted text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from o2r_desktop.errors import CancelledError, O2rError
from o2r_desktop.imports.apercus import Apercu, apercevoir
from o2r_desktop.imports.natures import Examen
from o2r_desktop.progress import Reporter
from o2r_desktop.text import NBSP
from ui.tasks import Task, Work
from ui.theme import Theme
from ui.widgets.base import EmptyState, button, fill, label
from ui.widgets.flux import Flow
from ui.widgets.selection import Selection
from ui.widgets.vue_document import VueDocument
from ui.widgets.vue_tableau import Cellule, IndexFeuille, VueTableau
from ui.widgets.vue_texte import Etendue, IndexTexte


@dataclass(frozen=True, slots=True, kw_only=True)
class Lu:
    """A file that was read, ready to be shown and searched."""

    apercu: Apercu
    feuilles: tuple[IndexFeuille, ...] = ()
    texte: IndexTexte | None = None


class Start(Protocol):
    """What starts work in the background: ``TaskRunner.start``."""

    def __call__(self, titre: str, work: Work[Lu]) -> Task[Lu]:
        """Have *work* done; an empty title is silent."""


def lire(chemin: Path, reporter: Reporter) -> Lu:
    """Read a file and make it ready, in the background; raises ApercuError."""
    apercu = apercevoir(chemin, reporter)
    if apercu.feuilles:
        return Lu(apercu=apercu, feuilles=tuple(IndexFeuille(feuille) for feuille in apercu.feuilles))
    return Lu(apercu=apercu, texte=IndexTexte(apercu.texte))


class AutreVue(QWidget):
    """Shows one file at a time, read away from the window's thread."""

    selection_changed = Signal()
    page_changed = Signal(int)
    """Sheet or slide in view, from 1."""
    opened = Signal()
    failed = Signal(str)
    """The file cannot be shown; the sentence is in view as well."""

    def __init__(self, theme: Theme, start: Start) -> None:
        super().__init__()
        self._start = start
        self._tache: Task[Lu] | None = None
        self._nom = ""
        self._page = 1
        self._mots = ""
        self._trouvees: Sequence[tuple[int, Cellule]] | Sequence[Etendue] = ()
        self._rang = -1
        self.tableau = VueTableau(theme)
        self.document = VueDocument(theme)
        self.message = EmptyState("", "")
        self.champ = _Champ()
        self.compte = label("", "secondaire")
        self._recherche = self._make_search()
        self._pile = QStackedWidget()
        for face in (self.message, self.tableau, self.document):
            self._pile.addWidget(face)
        fill(QVBoxLayout(self), self._recherche, self._pile, espace=0)
        self.layout().setStretch(1, 1)  # type: ignore[union-attr]
        self.champ.textChanged.connect(self._search)
        self.champ.next_asked.connect(self._step)
        self.champ.left.connect(self._close_search)
        self.tableau.selection_changed.connect(self.selection_changed)
        self.tableau.feuille_changed.connect(self._sheet_changed)
        self.document.selection_changed.connect(self.selection_changed)

    # --- what the viewer calls ----------------------------------------------------------------------------

    @property
    def page(self) -> int:
        """The sheet or the slide in view, from 1; 0 while nothing is."""
        face = self._pile.currentWidget()
        if face is self.tableau:
            return self.tableau.rang
        return self.document.page if face is self.document else 0

    @property
    def selection(self) -> Selection | None:
        """What is selected, after the name of its place; the page is the rank of the sheet or of the slide."""
        face = self._pile.currentWidget()
        if face is self.message:
            return None
        lieu, texte = (self.tableau if face is self.tableau else self.document).selection_text()
        if not texte:
            return None
        return Selection(page=max(1, self.page), zones=(), texte=f"{lieu}{NBSP}: {texte}" if lieu else texte)

    def show_file(self, chemin: Path, examen: Examen, nom: str, *, page: int = 1, mots: str = "") -> None:
        """Read a file, then show it: from a sheet or a slide, at the first place where *mots* stand."""
        self.clear()
        self._nom, self._page, self._mots = nom, page, mots
        self.message.dire("Lecture de la pièce…", examen.libelle)
        self._tache = self._start("", partial(lire, chemin))
        self._tache.succeeded.connect(self._read)
        self._tache.failed.connect(self._failed)

    def clear(self) -> None:
        """Show nothing, and want no more what is being read."""
        if self._tache is not None:
            self._tache.succeeded.disconnect(self._read)
            self._tache.failed.disconnect(self._failed)
            self._tache.cancel()
            self._tache = None
        self.message.dire("", "")
        self._pile.setCurrentWidget(self.message)
        self.tableau.clear()
        self.document.clear()
        self._close_search(focus=False)
        self._recherche.setEnabled(False)
        self.selection_changed.emit()

    def go_to(self, page: int) -> None:
        """Bring a sheet or a slide into view, now or once the file is read."""
        self._page = page
        if self._pile.currentWidget() is self.tableau:
            self.tableau.show_sheet(page)
        elif self._pile.currentWidget() is self.document:
            self.document.go_to(page)

    def focus_first(self) -> None:
        """Put the focus where the file is read."""
        face = self._pile.currentWidget()
        if face is self.tableau:
            self.tableau.grille.setFocus()
        elif face is self.document:
            self.document.texte.setFocus()
        else:
            self.setFocus()

    def focus_search(self, texte: str = "") -> None:
        """Open the search field, with a text to look for when there is one."""
        if self._pile.currentWidget() is self.message:
            self._mots = texte or self._mots
            return
        self._recherche.show()
        if texte:
            self.champ.setText(texte)
        self.champ.setFocus()
        self.champ.selectAll()

    # --- parts --------------------------------------------------------------------------------------------

    def _make_search(self) -> QFrame:
        self.champ.setPlaceholderText("Chercher dans la pièce")
        self.champ.setAccessibleName("Chercher dans la pièce")
        self.champ.setClearButtonEnabled(True)
        self.champ.setMinimumWidth(self.fontMetrics().averageCharWidth() * 26)
        barre, ligne = QFrame(), Flow(espace=12)
        gestes: tuple[tuple[str, str, Callable[[], object]], ...] = (
            ("↑", "Résultat précédent (Maj+Entrée)", partial(self._step, -1)),
            ("↓", "Résultat suivant (Entrée)", partial(self._step, 1)),
        )
        boutons = [button(signe, faire, role="discret", nom=nom) for signe, nom, faire in gestes]
        for bouton, (_signe, nom, _faire) in zip(boutons, gestes, strict=True):
            bouton.setToolTip(nom)
        fermer = button("Fermer", self._close_search, role="discret", touche="Échap", nom="Fermer la recherche")
        for partie in (self.champ, self.compte, *boutons, fermer):
            ligne.addWidget(partie)
        tour = QVBoxLayout(barre)
        tour.setContentsMargins(12, 4, 12, 4)
        tour.addLayout(ligne)
        barre.hide()
        return barre

    # --- reactions ----------------------------------------------------------------------------------------

    def _read(self, lu: Lu) -> None:
        self._tache = None
        if lu.apercu.feuilles:
            self.tableau.show_apercu(lu.apercu, self._nom, index=lu.feuilles, feuille=self._page)
            self._pile.setCurrentWidget(self.tableau)
        else:
            self.document.show_apercu(lu.apercu, self._nom, index=lu.texte, page=self._page)
            self._pile.setCurrentWidget(self.document)
        self._recherche.setEnabled(True)
        self.opened.emit()
        if self._mots:
            self._recherche.show()
            self.champ.setText(self._mots)

    def _failed(self, erreur: O2rError) -> None:
        self._tache = None
        phrase = "La lecture a été annulée." if isinstance(erreur, CancelledError) else str(erreur)
        self.message.dire(f"{self._nom} ne peut pas être montrée", phrase)
        self.failed.emit(phrase)

    def _sheet_changed(self, rang: int) -> None:
        self.page_changed.emit(rang)
        if self.champ.text().strip():
            self.tableau.search(self.champ.text())

    def _search(self, texte: str) -> None:
        """Look for a text from the sheet or the slide in view."""
        ou = self.page
        if self._pile.currentWidget() is self.tableau:
            cellules = self.tableau.search(texte)
            self._trouvees = cellules
            self._rang = next((i for i, (feuille, _c) in enumerate(cellules) if feuille >= ou), 0)
        else:
            self._trouvees = self.document.search(texte)
            depart = self.document.start_of(ou)
            self._rang = next((i for i, e in enumerate(self._trouvees) if e.debut >= depart), 0)
        self._show_match()

    def _step(self, pas: int) -> None:
        if self._trouvees:
            self._rang = (self._rang + pas) % len(self._trouvees)
            self._show_match()

    def _show_match(self) -> None:
        combien = len(self._trouvees)
        if not self.champ.text().strip():
            self.compte.setText("")
        else:
            self.compte.setText(f"{self._rang + 1} sur {combien}" if combien else "aucun résultat")
        if self._pile.currentWidget() is not self.tableau:
            etendues = [e for e in self._trouvees if isinstance(e, Etendue)]
            self.document.show_matches(etendues, self._rang if etendues else -1)
        elif combien:
            feuille, cellule = self._trouvees[self._rang]
            if isinstance(cellule, tuple):
                self.tableau.show_cell(feuille, cellule)

    def _close_search(self, *, focus: bool = True) -> None:
        self.champ.clear()
        self._recherche.hide()
        if focus:
            self.focus_first()


class _Champ(QLineEdit):
    """Entrée and Maj+Entrée go from result to result, Échap leaves."""

    next_asked = Signal(int)
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt
        """Take the three keys, leave the others."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.next_asked.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
