"""The list of dossiers: narrow it, order it, look at one, open one, produce notes of several."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout

from o2r_desktop.suivi import Colonne, Etape, Filtre, Suivi, relire_attributions
from o2r_desktop.suivi.vues import Vue
from ui.models.dossiers import COLONNES, DES_ATTRIBUTIONS, DES_RESUMES, DossiersModel
from ui.pages.actes_dossiers import ListActs, chosen_by
from ui.pages.centre_dossiers import ListCentre
from ui.pages.commandes_dossiers import ListCommands
from ui.pages.liste_vide import ListPlaces
from ui.pages.menus_dossiers import Tri, fill_columns, fill_filters, fill_order
from ui.pages.outils_dossiers import ListTools
from ui.pages.page import Page
from ui.pages.pied_dossiers import ListFooter
from ui.pages.tableau_dossiers import TableauDossiers
from ui.pages.tete_dossiers import ListHead
from ui.pages.vues_dossiers import ListViews
from ui.recherche import TexteIntegral
from ui.services import Services
from ui.widgets.base import fill
from ui.widgets.filtres import TickMenu

if TYPE_CHECKING:
    from ui.dialogs.apercu import QuickView


class DossiersPage(Page):
    """One row a dossier; everything else narrows, orders or acts on rows."""

    nom = "dossiers"
    titre = "Dossiers"
    aide = "dossiers"

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._filtre = Filtre()
        self._tri: Tri | None = None
        self._a_jour = False
        self._montre: tuple[object, ...] = ()
        """What the rows were made of: asked to show the same again, the page has nothing to do."""
        self._avant: tuple[list[int], int | None] | None = None
        """Selected rows and current one when a search began to be typed: the full text may bring them back."""
        self._en_pose = False
        self.texte = TexteIntegral(services, self)
        self.model = DossiersModel(self)
        self.table = TableauDossiers(services, self.model)
        self.footer = ListFooter()
        self._build()
        self._commandes = ListCommands(self, self.outils, self.vues, self.actes)
        self._connect()
        self._attributions_changed()
        self.refresh()

    # --- what the window asks -----------------------------------------------------------------------------

    def page_actions(self) -> Sequence[QAction]:
        """Return what can be done with the list and its selection."""
        return self._commandes.actions

    def enter(self) -> None:
        """Bring the rows up to date, put the focus where it was: on the current row."""
        if not self._a_jour:
            self._apply()
        self.texte.ask_again()
        if self.places.shows("lignes"):
            self.centre.take_focus()
        elif self.places.shows("rien"):
            self.search.setFocus()

    def refresh(self) -> None:
        """Show the list of the campagne that is open, the same rows selected when they are still there."""
        campagne = self.services.campagne
        if not campagne.is_open:
            self._filtre = Filtre()
            self.outils.show_filtre(self._filtre)
        if not self._a_jour or self._montre != self._to_show():
            self._apply()

    def set_filtre(self, filtre: Filtre) -> None:
        """Show the dossiers that pass *filtre*."""
        if filtre == self._filtre:
            return
        self._filtre = filtre
        self.outils.show_filtre(filtre)
        self._apply()

    def filtre(self) -> Filtre:
        """Return the filter in force."""
        return self._filtre

    def vue(self) -> str:
        """Return the name of the view: «À instruire», «Tous les dossiers (filtrés)»."""
        if self.vues.nom:
            return f"{self.vues.nom} (modifiée)" if self.vues.modifiee else self.vues.nom
        etape = self._filtre.etape
        nom = "Tous les dossiers" if etape is None else etape.libelle
        return nom if self._filtre in (Filtre(), Filtre(etape=etape)) else f"{nom} (filtrés)"

    def numeros_affiches(self) -> list[int]:
        """Return the numbers of the dossiers shown, in order."""
        return [self.model.numero(ligne) for ligne in range(len(self.model.rangs))]

    def show_numero(self, numero: int) -> None:
        """Make a dossier the current row, when it is shown: the one that was read last."""
        if self.model.row_of(numero) is not None:
            choisis = self.table.selected_numeros()
            self.table.restore_rows(choisis if numero in choisis else [numero], numero)

    def focus_search(self) -> None:
        """Put the focus in the search field (Ctrl+F)."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    # --- rows ---------------------------------------------------------------------------------------------

    def _apply(self) -> None:
        """Filter, sort and show; what the full text finds comes a moment later."""
        suivi = self.services.campagne.suivi
        self.texte.ask(suivi, self._filtre)
        self._show_rows(suivi, self._rangs(suivi))
        attendue = suivi is not None and self.places.shows("attente")
        self._a_jour, self._montre = True, self._to_show()
        self._show_counts(suivi)
        if attendue:
            QTimer.singleShot(0, self, self._show_totals)  # once the rows are painted
        else:
            self._show_totals()
        self._show_place(suivi)
        self._current_changed()
        self._selection_changed()

    def _show_rows(self, suivi: Suivi | None, rangs: list[int]) -> None:
        """Show rows, keeping the selection, the current row and the place on the screen."""
        choisis, courant = self._avant or (self.table.selected_numeros(), self.table.current_numero())
        ligne, haut = self.table.currentIndex().row(), self.table.verticalScrollBar().value()
        reste = suivi is not None and list(self.model.rangs) == rangs
        self._en_pose = True
        self.model.show(suivi, rangs)
        self.table.restore_rows(choisis, courant, defaut=ligne)
        self._en_pose = False
        if reste:
            self.table.verticalScrollBar().setValue(haut)
        elif self.table.currentIndex().isValid():
            self.table.scrollTo(self.table.currentIndex())
        if not self.texte.pending:
            self._avant = None

    def _found(self) -> None:
        """Show what the full text found: rows move only when there are others."""
        suivi = self.services.campagne.suivi
        if not self.isVisible():
            self._a_jour = False
        elif self._rangs(suivi) != self.model.rangs:
            self.table.keep_place(self._apply)
        else:
            self._avant = None
            self._show_place(suivi)

    def _to_show(self) -> tuple[object, ...]:
        """Return what the rows and the buttons depend on, beside answers and summaries."""
        campagne = self.services.campagne
        etat = (campagne.suivi, campagne.read_only) if campagne.is_open else ()
        return (*etat, self._filtre, self._tri)

    def _rangs(self, suivi: Suivi | None) -> list[int]:
        if suivi is None:
            return []
        rangs = suivi.filtrer(self._filtre, self.texte.trouves)
        return rangs if self._tri is None else suivi.trier(rangs, self._tri[0], descendant=self._tri[1])

    def _row_changed(self, numero: int, _critere: str) -> None:
        """Show what was answered; a row that does not pass any more stays until the list is shown again."""
        if not self.isVisible():
            self._a_jour = False
            return
        self._montre = ()
        self.model.row_changed(numero)
        self._show_counts(self.services.campagne.suivi)
        self._show_totals()
        if numero == self.table.current_numero():
            self._current_changed()

    def _resumes_added(self) -> None:
        """Show summaries as they come; rows move only when what they are chosen or sorted by has come."""
        attendus = any(terme.priorites or terme.controles or terme.pieces for terme in self._filtre.termes())
        self._montre = ()
        self._rows_changed(attendus, DES_RESUMES)

    def _show_counts(self, suivi: Suivi | None) -> None:
        total, affiches = (0, 0) if suivi is None else (len(suivi), len(self.model.rangs))
        self.tete.show_count(affiches, None if suivi is None else total)
        if suivi is not None:
            comptes = suivi.compter()
            self.tabs.count([total, *(comptes[e] for e in Etape)])

    def _show_totals(self) -> None:
        suivi = self.services.campagne.suivi
        if suivi is not None:
            self.footer.show_totals(suivi.totaux(self.model.rangs))

    def _attributions_changed(self, *_: object) -> None:
        """Show who instructs the dossiers, and their labels, as they are now."""
        campagne = self.services.campagne
        if campagne.suivi is None:
            return
        relire_attributions(campagne.session, campagne.suivi)
        self._montre = ()
        self._rows_changed(self._filtre.des_attributions, DES_ATTRIBUTIONS)

    def _rows_changed(self, choisis: bool, colonnes: Collection[Colonne]) -> None:
        """Show again rows of which *colonnes* changed; they move when they are chosen or sorted by them."""
        if not self.isVisible():
            self._a_jour = False
        elif choisis or (self._tri is not None and self._tri[0] in colonnes):
            self._apply()
        else:
            self.model.all_changed()
            self._current_changed()

    # --- saved views --------------------------------------------------------------------------------------

    def _present_vue(self) -> Vue:
        """Return what the list shows, as a view that has no name yet."""
        return Vue(nom="", filtre=self._filtre, tri=self._tri, colonnes=self.table.written_columns())

    def _show_saved(self, vue: Vue) -> None:
        if vue.colonnes:
            self.table.put_columns(vue.colonnes)
        self._sort_by(vue.tri)
        self.set_filtre(vue.filtre)
        self._go_to_rows()

    def _show_vue(self) -> None:
        self.tete.show_vue(self.vues.nom, modifiee=self.vues.modifiee)

    def _said_filter(self) -> str:
        return chosen_by("" if self.vues.modifiee else self.vues.nom, self._filtre)

    # --- states of the page -------------------------------------------------------------------------------

    def _show_place(self, suivi: Suivi | None) -> None:
        """Show the rows, or why there is none."""
        campagne, places = self.services.campagne, self.places
        ouverte, dossiers = campagne.is_open, suivi is not None and len(suivi) > 0
        avait = self.table.hasFocus()
        combien, attend = len(self.model.rangs), self.texte.pending
        dits, reserve = self.texte.trouves, self.texte.reserve
        places.put(suivi, combien, self._filtre, dits, ouverte=ouverte, attend=attend, reserve=reserve)
        if avait and places.shows("rien"):
            self.search.setFocus()
        if not attend:  # what was found before stays in view meanwhile
            self.centre.show_passages(self.texte.resultat, suivi)
        self._commandes.enable_passages(self.centre.finding)
        self.outils.setVisible(dossiers or places.shows("attente"))
        self.outils.setEnabled(dossiers)
        self.footer.setVisible(places.shows("lignes"))
        lignes = places.shows("lignes")
        self.tete.show_state(ouverte=ouverte, dossiers=dossiers, lignes=lignes)
        self._commandes.enable_list(ouverte=ouverte, libre=self.tete.importer.isEnabled(), lignes=lignes)
        if places.shows("vide"):
            places.importer.setEnabled(self.tete.importer.isEnabled())
            places.importer.setToolTip(self.tete.importer.toolTip())
        self._show_vue()

    def _leave_nothing(self, filtre: Filtre) -> None:
        self.set_filtre(filtre)
        self._go_to_rows()

    def show_everything(self) -> None:
        """Take every filter off."""
        self.set_filtre(Filtre())
        self.table.setFocus()

    # --- acts ---------------------------------------------------------------------------------------------

    def _searched(self, texte: str) -> None:
        if self._avant is None:
            self._avant = (self.table.selected_numeros(), self.table.current_numero())
        self._filtre = replace(self._filtre, recherche=texte)
        self.outils.show_typed(self._filtre)
        self._apply()

    def _typed(self, lettre: str) -> None:
        self.search.setFocus()
        self.search.setText(self.search.text() + lettre)

    def _go_to_rows(self) -> None:
        if self.places.shows("lignes"):
            self.table.setFocus()
        elif self.places.shows("rien"):
            self.places.rien.focus_way_out()

    def _sorted(self, section: int, ordre: Qt.SortOrder) -> None:
        self._tri = None if section < 0 else (COLONNES[section], ordre == Qt.SortOrder.DescendingOrder)
        self.model.show_order(self._tri)
        self._apply()

    def _sort_by(self, tri: Tri | None) -> None:
        ordre = Qt.SortOrder.DescendingOrder if tri is not None and tri[1] else Qt.SortOrder.AscendingOrder
        section = -1 if tri is None else COLONNES.index(tri[0])
        self.table.horizontalHeader().setSortIndicator(section, ordre)

    def open_current(self) -> None:
        """Open the current dossier."""
        numero = self.table.current_numero()
        if numero is not None:
            self.services.navigation.open_dossier(numero)

    def toggle_apercu(self) -> None:
        """Open or close the quick view; the current row must still be seen."""
        self.centre.preview(not self.centre.previewing)
        self._current_changed()
        self.table.setFocus()

    @property
    def apercu(self) -> "QuickView":
        """The quick view of the current row."""
        return self.centre.apercu

    def _escape(self) -> None:
        if self.centre.previewing:
            self.toggle_apercu()
        else:
            self.table.clearSelection()

    def _current_changed(self) -> None:
        if not self._en_pose and self.table.hasFocus():
            self._avant = None  # the user went elsewhere
        index = self.table.currentIndex()
        if self.centre.previewing:
            self.apercu.show_ligne(self.model.ligne(index.row()) if index.isValid() else None)
        self._commandes.enable_row(index.isValid())

    def _selection_changed(self) -> None:
        combien = self.table.selected_count()
        suivi = self.services.campagne.suivi
        rangs = [self.model.rangs[ligne] for ligne in self.table.selected_rows()] if combien > 1 else []
        self.footer.show_selection(suivi.totaux(rangs) if suivi is not None and rangs else None)
        self.tete.show_selection(combien)

    # --- building -----------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.actes = ListActs(self.services, self.table, self.numeros_affiches, self._said_filter, self)
        self.vues = ListViews(self.services, self._present_vue, self._show_saved, self)
        self.tete = ListHead(self.titre, self.services, self.actes)
        self._build_parts()
        cadre = QVBoxLayout(self)
        fill(cadre, self.tete, self.outils, self.places, self.footer, marge=16, espace=10)
        cadre.setStretchFactor(self.places, 1)

    def _build_parts(self) -> None:
        self.outils = ListTools(
            self.services,
            self.vues.fill_menu,
            self._fill_filters,
            lambda menu: fill_order(menu, self._tri, self._sort_by),
            lambda menu: fill_columns(menu, self.table, self.actes.ask_columns),
        )
        self.tabs, self.search, self.tags = self.outils.tabs, self.outils.search, self.outils.tags
        self.centre = ListCentre(self.services, self.table)
        self.centre.closed.connect(self.toggle_apercu)
        self.centre.left.connect(self.table.setFocus)
        self.centre.typed.connect(self._typed)
        self.places = ListPlaces(self.centre, self.services.navigation)
        self.places.chosen.connect(self._leave_nothing)

    def _fill_filters(self, menu: TickMenu) -> None:
        if (suivi := self.services.campagne.suivi) is not None:
            fill_filters(menu, suivi, self.filtre, self.set_filtre)

    def _connect(self) -> None:
        campagne = self.services.campagne
        for signal in (campagne.opened, campagne.suivi_loaded, campagne.closed):
            signal.connect(self.refresh)
        campagne.resumes_loaded.connect(self._resumes_added)
        campagne.evaluation_changed.connect(self._row_changed)
        campagne.actes_changed.connect(self._attributions_changed)
        self.vues.changed.connect(self._show_vue)
        self.table.columns_changed.connect(self._show_vue)
        self.search.textChanged.connect(self._searched)
        self.search.descended.connect(self._go_to_rows)
        self.search.escaped.connect(self._go_to_rows)
        self.outils.chosen.connect(self.set_filtre)
        self.texte.found.connect(self._found)
        self.table.horizontalHeader().sortIndicatorChanged.connect(self._sorted)
        self.table.current_changed.connect(self._current_changed)
        self.table.selection_changed.connect(self._selection_changed)
        self.table.opened.connect(self.services.navigation.open_dossier)
        self.table.previewed.connect(self.toggle_apercu)
        self.table.escaped.connect(self._escape)
        self.table.typed.connect(self._typed)
        self.table.menu_asked.connect(self._commandes.popup)
