"""The lists of reference of the campagne: their origin, changes by hand or by a file, the way back."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from o2r_desktop.analyse.referentiels import Referentiel
from o2r_desktop.errors import CancelledError, DossierError, O2rError
from o2r_desktop.imports.listes import ListeLue, manque
from o2r_desktop.operations.analyse import ListeDeReference, load_referentiel
from o2r_desktop.operations.listes import export_liste, liste_de, read_liste
from o2r_desktop.tableaux import Ecriture
from o2r_desktop.text import NBSP, NNBSP, instant, nombre, pluriel
from ui.services import Services
from ui.theme import Ton
from ui.widgets.base import Banner, button, fill, label
from ui.widgets.flux import Flow
from ui.widgets.tableau import ReadTable

_COLONNES = ("Liste", "Origine", "Depuis", "Lignes")
_USAGES = {
    Referentiel.DIAGNOSTIC: "les chiffres de l’AMI, montrés à côté des lieux du projet",
    Referentiel.EPCI: "les intercommunalités que les dossiers nomment, et leur carte",
    Referentiel.ZONES: "les territoires EFOP et leurs intercommunalités, livrés sans composition",
    Referentiel.LAUREATS: "les organismes déjà retenus, pour voir les chevauchements",
    Referentiel.ACTEURS: "les acteurs du réseau pour l’emploi cherchés dans les dossiers",
}
_SOURCES = "Listes (*.csv *.xlsx *.ods)"
_CIBLES = ("Classeur Excel (*.xlsx)", "Texte CSV (*.csv)", "Classeur OpenDocument (*.ods)")


class ListesView(QWidget):
    """A table of the lists, and what can be done with the one that is chosen."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._listes: list[ListeDeReference] = []
        self.message = Banner()
        self.table = ReadTable("Listes de référence", _COLONNES, etiree=1, nombres=(3,))
        self.usage = label("", wrap=True)
        self.modifier = button("Modifier…", self.edit, touche="Entrée", nom="Modifier la liste")
        self.importer = button("Importer un fichier…", self._ask_source)
        self.exporter = button("Exporter…", self._ask_target, nom="Exporter la liste")
        self.revenir = button("Revenir à la liste livrée…", self.bring_back, role="danger")
        aide = label(
            "L’analyse compare chaque dossier à ces listes. Celles que vous changez valent pour cette campagne "
            "seulement ; la liste livrée avec le programme reste disponible.",
            "secondaire",
            wrap=True,
        )
        outils = QWidget()
        gestes = Flow(outils)
        for bouton in (self.modifier, self.importer, self.exporter, self.revenir):
            gestes.addWidget(bouton)
        pile = QVBoxLayout(self)
        fill(pile, self.message, aide, self.table, self.usage, outils, 1, marge=16, espace=12)
        self.table.currentCellChanged.connect(lambda *_: self._allow())
        self.table.activated.connect(lambda *_: self.edit())

    # --- what the page asks -----------------------------------------------------------------------------------

    @property
    def choisie(self) -> ListeDeReference | None:
        """The list of the line where the keyboard is."""
        rang = self.table.currentRow()
        return self._listes[rang] if 0 <= rang < len(self._listes) else None

    def refresh(self) -> None:
        """Read the lists again."""
        campagne = self._services.campagne
        if not campagne.is_open:
            return
        try:
            self._listes = [load_referentiel(campagne.session, nom) for nom in Referentiel]
        except O2rError as erreur:
            self._listes = []
            self._say(str(erreur), Ton.MAUVAIS)
        self.table.show_rows([_row(liste) for liste in self._listes])
        entete = self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(entete + self.table.verticalHeader().defaultSectionSize() * len(self._listes) + 6)
        if campagne.read_only:
            self._say("Campagne en lecture seule : ses listes peuvent être exportées, pas changées.", Ton.ALERTE)
        self._allow()

    def _allow(self) -> None:
        liste = self.choisie
        ecrire = liste is not None and not self._services.campagne.read_only
        for bouton in (self.modifier, self.importer):
            bouton.setEnabled(ecrire)
        self.exporter.setEnabled(liste is not None)
        self.revenir.setEnabled(ecrire and liste is not None and liste.propre)
        usage = _USAGES.get(liste.nom, "") if liste is not None else ""
        self.usage.setText(f"{liste.nom.libelle}{NBSP}: {usage}." if liste is not None and usage else "")

    # --- by hand ----------------------------------------------------------------------------------------------

    def edit(self) -> QDialog | None:
        """Open the editor on the list chosen; return it, None when the list may not be changed."""
        liste = self.choisie
        if liste is None or self._services.campagne.read_only:
            return None
        try:
            rangees = liste_de(liste.nom).cellules(liste.texte)
        except DossierError as erreur:
            self._say(str(erreur), Ton.MAUVAIS)
            return None
        return self._open(liste.nom, rangees, origine="modifiée")

    def _open(
        self, nom: Referentiel, rangees: tuple[tuple[str, ...], ...], *, origine: str, remplace: str = ""
    ) -> QDialog:
        from ui.dialogs.referentiel import ReferentielDialog  # made at first use

        dialogue = ReferentielDialog(self._services, nom, rangees, remplace=remplace, parent=self)
        dialogue.given.connect(partial(self._given, dialogue, nom, origine))
        dialogue.open()
        return dialogue

    def _given(self, dialogue: QDialog, nom: Referentiel, origine: str, texte: str) -> None:
        if self._write(nom, texte, origine):
            dialogue.done(QDialog.DialogCode.Accepted)
            self._say(f"Liste enregistrée{NBSP}: {nom.libelle}. Les analyses la suivent.", Ton.BON)

    def _write(self, nom: Referentiel, texte: str | None, origine: str) -> bool:
        try:
            self._services.campagne.save_referentiel(nom, texte, origine=origine)
        except O2rError as erreur:
            self._services.alertes.show_error(erreur)
            return False
        self.refresh()
        return True

    def bring_back(self) -> None:
        """Put the shipped list back, once it is confirmed."""
        liste = self.choisie
        if liste is None or not liste.propre:
            return
        if self._services.alertes.ask(
            "Revenir à la liste livrée",
            f"Remplacer la liste «{NBSP}{liste.nom.libelle}{NBSP}» de cette campagne par celle du "
            f"programme{NNBSP}? Le journal garde la vôtre.",
            oui="Revenir à la liste livrée",
            danger=True,
        ) and self._write(liste.nom, None, ""):
            self._say(f"La liste livrée est revenue{NBSP}: {liste.nom.libelle}.", Ton.BON)

    # --- by files ---------------------------------------------------------------------------------------------

    def _ask_source(self) -> None:
        dialogue = QFileDialog(self, "Importer une liste")
        dialogue.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialogue.setNameFilters([_SOURCES, "Tous les fichiers (*)"])
        _open(dialogue, self.take)

    def take(self, fichier: Path) -> None:
        """Read a file in the background, then show what it would put in the place of the list chosen."""
        liste = self.choisie
        if liste is None or self._services.campagne.read_only:
            return
        self._say(f"Lecture de «{NBSP}{fichier.name}{NBSP}»…", Ton.NEUTRE)
        tache = self._services.taches.start("Lecture d’une liste", partial(read_liste, liste.nom, fichier))
        tache.succeeded.connect(partial(self._was_read, liste))
        tache.failed.connect(self._failed)

    def _was_read(self, liste: ListeDeReference, lue: ListeLue) -> None:
        self._say("", Ton.NEUTRE)
        if not self._services.campagne.is_open:
            return
        lues = pluriel(len(lue.rangees), "ligne lue", "lignes lues")
        dit = (
            f"{lues} dans «{NBSP}{lue.fichier}{NBSP}», à la place des {_count(liste)} de la liste. "
            f"Rien n’est remplacé avant votre accord. {manque(lue.ignorees)}"
        )
        self._open(liste.nom, lue.rangees, origine=lue.fichier, remplace=dit.strip())

    def _ask_target(self) -> None:
        liste = self.choisie
        if liste is None:
            return
        dialogue = QFileDialog(self, "Exporter une liste")
        dialogue.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialogue.setNameFilters(list(_CIBLES))
        dialogue.setDefaultSuffix("xlsx")
        dialogue.selectFile(f"{liste.nom.value}.xlsx")
        _open(dialogue, self.give)

    def give(self, cible: Path) -> None:
        """Write the list chosen to a file, in the background."""
        liste = self.choisie
        if liste is None:
            return
        try:
            rangees = liste_de(liste.nom).cellules(liste.texte)
        except DossierError as erreur:
            self._say(str(erreur), Ton.MAUVAIS)
            return
        tache = self._services.taches.start("Export d’une liste", partial(export_liste, liste.nom, rangees, cible))
        tache.succeeded.connect(self._was_written)
        tache.failed.connect(self._failed)

    def _was_written(self, ecriture: Ecriture) -> None:
        self._say(f"Liste exportée{NBSP}: {ecriture.chemin}", Ton.BON)

    def _failed(self, erreur: O2rError) -> None:
        if isinstance(erreur, CancelledError):
            self._say("", Ton.NEUTRE)
        else:
            self._say(str(erreur), Ton.MAUVAIS)

    def _say(self, mots: str, ton: Ton) -> None:
        self.message.dire(mots, ton)


def _open(dialogue: QFileDialog, suite: Callable[[Path], object]) -> None:
    dialogue.fileSelected.connect(lambda chemin: suite(Path(chemin)))
    dialogue.finished.connect(dialogue.deleteLater)
    dialogue.open()


def _count(liste: ListeDeReference) -> str:
    try:
        return nombre(len(liste_de(liste.nom).cellules(liste.texte)))
    except DossierError:
        return "?"


def _row(liste: ListeDeReference) -> tuple[str, ...]:
    if not liste.propre:
        return liste.nom.libelle, "livrée avec le programme", "—", _count(liste)
    par = f", par {liste.auteur}" if liste.auteur else ""
    depuis = instant(liste.le) if liste.le is not None else "—"
    return liste.nom.libelle, f"{liste.origine or 'modifiée'}{par}", depuis, _count(liste)
