"""Above the list of dossiers: stages, the search and what is wrong in it, menus, tags of the filters."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from o2r_desktop.suivi import Etape, Filtre
from ui import saisies
from ui.services import Services
from ui.widgets.astuce import Astuce
from ui.widgets.base import bulle, fill, key_text, label
from ui.widgets.filtres import MenuButton, SearchField, Tabs, TagBar, TickMenu

ETAPES: tuple[Etape | None, ...] = (None, *Etape)
"""What the tabs stand for."""
VUES = "Ctrl+Shift+V"
"""Key of the menu of the views."""
Remplir = Callable[[TickMenu], None]


class ListTools(QWidget):
    """Shows a filter and tells which other one is wanted. Its menus: views, filters, order, columns."""

    chosen = Signal(object)
    """The filter wanted."""

    def __init__(self, services: Services, *menus: Remplir) -> None:
        super().__init__()
        self._filtre = Filtre()
        self.tabs = Tabs(["Tous", *(e.libelle for e in Etape)], "Étapes")
        self.search = SearchField(
            services.theme,
            "Porteur, numéro, mots des réponses et des pièces, dep:72, score>=60…",
            nom="Rechercher un dossier",
            touche="Ctrl+F",
        )
        self.search.setToolTip(bulle(saisies.hint()))
        self.alerte = label("", "faute", wrap=True)
        self.alerte.hide()
        noms = ("Vues", "Filtrer…", "Trier par", "Colonnes")
        self.menus = tuple(MenuButton(nom, remplir) for nom, remplir in zip(noms, menus, strict=True))
        self.menus[0].setToolTip(f"Vues enregistrées ({key_text(VUES)})")
        self.tags, self.astuce = TagBar(), Astuce(services.reglages, "dossiers")
        ligne = QHBoxLayout()
        fill(ligne, self.search, *self.menus)
        ligne.setStretch(0, 1)
        fill(QVBoxLayout(self), self.tabs, ligne, self.alerte, self.tags, self.astuce)
        self.tabs.chosen.connect(lambda rang: self.chosen.emit(replace(self._filtre, etape=ETAPES[rang])))
        self.tags.removed.connect(self.chosen)
        self.tags.cleared.connect(lambda: self.chosen.emit(Filtre(recherche=self._filtre.question)))
        self.tags.emptied.connect(self.search.setFocus)

    def show_filtre(self, filtre: Filtre) -> None:
        """Put a filter into the field, the tabs and the tags."""
        self.search.show_text(filtre.recherche)
        self.tabs.choose(ETAPES.index(filtre.etape))
        self.show_typed(filtre)

    def show_typed(self, filtre: Filtre) -> None:
        """Say what the filter holds beside the words that are being typed, and what is wrong in them."""
        self._filtre = filtre
        etiquettes = saisies.tags(filtre)
        if etiquettes or self.tags.tags:
            self.tags.show_tags(etiquettes)
        fautes = filtre.malformes()
        self.alerte.setText("\n".join(f"⚠ {faute}" for faute in fautes))
        self.alerte.setVisible(bool(fautes))
        self.search.setAccessibleDescription(self.alerte.text() or self.search.placeholderText())
