"""What the palette can find: acts, dossiers, criteria, pieces, saved views, labels; the best ones first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from o2r_desktop.errors import O2rError
from o2r_desktop.suivi import Filtre
from o2r_desktop.text import NBSP, normalise
from o2r_desktop.text import numero as numero_lisible
from ui.actions import DEFINITIONS, keys, plain
from ui.models.pieces import nom_dit

if TYPE_CHECKING:
    from o2r_desktop.operations import DossierComplet
    from ui.main_window import MainWindow

DOSSIERS_MAX = 20
PIECES_MAX = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Entree:
    """One thing that the palette can do."""

    titre: str
    genre: str
    faire: Callable[[], object]
    touche: str = ""
    detail: str = ""

    @property
    def lue(self) -> str:
        """Return what a screen reader says."""
        return ", ".join(mot for mot in (self.titre, self.detail, self.genre, self.touche) if mot)


def trouver(actions: Iterable[Entree], fenetre: MainWindow, texte: str) -> list[Entree]:
    """Return what is found, the best first; without words, the acts alone."""
    mots = normalise(texte).split()
    retenues = [e for e in actions if matches(e, mots)]
    if not mots:
        return retenues
    autres = (*_criteres(fenetre), *_pieces(fenetre), *_vues(fenetre), *_etiquettes(fenetre))
    retenues += [*_dossiers(fenetre, texte), *(e for e in autres if matches(e, mots))]
    return sorted(retenues, key=lambda e: _rang(e, mots))  # equals stay in this order: acts, dossiers, the rest


def matches(entree: Entree, mots: list[str]) -> bool:
    """Say whether an entry holds all the words; dossiers were found by the list itself."""
    cherche = normalise(f"{entree.titre} {entree.genre}")
    return all(mot in cherche for mot in mots)


def _rang(entree: Entree, mots: list[str]) -> int:
    """Return 0 for a title that begins with what is typed, 1 for words that begin so, 2 for the rest."""
    titre, dit = normalise(entree.titre), " ".join(mots)
    if titre.startswith(dit):
        return 0
    return 1 if all(f" {mot}" in f" {titre}" for mot in mots) else 2


def des_actions(fenetre: MainWindow) -> Iterator[Entree]:
    """Yield what can be done now: the acts of the page, then those of the window."""
    for action in fenetre.page_actions():
        if action.isEnabled() and not action.isSeparator() and action.text():
            yield _entree_action(action, "Page", plain(action))
    for d in DEFINITIONS:
        action = fenetre.actions_fenetre[d.id]
        if action.isEnabled() and d.id != "palette":
            titre = f"{d.sous_menu}{NBSP}: {plain(action).lower()}" if d.sous_menu else plain(action)
            yield _entree_action(action, d.menu.libelle, titre)


def _entree_action(action: QAction, genre: str, titre: str) -> Entree:
    return Entree(titre=titre, genre=genre, faire=action.trigger, touche=keys(action))


def _dossiers(fenetre: MainWindow, texte: str) -> Iterator[Entree]:
    suivi = fenetre.services.campagne.suivi
    if suivi is None:
        return
    for rang in suivi.filtrer(Filtre(recherche=texte))[:DOSSIERS_MAX]:
        ligne = suivi.ligne(rang)
        yield Entree(
            titre=ligne.porteur or numero_lisible(ligne.numero),
            detail=f"n°{NBSP}{numero_lisible(ligne.numero)}",
            genre="Dossier",
            faire=partial(fenetre.services.navigation.open_dossier, ligne.numero),
        )


def _ouvert(fenetre: MainWindow) -> DossierComplet | None:
    """Return the dossier in view, None when the page shows none."""
    numero, campagne = getattr(fenetre.page, "numero", None), fenetre.services.campagne
    return campagne.complet(numero) if isinstance(numero, int) and campagne.is_open else None


def _criteres(fenetre: MainWindow) -> Iterator[Entree]:
    """Yield the criteria of the grille, while a dossier is in view."""
    complet = _ouvert(fenetre)
    if complet is None:
        return
    aller = fenetre.services.navigation.open_dossier
    for critere in fenetre.services.campagne.session.grille.criteres:
        yield Entree(
            titre=f"{critere.id}{NBSP}— {critere.libelle}",
            genre="Critère",
            faire=partial(aller, complet.dossier.numero, critere_id=critere.id),
        )


def _pieces(fenetre: MainWindow) -> Iterator[Entree]:
    """Yield the received pieces of the dossier in view."""
    complet = _ouvert(fenetre)
    if complet is not None:
        ouvrir = fenetre.services.navigation.open_piece
        for piece in complet.dossier.pieces:
            if piece.presente:
                faire = partial(ouvrir, complet.dossier.numero, piece.empreinte)
                yield Entree(titre=nom_dit(piece), genre="Pièce", faire=faire)


def _vues(fenetre: MainWindow) -> Iterator[Entree]:
    """Yield the saved views of the list."""
    from o2r_desktop.suivi.vues import lire_vues

    campagne = fenetre.services.campagne
    if not campagne.is_open:
        return
    try:
        vues = lire_vues(campagne.session)
    except O2rError:  # the list itself will say it
        return
    for vue in vues:
        yield Entree(titre=vue.nom, genre="Vue", faire=partial(fenetre.services.navigation.show_liste, vue.filtre))


def _etiquettes(fenetre: MainWindow) -> Iterator[Entree]:
    """Yield the labels in use: each shows the dossiers that bear it."""
    suivi = fenetre.services.campagne.suivi
    if suivi is not None:
        montrer = fenetre.services.navigation.show_liste
        for etiquette in suivi.attributions.toutes_etiquettes():
            filtre = Filtre(avec_etiquettes=frozenset({etiquette}))
            yield Entree(titre=etiquette, genre="Étiquette", faire=partial(montrer, filtre))
