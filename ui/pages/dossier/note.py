"""The tab «Note»: the note of the dossier as it would be printed now, and the last one that was."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

from PySide6.QtCore import QRectF, QTimer
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from o2r_desktop import operations
from o2r_desktop.errors import CancelledError, O2rError
from o2r_desktop.notes.imprimeur import Imprimeur
from o2r_desktop.operations import DossierComplet, Session
from o2r_desktop.progress import Reporter
from o2r_desktop.restitution import NoteRendue, preview_note
from o2r_desktop.store import notes as store_notes
from o2r_desktop.store.notes import NoteProduite
from o2r_desktop.text import instant
from ui import system
from ui.pages.dossier.volet import Volet
from ui.services import Services
from ui.tasks import Task
from ui.theme import Theme, Ton
from ui.widgets.base import Banner, EmptyState, Pastille, button, fill, label
from ui.widgets.flux import Flow
from ui.widgets.pdf import PdfView

_REPOS_MS = 600
_ATTENTE_MS = 300


class NoteVolet(Volet):
    """Live preview: composed again when the evaluation rests, one composition at a time."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._complet: DossierComplet | None = None
        self._rendue: NoteRendue | None = None
        self._derniere: NoteProduite | None = None
        self._tache: Task[NoteRendue] | None = None
        self._compose = 0
        self._a_faire = False
        self._imprimeur = Imprimeur()
        self.view = PdfView(services.theme, services.reglages)
        self.erreur = EmptyState("L’aperçu n’a pas pu être composé", "", [button("Réessayer", self.refresh)])
        self.attente = _Skeleton(services.theme)
        self.produire = button("Produire la note…", self._produce, role="principal")
        self.etat = Pastille()
        self.travail = label("", "secondaire")
        self.travail.hide()
        self.quand = label("", "secondaire")
        self.fraicheur = Pastille()
        self.ouvrir = button("Ouvrir la dernière note", self._open_note)
        self.montrer = button("Ouvrir le dossier", self._open_folder, nom="Ouvrir le dossier de la dernière note")
        self.panne = Banner("", Ton.MAUVAIS)
        fill(QVBoxLayout(self), self._make_bar(), self.panne, self.view, espace=0)
        self._repos = _timer(self, _REPOS_MS, self.refresh)
        self._patience = _timer(self, _ATTENTE_MS, self._say_waiting)
        self._connect()

    def show_dossier(self, complet: DossierComplet) -> None:
        """Show the note of another dossier, from its first page."""
        self._repos.stop()
        self._complet, self._rendue, self._a_faire = complet, None, True
        self.panne.dire("")
        self.view.set_document(None)
        self._read_last()
        if self.isVisible():
            self.refresh()

    def update_dossier(self, complet: DossierComplet) -> None:
        """Compose the note again once the evaluation rests; page and zoom stay."""
        self._complet, self._a_faire = complet, True
        if self.isVisible():
            self._repos.start()

    def focus_first(self) -> None:
        """Put the focus on the pages."""
        self.view.canvas.setFocus()

    def focus_search(self) -> None:
        """Look for a text in the note."""
        self.view.focus_search()

    def refresh(self) -> None:
        """Compose the note now, or right after the one being composed."""
        self._repos.stop()
        self._a_faire = True
        if self._tache is None and self._complet is not None and self.services.campagne.is_open:
            self._a_faire = False
            self._compose = self._complet.dossier.numero
            session = self.services.campagne.session
            work = partial(_compose, session, self._complet, self._imprimeur)
            self._tache = self.services.taches.start("", work)
            self._tache.succeeded.connect(self._composed)
            self._tache.failed.connect(self._not_composed)
            self._tache.finished.connect(self._finished)
            self._patience.start()

    # --- parts --------------------------------------------------------------------------------------------

    def _make_bar(self) -> QFrame:
        barre = QFrame()
        haut, bas = Flow(espace=12), Flow(espace=12)
        derniere = QWidget()
        fill(QHBoxLayout(derniere), self.quand, self.fraicheur)
        for ligne, parties in (
            (haut, (self.produire, self.etat, self.travail)),
            (bas, (derniere, self.ouvrir, self.montrer)),
        ):
            for partie in parties:
                ligne.addWidget(partie)
        self._ligne_derniere = QWidget()
        fill(QVBoxLayout(self._ligne_derniere), bas)
        tour = QVBoxLayout(barre)
        tour.addLayout(haut)
        tour.addWidget(self._ligne_derniere)
        tour.setContentsMargins(12, 8, 12, 0)
        return barre

    def _connect(self) -> None:
        campagne = self.services.campagne
        campagne.closed.connect(self._campagne_closed)
        campagne.parametres_changed.connect(self._parametres_changed)
        campagne.actes_changed.connect(self._actes_changed)
        self.services.taches.busy_changed.connect(self._busy_changed)

    # --- the preview --------------------------------------------------------------------------------------

    def _composed(self, rendue: NoteRendue) -> None:
        if self._complet is None or self._complet.dossier.numero != self._compose:
            return
        avant, self._rendue = self._rendue, rendue
        if avant is None or avant.octets != rendue.octets:
            self.view.set_document(rendue.octets, keep_place=avant is not None)
        self._say_state()

    def _not_composed(self, erreur: O2rError) -> None:
        if isinstance(erreur, CancelledError):
            self._rendue = None
            self._show_failure("La composition a été annulée.")
        elif self._complet is not None and self._complet.dossier.numero == self._compose:
            self._rendue = None
            self._show_failure(str(erreur))

    def _finished(self) -> None:
        self._tache = None
        self._patience.stop()
        self._say_work("")
        muette = self._rendue is None and self.view.instead is not self.erreur
        if muette and not self._a_faire and self._complet is not None:
            self._show_failure("La composition s’est interrompue.")
        if not self.isVisible():
            self._imprimeur.close()
        elif self._a_faire:
            self.refresh()

    def _show_failure(self, phrase: str) -> None:
        self.erreur.dire("L’aperçu n’a pas pu être composé", phrase)
        self.view.show_instead(self.erreur)
        self._say_state()

    def _say_waiting(self) -> None:
        if self._rendue is None:
            self.view.show_instead(self.attente)
        else:
            self._say_work("Mise à jour de l’aperçu…")

    def _say_work(self, texte: str) -> None:
        """Say that the preview is on its way; without a word, no room is taken."""
        self.travail.setText(texte)
        self.travail.setVisible(bool(texte))

    def _say_state(self) -> None:
        """Say whether the note is final, and whether the last one printed still says the same."""
        self.produire.setEnabled(self._complet is not None and not self._read_only())
        self.produire.setToolTip(
            "Campagne ouverte en lecture seule : rien ne peut y être écrit." if self._read_only() else ""
        )
        rendue, derniere = self._rendue, self._derniere
        if rendue is None:
            self.etat.dire("", Ton.NEUTRE)
        elif rendue.projet:
            self.etat.dire("! Projet : évaluation non finalisée", Ton.ALERTE)
        else:
            self.etat.dire("✓ Définitive : évaluation finalisée", Ton.BON)
        self._ligne_derniere.setVisible(derniere is not None)
        if derniere is None:
            return
        self.quand.setText(f"Dernière note : {instant(derniere.le)}{', projet' if derniere.projet else ''}")
        if not derniere.fichier.is_file():
            self.fraicheur.dire("✕ introuvable", Ton.MAUVAIS)
        elif rendue is None:
            self.fraicheur.dire("", Ton.NEUTRE)
        elif (derniere.empreinte_donnees, derniere.projet) == (rendue.empreinte, rendue.projet):
            self.fraicheur.dire("✓ à jour", Ton.BON)
        else:
            self.fraicheur.dire("! périmée", Ton.ALERTE)

    def _read_only(self) -> bool:
        return self.services.campagne.is_open and self.services.campagne.read_only

    def _read_last(self) -> None:
        """Read which note was printed last."""
        self._derniere = None
        if self._complet is not None and self.services.campagne.is_open:
            with suppress(O2rError):
                session = self.services.campagne.session
                notes = store_notes.notes(session.campagne, self._complet.dossier.numero)
                self._derniere = notes[-1] if notes else None
        self._say_state()

    # --- what happens around ------------------------------------------------------------------------------

    def _busy_changed(self, busy: bool) -> None:
        if not busy and self.isVisible():
            self._read_last()

    def _parametres_changed(self) -> None:
        if self._complet is not None:
            with suppress(O2rError):
                self.update_dossier(self.services.campagne.complet(self._complet.dossier.numero))

    def _actes_changed(self, numeros: Sequence[int]) -> None:
        """Compose again when the questions of the dossier changed: the note prints them."""
        if self._complet is not None and self._complet.dossier.numero in numeros:
            self.update_dossier(self._complet)

    def _campagne_closed(self) -> None:
        self._repos.stop()
        self._complet = self._rendue = self._derniere = None
        self._a_faire = False
        self.view.set_document(None)
        self._say_state()

    def _produce(self) -> None:
        if self._complet is not None:
            self.services.navigation.produce_notes([self._complet.dossier.numero])

    def _open_note(self) -> None:
        if self._derniere is not None:
            chemin = self._derniere.fichier
            self.panne.dire("" if system.open_file(chemin) else system.not_opened(chemin))

    def _open_folder(self) -> None:
        if self._derniere is not None:
            dossier = self._derniere.fichier.parent
            self.panne.dire("" if system.show_folder(dossier) else system.not_opened(dossier))

    # --- Qt -----------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 Qt
        """Compose what changed while the tab was hidden."""
        super().showEvent(event)
        self._read_last()
        if self._a_faire:
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 Qt
        """Compose nothing more; the process that composes ends with the last note."""
        super().hideEvent(event)
        self._a_faire = self._a_faire or self._repos.isActive()
        self._repos.stop()
        if self._tache is None:
            self._imprimeur.close()


