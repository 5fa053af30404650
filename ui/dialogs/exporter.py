"""Exporting the list: which rows, to what file, how far it is, then the way to open it."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFileDialog,
    QLineEdit,
    QProgressBar,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from o2r_desktop import operations, suivi
from o2r_desktop.errors import O2rError
from o2r_desktop.operations import Session
from o2r_desktop.progress import Reporter
from o2r_desktop.suivi import Colonne
from o2r_desktop.suivi.export import DOSSIER
from o2r_desktop.tableaux import FORMATS, Ecriture, verifier
from o2r_desktop.text import NBSP, PARIS, nombre, pluriel
from ui import system
from ui.services import Services
from ui.tasks import Task
from ui.theme import Ton
from ui.widgets.base import Banner, button, fill, label, row

CLE_FORMAT = "liste/format_export"
_PREMIER = ".xlsx"


class ExporterDialog(QDialog):
    """Writes the columns of the list, selected rows or all those shown, to XLSX or ODS."""

    def __init__(
        self,
        services: Services,
        affiches: Sequence[int],
        choisis: Sequence[int],
        colonnes: Sequence[Colonne],
        filtre: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._affiches, self._choisis = list(affiches), list(choisis)
        self._colonnes, self._filtre = list(colonnes), filtre
        self._task: Task[Ecriture] | None = None
        self.ecriture: Ecriture | None = None
        self.setWindowTitle("Exporter le tableau")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.panne = Banner("", Ton.MAUVAIS)
        self.pages = QStackedWidget()
        for page in (self._make_choice(), self._make_progress(), self._make_summary()):
            self.pages.addWidget(page)
        fill(QVBoxLayout(self), self.panne, self.pages, marge=16, espace=12)
        self.resize(self.fontMetrics().averageCharWidth() * 80, self.sizeHint().height())
        self.exporter.setFocus()

    @property
    def chemin(self) -> Path:
        """The file that will be written: a bare name goes to the folder of the campagne."""
        saisi = Path(self.fichier.text().strip()).expanduser()
        return saisi if saisi.is_absolute() else self._services.campagne.dossier / DOSSIER / saisi

    @property
    def numeros(self) -> list[int]:
        """The dossiers that will be written, in order."""
        return self._choisis if self.selection.isChecked() else self._affiches

    # --- what and where -----------------------------------------------------------------------------------

    def _make_choice(self) -> QWidget:
        page = QWidget()
        choisis, tous = len(self._choisis), len(self._affiches)
        self.selection = QRadioButton(f"&Sélection{NBSP}: {pluriel(choisis, 'dossier')}")
        self.tous = QRadioButton(f"&Tous les dossiers affichés{NBSP}: {nombre(tous)}")
        self.selection.setEnabled(bool(choisis))
        (self.selection if choisis > 1 else self.tous).setChecked(True)
        lignes = QButtonGroup(page)
        self.formats = {suffixe: QRadioButton(nom) for suffixe, (nom, _) in FORMATS.items()}
        suffixes = QButtonGroup(page)
        for bouton in (self.selection, self.tous):
            lignes.addButton(bouton)
        for suffixe, bouton in self.formats.items():
            suffixes.addButton(bouton)
            bouton.clicked.connect(partial(self._suffix, suffixe))
        garde = self._services.reglages.texte(CLE_FORMAT)
        suffixe = garde if garde in FORMATS else _PREMIER
        self.formats[suffixe].setChecked(True)
        self.fichier = QLineEdit(str(self._services.campagne.dossier / DOSSIER / f"{self._name()}{suffixe}"))
        self.fichier.setAccessibleName("Fichier")
        titre = label("&Fichier", "gras")
        titre.setBuddy(self.fichier)
        parcourir = button("Parcourir…", self._browse, nom="Choisir le fichier")
        ou = row(self.fichier, parcourir)
        ou.setStretch(0, 1)
        annuler = button("Annuler", self.reject, touche="Échap")
        self.exporter = button("Exporter", self.start, role="principal", touche="Entrée")
        self.exporter.setDefault(True)
        colonnes = f"Colonnes{NBSP}: {', '.join(c.libelle for c in self._colonnes)}."
        prudence = "Le fichier contient des données des porteurs : gardez-le avec la campagne."
        fill(
            QVBoxLayout(page),
            label("Lignes", "gras"),
            self.selection,
            self.tous,
            label("Format", "gras"),
            *self.formats.values(),
            titre,
            ou,
            label(colonnes, "secondaire", wrap=True),
            label(prudence, "secondaire", wrap=True),
            1,
            row(1, annuler, self.exporter),
        )
        return page

    def _name(self) -> str:
        jour = self._services.campagne.horloge().astimezone(PARIS).date()
        return f"dossiers_{jour.isoformat()}"

    def _suffix(self, suffixe: str, *_: bool) -> None:
        texte = self.fichier.text().strip()
        chemin = Path(texte)
        if texte and chemin.suffix.lower() in FORMATS:
            self.fichier.setText(str(chemin.with_suffix(suffixe)))

    def _browse(self) -> None:
        noms = ";;".join(f"{nom} (*{suffixe})" for suffixe, (nom, _) in FORMATS.items())
        choisi, _ = QFileDialog.getSaveFileName(self, "Exporter le tableau", str(self.chemin), noms)
        if choisi:
            self.fichier.setText(choisi)

    def start(self) -> None:
        """Write the table, unless the name says no format."""
        if not self._services.campagne.is_open:
            self.panne.dire("La campagne est fermée : rouvrez-la pour exporter ses dossiers.")
            return
        chemin = self.chemin
        try:
            verifier(chemin)
        except O2rError as erreur:
            self._refused(erreur)
            return
        self._services.reglages.set_texte(CLE_FORMAT, chemin.suffix.lower())
        self.panne.dire("")
        self.pages.setCurrentIndex(1)
        self.interrompre.setEnabled(True)
        self.interrompre.setFocus()
        session, numeros = self._services.campagne.session, list(self.numeros)
        work = partial(_export, session, chemin, numeros, self._colonnes, self._filtre)
        self._task = task = self._services.taches.start("Export du tableau", work)
        task.progressed.connect(self._progressed)
        task.succeeded.connect(self._done)
        task.failed.connect(self._refused)

    # --- how far ------------------------------------------------------------------------------------------

    def _make_progress(self) -> QWidget:
        page = QWidget()
        self.avance = label("Préparation…", "gras", wrap=True)
        self.barre = QProgressBar()
        self.barre.setTextVisible(False)
        self.barre.setAccessibleName("Avancement de l’export")
        self.interrompre = button("Annuler", self.reject, touche="Échap", nom="Annuler l’export")
        fill(QVBoxLayout(page), self.avance, self.barre, 1, row(1, self.interrompre), espace=12)
        return page

    @Slot(object, object, str)
    def _progressed(self, fait: int, attendu: int, texte: str) -> None:
        self.barre.setRange(0, attendu)
        self.barre.setValue(fait)
        self.avance.setText(texte)

    # --- what came of it ----------------------------------------------------------------------------------

    def _make_summary(self) -> QWidget:
        page = QWidget()
        self.bilan = label("", "section", wrap=True)
        self.ou = label("", "secondaire", wrap=True)
        self.ouvrir = button("Ouvrir le fichier", self._open)
        self.montrer = button("Ouvrir le dossier", self._show_folder, nom="Ouvrir le dossier du fichier")
        self.fermer = button("Fermer", self.accept, role="principal", touche="Échap")
        boutons = row(1, self.ouvrir, self.montrer, self.fermer)
        fill(QVBoxLayout(page), self.bilan, self.ou, 1, boutons, espace=12)
        return page

    @Slot(object)
    def _done(self, ecriture: Ecriture) -> None:
        self._task, self.ecriture = None, ecriture
        self.bilan.setText(summary(ecriture))
        self.ou.setText(f"Fichier{NBSP}: {ecriture.chemin}")
        self.pages.setCurrentIndex(2)
        self.fermer.setFocus()

    @Slot(object)
    def _refused(self, erreur: O2rError) -> None:
        """Go back to the choice: nothing was written."""
        self._task = None
        self.pages.setCurrentIndex(0)
        self.panne.dire(str(erreur))
        self.fichier.setFocus()

    def _open(self) -> None:
        if self.ecriture is not None:
            chemin = self.ecriture.chemin
            self.panne.dire("" if system.open_file(chemin) else system.not_opened(chemin, "votre tableur"))

    def _show_folder(self) -> None:
        if self.ecriture is not None:
            dossier = self.ecriture.chemin.parent
            self.panne.dire("" if system.show_folder(dossier) else system.not_opened(dossier))

    def done(self, resultat: int) -> None:
        """Close; what is being written is given up, and a former file stays."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        super().done(resultat)


def summary(ecriture: Ecriture) -> str:
    """Return in a sentence or two what was written."""
    phrase = f"{pluriel(ecriture.lignes, 'dossier exporté', 'dossiers exportés')}."
    if not ecriture.coupees:
        return phrase
    coupes = pluriel(ecriture.coupees, "texte trop long pour un tableur a été coupé",
                     "textes trop longs pour un tableur ont été coupés")  # fmt: skip
    return f"{phrase} {coupes}{NBSP}: «{NBSP}…{NBSP}» l’indique."


def _export(
    session: Session,
    chemin: Path,
    numeros: Sequence[int],
    colonnes: Sequence[Colonne],
    filtre: str,
    reporter: Reporter,
) -> Ecriture:
    """Write the table in the background; *session* is that of the window."""
    with operations.twin_session(session) as jumelle:
        return suivi.exporter(jumelle, chemin, numeros=numeros, colonnes=colonnes, filtre=filtre, reporter=reporter)
