"""The passage that a key pins: what is selected in the reader in view, or the page that is being read."""

from dataclasses import replace

from o2r_desktop.evaluation.preuves import extrait_de
from o2r_desktop.evaluation.reponses import Preuve
from ui.navigation import Onglet
from ui.pages.dossier.onglets import Onglets


class Epingle:
    """Called, it says what would be pinned now; it also brings what was pinned back into view."""

    def __init__(self, onglets: Onglets) -> None:
        self._onglets = onglets

    def __call__(self) -> Preuve | None:
        """Return the selected passage, else the page, the piece or the field in view; None when there is none."""
        if self._in_pieces():
            return self._piece()
        if self._onglets.centre.onglet is Onglet.FORMULAIRE:
            return self._onglets.formulaire.selection
        if self._onglets.centre.onglet is Onglet.ANALYSE:
            return self._onglets.analyse.selection
        return None

    def open(self, preuve: Preuve) -> bool:
        """Show the place of an evidence, its passage marked; return False when the dossier has it no more."""
        if preuve.empreinte:
            return self._onglets.show_empreinte(preuve.empreinte, preuve.page or 1, preuve.zones)
        self._onglets.centre.show_onglet(Onglet.FORMULAIRE)
        return self._onglets.formulaire.show_preuve(preuve)

    def _in_pieces(self) -> bool:
        """Say whether pieces are being read: their tab is in view, or their own window is the active one."""
        pieces = self._onglets.pieces
        return self._onglets.centre.onglet is Onglet.PIECES or (pieces.detached and pieces.vue.isActiveWindow())

    def _piece(self) -> Preuve | None:
        pieces = self._onglets.pieces
        piece, page = pieces.piece, pieces.vue.page
        if piece is None or not pieces.shown:
            return None
        lieu = Preuve(ou=piece.nom, page=page or None, empreinte=piece.empreinte)
        choisie = pieces.selection
        if choisie is None:
            return lieu
        paginee = page or choisie.zones
        return replace(
            lieu,
            page=choisie.page if paginee else None,
            zones=tuple(choisie.zones),
            extrait=extrait_de(choisie.texte),
        )
