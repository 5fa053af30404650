"""Producing notes: what will be printed and where, how far it is, what came of it.

The dialog may be closed while notes are written: the work goes on, and its summary comes as a message.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHeaderView,
    QLineEdit,
    QProgressBar,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from o2r_desktop.errors import O2rError
from o2r_desktop.evaluation.reponses import EtatEvaluation
from o2r_desktop.notes.modele import Longueur
from o2r_desktop.restitution import Production
from o2r_desktop.text import numero as numero_lisible
from o2r_desktop.text import pluriel
from ui import system
from ui.dialogs.lot_notes import NoteBatch, porteur_de, summary
from ui.services import Services
from ui.theme import Ton
from ui.widgets.base import Banner, Pastille, bulle, button, fill, label, row

_LIGNES_AJUSTEES = 60


class ProduireNotesDialog(QDialog):
    """Asks where, writes the notes in the background, then says what was written."""

    def __init__(self, services: Services, numeros: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._numeros = list(numeros)
        self._lot: NoteBatch | None = None
        self._production: Production | None = None
        self._defaut = services.campagne.dossier / "notes"
        self._cle = f"notes/{hashlib.sha256(str(services.campagne.dossier).encode()).hexdigest()[:16]}"
        seule = len(self._numeros) == 1
        self.setWindowTitle("Produire la note" if seule else f"Produire {pluriel(len(self._numeros), 'note')}")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.panne = Banner("", Ton.MAUVAIS)
        self.pages = QStackedWidget()
        for page in (self._make_choice(), self._make_progress(), self._make_summary()):
            self.pages.addWidget(page)
        fill(QVBoxLayout(self), self.panne, self.pages, marge=16, espace=12)
        self.resize(self.fontMetrics().averageCharWidth() * 76, self.sizeHint().height())
        self.produire.setFocus()

    @property
    def destination(self) -> Path:
        """The folder where notes go."""
        texte = self.dossier.text().strip()
        return Path(texte).expanduser() if texte else self._defaut

    # --- where --------------------------------------------------------------------------------------------

    def _make_choice(self) -> QWidget:
        page = QWidget()
        finales = self._count_final()
        projets = len(self._numeros) - finales
        self.finales = Pastille(f"✓ {pluriel(finales, 'définitive')}" if finales else "", Ton.BON)
        self.projets = Pastille(f"! {pluriel(projets, 'projet')}" if projets else "", Ton.ALERTE)
        self.annonce = label(_announce(finales, projets), wrap=True)
        self.dossier = QLineEdit(self._services.reglages.texte(self._cle) or str(self._defaut))
        self.dossier.setAccessibleName("Dossier de destination")
        self.dossier.setCursorPosition(0)
        self.longueur = QComboBox()
        self.longueur.setAccessibleName("Longueur des notes")
        for longueur in (Longueur.COMPLETE, Longueur.NOTE, Longueur.FICHE):
            self.longueur.addItem(longueur.libelle[0].upper() + longueur.libelle[1:], longueur.value)
        mots = label("&Longueur", "gras")
        mots.setBuddy(self.longueur)
        titre = label("&Dossier de destination", "gras")
        titre.setBuddy(self.dossier)
        self.parcourir = button("Parcourir…", self._choose_folder, nom="Choisir le dossier de destination")
        self.annuler = button("Annuler", self.reject, touche="Échap")
        self.produire = button("Produire", self.start, role="principal", touche="Entrée")
        self.produire.setDefault(True)
        fill(
            QVBoxLayout(page),
            row(self.finales, self.projets, 1),
            self.annonce,
            row(mots, self.longueur, 1),
            titre,
            row(self.dossier, self.parcourir),
            label("Une note déjà produite pour le même dossier y est remplacée.", "secondaire", wrap=True),
            1,
            row(1, self.annuler, self.produire),
            espace=12,
        )
        if self._services.campagne.read_only:
            self.produire.setEnabled(False)
            self.panne.dire(
                "La campagne est ouverte en lecture seule : les notes ne peuvent pas être enregistrées."
            )
        return page

    def _count_final(self) -> int:
        suivi = self._services.campagne.suivi
        if suivi is None:
            return sum(self._services.campagne.complet(n).evaluation.finalisee for n in self._numeros)
        rangs = [rang for n in self._numeros if (rang := suivi.rang(n)) is not None]
        return sum(suivi.ligne(rang).etat is EtatEvaluation.FINALISEE for rang in rangs)

    def _choose_folder(self) -> None:
        choisi = QFileDialog.getExistingDirectory(self, "Dossier de destination des notes", self.dossier.text())
        if choisi:
            self.dossier.setText(choisi)

    # --- how far ------------------------------------------------------------------------------------------

    def _make_progress(self) -> QWidget:
        page = QWidget()
        self.avance = label("Préparation…", "gras", wrap=True)
        self.barre = QProgressBar()
        self.barre.setRange(0, len(self._numeros))
        self.barre.setTextVisible(False)
        self.barre.setAccessibleName("Avancement de la production")
        self.compte = label(f"0 sur {len(self._numeros)}", "secondaire")
        self.interrompre = button("Annuler", self._cancel, nom="Annuler la production")
        self.continuer = button("Continuer en arrière-plan", self.reject, touche="Échap")
        fill(
            QVBoxLayout(page),
            self.avance,
            self.barre,
            self.compte,
            label(
                "Vous pouvez fermer cette fenêtre : la production continue, la barre d’état la suit. "
                "Annuler garde les notes déjà écrites.",
                "secondaire",
                wrap=True,
            ),
            1,
            row(1, self.interrompre, self.continuer),
            espace=12,
        )
        return page

    def start(self) -> None:
        """Write the notes."""
        if not self._services.campagne.is_open:
            self.panne.dire("La campagne est fermée : rouvrez-la pour produire des notes.")
            return
        self._remember()
        self.panne.dire("")
        self.pages.setCurrentIndex(1)
        self.continuer.setFocus()
        longueur = Longueur(self.longueur.currentData())
        self._lot = NoteBatch(self._services, self._numeros, self.destination, longueur)
        self._lot.progressed.connect(self._progressed)
        self._lot.done.connect(self._done)
        self._lot.failed.connect(self._failed)
        self._lot.start()

    def _remember(self) -> None:
        """Remember the folder of this campagne; the usual one is not, as a campagne can be moved."""
        autre = "" if self.destination == self._defaut else str(self.destination)
        if autre != self._services.reglages.texte(self._cle):
            self._services.reglages.set_texte(self._cle, autre)

    @Slot(object, object, str)
    def _progressed(self, done: int, total: int, texte: str) -> None:
        self.barre.setValue(done)
        self.avance.setText(texte)
        self.compte.setText(f"{done} sur {total}")

    def _cancel(self) -> None:
        self.interrompre.setEnabled(False)
        self.avance.setText("Annulation après la note en cours…")
        if self._lot is not None:
            self._lot.cancel()

    # --- what came of it ----------------------------------------------------------------------------------

    def _make_summary(self) -> QWidget:
        page = QWidget()
        self.bilan = label("", "section", wrap=True)
        self.ou = label("", "secondaire", wrap=True)
        self.manquees = _Manquees()
        self.ouvrir = button("Ouvrir la note", self._open_note)
        self.montrer = button("Ouvrir le dossier", self._show_folder, nom="Ouvrir le dossier des notes")
        self.fermer = button("Fermer", self.accept, role="principal", touche="Échap")
        colonne = QVBoxLayout(page)
        boutons = row(1, self.ouvrir, self.montrer, self.fermer)
        fill(colonne, self.bilan, self.ou, self.manquees, 1, boutons, espace=12)
        colonne.setStretchFactor(self.manquees, 20)
        return page

    @Slot(object)
    def _done(self, production: Production) -> None:
        self._production = production
        self.bilan.setText(summary(production, len(self._numeros)))
        self.ou.setText(f"Dossier : {self.destination}")
        self.manquees.setVisible(bool(production.manquees))
        self.manquees.list(self._services, production)
        self.ouvrir.setVisible(len(production.notes) == 1)
        self.montrer.setVisible(bool(production.notes))
        self.pages.setCurrentIndex(2)
        if production.manquees:
            self.resize(self.width(), max(self.height(), self.fontMetrics().height() * 24))
        self.fermer.setFocus()

    @Slot(object)
    def _failed(self, erreur: O2rError) -> None:
        """Go back to the choice: nothing was written."""
        self._lot = None
        self.pages.setCurrentIndex(0)
        self.panne.dire(str(erreur))
        self.dossier.setFocus()

    def _open_note(self) -> None:
        if self._production is not None:
            chemin = self._production.notes[0].fichier
            self.panne.dire("" if system.open_file(chemin) else system.not_opened(chemin))

    def _show_folder(self) -> None:
        dossier = self.destination
        self.panne.dire("" if system.show_folder(dossier) else system.not_opened(dossier))

    def done(self, resultat: int) -> None:
        """Close; what is being written goes on and tells its end by itself."""
        if self._lot is not None and self._production is None:
            self._lot.tell_by_message()
        super().done(resultat)


def _announce(finales: int, projets: int) -> str:
    if not projets:
        return (
            "L’évaluation est finalisée : la note est définitive."
            if finales == 1
            else "Toutes les évaluations sont finalisées : les notes sont définitives."
        )
    if not finales:
        return (
            "L’évaluation n’est pas finalisée : la note portera le filigrane « Projet »."
            if projets == 1
            else "Aucune évaluation n’est finalisée : les notes porteront le filigrane « Projet »."
        )
    return (
        f"{pluriel(finales, 'évaluation est finalisée', 'évaluations sont finalisées')} ; "
        f"{pluriel(projets, 'autre note portera', 'autres notes porteront')} le filigrane « Projet »."
    )


class _Manquees(QTableWidget):
    """Number, name and reason; rows follow the width and the text size, unless there are too many."""

    def __init__(self) -> None:
        super().__init__(0, 3)
        self.setAccessibleName("Notes qui n’ont pas pu être écrites")
        self.setHorizontalHeaderLabels(["N°", "Porteur", "Raison"])
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)

    def list(self, services: Services, production: Production) -> None:
        """Show the notes that failed."""
        self.setRowCount(len(production.manquees))
        for rang, manquee in enumerate(production.manquees):
            textes = (numero_lisible(manquee.numero), porteur_de(services, manquee.numero), manquee.raison)
            for colonne, texte in enumerate(textes):
                case = QTableWidgetItem(texte)
                case.setToolTip(bulle(texte))
                self.setItem(rang, colonne, case)
        if production.manquees:
            self.setCurrentCell(0, 0)
        self._adjust()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 Qt
        """Give rows the height of their words."""
        super().resizeEvent(event)
        self._adjust()

    def _adjust(self) -> None:
        lettre = self.fontMetrics().averageCharWidth()
        self.setColumnWidth(0, 14 * lettre)
        self.setColumnWidth(1, 20 * lettre)
        if self.rowCount() <= _LIGNES_AJUSTEES:
            self.resizeRowsToContents()
            for rang in range(self.rowCount()):  # the style's padding is not in what Qt measured
                self.setRowHeight(rang, self.rowHeight(rang) + self.fontMetrics().height())
