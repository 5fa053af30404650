"""The tab «Pièces»: the files of the dossier, each shown in the window or said to be missing."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from o2r_desktop.dossiers.model import Piece
from o2r_desktop.errors import CancelledError, O2rError
from o2r_desktop.evaluation.reponses import Evaluation, Zone
from o2r_desktop.imports.natures import Examen
from o2r_desktop.operations import DossierComplet
from o2r_desktop.text import NBSP, numero, printable
from ui.models.pieces import depot_dit, etat_piece, nom_dit, que_faire, taille_dite
from ui.pages.dossier.pieces_barre import BarrePieces
from ui.pages.dossier.pieces_choix import ChoixPiece
from ui.pages.dossier.pieces_detache import DETACHER, Attache
from ui.pages.dossier.pieces_examen import Examens
from ui.pages.dossier.pieces_lectures import Carnet
from ui.pages.dossier.pieces_marques import marques_de
from ui.pages.dossier.pieces_recherche import TOUCHE as CHERCHER_PARTOUT
from ui.pages.dossier.pieces_recherche import RecherchePieces
from ui.pages.dossier.pieces_sorties import Sorties
from ui.pages.dossier.volet import Volet
from ui.services import Services
from ui.theme import Ton
from ui.widgets.base import Banner, EmptyState, Pastille, button, fill, line, show_checked
from ui.widgets.pdf import VIGNETTES
from ui.widgets.selection import Selection
from ui.widgets.visionneuse import Visionneuse

PRECEDENTE, SUIVANTE = "Ctrl+PgUp", "Ctrl+PgDown"
LUE = "Ctrl+L"
"""Key that says that a piece was read, or that it was not."""
_REMPLACEE = "La pièce demandée n’est plus celle du dossier : un import l’a remplacée ou retirée."
_A_LIRE, _EST_LUE = "Marquer lue", "✓ Lue"
_ATTENTE_MS = 300


class PiecesVolet(Volet):
    """One piece at a time, with where it comes from and what can be done with it."""

    piece_changed = Signal(int)
    """Rank of the piece in view, -1 when there is none."""

    lecture_changed = Signal(object)
    """A Lecture: how far a piece was read."""
    mark_activated = Signal(str)
    """Critere of an evidence that was clicked on its page."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._numero: int | None = None
        self._pieces: tuple[Piece, ...] = ()
        self._evaluation: Evaluation | None = None
        self._critere = ""
        self._criteres: Sequence[str] = ()
        """Critere of each mark in view."""
        self._rang = -1
        self._page, self._zones, self._mots = 0, tuple[Zone, ...](), ""
        self._a_lire = False
        """Whether the focus goes to the piece once it is there."""
        self._examen: Examen | None = None
        self.choix = ChoixPiece()
        self.etat = Pastille()
        self.panne = Banner("", Ton.MAUVAIS)
        self.corps = QWidget()
        self.sorties = Sorties(services, self)
        self.vue = Visionneuse(services.theme, services.reglages, services.taches.start)
        self.recherche = RecherchePieces(services)
        self.carnet = Carnet(services, self.vue, self)
        self.examens = Examens(services, self)
        self.lue = button(_A_LIRE, self._toggle_lue, role="discret", touche=LUE, nom="Pièce lue")
        self.lue.setCheckable(True)
        self.detacher = button(
            "Détacher", self.toggle_detached, role="discret", touche=DETACHER, nom="Détacher les pièces"
        )
        self.detacher.setToolTip("Lire les pièces dans leur propre fenêtre, sur un second écran par exemple")
        self.importer = button("Importer…", services.navigation.import_files, role="principal", touche="Ctrl+I")
        self.absente = EmptyState("", "", [self.importer])
        self.erreur = EmptyState("", "", [button("Réessayer", self._read)])
        self.attente = EmptyState("Lecture de la pièce…", "")
        for face in (self.absente, self.erreur, self.attente):
            self.vue.hold(face)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_ATTENTE_MS)
        self._patience.timeout.connect(self._say_waiting)
        corps = QVBoxLayout(self.corps)
        self._barre = BarrePieces(self.choix, self.etat, self.lue, self.sorties.menu, self.detacher)
        fill(corps, self._barre, self.panne, self.recherche, line(), self.vue, espace=0)
        corps.setStretch(4, 1)
        self.attache = Attache(self.corps, services.reglages, self)
        fill(QVBoxLayout(self), self.attache.pile)
        self._connect()
        self._enable()

    # --- what the page asks -------------------------------------------------------------------------------

    @property
    def rang(self) -> int:
        """The rank of the piece in view, -1 when there is none."""
        return self._rang

    @property
    def piece(self) -> Piece | None:
        """The piece in view."""
        return self._pieces[self._rang] if 0 <= self._rang < len(self._pieces) else None

    @property
    def selection(self) -> Selection | None:
        """The passage that is chosen in the piece in view."""
        return self.vue.selection if self.shown else None

    @property
    def shown(self) -> bool:
        """Whether what is in view is the piece that is chosen, and not the one before while it opens."""
        en_vue = self.piece is not None and self.piece.presente and self.vue.cle == self.piece.empreinte
        return en_vue and self.vue.ready

    @property
    def detached(self) -> bool:
        """Whether the pieces are in a window of their own."""
        return self.attache.detached

    def show_dossier(self, complet: DossierComplet) -> None:
        """Show the first piece that was received, else the first that is missing."""
        self._numero, self._evaluation = complet.dossier.numero, complet.evaluation
        self._pieces = complet.dossier.pieces
        self.choix.show_pieces(self._pieces)
        self.panne.dire("")
        self._open_carnet()
        self.recherche.show_dossier(self._numero)
        self._show(next((i for i, p in enumerate(self._pieces) if p.presente), 0 if self._pieces else -1))

    def update_dossier(self, complet: DossierComplet) -> None:
        """Show the same dossier; the piece in view stays unless an import changed it."""
        self._evaluation = complet.evaluation
        if complet.dossier.pieces == self._pieces:
            self._show_marks()
            return
        avant = self.piece
        self._pieces = complet.dossier.pieces
        self.choix.show_pieces(self._pieces)
        ou = next((i for i, p in enumerate(self._pieces) if avant and _same(p, avant)), -1)
        if ou >= 0 and self._pieces[ou] == avant:
            self._rang = ou
            self.choix.set_rang(ou)
            self._show_marks()
            self.piece_changed.emit(ou)
        else:
            self._show(ou if ou >= 0 else (0 if self._pieces else -1))

    def set_critere(self, critere_id: str) -> None:
        """Say which critere is being answered: its evidence has a thick edge."""
        if critere_id != self._critere:
            self._critere = critere_id
            self._show_marks()

    def leave(self) -> bool:
        """Write how far the pieces were read; a failure is said and holds nobody back."""
        self.carnet.flush()
        return True

    def show_rang(self, rang: int) -> None:
        """Show a piece by its rank in the dossier."""
        if rang != self._rang or self._examen is None:
            self._show(rang)

    def show_empreinte(self, empreinte: str, page: int = 1, zones: Sequence[Zone] = (), *, mots: str = "") -> bool:
        """Show a page of the piece that has this fingerprint; return False when the dossier has none.

        A passage is brought into view and shown for a moment; *mots* are looked for from that page.
        """
        rang = next((i for i, p in enumerate(self._pieces) if p.presente and p.empreinte == empreinte), -1)
        if rang < 0:
            self.panne.dire(_REMPLACEE)
            return False
        if rang == self._rang and self.vue.cle == empreinte:
            self.vue.go_to_zones(page, zones)
            if mots:
                self.vue.search_words(mots)
        else:
            self._show(rang, page, zones, mots)
        return True

    def toggle_detached(self) -> None:
        """Put the pieces in a window of their own, or bring them back."""
        self.attache.toggle()
        self.focus_first()

    def focus_first(self) -> None:
        """Put the focus where the piece is read, else on what can be done."""
        if self.attache.fenetre is not None:
            self.attache.fenetre.activateWindow()
        if self.vue.cle:
            self.vue.focus_first()
        elif self.importer.isVisibleTo(self):
            self.importer.setFocus()
        else:
            self.choix.liste.setFocus()
            self._a_lire = self.examens.busy

    def focus_search(self) -> None:
        """Look for a text in the piece."""
        self.vue.focus_search()

    # --- parts --------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.choix.chosen.connect(self.show_rang)
        self.sorties.failed.connect(self.panne.dire)
        self.carnet.changed.connect(self._lecture_changed)
        self.carnet.failed.connect(self.panne.dire)
        self.examens.found.connect(self._read_done)
        self.examens.failed.connect(self._read_failed)
        self.vue.mark_activated.connect(self._mark_activated)
        self.attache.changed.connect(self._detached)
        self.recherche.passage_chosen.connect(self._show_passage)
        self.recherche.closed.connect(self.focus_first)
        self.services.campagne.closed.connect(self._campagne_closed)
        touches = (
            (PRECEDENTE, partial(self.choix.step, -1)),
            (SUIVANTE, partial(self.choix.step, 1)),
            (LUE, self.lue.click),
            (VIGNETTES, self.vue.pdf.toggle_vignettes),
            (CHERCHER_PARTOUT, self.recherche.open),
        )
        for touche, faire in touches:
            _bind(self.corps, touche, faire)

    # --- reading a piece ----------------------------------------------------------------------------------

    def _show(self, rang: int, page: int = 0, zones: Sequence[Zone] = (), mots: str = "") -> None:
        self.carnet.follow("")
        self._rang, self._examen = rang, None
        self._page, self._zones, self._mots = page, tuple(zones), mots
        self.choix.set_rang(rang)
        self._describe()
        self._read()
        self.piece_changed.emit(rang)

    def _describe(self) -> None:
        """Say what the piece is and where it stands."""
        piece = self.piece
        dossier = f"dossier {numero(self._numero)}" if self._numero is not None else ""
        self.attache.set_titre(" — ".join(m for m in (nom_dit(piece) if piece else "Pièces", dossier) if m))
        if piece is None:
            self.etat.dire("", Ton.NEUTRE)
            self._barre.details.set_texte("")
            return
        etat = etat_piece(piece)
        self.etat.dire(f"{etat.signe} {'reçue' if piece.presente else etat.mot}", etat.ton)
        champ = " ".join(printable(piece.champ).split())
        taille = taille_dite(piece.taille) if piece.presente and piece.taille else ""
        parties = (f"« {champ} »" if champ else "", taille, depot_dit(piece))
        self._barre.details.set_texte(" · ".join(p for p in parties if p))

    def _read(self) -> None:
        """Look at the file in the background, or say that there is none."""
        self._patience.stop()
        self.examens.drop()
        self._enable()
        piece = self.piece
        if piece is None:
            self.absente.dire("Aucune pièce", "Ni l’export ni une archive n’ont apporté de pièce à ce dossier.")
            self.vue.show_instead(self.absente)
        elif not piece.presente:
            self.absente.dire(f"{nom_dit(piece)}{NBSP}: {etat_piece(piece).dit}", que_faire(piece))
            self.vue.show_instead(self.absente)
        elif self.services.campagne.is_open:
            self._patience.start()
            self.examens.ask(piece, next((p for p in self._pieces[self._rang + 1 :] if p.presente), None))

    def _read_done(self, piece: Piece, examen: Examen) -> None:
        self._patience.stop()
        self._examen = examen
        self._show_card(piece, examen)
        self.vue.show_piece(
            piece.empreinte, nom_dit(piece), examen, page=self._page, zones=self._zones, mots=self._mots
        )
        self.carnet.follow(piece.empreinte)
        self._show_marks()
        self._enable()
        if self._a_lire and self.choix.liste.hasFocus():
            self.vue.focus_first()
        self._a_lire = False

    def _read_failed(self, erreur: O2rError) -> None:
        piece = self.piece
        assert piece is not None
        self._patience.stop()
        phrase = "La lecture a été annulée." if isinstance(erreur, CancelledError) else str(erreur)
        self.erreur.dire(f"{nom_dit(piece)} ne peut pas être montrée", phrase)
        self.vue.show_instead(self.erreur)

    def _say_waiting(self) -> None:
        self.vue.show_instead(self.attente)

    def _show_card(self, piece: Piece, examen: Examen) -> None:
        lignes = [("Genre", examen.libelle), ("Taille", taille_dite(examen.taille))]
        if depot_dit(piece):
            lignes.append(("Date", depot_dit(piece)))
        lignes.append(("Empreinte SHA-256", " ".join(piece.empreinte[i : i + 8] for i in range(0, 64, 8))))
        suite = "" if examen.avertissement else "Ce genre de fichier n’est pas montré dans cette fenêtre."
        self.vue.fiche.dire(nom_dit(piece), suite, lignes)

    def _enable(self) -> None:
        piece, vu = self.piece, self._examen is not None
        self.sorties.show_piece(piece, self._examen)
        self.lue.setVisible(piece is not None and piece.presente)
        self.lue.setEnabled(vu)
        self.detacher.setEnabled(bool(self._pieces))
        self._show_lue()

    # --- what was read, what is marked --------------------------------------------------------------------

    def _open_carnet(self) -> None:
        try:
            self.carnet.open(self._numero)
        except O2rError as erreur:
            self.panne.dire(str(erreur))

    def _lecture_changed(self, lecture: object) -> None:
        self._show_lue()
        self.lecture_changed.emit(lecture)

    def _show_lue(self) -> None:
        piece = self.piece
        lecture = self.carnet.lecture(piece.empreinte if piece is not None else "")
        show_checked(self.lue, lecture.lue)
        self.lue.setText(f"{_EST_LUE if lecture.lue else _A_LIRE}  {LUE}")
        self.vue.pdf.vignettes.set_vues(lecture.vues)

    def _toggle_lue(self) -> None:
        self.carnet.set_lue(lue=self.lue.isChecked())

    def _show_marks(self) -> None:
        piece = self.piece
        if piece is None or self._evaluation is None or self.vue.cle != piece.empreinte:
            return
        marques, self._criteres = marques_de(self._evaluation, piece.empreinte, self._critere)
        self.vue.show_marks(marques)

    def _mark_activated(self, rang: int) -> None:
        if rang < len(self._criteres):
            self.mark_activated.emit(self._criteres[rang])

    def _show_passage(self, empreinte: str, page: int, mots: str) -> None:
        self.show_empreinte(empreinte, page, mots=mots)

    # --- around -------------------------------------------------------------------------------------------

    def _detached(self, ailleurs: bool) -> None:
        self.detacher.setText(f"{'Rattacher' if ailleurs else 'Détacher'}  {DETACHER}")
        self.detacher.setAccessibleName("Rattacher les pièces" if ailleurs else "Détacher les pièces")

    def _campagne_closed(self) -> None:
        self.attache.bring_back()
        self.examens.forget()
        self._patience.stop()
        self.carnet.forget()
        self._numero = self._evaluation = None
        self._pieces, self._criteres = (), ()
        self._rang, self._examen = -1, None
        self.choix.show_pieces(())
        self.vue.clear()
        self._describe()
        self._enable()


def _same(une: Piece, autre: Piece) -> bool:
    return (une.nom, une.champ, une.genre) == (autre.nom, autre.champ, autre.genre)


def _bind(portee: QWidget, touche: str, faire: Callable[[], object]) -> None:
    raccourci = QShortcut(QKeySequence(touche), portee)
    raccourci.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    raccourci.activated.connect(faire)