class _Skeleton(QWidget):
    """A sheet with grey lines, while the note is composed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        mots = label("Composition de la note…", "secondaire")
        fill(QVBoxLayout(self), mots, 1, marge=24)
        self.setAccessibleName(mots.text())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 Qt
        """Paint the lines of a text to come."""
        painter = QPainter(self)
        pas = self.fontMetrics().height()
        couleur = QColor(self._theme.couleurs.piste)
        for rang, part in enumerate((0.45, 0.9, 0.82, 0.88, 0.6, 0.0, 0.3, 0.9, 0.86, 0.4)):
            ligne = QRectF(24, 24 + pas * (2.5 + 1.6 * rang), (self.width() - 48) * part, pas * 0.6)
            painter.fillRect(ligne, couleur)
        painter.end()


def _timer(volet: NoteVolet, ms: int, faire: Callable[[], None]) -> QTimer:
    minuteur = QTimer(volet)
    minuteur.setSingleShot(True)
    minuteur.setInterval(ms)
    minuteur.timeout.connect(faire)
    return minuteur


def _compose(session: Session, complet: DossierComplet, imprimeur: Imprimeur, reporter: Reporter) -> NoteRendue:
    """Compose a note in the background; *session* is that of the window."""
    reporter.step(0, 1, "Aperçu de la note")
    with operations.twin_session(session) as jumelle:
        return preview_note(jumelle, complet, imprimeur.imprimer)
