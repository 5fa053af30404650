"""The tab «Pièces»: the files of the dossier, each shown in the window or said to be missing."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from o2r_desktop import operations
from o2r_desktop.dossiers.model import Piece
from o2r_desktop.errors import CancelledError, O2rError
from o2r_desktop.imports.natures import Examen, copier, examiner, nom_sur
from o2r_desktop.operations import DossierComplet, Session
from o2r_desktop.progress import Reporter
from o2r_desktop.text import NBSP, printable
from ui import system
from ui.models.pieces import depot_dit, etat_piece, nom_dit, que_faire, taille_dite
from ui.pages.dossier.entete import ElidedLabel
from ui.pages.dossier.pieces_choix import ChoixPiece
from ui.pages.dossier.volet import Volet
from ui.services import Services
from ui.tasks import Task
from ui.theme import Ton
from ui.widgets.base import Banner, EmptyState, Pastille, button, fill, line
from ui.widgets.flux import Flow
from ui.widgets.visionneuse import Visionneuse

PRECEDENTE, SUIVANTE = "Ctrl+PgUp", "Ctrl+PgDown"
_OUVRIR = "Ouvrir une copie avec l’application du système"
_REMPLACEE = "La pièce demandée n’est plus celle du dossier : un import l’a remplacée ou retirée."
_ATTENTE_MS = 300


class PiecesVolet(Volet):
    """One piece at a time, with where it comes from and what can be done with it."""

    piece_changed = Signal(int)
    """Rank of the piece in view, -1 when there is none."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._pieces: tuple[Piece, ...] = ()
        self._rang = -1
        self._page = 0
        self._a_lire = False
        """Whether the focus goes to the piece once it is there."""
        self._examen: Examen | None = None
        self._tache: Task[Examen] | None = None
        self.copies = system.Copies(self)
        self.choix = ChoixPiece()
        self.etat = Pastille()
        self.details = ElidedLabel("secondaire")
        self.ouvrir = button("Ouvrir ailleurs…", self._open_outside, nom=_OUVRIR)
        self.ouvrir.setToolTip(_OUVRIR)
        self.enregistrer = button("Enregistrer sous…", self._save_as)
        self.panne = Banner("", Ton.MAUVAIS)
        self.vue = Visionneuse(services.theme, services.reglages)
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
        fill(QVBoxLayout(self), self._make_bar(), self.panne, line(), self.vue, espace=0)
        self.layout().setStretch(3, 1)  # type: ignore[union-attr]
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

    def show_dossier(self, complet: DossierComplet) -> None:
        """Show the first piece that was received, else the first that is missing."""
        self._pieces = complet.dossier.pieces
        self.choix.show_pieces(self._pieces)
        self._show(next((i for i, p in enumerate(self._pieces) if p.presente), 0 if self._pieces else -1))

    def update_dossier(self, complet: DossierComplet) -> None:
        """Show the same dossier; the piece in view stays unless an import changed it."""
        if complet.dossier.pieces == self._pieces:
            return
        avant = self.piece
        self._pieces = complet.dossier.pieces
        self.choix.show_pieces(self._pieces)
        ou = next((i for i, p in enumerate(self._pieces) if avant and _same(p, avant)), -1)
        if ou >= 0 and self._pieces[ou] == avant:
            self._rang = ou
            self.choix.set_rang(ou)
            self.piece_changed.emit(ou)
        else:
            self._show(ou if ou >= 0 else (0 if self._pieces else -1))

    def show_rang(self, rang: int) -> None:
        """Show a piece by its rank in the dossier."""
        if rang != self._rang or self._examen is None:
            self._show(rang)

    def show_empreinte(self, empreinte: str, page: int = 1) -> bool:
        """Show a page of the piece that has this fingerprint; return False when the dossier has none."""
        rang = next((i for i, p in enumerate(self._pieces) if p.presente and p.empreinte == empreinte), -1)
        if rang < 0:
            self.panne.dire(_REMPLACEE)
            return False
        if rang == self._rang and self.vue.cle == empreinte:
            self.vue.go_to(page)
        else:
            self._show(rang, page)
        return True

    def focus_first(self) -> None:
        """Put the focus where the piece is read, else on what can be done."""
        if self.vue.cle:
            self.vue.focus_first()
        elif self.importer.isVisibleTo(self):
            self.importer.setFocus()
        else:
            self.choix.liste.setFocus()
            self._a_lire = self._tache is not None

    def focus_search(self) -> None:
        """Look for a text in the piece."""
        self.vue.focus_search()

    # --- parts --------------------------------------------------------------------------------------------

    def _make_bar(self) -> QWidget:
        barre, tete, gestes = QWidget(), QHBoxLayout(), Flow(espace=8)
        fill(tete, self.choix, self.etat, espace=12)
        tete.setStretch(0, 1)
        for partie in (self.ouvrir, self.enregistrer):
            gestes.addWidget(partie)
        fill(QVBoxLayout(barre), tete, self.details, gestes, espace=4)
        barre.layout().setContentsMargins(12, 8, 12, 8)  # type: ignore[union-attr]
        return barre

    def _connect(self) -> None:
        self.choix.chosen.connect(self.show_rang)
        self.services.campagne.closed.connect(self._campagne_closed)
        for touche, pas in ((PRECEDENTE, -1), (SUIVANTE, 1)):
            raccourci = QShortcut(QKeySequence(touche), self)
            raccourci.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            raccourci.activated.connect(partial(self.choix.step, pas))

    # --- reading a piece ----------------------------------------------------------------------------------

    def _show(self, rang: int, page: int = 0) -> None:
        self._rang, self._page, self._examen = rang, page, None
        self.choix.set_rang(rang)
        self.panne.dire("")
        self._describe()
        self._read()
        self.piece_changed.emit(rang)

    def _describe(self) -> None:
        """Say what the piece is and where it stands."""
        piece = self.piece
        if piece is None:
            self.etat.dire("", Ton.NEUTRE)
            self.details.set_texte("")
            return
        etat = etat_piece(piece)
        self.etat.dire(f"{etat.signe} {'reçue' if piece.presente else etat.mot}", etat.ton)
        champ = " ".join(printable(piece.champ).split())
        taille = taille_dite(piece.taille) if piece.presente and piece.taille else ""
        parties = (f"« {champ} »" if champ else "", taille, depot_dit(piece))
        self.details.set_texte(" · ".join(p for p in parties if p))

    def _read(self) -> None:
        """Look at the file in the background, or say that there is none."""
        self._drop_task()
        self._enable()
        piece = self.piece
        if piece is None:
            self.absente.dire("Aucune pièce", "Ni l’export ni une archive n’ont apporté de pièce à ce dossier.")
            self.vue.show_instead(self.absente)
        elif not piece.presente:
            self.absente.dire(f"{nom_dit(piece)}{NBSP}: {etat_piece(piece).dit}", que_faire(piece))
            self.vue.show_instead(self.absente)
        elif self.services.campagne.is_open:
            self._tache = self.services.taches.start("", partial(_examine, self.services.campagne.session, piece))
            self._tache.succeeded.connect(self._read_done)
            self._tache.failed.connect(self._read_failed)
            self._patience.start()

    def _drop_task(self) -> None:
        """Want no more what is being read."""
        self._patience.stop()
        if self._tache is not None:
            self._tache.succeeded.disconnect(self._read_done)
            self._tache.failed.disconnect(self._read_failed)
            self._tache.cancel()
            self._tache = None

    def _read_done(self, examen: Examen) -> None:
        piece = self.piece
        assert piece is not None
        self._patience.stop()
        self._tache, self._examen = None, examen
        self._show_card(piece, examen)
        self.vue.show_piece(piece.empreinte, nom_dit(piece), examen, page=self._page)
        self._enable()
        if self._a_lire and self.choix.liste.hasFocus():
            self.vue.focus_first()
        self._a_lire = False

    def _read_failed(self, erreur: O2rError) -> None:
        piece = self.piece
        assert piece is not None
        self._patience.stop()
        self._tache = None
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
        examen = self._examen
        self.enregistrer.setEnabled(examen is not None)
        self.ouvrir.setEnabled(examen is not None and bool(examen.extension))
        presente = self.piece is not None and self.piece.presente
        self.enregistrer.setVisible(presente)
        self.ouvrir.setVisible(presente and (examen is None or bool(examen.extension)))

    # --- outside ------------------------------------------------------------------------------------------

    def _open_outside(self) -> None:
        piece, examen = self.piece, self._examen
        if piece is None or examen is None or not examen.extension:
            return
        try:
            cible = self.copies.place(nom_sur(piece.nom, examen.extension))
        except O2rError as erreur:
            self.panne.dire(str(erreur))
            return
        tache = self._copy(examen.chemin, cible, lecture_seule=True)
        tache.succeeded.connect(self._copied_outside)

    def _copied_outside(self, cible: Path) -> None:
        if not system.open_file(cible):
            self.panne.dire(
                f"Aucune application n’a ouvert « {cible.name} » : enregistrez la pièce puis ouvrez-la."
            )

    def _save_as(self) -> None:
        piece, examen = self.piece, self._examen
        if piece is None or examen is None:
            return
        dialogue = QFileDialog(self, "Enregistrer la pièce")
        dialogue.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialogue.selectFile(nom_sur(piece.nom, examen.extension))
        dialogue.fileSelected.connect(self.save_to)
        dialogue.finished.connect(dialogue.deleteLater)
        dialogue.open()

    def save_to(self, chemin: str) -> None:
        """Copy the piece in view to a place that the user chose."""
        if self._examen is not None:
            self._copy(self._examen.chemin, Path(chemin))

    def _copy(self, source: Path, cible: Path, *, lecture_seule: bool = False) -> Task[Path]:
        self.panne.dire("")
        work = partial(_copy, source, cible, lecture_seule)
        tache = self.services.taches.start(f"Copie de {cible.name}", work)
        tache.failed.connect(self._copy_failed)
        return tache

    def _copy_failed(self, erreur: O2rError) -> None:
        if not isinstance(erreur, CancelledError):
            self.panne.dire(str(erreur))

    def _campagne_closed(self) -> None:
        self._drop_task()
        self._pieces = ()
        self._rang, self._examen = -1, None
        self.choix.show_pieces(())
        self.vue.clear()
        self._describe()
        self._enable()


def _same(une: Piece, autre: Piece) -> bool:
    return (une.nom, une.champ, une.genre) == (autre.nom, autre.champ, autre.genre)


def piece_path(session: Session, empreinte: str) -> Path:
    """Return where the bytes of a piece are; raises StoreError when they are gone or damaged."""
    from o2r_desktop.store import pieces as store_pieces

    return store_pieces.path_of(session.campagne, empreinte)


def _examine(session: Session, piece: Piece, reporter: Reporter) -> Examen:
    """Look at a piece in the background; *session* is that of the window."""
    reporter.step(0, 1, "Lecture de la pièce")
    with operations.twin_session(session) as jumelle:
        return examiner(piece_path(jumelle, piece.empreinte), piece.nom)


def _copy(source: Path, cible: Path, lecture_seule: bool, reporter: Reporter) -> Path:
    return copier(source, cible, reporter, lecture_seule=lecture_seule)
