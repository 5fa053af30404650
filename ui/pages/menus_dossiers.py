"""What can be done with the list of dossiers: filters, order, columns, and the acts of the page."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QWidget

from o2r_desktop.dossiers.etat import Etat
from o2r_desktop.dossiers.territoires import nom_departement
from o2r_desktop.suivi import Colonne, EtatPieces, Filtre, Suivi
from o2r_desktop.text import printable
from ui.models.dossiers import COLONNES, ETATS, SIGNES, values_in
from ui.pages.tableau_dossiers import TableauDossiers
from ui.widgets.filtres import TickMenu

Tri = tuple[Colonne, bool]
"""A column, and whether from the last to the first."""


def fill_filters(
    menu: TickMenu, suivi: Suivi, lire: Callable[[], Filtre], changer: Callable[[Filtre], object]
) -> None:
    """Offer the values that the list has, those of the filter ticked; a tick changes the filter at once."""
    for titre, champ, valeurs in _choices(suivi):
        sous_menu = TickMenu(titre, menu)
        menu.addMenu(sous_menu)
        for valeur, mots, compte in valeurs:
            sous_menu.add_tick(
                f"{mots}  ({compte})", valeur in getattr(lire(), champ), _ticker(champ, valeur, lire, changer)
            )
        sous_menu.menuAction().setEnabled(bool(sous_menu.actions()))
    menu.addSeparator()
    menu.addAction("Tout afficher").triggered.connect(lambda *_: changer(Filtre()))


def fill_order(menu: TickMenu, tri: Tri | None, trier: Callable[[Tri | None], object]) -> None:
    """Offer every column to sort by, and the other way round."""
    groupe = QActionGroup(menu)
    descendant = tri is not None and tri[1]
    choix: list[tuple[str, Tri | None]] = [("Ordre de dépôt", None)]
    choix += [(colonne.libelle, (colonne, descendant)) for colonne in Colonne]
    for texte, choisi in choix:
        action = menu.add_tick(texte, choisi == tri, _when_ticked(trier, choisi))
        groupe.addAction(action)
    menu.addSeparator()
    sens = menu.add_tick("Du dernier au premier", descendant, lambda oui: trier((tri[0], oui)) if tri else None)
    sens.setEnabled(tri is not None)


def _when_ticked(trier: Callable[[Tri | None], object], choisi: Tri | None) -> Callable[[bool], object]:
    return lambda oui: trier(choisi) if oui else None


def fill_columns(menu: TickMenu, tableau: TableauDossiers, choisir: Callable[[], object]) -> None:
    """Offer every column to show or hide, and to put them in order."""
    montrees = tableau.columns()
    menu.addAction("Choisir et ordonner les colonnes…").triggered.connect(lambda *_: choisir())
    menu.addSeparator()
    for colonne in COLONNES:
        menu.add_tick(colonne.libelle, colonne in montrees, partial(tableau.show_column, colonne))
    menu.addSeparator()
    menu.addAction("Rétablir les colonnes").triggered.connect(lambda *_: tableau.reset_columns())


Choix = Iterable[tuple[object, str, int]]


def _choices(suivi: Suivi) -> Iterable[tuple[str, str, Choix]]:
    """Yield each filter: its title, its field in Filtre, its values with their words and counts."""
    etats = [(e, ETATS[e][0], n) for e, n in values_in(suivi, Colonne.ETAT, lambda ligne: ligne.etat)]
    yield "État", "etats", etats
    priorites = values_in(
        suivi, Colonne.PRIORITE, lambda ligne: "" if ligne.resume is None else ligne.resume.priorite
    )
    yield "Priorité", "priorites", [(p, p, n) for p, n in priorites if p]
    controles = values_in(
        suivi, Colonne.CONTROLE, lambda ligne: None if ligne.resume is None else ligne.resume.controle
    )
    yield "Contrôles", "controles", [(c, f"{SIGNES[c][0]} {c.libelle}", n) for c, n in controles if c is not None]
    codes: Counter[str] = Counter()
    for departements, combien in values_in(suivi, Colonne.DEPARTEMENTS, lambda ligne: ligne.departements):
        codes.update(dict.fromkeys(departements, combien))
    yield "Département", "departements", [(code, nom_departement(code), codes[code]) for code in sorted(codes)]
    yield "Instructeur", "instructeurs", _instructeurs(suivi)
    etiquettes = suivi.attributions.toutes_etiquettes()
    yield "Étiquette", "avec_etiquettes", [(e, printable(e), n) for e, n in etiquettes.items()]
    avis = values_in(suivi, Colonne.AVIS, lambda ligne: ligne.avis)
    yield "Avis", "avis", [(a, a.libelle, n) for a, n in avis if a is not None]
    statuts = ((e, e.libelle, _count(suivi, statuts=frozenset({e}))) for e in Etat)
    yield "Statut", "statuts", [choix for choix in statuts if choix[2]]
    pieces = ((p, p.libelle.capitalize(), _count(suivi, pieces=frozenset({p}))) for p in EtatPieces)
    yield "Pièces", "pieces", [choix for choix in pieces if choix[2]]


def _instructeurs(suivi: Suivi) -> Choix:
    noms = suivi.attributions.instructeurs()
    if noms:
        yield "", "Personne", len(suivi) - sum(noms.values())
    for nom, combien in noms.items():
        yield nom, printable(nom), combien


def _count(suivi: Suivi, **champs: Any) -> int:
    """Return how many rows pass a filter of one field."""
    return len(suivi.filtrer(Filtre(**champs)))


def _ticker(
    champ: str, valeur: object, lire: Callable[[], Filtre], changer: Callable[[Filtre], object]
) -> Callable[[bool], None]:
    def tick(oui: bool) -> None:
        filtre = lire()
        retenues = getattr(filtre, champ)
        nouvelles = retenues | {valeur} if oui else retenues - {valeur}
        changer(replace(filtre, **{champ: nouvelles}))

    return tick


def page_acts(
    ou: QWidget, actes: Iterable[tuple[str, str, Callable[[], object]]], *, partout: bool = False
) -> list[QAction]:
    """Return actions with their keys, which work while *ou* has the focus; *partout*, or one of its parts."""
    contextes = Qt.ShortcutContext
    actions = []
    for texte, touche, faire in actes:
        action = QAction(texte, ou)
        action.setShortcut(QKeySequence(touche))
        action.setShortcutContext(contextes.WidgetWithChildrenShortcut if partout else contextes.WidgetShortcut)
        action.triggered.connect(lambda *_, faire=faire: faire())
        actions.append(action)
    ou.addActions(actions)
    return actions
