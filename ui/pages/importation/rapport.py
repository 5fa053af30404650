"""Step 4, and past imports: what was done, to read, print or keep as a PDF."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFileDialog, QTextEdit, QVBoxLayout, QWidget

from o2r_desktop.errors import O2rError
from o2r_desktop.progress import Reporter
from o2r_desktop.reception import CompteRendu
from o2r_desktop.suivi import Etape, Filtre
from o2r_desktop.text import NBSP, pluriel
from ui.pages.importation.annulation import Annuleur
from ui.pages.importation.impression import Dire, print_report, write_pdf
from ui.pages.importation.recit import tell_report, tell_undoing
from ui.pages.importation.redaction import Redacteur
from ui.services import Services
from ui.theme import Ton
from ui.widgets.base import Banner, Pastille, button, fill
from ui.widgets.flux import Flow


class RapportEtape(QWidget):
    """The report of the files imported together, and where to go from there."""

    def __init__(self, services: Services, annuleur: Annuleur) -> None:
        super().__init__()
        self._services, self._annuleur = services, annuleur
        self._comptes: Sequence[CompteRendu] = ()
        self._campagne = ""
        self.message = Banner()
        self._pastilles = QWidget()
        self._rangee = Flow(self._pastilles)
        self.texte = QTextEdit()
        self.texte.setReadOnly(True)
        self.texte.setProperty("role", "rapport")
        self.texte.setTabChangesFocus(True)
        self.texte.setAccessibleName("Rapport d’import")
        self.voir = button("Voir les dossiers", self._voir, role="principal")
        self.reconfirmer = button("Voir les dossiers à reconfirmer", self._voir_a_reconfirmer)
        self.autres = button("Importer d’autres fichiers…", services.navigation.import_files)
        self.imprimer = button("Imprimer…", self._imprimer, touche="Ctrl+P")
        self.imprimer.setShortcut("Ctrl+P")
        self.pdf = button("Enregistrer en PDF…", self.choose_pdf)
        self.annuler = button("Annuler cet import…", annuleur.ask, role="danger")
        pied = QWidget()
        actions = Flow(pied)
        for bouton in (self.voir, self.reconfirmer, self.autres, self.imprimer, self.pdf, self.annuler):
            actions.addWidget(bouton)
        pile = QVBoxLayout(self)
        fill(pile, self.message, self._pastilles, self.texte, pied)
        pile.setStretchFactor(self.texte, 1)
        services.theme.changed.connect(self._ecrire)

    @property
    def comptes(self) -> Sequence[CompteRendu]:
        """What is shown."""
        return self._comptes

    def show_comptes(self, comptes: Sequence[CompteRendu], campagne: str, message: str = "") -> None:
        """Show what some files, imported together, changed; *message* says what was just done with it."""
        self._comptes, self._campagne = comptes, campagne
        self.message.dire(message, Ton.BON)
        self.annuler.setVisible(any(c.rapport.id in self._annuleur.undoable() for c in comptes))
        while (element := self._rangee.takeAt(0)) is not None:
            if vieux := element.widget():
                vieux.deleteLater()
        for mots, ton in _pastilles(comptes):
            self._rangee.addWidget(Pastille(mots, ton))
        self.reconfirmer.setVisible(any(c.a_reconfirmer for c in comptes))
        self._ecrire()
        self.voir.setFocus()

    def choose_pdf(self) -> None:
        """Ask where the PDF goes."""
        dialogue = QFileDialog(self, "Enregistrer le rapport d’import")
        dialogue.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialogue.setNameFilter("Document PDF (*.pdf)")
        dialogue.setDefaultSuffix("pdf")
        if self._comptes:
            dialogue.selectFile(f"rapport-import-{self._comptes[0].rapport.id}.pdf")
        dialogue.fileSelected.connect(self.save_pdf)
        dialogue.finished.connect(dialogue.deleteLater)
        dialogue.open()

    def save_pdf(self, chemin: str) -> None:
        """Write the PDF in the background, and say where it is."""
        travail = partial(_write_pdf, Path(chemin), self._titre(), QFont(self.font()), self._dire())
        tache = self._services.taches.start("Rapport d’import en PDF", travail)
        tache.succeeded.connect(self._pdf_written)
        tache.failed.connect(self._pdf_failed)

    @Slot(object)
    def _pdf_written(self, chemin: Path) -> None:
        self.message.dire(f"Rapport enregistré : {chemin}", Ton.BON)

    @Slot(object)
    def _pdf_failed(self, erreur: O2rError) -> None:
        self.message.dire(str(erreur), Ton.MAUVAIS)

    def _imprimer(self) -> None:
        print_report(self, self._titre(), self.font(), self._dire())

    def _titre(self) -> str:
        return f"Rapport d’import · {self._campagne}"

    def _dire(self) -> Dire:
        return partial(tell_report, comptes=tuple(self._comptes), campagne=self._campagne)

    def _ecrire(self) -> None:
        c = self._services.theme.couleurs
        document = self.texte.document()
        document.setDefaultFont(self.font())
        document.setDocumentMargin(16)
        with Redacteur(document, texte=c.texte, secondaire=c.secondaire) as plume:
            self._dire()(plume)

    def _voir(self) -> None:
        self._services.navigation.show_liste(Filtre())

    def _voir_a_reconfirmer(self) -> None:
        self._services.navigation.show_liste(Filtre(etape=Etape.A_RECONFIRMER))


def _write_pdf(chemin: Path, titre: str, police: QFont, dire: Dire, reporter: Reporter) -> Path:
    reporter.step(0, 1, "Écriture du PDF")
    return write_pdf(chemin, titre, police, dire)


def _pastilles(comptes: Sequence[CompteRendu]) -> list[tuple[str, Ton]]:
    """Return a pill for each thing that happened at least once."""
    tous = (
        (sum(len(c.nouveaux) for c in comptes), "+", "nouveau", "nouveaux", Ton.BON),
        (sum(len(c.modifies) for c in comptes), "≠", "modifié", "modifiés", Ton.ACTION),
        (sum(c.rapport.inchanges for c in comptes), "=", "inchangé", "inchangés", Ton.NEUTRE),
        (sum(len(c.rapport.refuses) for c in comptes), "✕", "refusé", "refusés", Ton.MAUVAIS),
        (sum(len(c.a_reconfirmer) for c in comptes), "!", f"réponse{NBSP}à reconfirmer",
         f"réponses{NBSP}à reconfirmer", Ton.ALERTE),
        (len({n for c in comptes for n in c.hors_delai}), "✕", "hors délai", "hors délai", Ton.MAUVAIS),
        (_pieces(comptes, "recues") + _pieces(comptes, "remplacees"), "+", "pièce reçue", "pièces reçues", Ton.BON),
    )  # fmt: skip
    annule = [(f"✕ {dit}", Ton.ALERTE) for dit in dict.fromkeys(map(tell_undoing, comptes)) if dit]
    return annule + [(f"{signe} {pluriel(n, un, plusieurs)}", ton) for n, signe, un, plusieurs, ton in tous if n]


def _pieces(comptes: Sequence[CompteRendu], sort: str) -> int:
    return sum(c.rapport.pieces.get(sort, 0) for c in comptes)
