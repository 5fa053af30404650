"""The rows of the list, the quick view of one of them at their right, the passages of the search under them."""

import re
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter

from o2r_desktop.suivi import Suivi
from ui.pages.tableau_dossiers import TableauDossiers
from ui.recherche import PASSAGES_MAX, unwhole
from ui.services import Services
from ui.widgets.base import has_focus_within, split

if TYPE_CHECKING:
    from o2r_desktop.recherche import Passage, Resultat
    from ui.dialogs.apercu import QuickView
    from ui.widgets.passages import PassagesPanel

CLE_PASSAGES = "liste/passages"
PLIER, ALLER = "Ctrl+Shift+F", "F6"
"""Keys: put the passages away or bring them back, go to them."""
_LARGEUR_APERCU = 22
"""Width of the quick view, in lines of text."""
_HAUTEUR_PASSAGES = 14
"""Height of the passages, in lines of text."""
_LIGNE = re.compile(r", ligne \d+$")
"""What follows the name of a table in the name of one of its rows."""


class ListCentre(QSplitter):
    """The table, the quick view and the passages: those are made when they are first asked for."""

    closed = Signal()
    """The quick view asks to be closed."""
    left = Signal()
    """The focus goes back to the rows."""
    typed = Signal(str)

    def __init__(self, services: Services, table: TableauDossiers) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._services = services
        self._table = table
        self._aux_passages = False
        """Whether the user left for a passage: the focus comes back to it."""
        self._haut = QSplitter(Qt.Orientation.Horizontal)
        for separateur in (self, self._haut):
            separateur.setObjectName("centre_dossiers")
            separateur.setChildrenCollapsible(False)
            separateur.setHandleWidth(9)
        split(self._haut, table)
        split(self, self._haut)
        self._haut.setStretchFactor(0, 1)
        self.setStretchFactor(0, 1)
        services.theme.changed.connect(self._theme_changed)

    @cached_property
    def apercu(self) -> "QuickView":
        """The quick view of the current row."""
        from ui.dialogs.apercu import QuickView

        apercu = QuickView(self._services)
        split(self._haut, self._table, apercu)
        self._haut.setStretchFactor(1, 0)
        apercu.opened.connect(self._services.navigation.open_dossier)
        apercu.closed.connect(self.closed)
        return apercu

    @property
    def previewing(self) -> bool:
        """Whether the quick view is open."""
        return "apercu" in self.__dict__ and not self.apercu.isHidden()

    def preview(self, montrer: bool) -> None:
        """Open or close the quick view."""
        self.apercu.setVisible(montrer)
        self.share_width()
        self._table.set_compact(montrer)

    def share_width(self) -> None:
        """Give the quick view what its words need, never more than the table."""
        if self.previewing:
            place = self._haut.width()
            pris = min(self.fontMetrics().height() * _LARGEUR_APERCU, place * 45 // 100)
            self._haut.setSizes([place - pris, pris])

    # --- passages -----------------------------------------------------------------------------------------

    @cached_property
    def passages(self) -> "PassagesPanel":
        """Where the words of the search stand."""
        from ui.widgets.passages import PassagesPanel

        passages = PassagesPanel(self._services.theme, touche=PLIER, aller=ALLER)
        passages.hide()
        split(self, self._haut, passages)
        self.setStretchFactor(1, 0)
        passages.fold(self._services.reglages.texte(CLE_PASSAGES) == "plies")
        passages.folded.connect(self.fold_passages)
        passages.liste.opened.connect(self._open_passage)
        passages.liste.escaped.connect(self.left)
        passages.liste.typed.connect(self.typed)
        return passages

    @property
    def finding(self) -> bool:
        """Whether passages are shown, or could be by a key."""
        return "passages" in self.__dict__ and not self.passages.isHidden()

    def show_passages(self, resultat: "Resultat | None", suivi: Suivi | None) -> None:
        """Show where the words stand, nothing when no text holds them and all are known."""
        if resultat is None or suivi is None or (not resultat.passages and resultat.complet):
            if self.finding:
                if has_focus_within(self.passages):
                    self.left.emit()
                self.passages.hide()
            return
        reserve = unwhole(lecture_seule=self._services.campagne.read_only)
        self.passages.show_resultat(resultat, PASSAGES_MAX, reserve, lambda numero: _name(suivi, numero))
        if self.passages.isHidden():
            self.passages.show()
            self.share_height()

    def fold_passages(self, plier: bool) -> None:
        """Put the passages away or bring them back, and remember it."""
        self._services.reglages.set_texte(CLE_PASSAGES, "plies" if plier else "")
        if plier and has_focus_within(self.passages.liste):
            self.left.emit()
        self.passages.fold(plier)
        self.share_height()

    def toggle_passages(self) -> None:
        """Put the passages away, or bring them back."""
        if self.finding:
            self.fold_passages(not self.passages.is_folded)

    def go_to_passages(self) -> None:
        """Put the focus on the passages, brought back when they were put away; from there, on the rows."""
        if self.finding and has_focus_within(self.passages.liste):
            self.left.emit()
        elif self.finding:
            if self.passages.is_folded:
                self.fold_passages(False)
            self.passages.liste.focus_first()

    def take_focus(self) -> None:
        """Put the focus on the rows, or on the passage that the user comes back from."""
        revient, self._aux_passages = self._aux_passages, False
        if revient and self.finding and not self.passages.is_folded:
            self.passages.liste.focus_first()
        else:
            self._table.setFocus()

    def _open_passage(self, passage: "Passage") -> None:
        """Open the piece at its page, or the dossier at its field; a row of a table leads to the table."""
        self._aux_passages = True
        aller = self._services.navigation
        if passage.page is not None:
            aller.open_piece(passage.numero, passage.empreinte, page=passage.page)
        else:
            aller.open_champ(passage.numero, _LIGNE.sub("", passage.ou))

    def share_height(self) -> None:
        """Give the passages some lines, never more than the rows; their head alone when they are put away."""
        if not self.finding:
            return
        tete, place = self.passages.sizeHint().height(), self.height()
        voulu = tete if self.passages.is_folded else self.fontMetrics().height() * _HAUTEUR_PASSAGES
        pris = min(voulu, place * 45 // 100)
        self.setSizes([place - pris, pris])

    def _theme_changed(self) -> None:
        self.share_width()
        if "passages" in self.__dict__:
            self.passages.fold(self.passages.is_folded)
        self.share_height()


def _name(suivi: Suivi, numero: int) -> str:
    rang = suivi.rang(numero)
    return "" if rang is None else suivi.ligne(rang).porteur
