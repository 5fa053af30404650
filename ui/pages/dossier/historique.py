"""The tab «Historique»: what was done to the dossier, in plain words, with old and new values."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from o2r_desktop import operations
from o2r_desktop.errors import O2rError
from o2r_desktop.operations import DossierComplet, Session
from o2r_desktop.progress import Reporter
from o2r_desktop.text import NBSP, instant, normalise, pluriel, printable
from ui.models.historique import EVENEMENT, HistoriqueModel
from ui.pages.dossier.volet import Volet
from ui.services import Services
from ui.tasks import Task
from ui.widgets.base import button, column, fill, label, row, split

if TYPE_CHECKING:
    from o2r_desktop.suivi.historique import Evenement
    from o2r_desktop.suivi.historique_phrases import Dit

_TOUT = "Tout le dossier"
_PARTS = (2, 1)
"""Of the height, for the list and for the line chosen."""


class HistoriqueVolet(Volet):
    """What happened, latest first, by day; the line chosen is told in full, old beside new."""

    critere_chosen = Signal(str)
    """The critere of a line is asked for, never «»."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._numero: int | None = None
        self._perime = True
        self._tache: Task[list[Evenement]] | None = None
        self._evenements: list[Evenement] = []
        self.chercher = QLineEdit()
        self.chercher.setAccessibleName("Chercher dans l’historique")
        self.chercher.setPlaceholderText("Chercher dans l’historique")
        self.chercher.setClearButtonEnabled(True)
        self.critere = QComboBox()
        self.critere.setAccessibleName("Critère dont l’historique est montré")
        self.compte = label("", "secondaire")
        self.modele = HistoriqueModel(self)
        self.liste = _Liste(self.modele)
        self.details = _Details()
        self.ouvrir = button("Ouvrir le critère", self._open, touche="Entrée")
        self.copier = button("Copier", self._copy, touche="Ctrl+C", nom="Copier cette ligne de l’historique")
        self._lay_out()
        self._connect()
        self._choose(QModelIndex())

    # --- what the page asks -------------------------------------------------------------------------------

    def show_dossier(self, complet: DossierComplet) -> None:
        """Show what was done to a dossier."""
        if complet.dossier.numero != self._numero:
            self.chercher.clear()
            self.critere.setCurrentIndex(0)
        self._numero = complet.dossier.numero
        self._stale()

    def update_dossier(self, complet: DossierComplet) -> None:
        """Show what was done since."""
        self._numero = complet.dossier.numero
        self._stale()

    def set_critere(self, critere: str) -> None:
        """Show one critere only, the whole dossier with «»."""
        if critere and self.critere.findData(critere) < 0:
            self.critere.addItem(critere, critere)
        self.critere.setCurrentIndex(max(0, self.critere.findData(critere)))

    def follow_critere(self, critere: str) -> None:
        """Show the critere that came into view, when one critere is shown; the whole dossier stays whole."""
        if self.critere.currentData():
            self.set_critere(critere)

    def focus_first(self) -> None:
        """Put the focus on the list."""
        self.liste.setFocus()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 Qt
        """Read what was done, when it is looked at and not before."""
        super().showEvent(event)
        self._read()

    # --- reading ------------------------------------------------------------------------------------------

    def _stale(self) -> None:
        self._perime = True
        if self.isVisible():
            self._read()

    def _read(self) -> None:
        if (
            not self._perime
            or self._numero is None
            or not self.services.campagne.is_open
            or self._tache is not None
        ):
            return
        self._perime = False
        travail = partial(_historique, self.services.campagne.session, self._numero)
        self._tache = self.services.taches.start("", travail)
        self._tache.succeeded.connect(partial(self._take, self._numero))
        self._tache.failed.connect(self._failed)
        self._tache.finished.connect(self._finished)

    def _finished(self) -> None:
        self._tache = None
        if self.isVisible():
            self._read()

    def _failed(self, erreur: O2rError) -> None:
        self.compte.setText(f"L’historique ne peut pas être lu{NBSP}: {erreur}")

    def _take(self, numero: int, evenements: Sequence[Evenement]) -> None:
        if numero != self._numero:
            self._perime = True
            return
        self._evenements = list(evenements)
        choisi = self.critere.currentData() or ""
        self.critere.blockSignals(True)
        self.critere.clear()
        self.critere.addItem(_TOUT, "")
        for critere in sorted({e.critere for e in evenements if e.critere} | ({choisi} - {""})):
            self.critere.addItem(critere, critere)
        self.critere.setCurrentIndex(max(0, self.critere.findData(choisi)))
        self.critere.blockSignals(False)
        self._filter()

    def _filter(self) -> None:
        critere, mots = self.critere.currentData() or "", normalise(self.chercher.text()).split()
        gardes = [e for e in self._evenements if not critere or e.critere == critere]
        if mots:
            gardes = [e for e in gardes if all(mot in _matiere(e) for mot in mots)]
        self.modele.put(gardes)
        self.compte.setText(pluriel(len(gardes), "ligne") if gardes else "Rien ici.")
        self.liste.setCurrentIndex(self.modele.first())
        self._choose(self.liste.currentIndex())

    # --- one line -----------------------------------------------------------------------------------------

    @property
    def evenement(self) -> Evenement | None:
        """The line chosen."""
        trouve: Evenement | None = self.liste.currentIndex().data(EVENEMENT)
        return trouve

    def _choose(self, index: QModelIndex) -> None:
        trouve: Evenement | None = index.data(EVENEMENT)
        self.details.show_event(trouve)
        self.ouvrir.setEnabled(trouve is not None and bool(trouve.critere))
        self.copier.setEnabled(trouve is not None)

    def _open(self) -> None:
        if self.evenement is not None and self.evenement.critere:
            self.critere_chosen.emit(self.evenement.critere)

    def _copy(self) -> None:
        if self.evenement is not None:
            QGuiApplication.clipboard().setText(en_texte(self.evenement))

    def _lay_out(self) -> None:
        self.critere.addItem(_TOUT, "")
        self.critere.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        bas = QWidget()
        fill(QVBoxLayout(bas), self._scrolled(), row(self.ouvrir, self.copier, 1))
        separateur = QSplitter(Qt.Orientation.Vertical)
        separateur.setChildrenCollapsible(False)
        split(separateur, self.liste, bas)
        for rang, part in enumerate(_PARTS):
            separateur.setStretchFactor(rang, part)
        separateur.setSizes([part * 1000 for part in _PARTS])
        fill(
            QVBoxLayout(self),
            row(self.chercher, self.critere),
            row(self.compte, 1),
            separateur,
            marge=12,
        )

    def _scrolled(self) -> QScrollArea:
        """Return the details, of which a few lines stay in view: a large text leaves the list its room."""
        zone = QScrollArea()
        zone.setFrameShape(QFrame.Shape.NoFrame)
        zone.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        zone.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        zone.setWidgetResizable(True)
        zone.setWidget(self.details)
        return zone

    def _connect(self) -> None:
        self.chercher.textChanged.connect(self._filter)
        self.critere.currentIndexChanged.connect(self._filter)
        self.liste.selectionModel().currentChanged.connect(self._choose)
        self.liste.activated.connect(self._open)
        self.liste.copied.connect(self._copy)
        self.services.campagne.actes_changed.connect(self._acts_changed)

    def _acts_changed(self, numeros: Sequence[int]) -> None:
        if self._numero in numeros:
            self._stale()


