"""Importing accounts from a workbook: which file, which sheet, which post for each row, then one act."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from o2r_desktop import operations
from o2r_desktop.analyse.saisie import Fiches, Source
from o2r_desktop.dossiers.model import Piece
from o2r_desktop.errors import CancelledError, O2rError
from o2r_desktop.imports import comptes_tableur
from o2r_desktop.imports.apercus import Apercu
from o2r_desktop.operations import Session, comptes
from o2r_desktop.operations.comptes import Prise, Proposee
from o2r_desktop.progress import Reporter
from o2r_desktop.text import NBSP, enumeration, pluriel, printable
from ui.models.import_comptes import ImportComptesModel
from ui.services import Services
from ui.tasks import Task
from ui.theme import Theme, Ton
from ui.widgets.base import Banner, EmptyState, button, fill, key_text, label, row
from ui.widgets.flux import Flow
from ui.widgets.grille_montants import GrilleMontants
from ui.widgets.vue_tableau import colonne_dite

SUFFIXES = (".xlsx", ".ods", ".csv", ".xls", ".xlsm", ".tsv")
_COLONNES_MAX = 6
"""Columns of amounts that can be taken."""
_IMPORTER = "Ctrl+Return"


class ImportComptesDialog(QDialog):
    """Reads a piece or a file in the background; nothing is written before «Importer»."""

    chosen = Signal(object, str)
    """What is to be written by key, and the name of the act."""

    def __init__(
        self,
        services: Services,
        pieces: Sequence[Piece],
        fiches: Fiches,
        annees: Sequence[int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._services, self._fiches, self._annees = services, fiches, tuple(annees)
        self._pieces = [p for p in pieces if p.presente and p.nom.lower().endswith(SUFFIXES)]
        self._fichier: Path | None = None
        self._ouvert: Path | None = None
        """The file of the workstation offered after the pieces; ``_fichier`` while it is the one in view."""
        self._apercu = Apercu()
        self._task: Task[Apercu] | None = None
        self._proposes: dict[int, str] = {}
        self._choisis: dict[str, str] = {}
        self._lues: dict[int, Proposee] = {}
        """What each sheet that was looked at is taken to be, by its rank from 0."""
        self.setWindowTitle("Importer des comptes")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.panne = Banner("", Ton.MAUVAIS)
        self.piece, self.feuille = QComboBox(), QComboBox()
        self.annees = [QComboBox() for _ in range(_COLONNES_MAX)]
        self._mots_annees = [label() for _ in range(_COLONNES_MAX)]
        self.modele = ImportComptesModel(self)
        self.grille = GrilleImport(services.theme)
        self.grille.setModel(self.modele)
        self.message = EmptyState("", "")
        self.bilan = label("", wrap=True)
        self.importer = button("Importer", self.accept, role="principal", touche=key_text(_IMPORTER))
        self._pile = QStackedWidget()
        self._compose()
        self.modele.changed.connect(self._tell)
        if self._pieces:
            self._read_piece(0)
        else:
            self._wait("Aucun classeur parmi les pièces", "Choisissez un fichier XLSX, ODS ou CSV sur le poste.")

    def _compose(self) -> None:
        for liste, nom in ((self.piece, "Pièce"), (self.feuille, "Feuille")):
            liste.setAccessibleName(nom)
            liste.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            liste.setMinimumContentsLength(24)
        self.piece.addItems([printable(p.nom) for p in self._pieces])
        self.piece.activated.connect(self._read_piece)
        self.feuille.activated.connect(self._show_sheet)
        ouvrir = button("Ouvrir un fichier…", self._browse)
        tete, colonnes = Flow(espace=8), Flow(espace=8)
        for nom, liste in (("&Pièce", self.piece), ("&Feuille", self.feuille)):
            mots = label(nom)
            mots.setBuddy(liste)
            tete.addWidget(mots)
            tete.addWidget(liste)
        tete.addWidget(ouvrir)
        for rang, liste in enumerate(self.annees):
            liste.activated.connect(partial(self._year_chosen, rang))
            self._mots_annees[rang].setBuddy(liste)
            colonnes.addWidget(self._mots_annees[rang])
            colonnes.addWidget(liste)
        for touche in (_IMPORTER, "Ctrl+Enter"):
            QShortcut(QKeySequence(touche), self, self.accept)
        self._pile.addWidget(self.message)
        self._pile.addWidget(self.grille)
        annuler = button("Annuler", self.reject, touche="Échap")
        aide = (
            f"Chaque ligne va à un poste{NBSP}: flèches pour choisir la ligne, F2 pour changer de poste. "
            "Les montants d’un même poste s’additionnent."
        )
        corps = QVBoxLayout(self)
        fill(
            corps, self.panne, tete, colonnes, label(aide, "secondaire", wrap=True), self._pile, self.bilan,
            row(1, annuler, self.importer), marge=16, espace=10,
        )  # fmt: skip
        corps.setStretch(4, 1)
        mesures = self.fontMetrics()
        self.resize(mesures.averageCharWidth() * 120, mesures.lineSpacing() * 32)

    # --- the file -----------------------------------------------------------------------------------------

    def _browse(self) -> None:
        filtre = f"Tableurs ({' '.join(f'*{s}' for s in SUFFIXES)})"
        choisi, _ = QFileDialog.getOpenFileName(self, "Ouvrir des comptes", "", filtre)
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
        work = partial(_lire, self._services.campagne.session, quoi)
        self._task = self._services.taches.start("", work)
        self._task.succeeded.connect(self._read)
        self._task.failed.connect(self._failed)

    @Slot(object)
    def _read(self, apercu: Apercu) -> None:
        self._task = None
        self._apercu, self._lues = apercu, {}
        try:
            self._choisis = comptes.load_correspondance(self._services.campagne.session)
        except O2rError as erreur:
            self.panne.dire(str(erreur))
        self.feuille.clear()
        self.feuille.addItems([f.nom or "Tableau" for f in apercu.feuilles])
        if not apercu.feuilles:
            self._wait("Aucune feuille", "Ce fichier ne contient pas de tableau.")
            return
        riche = max(range(len(apercu.feuilles)), key=lambda r: len(self._proposed(r).postes))
        self.feuille.setCurrentIndex(riche)
        self._show_sheet(riche)

    @Slot(object)
    def _failed(self, erreur: O2rError) -> None:
        self._task = None
        self._wait("Ce fichier n’a pas pu être lu", "Choisissez une autre pièce, ou un autre fichier.")
        self.panne.dire("" if isinstance(erreur, CancelledError) else str(erreur))

    def _wait(self, titre: str, phrase: str) -> None:
        self._apercu = Apercu()
        self.feuille.clear()
        self.modele.show((), (), {}, {})
        self._show_years()
        self.message.dire(titre, phrase)
        self._pile.setCurrentWidget(self.message)

    # --- the sheet ----------------------------------------------------------------------------------------

    def _show_sheet(self, rang: int) -> None:
        proposee = self._proposed(rang)
        lignes = proposee.lignes
        colonnes = _utiles(comptes_tableur.colonnes(lignes), proposee.annees)
        lues = {c: a for c, a in proposee.annees.items() if c in colonnes}
        self._proposes = dict(proposee.postes)
        self.modele.show(lignes, colonnes, lues, self._proposes)
        self._show_years()
        if not lignes:
            self.message.dire("Aucun montant dans cette feuille", "Choisissez une autre feuille.")
        self._pile.setCurrentWidget(self.grille if lignes else self.message)
        self.grille.dress()
        if lignes:
            self.grille.go(self.modele.index(0, 0))
            self.grille.setFocus()

    def _proposed(self, rang: int) -> Proposee:
        if rang not in self._lues:
            annee = max(self._annees, default=None)
            self._lues[rang] = comptes.proposer(self._apercu.feuilles[rang], self._choisis, annee=annee)
        return self._lues[rang]

    def _show_years(self) -> None:
        """Offer an exercice for each column of amounts: those of the grid, and those that the sheet names."""
        offertes = sorted({*self._annees, *self.modele.annees.values()}, reverse=True)
        for rang, liste in enumerate(self.annees):
            montree = rang < len(self.modele.colonnes)
            for partie in (liste, self._mots_annees[rang]):
                partie.setVisible(montree)
            liste.clear()
            if not montree:
                continue
            colonne = self.modele.colonnes[rang]
            nom = f"Colonne {colonne_dite(colonne)}"
            self._mots_annees[rang].setText(nom)
            liste.setAccessibleName(f"Exercice de la {nom.lower()}")
            liste.addItem("laisser", 0)
            for annee in offertes:
                liste.addItem(str(annee), annee)
            liste.setCurrentIndex(max(0, liste.findData(self.modele.annees.get(colonne, 0))))

    def _year_chosen(self, rang: int) -> None:
        self.modele.set_annee(self.modele.colonnes[rang], int(self.annees[rang].currentData()))
        self._show_years()

    # --- what is written ----------------------------------------------------------------------------------

    def changements(self) -> dict[str, object]:
        """Return what would be written now."""
        prise = Prise(postes=self.modele.postes, annees=self.modele.annees)
        return comptes.changements(self._fiches, tuple(self.modele.lignes), prise, self._source())

    def _source(self) -> Source:
        rang = self.feuille.currentIndex() + 1
        if self._fichier is not None:
            return Source(ou=self._fichier.name, page=rang if len(self._apercu.feuilles) > 1 else None)
        piece = self._pieces[self.piece.currentIndex()]
        return Source(ou=piece.nom, page=max(1, rang), empreinte=piece.empreinte)

    def _tell(self) -> None:
        """Say what would be written."""
        lignes, prises = self.modele.lignes, sum(bool(p) for p in self.modele.postes.values())
        combien = len(self.changements()) if lignes else 0
        annees = enumeration([str(a) for a in sorted(self.modele.annees.values())])
        sans = len(lignes) - prises
        dits = [
            f"{pluriel(combien, 'montant')} à écrire" + (f" pour {annees}" if annees else ""),
            pluriel(prises, "ligne reconnue", "lignes reconnues"),
            *([f"{pluriel(sans, 'ligne laissée', 'lignes laissées')}"] if sans else []),
        ]
        if lignes and not annees:
            dits.insert(0, "dites l’exercice d’une colonne au moins")
        texte = ", ".join(dits) if lignes else ""
        self.bilan.setText(f"{texte[:1].upper()}{texte[1:]}." if texte else "")
        self.importer.setEnabled(combien > 0)

    def accept(self) -> None:
        """Remember the choices, then give what is to be written."""
        changements = self.changements() if self.modele.lignes else {}
        if not changements:
            return
        neufs = {
            ligne.libelle: self.modele.postes.get(ligne.rang, "")
            for ligne in self.modele.lignes
            if self.modele.postes.get(ligne.rang, "") != self._proposes.get(ligne.rang, "")
        }
        try:
            if neufs:
                comptes.save_correspondance(self._services.campagne.session, neufs)
        except O2rError as erreur:
            self.panne.dire(str(erreur))
            return
        self.chosen.emit(changements, f"import de {pluriel(len(changements), 'montant')} de {self._source().ou}")
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


class GrilleImport(GrilleMontants):
    """The rows of the sheet; the column of posts has room for their names."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Lignes du tableur et leur poste")

    def _share(self) -> None:
        modele = self.model()
        if modele is None or not modele.columnCount():
            return
        lettre = QFontMetrics(self.font()).averageCharWidth()
        self.verticalHeader().setFixedWidth(min(44 * lettre, max(20 * lettre, self.width() // 3)))
        for colonne in range(modele.columnCount()):
            self.setColumnWidth(colonne, 15 * lettre if colonne else 40 * lettre)


def _lire(session: Session, quoi: str | Path, reporter: Reporter) -> Apercu:
    """Read a piece or a file in the background; *session* is that of the window."""
    with operations.twin_session(session) as jumelle:
        return comptes.lire_classeur(jumelle, quoi, reporter)


def _utiles(colonnes: Sequence[int], annees: Mapping[int, int]) -> tuple[int, ...]:
    """Return the columns that can be taken: those whose exercice is known first, in the order of the sheet."""
    triees = sorted(colonnes, key=lambda c: (c not in annees, c))[:_COLONNES_MAX]
    return tuple(sorted(triees))
