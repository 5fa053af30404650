"""Where each request of a page leads: the signals of Navigation, bound to the main window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from o2r_desktop.suivi import Filtre
from ui.pages.page import Page

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.pages.dossier.page import DossierPage


class Routes(QObject):
    """Leads the window where pages ask; each page is imported when it is first asked for."""

    def __init__(self, fenetre: MainWindow) -> None:
        super().__init__(fenetre)
        self._fenetre = fenetre
        navigation = fenetre.services.navigation
        navigation.page_requested.connect(fenetre.go)
        navigation.liste_requested.connect(self._liste)
        navigation.dossier_requested.connect(self._dossier)
        navigation.champ_requested.connect(self._champ)
        navigation.piece_requested.connect(self._piece)
        navigation.angle_requested.connect(self._angle)
        navigation.resume_requested.connect(self._reprendre)
        navigation.tri_requested.connect(self._trier)
        navigation.planning_requested.connect(self._planifier)
        fenetre.services.campagne.suivi_loaded.connect(self._suivi_loaded)
        navigation.import_requested.connect(self._importer)
        navigation.rapport_requested.connect(self._rapport)
        navigation.notes_requested.connect(self._notes)
        navigation.campagne_requested.connect(fenetre.campagnes.open)
        navigation.demonstration_requested.connect(fenetre.campagnes.open_demonstration)
        navigation.reading_requested.connect(fenetre.set_reading)
        fenetre.page_changed.connect(self._page_changed)

    def _liste(self, filtre: Filtre) -> None:
        from ui.pages.dossiers import DossiersPage

        page = self._fenetre.show_page(DossiersPage)
        if page is not None:
            page.set_filtre(filtre)

    def _dossier(self, numero: int, critere_id: str, onglet: str) -> None:
        page = self._opened(numero, critere_id, onglet)
        if page is not None:
            page.enter()  # the first time, the page was entered before it had a dossier: the focus is elsewhere

    def _champ(self, numero: int, champ: str, rang: int) -> None:
        page = self._opened(numero)
        if page is not None:
            page.show_champ(champ, rang)

    def _piece(self, numero: int, empreinte: str, numero_page: int, mots: str) -> None:
        page = self._opened(numero)
        if page is not None:
            page.show_piece(empreinte, numero_page, mots)

    def _angle(self, numero: int, angle: str) -> None:
        page = self._opened(numero)
        if page is not None:
            page.show_angle(angle)

    def _reprendre(self) -> None:
        from ui.pages.dossier.page import DossierPage
        from ui.reprise import lire

        campagne = self._fenetre.services.campagne
        reprise = lire(self._fenetre.services.reglages, campagne.dossier) if campagne.is_open else None
        if reprise is None:
            return
        page = self._fenetre.show_page(DossierPage)
        if page is not None:
            page.set_voisins(*self._voisins(reprise.numero))
            page.resume(reprise)

    def _suivi_loaded(self) -> None:
        """Give its neighbours to the dossier that was opened before the list was read."""
        page = self._fenetre.page
        if page is None or page.nom != "dossier":
            return  # the page of a dossier is not imported for that: the window starts without it
        from ui.pages.dossier.page import DossierPage

        if isinstance(page, DossierPage) and page.numero is not None and not page.parcours.voisins.numeros:
            page.set_voisins(*self._voisins(page.numero))

    def _trier(self) -> None:
        from ui.pages.tri.page import TriPage

        if not self._fenetre.services.campagne.is_open:
            return
        liste = self._liste_affichee()
        page = self._fenetre.show_page(TriPage)
        if page is not None:
            page.show_liste(*liste)

    def _planifier(self) -> None:
        from ui.pages.planning import PlanningPage

        if self._fenetre.services.campagne.is_open:
            self._fenetre.show_page(PlanningPage)

    def _liste_affichee(self) -> tuple[list[int], str]:
        """Return the rows that the list shows and its name; all the dossiers when it was never shown."""
        from ui.pages.dossiers import DossiersPage

        liste = self._fenetre.built(DossiersPage)
        if liste is not None and (affiches := liste.numeros_affiches()):
            return affiches, liste.vue()
        return self._tous(), ""

    def _tous(self) -> list[int]:
        suivi = self._fenetre.services.campagne.suivi
        return [suivi.numero(rang) for rang in range(len(suivi))] if suivi is not None else []

    def _opened(self, numero: int, critere_id: str = "", onglet: str = "") -> DossierPage | None:
        """Show a dossier; None when the page in view cannot be left, or the dossier not be read."""
        from ui.pages.dossier.page import DossierPage

        presente = self._fenetre.page
        page = self._fenetre.show_page(DossierPage)
        if page is None:
            return None
        if presente is not page:
            page.set_voisins(*self._voisins(numero))
        return page if page.open_dossier(numero, critere_id, onglet) else None

    def _voisins(self, numero: int) -> tuple[list[int], str]:
        """Return the rows that the list shows and its name; all the dossiers when it does not show this one."""
        affiches, vue = self._liste_affichee()
        return (affiches, vue) if numero in affiches else (self._tous(), "")

    def _page_changed(self, avant: Page | None, apres: Page) -> None:
        """Show in the list the dossier that was left."""
        from ui.pages.dossiers import DossiersPage

        numero = getattr(avant, "numero", None)
        if isinstance(apres, DossiersPage) and isinstance(numero, int):
            apres.show_numero(numero)

    def _importer(self, fichiers: list[Path]) -> None:
        from ui.pages.importer import ImporterPage

        services = self._fenetre.services
        if not services.campagne.is_open:
            services.alertes.inform("Importer", "Ouvrez ou créez d’abord la campagne qui recevra ces dossiers.")
            return
        page = self._fenetre.show_page(ImporterPage)
        if page is not None:
            page.begin(fichiers)

    def _rapport(self, import_id: int) -> None:
        from ui.pages.importer import ImporterPage

        page = self._fenetre.show_page(ImporterPage)
        if page is not None:
            page.show_rapport(import_id)

    def _notes(self, numeros: list[int]) -> None:
        from ui.dialogs.produire_notes import ProduireNotesDialog

        if self._fenetre.leave():
            ProduireNotesDialog(self._fenetre.services, numeros, self._fenetre).open()