class _Liste(QListView):
    """Lines of one height, painted when they are in view."""

    copied = Signal()
    """The line chosen is to be copied: with its old and new values, where Qt would copy what is painted."""

    def __init__(self, modele: HistoriqueModel) -> None:
        super().__init__()
        self.setModel(modele)
        self.setUniformItemSizes(True)
        self.setAccessibleName("Historique du dossier, le plus récent d’abord")
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt
        """Copy the whole of a line."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        else:
            super().keyPressEvent(event)


class _Details(QWidget):
    """The line chosen in full: its sentence, then what was beside what is."""

    def __init__(self) -> None:
        super().__init__()
        self.phrase = label("", "gras", wrap=True)
        self.quand = label("", "secondaire", wrap=True)
        self.avant, self.apres = _lecture("Ancien texte"), _lecture("Nouveau texte")
        self._cotes = QWidget()
        cotes = row(
            column(label("Avant", "secondaire"), self.avant, espace=2),
            column(label("Après", "secondaire"), self.apres, espace=2),
        )
        cotes.setContentsMargins(0, 0, 0, 0)
        self._cotes.setLayout(cotes)
        fill(QVBoxLayout(self), self.phrase, self.quand, self._cotes, 1, espace=4)

    def show_event(self, evenement: Evenement | None) -> None:
        """Show a line, nothing with None."""
        self.phrase.setText("" if evenement is None else printable(evenement.phrase))
        self.quand.setText("" if evenement is None else f"{instant(evenement.le)}{NBSP}· {evenement.auteur}")
        details = () if evenement is None else evenement.details
        self._cotes.setVisible(bool(details))
        self.avant.setPlainText(_cote([(d.libelle, d.avant) for d in details]))
        self.apres.setPlainText(_cote([(d.libelle, d.apres) for d in details]))


def _lecture(nom: str) -> QPlainTextEdit:
    champ = QPlainTextEdit()
    champ.setReadOnly(True)
    champ.setAccessibleName(nom)
    champ.setTabChangesFocus(True)
    champ.setMinimumHeight(champ.fontMetrics().lineSpacing() * 3)
    selection = Qt.TextInteractionFlag
    champ.setTextInteractionFlags(selection.TextSelectableByMouse | selection.TextSelectableByKeyboard)
    return champ


def _cote(textes: Sequence[tuple[str, str]]) -> str:
    if len(textes) == 1:
        return printable(textes[0][1]) or "(rien)"
    return "\n\n".join(f"{nom}{NBSP}: {printable(texte) or '(rien)'}" for nom, texte in textes)


def en_texte(evenement: Evenement) -> str:
    """Return a line to be pasted elsewhere."""
    tete = f"{instant(evenement.le)}, {evenement.auteur}{NBSP}: {evenement.phrase}"
    return "\n".join([tete, *map(_detail, evenement.details)])


def _detail(dit: Dit) -> str:
    return f"{dit.libelle}{NBSP}: {dit.avant or '(rien)'} → {dit.apres or '(rien)'}"


def _matiere(evenement: Evenement) -> str:
    textes = (t for d in evenement.details for t in (d.avant, d.apres))
    return normalise(" ".join([evenement.phrase, evenement.auteur, *textes]))


def _historique(session: Session, numero: int, reporter: Reporter) -> list[Evenement]:
    from o2r_desktop.suivi.historique import historique

    reporter.step(0, 0, "Lecture de l’historique")
    with operations.twin_session(session) as jumelle:
        return historique(jumelle, numero)
