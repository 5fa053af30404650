"""The tabs of the centre, each with what it shows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QTextCursor

from o2r_desktop.analyse.angles import Angle
from o2r_desktop.evaluation.grille import Critere
from o2r_desktop.evaluation.lectures import Lecture
from o2r_desktop.evaluation.reponses import Zone
from ui.navigation import Onglet
from ui.pages.dossier.analyse.volet import AnalyseVolet
from ui.pages.dossier.centre import Centre
from ui.pages.dossier.conclusion import ConclusionVolet
from ui.pages.dossier.formulaire import FormulaireVolet
from ui.pages.dossier.formulaire_texte import AUTRES
from ui.pages.dossier.historique import HistoriqueVolet
from ui.pages.dossier.note import NoteVolet
from ui.pages.dossier.pieces import PiecesVolet
from ui.pages.dossier.questions import QuestionsVolet
from ui.pages.dossier.volet import Volet
from ui.reprise import Reprise
from ui.services import Services
from ui.widgets.astuce import Astuce


class Onglets(QObject):
    """The readers and their centre; *leave* has the whole page write what is being typed."""

    piece_changed = Signal(int)
    """Rank of the piece in view, -1 when none is."""
    lecture_changed = Signal()
    """What was read of the pieces changed: ``lues`` says it."""
    critere_chosen = Signal(str)
    """A critere is asked for from a tab, «» never."""

    def __init__(self, services: Services, leave: Callable[[], bool]) -> None:
        super().__init__()
        self.formulaire = FormulaireVolet(services)
        self.pieces = PiecesVolet(services)
        self.analyse = AnalyseVolet(services)
        self.conclusion = ConclusionVolet(services, leave)
        self.note = NoteVolet(services)
        self.questions = QuestionsVolet(services)
        self.historique = HistoriqueVolet(services)
        volets: Mapping[Onglet, Volet] = {
            Onglet.FORMULAIRE: self.formulaire,
            Onglet.PIECES: self.pieces,
            Onglet.ANALYSE: self.analyse,
            Onglet.CONCLUSION: self.conclusion,
            Onglet.NOTE: self.note,
            Onglet.QUESTIONS: self.questions,
            Onglet.HISTORIQUE: self.historique,
        }
        self.centre = Centre(volets, Astuce(services.reglages))
        self.centre.onglet_changed.connect(self._tell_piece)
        self.pieces.piece_changed.connect(self._tell_piece)
        self.pieces.lecture_changed.connect(self._lecture_told)
        for chosen in (
            self.pieces.mark_activated,
            self.conclusion.critere_requested,
            self.historique.critere_chosen,
            self.analyse.critere_requested,
        ):
            chosen.connect(self.critere_chosen)
        self.analyse.piece_requested.connect(self.show_empreinte)
        self.analyse.champ_requested.connect(self.show_champ)
        self.lues: dict[str, Lecture] = {}
        """What was read of the pieces of the dossier since it was opened, by SHA-256."""
        self.totaux: dict[str, int] = {}
        """How many pages the pieces that were shown have."""

    def show(self, onglet: str) -> None:
        """Bring a tab into view and put the focus there."""
        self.centre.show_onglet(Onglet(onglet))
        self.centre.focus_first()

    def show_angle(self, angle: str) -> None:
        """Bring a side of the analysis into view and put the focus there."""
        self.analyse.show_angle(Angle(angle))
        self.show(Onglet.ANALYSE)

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
        """Show a part of the form, «» for the answers that belong to none."""
        self.centre.show_onglet(Onglet.FORMULAIRE)
        self.formulaire.show_section(nom or AUTRES)

    def show_champ(self, champ: str, rang: int = 1) -> bool:
        """Show a field of the form, by attribute or label; return False when there is none."""
        self.centre.show_onglet(Onglet.FORMULAIRE)
        return self.formulaire.show_champ(champ, rang)

    def show_rang(self, rang: int) -> None:
        """Show a piece by its rank in the dossier."""
        self.centre.show_onglet(Onglet.PIECES)
        self.pieces.show_rang(rang)
        self.pieces.focus_first()

    def show_empreinte(self, empreinte: str, page: int, zones: Sequence[Zone] = (), *, mots: str = "") -> bool:
        """Show a page of a received piece, a passage marked; return False when there is none."""
        self.centre.show_onglet(Onglet.PIECES)
        trouvee = self.pieces.show_empreinte(empreinte, page, zones, mots=mots)
        self.pieces.focus_first()
        return trouvee

    def act_on_pieces(self, faire: Callable[[], object]) -> None:
        """Bring the pieces into view, then do something there."""
        self.centre.show_onglet(Onglet.PIECES)
        faire()

    def follow_critere(self, critere: Critere, *, form: bool) -> None:
        """Follow the critere in view; with *form*, scroll it to where the porteur answers. The focus stays."""
        self.historique.follow_critere(critere.id)
        self.pieces.set_critere(critere.id)
        if form and self.centre.onglet is Onglet.FORMULAIRE:
            any(self.formulaire.show_champ(attribut) for attribut in critere.attributs)

    def place(self, reprise: Reprise) -> Reprise:
        """Return *reprise* with the tab in view, the page of the piece and how far the form is scrolled."""
        ici = self.centre.onglet
        piece = self.pieces.piece if ici is Onglet.PIECES else None
        lue = piece is not None and piece.presente
        return replace(
            reprise,
            onglet=ici.value,
            empreinte=piece.empreinte if piece is not None and lue else "",
            page=max(1, self.pieces.vue.page) if self.pieces.shown else 1,
            haut=self.formulaire.vue.cursorForPosition(QPoint(0, 0)).position(),
        )

    def restore(self, reprise: Reprise) -> None:
        """Show again the page of a piece, and the form where it was scrolled."""
        if reprise.empreinte and self.centre.onglet is Onglet.PIECES:
            self.show_empreinte(reprise.empreinte, reprise.page)
        if self.centre.onglet is Onglet.FORMULAIRE:
            vue = self.formulaire.vue
            vue.document().size()  # lays the whole text out, so that the scroll bar knows its end
            curseur = QTextCursor(vue.document())
            curseur.setPosition(min(reprise.haut, vue.document().characterCount() - 1))
            barre = vue.verticalScrollBar()
            barre.setValue(barre.value() + vue.cursorRect(curseur).top())

    def _lecture_told(self, lecture: Lecture) -> None:
        vue, piece = self.pieces.vue, self.pieces.piece
        self.lues[lecture.empreinte] = lecture
        if vue.cle == lecture.empreinte:
            self.totaux[lecture.empreinte] = vue.total
        if piece is not None and piece.empreinte == lecture.empreinte:  # else another dossier is being opened
            self.lecture_changed.emit()

    def _tell_piece(self) -> None:
        self.piece_changed.emit(self.pieces.rang if self.centre.onglet is Onglet.PIECES else -1)
