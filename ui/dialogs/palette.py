"""The palette: one field that finds any action, any dossier, any critere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from o2r_desktop.suivi import Filtre
from o2r_desktop.text import NBSP, normalise
from o2r_desktop.text import numero as numero_lisible
from ui.actions import DEFINITIONS, keys, plain
from ui.widgets.base import Elided, KeyCap, fill, label

if TYPE_CHECKING:
    from ui.main_window import MainWindow

DOSSIERS_MAX = 20
_FLECHES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}


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


class Palette(QDialog):
    """What is found is listed under the field; ↑ ↓ choose, Entrée does, Échap gives up."""

    def __init__(self, fenetre: MainWindow) -> None:
        super().__init__(fenetre)
        self.setWindowTitle("Palette")
        self._fenetre = fenetre
        self._trouvees: list[Entree] = []
        self._actions = list(_entrees_actions(fenetre))
        self.champ = QLineEdit()
        self.champ.setPlaceholderText("Une action, un dossier, un critère…")
        self.champ.setAccessibleName("Trouver une action, un dossier ou un critère")
        self.champ.setClearButtonEnabled(True)
        self.liste = QListWidget()
        self.liste.setAccessibleName("Ce qui est trouvé")
        self.liste.setUniformItemSizes(True)
        self.liste.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rien = label(
            "Rien ne correspond. Essayez un autre mot, ou un numéro de dossier.", "secondaire", wrap=True
        )
        pied = label("↑ ↓ choisir  ·  Entrée valider  ·  Échap fermer", "secondaire")
        fill(QVBoxLayout(self), self.champ, self.liste, self.rien, pied, marge=12)
        self.resize(self._largeur(), min(self.fontMetrics().height() * 24, round(fenetre.height() * 0.9)))
        self.champ.textChanged.connect(self._search)
        self.champ.installEventFilter(self)
        self.liste.itemActivated.connect(self._do_item)
        self._search("")

    @property
    def trouvees(self) -> list[Entree]:
        """What the list shows, in order."""
        return list(self._trouvees)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 Qt
        """Move in the list and do the chosen line from the field."""
        if watched is not self.champ or event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        touche = Qt.Key(event.key())
        if touche in _FLECHES:
            rang = self.liste.currentRow() + _FLECHES[touche]
            self.liste.setCurrentRow(max(0, min(self.liste.count() - 1, rang)))
            return True
        if touche in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._do(self.liste.currentRow())
            return True
        return False

    def _largeur(self) -> int:
        return min(self.fontMetrics().averageCharWidth() * 84, round(self._fenetre.width() * 0.9))

    def _search(self, texte: str) -> None:
        mots = normalise(texte).split()
        self._trouvees = [e for e in self._actions if _matches(e, mots)]
        if mots:
            self._trouvees += [*_dossiers(self._fenetre, texte), *_criteres(self._fenetre, mots)]
        self.liste.clear()
        for entree in self._trouvees:
            element = QListWidgetItem(self.liste)
            element.setData(Qt.ItemDataRole.AccessibleTextRole, entree.lue)
            ligne = _Ligne(entree)
            element.setSizeHint(ligne.sizeHint())
            self.liste.setItemWidget(element, ligne)
        self.liste.setCurrentRow(0)
        self.liste.setVisible(bool(self._trouvees))
        self.rien.setVisible(not self._trouvees)

    def _do_item(self, element: QListWidgetItem) -> None:
        self._do(self.liste.row(element))

    def _do(self, rang: int) -> None:
        if 0 <= rang < len(self._trouvees):
            self.accept()
            self._trouvees[rang].faire()


class _Ligne(QWidget):
    """What is found, what it is, and the key that does it."""

    def __init__(self, entree: Entree) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        titre = Elided()
        titre.dire(entree.titre)
        detail = [label(entree.detail, "secondaire")] if entree.detail else []
        fin: QLabel = KeyCap(entree.touche) if entree.touche else label(entree.genre, "secondaire")
        ligne = QHBoxLayout(self)
        fill(ligne, titre, *detail, fin, espace=12)
        ligne.setStretch(0, 1)
        ligne.setContentsMargins(8, 4, 8, 4)


def _matches(entree: Entree, mots: list[str]) -> bool:
    cherche = normalise(f"{entree.titre} {entree.genre}")
    return all(mot in cherche for mot in mots)


def _entrees_actions(fenetre: MainWindow) -> Iterator[Entree]:
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


def _criteres(fenetre: MainWindow, mots: list[str]) -> Iterator[Entree]:
    """Yield the criteria of the grille that match, while a dossier is in view."""
    numero = getattr(fenetre.page, "numero", None)
    if not isinstance(numero, int) or not fenetre.services.campagne.is_open:
        return
    for critere in fenetre.services.campagne.session.grille.criteres:
        if all(mot in normalise(f"{critere.id} {critere.libelle}") for mot in mots):
            yield Entree(
                titre=f"{critere.id}{NBSP}— {critere.libelle}",
                genre="Critère",
                faire=partial(fenetre.services.navigation.open_dossier, numero, critere_id=critere.id),
            )
