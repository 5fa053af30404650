"""Words looked for in all the pieces of the dossier: piece by piece, page by page."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLineEdit,
    QListView,
    QSizePolicy,
    QVBoxLayout,
)

from o2r_desktop import operations
from o2r_desktop.errors import CancelledError, O2rError
from o2r_desktop.operations import Session
from o2r_desktop.progress import Reporter
from ui.indexation import INDEXATION
from ui.pages.dossier.pieces_passages import PagesDelegate, PassagesModel, bilan_dit
from ui.services import Services
from ui.tasks import Task
from ui.widgets.base import Elided, KeyCap, button, fill, label, row

if TYPE_CHECKING:
    from o2r_desktop.recherche import PassagePage, PassagePiece

TOUCHE = "Ctrl+Alt+F"
"""Key that opens the panel."""
_CALME_MS = 200
_LIGNES_VUES, _LIGNES_MOINS = 8, 3
"""Lines of the list when there is room for them, and when there is not."""
_ENTREE = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_AIDE = "Mots, débuts de mots ou « phrases entre guillemets »"


class _Liste(QListView):
    """The passages; ↑ ↓ go from one to the next, Entrée or a click opens one."""

    opened = Signal(object)
    escaped = Signal()
    above_asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt
        """Open, leave, or go back to the field from the first passage."""
        if event.key() in _ENTREE:
            self.opened.emit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 1:
            self.above_asked.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 Qt
        """Leave letters to the page, whose keys they are."""


class _Champ(QLineEdit):
    """The words; ↓ goes to the passages, Entrée opens the first, Échap leaves."""

    below_asked = Signal()
    entered = Signal()
    escaped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt
        """Take the keys that leave the field."""
        if event.key() == Qt.Key.Key_Down:
            self.below_asked.emit()
        elif event.key() in _ENTREE:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)


class RecherchePieces(QFrame):
    """A panel over the viewer; closed until it is asked for."""

    passage_chosen = Signal(str, int, str)
    """Fingerprint of the piece, page from 1, and the words to show there."""
    closed = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._numero: int | None = None
        self._pieces: Sequence[PassagePiece] = ()
        self._tache: Task[list[PassagePiece]] | None = None
        self._a_ouvrir = False
        """Whether Entrée waits for what is being looked for."""
        self.setProperty("role", "carte")
        self.setAccessibleName("Chercher dans toutes les pièces")
        self.champ = _Champ()
        self.bilan = Elided()
        self.liste = _Liste()
        self.modele = PassagesModel(self)
        self._calme = QTimer(self, singleShot=True, interval=_CALME_MS)
        self._make()
        self._connect()
        self.hide()

    # --- what the page calls ------------------------------------------------------------------------------

    def show_dossier(self, numero: int | None) -> None:
        """Search in another dossier; the words stay, and are looked for there when the panel is open."""
        if numero == self._numero:
            return
        self._numero = numero
        self._show(())
        if self.isVisibleTo(self.parentWidget() or self):
            self._search()

    def open(self, texte: str = "") -> None:
        """Open the panel with the focus in its field, and look for *texte* when there is one."""
        self.show()
        if texte:
            self.champ.setText(texte)
        self.champ.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.champ.selectAll()
        self._search()

    def close_panel(self) -> None:
        """Put the panel away."""
        self._drop_task()
        self.hide()
        self.closed.emit()

    # --- parts --------------------------------------------------------------------------------------------

    def _make(self) -> None:
        self.champ.setPlaceholderText(_AIDE)
        self.champ.setAccessibleName("Chercher dans toutes les pièces du dossier")
        self.champ.setAccessibleDescription(_AIDE)
        self.champ.setClearButtonEnabled(True)
        self.fermer = button(
            "Fermer", self.close_panel, role="discret", touche="Échap", nom="Fermer la recherche dans les pièces"
        )
        self.liste.setModel(self.modele)
        self.liste.setItemDelegate(PagesDelegate(self._services.theme, self.liste))
        self.liste.setObjectName("passages")
        self.liste.setAccessibleName("Passages des pièces")
        self.liste.setAccessibleDescription("Entrée ouvre la pièce à la page.")
        self.liste.setUniformItemSizes(True)
        self.liste.setMouseTracking(True)
        self.liste.setFrameShape(QFrame.Shape.NoFrame)
        self.liste.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.liste.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.liste.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.bilan.setProperty("role", "secondaire")
        titre = label("Dans toutes les pièces", "gras")
        titre.setBuddy(self.champ)
        tete = row(titre, KeyCap(TOUCHE), 1, self.fermer, espace=8)
        fill(QVBoxLayout(self), tete, self.champ, self.bilan, self.liste, marge=8, espace=4)

    def _connect(self) -> None:
        self._calme.timeout.connect(self._search)
        self.champ.textEdited.connect(self._typed)
        self.champ.textChanged.connect(self._typed)
        self.champ.below_asked.connect(self._focus_list)
        self.champ.entered.connect(self._entered)
        self.champ.escaped.connect(self.close_panel)
        self.liste.opened.connect(self._open)
        self.liste.clicked.connect(self._open)
        self.liste.escaped.connect(self.close_panel)
        self.liste.above_asked.connect(self.champ.setFocus)
        self._services.taches.started.connect(self._work_started)
        self._services.campagne.closed.connect(self._campagne_closed)

    # --- searching ----------------------------------------------------------------------------------------

    def _typed(self, *_texte: str) -> None:
        self._a_ouvrir = False
        self._calme.start()

    def _search(self) -> None:
        self._drop_task()
        texte = self.champ.text().strip()
        if not texte or self._numero is None or not self._services.campagne.is_open:
            self._show(())
            return
        travail = partial(_chercher, self._services.campagne.session, self._numero, texte)
        self._tache = self._services.taches.start("", travail)
        self._tache.succeeded.connect(self._found)
        self._tache.failed.connect(self._failed)
        if not self._pieces:
            self.bilan.dire("Recherche…")

    def _drop_task(self) -> None:
        """Want no more what is being looked for."""
        self._calme.stop()
        if self._tache is not None:
            self._tache.succeeded.disconnect(self._found)
            self._tache.failed.disconnect(self._failed)
            self._tache.cancel()
            self._tache = None

    def _found(self, pieces: "list[PassagePiece]") -> None:
        self._tache = None
        self._show(pieces)
        if self._a_ouvrir:
            self._a_ouvrir = False
            self._entered()

    def _failed(self, erreur: O2rError) -> None:
        self._tache = None
        self._show(())
        self.bilan.dire("Recherche annulée." if isinstance(erreur, CancelledError) else str(erreur))

    def _show(self, pieces: "Sequence[PassagePiece]") -> None:
        if list(pieces) != list(self._pieces) or not pieces:
            courante = self.liste.currentIndex().row()
            self._pieces = pieces
            self.modele.show(pieces)
            garde = self.modele.index(courante)
            if garde.isValid() and garde.flags() & Qt.ItemFlag.ItemIsEnabled:
                self.liste.setCurrentIndex(garde)
        self.bilan.dire(bilan_dit(pieces) if pieces or self.champ.text().strip() else "")
        combien = self.modele.rowCount()
        haut = self.liste.sizeHintForRow(0) if combien else 0
        self.liste.setVisible(combien > 0)
        self.liste.setMinimumHeight(min(combien, _LIGNES_MOINS) * haut + 4)
        self.liste.setMaximumHeight(max(1, min(combien, _LIGNES_VUES) * haut + 4))

    def _work_started(self, tache: Task[Any]) -> None:
        tache.finished.connect(partial(self._work_finished, tache))

    def _work_finished(self, tache: Task[Any]) -> None:
        """Look again when the index has grown, while pieces wait for it."""
        from o2r_desktop.recherche import EtatPiece

        attente = any(piece.etat is EtatPiece.ATTENTE for piece in self._pieces)
        if attente and tache.objectName() == INDEXATION and self.isVisible():
            self._search()

    # --- choosing -----------------------------------------------------------------------------------------

    def _first(self) -> QModelIndex:
        """Return the current passage, else the first one."""
        courant = self.liste.currentIndex()
        if courant.isValid():
            return courant
        return next((i for i in map(self.modele.index, range(self.modele.rowCount())) if _choisissable(i)), courant)

    def _focus_list(self) -> None:
        premier = self._first()
        if premier.isValid():
            self.liste.setCurrentIndex(premier)
            self.liste.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _entered(self) -> None:
        """Open the first passage, now or once it is found."""
        if self._calme.isActive() or self._tache is not None:
            self._a_ouvrir = True
            if self._calme.isActive():
                self._search()
        else:
            self._open(self._first())

    def _open(self, index: QModelIndex) -> None:
        ligne = self.modele.ligne(index)
        if ligne is not None and ligne.page is not None:
            self.liste.setCurrentIndex(index)
            self.passage_chosen.emit(ligne.piece.empreinte, ligne.page.page, mots_de(ligne.page))

    def _campagne_closed(self) -> None:
        self._drop_task()
        self._numero = None
        self.champ.clear()
        self._calme.stop()
        self._show(())
        self.hide()


def mots_de(page: "PassagePage") -> str:
    """Return the first word of the question as the page has it: what the viewer can look for there."""
    return next((texte for texte, marque in page.fragments if marque), "")


def _choisissable(index: QModelIndex) -> bool:
    return bool(index.flags() & Qt.ItemFlag.ItemIsEnabled)


def _chercher(session: Session, numero: int, texte: str, reporter: Reporter) -> "list[PassagePiece]":
    """Search in the background; *session* is that of the window."""
    from o2r_desktop.recherche import chercher_pieces

    reporter.step(0, 1, "Recherche dans les pièces")
    with operations.twin_session(session) as jumelle:
        return chercher_pieces(jumelle, numero, texte)
