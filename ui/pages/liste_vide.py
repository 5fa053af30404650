"""Why there is no dossier to show, and the ways out."""

from dataclasses import replace
from functools import cached_property

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from o2r_desktop.suivi import Filtre, Suivi
from o2r_desktop.text import NBSP, nombre, pluriel
from ui.navigation import Navigation
from ui.widgets.base import EmptyState, button


def no_campagne(aller: Navigation) -> EmptyState:
    """Return what stands for the list when no campagne is open."""
    return EmptyState(
        "Aucune campagne n’est ouverte",
        "Ouvrez ou créez une campagne depuis l’accueil : ses dossiers viendront ici.",
        [button("Aller à l’accueil", lambda: aller.go("accueil"), role="principal")],
    )


def no_dossier(importer: QPushButton) -> EmptyState:
    """Return what stands for the list of a campagne that has none."""
    return EmptyState(
        "Cette campagne n’a pas encore de dossier",
        "Importez l’export de la plateforme : rien n’est écrit avant que vous l’ayez vu.",
        [importer],
    )


class NothingPasses(EmptyState):
    """Names the filter that empties the list; ``chosen`` gives the filter to show instead."""

    chosen = Signal(object)

    def __init__(self) -> None:
        self.remove = button("Retirer ce filtre", self._without_culprit)
        self.show_all = button("Tout afficher", self._everything)
        super().__init__("Aucun dossier ne passe", "", [self.remove, self.show_all])
        self._sans: Filtre | None = None

    def explain(self, suivi: Suivi, filtre: Filtre) -> None:
        """Say which filter alone empties the list, when one does."""
        fautif = suivi.fautif(filtre)
        self.remove.setVisible(fautif is not None)
        self._sans = None if fautif is None else _without(filtre, fautif)
        if fautif is None or self._sans is None:
            phrase = "Retirer un seul filtre ne suffirait pas : affichez tout, puis choisissez à nouveau."
        else:
            phrase = _sentence(suivi, filtre, fautif, self._sans)
            recherche = self._sans.recherche != filtre.recherche
            self.remove.setText("Effacer la recherche" if recherche else "Retirer ce filtre")
            self.remove.setAccessibleName(self.remove.text())
        self.dire("Aucun dossier à montrer", phrase)

    def focus_way_out(self) -> None:
        """Put the focus on what brings dossiers back."""
        sortie = self.remove if self._sans is not None else self.show_all
        sortie.setFocus(Qt.FocusReason.TabFocusReason)

    def _without_culprit(self) -> None:
        if self._sans is not None:
            self.chosen.emit(self._sans)

    def _everything(self) -> None:
        self.chosen.emit(Filtre())


def _without(filtre: Filtre, etiquette: str) -> Filtre:
    """Return the filter without a tag, or without the search, which has none."""
    return dict(filtre.etiquettes()).get(etiquette, replace(filtre, recherche=""))


def _sentence(suivi: Suivi, filtre: Filtre, etiquette: str, sans: Filtre) -> str:
    if sans.recherche != filtre.recherche:
        quoi, elle = f"la recherche de «{NBSP}{filtre.recherche.strip()}{NBSP}»", "elle"
    else:
        quoi, elle = f"le filtre «{NBSP}{etiquette}{NBSP}»", "lui"
    if sans == Filtre():
        return f"Aucun des {nombre(len(suivi))} dossiers ne répond à {quoi}."
    return f"C’est {quoi} qui vide la liste : sans {elle}, {pluriel(len(suivi.filtrer(sans)), 'dossier')}."


class ListPlaces(QStackedWidget):
    """The rows, or why there is none: what stands for them is built the first time that it is to be seen."""

    chosen = Signal(object)
    """The filter to show instead of the one that lets nothing through."""

    def __init__(self, lignes: QWidget, aller: Navigation) -> None:
        super().__init__()
        self.lignes = lignes
        self._aller = aller
        self.addWidget(lignes)

    def put(self, suivi: Suivi | None, affiches: int, filtre: Filtre, *, ouverte: bool) -> None:
        """Show *affiches* rows of *suivi*, or why there is none."""
        if not ouverte:
            self.setCurrentWidget(self.fermee)
        elif suivi is None:
            self.setCurrentWidget(self.attente)
        elif not len(suivi):
            self.setCurrentWidget(self.vide)
        elif not affiches:
            self.rien.explain(suivi, filtre)
            self.setCurrentWidget(self.rien)
        else:
            self.setCurrentWidget(self.lignes)

    def shows(self, nom: str) -> bool:
        """Say whether «lignes», «fermee», «attente», «vide» or «rien» is in view."""
        return self.currentWidget() is self.__dict__.get(nom)

    @cached_property
    def fermee(self) -> EmptyState:
        """No campagne is open."""
        return self._added(no_campagne(self._aller))

    @cached_property
    def attente(self) -> EmptyState:
        """The list is not read yet."""
        return self._added(EmptyState("Chargement des dossiers…", ""))

    @cached_property
    def importer(self) -> QPushButton:
        """The way out of an empty campagne."""
        return button("Importer…", self._aller.import_files, role="principal", touche="Ctrl+I")

    @cached_property
    def vide(self) -> EmptyState:
        """The campagne has no dossier."""
        return self._added(no_dossier(self.importer))

    @cached_property
    def rien(self) -> NothingPasses:
        """The filter lets nothing through."""
        rien = NothingPasses()
        rien.chosen.connect(self.chosen)
        self.addWidget(rien)
        return rien

    def _added(self, place: EmptyState) -> EmptyState:
        self.addWidget(place)
        return place
