"""Importing the budget annex: which file, which sheet, which account for each row, then one act."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QFileDialog, QVBoxLayout, QWidget

from o2r_desktop import operations
from o2r_desktop.analyse.saisie import MontantSaisi, Source
from o2r_desktop.dossiers.budget import ANNEES
from o2r_desktop.dossiers.model import Dossier
from o2r_desktop.errors import CancelledError, O2rError
from o2r_desktop.imports import budget_tableur
from o2r_desktop.imports.apercus import Apercu
from o2r_desktop.operations import Session, comptes
from o2r_desktop.progress import Reporter
from o2r_desktop.text import NBSP, pluriel, printable
from ui.models.budget_rangees import Rangee, changements, prochaine_cle
from ui.models.import_budget import ImportBudgetModel
from ui.services import Services
from ui.tasks import Task
from ui.theme import Theme, Ton
from ui.widgets.base import Banner, EmptyState, button, fill, key_text, label, row
from ui.widgets.flux import Flow
from ui.widgets.grille_montants import GrilleMontants
from ui.widgets.stack import Stack
from ui.widgets.vue_tableau import colonne_dite

SUFFIXES = (".xlsx", ".ods", ".csv", ".xls", ".xlsm", ".tsv")
_COLONNES_MAX = 8
"""Columns of amounts whose year can be chosen."""
_IMPORTER = "Ctrl+Return"
_AIDE = (
    f"Compte proposé pour chaque ligne{NBSP}: tapez-en un autre (641, 74…), ou Suppr pour laisser la ligne. "
    "Les totaux, et les postes que leurs lignes détaillent, sont laissés."
)


class ImportBudgetDialog(QDialog):
    """Reads a piece or a file in the background; nothing is written before «Importer»."""

    chosen = Signal(object, str)
    """What is to be written by key, and the name of the act."""

    def __init__(
        self, services: Services, dossier: Dossier, presentes: Sequence[Rangee], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services, self._presentes = services, tuple(presentes)
        self._pieces = [p for p in dossier.pieces if p.presente and p.nom.lower().endswith(SUFFIXES)]
        self._fichier: Path | None = None
        self._ouvert: Path | None = None
        self._apercu = Apercu()
        self._task: Task[Apercu] | None = None
        self.setWindowTitle("Importer l’annexe budgétaire")
        self.setModal(True)
        self.panne = Banner("", Ton.MAUVAIS)
        self.piece, self.feuille, self.membre = QComboBox(), QComboBox(), QComboBox()
        self.annees = [QComboBox() for _ in range(_COLONNES_MAX)]
        self._mots_annees = [label() for _ in range(_COLONNES_MAX)]
        self.remplacer = QCheckBox()
        self.modele = ImportBudgetModel(self)
        self.grille = GrilleAnnexe(services.theme)
        self.grille.setModel(self.modele)
        self.message = EmptyState("", "")
        self.bilan = label("", wrap=True)
        self.importer = button("Importer", self.accept, role="principal", touche=key_text(_IMPORTER))
        self._pile = Stack()
        self._compose(dossier)
        self._connect()
        if self._pieces:
            self._read_piece(0)
        else:
            self._wait("Aucun classeur parmi les pièces", "Choisissez un fichier XLSX, ODS ou CSV sur le poste.")

    def _compose(self, dossier: Dossier) -> None:
        membres = [m.nom for m in dossier.membres if m.nom]
        self.membre.addItem(dossier.porteur.nom or "Porteur", "")
        for membre in membres:
            self.membre.addItem(membre, membre)
        self.piece.addItems([printable(p.nom) for p in self._pieces])
        self.remplacer.setText(
            "Remplacer les lignes déjà saisies pour ce membre" if membres else "Remplacer les lignes déjà saisies"
        )
        self.remplacer.setChecked(True)
        self.remplacer.setVisible(bool(self._presentes))
        ouvrir = button("Ouvrir un fichier…", self._browse)
        tete, colonnes, pied = Flow(espace=8), Flow(espace=8), Flow(espace=8)
        for nom, liste in (("&Pièce", self.piece), ("&Feuille", self.feuille)):
            _add_named(tete, nom, liste)
        tete.addWidget(ouvrir)
        for rang, liste in enumerate(self.annees):
            self._mots_annees[rang].setBuddy(liste)
            colonnes.addWidget(self._mots_annees[rang])
            colonnes.addWidget(liste)
        if membres:
            _add_named(pied, "&Membre", self.membre)
        pied.addWidget(self.remplacer)
        for partie in (self.message, self.grille):
            self._pile.addWidget(partie)
        corps = QVBoxLayout(self)
        fill(
            corps, self.panne, tete, colonnes, label(_AIDE, "secondaire", wrap=True), self._pile, pied, self.bilan,
            row(1, button("Annuler", self.reject, touche="Échap"), self.importer), marge=16, espace=10,
        )  # fmt: skip
        corps.setStretch(4, 1)
        mesures = self.fontMetrics()
        self.resize(mesures.averageCharWidth() * 120, mesures.lineSpacing() * 32)

    def _connect(self) -> None:
        self.piece.activated.connect(self._read_piece)
        self.feuille.activated.connect(self._show_sheet)
        for rang, liste in enumerate(self.annees):
            liste.activated.connect(partial(self._year_chosen, rang))
        for touche in (_IMPORTER, "Ctrl+Enter"):
            QShortcut(QKeySequence(touche), self, self.accept)
        self.modele.changed.connect(self._tell)
        self.membre.activated.connect(self._tell)
        self.remplacer.toggled.connect(self._tell)
        self.grille.clear_asked.connect(self._leave_rows)

    # --- the file -----------------------------------------------------------------------------------------

    def _browse(self) -> None:
        filtre = f"Tableurs ({' '.join(f'*{s}' for s in SUFFIXES)})"
        choisi, _ = QFileDialog.getOpenFileName(self, "Ouvrir une annexe budgétaire", "", filtre)
        if choisi:
            self.read_file(Path(choisi))

    def read_file(self, chemin: Path) -> None:
        """Read a file of the workstation."""
        self._fichier = self._ouvert = chemin
        rang = len(self._pieces)
        self.piece.removeItem(rang)
        self.piece.addItem(printable(chemin.name))
        self.piece.setCurrentIndex(rang)
        self._start(chemin)

    def _read_piece(self, rang: int) -> None:
        self._fichier = None if rang < len(self._pieces) else self._ouvert
        self._start(self._fichier or self._pieces[rang].empreinte)

    def _start(self, quoi: str | Path) -> None:
        self._drop()
        self.panne.dire("")
        self._wait("Lecture du fichier…", "")
        self._task = self._services.taches.start("", partial(_lire, self._services.campagne.session, quoi))
        self._task.succeeded.connect(self._read)
        self._task.failed.connect(self._failed)

    @Slot(object)
    def _read(self, apercu: Apercu) -> None:
        self._task = None
        self._apercu = apercu
        self.feuille.clear()
        self.feuille.addItems([f.nom or "Tableau" for f in apercu.feuilles])
        if not apercu.feuilles:
            self._wait("Aucune feuille", "Ce fichier ne contient pas de tableau.")
            return
        combien = [len(budget_tableur.proposer(f).lignes) for f in apercu.feuilles]
        self.feuille.setCurrentIndex(combien.index(max(combien)))
        self._show_sheet(self.feuille.currentIndex())

    @Slot(object)
    def _failed(self, erreur: O2rError) -> None:
        self._task = None
        self._wait("Ce fichier n’a pas pu être lu", "Choisissez une autre pièce, ou un autre fichier.")
        self.panne.dire("" if isinstance(erreur, CancelledError) else str(erreur))

    def _wait(self, titre: str, phrase: str) -> None:
        self._apercu = Apercu()
        self.feuille.clear()
        self.modele.show(budget_tableur.Annexe())
        self._show_years()
        self.message.dire(titre, phrase)
        self._pile.setCurrentWidget(self.message)

    # --- the sheet ----------------------------------------------------------------------------------------

    def _show_sheet(self, rang: int) -> None:
        annexe = budget_tableur.proposer(self._apercu.feuilles[rang])
        self.modele.show(annexe)
        self._show_years()
        if not annexe.lignes:
            self.message.dire("Aucun montant dans cette feuille", "Choisissez une autre feuille.")
        self._pile.setCurrentWidget(self.grille if annexe.lignes else self.message)
        self.grille.dress()
        if annexe.lignes:
            self.grille.go(self.modele.index(0, 0))
            self.grille.setFocus()

    def _show_years(self) -> None:
        for rang, liste in enumerate(self.annees):
            montree = rang < len(self.modele.colonnes)
            for partie in (liste, self._mots_annees[rang]):
                partie.setVisible(montree)
            liste.clear()
            if montree:
                colonne = self.modele.colonnes[rang]
                nom = f"Colonne {colonne_dite(colonne)}"
                self._mots_annees[rang].setText(nom)
                liste.setAccessibleName(f"Année de la {nom.lower()}")
                liste.addItem("laisser", 0)
                for annee in ANNEES:
                    liste.addItem(f"année {annee}", annee)
                liste.setCurrentIndex(self.modele.annees.get(colonne, 0))

    def _year_chosen(self, rang: int) -> None:
        self.modele.set_annee(self.modele.colonnes[rang], int(self.annees[rang].currentData()))
        self._show_years()

    def _leave_rows(self, cases: Sequence[QModelIndex]) -> None:
        for case in cases:
            self.modele.setData(case, "")

    # --- what is written ----------------------------------------------------------------------------------

    def rangees(self) -> list[Rangee]:
        """Return the rows that would be written: those of the sheet, over the present ones that they complete."""
        membre, source = str(self.membre.currentData()), self._source()
        remplace = self.remplacer.isChecked()
        avant = {} if remplace else {(r.compte, r.libelle, r.membre): r for r in self._presentes}
        ecrites: dict[tuple[str, str, str], Rangee] = {}
        neuves = 0
        for ligne, compte, annees in self.modele.prises():
            libelle = _libelle(ligne.libelle, compte)
            quoi = compte, libelle, membre
            rangee = ecrites.get(quoi) or avant.get(quoi)
            if rangee is None or (quoi in ecrites and any(not rangee.montants[a - 1].vide for a in annees)):
                neuves += 1
                cle = prochaine_cle(self._presentes, neuves)
                rangee = Rangee(cle=cle, compte=compte, libelle=libelle, membre=membre)
                quoi = compte, f"{libelle}\0{neuves}", membre
            for annee, colonne in annees.items():
                rangee = rangee.avec_montant(annee, MontantSaisi(declare=ligne.montants[colonne], source=source))
            ecrites[quoi] = rangee
        return list(ecrites.values())

    def changements(self) -> dict[str, Any]:
        """Return what would be written now, by key."""
        ecrites = {r.cle: r for r in self.rangees()}
        membre = self.membre.currentData()
        tous: dict[str, Any] = {}
        for rangee in self._presentes:
            if rangee.cle in ecrites:
                tous |= changements(rangee, ecrites.pop(rangee.cle))
            elif ecrites and self.remplacer.isChecked() and rangee.membre == membre:
                tous |= changements(rangee, None)
        for rangee in ecrites.values():
            tous |= changements(None, rangee)
        return tous

    def _source(self) -> Source:
        rang = self.feuille.currentIndex() + 1
        if self._fichier is not None:
            return Source(ou=self._fichier.name, page=rang if rang > 1 else None)
        if not self._pieces:
            return Source(ou="")
        piece = self._pieces[self.piece.currentIndex()]
        return Source(ou=piece.nom, page=max(1, rang), empreinte=piece.empreinte)

    def _tell(self) -> None:
        """Say what would be written."""
        prises = self.modele.prises()
        laissees = len(self.modele.lignes) - len(prises)
        annees = sorted({a for _, _, siennes in prises for a in siennes})
        texte = f"{pluriel(len(prises), 'ligne')} à écrire"
        if annees:
            texte += f", {'année' if len(annees) == 1 else 'années'} {', '.join(map(str, annees))}"
        if laissees:
            texte += f"{NBSP}· {pluriel(laissees, 'ligne laissée', 'lignes laissées')}"
        if self.modele.lignes and not annees:
            texte = "Dites l’année d’une colonne au moins"
        self.bilan.setText(f"{texte}." if self.modele.lignes else "")
        self.importer.setEnabled(bool(prises))

    def accept(self) -> None:
        """Give what is to be written."""
        self.grille.commit()
        combien = len(self.modele.prises())
        if combien:
            nom = f"import de {pluriel(combien, 'ligne')} de {self._source().ou}"
            self.chosen.emit(self.changements(), nom)
            super().accept()

    def done(self, resultat: int) -> None:
        """Close; what is being read is given up."""
        self._drop()
        super().done(resultat)

    def _drop(self) -> None:
        if self._task is not None:
            self._task.succeeded.disconnect(self._read)
            self._task.failed.disconnect(self._failed)
            self._task.cancel()
            self._task = None


class GrilleAnnexe(GrilleMontants):
    """The rows of the sheet; their words stay in view."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Lignes de l’annexe et leur compte")


def _add_named(ligne: Flow, nom: str, liste: QComboBox) -> None:
    mots = label(nom)
    mots.setBuddy(liste)
    liste.setAccessibleName(nom.replace("&", ""))
    liste.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    liste.setMinimumContentsLength(24)
    ligne.addWidget(mots)
    ligne.addWidget(liste)


def _libelle(libelle: str, compte: str) -> str:
    """Return the words of a row without the account that stands before them."""
    sans = libelle.removeprefix(compte).lstrip(" .:-–—")
    return sans or libelle


def _lire(session: Session, quoi: str | Path, reporter: Reporter) -> Apercu:
    """Read a piece or a file in the background; *session* is that of the window."""
    with operations.twin_session(session) as jumelle:
        return comptes.lire_classeur(jumelle, quoi, reporter)
