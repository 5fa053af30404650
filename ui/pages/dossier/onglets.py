"""The tabs of the centre, each with what it shows."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal

from ui.navigation import Onglet
from ui.pages.dossier.centre import Centre
from ui.pages.dossier.conclusion import ConclusionVolet
from ui.pages.dossier.formulaire import FormulaireVolet
from ui.pages.dossier.historique import HistoriqueVolet
from ui.pages.dossier.note import NoteVolet
from ui.pages.dossier.pieces import PiecesVolet
from ui.pages.dossier.questions import QuestionsVolet
from ui.pages.dossier.volet import Volet
from ui.services import Services


class Onglets(QObject):
    """The readers and their centre; *leave* has the whole page write what is being typed."""

    piece_changed = Signal(int)
    """Rank of the piece in view, -1 when none is."""

    def __init__(self, services: Services, leave: Callable[[], bool]) -> None:
        super().__init__()
        self.formulaire = FormulaireVolet(services)
        self.pieces = PiecesVolet(services)
        self.conclusion = ConclusionVolet(services, leave)
        self.note = NoteVolet(services)
        self.questions = QuestionsVolet(services)
        self.historique = HistoriqueVolet(services)
        volets: Mapping[Onglet, Volet] = {
            Onglet.FORMULAIRE: self.formulaire,
            Onglet.PIECES: self.pieces,
            Onglet.CONCLUSION: self.conclusion,
            Onglet.NOTE: self.note,
            Onglet.QUESTIONS: self.questions,
            Onglet.HISTORIQUE: self.historique,
        }
        self.centre = Centre(volets)
        self.centre.onglet_changed.connect(self._tell_piece)
        self.pieces.piece_changed.connect(self._tell_piece)

    def show(self, onglet: str) -> None:
        """Bring a tab into view and put the focus there."""
        self.centre.show_onglet(Onglet(onglet))
        self.centre.focus_first()

    def cycle(self, pas: int) -> None:
        """Bring the next tab into view, or the one before, and put the focus there."""
        self.centre.cycle(pas)
        self.centre.focus_first()

    def search(self) -> None:
        """Look for a text in the piece in view, else in the form."""
        if self.centre.onglet is Onglet.PIECES:
            self.pieces.focus_search()
        else:
            self.centre.show_onglet(Onglet.FORMULAIRE)
            self.formulaire.focus_search()

    def show_section(self, nom: str) -> None:
        """Show a part of the form."""
        self.centre.show_onglet(Onglet.FORMULAIRE)
        self.formulaire.show_section(nom)

    def show_champ(self, champ: str, rang: int = 1) -> bool:
        """Show a field of the form, by attribute or label; return False when there is none."""
        self.centre.show_onglet(Onglet.FORMULAIRE)
        return self.formulaire.show_champ(champ, rang)

    def show_rang(self, rang: int) -> None:
        """Show a piece by its rank in the dossier."""
        self.centre.show_onglet(Onglet.PIECES)
        self.pieces.show_rang(rang)
        self.pieces.focus_first()

    def show_empreinte(self, empreinte: str, page: int) -> bool:
        """Show a page of a received piece; return False when the dossier has none of that fingerprint."""
        self.centre.show_onglet(Onglet.PIECES)
        trouvee = self.pieces.show_empreinte(empreinte, page)
        self.pieces.focus_first()
        return trouvee

    def _tell_piece(self) -> None:
        self.piece_changed.emit(self.pieces.rang if self.centre.onglet is Onglet.PIECES else -1)
