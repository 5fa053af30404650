"""Saved views of the list: the menu, the view in force and whether it was changed since."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QWidget

from o2r_desktop.errors import O2rError
from o2r_desktop.suivi import vues
from o2r_desktop.suivi.vues import Vue
from o2r_desktop.text import NBSP
from ui.services import Services
from ui.widgets.filtres import TickMenu


class ListViews(QObject):
    """Applies, saves, renames and removes views; *presente* tells what the list shows, *appliquer* shows a view."""

    changed = Signal()

    def __init__(
        self, services: Services, presente: Callable[[], Vue], appliquer: Callable[[Vue], object], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._page = parent
        self._presente = presente
        self._appliquer = appliquer
        self._connues: list[Vue] = []
        self._vue: Vue | None = None
        services.campagne.opened.connect(self._forget)
        services.campagne.closed.connect(self._forget)

    @property
    def vue(self) -> Vue | None:
        """The view in force, None when none was chosen."""
        return self._vue

    @property
    def nom(self) -> str:
        """The name of the view in force, «» when there is none."""
        return "" if self._vue is None else self._vue.nom

    @property
    def modifiee(self) -> bool:
        """Whether the list shows something else than the view in force."""
        return self._vue is not None and not self._vue.montre(self._presente())

    def fill_menu(self, menu: TickMenu) -> None:
        """Offer the views, then what can be done with the one in force."""
        if not self._read():
            return
        groupe = QActionGroup(menu)
        for livrees in (True, False):
            siennes = [vue for vue in self._connues if vue.livree is livrees]
            for vue in siennes:
                action = menu.add_tick(vue.nom, self._vue is not None and vue.nom == self._vue.nom, lambda _: None)
                action.triggered.connect(partial(self._choose, vue))  # chosen again, it undoes what was changed
                groupe.addAction(action)
            if siennes:
                menu.addSeparator()
        libre = not self._services.campagne.read_only
        sienne = libre and self._vue is not None and not self._vue.livree
        nom = f" «{NBSP}{self._vue.nom}{NBSP}»".replace("&", "&&") if self._vue is not None and sienne else ""
        actes: tuple[tuple[str, Callable[[], object], bool], ...] = (
            ("Enregistrer la vue…", self.ask_save, libre),
            (f"Mettre à jour{nom}", self.update_vue, sienne and self.modifiee),
            (f"Renommer{nom}…", self.ask_rename, sienne),
            (f"Supprimer{nom}…", self.ask_remove, sienne),
        )
        for texte, faire, possible in actes:
            action = menu.addAction(texte)
            action.setEnabled(possible)
            action.triggered.connect(lambda *_, faire=faire: faire())

    def ask_save(self) -> None:
        """Ask for a name and keep what the list shows under it."""
        from ui.dialogs.nom import NomDialog

        dialogue = NomDialog(
            "Enregistrer la vue",
            "&Nom de la vue",
            oui="Enregistrer",
            refuser=self._refuse,
            longueur=vues.NOM_MAX,
            aide="La vue garde les filtres, la recherche, l’ordre et les colonnes. Elle reste dans la campagne.",
            parent=self._page,
        )
        dialogue.given.connect(self.save)
        dialogue.open()

    def save(self, nom: str) -> None:
        """Keep what the list shows under a name."""
        self._keep(replace(self._presente(), nom=vues.nom_de_vue(nom), livree=False))

    def update_vue(self) -> None:
        """Have the view in force hold what the list shows now."""
        if self._vue is not None and not self._vue.livree:
            self._keep(replace(self._presente(), nom=self._vue.nom, livree=False))

    def ask_rename(self) -> None:
        """Ask for another name for the view in force."""
        from ui.dialogs.nom import NomDialog

        if self._vue is None:
            return
        dialogue = NomDialog(
            "Renommer la vue",
            "&Nom de la vue",
            oui="Renommer",
            refuser=partial(self._refuse, sauf=self._vue.nom),
            valeur=self._vue.nom,
            longueur=vues.NOM_MAX,
            parent=self._page,
        )
        dialogue.given.connect(self.rename)
        dialogue.open()

    def rename(self, nom: str) -> None:
        """Give the view in force another name."""
        nom = vues.nom_de_vue(nom)
        if self._vue is not None and self._done(lambda s, v: vues.renommer_vue(s, v.nom, nom), self._vue):
            self._vue = replace(self._vue, nom=nom)
            self.changed.emit()

    def ask_remove(self) -> None:
        """Remove the view in force, once the user said so; the list stays as it is."""
        if self._vue is None or self._vue.livree:
            return
        texte = f"Supprimer la vue «{NBSP}{self._vue.nom}{NBSP}»{NBSP}? Aucun dossier n’est touché."
        if self._services.alertes.ask("Supprimer la vue", texte, oui="Supprimer", danger=True) and self._done(
            lambda s, v: vues.supprimer_vue(s, v.nom), self._vue
        ):
            self._forget()

    def _choose(self, vue: Vue, *_: bool) -> None:
        self._vue = vue
        self._appliquer(vue)
        self.changed.emit()

    def _keep(self, vue: Vue) -> None:
        if self._done(vues.enregistrer_vue, vue):
            self._vue = vue
            self.changed.emit()

    def _done(self, faire: Callable[..., object], vue: Vue) -> bool:
        try:
            faire(self._services.campagne.session, vue)
        except O2rError as erreur:
            self._services.alertes.show_error(erreur)
            return False
        return True

    def _read(self) -> bool:
        if not self._services.campagne.is_open:
            return False
        try:
            self._connues = vues.lire_vues(self._services.campagne.session)
        except O2rError as erreur:
            self._services.alertes.show_error(erreur)
            return False
        return True

    def _refuse(self, nom: str, sauf: str = "") -> str:
        return vues.refus_du_nom(vues.nom_de_vue(nom), self._connues, sauf=sauf) if self._read() else ""

    def _forget(self) -> None:
        self._vue = None
        self.changed.emit()
