"""Why there is no dossier to show, and the ways out."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cached_property

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from o2r_desktop.suivi import Filtre, Suivi
from o2r_desktop.text import NBSP, nombre, pluriel
from ui import saisies
from ui.navigation import Navigation
from ui.widgets.base import EmptyState, bulle, button, label


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
        exemples = " · ".join(ecrit for ecrit, _ in saisies.SAISIES)
        self.aide = label(f"On peut écrire aussi{NBSP}: {exemples}", "secondaire", wrap=True)
        self.aide.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.aide.setToolTip(bulle(saisies.hint()))
        self.aide.setMinimumSize(1, 1)  # else the window would have to be as high as these words on one column
        cadre = self.layout()
        assert isinstance(cadre, QVBoxLayout)
        cadre.insertWidget(cadre.count() - 1, self.aide)

    def explain(
        self, suivi: Suivi, filtre: Filtre, trouves: Collection[int] | None = None, reserve: str = ""
    ) -> None:
        """Say which filter alone empties the list, when one does; *reserve* what is to be known beside.

        *trouves* are the dossiers that the full text found.
        """
        self.aide.setVisible(bool(filtre.recherche.strip()))
        if fautes := filtre.malformes():
            self._tell_malformed(filtre, fautes)
            return
        fautif = suivi.fautif(filtre, trouves)
        self.remove.setVisible(fautif is not None)
        self._sans = None if fautif is None else _without(filtre, fautif)
        if fautif is None or self._sans is None:
            phrase = "Retirer un seul filtre ne suffirait pas : affichez tout, puis choisissez à nouveau."
        else:
            phrase = _sentence(suivi, filtre, fautif, self._sans, trouves)
            recherche = self._sans.recherche != filtre.recherche
            self.remove.setText("Effacer la recherche" if recherche else "Retirer ce filtre")
            self.remove.setAccessibleName(self.remove.text())
        self.dire("Aucun dossier à montrer", f"{phrase}\n{reserve}".strip())

    def focus_way_out(self) -> None:
        """Put the focus on what brings dossiers back."""
        sortie = self.remove if self._sans is not None else self.show_all
        sortie.setFocus(Qt.FocusReason.TabFocusReason)

    def _tell_malformed(self, filtre: Filtre, fautes: Sequence[str]) -> None:
        self._sans = saisies.without_malformed(filtre)
        self.remove.setVisible(True)
        self.remove.setText("Retirer ce filtre")
        self.remove.setAccessibleName(self.remove.text())
        self.dire("⚠ Un filtre n’est pas compris", "\n".join(fautes))

    def _without_culprit(self) -> None:
        if self._sans is not None:
            self.chosen.emit(self._sans)

    def _everything(self) -> None:
        self.chosen.emit(Filtre())


def _without(filtre: Filtre, etiquette: str) -> Filtre:
    """Return the filter without a tag, or without the search, which has none."""
    return dict(filtre.etiquettes()).get(etiquette, replace(filtre, recherche=""))


def _sentence(suivi: Suivi, filtre: Filtre, etiquette: str, sans: Filtre, trouves: Collection[int] | None) -> str:
    if sans.recherche != filtre.recherche:
        quoi, elle = f"la recherche de «{NBSP}{filtre.recherche.strip()}{NBSP}»", "elle"
    else:
        quoi, elle = f"le filtre «{NBSP}{etiquette}{NBSP}»", "lui"
    if sans == Filtre():
        return f"Aucun des {nombre(len(suivi))} dossiers ne répond à {quoi}."
    return f"C’est {quoi} qui vide la liste : sans {elle}, {pluriel(len(suivi.filtrer(sans, trouves)), 'dossier')}."


class ListPlaces(QStackedWidget):
    """The rows, or why there is none: what stands for them is built the first time that it is to be seen."""

    chosen = Signal(object)
    """The filter to show instead of the one that lets nothing through."""

    def __init__(self, lignes: QWidget, aller: Navigation) -> None:
        super().__init__()
        self.lignes = lignes
        self._aller = aller
        self.addWidget(lignes)

    def put(
        self,
        suivi: Suivi | None,
        affiches: int,
        filtre: Filtre,
        trouves: Collection[int] | None = None,
        *,
        ouverte: bool,
        attend: bool = False,
        reserve: str = "",
    ) -> None:
        """Show *affiches* rows of *suivi*, or why there is none; nothing moves while the full text is awaited."""
        if not ouverte:
            self.setCurrentWidget(self.fermee)
        elif suivi is None:
            self.setCurrentWidget(self.attente)
        elif not len(suivi):
            self.setCurrentWidget(self.vide)
        elif not affiches and attend and (self.shows("lignes") or self.shows("rien")):
            return
        elif not affiches:
            self.rien.explain(suivi, filtre, trouves, reserve)
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
