"""Where the user goes: pages ask, the main window leads."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from o2r_desktop.suivi import Filtre


class Onglet(StrEnum):
    """What the centre of a dossier shows."""

    FORMULAIRE = "formulaire"
    PIECES = "pieces"
    CONCLUSION = "conclusion"
    NOTE = "note"
    QUESTIONS = "questions"
    HISTORIQUE = "historique"
    ANALYSE = "analyse"
    """Finances, budget, territory, network, analytic accounting, structure: tabs of their own under this one."""


class Navigation(QObject):
    """Requests of pages; the main window connects each to what it does."""

    page_requested = Signal(str)
    liste_requested = Signal(object)
    dossier_requested = Signal(object, str, str)
    champ_requested = Signal(object, str, int)
    piece_requested = Signal(object, str, int, str)
    angle_requested = Signal(object, str)
    resume_requested = Signal()
    tri_requested = Signal()
    planning_requested = Signal()
    import_requested = Signal(object)
    rapport_requested = Signal(object)
    notes_requested = Signal(object)
    campagne_requested = Signal(object)
    demonstration_requested = Signal()
    reading_requested = Signal(bool)
    creation_requested = Signal()
    opening_requested = Signal()
    backup_requested = Signal()

    def go(self, page: str) -> None:
        """Show a page of the rail: «accueil», «dossiers», «comparer», «comite», «campagne»."""
        self.page_requested.emit(page)

    def show_liste(self, filtre: Filtre) -> None:
        """Show the list of dossiers under a filter."""
        self.liste_requested.emit(filtre)

    def open_dossier(self, numero: int, *, critere_id: str = "", onglet: Onglet | None = None) -> None:
        """Open a dossier, at a critere and a tab when they are given."""
        self.dossier_requested.emit(numero, critere_id, onglet.value if onglet else "")

    def open_champ(self, numero: int, champ: str, *, rang: int = 1) -> None:
        """Open a dossier where a field of its form is answered.

        *champ* is its attribute or its label; *rang* tells it from those of the same label.
        """
        self.champ_requested.emit(numero, champ, rang)

    def open_piece(self, numero: int, empreinte: str, *, page: int = 1, mots: str = "") -> None:
        """Open a dossier at a page, from 1, of the received piece that has this SHA-256, some words marked."""
        self.piece_requested.emit(numero, empreinte, page, mots)

    def open_angle(self, numero: int, angle: str) -> None:
        """Open a dossier at one side of its analysis, by the value of its Angle."""
        self.angle_requested.emit(numero, angle)

    def resume(self) -> None:
        """Show again what was in view when the work on this campagne stopped."""
        self.resume_requested.emit()

    def sort(self) -> None:
        """Show the quick sort of the dossiers that the list shows."""
        self.tri_requested.emit()

    def plan_work(self) -> None:
        """Show what remains to be done until the committee meets."""
        self.planning_requested.emit()

    def import_files(self, fichiers: Sequence[Path] = ()) -> None:
        """Open the import assistant, on these files when there are some."""
        self.import_requested.emit(list(fichiers))

    def show_rapport(self, import_id: int) -> None:
        """Show the report of a past import."""
        self.rapport_requested.emit(import_id)

    def produce_notes(self, numeros: Sequence[int]) -> None:
        """Offer to produce the notes of these dossiers."""
        self.notes_requested.emit(list(numeros))

    def open_campagne(self, dossier: Path) -> None:
        """Open another campagne."""
        self.campagne_requested.emit(dossier)

    def open_demonstration(self) -> None:
        """Make the demonstration campagne when needed, and open it."""
        self.demonstration_requested.emit()

    def create_campagne(self) -> None:
        """Ask where, and make a new campagne."""
        self.creation_requested.emit()

    def choose_campagne(self) -> None:
        """Ask which campagne to open."""
        self.opening_requested.emit()

    def back_up(self) -> None:
        """Back the campagne up now."""
        self.backup_requested.emit()

    def set_reading(self, lecture: bool) -> None:
        """Show the page alone, without rail, menus nor status bar, or bring them back."""
        self.reading_requested.emit(lecture)
