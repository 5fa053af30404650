"""Step 2: what the files would change, line by line; nothing is written here."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QLineEdit,
    QPushButton,
    QSplitter,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from o2r_desktop.dossiers.importation import ImportPlan
from o2r_desktop.reception import Preparation
from o2r_desktop.text import NBSP, nombre, pluriel
from ui.models.plan_import import EtatLigne, LignePlan, PlanImportModel
from ui.pages.importation.details import Nommer, tell_line
from ui.pages.importation.fichiers_lus import FichiersLus
from ui.pages.importation.tableau import PlanTable
from ui.theme import Theme, Ton
from ui.widgets.base import Banner, KeyCap, button, fill, label, row
from ui.widgets.flux import Flow

_LIGNES = 28
"""Lines of text under which the details of a line get the least room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lecture:
    """What the background read: the plans, and their lines ready for the table."""

    preparation: Preparation
    lignes: Sequence[LignePlan]


class ControleEtape(QWidget):
    """The files read, the table of their lines, the details of one, and the button that writes."""

    import_requested = Signal()
    back_requested = Signal()
    reread_requested = Signal()

    def __init__(self, theme: Theme, nommer_pieces: Nommer) -> None:
        super().__init__()
        self._theme, self._nommer = theme, nommer_pieces
        self._lecture: Lecture | None = None
        self._lecture_seule = self._court = False
        self.modele = PlanImportModel(self)
        self.table = PlanTable(self.modele, theme)
        self.message = Banner()
        self.reessayer = button("Réessayer", self.import_requested.emit)
        self.relire = button("Relire les fichiers", self.reread_requested.emit)
        self.echec = Banner(ton=Ton.MAUVAIS, boutons=(self.reessayer, self.relire))
        self.lus = FichiersLus(theme)
        self.details = QTextEdit()
        self.details.setReadOnly(True)
        self.details.setProperty("role", "rapport")
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName("Détail de la ligne")
        self.recherche = QLineEdit()
        self.filtres: dict[EtatLigne | None, QPushButton] = {}
        self.annonce = label(role="secondaire", wrap=True)
        self._composer()
        self._relier()

    # --- building -------------------------------------------------------------------------------------------

    def _composer(self) -> None:
        self.tout = button("Tout cocher", lambda: self.modele.tick_all(coche=True))
        self.rien = button("Tout décocher", lambda: self.modele.tick_all(coche=False))
        self.retour = button("← Fichiers", self.back_requested.emit, nom="Revenir aux fichiers")
        self.importer = button("Importer", self.import_requested.emit, role="principal")
        self.separation = QSplitter(Qt.Orientation.Vertical)
        self.separation.addWidget(self.table)
        self.separation.addWidget(self.details)
        self.separation.setStretchFactor(0, 5)
        self.separation.setStretchFactor(1, 3)
        self.separation.setChildrenCollapsible(False)
        pied = row(self.retour, self.annonce, self.importer, espace=12)
        pied.setStretch(1, 1)
        self._outils = self._barre()
        pile = QVBoxLayout(self)
        fill(pile, self.echec, self.message, self.lus, self._outils, self.separation, pied)
        pile.setStretchFactor(self.separation, 1)

    def _barre(self) -> QWidget:
        self.recherche.setPlaceholderText("Numéro, porteur, SIRET…  Ctrl+F")
        self.recherche.setAccessibleName("Chercher parmi les lignes")
        self.recherche.setClearButtonEnabled(True)
        groupe = QButtonGroup(self)
        barre = QWidget()
        suite = Flow(barre)
        for etat in (None, *EtatLigne):
            bouton = button("", role="onglet")
            bouton.setCheckable(True)
            bouton.setAutoExclusive(True)  # a screen reader then says «bouton radio»
            bouton.toggled.connect(partial(self._choisir, etat))  # a screen reader checks it without a click
            groupe.addButton(bouton)
            suite.addWidget(bouton)
            self.filtres[etat] = bouton
        for partie in (self.recherche, self.tout, self.rien, _touche("Space", "coche la ligne")):
            suite.addWidget(partie)
        return barre

    def _choisir(self, etat: EtatLigne | None, coche: bool) -> None:
        if coche:
            self._filtrer(etat)

    def _relier(self) -> None:
        self.modele.ticked.connect(self._compter)
        self.table.current_changed.connect(self._detailler)
        self.recherche.textChanged.connect(lambda: self._filtrer(self._etat()))
        QShortcut(
            QKeySequence("Ctrl+Return"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
        ).activated.connect(self.importer.click)
        self._theme.changed.connect(self._mesurer)
        self._mesurer()

    def _mesurer(self) -> None:
        """Follow the size of the text."""
        mesure = QFontMetrics(QApplication.font())
        self.recherche.setMinimumWidth(mesure.horizontalAdvance(self.recherche.placeholderText()) + 56)
        self.details.setMinimumHeight(mesure.height() * 2)
        self._detailler()
        self._partager()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 Qt
        """Share the height again."""
        super().resizeEvent(event)
        self._partager()

    def _partager(self) -> None:
        """Leave the table what there is when the text is large or the window low: the details scroll."""
        court = self.height() < _LIGNES * QFontMetrics(QApplication.font()).height()
        if court != self._court:
            self._court = court
            self.separation.setSizes([10_000, 1] if court else [5_000, 3_000])

    # --- what the page says ---------------------------------------------------------------------------------

    @property
    def lecture(self) -> Lecture | None:
        """What is shown."""
        return self._lecture

    def show_lecture(self, lecture: Lecture, *, lecture_seule: bool) -> None:
        """Show what was read, everything ticked that can be."""
        self._lecture, self._lecture_seule = lecture, lecture_seule
        self.echec.dire("")
        self.lus.show_preparation(lecture.preparation)
        self.recherche.clear()
        self.modele.set_lignes(lecture.lignes)
        for etat, bouton in self.filtres.items():
            compte = self.modele.count(etat)
            nom = "Tous" if etat is None else etat.pluriel
            bouton.setText(f"{nom} {nombre(compte)}")
            bouton.setAccessibleName(f"{nom}{NBSP}: {pluriel(compte, 'ligne')}")
            bouton.setVisible(etat is not EtatLigne.ABSENT or compte > 0)
        self.filtres[None].setChecked(True)
        self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._dire_message()
        self._aller_en_haut()
        self.table.setFocus()

    def clear(self) -> None:
        """Forget what was read: thousands of dossiers."""
        self._lecture = None
        self.modele.set_lignes(())

    def say_failure(self, phrase: str, *, relire: bool = True) -> None:
        """Tell why nothing was written, with ways to go on."""
        self.relire.setVisible(relire)
        self.echec.dire(phrase, Ton.MAUVAIS)
        self.reessayer.setFocus()

    def say(self, phrase: str) -> None:
        """Tell something that is no failure: a cancel."""
        self.message.dire(phrase, Ton.NEUTRE)

    def _dire_message(self) -> None:
        apporte = any(self.modele.count(etat) for etat in EtatLigne if etat.cochable)
        if not apporte:
            sujet = "Ces fichiers n’apportent" if self._plusieurs else "Ce fichier n’apporte"
            self.message.dire(f"{sujet} rien de nouveau : la campagne a déjà tout ce qu’il y a à prendre.", Ton.BON)
        elif self._lecture_seule:
            self.message.dire(
                "La campagne est ouverte en lecture seule : quelqu’un d’autre y travaille. Vous voyez ce que "
                "l’import changerait, mais il ne peut pas être enregistré d’ici.",
                Ton.ALERTE,
            )
        else:
            self.message.dire("")

    @property
    def plans(self) -> tuple[ImportPlan, ...]:
        """The plans of the files that were read."""
        return self._lecture.preparation.plans if self._lecture else ()

    @property
    def _plusieurs(self) -> bool:
        return len(self.plans) > 1

    # --- what the user does ---------------------------------------------------------------------------------

    def _etat(self) -> EtatLigne | None:
        return next((etat for etat, bouton in self.filtres.items() if bouton.isChecked()), None)

    def _filtrer(self, etat: EtatLigne | None) -> None:
        self.modele.set_filtre(etat, self.recherche.text())
        self._aller_en_haut()

    def _aller_en_haut(self) -> None:
        if self.modele.rowCount():
            voulu = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            # said whole: the table would look at Ctrl, still down after Ctrl+Entrée, and not select the line
            self.table.selectionModel().setCurrentIndex(self.modele.index(0, 1), voulu)
            self.table.scrollToTop()
        self._detailler()

    def _compter(self) -> None:
        retenus = self.modele.retenus
        combien = len({x.numero for x in retenus})
        acte = f"Importer {pluriel(combien, 'dossier')}" if combien else "Importer"
        self.importer.setText(f"{acte}  Ctrl+Entrée")
        self.importer.setAccessibleName(acte)
        self.importer.setEnabled(bool(combien) and not self._lecture_seule)
        self.annonce.setText(self._annonce(retenus))

    def _annonce(self, retenus: Sequence[LignePlan]) -> str:
        if not retenus:
            return "Aucun dossier n’est coché : il n’y a rien à écrire."
        phrases = ["Une sauvegarde de la campagne est faite avant d’écrire."]
        touches = {x.numero: x.a_reconfirmer for x in retenus if x.a_reconfirmer}
        if touches:
            reponses = pluriel(sum(map(len, touches.values())), "réponse")
            criteres = sorted({c for criteres in touches.values() for c in criteres})
            phrases.append(
                f"À reconfirmer ensuite{NBSP}: {reponses} de {pluriel(len(touches), 'dossier')} "
                f"({', '.join(criteres)}). Aucune n’est changée."
            )
        return " ".join(phrases)

    def _detailler(self) -> None:
        index = self.table.currentIndex()
        ligne = self.modele.ligne(index.row()) if index.isValid() and index.row() < self.modele.rowCount() else None
        c = self._theme.couleurs
        self.details.document().setDefaultFont(self.font())
        tell_line(self.details.document(), ligne, self.plans, self._nommer, texte=c.texte, secondaire=c.secondaire)


def _touche(sequence: str, mots: str) -> QWidget:
    aide = QWidget()
    aide.setLayout(row(KeyCap(sequence), label(mots, "secondaire"), espace=4))
    return aide
